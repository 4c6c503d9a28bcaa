"""The Reading: every fact about one letter that more than one rule needs, found once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..language import Sentence
from ..model import Context, Draft, Kind, SectionKind, Span
from ..parsing import Person
from ..proofreading.protocol import Proofread


@dataclass(frozen=True, slots=True)
class Detail:
    """What one body sentence tells that only this interview, or only this writer, could have produced.

    ``theirs`` and ``mine`` are weights: how far the sentence speaks of the conversation, how far of the writer's own
    relevant work. ``words`` are the telling words found.
    """

    sentence: Span
    theirs: float
    mine: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A letter as read.

    ``context`` is the user's context filled up with what the mail itself tells; ``given`` is the user's alone.
    ``acts`` maps the name of a speech act (a file of rules/acts/) to the places where the letter performs it.
    ``roles`` are the places where a position is named, ``companies`` where the employer is.
    """

    draft: Draft
    given: Context
    context: Context
    kind: Kind
    kind_confidence: float
    sentences: tuple[Sentence, ...]
    people: tuple[Person, ...]
    dates: tuple[tuple[Span, date], ...]
    proofread: Proofread
    acts: Mapping[str, tuple[Span, ...]]
    roles: tuple[Span, ...]
    companies: tuple[Span, ...]
    details: tuple[Detail, ...]
    vocabulary: frozenset[str]

    @property
    def text(self) -> str:
        """The source text."""
        return self.draft.text

    def does(self, act: str) -> bool:
        """Does the letter perform that speech act?"""
        return bool(self.acts.get(act))

    def sentences_in(self, *kinds: SectionKind) -> tuple[Sentence, ...]:
        """The sentences of these sections, in order."""
        return tuple(s for s in self.sentences if s.section in kinds)
