"""A view of a text that has one kind of line end and one kind of blank, with every offset unchanged."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

# Each character is exchanged for exactly one other, so that an offset into the view is an offset into the text.
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
        **dict.fromkeys("\t\u00a0\u1680\u202f\u205f\u3000\u200b\u2060\ufeff\u200e\u200f", " "),
        **{chr(code): " " for code in range(0x2000, 0x200B)},
        **dict.fromkeys("\u2018\u2019\u201b\u00b4\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
        "\uff1a": ":",
        "\uff0c": ",",
        "\u2010": "-",
        "\u2011": "-",
    }
)
_LINE = re.compile(r"\S(?:[^\n]*\S)?")

OWN, QUOTED, MACHINE = 0, 1, 2


def flatten(text: str) -> str:
    """*text* with every line end as ``\\n``, every blank as a space and plain quotation marks; the same length."""
    return text.replace("\r\n", " \n").translate(_ALIKE)


class Line(NamedTuple):
    """A line that is not blank: its first and past-last printing characters, and whether a blank line precedes it."""

    start: int
    end: int
    gap: bool


class View:
    """A flattened text, its lines that are not blank, and whose each of them is (OWN, QUOTED or MACHINE)."""

    __slots__ = ("kinds", "lines", "text")

    def __init__(self, text: str) -> None:
        self.text = flat = flatten(text)
        self.lines: list[Line] = []
        end = 0
        for found in _LINE.finditer(flat):
            start = found.start()
            gap = not end or (start - end > 1 and flat.count("\n", end, start) > 1)
            self.lines.append(Line(start, found.end(), gap))
            end = found.end()
        self.kinds = bytearray(len(self.lines))

    def of(self, index: int, limit: int = 1000) -> str:
        """The line's text without surrounding blanks, at most *limit* characters of it."""
        start, end, _ = self.lines[index]
        return self.text[start : min(end, start + limit)]

    def at(self, offset: int) -> int:
        """The index of the last line that starts at or before *offset* (0 when there is none)."""
        return max(0, bisect_right(self.lines, offset, key=lambda line: line.start) - 1)

    def own(self) -> list[int]:
        """The indices of the writer's own lines."""
        return [index for index, kind in enumerate(self.kinds) if kind == OWN]


def words(text: str) -> frozenset[str]:
    """The words of *text* as a set."""
    return frozenset(text.split())
