"""The report that a person reads in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ..model import Finding, Severity, Span, Verdict
from .excerpt import excerpt
from .formats import Look
from .lines import Lines
from .report import Report
from .visible import one_line, shown, wrapped
from .words import VERDICTS, advice, counts, footnotes, kind, number, worst_first

_INDENT = "      "
_NARROWEST = 40
_STYLES = {
    "bold": "1", "dim": "2", Severity.ERROR: "1;31", Severity.WARNING: "33", Severity.INFO: "36",
    Verdict.HOLD: "1;31", Verdict.LOOK: "33", Verdict.READY: "32",
}
_Paint = Callable[[str, str], str]


def render(reports: Sequence[Report], look: Look) -> str:
    """Every draft in turn, and a summary below several; ``look.quiet`` gives one line a file."""
    paint = _painted if look.color else _plain
    if look.quiet:
        lines = [_short(report, paint) for report in reports]
    else:
        room = max(look.width, _NARROWEST)
        lines = [line for report in reports for line in (*_draft(report, room, paint), "")]
        lines = [*lines, _summary(reports, paint)] if len(reports) > 1 else lines[:-1]
    return "".join(line.rstrip() + "\n" for line in lines)


def _short(report: Report, paint: _Paint) -> str:
    verdict = paint(report.verdict.value, report.verdict)
    return f"{shown(report.draft.source.name)}: {verdict}, {report.score} of 100, {counts([report])}"


def _draft(report: Report, room: int, paint: _Paint) -> Iterator[str]:
    verdict = paint(VERDICTS[report.verdict], report.verdict)
    name = paint(shown(report.draft.source.name), "bold")
    yield f"{name}: {kind(report)} · {verdict} · {report.score} of 100"
    lines = Lines.of(report.draft.text)
    for finding in worst_first(report.findings):
        yield ""
        yield from _finding(finding, lines, room, paint)
    if below := footnotes(report):
        yield ""
        for line in below:
            yield from (paint(part, "dim") for part in _hanging("  ", line, room))


def _finding(finding: Finding, lines: Lines, room: int, paint: _Paint) -> Iterator[str]:
    place, severity = _place(lines, finding.span), finding.severity
    label = f"  {place} {severity.value}: "
    message = _hanging(label, one_line(finding.message), room)
    message[0] = f"  {place} {paint(severity.value, severity)}: " + message[0][len(label) :]
    yield from message
    shown_line = excerpt(lines, finding.span, room - len(_INDENT))
    if shown_line:
        yield _INDENT + shown_line.before + paint(shown_line.marked, severity) + shown_line.after
        yield _INDENT + paint(shown_line.carets, severity)
    if advice(finding):
        yield from _hanging(f"{_INDENT}try: ", advice(finding), room)
    for note in finding.related:
        yield from _hanging(f"{_INDENT}see {_place(lines, note.span)}: ", one_line(note.note), room)
    yield _INDENT + paint(one_line(finding.rule) + (f" −{finding.points}" if finding.points else ""), "dim")


def _summary(reports: Sequence[Report], paint: _Paint) -> str:
    found = Counter(report.verdict for report in reports)
    verdicts = ", ".join(paint(f"{found[one]} {one.value}", one) for one in Verdict if found[one])
    return f"{paint(number(len(reports), 'draft'), 'bold')}: {verdicts} · {counts(reports)}"


def _place(lines: Lines, span: Span) -> str:
    line, column = lines.place(span.start)
    return f"{line}:{column}"


def _hanging(label: str, text: str, room: int) -> list[str]:
    """*label* and *text* wrapped, what follows the first line indented as findings are."""
    parts = list(wrapped(text, room - len(_INDENT), max(0, len(label) - len(_INDENT))))
    return [label + parts[0], *(_INDENT + part for part in parts[1:])]


def _painted(text: str, style: str) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def _plain(text: str, style: str) -> str:
    return text
