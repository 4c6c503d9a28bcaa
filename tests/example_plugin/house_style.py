"""A complete plug-in: a folder of rules, and a kind of check of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from followup_lint import Plugin
from followup_lint.model import Match
from followup_lint.reading import Reading


@dataclass(frozen=True, slots=True)
class FirstWord:
    """The body begins with a certain word."""

    word: str

    @classmethod
    def from_table(cls, table) -> FirstWord:
        made = cls(table.text("word"))
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        body = [s for s in reading.sentences if s.section == "body"]
        if body and body[0].plain.words[:1] == (self.word,):
            yield Match(body[0].plain.span(0, 1))


def plugin() -> Plugin:
    """What the entry point names."""
    return Plugin("house-style", folders=(Path(__file__).parent / "rules",), kinds={"first-word": FirstWord})
