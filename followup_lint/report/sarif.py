"""SARIF 2.1.0, the exchange format of code scanners (OASIS standard, 27 March 2020)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..model import Edit, Finding, Rule, Severity, Span
from .formats import Look
from .json_format import dumps
from .lines import Lines
from .report import Report
from .visible import one_line
from .words import advice, is_as_on_disk, is_web, message, url

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_DRIVE = re.compile(r"[A-Za-z]:/")


def log(reports: Sequence[Report]) -> dict[str, Any]:
    """The SARIF log with one run."""
    rules = sorted({f.rule: f.about for report in reports for f in report.findings}.values(), key=lambda rule: rule.id)
    places = {rule.id: index for index, rule in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "followup-lint", "version": __version__, "rules": [_rule(rule) for rule in rules]}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": [_artifact(report) for report in reports],
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": _notifications(reports)}],
        "results": [one for index, report in enumerate(reports) for one in _results(report, index, places)],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def render(reports: Sequence[Report], look: Look) -> str:
    """The log as JSON."""
    return dumps(log(reports), indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    sources = [source for source in rule.sources if source.title or source.url]
    plain = [f"{one.title} {one.url}".strip() for one in sources]
    linked = [f"[{one.title}]({one.url})" if is_web(one.url) and one.title else one.title or one.url for one in sources]
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation or rule.summary},
        "help": {"text": _help(rule, plain), "markdown": _help(rule, linked)},
        **({"helpUri": url(rule)} if is_web(url(rule)) else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.check], "evidence": rule.evidence.value, "points": rule.points},
    }


def _help(rule: Rule, sources: Sequence[str]) -> str:
    listed = "\n".join(f"- {source}" for source in sources)
    return "\n\n".join(part for part in (rule.explanation or rule.summary, listed) if part)


def _artifact(report: Report) -> dict[str, Any]:
    facts = {"kind": report.kind.value, "score": report.score, "verdict": report.verdict.value}
    return {"location": {"uri": _uri(report.draft.source.name)}, "properties": facts}


def _notifications(reports: Sequence[Report]) -> list[dict[str, Any]]:
    """What could not be checked, and what had to be guessed in reading."""
    said = [
        (index, level, text)
        for index, report in enumerate(reports)
        for level, text in (
            *(("note", notice) for notice in report.draft.source.notices),
            *(("warning", f"{one.rule} was not checked: {one.reason}") for one in report.skipped if one.reason),
        )
    ]
    return [
        {"level": level, "message": {"text": text}, "locations": [_location(reports[index], index)]}
        for index, level, text in said
    ]


def _results(report: Report, index: int, places: dict[str, int]) -> list[dict[str, Any]]:
    lines = Lines.of(report.draft.text)
    seen: Counter[tuple[str, str]] = Counter()
    results = []
    for finding in report.findings:
        words = finding.span.of(lines.text)
        seen[finding.rule, words] += 1
        fixes = _fixes(finding, report, index, lines)
        related = [
            {"id": number, **_location(report, index, lines, note.span), "message": {"text": one_line(note.note)}}
            for number, note in enumerate(finding.related, 1)
        ]
        results.append({
            "ruleId": finding.rule,
            "ruleIndex": places[finding.rule],
            "level": _LEVELS[finding.severity],
            "message": {"text": _message(finding, report)},
            "locations": [_location(report, index, lines, finding.span)],
            **({"relatedLocations": related} if related else {}),
            **({"fixes": fixes} if fixes else {}),
            "partialFingerprints": {"followupLint/v1": _fingerprint(finding.rule, words, seen[finding.rule, words])},
            "properties": {"points": finding.points, "confidence": finding.confidence, "instead": finding.instead},
        })
    return results


def _message(finding: Finding, report: Report) -> str:
    said = " Try: ".join(text for text in (message(finding, report), advice(finding)) if text)
    return said.replace("](", "] (")  # in a SARIF message that would be a link


def _location(report: Report, index: int, lines: Lines | None = None, span: Span | None = None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(report.draft.source.name), "index": index}}
    if lines is not None and span is not None and is_as_on_disk(report):
        place["region"] = _region(lines, span)
    return {"physicalLocation": place}


def _fixes(finding: Finding, report: Report, index: int, lines: Lines) -> list[dict[str, Any]]:
    """The fix, then the other suggestions: SARIF takes them for alternatives."""
    if not is_as_on_disk(report):
        return []
    first = [finding.fix.edits] if finding.fix else []
    others = [(Edit(finding.span, text),) for text in finding.suggestions if (Edit(finding.span, text),) not in first]
    where = {"uri": _uri(report.draft.source.name), "index": index}
    return [_fix(edits, where, lines) for edits in (*first, *others)]


def _fix(edits: Sequence[Edit], where: dict[str, Any], lines: Lines) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(lines, edit.span), "insertedContent": {"text": edit.text}} for edit in edits
    ]
    return {
        "description": {"text": "Write " + " and ".join(f"“{one_line(edit.text)}”" for edit in edits)},
        "artifactChanges": [{"artifactLocation": where, "replacements": replacements}],
    }


def _region(lines: Lines, span: Span) -> dict[str, int]:
    """Columns in code points, the end exclusive; a place to insert at starts and ends on the same column."""
    line, column = lines.place(span.start)
    last, end = lines.place(span.end)
    return {"startLine": line, "startColumn": column, "endLine": last, "endColumn": end}


def _fingerprint(*parts: object) -> str:
    return sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()


def _uri(path: str) -> str:
    path = path.replace("\\", "/") if _DRIVE.match(path.replace("\\", "/")) else path
    prefix = "file:///" if _DRIVE.match(path) else "file://" if path.startswith("/") else ""
    safe = "/:" if prefix else "/"
    return prefix + quote(path, safe=safe, errors="surrogatepass")
