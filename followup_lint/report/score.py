"""The score: 100 minus the points of the findings, and the verdict beside it (docs/scoring.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..model import Deduction, Finding, Score, Severity, Verdict

FULL = 100


def score(findings: Sequence[Finding], checks: Iterable[str]) -> Score:
    """The score of these findings; *checks* are the checks that ran, each of which gets a figure of its own.

    Nothing else enters: no bonus, no density. A finding added never raises it.
    """
    per_check = tuple((check, _left(f for f in findings if f.check == check)) for check in sorted(set(checks)))
    rules = sorted({f.rule for f in findings if f.points})
    deductions = tuple(
        Deduction(rule, len(own), sum(f.points for f in own))
        for rule in rules
        if (own := [f for f in findings if f.rule == rule])
    )
    return Score(_left(findings), per_check, deductions)


def verdict(findings: Iterable[Finding]) -> Verdict:
    """hold for an error, look for a warning, ready for neither: the score says how much, the verdict whether."""
    worst = max((f.severity.rank for f in findings), default=0)
    return {Severity.ERROR.rank: Verdict.HOLD, Severity.WARNING.rank: Verdict.LOOK}.get(worst, Verdict.READY)


def _left(findings: Iterable[Finding]) -> int:
    return max(0, FULL - sum(f.points for f in findings))
