"""The timing checks: too late, too soon, before the promised date, too many, by the context's dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from ..model import Kind, Match, SectionKind, Span
from ..reading import Reading
from ..reading.calendar import hours_between, next_contact
from .base import Table

MEASURES = ("late", "too-soon", "before-decision", "too-many", "within-the-hour", "handwritten")


@dataclass(frozen=True, slots=True)
class Timing:
    """Judges ``sending_at`` against the other dates.

    ``late``: a thank-you more than ``limit`` hours after the interview. ``too-soon``: less than ``limit`` days after
    the latest message without a reply. ``before-decision``: a status check, or a status question in a
    thank-you, on or before the promised day.
    ``too-many``: more than ``limit`` earlier messages. ``within-the-hour``: less than ``limit`` hours after.
    ``handwritten``: the employer is known to be traditional, so that a mail may be the wrong medium.
    """

    measure: str
    limit: float = 0

    @classmethod
    def from_table(cls, table: Table) -> Timing:
        """Read the keys of a page; raises TableError."""
        made = cls(table.text("measure", among=MEASURES), table.number("limit", 0))
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """At most one match, at the start of the body."""
        facts = self._judge(reading)
        if facts is not None:
            at = reading.draft.section(SectionKind.BODY).spans[0].start
            yield Match(Span(at, at), facts=tuple(facts.items()))

    def _judge(self, reading: Reading) -> dict[str, str] | None:
        known = reading.context
        now = known.sending_at
        if self.measure == "too-many":
            sent = len(known.previous_messages)
            return {"count": str(sent)} if sent > self.limit else None
        if self.measure == "handwritten":
            return {} if known.culture == "traditional" else None
        if now is None:
            return None
        earliest = next_contact(known)
        when = {"when": f"{earliest.at:%d %B %Y}"} if earliest else {"when": ""}
        match self.measure:
            case "late" if known.interviewed_at and reading.kind is Kind.THANK_YOU and not known.previous_messages:
                hours = hours_between(known.interviewed_at, now)
                return {"hours": f"{hours:.0f}"} if hours > self.limit else None
            case "within-the-hour" if known.interviewed_at and reading.kind is Kind.THANK_YOU:
                return {} if 0 <= hours_between(known.interviewed_at, now) < self.limit else None
            case "too-soon" if known.previous_messages and reading.kind is not Kind.OFFER_DEADLINE:
                last = known.previous_messages[-1]
                gap = hours_between(last, now) / 24
                return {"days": f"{max(gap, 0):.0f}", **when} if gap < self.limit else None
            case "before-decision" if known.decision_by and _asks(reading):
                early = now.date() < known.decision_by + timedelta(days=1)
                return {"date": f"{known.decision_by:%d %B %Y}", **when} if early else None
        return None


def _asks(reading: Reading) -> bool:
    """Does the mail ask for the status for no better reason than to know it?"""
    asks = reading.does("status-question")
    return reading.kind is Kind.STATUS_CHECK or (reading.kind is Kind.THANK_YOU and asks)
