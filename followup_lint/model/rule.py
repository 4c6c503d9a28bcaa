"""What a rule's page says, apart from how its check looks for things."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .context import Kind


class Severity(StrEnum):
    """error: will hurt this mail; warning: most coaches would ask for the change; info: taste, costs nothing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """2 for error, 1 for warning, 0 for info."""
        return {"error": 2, "warning": 1, "info": 0}[self.value]


class Evidence(StrEnum):
    """What a rule rests on, from strong to weak."""

    EXPERIMENT = "experiment"
    SURVEY = "survey"
    VENDOR_DATA = "vendor-data"
    AUTHORITY = "authority"
    OPINION = "opinion"


class Status(StrEnum):
    """preview rules run only when asked for; deprecated ones still run and say so."""

    STABLE = "stable"
    PREVIEW = "preview"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a rule's advice or number comes from."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A letter that the rule must mark (``bad``) or leave alone: only what differs from the baseline is stated.

    ``add`` puts one paragraph before the baseline's last; subject, salutation, body and closing replace that part;
    ``mail`` replaces everything; ``context`` adds facts.  ``marks`` are the exact words that must be flagged, in
    order; ``fixed`` is ``add`` (or the part replaced) as it should read.
    """

    bad: bool
    add: str = ""
    subject: str | None = None
    salutation: str | None = None
    body: str | None = None
    closing: str | None = None
    mail: str | None = None
    marks: tuple[str, ...] = ()
    fixed: str | None = None
    why: str = ""
    context: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule's page. ``id`` is ``folder.file``; ``points`` is what one finding costs, ``cap`` what all may cost."""

    id: str
    summary: str
    explanation: str
    message: str
    severity: Severity
    points: int
    cap: int
    evidence: Evidence
    status: Status = Status.STABLE
    instead: str = ""
    needs: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    sources: tuple[Reference, ...] = ()
    covers: tuple[str, ...] = ()
    renamed_from: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def check(self) -> str:
        """The folder the rule lives in: ``pushiness`` for ``pushiness.ultimatum``."""
        return self.id.partition(".")[0]
