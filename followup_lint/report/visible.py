"""Showing text to people: nothing hidden passes raw, and widths are those of a terminal's cells."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category, combining, east_asian_width

# Control and format characters (escapes, bidi controls), lone surrogates, line and paragraph separators. The two
# joiners are left alone: names in many scripts and most emoji families are written with them.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"
# The vowels and finals of conjoining Hangul are drawn inside the cell of the consonant before them.
_JAMO = ("\u1160", "\u11ff")


def shown(text: str, keep: str = "") -> str:
    """*text* with every hidden character written out, such as ``‹U+202E›``; those in *keep* stay."""
    if text.isprintable():
        return text
    return "".join(c if c in keep or _is_plain(c) else f"‹U+{ord(c):04X}›" for c in text)


def one_line(text: str) -> str:
    """*text* on one line: white space folded to single blanks, hidden characters written out."""
    return shown(" ".join(text.split()))


def width(text: str) -> int:
    """How many cells of a terminal *text* takes: two for wide characters, none for marks on another."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def head(text: str, room: int) -> str:
    """As much of the beginning of *text* as fits into *room* cells."""
    return text[: _fitting(text, room)]


def tail(text: str, room: int) -> str:
    """As much of the end of *text* as fits into *room* cells."""
    fitting = _fitting(reversed(text), room)
    return text[len(text) - fitting :]


def wrapped(text: str, room: int, first: int = 0) -> Iterator[str]:
    """The words of *text* in lines of at most *room* cells, the first one shorter by *first*; long words stay whole."""
    line, used = "", first
    for word in text.split(" "):
        if line and used + 1 + width(word) > room:
            yield line
            line, used = word, width(word)
        else:
            used += width(word) + bool(line)
            line = f"{line} {word}" if line else word
    yield line


def _fitting(characters: Iterator[str] | str, room: int) -> int:
    count = 0
    for character in characters:
        room -= _cells(character)
        if room < 0:
            break
        count += 1
    return count


def _cells(character: str) -> int:
    if combining(character) or character in _JOINERS or category(character) in ("Mn", "Me"):
        return 0
    if _JAMO[0] <= character <= _JAMO[1]:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _is_plain(character: str) -> bool:
    return character in _JOINERS or category(character) not in _HIDDEN
