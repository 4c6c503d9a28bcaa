"""The vague check: a subject line whose words do not tell what the mail is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..language import Line, find
from ..model import Match, SectionKind, Span
from ..reading import Reading
from .base import Table

_PREFIXES = re.compile(r"(?:\s*(?:re|fw|fwd|aw|sv)\s*:)+\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Vague:
    """A subject in which no line of ``telling`` matches and no name of the context stands, or one over ``longest``.

    What follows ``Re:`` is judged; after ``Re:`` alone nothing is.
    """

    telling: tuple[Line, ...]
    longest: int = 10_000

    @classmethod
    def from_table(cls, table: Table) -> Vague:
        """Read the keys of a page; raises TableError."""
        made = cls(table.lines("telling", needed=True), int(table.number("longest", 10_000)))
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
        elif len(own) > self.longest or not self._tells(reading, own):
            yield Match(own)

    def _tells(self, reading: Reading, own: Span) -> bool:
        if any(place.overlaps(own) for place in (*reading.roles, *reading.companies)):
            return True
        views = [s.folded for s in reading.sentences_in(SectionKind.SUBJECT)]
        return any(True for view in views for line in self.telling for _ in find(line, view))
