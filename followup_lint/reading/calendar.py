"""When a follow-up may be sent: one function that the timing rules and ``followup-lint when`` both ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ..model import Context

# A week between follow-ups: career advisers agree on it; see rules/timing/too-soon.toml for the sources.
BETWEEN_MESSAGES = timedelta(days=7)
# Without a promised date, five business days after the interview (5–7 in the sources of rules/timing/).
BUSINESS_DAYS_WITHOUT_DATE = 5
# A thank-you is best the same day or the next morning, and not within the hour.
THANKS_FROM, THANKS_UNTIL = timedelta(hours=2), timedelta(hours=48)
_MORNING = time(9, 0)


@dataclass(frozen=True, slots=True)
class Contact:
    """The earliest sensible moment for the next message, ``until`` when if there is a latest, and why."""

    at: datetime
    why: str
    rule: str
    until: datetime | None = None


def next_contact(context: Context) -> Contact | None:
    """The next sensible moment by the context's dates, or None where they do not tell."""
    zone = next((m.tzinfo for m in _moments(context) if m.tzinfo), None)
    candidates = []
    if context.decision_by:
        day = _next_business_day(context.decision_by + timedelta(days=1))
        why = f"they promised a decision by {context.decision_by:%A %d %B}: ask once that day has passed"
        candidates.append(Contact(datetime.combine(day, _MORNING, zone), why, "timing.before-decision"))
    if context.previous_messages:
        last = context.previous_messages[-1]
        why = f"your last message went out on {last:%A %d %B}: leave a week between messages"
        candidates.append(Contact(last + BETWEEN_MESSAGES, why, "timing.too-soon"))
    if candidates:
        return max(candidates, key=lambda c: c.at)
    if context.interviewed_at is None:
        return None
    met = context.interviewed_at
    until = met + THANKS_UNTIL
    if context.sending_at is None or context.sending_at <= until:
        why = "a thank-you is best within 24 to 48 hours of the interview, and not within the hour"
        return Contact(met + THANKS_FROM, why, "timing.late", until)
    day = met.date()
    for _ in range(BUSINESS_DAYS_WITHOUT_DATE):
        day = _next_business_day(day + timedelta(days=1))
    why = f"no date was promised: wait {BUSINESS_DAYS_WITHOUT_DATE} business days after the interview"
    return Contact(datetime.combine(day, _MORNING, zone), why, "timing.too-soon")


def hours_between(earlier: datetime, later: datetime) -> float:
    """Hours from one moment to the other, negative if it is the other way round."""
    return (later - earlier).total_seconds() / 3600


def _moments(context: Context) -> list[datetime]:
    return [m for m in (context.interviewed_at, context.sending_at, *context.previous_messages) if m is not None]


def _next_business_day(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day
