"""A small learned model of sentences: how much one looks as if its writer wanted the job, say, or pressed the reader.

A linear model over the words, pairs and triples of a sentence, hashed into one table of small integers: no dependency,
the same answer on every machine. It was trained on text written for this project (rules/models/*.md say on what,
tests/first_contact/train.py how) and knows many wordings that no list of lines holds. A rule decides what its opinion
is worth.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from zlib import crc32

_MASK = 0xFFFFFFFF
# What a word must add to a phrase to be part of it, in log-odds. On sentences that the model had not seen, the stretch
# lay where a coach had marked one more often than with 0 or 0.3.
_WORTH = 0.2


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """The weights by feature in units of ``unit`` log-odds; ``bias``: what a sentence has of which nothing is known."""

    weights: array[int] = field(repr=False)
    bias: float
    unit: float

    @classmethod
    def from_bytes(cls, data: bytes) -> SentenceModel:
        """Read a model file: one line of JSON (bias, unit), then a signed byte per feature. Raises ValueError."""
        head, _, weights = data.partition(b"\n")
        told = json.loads(head)
        if len(weights) & (len(weights) - 1) or not weights:
            raise ValueError("the table of weights has no power of two of entries")
        return cls(array("b", weights), float(told["bias"]), float(told["unit"]))

    def odds(self, words: Sequence[str]) -> float:
        """The log-odds that the sentence does it."""
        return self.bias + self.unit * sum([self.weights[f] for f in features(words, len(self.weights))])

    def phrase(self, words: Sequence[str]) -> tuple[int, int]:
        """The stretch (first, end) of the sentence that speaks for it most; a word or more."""
        shares = [-_WORTH] * len(words)
        for feature, (first, end) in features(words, len(self.weights)).items():
            share = self.unit * self.weights[feature] / max(1, end - first)
            for at in range(first, end):
                shares[at] += share
        return _largest(shares)


def features(words: Sequence[str], size: int) -> dict[int, tuple[int, int]]:
    """The places of the sentence's words, pairs and triples, its ends among them, in a table of *size* entries (a
    power of two), each with the words (first, end) where it first stands."""
    last = len(words)
    one = [_word(""), *map(_word, words), _word("")]
    two = [a * 0x9E3779B1 + b * 0x85EBCA77 for a, b in pairwise(one)]
    three = [a * 0x9E3779B1 + b * 0xC2B2AE3D for a, b in zip(two, one[2:], strict=False)]
    return {
        _place(value, length) & size - 1: (max(0, at - 1), min(last, at - 1 + length))
        for length, row in ((1, one), (2, two), (3, three))
        for at, value in reversed(tuple(enumerate(row)))
    }


def _largest(shares: Sequence[float]) -> tuple[int, int]:
    """The stretch whose sum is largest."""
    sums = [0.0, *accumulate(shares)]
    best, lowest, answer = float("-inf"), 0, (0, 1)
    for end in range(1, len(sums)):
        if sums[end - 1] < sums[lowest]:
            lowest = end - 1
        if sums[end] - sums[lowest] > best:
            best, answer = sums[end] - sums[lowest], (lowest, end)
    return answer


@lru_cache(maxsize=4096)
def _word(word: str) -> int:
    """A word's number; all numbers are one word."""
    return crc32(b"#" if any(c.isdigit() for c in word) else word.encode("utf-8", "replace"))


def _place(value: int, salt: int) -> int:
    value = (value + salt * 0x632BE5AB) & _MASK
    value = ((value ^ (value >> 15)) * 0x2C1B3C6D) & _MASK
    return value ^ (value >> 12)
