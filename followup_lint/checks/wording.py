"""The wording check: lines of word patterns, and the conditions under which a match counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ..language import NONE, Forms, Hit, Line, Lines, Sentence, SentenceModel, View
from ..model import Match, Note, SectionKind, Span
from ..reading import Reading
from .base import Table

# How far back a clause's subject is looked for: subjects of real sentences stood within twelve words.
_LOOK_BACK = 12
_MAX_SUGGESTIONS = 5
# What a match of ``phrase``, and of ``clause``, may not run across, unless its pattern names that sign.
_CLAUSE_BREAKS = frozenset(";:.!?()[]{}\"“”«»–—•*>|")
_PHRASE_BREAKS = _CLAUSE_BREAKS | frozenset(",/-'’")
# Log-odds that a page's model gives the sentence. Below the first it overrules a line of ``find`` (5 of 27 such were
# right), below the second one of ``hints`` (8 of 143); from the third on it bears out one of ``hints`` (29 of 32): two
# pieces of evidence together are strong. Counted on six batches that neither lines nor model had seen.
_DENIED, _DROPPED, _AGREED = -1.0, -2.0, 2.5
# Words that a writer quotes are talked of, not used.
_QUOTED = re.compile(r'(?<!\w)"[^"]{1,160}"(?!\w)|“[^”]{1,160}”|(?<!\w)‘[^’]{1,160}’(?!\w)|«[^»]{1,160}»')
# {match}, {match~ing}, {2}, {-1~ed}: the marked words, the second or the last of them, in that form; {2^} with a
# capital; {match~'s} with the apostrophe its s lacks; {a} word: the article that fits.
_SLOT = re.compile(r"\{(match|-?\d)(~[\w']*|\^)?\}")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ARTICLE = re.compile(r"\{a\} (\S+)")
_MAKERS: Mapping[str, Callable[[Forms, str], str]] = {
    "": lambda forms, base: base, "ing": Forms.ing, "ed": Forms.past, "en": Forms.participle, "s": Forms.third,
}


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that match a line of ``find``.

    ``hints`` count only beside a strong finding of the same check. ``unless`` must overlap the match,
    ``unless_sentence`` and ``only_with`` may stand anywhere in its sentence. ``who`` says who must act: with
    ``reader``, "they need my answer by Friday" is no match. With ``minimum`` n, fewer than n matches are none;
    ``once`` reports all of them as one; with ``phrase`` no match runs across a sign its pattern does not name, with
    ``clause`` across none but a comma, a hyphen or an apostrophe.
    With ``unquoted`` words between quotation marks do not count.
    A ``model`` is asked for a second opinion: it may overrule a line, and bear out one of ``hints``.
    ``unless_details`` is silent in a letter whose details of the conversation weigh that much.
    """

    find: Lines
    hints: Lines = NONE
    unless: Lines = NONE
    unless_sentence: Lines = NONE
    only_with: Lines = NONE
    sections: tuple[SectionKind, ...] = (SectionKind.BODY,)
    who: str = ""
    minimum: int = 1
    once: bool = False
    unless_details: float = 0.0
    plain: bool = False
    phrase: bool = False
    clause: bool = False
    unquoted: bool = False
    safe: bool = False
    model: SentenceModel | None = None
    actors: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    forms: Forms = field(default_factory=lambda: Forms({}), repr=False)

    @classmethod
    def from_table(cls, table: Table) -> Wording:
        """Read the keys of a page; raises TableError."""
        plain = table.text("view", "folded", ("folded", "plain")) == "plain"
        who = table.text("who", "", ("", "reader", "writer"))
        made = cls(
            find=table.lines("find", needed=True, plain=plain),
            hints=table.lines("hints", plain=plain),
            unless=table.lines("unless", plain=plain),
            unless_sentence=table.lines("unless_sentence", plain=plain),
            only_with=table.lines("only_with", plain=plain),
            sections=table.sections("section", (SectionKind.BODY,)),
            who=who,
            minimum=int(table.number("min", 1)),
            once=table.flag("once"),
            unless_details=table.number("unless_details", 0),
            plain=plain,
            phrase=table.flag("phrase"),
            clause=table.flag("clause"),
            unquoted=table.flag("unquoted"),
            safe=table.flag("safe"),
            model=table.model("model"),
            actors=table.lexicon.words(f"{who}-subject") if who else frozenset(),
            others=table.lexicon.words("other-subject") | table.lexicon.words(_opposite(who)) if who else frozenset(),
            forms=table.lexicon.forms,
        )
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """One match per place, or one for all with ``once``."""
        if self.unless_details and sum(d.theirs for d in reading.details) >= self.unless_details:
            return
        strong = list(self._matches(reading, self.find, weak=False))
        if self.once and len(strong) >= self.minimum:
            first, *rest = strong
            yield Match(first.span, facts=(("count", str(len(strong))),), related=tuple(Note(m.span, "") for m in rest))
        elif len(strong) >= self.minimum:
            yield from strong
        # Whether a strong finding of the same check stands, on this page or another, the engine decides.
        yield from self._matches(reading, self.hints, weak=True)

    def _matches(self, reading: Reading, lines: Lines, *, weak: bool) -> Iterator[Match]:
        for sentence in reading.sentences if lines else ():
            if sentence.section in self.sections:
                view = sentence.plain if self.plain else sentence.folded
                hits = list(lines.hits(view))
                if hits and self._sentence_counts(view):
                    yield from self._kept(hits, reading, sentence, view, weak=weak)

    def _sentence_counts(self, view: View) -> bool:
        if self.unless_sentence.found_in(view):
            return False
        return not self.only_with or self.only_with.found_in(view)

    def _kept(
        self, hits: Iterable[tuple[Line, Hit]], reading: Reading, sentence: Sentence, view: View, *, weak: bool
    ) -> Iterator[Match]:
        barred = [hit for _, hit in self.unless.hits(view)]
        quoted = _quotations(reading.text, sentence.span) if self.unquoted else ()
        opinion = self.model.odds(view.words) if self.model else 0.0
        denied = opinion < (_DROPPED if weak else _DENIED)
        weak = weak and opinion < _AGREED
        for line, hit in hits:
            if denied and hit.end - hit.first < len(view.words):  # a line that is the whole sentence knows it better
                continue
            if any(b.first < hit.end and hit.first < b.end for b in barred):
                continue
            if self.phrase and _broken(view, hit, line, _PHRASE_BREAKS):
                continue
            if self.clause and _broken(view, hit, line, _CLAUSE_BREAKS):
                continue
            if self.who and not self._acts(view, hit.first):
                continue
            span = view.span(hit.marked_first, hit.marked_end)
            if any(one.start <= span.start and span.end <= one.end for one in quoted):
                continue
            text = span.of(reading.text)
            yield Match(
                span,
                suggestions=suggestions(line, text, self.forms),
                weak=weak,
                safe=self.safe and bool(line.better),
            )

    def _acts(self, view: View, first: int) -> bool:
        """Is the one who must act the reader (or the writer), as far as the clause's subject tells?"""
        for word in reversed(view.words[max(0, first - _LOOK_BACK) : first]):
            if word in self.actors:
                return True
            if word in self.others:
                return False
        return True


def _quotations(text: str, sentence: Span) -> tuple[Span, ...]:
    return tuple(Span(*found.span()) for found in _QUOTED.finditer(text, sentence.start, sentence.end))


def _broken(view: View, hit: Hit, line: Line, breaks: frozenset[str]) -> bool:
    """Does a sign stand inside the match that its pattern does not name?"""
    signs = {sign for gap in view.gaps[hit.first + 1 : hit.end] for sign in gap if sign in breaks}
    return bool(signs) and not signs <= set(line.source.partition("=>")[0].split())


def _opposite(who: str) -> str:
    return "writer-subject" if who == "reader" else "reader-subject"


def suggestions(line: Line, marked: str, forms: Forms) -> tuple[str, ...]:
    """What the line puts in place of the marked words, in their capitals."""
    made = dict.fromkeys(_cased(_filled(better, marked, forms), marked) for better in line.better)
    return tuple(one for one in made if one != marked)[:_MAX_SUGGESTIONS]


def _filled(better: str, marked: str, forms: Forms) -> str:
    if "{" not in better:
        return better
    words = _WORD.findall(marked)

    def fill(slot: re.Match[str]) -> str:
        word = marked if slot[1] == "match" else _nth(words, int(slot[1]))
        if slot[2] == "~'s":
            return word.removesuffix("s") + "'s"
        if slot[2] == "^":
            return word[:1].upper() + word[1:]
        return _MAKERS[slot[2][1:]](forms, forms.base(word.lower())) if slot[2] else word

    filled = _SLOT.sub(fill, better)
    return _ARTICLE.sub(lambda m: f"{forms.article(m[1])} {m[1]}", filled)


def _nth(words: list[str], number: int) -> str:
    at = number - 1 if number > 0 else len(words) + number
    return words[at] if 0 <= at < len(words) else ""


def _cased(text: str, marked: str) -> str:
    return text[:1].upper() + text[1:] if marked[:1].isupper() and text[:1].islower() else text


def spans(matches: Iterable[Match]) -> tuple[Span, ...]:
    """The places of some matches."""
    return tuple(m.span for m in matches)
