"""Which kind of mail it is, where the user does not say."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import Context, Kind, Span

# Acts (files of rules/acts/) that show a mail to be about an interview or application at all.
_ABOUT = ("interview", "application", "thanks-interview")


def guess(acts: Mapping[str, tuple[Span, ...]], context: Context) -> tuple[Kind, float]:
    """The likeliest kind and how sure that is (0–1).

    Kinds mix in real letters: a thank-you may ask for the timeline. So a mail is a status check only if it asks or
    complains and the thanks is not for the interview itself, or if earlier messages are known to have gone unanswered.
    """
    has = {name for name, places in acts.items() if places}
    if "other-offer" in has:
        return Kind.OFFER_DEADLINE, 0.9
    asks = "status-question" in has or "chasing" in has
    if context.previous_messages:
        return Kind.STATUS_CHECK, 0.9
    if asks and "thanks-interview" not in has:
        return Kind.STATUS_CHECK, 0.8
    if not has & {*_ABOUT, "status-question"} and not (context.role or context.company or context.interviewed_at):
        return Kind.OTHER, 0.6
    if asks and "waiting" in has:
        return Kind.STATUS_CHECK, 0.6
    return Kind.THANK_YOU, 0.8 if "thanks-interview" in has else 0.6
