"""Which kind of mail it is, where the user does not say."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import timedelta

from ..model import Context, Kind, Span

# Acts (files of rules/acts/) that show a mail to be about an interview or a job at all.
_ABOUT = frozenset(
    {"interview", "application", "thanks-interview", "interest", "status-question", "other-offer", "waiting", "promise",
     "chasing"}
)
# What each act says for a status check (above 0) or for a thank-you (below 0), in the body and in the subject. Kinds
# mix in real letters, so no act decides alone: a thank-you may ask for the timeline, and a status check thanks again.
_BODY = {"status-question": 2.0, "waiting": 2.0, "chasing": 1.0, "promise": 1.0, "thanks-again": 1.0,
         "thanks": -0.5, "thanks-interview": -1.0, "recent": -2.0}
_SUBJECT = {"status-question": 2.0, "status": 2.0, "waiting": 2.0, "chasing": 1.0, "thanks": -2.0, "recent": -1.0}
_NO_THANKS = 1.0
# A thank-you goes out within days; what is written later, or after the promised day, asks.
_SOON, _LATE = timedelta(days=3), timedelta(days=5)
_SENT_SOON, _SENT_LATE, _AFTER_DECISION = -2.0, 2.0, 2.0
_STATUS_FROM = 1.5


def guess(acts: Mapping[str, tuple[Span, ...]], subject: Set[str], context: Context) -> tuple[Kind, float]:
    """The likeliest kind and how sure that is (0–1), from the acts of the body, the names of those in the subject
    line, and the context's dates."""
    has = {name for name, places in acts.items() if places}
    if "other-offer" in has:
        return Kind.OFFER_DEADLINE, 0.9
    if context.previous_messages:
        return Kind.STATUS_CHECK, 0.9
    if not (has | subject) & _ABOUT and not (context.role or context.company or context.interviewed_at):
        return Kind.OTHER, 0.6
    points = sum(_BODY.get(name, 0) for name in has) + sum(_SUBJECT.get(name, 0) for name in subject)
    points += _by_dates(context)
    if not {"thanks", "thanks-interview"} & (has | subject):
        points += _NO_THANKS
    margin = points - _STATUS_FROM
    return Kind.STATUS_CHECK if margin >= 0 else Kind.THANK_YOU, round(min(0.95, 0.55 + 0.1 * abs(margin)), 2)


def _by_dates(context: Context) -> float:
    sent, met, due = context.sending_at, context.interviewed_at, context.decision_by
    points = 0.0
    if sent and met:
        gone = sent - met
        points += _SENT_SOON if gone <= _SOON else _SENT_LATE if gone >= _LATE else 0
    if sent and due and sent.date() > due:
        points += _AFTER_DECISION
    return points
