"""From the bytes of a mail to what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..api import Linter
from ..model import Context, Finding, Kind
from ..parsing import UnreadableError, parse
from ..report import Report, render
from ..report.words import counts, message
from .contexts import OnFile, at, on_file
from .decide import Action, Policy, decide, is_follow_up, may_be_follow_up
from .message import read_mail
from .state import identities, is_decided, keep_report, keep_stopped

_WIDTH = 78


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of a mail and what its writer is told.

    ``reason`` says why in a few words that hold nothing of the mail. ``findings`` are one line each, worst first, and
    quote it; ``report`` is the file that holds the whole report, if one was kept. ``problems`` are lines about the
    check itself (a broken context file).
    """

    action: Action
    reason: str
    findings: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    report: str = ""
    problems: tuple[str, ...] = ()


def unchecked(why: str, policy: Policy) -> Answer:
    """The answer on a mail that could not be checked."""
    if policy.fail_closed:
        return Answer(Action.STOP, f"not checked ({why}), and --fail-closed is set")
    return Answer(Action.PASS, "not checked", problems=(f"not checked: {why}; the mail goes",))


@dataclass(frozen=True, slots=True)
class Judge:
    """Everything that judging needs; *contexts* is the folder of context files, *state* where stops are kept."""

    linter: Linter
    policy: Policy
    state: Path
    invitation: Callable[[Path], Context]
    contexts: Path | None = None

    def __call__(self, data: bytes, recipients: Sequence[str], now: datetime) -> Answer:
        """The answer on one mail that is about to be sent; *now* has a zone. Never raises for any mail."""
        try:
            mail = read_mail(data, recipients)
        except UnreadableError as problem:
            return unchecked(str(problem), self.policy)
        if not mail.personal:
            return Answer(Action.PASS, "not a personal mail")
        if not self.policy.covers(mail.recipients, mail.subject):
            return Answer(Action.PASS, "left out by --only")
        known = on_file(self.contexts, mail, self.invitation) if self.contexts else OnFile()
        draft = parse(mail.source)
        if known.context is None and not may_be_follow_up(draft, self.linter.rulebook.grammar.lexicon):
            return Answer(Action.PASS, "not a follow-up")
        report, reading = self.linter.examine(draft, at(known.context or Context(), now))
        decision = decide(report, self.policy)
        if decision.action is Action.PASS:
            return Answer(Action.PASS, "clean", problems=() if report.kind is Kind.OTHER else known.problems)
        # Whether it is a follow-up is asked of its own words alone, whatever is on file.
        if not is_follow_up(self.linter.read(draft) if known.context else reading, known.context is not None):
            return Answer(Action.PASS, "not a follow-up")
        keys = identities(mail)
        if is_decided(self.state, keys, now):
            return Answer(Action.PASS, "sent a second time")
        return self._told(decision.action, decision.findings, report, keys, now, known.problems)

    def _told(
        self, action: Action, findings: Sequence[Finding], report: Report, keys: Sequence[str], now: datetime,
        problems: tuple[str, ...],
    ) -> Answer:
        """The answer on a mail with findings, which are kept first: who cannot send again must not be stopped."""
        try:
            if action is Action.STOP:
                keep_stopped(self.state, keys, now)
            kept = str(keep_report(self.state, render("text", [report], width=_WIDTH)))
        except OSError as problem:
            if action is Action.STOP:
                return unchecked(f"{self.state}: cannot be written ({problem.strerror})", self.policy)
            kept = ""
        rules = tuple(dict.fromkeys(f.rule for f in findings))
        lines = tuple(f"{f.severity.value}: {message(f, report)} ({f.rule})" for f in findings)
        return Answer(action, counts([report]), lines, rules, kept, problems)
