"""The role check: neither subject nor body names the position."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Match, SectionKind, Span
from ..reading import Reading
from .base import Table


@dataclass(frozen=True, slots=True)
class Role:
    """No place in the letter names the position (``reading.roles``)."""

    @classmethod
    def from_table(cls, table: Table) -> Role:
        """There are no keys; raises TableError for any."""
        table.finish()
        return cls()

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """At most one match, at the start of the body."""
        if not reading.roles:
            at = reading.draft.section(SectionKind.BODY).spans[0].start
            yield Match(Span(at, at))
