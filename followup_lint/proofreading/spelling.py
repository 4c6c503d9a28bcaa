"""Is a word that an engine's dictionary lacks a slip, or a name, a term, another dialect, another language?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .lexicon import Lexicon
from .names import WORD, Names, folded, opens_sentence, without_possessive
from .ranking import MOST, Candidate, candidates, with_capitals_of

_BESIDE = re.compile(r"[\d@_/\\=&+#<>{}|~^*]")
_CONTRACTION = re.compile(r"(?:n't|'(?:m|ve|ll|re|d))$")
_LIMIT = 7.3  # likelihood from which on an unknown word in small letters is called a slip
_TOGETHER = 84  # ten times the logarithm of a pair's count from which on its words are taken to be run together
_DRAWN_OUT = re.compile(r"(.)\1\1")


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A misspelt word at ``text[start:end]`` with what to write instead, best first; ``sure`` of the first or not."""

    start: int
    end: int
    suggestions: tuple[str, ...]
    sure: bool


class Speller:
    """The filter for one piece of text: *unknown* are the places of all words in it that the engine calls unknown."""

    def __init__(self, text: str, names: Names, lexicon: Lexicon, unknown: Iterable[tuple[int, int]] = ()) -> None:
        self.text, self.names, self.lexicon = text, names, lexicon
        self.words = [(found.start(), found.end()) for found in WORD.finditer(text)]
        self.unknown = {place for place in self.words if any(a < place[1] and place[0] < b for a, b in unknown)}

    def judge(self, start: int, end: int, offered: tuple[str, ...]) -> Misspelling | None:
        """The misspelling behind an engine's mark on ``text[start:end]``, or None where it is none."""
        marked = [n for n, (a, b) in enumerate(self.words) if a < end and start < b]
        strange = [n for n in marked if folded(self._word(n)) not in self.lexicon.frequency]
        if len(marked) != 1:  # an engine may mark "thet it" as one: only the word nobody knows is meant
            if len(strange) != 1:
                return None
            marked, offered = strange, ()
        at = marked[0]
        start, end = self.words[at]
        word = self.text[start:end]
        lower = folded(word)
        base = without_possessive(lower)
        if self._is_name(start, end, lower):
            return None
        mended = _apostrophe_or_capital(word, offered, self.lexicon)
        if mended:
            return Misspelling(start, end, mended, True)
        if self._is_term(start, end, word, base):
            return None
        found = candidates(
            base, self.lexicon, offered=tuple(one.lower() for one in offered if " " not in one),
            before=self._neighbour(at, -1), after=self._neighbour(at, 1),
        )
        split = self._joined(base)
        if split:
            return Misspelling(start, end, (with_capitals_of(word, split),), True)
        if not found or not self._is_slip(at, word, base, found[0]):
            return None
        ending = word[len(base) :]
        shown = tuple(dict.fromkeys(with_capitals_of(word, one.word) + ending for one in found))[:MOST]
        return Misspelling(start, end, shown, len(found) == 1 or found[1].cost - found[0].cost > 1.0)

    def _word(self, at: int) -> str:
        start, end = self.words[at]
        return self.text[start:end]

    def _neighbour(self, at: int, step: int) -> str:
        """The word beside, in small letters, where only a blank lies between."""
        other = at + step
        if not 0 <= other < len(self.words):
            return ""
        low, high = (other, at) if step < 0 else (at, other)
        between = self.text[self.words[low][1] : self.words[high][0]]
        return folded(self._word(other)) if between.isspace() and len(between) < 3 else ""

    def _is_name(self, start: int, end: int, lower: str) -> bool:
        left, right = self.text[max(0, start - 1) : start], self.text[end : end + 1]
        hyphenated = self._hyphenated(start, end)
        return (
            self.names.knows(lower)
            or _BESIDE.search(left + right) is not None
            or (right == "." and self.text[end + 1 : end + 2].isalnum())
            or (left == "." and self.text[max(0, start - 2) : start - 1].isalnum())
            or any(part[0].isupper() for part in hyphenated if not opens_sentence(self.text, start))
        )

    def _hyphenated(self, start: int, end: int) -> list[str]:
        """The parts of a hyphenated whole around the word, or nothing when it stands alone."""
        low, high = start, end
        while low > 0 and (self.text[low - 1].isalpha() or self.text[low - 1] in "-'"):
            low -= 1
        while high < len(self.text) and (self.text[high].isalpha() or self.text[high] in "-'"):
            high += 1
        whole = self.text[low:high]
        return [part for part in whole.split("-") if part] if "-" in whole.strip("-") else []

    def _is_term(self, start: int, end: int, word: str, base: str) -> bool:
        left, right = self.text[max(0, start - 1) : start], self.text[end : end + 1]
        return (
            len(base) < 2
            or base in self.lexicon.frequency  # the other dialect's word, or a rare one
            or base in self.lexicon.trade
            or (base.endswith("s") and base[:-1] in self.lexicon.trade)
            or not word.replace("'", "").isascii()
            or (word[1:].lower() != word[1:])  # an acronym, camelCase
            or (_DRAWN_OUT.search(base) is not None and _DRAWN_OUT.sub(r"\1\1", base) not in self.lexicon.frequency)
            or (left in ('"', "'") and right in ('"', "'"))
            or (word[0].isupper() and (not opens_sentence(self.text, start) or base in self.names.capitals))
        )

    def _joined(self, base: str) -> str:
        """``thank you`` for ``thankyou``: two words that very often stand together."""
        halves = [(self.lexicon.pair(base[:i], base[i:]), f"{base[:i]} {base[i:]}") for i in range(1, len(base) - 1)]
        strength, best = max(halves, default=(0, ""))
        return best if strength >= _TOGETHER else ""

    def _is_slip(self, at: int, word: str, base: str, best: Candidate) -> bool:
        """Weighs how likely the best candidate is against what speaks for a name or a term of the writer's own."""
        if len(base) < 3:
            return False
        needed = _LIMIT
        if len(base) < 5:  # a unit, a clipped word
            needed += 1.5 if len(base) == 3 else 0.5
        if base in self.lexicon.people:
            needed += 3.0
        elif self.lexicon.is_rare(base):
            if _same_but_for_dialect(base, best.word):
                return False
            needed += 1.5
        if not set(base) & set("aeiouy"):  # an abbreviation
            needed += 2.5
        if self.names.counts[base] > 1:
            needed += 2.5
        if self._beside_unknown(at):
            needed += 1.5
        if word[0].isupper():
            if best.edits > 1 or base in self.lexicon.people:
                return False
            needed += 2.0
        return self._likelihood(base, best) >= needed

    def _likelihood(self, base: str, best: Candidate) -> float:
        """Log odds that *base* is a slip for *best*, up to a constant: a logistic regression's weights.

        Fitted on 780 slips in letters against 2,700 names, trade and rare words in the same places.
        """
        return (
            -best.cost - {1: 1.6, 2: 0.7}.get(best.edits, 0.0) + 0.26 * len(base)
            + 0.1 * self.lexicon.frequency.get(best.word, 45)
        )

    def _beside_unknown(self, at: int) -> bool:
        """Is the next word to the left or right unknown too, as in a phrase of another language?"""
        return any(
            beside != "" and (self.words[at + step] in self.unknown or not beside.isascii())
            for step in (-1, 1) for beside in [self._neighbour(at, step)]
        )


def _apostrophe_or_capital(word: str, offered: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    """``don't`` for ``dont``, ``Monday`` for ``monday``: the same letters as the engine offers them."""
    if word[1:].lower() != word[1:]:
        return ()
    for one in offered:
        if one == word or one.replace("'", "").lower() != word.lower():
            continue
        if one[:1].isupper() and "'" not in one and word in lexicon.capitals:
            return (one,)
        if _CONTRACTION.search(one) or (one.endswith("'s") and _may_own(one.lower(), lexicon)):
            return (one,)
    return ()


def _may_own(word: str, lexicon: Lexicon) -> bool:
    """Is ``that's``, ``nobody's`` likelier than a plural?  The short ones must be contractions on record."""
    return word in lexicon.frequency or (len(word) > 6 and lexicon.frequency.get(word[:-2], 0) >= 70)


def _same_but_for_dialect(one: str, other: str) -> bool:
    """Are the two one word in British and American spelling?"""
    return any(
        one.replace(british, american) == other.replace(british, american)
        for british, american in (("our", "or"), ("is", "iz"), ("ys", "yz"), ("ll", "l"), ("ae", "e"), ("oe", "e"), ("ogue", "og"))
    ) or (one[:-2] == other[:-2] and {one[-2:], other[-2:]} == {"re", "er"})
