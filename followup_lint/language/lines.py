"""Many pattern lines searched for at once: at each word only the lines that can begin there are tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .fold import View
from .matcher import Hit, match_at
from .pattern import Line


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines with an index by first word; ``anywhere`` are those that may begin with any word."""

    lines: tuple[Line, ...]
    by_first: dict[str, tuple[Line, ...]]
    anywhere: tuple[Line, ...]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Lines:
        """Index some lines."""
        given = tuple(lines)
        by_first: dict[str, list[Line]] = {}
        for line in given:
            for word in line.first or ():
                by_first.setdefault(word, []).append(line)
        table = {word: tuple(own) for word, own in by_first.items()}
        return cls(given, table, tuple(line for line in given if line.first is None))

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def hits(self, view: View) -> Iterator[tuple[Line, Hit]]:
        """Every match of every line in the sentence; the matches of one line do not overlap."""
        vocabulary = view.vocabulary
        anywhere = [x for x in self.anywhere if x.anchor is None or not x.anchor.isdisjoint(vocabulary)]
        free_from: dict[str, int] = {}
        for start in range(len(view.words) + 1):
            own = self.by_first.get(view.words[start], ()) if start < len(view.words) else ()
            for line in (*own, *anywhere):
                if start < free_from.get(line.source, 0):
                    continue
                if line.anchor is not None and line.anchor.isdisjoint(vocabulary):
                    continue
                hit = match_at(line, view, start)
                if hit is not None:
                    free_from[line.source] = hit.end
                    yield line, hit

    def found_in(self, view: View) -> bool:
        """Does any line match in the sentence?"""
        return any(True for _ in self.hits(view))


NONE = Lines.of(())
