"""Applying and showing safe fixes: a file is replaced whole, in its own encoding, or left as it was."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ..model import Source
from ..report import Report
from .problem import Problem

_FIXABLE = ("txt", "md")
# A fix may uncover another; they were seen to settle in two rounds.
_ROUNDS = 5
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")


def fix(path: Path | None, report: Report, lint: Callable[[Source], Report]) -> Report:
    """Apply safe fixes until none is left, write the file, and return the report on what stands there now."""
    name = report.draft.source.name
    _refuse_decoded(report)
    original = report.draft.text
    for _ in range(_ROUNDS):
        mended = report.fixed_text
        if mended == report.draft.text:
            break
        report = lint(replace(report.draft.source, text=mended))
    if report.draft.text != original:
        if path is None:
            raise Problem(f"{name}: --fix needs a file; use --diff with standard input")
        _write(path, original, report.draft.text)
    return report


def diff(report: Report) -> str:
    """What --fix would change, as a unified diff."""
    _refuse_decoded(report)
    name = report.draft.source.name
    before, after = (t.splitlines(keepends=True) for t in (report.draft.text, report.fixed_text))
    lines = difflib.unified_diff(before, after, name, name)
    return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)


def _refuse_decoded(report: Report) -> None:
    source = report.draft.source
    if source.format not in _FIXABLE:
        raise Problem(f"{source.name}: --fix and --diff work on .txt and .md, not on {source.format}")


def _write(path: Path, before: str, after: str) -> None:
    data = path.read_bytes()
    encoding = next((e for e in _ENCODINGS if _decodes_to(data, e, before)), None)
    if encoding is None:
        raise Problem(f"{path}: changed while it was being read; nothing was written")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after.encode(encoding))
        Path(name).chmod(path.stat().st_mode)
        Path(name).replace(path)
    except (OSError, UnicodeEncodeError) as problem:
        Path(name).unlink(missing_ok=True)
        raise Problem(f"{path}: cannot be written ({problem}); it is as it was") from None


def _decodes_to(data: bytes, encoding: str, text: str) -> bool:
    try:
        return data.decode(encoding) == text
    except UnicodeDecodeError:
        return False
