"""What every typo engine looks like from outside, and what it returns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from ..model import Context, Draft, Span


class SlipKind(StrEnum):
    """What a slip of language counts as: the rule ``typos.<kind>`` reports it."""

    SPELLING = "spelling"
    GRAMMAR = "grammar"
    WORD = "word"
    REPETITION = "repetition"
    CAPITALISATION = "capitalisation"
    PUNCTUATION = "punctuation"


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip an engine found: ``suggestions`` replace exactly ``span``, best first; ``origin`` is engine and rule."""

    span: Span
    kind: SlipKind
    suggestions: tuple[str, ...]
    message: str
    origin: str
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Proofread:
    """What an engine says of one draft; ``unchecked`` tells in one line what it did not look at, and why."""

    slips: tuple[Slip, ...]
    engine: str
    unchecked: str = ""


class Proofreader(Protocol):
    """A typo engine behind its guards: never raises for any text, never sees more than masked, cut text.

    ``start`` may be called early, from another thread, and more than once; ``check`` starts what is not started.
    """

    def start(self) -> None:
        """Begin whatever takes time."""

    def check(self, draft: Draft, context: Context) -> Proofread:
        """The slips in the letter's own text (subject, salutation, body, closing), in order, not overlapping."""

    def close(self) -> None:
        """Give back what was started."""
