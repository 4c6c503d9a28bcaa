"""The line of the letter that a finding is about, cut to the room there is, with the marked words told apart."""

from __future__ import annotations

from typing import NamedTuple

from ..model import Span
from .lines import Lines
from .visible import head, shown, tail, width

_CUT = "…"


class Excerpt(NamedTuple):
    """What stands before the marked words, the words themselves, and what follows, all ready to be shown."""

    before: str
    marked: str
    after: str

    @property
    def carets(self) -> str:
        """A line that underlines the marked words when it is put below the excerpt."""
        return " " * width(self.before) + "^" * max(1, width(self.marked))


def excerpt(lines: Lines, span: Span, room: int) -> Excerpt | None:
    """The line on which *span* starts, in at most *room* cells (6 or more); None for an absence.

    Of words that go on over further lines the first line is given, and a ``…`` says that there is more.
    """
    words = span.of(lines.text)
    if not words.strip():
        return _in_line(lines, span, room) if words.strip("\r\n") else None
    start = span.start + len(words) - len(words.lstrip())
    return _in_line(lines, Span(start, span.start + len(words.rstrip())), room)


def _in_line(lines: Lines, span: Span, room: int) -> Excerpt:
    line = lines.line(lines.place(span.start)[0])
    stop = min(span.end, line.end)
    # A line may be megabytes long: only what could fit is looked at.
    before = _flat(lines.text[max(line.start, span.start - room) : span.start])
    marked = _flat(lines.text[span.start : min(stop, span.start + room)])
    after = _flat(lines.text[stop : min(line.end, stop + room)])
    more = span.end > line.end
    whole = span.start - room <= line.start and stop <= span.start + room and line.end <= stop + room
    if span.start - room <= line.start:
        before = before.lstrip(" ")
    if whole and width(before) + width(marked) + width(after) + more <= room:
        return Excerpt(before, marked, after + _CUT * more)
    return _windowed(before, marked, after, room)


def _windowed(before: str, marked: str, after: str, room: int) -> Excerpt:
    """Words first, then as much on both sides as there is room for, cut between words where that is possible."""
    spare = room - 2
    if width(marked) > spare:
        return Excerpt(_CUT if before else "", head(marked, spare), _CUT)
    spare -= width(marked)
    right = min(width(after), max(spare // 2, spare - width(before)))
    left = min(width(before), spare - right)
    if left < width(before):
        kept = tail(before, left)
        before = _CUT + (kept.partition(" ")[2] or kept)
    if right < width(after):
        kept = head(after, right)
        after = (kept.rpartition(" ")[0] or kept) + _CUT
    return Excerpt(before, marked, after)


def _flat(text: str) -> str:
    return shown(text.replace("\t", " "))
