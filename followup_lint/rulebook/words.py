"""The vocabulary of a rules folder: ``words/*.txt`` and ``acts/*.txt``, a phrase or pattern a line; learned models."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from ..language import Folding, Forms, Lexicon, Line, PatternError, SentenceModel
from ..reading import Acts
from .page import PageError

# Files of words/ that are no word classes: how words are opened, and irregular forms.
_OPENED, _IRREGULAR = "opened", "irregular"


def read_lines(folders: Iterable[Path], name: str) -> dict[str, tuple[str, ...]]:
    """The lines of every ``FOLDER/name/*.txt`` by file name; a later folder adds to an earlier one's file."""
    found: dict[str, tuple[str, ...]] = {}
    for folder in folders:
        for path in sorted((folder / name).glob("*.txt")):
            if path.stem.startswith("lexicon-"):
                continue  # the proofreader's lists, read by it alone
            found[path.stem] = (*found.get(path.stem, ()), *_entries(path))
    return found


def read_models(folders: Iterable[Path]) -> dict[str, SentenceModel]:
    """The model of every ``FOLDER/models/NAME.sentences``; raises PageError naming the file."""
    found: dict[str, SentenceModel] = {}
    for path in (p for folder in folders for p in sorted((folder / "models").glob("*.sentences"))):
        try:
            found[path.stem] = SentenceModel.from_bytes(path.read_bytes())
        except (OSError, ValueError, KeyError) as problem:
            raise PageError(str(path), "", f"cannot be read ({problem})") from None
    return found


def lexicon(
    lines: Mapping[str, tuple[str, ...]],
    compiled: dict[tuple[str, str], Line],
    models: Mapping[str, SentenceModel],
) -> Lexicon:
    """The lexicon of these word files and models, with the pattern lines compiled in an earlier run."""
    opened = dict(_opening(line) for line in lines.get(_OPENED, ()))
    forms = Forms.from_lines(lines.get(_IRREGULAR, ()), (*lines.get("verb", ()), *lines.get("noun", ())))
    classes = {name: entries for name, entries in lines.items() if name not in (_OPENED, _IRREGULAR)}
    return Lexicon(classes, forms, Folding(opened), compiled, models)


def compile_acts(lines: Mapping[str, tuple[str, ...]], words: Lexicon) -> Acts:
    """The speech acts' pattern lines; raises PageError naming the file."""
    acts: dict[str, tuple[Line, ...]] = {}
    for name, sources in lines.items():
        try:
            acts[name] = words.lines(sources)
        except PatternError as problem:
            raise PageError(f"acts/{name}.txt", "", str(problem)) from None
    return Acts.of(acts)


def compile_shapes(folders: Iterable[Path]) -> dict[str, tuple[re.Pattern[str], ...]]:
    """The expressions of every ``FOLDER/acts/*.re``, one a line, by file name; raises PageError naming the file."""
    found: dict[str, tuple[re.Pattern[str], ...]] = {}
    for path in (p for folder in folders for p in sorted((folder / "acts").glob("*.re"))):
        try:
            made = tuple(re.compile(line, re.MULTILINE) for line in _entries(path))
        except re.error as problem:
            raise PageError(str(path), "", f"{problem.pattern!r} is no regular expression: {problem}") from None
        found[path.stem] = (*found.get(path.stem, ()), *made)
    return found


def _entries(path: Path) -> tuple[str, ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise PageError(str(path), "", f"cannot be read ({problem})") from None
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))


def _opening(line: str) -> tuple[str, tuple[str, ...]]:
    word, sign, stands_for = line.partition("=")
    if not sign:
        raise PageError("words/opened.txt", "", f"expected `word = words it stands for`, found {line!r}")
    return word.strip(), tuple(stands_for.split())
