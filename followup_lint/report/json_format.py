"""JSON, as docs/json-format and report.schema.json describe it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from .. import __version__
from ..model import Finding, Fix
from .formats import Look
from .lines import Lines
from .report import Report
from .words import url

VERSION = 1
# What json leaves as it is but a terminal would obey, a splitter of lines would split at, or UTF-8 cannot hold.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def file_object(report: Report) -> dict[str, Any]:
    """One member of ``files``: what is known about one draft."""
    source = report.draft.source
    lines = Lines.of(source.text)
    decoded = {"text": source.text} if source.format in ("eml", "html") else {}
    return {
        "path": source.name,
        **decoded,
        "kind": report.kind.value,
        "kind_confidence": report.kind_confidence,
        "score": report.score,
        "scores": dict(report.tally.checks),
        "deductions": [{"rule": d.rule, "count": d.count, "points": d.points} for d in report.tally.deductions],
        "sections": _sections(report),
        "verdict": report.verdict.value,
        "findings": [_finding(finding, lines) for finding in report.findings],
        "skipped": [
            {"rule": s.rule, "needs": list(s.needs), **({"reason": s.reason} if s.reason else {})}
            for s in report.skipped
        ],
        "ignored": [{"rule": i.rule, "text": i.text, "reason": i.reason} for i in report.ignored],
        "notices": list(source.notices),
        "engine": {"typos": report.engine},
        "ruleset": report.ruleset,
    }


def document(reports: Sequence[Report]) -> dict[str, Any]:
    """The whole output of ``--format json``."""
    return {
        "version": VERSION,
        "tool": {"name": "followup-lint", "version": __version__},
        "files": [file_object(report) for report in reports],
    }


def render(reports: Sequence[Report], look: Look) -> str:
    """The document, indented."""
    return dumps(document(reports), indent=2) + "\n"


def render_lines(reports: Sequence[Report], look: Look) -> str:
    """``jsonl``: one file object a line."""
    return "".join(dumps(file_object(report)) + "\n" for report in reports)


def dumps(value: Any, indent: int | None = None) -> str:
    """*value* as JSON that any writer of UTF-8 and any terminal can take: non-ASCII text stays readable."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent))


def _sections(report: Report) -> list[dict[str, Any]]:
    there = sorted((span, section.kind) for section in report.draft.sections for span in section.spans if span)
    return [{"kind": kind.value, "start": span.start, "end": span.end} for span, kind in there]


def _finding(finding: Finding, lines: Lines) -> dict[str, Any]:
    span = finding.span
    line, column = lines.place(span.start)
    return {
        "rule": finding.rule,
        "check": finding.check,
        "severity": finding.severity.value,
        "points": finding.points,
        "confidence": finding.confidence,
        "message": finding.message,
        "instead": finding.instead,
        "related": [{"start": n.span.start, "end": n.span.end, "note": n.note} for n in finding.related],
        "start": span.start,
        "end": span.end,
        "line": line,
        "column": column,
        "text": span.of(lines.text),
        "suggestions": list(finding.suggestions),
        "fix": _fix(finding.fix),
        "evidence": finding.about.evidence.value,
        "url": url(finding.about),
    }


def _fix(fix: Fix | None) -> dict[str, Any] | None:
    if fix is None:
        return None
    return {"safe": fix.safe, "edits": [{"start": e.span.start, "end": e.span.end, "text": e.text} for e in fix.edits]}
