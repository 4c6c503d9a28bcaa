"""What an answer to a draft is made of, beside its findings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """hold: an error stands; look: a warning stands; ready: neither."""

    HOLD = "hold"
    LOOK = "look"
    READY = "ready"


@dataclass(frozen=True, slots=True)
class Deduction:
    """What the findings of one rule took from the score together."""

    rule: str
    count: int
    points: int


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` is 100 minus all points, not below 0; ``checks`` gives the same per check, for every check that ran."""

    value: int
    checks: tuple[tuple[str, int], ...]
    deductions: tuple[Deduction, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A rule that could not be judged: for want of facts (``needs``) or for the reason given."""

    rule: str
    needs: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A finding that the settings told us to leave out, with the reason recorded there."""

    rule: str
    text: str
    reason: str
