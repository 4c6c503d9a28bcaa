"""A small learned model of one sort of wording: how much each word of a sentence looks like part of such a phrase.

A linear model over the words, pairs and triples around a word, hashed into one table of small integers: 64 KB, no
dependency, the same answer on every machine. It was trained on text written for this project (rules/models/*.md say
on what, tests/first_contact/train.py how) and is a second opinion only: a rule decides what its opinion is worth.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .hashing import MASK, place, word_number

# How far around a word its neighbours count.
_REACH = 6


@dataclass(frozen=True, slots=True)
class Tagger:
    """The weights by feature, in units of ``unit`` log-odds, and the log-odds of a word of which nothing is known."""

    weights: array[int] = field(repr=False)
    bias: float
    unit: float

    @classmethod
    def from_bytes(cls, data: bytes) -> Tagger:
        """Read a model file: one line of JSON (bias, unit), then a signed byte per feature. Raises ValueError."""
        head, _, weights = data.partition(b"\n")
        told = json.loads(head)
        if len(weights) & (len(weights) - 1) or not weights:
            raise ValueError("the table of weights has no power of two of entries")
        return cls(array("b", weights), float(told["bias"]), float(told["unit"]))

    def scores(self, words: Sequence[str]) -> tuple[float, ...]:
        """For each word the log-odds that it belongs to such a phrase, smoothed over its neighbours."""
        weights, bias, unit = self.weights, self.bias, self.unit
        raw = [bias + unit * sum([weights[f] for f in row]) for row in features(words, len(weights))]
        last = len(raw) - 1
        return tuple((2 * z + raw[max(0, i - 1)] + raw[min(last, i + 1)]) / 4 for i, z in enumerate(raw))

    def phrases(self, words: Sequence[str], least: float) -> Iterator[tuple[int, int]]:
        """The stretches (first, end) of two words and more above 0 whose best word scores at least *least*."""
        scores = self.scores(words)
        first = 0
        for at in range(len(scores) + 1):
            if at < len(scores) and scores[at] > 0:
                continue
            if at - first > 1 and max(scores[first:at]) >= least:
                yield first, at
            first = at + 1


def features(words: Sequence[str], size: int) -> Iterator[list[int]]:
    """For each word the places of its features in a table of *size* (a power of two): the words around it, pairs,
    triples and pairs with a gap, both where they stand and anywhere near."""
    within = size - 1
    pad = [word_number("")] * _REACH
    one = [*pad, *map(word_number, words), *pad]
    two = [(a * 0x9E3779B1 + b * 0x85EBCA77) & MASK for a, b in pairwise(one)]
    three = [(a * 0x9E3779B1 + c * 0xC2B2AE3D) & MASK for a, c in zip(two, one[2:], strict=False)]
    gapped = [(a * 0x27D4EB2F + c * 0x165667B1) & MASK for a, c in zip(one, one[2:], strict=False)]
    near = [[place(v, salt) & within for v in row] for row, salt in ((one, 1), (two, 2), (three, 3), (gapped, 4))]
    for i in range(_REACH, _REACH + len(words)):
        yield [
            *near[0][i - 6 : i + 7], *near[1][i - 5 : i + 5], *near[2][i - 5 : i + 4], *near[3][i - 4 : i + 3],
            *[place(one[i + k], 10 + k) & within for k in (-2, -1, 0, 1, 2)],
            *[place(two[i + k], 20 + k) & within for k in (-3, -2, -1, 0, 1, 2)],
            *[place(three[i + k], 30 + k) & within for k in (-3, -2, -1, 0, 1)],
            *[place(gapped[i + k], 40 + k) & within for k in (-2, -1, 0)],
        ]  # fmt: skip

