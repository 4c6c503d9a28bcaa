"""The specifics check: nothing concrete from the interview is mentioned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..language import SentenceModel
from ..model import Match, Note, SectionKind, Span
from ..reading import Detail, Reading
from .base import Table
from .learned import seen

# In a long letter stray words add up; a detail stands in one to three sentences.
_SENTENCES = 3
_SHOWN = 56  # characters of the closest sentence: with its quotation marks it fits a slot of a message


@dataclass(frozen=True, slots=True)
class Specifics:
    """The three sentences that tell most of the conversation weigh less than ``under`` (``reading.details``).

    A ``model`` gives the benefit of the doubt: a sentence of the body that it gives ``doubt`` log-odds is a detail too.
    """

    under: float
    model: SentenceModel | None = None
    doubt: float = 0.0

    @classmethod
    def from_table(cls, table: Table) -> Specifics:
        """Read the keys of a page; raises TableError."""
        made = cls(table.number("under"), table.model("model"), table.number("doubt", 0))
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """At most one match, at the start of the body, with the closest sentence beside it."""
        if told(reading.details) < self.under and not seen(self.model, reading, self.doubt):
            yield at_body(reading)


def told(details: Iterable[Detail]) -> float:
    """What the letter tells of the conversation: its best sentences, whatever stands around them."""
    return sum(sorted((d.theirs for d in details), reverse=True)[:_SENTENCES])


def at_body(reading: Reading) -> Match:
    """A match at the start of the body that shows the sentence which comes closest to a detail."""
    at = reading.draft.section(SectionKind.BODY).spans[0].start
    closest = max(reading.details, key=_weight, default=None)
    if closest is None or not _weight(closest):
        return Match(Span(at, at))
    words = " ".join(closest.sentence.of(reading.text).split())
    shown = words if len(words) <= _SHOWN else words[: _SHOWN - 2].rsplit(" ", 1)[0] + " …"
    note = Note(closest.sentence, "the closest to a detail so far")
    return Match(Span(at, at), facts=(("closest", f"“{shown}”"),), related=(note,))


def _weight(detail: Detail) -> float:
    return detail.theirs + detail.mine
