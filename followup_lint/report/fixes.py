"""Applying fixes: only safe ones unless asked, never two that touch, and what is left is as it was."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Edit, Finding


def safe_edits(findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """The edits of all safe fixes, in order, without those that overlap an earlier one."""
    edits = sorted((e for f in findings if f.fix and f.fix.safe for e in f.fix.edits), key=lambda e: e.span)
    kept: list[Edit] = []
    for edit in edits:
        if not kept or kept[-1].span.end <= edit.span.start:
            kept.append(edit)
    return tuple(kept)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """*text* with the edits made; they must be ordered and disjoint."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join([*parts, text[at:]])
