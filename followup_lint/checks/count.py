"""The count check: too many or too few words, sentences or question marks in the body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Match, SectionKind, Span
from ..reading import Reading
from .base import Table

MEASURES = ("words", "sentences", "questions")


@dataclass(frozen=True, slots=True)
class Count:
    """More than ``over`` or fewer than ``under`` of ``measure`` in the body; marks the place where it begins."""

    measure: str
    over: float = float("inf")
    under: float = 0

    @classmethod
    def from_table(cls, table: Table) -> Count:
        """Read the keys of a page; raises TableError."""
        made = cls(
            table.text("measure", among=MEASURES),
            table.number("over", float("inf")),
            table.number("under", 0),
        )
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """At most one match."""
        counted = measured(reading, self.measure)
        if counted > self.over or 0 < counted < self.under:
            at = reading.draft.section(SectionKind.BODY).spans[0].start
            yield Match(Span(at, at), facts=(("count", str(counted)), ("limit", f"{min(self.over, 9999):g}")))


def measured(reading: Reading, measure: str) -> int:
    """How many words, sentences or questions the body has; a word is a token with a letter or digit in it."""
    body = reading.sentences_in(SectionKind.BODY)
    match measure:
        case "words":
            return sum(len(s.plain.words) for s in body)
        case "sentences":
            return len(body)
        case _:
            return sum(s.span.of(reading.text).rstrip().endswith("?") for s in body)
