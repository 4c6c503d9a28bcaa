"""Forms of English words by rule, with a table of the irregular ones: for ``word~`` and for suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_VOWELS = "aeiou"
# Vowels as spoken: "an hour", but "a university", "a one-off", "a European".
_VOWEL_SOUND = re.compile(
    r"(?!eu|ewe|uni(?!n|m)|us(?:e|a|ual)|ubiq|uk\b|ut[ie]|ura|one\b|once\b)[aeiou]|hour|hon(?:est|ou?r)|heir",
    re.IGNORECASE,
)
# A short last syllable doubles its consonant: plan, planning. Longer words seldom do (visit, visiting).
_DOUBLES = re.compile(r"^[^aeiou]*[aeiou][bdgklmnprt]$")


@dataclass(frozen=True, slots=True)
class Forms:
    """``irregular`` maps a base to all its forms in the order base, third person, past, participle, -ing.

    ``known`` are base words: of two words that could be the base of a form, the known one is.
    """

    irregular: Mapping[str, tuple[str, ...]]
    known: frozenset[str] = frozenset()

    @classmethod
    def from_lines(cls, lines: Iterable[str], known: Iterable[str] = ()) -> Forms:
        """From lines such as ``take takes took taken taking``."""
        return cls({words[0]: tuple(words) for line in lines if (words := line.split())}, frozenset(known))

    def all(self, base: str) -> frozenset[str]:
        """Every form of *base*, itself included; as verb and as noun, since the rule's writer need not say which."""
        if base in self.irregular:
            return frozenset((*self.irregular[base], base))
        return frozenset((base, self.third(base), self.past(base), self.ing(base)))

    def third(self, base: str) -> str:
        """takes, carries, reaches."""
        if base in self.irregular and len(self.irregular[base]) > 1:
            return self.irregular[base][1]
        if base.endswith(("s", "x", "z", "ch", "sh", "o")):
            return base + "es"
        if base.endswith("y") and base[-2:-1] not in _VOWELS:
            return base[:-1] + "ies"
        return base + "s"

    def past(self, base: str) -> str:
        """took, carried, planned."""
        if base in self.irregular and len(self.irregular[base]) > 2:
            return self.irregular[base][2]
        if base.endswith("e"):
            return base + "d"
        if base.endswith("y") and base[-2:-1] not in _VOWELS:
            return base[:-1] + "ied"
        return (base + base[-1] if _DOUBLES.match(base) else base) + "ed"

    def participle(self, base: str) -> str:
        """taken, carried, planned."""
        if base in self.irregular and len(self.irregular[base]) > 3:
            return self.irregular[base][3]
        return self.past(base)

    def ing(self, base: str) -> str:
        """taking, carrying, planning."""
        if base in self.irregular:
            return next((form for form in self.irregular[base][1:] if form.endswith("ing")), base + "ing")
        if base.endswith("ie"):
            return base[:-2] + "ying"
        if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
            return base[:-1] + "ing"
        return (base + base[-1] if _DOUBLES.match(base) else base) + "ing"

    def base(self, form: str) -> str:
        """The base of *form* where it is irregular or plainly regular; else the form itself."""
        for base, forms in self.irregular.items():
            if form in forms:
                return base
        fitting = [
            base for base in self._guesses(form) if form in (self.ing(base), self.past(base), self.third(base))
        ]
        return next((base for base in fitting if base in self.known), fitting[0] if fitting else form)

    @staticmethod
    def article(word: str) -> str:
        """``an`` before a word that begins with a vowel as spoken, else ``a``; capitals are read as letters."""
        if len(word) > 1 and word.isupper():
            return "an" if word[0] in "AEFHILMNORSX" else "a"
        return "an" if _VOWEL_SOUND.match(word) else "a"

    @staticmethod
    def _guesses(form: str) -> Iterable[str]:
        for ending in ("ing", "ed", "es", "s", "d"):
            stem = form.removesuffix(ending)
            if stem != form and len(stem) > 2:
                if ending in ("ing", "ed") and stem[-1] == stem[-2] and stem[-1] not in "lsz":
                    yield stem[:-1]
                if ending in ("ed", "es") and stem.endswith("i"):
                    yield stem[:-1] + "y"
                if ending == "ing" and not _DOUBLES.match(stem) and stem[-1] in "kvzcsgut" and stem[-2] in _VOWELS:
                    yield stem + "e"
                yield stem
                if ending in ("ing", "es"):
                    yield stem + "e"
