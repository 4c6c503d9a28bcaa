"""The form-letter check: the message would fit any interviewer, company or conversation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..language import SentenceModel
from ..model import Match
from ..reading import Reading
from .base import Table
from .learned import seen
from .specifics import at_body, told


@dataclass(frozen=True, slots=True)
class FormLetter:
    """Details of the conversation weigh under ``theirs_under`` and the writer's own work under ``mine_under``.

    The ``model`` of details gives the benefit of the doubt as in the specifics check. A placeholder left in (the act
    ``placeholder``) makes any letter a form letter.
    """

    theirs_under: float
    mine_under: float
    model: SentenceModel | None = None
    doubt: float = 0.0

    @classmethod
    def from_table(cls, table: Table) -> FormLetter:
        """Read the keys of a page; raises TableError."""
        made = cls(
            table.number("theirs_under"), table.number("mine_under"), table.model("model"), table.number("doubt", 0)
        )
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """At most one match, at the start of the body."""
        theirs = told(reading.details)
        mine = max((d.mine for d in reading.details), default=0.0)
        untold = theirs < self.theirs_under and mine < self.mine_under
        if reading.does("placeholder") or (untold and not seen(self.model, reading, self.doubt)):
            yield at_body(reading)
