"""What is kept between runs: the pages of a folder (TOML is slow to read) and compiled pattern lines.

Pages are checked by every file's name, size and time, lines by a hash of all vocabulary and of the code that compiles
them. The cache may be deleted at any time; where it cannot be written, nothing is lost but time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import marshal
import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .. import language
from ..language import Line
from .page import Page, PageError, page_of

_FORMAT = 1
# Sets of compiled lines kept: one per vocabulary, and few people use more than a few.
_KEPT = 8
_NOT_CHECKS = frozenset({"words", "acts", "models", "profiles", "engines"})


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


def kept_lines(digest: str) -> dict[tuple[str, str], Line]:
    """The pattern lines compiled under this digest, by view and source; empty where none are kept."""
    try:
        kept = marshal.loads(_home().joinpath(f"lines-{digest}.bin").read_bytes())
        return {key: Line(*values) for key, values in kept.items()}
    except (OSError, ValueError, EOFError, TypeError, AttributeError):
        return {}


def keep_lines(digest: str, lines: Mapping[tuple[str, str], Line]) -> None:
    """Keep compiled lines; marshal writes a class shared by many lines once."""
    _write(_home() / f"lines-{digest}.bin", marshal.dumps({key: tuple(line) for key, line in lines.items()}))
    with contextlib.suppress(OSError):
        for old in sorted(_home().glob("lines-*.bin"), key=lambda p: p.stat().st_mtime)[:-_KEPT]:
            old.unlink()


def digest_of(vocabulary: object) -> str:
    """A hash of the vocabulary, of the code that compiles lines, and of the Python that wrote the cache."""
    code = b"".join(path.read_bytes() for path in sorted(Path(language.__file__).parent.glob("*.py")))
    told = hashlib.sha256(code + repr((vocabulary, sys.version_info)).encode())
    return told.hexdigest()[:16]


def _stamp(path: Path) -> tuple[int, int]:
    told = path.stat()
    return told.st_size, told.st_mtime_ns


def _home() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "followup-lint"


def _place(folder: Path) -> Path:
    return _home() / f"rules-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}.json"


def _kept(place: Path, stamp: list[list[Any]]) -> dict[str, Any] | None:
    try:
        kept = json.loads(place.read_bytes())
        return kept["tables"] if kept["format"] == _FORMAT and kept["stamp"] == stamp else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(place: Path, stamp: list[list[Any]], tables: dict[str, Any]) -> None:
    _write(place, json.dumps({"format": _FORMAT, "stamp": stamp, "tables": tables}, default=str).encode())


def _write(place: Path, data: bytes) -> None:
    """Write to a file of our own and rename it, so that no reader ever sees half of it."""
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        mine = place.with_suffix(f".{os.getpid()}")
        mine.write_bytes(data)
        mine.replace(place)
