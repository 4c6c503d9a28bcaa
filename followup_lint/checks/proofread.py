"""The proofread check: slips of one kind, as the typo engine found them before the checks ran."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ..model import Match
from ..proofreading.protocol import SlipKind
from ..reading import Reading
from .base import Table


@dataclass(frozen=True, slots=True)
class Proofread:
    """The engine's slips of one kind; on the same words they give way to our own rules, which say more."""

    slip: SlipKind
    gives_way: ClassVar[bool] = True

    @classmethod
    def from_table(cls, table: Table) -> Proofread:
        """Read the keys of a page; raises TableError."""
        made = cls(SlipKind(table.text("slip", among=tuple(SlipKind))))
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """One match per slip."""
        for slip in reading.proofread.slips:
            if slip.kind is self.slip:
                facts = (("engine_says", slip.message.rstrip(" .!")), ("origin", slip.origin))
                yield Match(slip.span, facts=facts, suggestions=slip.suggestions, safe=slip.safe)
