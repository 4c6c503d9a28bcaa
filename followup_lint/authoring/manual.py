"""A rule's page as the reader of the manual sees it: text, Markdown and JSON from the same facts."""

from __future__ import annotations

import textwrap
from typing import Any

from ..model import Context, Example
from ..rulebook import Compiled, fill

_EXAMPLES_SHOWN = 3
_WIDTH = 88


def page_json(one: Compiled) -> dict[str, Any]:
    """Every fact of a page as JSON values."""
    rule = one.rule
    return {
        "rule": rule.id, "check": rule.check, "summary": rule.summary, "severity": rule.severity.value,
        "points": rule.points, "cap": rule.cap, "evidence": rule.evidence.value, "status": rule.status.value,
        "confidence": one.confidence, "explanation": rule.explanation, "message": rule.message, "instead": rule.instead,
        "needs": list(rule.needs), "kinds": [k.value for k in rule.kinds], "covers": list(rule.covers),
        "sources": [{"title": s.title, "url": s.url} for s in rule.sources],
        "renamed_from": list(rule.renamed_from),
        "examples": [_example_json(e) for e in rule.examples],
    }


def page_markdown(one: Compiled) -> str:
    """The page of the manual, in Markdown."""
    rule = one.rule
    parts = [f"# {rule.id}", f"*{rule.summary}.* {_grade(one)}", rule.explanation]
    bad, good = _shown(rule.examples, bad=True), _shown(rule.examples, bad=False)
    if bad:
        parts += ["## What it marks", "\n".join(f"- {_quoted(e)}" for e in bad)]
    if good:
        told = [f"- {_text(e)}" + (f" *({e.why})*" if e.why else "") for e in good]
        parts += ["## What it leaves alone", "\n".join(told)]
    if rule.instead:
        parts += ["## Words that work", f"> {_plain(rule.instead)}"]
    if rule.needs:
        parts.append(f"Needs from the context: {', '.join(f'`{n}`' for n in rule.needs)}.")
    if rule.kinds:
        parts.append(f"Applies to: {', '.join(k.value for k in rule.kinds)}.")
    parts += ["## Evidence", f"Grade: **{rule.evidence}**."]
    parts.append("\n".join(f"- [{s.title}]({s.url})" if s.url else f"- {s.title}" for s in rule.sources))
    if rule.covers:
        parts.append(f"Advice covered: {'; '.join(rule.covers)}.")
    return "\n\n".join(part for part in parts if part) + "\n"


def page_text(one: Compiled) -> str:
    """The page for a terminal."""
    rule = one.rule
    parts = [f"{rule.id}: {rule.summary}", _grade(one), *(_wrapped(p) for p in rule.explanation.split("\n\n"))]
    parts += [_listed("Marks:", [_quoted(e) for e in _shown(rule.examples, bad=True)]),
              _listed("Leaves alone:", [_text(e) for e in _shown(rule.examples, bad=False)])]
    if rule.instead:
        parts.append(_wrapped(f"Instead: {_plain(rule.instead)}"))
    sources = "; ".join(f"{s.title} {s.url}".strip() for s in rule.sources)
    parts.append(_wrapped(f"Evidence: {rule.evidence}. {sources}"))
    return "\n\n".join(part for part in parts if part) + "\n"


def _grade(one: Compiled) -> str:
    rule = one.rule
    cost = f"{rule.points} points a finding, at most {rule.cap}" if rule.points else "no points"
    status = "" if rule.status == "stable" else f" Status: {rule.status}."
    measured = f" Right in {one.confidence:.0%} of its findings on the open labelled drafts." if one.measured else ""
    return f"{rule.severity.value.capitalize()}, {cost}.{status}{measured}"


def _shown(examples: tuple[Example, ...], *, bad: bool) -> list[Example]:
    return [e for e in examples if e.bad is bad and _text(e)][:_EXAMPLES_SHOWN]


def _text(example: Example) -> str:
    parts = (example.add, example.subject, example.salutation, example.closing, example.body, example.mail)
    return " ".join(next((p for p in parts if p), "").split())


def _quoted(example: Example) -> str:
    text = _text(example)
    for mark in example.marks:
        flat = " ".join(mark.split())
        text = text.replace(flat, f"«{flat}»", 1)
    return text


def _example_json(example: Example) -> dict[str, Any]:
    told = {"bad": example.bad, "text": _text(example), "marks": list(example.marks)}
    return {**told, "fixed": example.fixed, "why": example.why}


def _plain(instead: str) -> str:
    return fill(instead, Context(), {})


def _wrapped(text: str) -> str:
    return textwrap.fill(" ".join(text.split()), _WIDTH)


def _listed(title: str, items: list[str]) -> str:
    lines = [textwrap.fill(item, _WIDTH, initial_indent="  - ", subsequent_indent="    ") for item in items]
    return "\n".join([title, *lines]) if items else ""
