"""The names check: the interviewer, the firm or the role written otherwise than the context or the mail's head has it.

A stranger's name is never judged: every finding compares what stands in the letter with something known.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ..language import Lines
from ..model import Match, SectionKind, Span
from ..parsing import Person
from ..proofreading.lexicon import Lexicon, packaged
from ..reading import Reading
from .base import Table

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*(?:['’-](?:[^\W\d_]|[\u0300-\u036f])+)*")
_TITLED = re.compile(r"(?<!\w)([A-Z][a-z]{1,11}\.?)[ \t]+$")
# Two slips are believed only in a word of this length: shorter names differ by two letters and are still other names.
_TWO_SLIPS = 7
_SHORTEST = 4
# A word counted as often as this on the web (ten times the decimal logarithm) is a word before it is a firm.
_COMMON = 60
# In a greeting a capitalised word is a name all the same, unless it is as common as this.
_GREETED = 80
# How far back the title before a name may stand.
_TITLE_REACH = 14


@dataclass(frozen=True, slots=True)
class Names:
    """Names that nearly, but not quite, agree with the known ones.

    ``male``, ``female`` and ``learned`` are titles (lower case, no full stop); ``firm`` are patterns that mark a word
    standing where the reader's firm is meant, ``elsewhere`` patterns of sentences that speak of another employer.
    """

    male: frozenset[str]
    female: frozenset[str]
    learned: frozenset[str]
    firm: Lines
    elsewhere: Lines

    @classmethod
    def from_table(cls, table: Table) -> Names:
        """Read the keys of a page; raises TableError."""
        words = table.lexicon.words
        made = cls(
            male=words("title-male"),
            female=words("title-female"),
            learned=words("title-learned"),
            firm=table.lines("firm", needed=True),
            elsewhere=table.lines("elsewhere"),
        )
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """One match per place."""
        for match in self._differing(reading):
            # "St Fintan's" and "Dr Achieng'" end in an apostrophe that belongs to the name.
            written = reading.text[match.span.start :][:80].replace("’", "'")
            longer = [right.replace("’", "'") for right in match.suggestions if len(right) > len(match.span)]
            if not any(written.startswith(right) for right in longer):
                yield match

    def _differing(self, reading: Reading) -> Iterator[Match]:
        known = [p for p in reading.people if p.where == "context"] or _addressees(reading)
        for person in known:
            yield from self._title(reading, person, alone=len(known) == 1)
            yield from _swapped(reading, person)
        yield from _people(reading, known, self.male | self.female | self.learned)
        for name in (*_short_forms(reading.context.company), reading.context.role):
            yield from _phrase(reading, name)
        yield from self._other_firm(reading)

    def _title(self, reading: Reading, person: Person, *, alone: bool) -> Iterator[Match]:
        """"Mr. Frost" for Ms. Frost, "Ms. Frost" for Dr. Frost; a doctor may be called professor and the reverse."""
        right = person.honorific.rstrip(".").lower()
        wrong = (
            self.female if right in self.male
            else self.male if right in self.female
            else self.male | self.female if right in self.learned
            else frozenset()
        )
        family = _plain(person.family)
        for found in _words(reading, SectionKind.SALUTATION, SectionKind.BODY):
            written = _plain(found[0])
            if written != family and not (alone and _near(written, family)):
                continue
            title = _TITLED.search(reading.text[max(0, found.start() - _TITLE_REACH) : found.start()])
            if title and title[1].rstrip(".").lower() in wrong:
                start = found.start() - len(title[0])
                yield _match(Span(start, start + len(title[1])), person.honorific)

    def _other_firm(self, reading: Reading) -> Iterator[Match]:
        """A firm from an older letter: named where the reader's is meant, while the reader's stands nowhere."""
        company = reading.given.company
        if not company or reading.companies:
            return
        known = {_plain(w) for text in (company, reading.context.role, *reading.context.topics) for w in text.split()}
        known |= {_plain(w) for p in reading.people for w in p.words}
        letter = {_plain(m[0]) for m in _words(reading, *SectionKind)}
        if any(len(w) >= _SHORTEST and w in letter for w in map(_plain, company.split())):
            return
        seen: dict[str, int] = {}
        for sentence in reading.sentences_in(SectionKind.BODY):
            if self.elsewhere.found_in(sentence.folded):
                continue
            for _, hit in self.firm.hits(sentence.folded):
                span = sentence.folded.span(hit.marked_first, hit.marked_end)
                word = span.of(reading.text).removesuffix("'s").removesuffix("’s")
                if len(word) >= _SHORTEST and word[:1].isupper() and not word.isupper() and _plain(word) not in known:
                    seen[word] = seen.get(word, 0) + 1
        for word, times in seen.items():
            if times < 1 + (_frequency(word) > 0) or _frequency(word) >= _COMMON or _is_person(word):
                continue
            for found in _words(reading, SectionKind.SUBJECT, SectionKind.BODY):
                if found[0].removesuffix("'s").removesuffix("’s") == word:
                    yield _match(Span(found.start(), found.start() + len(word)), company)


def _addressees(reading: Reading) -> list[Person]:
    """The one person in the mail's head who is greeted, where the context names nobody."""
    heads = [p for p in reading.people if p.where == "header" and len(p.words) > 1]
    signed = {_plain(w) for p in reading.people if p.where == "signature" for w in p.words}
    others = [p for p in heads if not signed & {_plain(w) for w in p.words}]
    return others if len(others) == 1 and signed else []


def _people(reading: Reading, known: list[Person], titles: frozenset[str]) -> Iterator[Match]:
    """A word of the interviewer's name, misspelt: in the greeting, after a title, beside another part of the name."""
    wanted = {_plain(w): w for p in known for w in p.words if len(w) >= 3}
    free = {_plain(w) for p in reading.people if p.where in ("signature", "quoted") for w in p.words} | set(wanted)
    free |= {_plain(w) for w in f"{reading.context.company} {reading.context.role}".split()}
    if not wanted:
        return
    for kind in (SectionKind.SALUTATION, SectionKind.SUBJECT, SectionKind.BODY):
        for found in _words(reading, kind):
            word = re.sub(r"['’]s$", "", found[0])
            span = Span(found.start(), found.start() + len(word))
            written = _plain(word)
            if written in wanted:
                small = word.islower() and _frequency(word) < _COMMON  # "to whom it may concern" greets no Ms. May
                if kind is SectionKind.SALUTATION and small and wanted[written][0].isupper():
                    yield _match(span, wanted[written])
                continue
            greeted = kind is SectionKind.SALUTATION
            if written in free or written in titles or written == "dear" or not (greeted or word[0].isupper()):
                continue
            right = next((w for plain, w in wanted.items() if _near(written, plain)), "")
            common = _GREETED if greeted and word[0].isupper() else _COMMON
            if right and (greeted or _named(reading.text, span, wanted, titles)) and _frequency(word) < common:
                yield _match(span, _like(right, word))


def _named(text: str, span: Span, wanted: dict[str, str], titles: frozenset[str]) -> bool:
    """Does a title or another part of the same name stand beside the word?"""
    before = text[max(0, span.start - 40) : span.start]
    title = _TITLED.search(before)
    if title and title[1].rstrip(".").lower() in titles:
        return True
    near = _WORD.findall(before)[-1:] if before[-1:] == " " and before[-2:-1].isalpha() else []
    after = _WORD.match(text, span.end + 1) if text[span.end : span.end + 1] == " " else None
    return any(_plain(word) in wanted for word in (*near, *([after[0]] if after else [])))


def _swapped(reading: Reading, person: Person) -> Iterator[Match]:
    """"Dear Frost Lena" for Lena Frost."""
    if not (person.given and person.family) or person.middle or " " in person.family:
        return
    turned = re.compile(rf"(?<!\w){re.escape(person.family)} {re.escape(person.given)}(?!\w)")
    for part in reading.draft.section(SectionKind.SALUTATION).spans:
        for found in turned.finditer(reading.text, part.start, part.end):
            yield _match(Span(*found.span()), f"{person.given} {person.family}")


def _short_forms(company: str) -> tuple[str, ...]:
    """"Maple Hollow" and "Maple" for Maple Hollow Rehabilitation Centre: what people call a firm of a long name."""
    words = company.split()
    return tuple(dict.fromkeys(" ".join(words[:most]) for most in (len(words), 2, 1) if 0 < most <= len(words)))


def _phrase(reading: Reading, name: str) -> Iterator[Match]:
    """The firm or the role with one word misspelt: all words capitalised, or the others as they should be."""
    wanted = [w for w in _WORD.findall(name) if len(w) > 1]
    if not wanted or len(_WORD.sub("", name).strip(" &.,-–()/'’")) > 0:
        return
    plain = [_plain(w) for w in wanted]
    people = {_plain(w) for p in reading.people for w in p.words}
    for kind in (SectionKind.SUBJECT, SectionKind.BODY):
        found = list(_words(reading, kind))
        for at in range(len(found) - len(wanted) + 1):
            run = found[at : at + len(wanted)]
            words = [re.sub(r"['’]s$", "", m[0]) for m in run]
            written = [_plain(w) for w in words]
            odd = [i for i, word in enumerate(written) if word != plain[i]]
            if len(odd) != 1 or not words[odd[0]][0].isupper() or _apart(reading.text, run):
                continue
            word, right = words[odd[0]], wanted[odd[0]]
            alone = len(wanted) == 1 and (_frequency(word) > 0 or _is_person(word) or not right[0].isupper())
            if _near(written[odd[0]], plain[odd[0]]) and not alone and written[odd[0]] not in people:
                start = run[odd[0]].start()
                yield _match(Span(start, start + len(word)), _like(right, word))


def _apart(text: str, run: list[re.Match[str]]) -> bool:
    return any(set(text[a.end() : b.start()]) - set(" &-–.\n") for a, b in pairwise(run))


def _words(reading: Reading, *kinds: SectionKind) -> Iterator[re.Match[str]]:
    """The words of these sections, without those that are part of an address."""
    for kind in kinds:
        for part in reading.draft.section(kind).spans:
            for found in _WORD.finditer(reading.text, part.start, part.end):
                start, end = found.span()
                if not set(reading.text[max(0, start - 1) : start] + reading.text[end : end + 1]) & set("@/_\\"):
                    yield found


def _near(written: str, right: str) -> bool:
    """Is *written* a slip of *right*: one edit (two from seven letters), the same first letter, no mere ending?"""
    if len(right) < _SHORTEST or len(written) < 3 or written[:1] != right[:1] or written == right:
        return False
    if (right.startswith(written) and len(written) < 5) or written.rstrip("s") == right.rstrip("s"):
        return False  # a short form (Dan for Dana), a plural or a possessive
    return _edits(written, right, 2 if len(right) >= _TWO_SLIPS else 1)


def _edits(one: str, other: str, most: int) -> bool:
    """Can *one* be turned into *other* by at most *most* letters put in, left out, exchanged or swapped?"""
    if abs(len(one) - len(other)) > most:
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1] <= most


def _plain(word: str) -> str:
    """Small letters, without accents and full stops: people write Zsofia for Zsófia."""
    lower = word.lower().replace("’", "'").strip(".,;:&()")
    if lower.isascii():
        return lower
    parts = unicodedata.normalize("NFD", lower)
    return "".join(c for c in parts if not unicodedata.combining(c))


def _like(right: str, written: str) -> str:
    return right.upper() if written.isupper() and len(written) > 1 else right


def _match(span: Span, right: str) -> Match:
    return Match(span, facts=(("expected", right),), suggestions=(right,), safe=True)


@lru_cache(maxsize=1)
def _lists() -> Lexicon:
    return Lexicon(packaged)


def _frequency(word: str) -> int:
    return _lists().frequency.get(word.lower(), 0)


def _is_person(word: str) -> bool:
    return word.lower() in _lists().people
