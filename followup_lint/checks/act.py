"""The act check: every place where the letter performs a speech act that the reading already looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Match
from ..reading import Reading
from .base import Table


@dataclass(frozen=True, slots=True)
class Act:
    """The places of one act (a file of rules/acts/); with ``once``, the first alone."""

    of: str
    once: bool = False

    @classmethod
    def from_table(cls, table: Table) -> Act:
        """Read the keys of a page; raises TableError."""
        made = cls(table.text("of"), table.flag("once"))
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """One match per place."""
        places = reading.acts.get(self.of, ())
        yield from (Match(span) for span in places[: 1 if self.once else None])
