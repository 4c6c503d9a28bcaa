"""What the reports for people (text, html, github) say in the same words and the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ..model import Finding, Kind, Rule, Severity, Skipped, Verdict
from .report import Report
from .visible import one_line

VERDICTS = {
    Verdict.HOLD: "hold: do not send yet",
    Verdict.LOOK: "look: worth a change",
    Verdict.READY: "ready to send",
}
KINDS = {
    Kind.THANK_YOU: "thank-you note",
    Kind.STATUS_CHECK: "status check",
    Kind.OFFER_DEADLINE: "offer with a deadline",
    Kind.OTHER: "not a follow-up",
}
_SUGGESTIONS = 3
_SKIPPED_ALONE = 2
_NOT_IN_ADDRESS = frozenset(" \"<>\\^`{|}\r\n\t")


def kind(report: Report) -> str:
    """The kind of mail in words, and whether it had to be guessed."""
    return KINDS[report.kind] + (" (guessed)" if report.kind_confidence < 1 else "")


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Errors, warnings, infos; within each the dearest first, then as they come in the letter."""
    return sorted(findings, key=lambda f: (-f.severity.rank, -f.points, f.span, f.rule))


def is_as_on_disk(report: Report) -> bool:
    """Are the draft's lines those of its file? In an e-mail or a web page those of the decoded text are others."""
    return report.draft.source.format not in ("eml", "html")


def message(finding: Finding, report: Report) -> str:
    """The finding's message on one line; it quotes the marked words where their place in the file cannot be given."""
    said = one_line(finding.message)
    words = "" if is_as_on_disk(report) else one_line(finding.span.of(report.draft.text))
    return f"“{words}”: {said}" if words and words not in said else said


def advice(finding: Finding) -> str:
    """What to write instead: the best suggestions, else a courteous wording, else nothing."""
    if finding.suggestions:
        return " or ".join(_replacement(text) for text in finding.suggestions[:_SUGGESTIONS])
    return one_line(finding.instead)


def url(rule: Rule) -> str:
    """Where the rule's advice can be read up: the address of its first source that has one, else empty."""
    return next((source.url for source in rule.sources if source.url), "")


def is_web(address: str) -> bool:
    """May *address* stand in a link? A page of rules is data, and an address in it may be anything."""
    return address.startswith(("https://", "http://")) and address.isascii() and not _NOT_IN_ADDRESS & set(address)


def counts(reports: Sequence[Report]) -> str:
    """``1 error, 2 warnings``, or ``no findings``."""
    found = Counter(f.severity for report in reports for f in report.findings)
    return ", ".join(number(found[one], one.value) for one in Severity if found[one]) or "no findings"


def number(count: int, noun: str) -> str:
    """``1 draft``, ``2 drafts``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def footnotes(report: Report) -> list[str]:
    """What stands below the findings, a line each: points, what was not checked, what was ignored, what was guessed."""
    return [*_points(report), *_skipped(report), *_ignored(report), *_notices(report)]


def _points(report: Report) -> list[str]:
    """Where the points went: ``pushiness −10, role −8``, the most first."""
    spent: Counter[str] = Counter()
    for deduction in report.tally.deductions:
        spent[deduction.rule.partition(".")[0]] += deduction.points
    lost = ", ".join(f"{one_line(check)} −{count}" for check, count in spent.most_common() if count)
    return [f"points: {lost}"] if lost else []


def _skipped(report: Report) -> list[str]:
    """One line for each reason why something was not checked; many rules that lack facts share one."""
    lacking = [one for one in report.skipped if one.needs]
    failed: dict[str, list[str]] = {}
    for one in report.skipped:
        if not one.needs:
            failed.setdefault(one_line(one.reason), []).append(one.rule)
    said = [f"not checked: {one_line(', '.join(rules))} ({reason})" for reason, rules in failed.items()]
    return said + _lacking(lacking)


def _lacking(rules: Sequence[Skipped]) -> list[str]:
    if len(rules) <= _SKIPPED_ALONE:
        return [one_line(f"not checked: {one.rule} (needs {', '.join(one.needs)})") for one in rules]
    facts = dict.fromkeys(need for one in rules for need in one.needs)
    return [one_line(f"{number(len(rules), 'check')} need facts you have not given: {', '.join(facts)}")]


def _ignored(report: Report) -> list[str]:
    """One line for each finding that the settings leave out."""
    return [
        one_line(f"ignored: {one.rule}" + (f" on “{one.text}”" if one.text else "") + f" ({one.reason})")
        for one in report.ignored
    ]


def _notices(report: Report) -> list[str]:
    """What had to be guessed when the draft was read, a line each."""
    return [f"note: {one_line(text)}" for text in report.draft.source.notices]


def _replacement(text: str) -> str:
    return f"“{one_line(text) or text.count(' ') * ' '}”" if text else "leave it out"
