"""A small learned model of what sentences do: how much one looks as if its writer wanted the job, say.

A linear model over the words, pairs and triples of a sentence, hashed into one table of small integers: no dependency,
the same answer on every machine. It was trained on text written for this project (rules/models/acts.md says on what,
tests/first_contact/train_acts.py how), and it knows many wordings that no list of lines holds. It only ever gives the
benefit of the doubt: what it sees is not reported as missing.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from .hashing import place, word_number


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """The weights by feature in units of ``unit`` log-odds, the log-odds of a sentence of which nothing is known, and
    the ``least`` log-odds that count."""

    weights: array[int] = field(repr=False)
    bias: float
    unit: float
    least: float

    @classmethod
    def from_bytes(cls, data: bytes) -> SentenceModel:
        """Read a model file: one line of JSON (bias, unit, least), then a signed byte a feature. Raises ValueError."""
        head, _, weights = data.partition(b"\n")
        told = json.loads(head)
        if len(weights) & (len(weights) - 1) or not weights:
            raise ValueError("the table of weights has no power of two of entries")
        return cls(array("b", weights), float(told["bias"]), float(told["unit"]), float(told["least"]))

    def odds(self, words: Sequence[str]) -> float:
        """The log-odds that the sentence does it."""
        return self.bias + self.unit * sum([self.weights[f] for f in features(words, len(self.weights))])

    def sees(self, words: Sequence[str]) -> bool:
        """Does the sentence look enough like it?"""
        return self.odds(words) >= self.least


def features(words: Sequence[str], size: int) -> set[int]:
    """The places of the sentence's words, pairs and triples, its ends among them, in a table of *size* entries."""
    one = [word_number(""), *map(word_number, words), word_number("")]
    two = [a * 0x9E3779B1 + b * 0x85EBCA77 for a, b in pairwise(one)]
    three = [a * 0x9E3779B1 + b * 0xC2B2AE3D for a, b in zip(two, one[2:], strict=False)]
    return {place(value, salt) & size - 1 for salt, row in enumerate((one, two, three), 1) for value in row}
