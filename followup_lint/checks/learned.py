"""What a learned model sees and no line names: weak evidence, counted only beside a strong finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ..language import Tagger
from ..model import Match, SectionKind
from ..reading import Reading
from .base import Table, TableError


@dataclass(frozen=True, slots=True)
class Learned:
    """Stretches of the body in which the model is sure of at least one word (``least``, in log-odds).

    Where a line of another page marks the same words, that page speaks.
    """

    model: Tagger
    least: float
    gives_way: ClassVar[bool] = True

    @classmethod
    def from_table(cls, table: Table) -> Learned:
        """Read the keys of a page; raises TableError."""
        model = table.model("model")
        if model is None:
            raise TableError("model", "is missing")
        made = cls(model, table.number("least", 1))
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """A weak match per stretch."""
        for sentence in reading.sentences_in(SectionKind.BODY):
            view = sentence.folded
            for first, end in self.model.phrases(view.words, self.least):
                yield Match(view.span(first, end), weak=True)
