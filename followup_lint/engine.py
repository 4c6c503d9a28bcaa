"""From a draft to findings: proofread, read, check, resolve what overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .checks import SlowPatternError
from .model import Context, Draft, Edit, Finding, Fix, Kind, Match, Severity, Skipped, Span
from .overlaps import charged, resolved
from .proofreading import Proofreader
from .reading import Reading, read
from .rulebook import Compiled, Rulebook, fill

# A mail that is no follow-up gets these checks only (architecture.md, Principles).
_OTHER_CHECKS = frozenset({"typos", "formality"})
_OTHER_RULES = frozenset({"genericness.placeholder"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules said of one letter."""

    reading: Reading
    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]


def examine(draft: Draft, context: Context, rulebook: Rulebook, proofreader: Proofreader) -> Outcome:
    """Judge one draft by every rule of the rulebook. Never raises for any text."""
    reading = read(draft, context, proofreader.check(draft, context), rulebook.grammar)
    found: list[tuple[Compiled, Match]] = []
    skipped: list[Skipped] = []
    for one in rulebook.rules:
        lacking = tuple(key for key in one.rule.needs if getattr(reading.context, key) in (None, "", ()))
        if not _applies(one, reading.kind):
            continue
        if lacking:
            skipped.append(Skipped(one.rule.id, needs=lacking))
            continue
        try:
            found.extend((one, match) for match in one.check(reading))
        except SlowPatternError as problem:
            skipped.append(Skipped(one.rule.id, reason=str(problem)))
    if reading.proofread.unchecked:
        skipped.append(Skipped("typos", reason=reading.proofread.unchecked))
    strong = _strong(found)
    findings = [_finding(one, match, reading) for one, match in found if not match.weak or one.rule.check in strong]
    return Outcome(reading, tuple(charged(resolved(findings, _names(reading), rulebook.giving_way))), tuple(skipped))


def _strong(found: Iterable[tuple[Compiled, Match]]) -> frozenset[str]:
    """The checks of which a strong finding stands."""
    return frozenset(
        one.rule.check for one, match in found if not match.weak and one.rule.severity is not Severity.INFO
    )


def _names(reading: Reading) -> Iterator[Span]:
    """Where people and firms are named: never corrected but by the check of names."""
    yield from reading.companies
    yield from (person.span for person in reading.people if person.span)


def _applies(one: Compiled, kind: Kind) -> bool:
    if kind is Kind.OTHER:
        return one.rule.check in _OTHER_CHECKS or one.rule.id in _OTHER_RULES
    return not one.rule.kinds or kind in one.rule.kinds


def _finding(one: Compiled, match: Match, reading: Reading) -> Finding:
    rule = one.rule
    facts = {"match": match.span.of(reading.text), "suggestion": "".join(match.suggestions[:1]), **dict(match.facts)}
    fix = Fix((Edit(match.span, match.suggestions[0]),), match.safe) if match.suggestions else None
    return Finding(
        about=rule,
        severity=rule.severity,
        points=rule.points,
        confidence=one.confidence,
        message=fill(rule.message, reading.context, facts),
        span=match.span,
        instead=fill(rule.instead, reading.context, facts),
        suggestions=match.suggestions,
        related=match.related,
        fix=fix,
    )
