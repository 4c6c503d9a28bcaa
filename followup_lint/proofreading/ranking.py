"""What to write instead of a misspelt word: ranked by the kind of edit, how common the word is, and its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .lexicon import Lexicon

MOST = 5  # suggestions shown
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TRIPLE = re.compile(r"(.)\1\1")
_REPEATED = re.compile(r"(.)\1+")
_FIT = 40  # words below are known, but not to be suggested: curses
_COMMON = 65  # ten times the logarithm of a count: 3 million
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = str.maketrans("", "", "aeiouy")


def _keys_beside() -> dict[str, str]:
    """For each letter those whose keys touch its own on the common keyboard."""
    place = {key: (column + row / 2, row) for row, keys in enumerate(_KEYS) for column, key in enumerate(keys)}
    return {
        one: "".join(
            other for other, (x, y) in place.items()
            if other != one and abs(x - place[one][0]) <= 1 and abs(y - place[one][1]) <= 1
        )
        for one in place
    }


_BESIDE = _keys_beside()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be meant: ``edits`` away, at a ``cost`` (lower is likelier, 0 is about even)."""

    word: str
    edits: int
    cost: float


def distance(wrong: str, right: str, most: int = 3) -> int:
    """Letters put in, left out, changed or swapped with their neighbour; ``most + 1`` where it is more than *most*."""
    if abs(len(wrong) - len(right)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, x in enumerate(wrong, 1):
        new = [i]
        for j, y in enumerate(right, 1):
            best = min(row[j] + 1, new[-1] + 1, row[j - 1] + (x != y))
            if before and j > 1 and x == right[j - 2] and wrong[i - 2] == y:
                best = min(best, before[j - 2] + 1)
            new.append(best)
        if min(new) > most:
            return most + 1
        before, row = row, new
    return row[-1]


def candidates(word: str, lexicon: Lexicon, *, before: str = "", after: str = "") -> list[Candidate]:
    """Words that *word* (small letters, not a word itself) may be meant for, likeliest first.

    *before* and *after* are its neighbours in small letters.  The weights were fitted on the first suggestion for 780
    slips in letters, half of them held out each time.
    """
    known = lexicon.frequency
    pool = {one for one in near(word) if known.get(one, 0) >= _FIT}
    pool.update(lexicon.by_letters.get("".join(sorted(word)), ()))
    if len(word) > 4 and not any(known[one] >= _COMMON for one in pool):
        pool |= set(_farther(word, lexicon))
    found = []
    for one in pool:
        edits = distance(word, one)
        cost = _oddness(word, one, edits) - 0.05 * known[one]
        cost -= 0.06 * (bond(lexicon, before, one) + bond(lexicon, one, after))
        found.append(Candidate(one, edits, cost))
    return sorted(found, key=lambda c: (c.cost, c.word))


def bond(lexicon: Lexicon, first: str, second: str) -> int:
    """How much commoner than the rarest pair on record they stand together, in tenths of a power of ten (0 to 40)."""
    return max(0, lexicon.pair(first, second) - 60) if first and second else 0


def _oddness(wrong: str, right: str, edits: int) -> float:
    """How odd it would be to type *wrong* for *right*: 4 an edit, less for what fingers and ears do."""
    odd = 4.0 * edits
    if sorted(wrong) == sorted(right):
        odd -= 2.3
    if _REPEATED.sub(r"\1", wrong) == _REPEATED.sub(r"\1", right):
        odd -= 1.6
    if _TRIPLE.sub(r"\1\1", wrong) == right:
        odd -= 2.0
    if wrong.translate(_VOWELS) == right.translate(_VOWELS):
        odd -= 0.8
    if edits == 1 and len(right) == len(wrong) + 1:
        odd -= 1.6
    if edits == 1 and len(right) == len(wrong) and _slipped_key(wrong, right):
        odd -= 0.9
    if wrong[0] != right[0]:
        odd += 1.6
    if wrong[-1] != right[-1]:
        odd += 0.35
    return odd


def _slipped_key(wrong: str, right: str) -> bool:
    """Is the one letter changed beside the right one on the keyboard?"""
    return any(x != y and x in _BESIDE.get(y, "") for x, y in zip(wrong, right, strict=True))


def near(word: str) -> set[str]:
    """Everything one edit away (small letters and the apostrophe)."""
    halves = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    made = {left + right[1:] for left, right in halves if right}
    made |= {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    made |= {left + c + right[1:] for left, right in halves if right for c in _LETTERS}
    made |= {left + c + right for left, right in halves for c in _LETTERS + "'"}
    made.discard(word)
    return made


def _farther(word: str, lexicon: Lexicon) -> Iterable[str]:
    """Words two edits away that begin alike; 1 ms, so asked only where one edit leads to nothing common."""
    letters = set(word)
    alike = lexicon.beginning(word[0])
    for length in range(len(word) - 2, len(word) + 3):
        for one in alike.get(length, ()):
            if len(letters.symmetric_difference(one)) <= 4 and distance(word, one, 2) == 2:
                yield one


def with_capitals_of(word: str, suggestion: str) -> str:
    """The suggestion written as *word* is: THANK for THNAK, Thank for Thnak."""
    if len(word) > 1 and word.isupper():
        return suggestion.upper()
    return suggestion[:1].upper() + suggestion[1:] if word[:1].isupper() else suggestion
