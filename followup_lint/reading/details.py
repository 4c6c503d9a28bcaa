"""What a letter tells that only this interview, or only this writer, could have produced.

A detail is a word outside the vocabulary that every follow-up is made of (``rules/words/follow-up.txt``), or a number,
an acronym, quoted words. What it is worth depends on the sentence around it: one that speaks of the conversation
(``rules/acts/theirs.txt``; ``afterthought`` where the writer thinks on), one of the writer's own work (``mine``), one
about applying itself (``logistics``), or none of these. In a sentence that speaks of the conversation the everyday
words of that vocabulary (``everyday.txt``) count a little too, and most where something said or done is told as a
clause of its own (``recounted``): "you said the door sticks" is made of ordinary words, and of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..language import Lexicon, Line, Sentence, View, find
from ..model import Context, Draft, SectionKind, Span
from .reading import Detail

_VOCABULARY, _EVERYDAY, _OBJECT = "{follow-up~}", "{everyday~}", "{interview-object}"
# Classes whose members are known from the context or the head of the letter: they tie a letter to no conversation.
_KNOWN = ("person", "role", "company", "date")

# Worth of one detail by the sentence it stands in, and the most that one sentence can be worth: the best of a search
# over 470 labelled letters, where the order (theirs, following on, neither, mine) matters and the exact figures do not.
_THEIRS, _AFTERTHOUGHT, _NEXT, _NEITHER, _MINE = 1.0, 0.85, 0.7, 0.45, 0.1
_EVERYDAY_THEIRS, _EVERYDAY_AFTERTHOUGHT, _RECOUNTED = 0.4, 0.15, 0.75
_IN_LOGISTICS = 0.4
_INTERVIEW_OBJECT, _TOPIC, _QUOTED = 0.8, 3.0, 0.7
_NUMBER, _NAME = 0.5, 0.5
_MOST = 3.0
_FEWEST_WORDS = 4
_STEM = 5  # letters that words of one stem share at least

_QUOTE = re.compile(r"[\"“‘][^\"“”‘’\n]{3,60}[\"”’]")
# Adverbs tell how, not what.
_ADVERB = re.compile(r"[^\W\d_]{4,}ly")
_CUT = re.compile(r"[,;:()–—]+(?=\s|$)|\s[–—-]+\s")
_ENDINGS = (
    ("er", ""), ("er", "e"), ("ier", "y"), ("est", ""), ("est", "e"), ("iest", "y"), ("ness", ""), ("iness", "y"),
    ("ful", ""), ("less", ""), ("able", ""), ("able", "e"), ("ment", ""), ("ship", ""), ("ive", ""), ("ive", "e"),
    ("ity", ""), ("ity", "e"), ("al", ""), ("ion", ""), ("ion", "e"),
)  # fmt: skip
_BEGINNINGS = ("un", "re", "non", "over", "under", "well")
_HALVES = frozenset(("am", "pm"))
# Times of day, years and days of the month tie a letter to a date, not to a talk.
_CLOCK = re.compile(r"\d{1,2}(?::\d\d|am|pm|h|st|nd|rd|th)|(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words by what they are worth: ``known`` ones nothing, ``everyday`` ones a little, ``topics`` most."""

    known: frozenset[str]
    everyday: frozenset[str]
    topics: frozenset[str]
    months: frozenset[str]
    objects: Line


def details(
    draft: Draft,
    context: Context,
    sentences: tuple[Sentence, ...],
    acts: Mapping[str, tuple[Span, ...]],
    lexicon: Lexicon,
) -> tuple[Detail, ...]:
    """Every body sentence with what it is worth, in order."""
    usual, everyday = (lexicon.line(one).first or frozenset() for one in (_VOCABULARY, _EVERYDAY))
    tied = _known(context, sentences, usual)
    topics = {w for topic in context.topics for w in _words(topic) if len(w) > 3}
    words = _Vocabulary(
        known=usual | tied,
        everyday=everyday - tied,
        topics=frozenset(topics - usual - tied),
        months=lexicon.words("month-name"),
        objects=lexicon.line(_OBJECT),
    )
    found: list[Detail] = []
    carried = False  # the sentence before told something of the conversation
    for one in sentences:
        if one.section is SectionKind.BODY and len(one.folded.words) >= _FEWEST_WORDS:
            detail, carried = _weigh(draft.text, one, acts, words, carried)
            found.append(detail)
    return tuple(found)


def _weigh(
    text: str, sentence: Sentence, acts: Mapping[str, tuple[Span, ...]], vocabulary: _Vocabulary, carried: bool
) -> tuple[Detail, bool]:
    """One sentence, and whether the next one may carry on from it."""
    logistics = _here(sentence, acts, "logistics")
    clauses = [c for c in _clauses(text, sentence) if not any(c.overlaps(at) for at in logistics)]
    told_of, after, recounted = (
        [at for at in _here(sentence, acts, name) if any(c.overlaps(at) for c in clauses)]
        for name in ("theirs", "afterthought", "recounted")
    )
    theirs, mine = bool(told_of or recounted), bool(_here(sentence, acts, "mine"))
    filled = not _here(sentence, acts, "placeholder")
    words = list(_details(text, sentence, vocabulary)) if filled else []
    plain = [at for at in _places_among(sentence.folded, vocabulary.everyday) if _within(at, clauses)] if filled else []

    worth = sum(w * (1.0 if _within(at, clauses) else _IN_LOGISTICS) for _, at, w in words)
    share = _THEIRS if theirs else _MINE if mine else _AFTERTHOUGHT if after else _NEXT if carried else _NEITHER
    told = worth * share
    if theirs or (after and not mine):
        told += len(plain) * (_EVERYDAY_THEIRS if theirs else _EVERYDAY_AFTERTHOUGHT)
    if recounted and any(at.start > recounted[0].start for at in (*plain, *(at for _, at, _ in words))):
        told += _RECOUNTED
    told += _INTERVIEW_OBJECT * sum(_within(at, clauses) for at in _places_of(vocabulary.objects, sentence.folded))
    if vocabulary.topics & sentence.folded.vocabulary:
        told += _TOPIC
    own = sum(w for _, at, w in words if _within(at, clauses)) if mine else 0.0
    detail = Detail(sentence.span, min(told, _MOST), own, tuple(word for word, _, _ in words))
    return detail, bool(theirs or after) and bool(words) and bool(clauses)


def _here(sentence: Sentence, acts: Mapping[str, tuple[Span, ...]], name: str) -> list[Span]:
    return [at for at in acts.get(name, ()) if sentence.span.overlaps(at)]


def _within(at: Span, clauses: list[Span]) -> bool:
    return any(c.covers(at) for c in clauses)


def _places_among(view: View, words: frozenset[str]) -> list[Span]:
    """Where each of these words stands first, outside names and dates."""
    masked = _places(view, _KNOWN)
    first = {word: i for i, word in reversed(list(enumerate(view.words))) if word in words and i not in masked}
    return [Span(*view.places[i]) for i in sorted(first.values())]


def _clauses(text: str, sentence: Sentence) -> list[Span]:
    """The sentence cut at commas, semicolons, colons, brackets and dashes."""
    cuts = [m.span() for m in _CUT.finditer(text, sentence.span.start, sentence.span.end)]
    starts = [sentence.span.start, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), sentence.span.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True) if end > start]


def _places_of(line: Line, view: View) -> list[Span]:
    return [view.span(hit.marked_first, hit.marked_end) for hit in find(line, view)]


def _details(text: str, sentence: Sentence, vocabulary: _Vocabulary) -> Iterator[tuple[str, Span, float]]:
    """Each detail of the sentence once, with its weight before the sentence around it is looked at."""
    view = sentence.folded
    masked = _places(view, _KNOWN)
    shouted = text[sentence.span.start : sentence.span.end].isupper()
    named = False  # the word before was part of a name: a name of several words is one detail
    for i, (word, (start, end)) in enumerate(zip(view.words, view.places, strict=True)):
        written = text[start:end]
        if i in masked or word in vocabulary.known or word[0] == "'" or _ADVERB.fullmatch(word):
            named = False
            continue
        if word[0].isdigit():
            beside = {*view.words[max(0, i - 1) : i], *view.words[i + 1 : i + 2]}
            if not _CLOCK.fullmatch(word) and beside.isdisjoint(vocabulary.months | _HALVES):
                yield word, Span(start, end), _NUMBER
        elif len(written) > 1 and written.isupper() and not shouted:
            yield word, Span(start, end), 1.0
        elif i and written[0].isupper():
            if not named:
                yield word, Span(start, end), _NAME
            named = True
            continue
        elif len(word) > 2:
            yield word, Span(start, end), 1.0
        named = False
    quoted = _QUOTE.search(text, sentence.span.start, sentence.span.end)
    if quoted:
        yield "“”", Span(*quoted.span()), _QUOTED


def _places(view: View, classes: tuple[str, ...]) -> frozenset[int]:
    """The words of the view that belong to one of these computed classes."""
    return frozenset(
        i for name in classes for first, ends in view.computed.get(name, {}).items() for i in range(first, max(ends))
    )


def _known(context: Context, sentences: tuple[Sentence, ...], usual: frozenset[str]) -> frozenset[str]:
    """The words of the position, the firm and the people, from the context and from wherever the letter names them."""
    told = {w for fact in (context.role, context.company, *context.interviewer) for w in _words(fact)}
    read = {s.folded.words[i] for s in sentences for i in _places(s.folded, ("person", "role", "company"))}
    trade = {w for fact in (context.role, context.company) for w in _words(fact)}
    trade |= {s.folded.words[i] for s in sentences for i in _places(s.folded, ("role", "company"))}
    written = {w for s in sentences for w in s.folded.vocabulary}
    akin = _akin(written, trade)
    return frozenset(told | read | akin | {w for w in written - usual if _derived(w) & usual})


def _derived(word: str) -> frozenset[str]:
    """What *word* may be made of: clear for "clearer", paid for "unpaid", thought for "thoughtful"."""
    stems = {word[: -len(end)] + new for end, new in _ENDINGS if word.endswith(end)}
    stems |= {word[len(start) :] for start in _BEGINNINGS if word.startswith(start)}
    return frozenset(stem for stem in stems if len(stem) > 3)


def _akin(words: set[str], trade: set[str]) -> set[str]:
    """The words with the stem of a word of the position or the firm: libraries of Librarian, keepers of Zookeeper."""
    bare = {own.removesuffix("s") for own in trade}
    long = [own for own in trade if len(own) >= _STEM]
    stems = {own[:_STEM] for own in long}
    ends = {stem[at:] for own in long for stem in (own.removesuffix("s"),) for at in range(len(stem) - _STEM + 2)}
    return {
        word
        for word in words
        if (stem := word.removesuffix("s")) in bare or (len(word) >= _STEM and (word[:_STEM] in stems or stem in ends))
    }


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())
