"""The vague check: a subject line whose words do not tell what the mail is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..language import Lines, View
from ..model import Match, SectionKind, Span
from ..reading import Reading
from .base import Table

_PREFIXES = re.compile(r"(?:\s*(?:(?:re|fw|fwd|aw|sv|antw)\s*(?:\[\d+\])?:|\[external\]))+\s*", re.IGNORECASE)
# A subject shouts when nearly all of its letters are capitals and it has more of them than an abbreviation or two.
_SHOUTED_SHARE, _SHOUTED_WORDS, _LONG_WORD = 0.8, 2, 4


@dataclass(frozen=True, slots=True)
class Vague:
    """A subject that does not tell what the mail is about.

    It tells when a line of ``telling`` matches or a position or the employer is named in it, or else when it has more
    than ``short`` words that are neither ``filler`` nor a person's name. Of a subject kept from a thread ("Re:") only
    words count that the letter itself uses: many a thank-you answers a thread about something else. However telling, a
    subject is vague when a line of ``silent`` matches, it has more than ``longest`` characters or is written in
    capitals.
    """

    telling: Lines
    silent: Lines
    filler: Lines
    short: int = 0
    longest: int = 10_000

    @classmethod
    def from_table(cls, table: Table) -> Vague:
        """Read the keys of a page; raises TableError."""
        made = cls(
            table.lines("telling", needed=True),
            table.lines("silent"),
            table.lines("filler"),
            int(table.number("short", 0)),
            int(table.number("longest", 10_000)),
        )
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """At most one match, on the subject's own words."""
        subject = next((s for s in reading.draft.section(SectionKind.SUBJECT).spans if s), None)
        if subject is None or not subject.of(reading.text).strip():
            return
        prefix = _PREFIXES.match(reading.text, subject.start, subject.end)
        own = Span(prefix.end() if prefix else subject.start, subject.end)
        if not own:
            yield Match(subject)
        elif len(own) > self.longest or _shouted(own.of(reading.text)) or not self._tells(reading, subject, own):
            yield Match(own)

    def _tells(self, reading: Reading, subject: Span, own: Span) -> bool:
        views = [s.folded for s in reading.sentences_in(SectionKind.SUBJECT)]
        if any(self.silent.found_in(view) for view in views):
            return False
        if any(place.overlaps(own) for place in (*reading.roles, *reading.companies)):
            return True
        if any(self.telling.found_in(view) for view in views):
            return True
        names = {word.lower() for person in reading.people for word in person.words}
        kept = own.start > subject.start
        spoken = {w for s in reading.sentences_in(SectionKind.BODY) for w in s.folded.words} if kept else None
        return sum(self._content(view, own, names, spoken) for view in views) > self.short

    def _content(self, view: View, own: Span, names: set[str], spoken: set[str] | None) -> int:
        """How many words are neither filler nor a name (and are *spoken* of in the letter, where that is asked)."""
        empty = {i for _, hit in self.filler.hits(view) for i in range(hit.first, hit.end)}
        return sum(
            i not in empty and word not in names and start >= own.start and (spoken is None or word in spoken)
            for i, (word, (start, _)) in enumerate(zip(view.words, view.places, strict=True))
        )


def _shouted(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    long = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= _LONG_WORD and word.isupper()]
    return len(long) >= _SHOUTED_WORDS and sum(char.isupper() for char in letters) >= _SHOUTED_SHARE * len(letters)
