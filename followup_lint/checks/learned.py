"""What a learned model sees and no line names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ..language import SentenceModel
from ..model import Match, SectionKind
from ..reading import Reading
from .base import Table, TableError


@dataclass(frozen=True, slots=True)
class Learned:
    """Sentences of the body that the model takes for one of its kind, marked where they show it most.

    From ``least`` log-odds on a sentence is weak evidence, counted only beside a strong finding of the same check; from
    ``sure`` on it is strong. Where a line of another page marks the same words, that page speaks.
    """

    model: SentenceModel
    least: float
    sure: float
    gives_way: ClassVar[bool] = True

    @classmethod
    def from_table(cls, table: Table) -> Learned:
        """Read the keys of a page; raises TableError."""
        model = table.model("model")
        if model is None:
            raise TableError("model", "is missing")
        made = cls(model, table.number("least"), table.number("sure"))
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """A match per sentence."""
        for sentence in reading.sentences_in(SectionKind.BODY):
            view = sentence.folded
            odds = self.model.odds(view.words)
            if view.words and odds >= self.least:
                yield Match(view.span(*self.model.phrase(view.words)), weak=odds < self.sure)


def seen(model: SentenceModel | None, reading: Reading, least: float) -> bool:
    """Does the model, if there is one, give some sentence of the body that much log-odds?"""
    body = reading.sentences_in(SectionKind.BODY)
    return model is not None and any(model.odds(sentence.folded.words) >= least for sentence in body)
