"""What a check saw (a match), and what the writer is told about it (a finding)."""

from __future__ import annotations

from dataclasses import dataclass

from .rule import Rule, Severity
from .span import Span


@dataclass(frozen=True, slots=True)
class Note:
    """A second place that helps to understand a finding, and what is to be seen there."""

    span: Span
    note: str


@dataclass(frozen=True, slots=True)
class Match:
    """Words that a check found, knowing no message and no severity.

    ``facts`` fill the slots of the rule's message and of ``instead``; ``suggestions`` replace exactly the span.
    ``weak`` matches count only in a letter where a strong one of the same check stands.  ``safe`` says that the
    first suggestion may be applied unseen.
    """

    span: Span
    facts: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[str, ...] = ()
    related: tuple[Note, ...] = ()
    weak: bool = False
    safe: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``text`` in the place of ``span``."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend a finding; only ``safe`` ones (spelling, doubled words, names) are ever applied unseen."""

    edits: tuple[Edit, ...]
    safe: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to change: exactly which words, why, what instead, and what it took from the score.

    ``about`` is the rule's page; ``confidence`` (0–1) is the rule's measured precision, 0.5 where it was not measured.
    """

    about: Rule
    severity: Severity
    points: int
    confidence: float
    message: str
    span: Span
    instead: str = ""
    suggestions: tuple[str, ...] = ()
    related: tuple[Note, ...] = ()
    fix: Fix | None = None

    @property
    def rule(self) -> str:
        """The rule's ID, such as ``pushiness.ultimatum``."""
        return self.about.id

    @property
    def check(self) -> str:
        """The rule's check, such as ``pushiness``."""
        return self.about.check


@dataclass(frozen=True, slots=True)
class Ignore:
    """An ignore recorded in the settings: findings of ``rule`` (or only those on ``text``), with the reason why."""

    rule: str
    reason: str
    text: str = ""

    def concerns(self, finding: Finding, source: str) -> bool:
        """Is this finding to be left out?"""
        named = finding.rule == self.rule or finding.rule.startswith(self.rule + ".")
        return named and (not self.text or self.text == finding.span.of(source))
