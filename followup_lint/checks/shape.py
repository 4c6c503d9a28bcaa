"""The shape check: what folding would hide (emoji, capitals, piled punctuation, placeholders), by regular expression.

The built-in pages' expressions run on ``re`` and are proved linear by a test; a user's run on ``regex`` with a limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from ..model import Match, Note, SectionKind, Span
from ..reading import Reading
from .base import Table, TableError

# A user's expression may take this long on one letter before it is given up (contract: it cannot hang the program).
SECONDS = 0.05


class SlowPatternError(RuntimeError):
    """A user's regular expression took longer than ``SECONDS`` on one section."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Places where one of the expressions matches the source as written; a group named ``mark`` narrows what is marked.

    ``better`` are replacements in which ``\\g<name>`` stands for a group. With ``minimum`` n,
    fewer than n places are none; ``once`` reports all of them as one, at the first that is too many.
    """

    find: tuple[Any, ...]
    unless: tuple[Any, ...] = ()
    better: tuple[str, ...] = ()
    sections: tuple[SectionKind, ...] = (SectionKind.SUBJECT, SectionKind.BODY)
    minimum: int = 1
    once: bool = False
    safe: bool = False
    timed: bool = False

    @classmethod
    def from_table(cls, table: Table) -> Shape:
        """Read the keys of a page; raises TableError."""
        made = cls(
            find=tuple(_compiled("find", one, table.trusted) for one in table.texts("find")),
            unless=tuple(_compiled("unless", one, table.trusted) for one in table.texts("unless", ())),
            better=table.texts("better", ()),
            sections=table.sections("section", (SectionKind.SUBJECT, SectionKind.BODY)),
            minimum=int(table.number("min", 1)),
            once=table.flag("once"),
            safe=table.flag("safe"),
            timed=not table.trusted,
        )
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """The matches in the wanted sections, if there are at least ``minimum``."""
        found = list(self._matches(reading))
        if len(found) < self.minimum:
            return
        if self.once:
            at = found.pop(self.minimum - 1)
            yield replace(at, facts=(("count", str(len(found) + 1)),), related=tuple(Note(m.span, "") for m in found))
        else:
            yield from found

    def _matches(self, reading: Reading) -> Iterator[Match]:
        for kind in self.sections:
            for span in reading.draft.section(kind).spans:
                barred = [m.span() for one in self.unless for m in self._run(one, reading.text, span.start, span.end)]
                for one in self.find:
                    for m in self._run(one, reading.text, span.start, span.end):
                        start, end = m.span("mark") if "mark" in one.groupindex else m.span()
                        if start < end and not any(low < end and start < high for low, high in barred):
                            yield Match(Span(start, end), suggestions=self._better(m), safe=self.safe)

    def _run(self, pattern: Any, text: str, start: int, end: int) -> list[Any]:
        if not self.timed:
            return list(pattern.finditer(text, start, end))
        try:
            return list(pattern.finditer(text, start, end, timeout=SECONDS))
        except TimeoutError:
            raise SlowPatternError(f"{pattern.pattern!r} took longer than {SECONDS:g} s") from None

    def _better(self, match: Any) -> tuple[str, ...]:
        return tuple(_capital(match.expand(one[1:])) if one[:1] == "^" else match.expand(one) for one in self.better)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _compiled(key: str, source: str, trusted: bool) -> Any:
    engine: Any = re if trusted else import_module("regex")
    try:
        return engine.compile(source, engine.MULTILINE)
    except engine.error as problem:
        raise TableError(key, f"{source!r} is no regular expression: {problem}") from None
