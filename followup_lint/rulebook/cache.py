"""Pages of one folder, kept as JSON between runs: TOML costs ten times as much to read.

The cache is checked (its format, and every file's name, size and time) and may be deleted at any time; where it cannot
be written, nothing is lost but time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tomllib
from pathlib import Path
from typing import Any

from .page import Page, PageError, page_of

_FORMAT = 1
_NOT_CHECKS = frozenset({"words", "acts", "profiles", "engines"})


def cached_pages(folder: Path) -> tuple[Page, ...]:
    """All pages of a rules folder (``FOLDER/CHECK/RULE.toml``) in order of ID; raises PageError."""
    if not folder.is_dir():
        raise PageError(str(folder), "", "there is no such folder of rules")
    files = page_files(folder)
    stamp = [[rule_id, *_stamp(path)] for rule_id, path in files]
    place = _place(folder)
    tables = _kept(place, stamp)
    if tables is None:
        tables = {rule_id: _parsed(path) for rule_id, path in files}
        _keep(place, stamp, tables)
    return tuple(page_of(tables[rule_id], rule_id, str(path)) for rule_id, path in files)


def page_files(folder: Path) -> list[tuple[str, Path]]:
    """(rule ID, file) of every page in a rules folder, in order of ID."""
    return sorted(
        (f"{path.parent.name}.{path.stem}", path)
        for path in folder.glob("*/*.toml")
        if path.parent.name not in _NOT_CHECKS
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise PageError(str(path), "", f"cannot be read ({problem})") from None
    except tomllib.TOMLDecodeError as problem:
        raise PageError(str(path), "", f"is not valid TOML: {problem}") from None


def _stamp(path: Path) -> tuple[int, int]:
    told = path.stat()
    return told.st_size, told.st_mtime_ns


def _place(folder: Path) -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    return Path(home) / "followup-lint" / f"rules-{name}.json"


def _kept(place: Path, stamp: list[list[Any]]) -> dict[str, Any] | None:
    try:
        kept = json.loads(place.read_bytes())
        return kept["tables"] if kept["format"] == _FORMAT and kept["stamp"] == stamp else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(place: Path, stamp: list[list[Any]], tables: dict[str, Any]) -> None:
    """Write to a file of our own and rename it, so that no reader ever sees half of it."""
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        mine = place.with_suffix(f".{os.getpid()}")
        kept = {"format": _FORMAT, "stamp": stamp, "tables": tables}
        mine.write_text(json.dumps(kept, default=str), encoding="utf-8")
        mine.replace(place)
