"""Precision and recall of every rule on labelled letters: anybody's, in the format of docs/measuring.md.

Phrases are matched strictly: at least half of a finding must lie on the labelled phrase (for typos half of the shorter
of the two), and one finding finds one phrase, so that widening a mark gains nothing.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from ..api import Linter
from ..model import Context, Finding, Severity, Span

# Letter labels: which rule must fire when the labels say so.
VERDICTS: Mapping[str, Callable[[Mapping[str, Any], str], bool]] = {
    "role.missing": lambda labels, kind: labels["missing_role"],
    "specifics.missing": lambda labels, kind: labels["missing_specifics"],
    "genericness.form-letter": lambda labels, kind: labels["generic"],
    "subject.missing": lambda labels, kind: labels["subject"] == "missing",
    "subject.weak": lambda labels, kind: labels["subject"] == "weak",
    "salutation.missing": lambda labels, kind: labels["salutation"] == "missing",
    "salutation.impersonal": lambda labels, kind: labels["salutation"] == "impersonal",
    "salutation.informal": lambda labels, kind: labels["salutation"] == "informal",
    "body.no-gratitude": lambda labels, kind: not labels["gratitude"],
    "body.no-interest": lambda labels, kind: not labels["interest"],
    "body.no-offer": lambda labels, kind: not labels["offers_more_info"],
    "body.no-status-question": lambda labels, kind: kind == "status_check" and not labels["asks_status"],
    "body.too-long": lambda labels, kind: labels["too_long"],
    "closing.no-signoff": lambda labels, kind: labels["signoff"] == "missing",
    "closing.informal": lambda labels, kind: labels["signoff"] == "informal",
    "closing.no-name": lambda labels, kind: not labels["name"],
    "closing.no-contact": lambda labels, kind: not labels["contact"],
    "timing.late": lambda labels, kind: labels["timing"] == "late",
    "timing.too-soon": lambda labels, kind: labels["timing"] == "too_soon",
    "timing.before-decision": lambda labels, kind: labels["timing"] == "before_decision",
}
# Phrase labels: the rules whose findings they are.
PHRASES: Mapping[str, str] = {
    "typos": "typos", "pushy": "pushiness", "informal": "formality", "placeholders": "genericness.placeholder",
}
_ROUNDS = 400
# Per row, one (right, wrong, missed) for every letter.
_Counts: TypeAlias = dict[str, list[tuple[int, int, int]]]


@dataclass(frozen=True, slots=True)
class Row:
    """One rule or check: findings that were right, that were not, labelled things missed; F1's 95% interval."""

    name: str
    right: int
    wrong: int
    missed: int
    interval: tuple[float, float] | None

    @property
    def precision(self) -> float | None:
        """Of what was found, how much is right (0–1)."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Of what should be found, how much was (0–1)."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else None


class LabelError(ValueError):
    """A labelled letter that cannot be used; the message names file, line and key."""


def labelled(path: Path) -> Iterator[Mapping[str, Any]]:
    """The labelled letters of a JSONL file; raises LabelError."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                case = json.loads(line)
            except ValueError as problem:
                raise LabelError(f"{path}:{number}: is not JSON ({problem})") from None
            for key in ("draft", "labels"):
                if key not in case:
                    raise LabelError(f"{path}:{number}: {key}: is missing")
            yield case


def measure(cases: Iterable[Mapping[str, Any]], linter: Linter, *, with_context: bool = True) -> list[Row]:
    """One row per check of phrases, per rule judged by letter, and per single rule that marks phrases."""
    counts: _Counts = {}
    for case in cases:
        labels, kind = case["labels"], case.get("kind")
        facts = {**case.get("context", {}), **({"kind": kind} if kind else {})} if with_context else {}
        report = linter.lint(case["draft"], Context.from_mapping(facts))
        findings = [f for f in report.findings if f.severity is not Severity.INFO]
        judged = str(kind or report.kind)
        for label, prefix in PHRASES.items():
            _count_phrases(case["draft"], labels.get(label, []), findings, prefix, counts)
        fired = {f.rule for f in findings}
        for rule, wanted in VERDICTS.items():
            try:
                want, got = bool(wanted(labels, judged)), rule in fired
            except KeyError:
                continue  # these letters do not carry that label
            counts.setdefault(rule, []).append((want and got, got and not want, want and not got))
    return [_row(name, letters) for name, letters in sorted(counts.items())]


def _count_phrases(
    draft: str, items: Sequence[Any], findings: Sequence[Finding], prefix: str, counts: _Counts
) -> None:
    mine = [f for f in findings if f.span and (f.rule == prefix or f.rule.startswith(prefix + "."))]
    places = [(n, span) for n, item in enumerate(items) for span in _places(draft, _phrase(item))]
    pairs = sorted(
        (-_common(span, f.span) / max(len(span), len(f.span)), n, m)
        for n, span in places
        for m, f in enumerate(mine)
        if 2 * _common(span, f.span) >= (min(len(span), len(f.span)) if prefix == "typos" else len(f.span))
        and _common(span, f.span)
    )
    found: set[int] = set()
    right: set[int] = set()
    for _, n, m in pairs:
        if m not in right:
            right.add(m)
            found.add(n)
    counts.setdefault(prefix, []).append((len(found), len(mine) - len(right), len(items) - len(found)))
    for rule in {f.rule for f in mine} - {prefix}:
        own = [m for m, f in enumerate(mine) if f.rule == rule]
        counts.setdefault(rule, []).append((sum(m in right for m in own), sum(m not in right for m in own), 0))


def _phrase(item: Any) -> str:
    return str(item["wrong"] if isinstance(item, Mapping) else item)


def _places(draft: str, phrase: str) -> Iterator[Span]:
    at = draft.find(phrase) if phrase else -1
    while at >= 0:
        yield Span(at, at + len(phrase))
        at = draft.find(phrase, at + 1)


def _common(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _row(name: str, letters: Sequence[tuple[int, int, int]]) -> Row:
    right, wrong, missed = (sum(int(one[k]) for one in letters) for k in range(3))
    return Row(name, right, wrong, missed, _interval(letters))


def _interval(letters: Sequence[tuple[int, int, int]]) -> tuple[float, float] | None:
    """95% of F1 over letters drawn again with replacement, from a fixed seed."""
    dice, values = random.Random(1), []
    for _ in range(_ROUNDS):
        drawn = dice.choices(letters, k=len(letters))
        right, wrong, missed = (sum(int(one[k]) for one in drawn) for k in range(3))
        if right + wrong + missed:
            values.append(2 * right / (2 * right + wrong + missed))
    if not values:
        return None
    values.sort()
    return values[int(0.025 * len(values))], values[max(0, int(0.975 * len(values)) - 1)]
