"""Misspelt words, found by our own word lists behind every engine, so that a letter reads alike on every machine.

A word that no list knows is a slip or a name, a term, another dialect, another language.  What tells them apart: how
likely it is a common word with a finger's or an ear's mistake, and how and where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .lexicon import Lexicon
from .names import WORD, Names, folded, opens_sentence, without_possessive
from .ranking import MOST, Candidate, bond, candidates, with_capitals_of

UNKNOWN_WORD = "unknown-word"
SMALL_LETTER = "small-letter"

_LIMIT = 8.0  # likelihood from which on an unknown word in small letters is called a slip
_TOGETHER = 84  # ten times the logarithm of a pair's count from which on its words are taken to be run together
_DRAWN_OUT = re.compile(r"(.)\1\1")
_BESIDE = re.compile(r"[\d@_/\\=&+#<>{}|~^*]")
_ENDINGS = ("s", "es", "ed", "d", "er", "r", "ing", "ly", "ness", "less", "able", "ish", "wise")
_BEGINNINGS = ("un", "re", "pre", "non", "co", "multi", "micro", "sub", "over", "under", "mis", "cyber", "bio", "tele")
_DIALECTS = (
    ("our", "or"), ("is", "iz"), ("ys", "yz"), ("ll", "l"), ("ae", "e"), ("oe", "e"), ("ogue", "og"), ("re", "er"),
    ("tis", "tic"),
)


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A misspelt word at ``text[start:end]``: what to write instead, best first; is the first ``sure``?

    ``rule`` is UNKNOWN_WORD or, where only the capital is missing, SMALL_LETTER.
    """

    start: int
    end: int
    rule: str
    suggestions: tuple[str, ...]
    sure: bool


def misspellings(text: str, names: Names, lexicon: Lexicon) -> Iterator[Misspelling]:
    """The misspelt words of *text* (masked, curly quotes straightened), in order."""
    speller = _Speller(text, names, lexicon)
    for at in sorted(speller.unknown):
        found = speller.judge(at)
        if found:
            yield found


class _Speller:
    def __init__(self, text: str, names: Names, lexicon: Lexicon) -> None:
        self.text, self.names, self.lexicon = text, names, lexicon
        self.places = [(found.start(), found.end()) for found in WORD.finditer(text)]
        self.words = [text[start:end] for start, end in self.places]
        self.bases = [without_possessive(folded(word)) for word in self.words]
        self.unknown = {at for at, base in enumerate(self.bases) if not self._is_known(base)}

    def _is_known(self, base: str) -> bool:
        if base in self.lexicon.frequency:
            return base not in self.lexicon.capitals
        return base in self.lexicon.trade or (base.endswith("s") and base[:-1] in self.lexicon.trade)

    def judge(self, at: int) -> Misspelling | None:
        """The misspelling behind the unknown word number *at*, or None where it is none."""
        start, end = self.places[at]
        word, base = self.words[at], self.bases[at]
        if self._is_name(at):
            return None
        if word.islower() and base in self.lexicon.capitals:
            return Misspelling(start, end, SMALL_LETTER, (word.capitalize(),), True)
        if base in self.lexicon.frequency:
            return None
        contraction = self.lexicon.contractions.get(base, "")
        if contraction and word[1:] == word[1:].lower():
            return Misspelling(start, end, UNKNOWN_WORD, (with_capitals_of(word, contraction),), True)
        if self._is_term(at):
            return None
        found = candidates(base, self.lexicon, before=self._neighbour(at, -1), after=self._neighbour(at, 1))
        strength, joined = self._joined(base)
        if strength >= _TOGETHER and (not found or 6.0 - 0.1 * strength <= found[0].cost):
            return Misspelling(start, end, UNKNOWN_WORD, (with_capitals_of(word, joined),), True)
        if not found or not self._is_slip(at, found[0]):
            return None
        shown = tuple(with_capitals_of(word, one.word) + word[len(base) :] for one in found[:MOST])
        return Misspelling(start, end, UNKNOWN_WORD, shown, self._is_sure(base, found))

    def _is_sure(self, base: str, found: list[Candidate]) -> bool:
        """May the first be written unseen?  It was right in 99.3% of 780 slips in letters where this holds."""
        best = found[0]
        ahead = len(found) == 1 or found[1].cost - best.cost > 2.5
        return ahead and best.edits == 1 and self._likelihood(base, best) > 10

    def _neighbour(self, at: int, step: int) -> str:
        """The word beside, folded, where only a blank lies between."""
        other = at + step
        if not 0 <= other < len(self.words):
            return ""
        low, high = min(at, other), max(at, other)
        between = self.text[self.places[low][1] : self.places[high][0]]
        return folded(self.words[other]) if between.isspace() and len(between) < 3 else ""

    def _is_name(self, at: int) -> bool:
        """Is it a known name, or part of an address, a code, a product's or a hyphenated name?"""
        start, end = self.places[at]
        left, right = self.text[max(0, start - 2) : start], self.text[end : end + 2]
        return (
            self.names.knows(folded(self.words[at]))
            or _BESIDE.search(left[-1:] + right[:1]) is not None
            or right == "()"
            or (right[:1] == "." and right[1:].isalnum())
            or (left[-1:] == "." and left[:-1].isalnum())
            or any(part[0].isupper() for part in self._hyphenated(at)[1:])
            or (right[:1] == "-" and right[1:].isalpha() and len(self.words[at]) < 6)  # pre-, intra-
        )

    def _hyphenated(self, at: int) -> list[str]:
        """The parts of the hyphenated whole around the word, or the word alone."""
        low, high = self.places[at]
        while low > 0 and (self.text[low - 1].isalpha() or self.text[low - 1] in "-'"):
            low -= 1
        while high < len(self.text) and (self.text[high].isalpha() or self.text[high] in "-'"):
            high += 1
        return [part for part in self.text[low:high].split("-") if part]

    def _is_term(self, at: int) -> bool:
        """Is it written as acronyms, foreign words, drawn-out words, quoted words and names are?"""
        start, end = self.places[at]
        word, base = self.words[at], self.bases[at]
        left, right = self.text[max(0, start - 1) : start], self.text[end : end + 1]
        return (
            len(base) < 3
            or not word.isascii()
            or word[1:].lower() != word[1:]
            or (_DRAWN_OUT.search(base) is not None and _DRAWN_OUT.sub(r"\1\1", base) not in self.lexicon.frequency)
            or (left in ('"', "'") and right in ('"', "'"))
            or (word[0].isupper() and (not opens_sentence(self.text, start) or base in self.names.capitals))
        )

    def _joined(self, base: str) -> tuple[int, str]:
        """``thank you`` for ``thankyou``: the two words run together, and how common the pair is."""
        halves = [(self.lexicon.pair(base[:i], base[i:]), f"{base[:i]} {base[i:]}") for i in range(1, len(base) - 1)]
        return max(halves, default=(0, ""))

    def _is_slip(self, at: int, best: Candidate) -> bool:
        """Weighs how likely the best candidate is against what speaks for a name or a term of the writer's own."""
        word, base = self.words[at], self.bases[at]
        needed = _LIMIT
        if len(base) < 5:  # a unit, a clipped word
            needed += 1.5 if len(base) == 3 else 0.5
        rare = self.lexicon.is_rare(base)
        if rare and any(twin in self.lexicon.frequency for twin in _dialect_twins(base)):
            return False
        if self.lexicon.is_person(base):
            needed += 3.0
        elif rare or self._is_derived(base):
            needed += 1.5
        if len(base) < 5 and not set(base) & set("aeiouy"):  # an abbreviation
            needed += 3.0
        if self.names.counts[base] > 1:
            needed += 2.5
        if self._beside_unknown(at):
            needed += 1.5
        if word[0].isupper():
            if best.edits > 1 or self._opens_name(at) or _ends_as_names_do(base, best.word):
                return False
            if self.lexicon.is_person(base) and bond(self.lexicon, best.word, self._neighbour(at, 1)) < 20:
                return False
            needed += 2.0
        return self._likelihood(base, best) >= needed

    def _likelihood(self, base: str, best: Candidate) -> float:
        """Log odds that *base* is a slip for *best*, up to a constant: a logistic regression's weights.

        Fitted on 780 slips in letters against 2,700 names, trade and rare words in the same places.
        """
        return (
            -best.cost + {1: -0.7, 2: 0.7}.get(best.edits, 0.0) + 0.33 * len(base)
            + 0.095 * self.lexicon.frequency[best.word]
        )

    def _is_derived(self, base: str) -> bool:
        """Is it made from a common word by an ending or a beginning, as writers make words?"""
        common = self.lexicon.frequency
        return any(
            base.endswith(ending) and common.get(base.removesuffix(ending), 0) >= 60 for ending in _ENDINGS
        ) or any(
            base.startswith(beginning) and len(base) > len(beginning) + 3
            and common.get(base.removeprefix(beginning), 0) >= 60
            for beginning in _BEGINNINGS
        )

    def _opens_name(self, at: int) -> bool:
        """Does a word with a capital follow, or a comma as after a person spoken to?"""
        after = self.text[self.places[at][1] :][:2]
        following = self.words[at + 1][:1] if at + 1 < len(self.words) and self._neighbour(at, 1) else ""
        return (following.isupper() and following != "I") or (after[:1] == "," and len(self.words[at]) < 7)

    def _beside_unknown(self, at: int) -> bool:
        """Is the next word to the left or right unknown too, as in a phrase of another language?"""
        return any(
            self._neighbour(at, step) != "" and self.bases[at + step] not in self.lexicon.frequency
            for step in (-1, 1)
        )


def _ends_as_names_do(base: str, word: str) -> bool:
    """Rangi, Marka: is it the word but for a last letter that is another or one too many (not merely doubled)?"""
    return base[:-1] == word[:-1] or (base[:-1] == word and base[-1] != base[-2])


def _dialect_twins(word: str) -> Iterator[str]:
    """How the word may be written on the other side of the Atlantic."""
    for pair in _DIALECTS:
        for one, other in (pair, pair[::-1]):
            at = word.find(one)
            while at >= 0:
                yield word[:at] + other + word[at + len(one) :]
                at = word.find(one, at + 1)
