"""Many pattern lines searched for at once: only those are tried whose rarest word stands in the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .fold import View
from .matcher import Hit, find, worth_trying
from .pattern import Line, by_word


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines with an index: by word the numbers of those whose rarest need it fills; ``always`` are those without."""

    lines: tuple[Line, ...]
    by_word: dict[str, tuple[int, ...]]
    always: tuple[int, ...]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Lines:
        """Index some lines."""
        given = tuple(lines)
        return cls(given, *by_word(line.needs for line in given))

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def numbered(self, view: View) -> Iterator[tuple[int, Hit]]:
        """Every match of every line, known by its number; the matches of one line do not overlap."""
        for number in worth_trying(self.by_word, self.always, view):
            for hit in find(self.lines[number], view):
                yield number, hit

    def hits(self, view: View) -> Iterator[tuple[Line, Hit]]:
        """Every match of every line in the sentence."""
        return ((self.lines[number], hit) for number, hit in self.numbered(view))

    def found_in(self, view: View) -> bool:
        """Does any line match in the sentence?"""
        return any(True for _ in self.hits(view))


NONE = Lines.of(())
