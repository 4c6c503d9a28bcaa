"""Two main clauses with nothing but a comma between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile
from typing import TypeAlias

from ..language import Lines, View
from ..model import Match, SectionKind
from ..reading import Reading
from .base import Table

# What cuts a sentence into stretches that have nothing to do with each other's commas.
_HARD = re.compile(r'[;:()–—"“”.?!…]')
# A clause and what its first words must show: a subject with its verb within so many words.
_SHORTEST, _VERB_WITHIN, _NOUN_WITHIN, _NOUN_WITHIN_RIGHT = 3, 3, 7, 5
# So short a clause at the end may be an aside: "it was cold, I must admit".
_ASIDE = 5

Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommaSplice:
    """A comma after a main clause and before another, with no word that joins them.

    ``subjects`` are pronouns, ``possessives`` begin other subjects, ``verbs`` and the narrower ``auxiliaries`` show
    that a verb follows. A left clause may also begin with one of ``openers`` ("thank", "sorry"). No clause is a main
    one after one of ``joiners`` (subordinators, prepositions); ``coordinators`` and ``leads`` ("and", "yesterday")
    stand before one. ``fillers`` after a pronoun show that it is no subject yet ("you and I", "I for one"); ``sayings``
    before the comma introduce speech; ``asides`` are lines for clauses that may stand between commas.
    """

    subjects: frozenset[str]
    possessives: frozenset[str]
    verbs: frozenset[str]
    auxiliaries: frozenset[str]
    openers: frozenset[str]
    joiners: frozenset[str]
    coordinators: frozenset[str]
    leads: frozenset[str]
    fillers: frozenset[str]
    sayings: frozenset[str]
    asides: Lines

    @classmethod
    def from_table(cls, table: Table) -> CommaSplice:
        """Read the keys of a page; raises TableError."""
        made = cls(
            subjects=table.words("subjects"),
            possessives=table.words("possessives"),
            verbs=table.words("verbs"),
            auxiliaries=table.words("auxiliaries"),
            openers=table.words("openers"),
            joiners=table.words("joiners"),
            coordinators=table.words("coordinators"),
            leads=table.words("leads"),
            fillers=table.words("fillers"),
            sayings=table.words("sayings"),
            asides=table.lines("asides", needed=True),
        )
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """A match per splice: the word before the comma and the one after it."""
        for sentence in reading.sentences_in(SectionKind.BODY):
            view = sentence.folded
            for stretch in _stretches(view):
                for number in range(1, len(stretch)):
                    if self._is_splice(view, stretch, number):
                        at = stretch[number][0]
                        span = view.span(at - 1, at + 1)
                        yield Match(span, suggestions=(span.of(reading.text).replace(",", ";", 1),))

    def _is_splice(self, view: View, stretch: Sequence[range], number: int) -> bool:
        parts = [view.words[part.start : part.stop] for part in stretch]
        left, right, rest = parts[:number], parts[number], parts[number + 1 :]
        return (
            self._begins_clause(right)
            and self._is_main(left)
            and not self._is_answer(left[-1], right)
            and not any(part[0] in self.coordinators or part[0] in self.subjects for part in rest)  # a list of clauses
            and not (len(right) <= _ASIDE and self._is_aside(view, stretch[number]))
        )

    def _begins_clause(self, words: Words) -> bool:
        if len(words) < _SHORTEST:
            return False
        if words[0] in self.subjects:
            return any(self._is_verb(word) for word in words[1:_VERB_WITHIN])
        return words[0] in self.possessives and self._has_verb(words[:_NOUN_WITHIN_RIGHT])

    def _is_main(self, left: Sequence[Words]) -> bool:
        """Is what stands before the comma a main clause, perhaps with more of the same sort after it?"""
        last = left[-1]
        only_leads = len(left) > 1 and len(left[0]) == 1 and left[0][0] in self.leads  # "Yes, I …"
        first = tuple(dropwhile(self.leads.__contains__, left[1] if only_leads else left[0]))
        if len(first) < _SHORTEST or first[0] in self.joiners:
            return False
        if any(part[0] in self.joiners or part[-1] in self.coordinators for part in left):
            return False
        if len(left) > 1 and (len(last) == 1 or self._only_leads_on(last)):
            return False
        if last[-1] in self.sayings:
            return False
        if first[0] in self.subjects:
            return first[1] not in self.fillers and any(self._is_verb(word) for word in first[1 : _VERB_WITHIN + 1])
        if first[0] in self.openers:
            return first[:2] != ("thanks", "to")  # which gives the reason, as "because of" does
        return first[0] in self.possessives and self._has_verb(first[:_NOUN_WITHIN])

    def _only_leads_on(self, words: Words) -> bool:
        """ "…, and if you like, I": what stands between the commas belongs to what follows."""
        return words[0] in self.coordinators and (
            len(words) < _SHORTEST or words[1] in self.joiners or words[1] in self.leads
        )

    def _has_verb(self, words: Words) -> bool:
        """A noun after its determiner, then an auxiliary, with no clause of its own between: "my other offer is"."""
        at = next((n for n, word in enumerate(words) if n > 1 and word in self.auxiliaries), 0)
        return at > 0 and not any(word in self.subjects or word in self.joiners for word in words[1:at])

    def _is_verb(self, word: str) -> bool:
        return word in self.verbs or (word.endswith("ed") and len(word) > 4)

    def _is_answer(self, left: Words, right: Words) -> bool:
        """ "It is not the pay, it is the work": a comma is enough between the halves of a contrast."""
        return "not" in left and right[0] in ("it", "they", "that", "this") and right[1] in self.auxiliaries

    def _is_aside(self, view: View, part: range) -> bool:
        return any(hit.first < part.stop and part.start < hit.end for _, hit in self.asides.hits(view))


def _stretches(view: View) -> Iterator[list[range]]:
    """The stretches of the sentence between hard signs, each as its parts between commas."""
    stretch, start = [], 0
    for at in range(1, len(view.words) + 1):
        ends = at == len(view.words)
        hard = ends or _HARD.search(view.gaps[at]) is not None
        if hard or view.gaps[at].strip() == ",":
            stretch.append(range(start, at))
            start = at
        if hard and stretch:
            yield stretch
            stretch = []
