"""One rule's page: a TOML file read into a Rule and the table of its check, every key looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

from ..model import Evidence, Example, Kind, Reference, Rule, Severity, Status

# What a finding costs where its page does not say: design/design-review.md section 6.2, by check.
_POINTS = {"typos": 4, "pushiness": 10, "formality": 6, "genericness": 18, "specifics": 12, "role": 8}
_OTHER_POINTS = 5
_CAP_TIMES = 3

_E = TypeVar("_E", bound=StrEnum)
_KEYS = frozenset({
    "summary", "explanation", "message", "severity", "points", "cap", "evidence", "status", "instead", "needs", "kinds",
    "sources", "covers", "renamed_from", "replaces", "check", "bad", "good", "hits", "passes",
})
_MARK_OPEN, _MARK_CLOSE = "«", "»"


class PageError(ValueError):
    """A page that cannot be used: ``str()`` is one line that names the file, the key and what to do."""

    def __init__(self, file: str, key: str, problem: str) -> None:
        super().__init__(f"{file}: {key + ': ' if key else ''}{problem}")


@dataclass(frozen=True, slots=True)
class Page:
    """A rule and its check's table. ``replaces`` allows it to stand in for a rule of the same ID."""

    rule: Rule
    check: Mapping[str, Any]
    file: str
    replaces: bool = False


def page_of(table: Mapping[str, Any], rule_id: str, file: str) -> Page:
    """A page from its parsed TOML; raises PageError."""
    reader = _Reader(table, file)
    severity = reader.among("severity", Severity)
    check = rule_id.partition(".")[0]
    points = 0 if severity is Severity.INFO else reader.number("points", _POINTS.get(check, _OTHER_POINTS))
    rule = Rule(
        id=rule_id,
        summary=reader.text("summary"),
        explanation=reader.text("explanation"),
        message=reader.text("message"),
        severity=severity,
        points=points,
        cap=reader.number("cap", points * _CAP_TIMES),
        evidence=reader.among("evidence", Evidence),
        status=reader.among("status", Status, Status.STABLE),
        instead=reader.text("instead", ""),
        needs=reader.texts("needs"),
        kinds=tuple(reader.one("kinds", name, Kind) for name in reader.texts("kinds")),
        sources=tuple(reader.source(one) for one in reader.tables("sources")),
        covers=reader.texts("covers"),
        renamed_from=reader.texts("renamed_from"),
        examples=reader.examples(),
    )
    if not isinstance(table.get("check"), Mapping) or not isinstance(table["check"].get("kind"), str):
        raise PageError(file, "check", 'needs a table [check] with kind = "wording" or another kind of check')
    reader.finish()
    return Page(rule, table["check"], file, bool(table.get("replaces", False)))


class _Reader:
    """Reads keys of one page, naming file and key when one is missing or wrong."""

    def __init__(self, table: Mapping[str, Any], file: str) -> None:
        self.table, self.file = table, file

    def finish(self) -> None:
        for key in self.table:
            if key not in _KEYS:
                raise PageError(self.file, key, f"no such key; known are {', '.join(sorted(_KEYS))}")

    def text(self, key: str, default: str | None = None) -> str:
        value = self.table.get(key, default)
        if value is None:
            raise PageError(self.file, key, "is missing: write a text")
        if not isinstance(value, str):
            raise PageError(self.file, key, f"expected a text, found {value!r}")
        return value.strip()

    def number(self, key: str, default: int) -> int:
        value = self.table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100:
            raise PageError(self.file, key, f"expected a whole number from 0 to 100, found {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise PageError(self.file, key, f"expected a list of texts, found {value!r}")
        return tuple(value)

    def tables(self, key: str) -> list[Mapping[str, Any]]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
            raise PageError(self.file, key, "expected a list of tables")
        return list(value)

    def among(self, key: str, kind: type[_E], default: _E | None = None) -> _E:
        if key not in self.table and default is not None:
            return default
        return self.one(key, self.text(key), kind)

    def one(self, key: str, value: str, kind: type[_E]) -> _E:
        try:
            return kind(value)
        except ValueError:
            raise PageError(self.file, key, f"{value!r} is none of {', '.join(kind)}") from None

    def source(self, table: Mapping[str, Any]) -> Reference:
        if set(table) - {"title", "url"} or not isinstance(table.get("title"), str):
            raise PageError(self.file, "sources", 'each needs title = "…" and may have url = "…"')
        return Reference(table["title"], str(table.get("url", "")))

    def examples(self) -> tuple[Example, ...]:
        listed = [self._marked(line) for line in self.text("hits", "").splitlines() if line.strip()]
        listed += [Example(False, add=line.strip()) for line in self.text("passes", "").splitlines() if line.strip()]
        return (*(self._example(t, bad=True) for t in self.tables("bad")),
                *(self._example(t, bad=False) for t in self.tables("good")), *listed)

    def _marked(self, line: str) -> Example:
        """One line of ``hits``: a sentence whose words to be marked stand between « and »."""
        marks = tuple(part.partition(_MARK_CLOSE)[0] for part in line.split(_MARK_OPEN)[1:])
        if not marks or not all(marks):
            problem = f"mark the words between {_MARK_OPEN} and {_MARK_CLOSE}: {line.strip()!r}"
            raise PageError(self.file, "hits", problem)
        return Example(True, add=line.replace(_MARK_OPEN, "").replace(_MARK_CLOSE, "").strip(), marks=marks)

    def _example(self, table: Mapping[str, Any], *, bad: bool) -> Example:
        key = "bad" if bad else "good"
        known = {one.name for one in fields(Example)} - {"bad"}
        for name in table:
            if name not in known:
                raise PageError(self.file, f"{key}.{name}", f"no such key; known are {', '.join(sorted(known))}")
        values = dict(table)
        values["marks"] = tuple(values.get("marks", ()))
        return Example(bad, **values)
