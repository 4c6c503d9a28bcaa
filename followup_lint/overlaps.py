"""Which findings stay where several lie on the same words, and what each takes from the score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from .model import Finding, Span

# What a typo may not lie on: a placeholder, and whatever a formality rule marks (text-speak, emoji).
_NO_TYPO_ON = ("genericness.placeholder", "formality.")
# Slips that are seen in names as well: a wrong one, and a letter that only looks like one of the name's.
_IN_NAMES = ("typos.name", "typos.mixed-script")


def resolved(findings: Iterable[Finding], names: Iterable[Span], gives_way: frozenset[str]) -> list[Finding]:
    """Within one check the finding with more points wins, then the longer, then the earlier.

    A slip in a name beats every other typo, no other typo may lie on one of *names*, and the rules of *gives_way*
    (those that pass on what a typo engine or a model said) yield to the rest.
    """
    ranked = sorted(
        findings, key=lambda f: (f.rule in gives_way, f.rule not in _IN_NAMES, -f.points, -len(f.span), f.span, f.rule)
    )
    barred = _Taken()
    for span in names:
        barred.take(span)
    for f in ranked:
        if f.rule.startswith(_NO_TYPO_ON):
            barred.take(f.span)
    taken: dict[str, _Taken] = {}
    places: set[tuple[Span, str]] = set()
    kept: list[Finding] = []
    for f in ranked:
        own = taken.setdefault(f.check, _Taken())
        is_slip = f.check == "typos" and f.rule not in _IN_NAMES
        if (f.span, f.rule) in places or own.touches(f.span) or (is_slip and barred.touches(f.span)):
            continue
        own.take(f.span)
        places.add((f.span, f.rule))
        kept.append(f)
    return sorted(kept, key=lambda f: (f.span, f.rule))


def charged(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each finding with what it really takes from the score: a rule's points stop at its cap."""
    spent: dict[str, int] = {}
    for f in findings:
        left = max(0, f.about.cap - spent.get(f.rule, 0))
        points = min(f.points, left)
        spent[f.rule] = spent.get(f.rule, 0) + points
        yield replace(f, points=points)


class _Taken:
    """Characters already spoken for: asking costs as much as the span is long, however many findings there are."""

    def __init__(self) -> None:
        self._characters: set[int] = set()

    def touches(self, span: Span) -> bool:
        """Is any character of the span taken?"""
        return not self._characters.isdisjoint(range(span.start, span.end))

    def take(self, span: Span) -> None:
        """Take its characters."""
        self._characters.update(range(span.start, span.end))
