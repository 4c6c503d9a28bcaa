"""Workflow commands, which GitHub Actions shows beside the lines of a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model import Finding, Severity
from .formats import Look
from .lines import Lines
from .report import Report
from .visible import one_line, shown
from .words import advice, is_as_on_disk, message, worst_first

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(reports: Sequence[Report], look: Look) -> str:
    """One command a line, the worst findings of each file first, since GitHub shows only the first ten of a kind."""
    return "".join(line + "\n" for report in reports for line in _commands(report))


def _commands(report: Report) -> Iterator[str]:
    source = report.draft.source
    lines = Lines.of(source.text)
    for finding in worst_first(report.findings):
        where = {"file": shown(source.name), **(_place(finding, lines) if is_as_on_disk(report) else {})}
        said = "\n".join([message(finding, report), *(f"try: {text}" for text in [advice(finding)] if text)])
        yield _command(_COMMANDS[finding.severity], {**where, "title": one_line(finding.rule)}, said)
    for skipped in report.skipped:
        if skipped.reason:
            where = {"file": shown(source.name), "title": one_line(skipped.rule)}
            yield _command("notice", where, f"not checked: {one_line(skipped.reason)}")


def _place(finding: Finding, lines: Lines) -> dict[str, str]:
    """Columns are allowed only where a mark ends on the line it starts on."""
    line, column = lines.place(finding.span.start)
    last, end = lines.place(finding.span.end)
    if line == last:
        return {"line": str(line), "col": str(column), "endColumn": str(end)}
    return {"line": str(line), "endLine": str(last)}


def _command(name: str, properties: Mapping[str, str], said: str) -> str:
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {told}::{_data(said)}"


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
