"""Offsets to lines and columns: done here, at the edge of the program, and nowhere else."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Self

from ..model import Span

# What editors, SARIF and GitHub take for a line end; a form feed or U+2028 does not start a new line there.
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines of one text start: counted from 1, columns in code points, CRLF as one line end."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """The lines of *text*; an empty text has one."""
        return cls(text, (0, *(found.end() for found in _LINE_END.finditer(text))))

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of the character at *offset* (0 to the text's length)."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def line(self, number: int) -> Span:
        """The line of that *number*, without its line end."""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return Span(start, start + len(self.text[start:end].rstrip("\r\n")))
