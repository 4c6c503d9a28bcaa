"""Which drafts the command line means, and their bytes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from ..model import Source
from ..parsing import UnreadableError, load
from .problem import Problem

SUFFIXES = (".txt", ".md", ".eml", ".html", ".htm")
_MOST_BYTES = 10_000_000


def named(arguments: list[str]) -> list[Path | None]:
    """The files meant, folders searched through in order of path; None stands for standard input."""
    found: list[Path | None] = []
    for argument in arguments:
        path = Path(argument)
        if argument == "-":
            found.append(None)
        elif path.is_dir():
            inside = sorted(_inside(path))
            if not inside:
                raise Problem(f"{path}: holds no draft ({', '.join(SUFFIXES)})")
            found.extend(inside)
        else:
            found.append(path)
    return found


def source(path: Path | None, stdin_name: str) -> Source:
    """The source of one draft; raises Problem naming the file."""
    name = stdin_name if path is None else str(path)
    try:
        data = sys.stdin.buffer.read(_MOST_BYTES + 1) if path is None else _bytes(path)
        return load(data, name)
    except OSError as problem:
        raise Problem(f"{name}: cannot be read ({problem.strerror or problem})") from None
    except UnreadableError as problem:
        raise Problem(f"{name}: {problem}") from None


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES + 1)


def _inside(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if path.suffix.lower() in SUFFIXES and path.is_file() and not any(part.startswith(".") for part in parts):
            yield path


