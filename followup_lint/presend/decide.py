"""Which mail is a follow-up, and what its report means for it: it goes, it goes and is talked about, or it stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from ..language import Lexicon
from ..model import Draft, Finding, Kind, SectionKind, Severity
from ..reading import Reading
from ..report import Report

# Speech acts (files of rules/acts/) that mails about an interview are made of. Any one of them may stand in any mail
# ("our call on Friday", "no answer yet"), so there must also be a word of the job, or a wish to have it.
_ACTS = ("interest", "interview", "other-offer", "promise", "status-question", "thanks-interview", "waiting")
_WORD = re.compile(r"[^\W\d_]+")


class StopOn(StrEnum):
    """The mildest severity that stops a mail."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


class Action(StrEnum):
    """What becomes of a mail: it goes; it goes and its findings are shown; it stays with its writer."""

    PASS = "pass"
    SHOW = "show"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Policy:
    """What the user wants of the check.

    ``only`` narrows the check to some mail: patterns as shells know them, ``to:PATTERN`` or ``subject:PATTERN``, any
    of which must fit. ``fail_closed`` stops what could not be checked.
    """

    stop_on: StopOn = StopOn.ERROR
    only: tuple[str, ...] = ()
    fail_closed: bool = False

    def __post_init__(self) -> None:
        for pattern in self.only:
            if not pattern.startswith(("to:", "subject:")):
                raise ValueError(f"{pattern!r}: expected to:PATTERN or subject:PATTERN")

    def covers(self, recipients: Sequence[str], subject: str) -> bool:
        """Is a mail to these addresses with this subject to be checked at all?"""
        fields = {"to": recipients, "subject": (subject,)}
        return not self.only or any(
            fnmatchcase(value.lower(), pattern.lower())
            for name, _, pattern in (one.partition(":") for one in self.only)
            for value in fields[name]
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """The action, and the findings that are its reason, worst first."""

    action: Action
    findings: tuple[Finding, ...] = ()


def may_be_follow_up(draft: Draft, lexicon: Lexicon) -> bool:
    """Could this be a follow-up to somebody of whom nothing is on file? It costs a hundredth of what reading does.

    Never False for what is_follow_up finds, but where a letter names the job in no word of words/of-the-job.txt and by
    no title: 1 of the 191 follow-ups among the 200 letters of tests/letters and tests/first_contact.
    """
    telling = lexicon.words("of-the-job") | lexicon.words("job-title")
    return _is_letter(draft) and any(word in telling for word in _WORD.findall(draft.text.lower()))


def is_follow_up(reading: Reading, known: bool) -> bool:
    """Is this a letter that follows up an interview? ``known`` says that a context is on file for its reader.

    Of the 80 follow-ups in tests/letters/dev-a.jsonl 77 are told from their wording alone, and of the 40 mails in
    tests/presend/other_mail none is taken for one.
    """
    acts = {name for name in _ACTS if reading.acts.get(name)}
    if reading.kind is Kind.OTHER or not acts:
        return False
    of_the_job = bool(reading.acts.get("application") or reading.roles) or {"interview", "interest"} <= acts
    return known or (of_the_job and _is_letter(reading.draft))


def _is_letter(draft: Draft) -> bool:
    return bool(draft.section(SectionKind.SALUTATION) or draft.signoff)


def decide(report: Report, policy: Policy) -> Decision:
    """The decision on a mail: infos never count, and a mail that is no follow-up passes."""
    if report.kind is Kind.OTHER:
        return Decision(Action.PASS)
    told = sorted(
        (f for f in report.findings if f.severity is not Severity.INFO),
        key=lambda f: (-f.severity.rank, -f.points, f.span, f.rule),
    )
    if not told:
        return Decision(Action.PASS)
    stops = policy.stop_on is not StopOn.NEVER and told[0].severity.rank >= Severity(policy.stop_on.value).rank
    return Decision(Action.STOP if stops else Action.SHOW, tuple(told))
