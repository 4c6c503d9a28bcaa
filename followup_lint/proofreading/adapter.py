"""One engine behind its guards: pieces in, hits out, slips kept by the policy and the filter for names."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from ..model import Context, Draft
from .guard import MOST, Piece, pieces
from .lexicon import Lexicon
from .names import Names, names
from .policy import Policy
from .protocol import Proofread, Slip, SlipKind
from .ranking import MOST as MOST_SUGGESTIONS
from .spelling import misspellings

# Countries by the spelling that is taught there: is it the British?
_REGIONS = dict.fromkeys(("uk", "gb", "ie", "au", "nz", "in", "za", "sg"), True) | {"us": False, "ph": False}


class EngineMissingError(RuntimeError):
    """The engine's package is not installed; the message says in one line what to install."""


class EngineFailedError(RuntimeError):
    """The engine could not look at a text; the message says in one line why, and holds nothing of the text."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What an engine said: half-open code-point offsets into the piece, its rule id, its message, replacements."""

    start: int
    end: int
    rule: str
    message: str
    suggestions: tuple[str, ...]


class Engine(Protocol):
    """A typo engine as it comes. ``label`` is its name with version, known once started."""

    label: str

    def start(self) -> None:
        """Begin whatever takes time; raises EngineFailedError."""

    def hits(self, text: str, british: bool, seconds: float) -> Iterable[Hit]:
        """All the engine says about *text*, within about *seconds*; raises EngineFailedError."""

    def close(self) -> None:
        """Give back what was started."""


class Guarded:
    """A Proofreader: the engine, and what is made of its words."""

    def __init__(
        self, engine: Engine, policy: Policy, spelling: Policy | None, lexicon: Lexicon, seconds: float,
    ) -> None:
        self.engine, self.policy, self.spelling = engine, policy, spelling
        self.lexicon, self.seconds = lexicon, seconds

    def start(self) -> None:
        """Begin whatever takes time; a failure is told by ``check``."""
        _ = self.lexicon.frequency  # ours first: it loads while the engine that has begun does
        self._failure(self.engine.start)

    def close(self) -> None:
        """Give back what was started."""
        self.engine.close()

    def check(self, draft: Draft, context: Context) -> Proofread:
        """The slips in the letter's own text, in order, not overlapping.

        An engine that fails is told in ``unchecked``; the spelling, which is ours, is looked at all the same.
        """
        cut, missing_from = pieces(draft)
        told = names(draft, context)
        british = self._is_british(draft, context)
        unchecked = self._failure(self.engine.start)
        asking = not unchecked
        until = time.monotonic() + self.seconds
        found: list[Slip] = []
        for piece in cut:
            left = until - time.monotonic()
            if left <= 0:
                line = draft.text.count("\n", 0, piece.start) + 1
                unchecked = f"stopped after {self.seconds:g} seconds; nothing was checked from line {line} on"
                break
            if self.spelling:
                found += spelling_slips(piece, self.spelling, told, self.lexicon)
            if asking:
                unchecked = self._failure(partial(self._ask, piece, british, left, found))
                asking = not unchecked
        if not unchecked and missing_from >= 0:
            unchecked = f"only the first {MOST:,} characters were checked"
        return Proofread(_disjoint(found), self.engine.label, unchecked)

    def _ask(self, piece: Piece, british: bool, seconds: float, found: list[Slip]) -> None:
        found += slips(piece, self.engine.hits(piece.text, british, seconds), self.policy)

    def _failure(self, work: Callable[[], None]) -> str:
        """Why *work* with the engine failed, in one line, or nothing: it is other people's code and must end no run."""
        try:
            work()
        except EngineFailedError as failure:
            return str(failure)
        except Exception as failure:
            return f"{self.engine.label} failed ({type(failure).__name__})"
        return ""

    def _is_british(self, draft: Draft, context: Context) -> bool:
        """By the region where it is one of English; else by the spelling.  Either spelling is right in any letter."""
        if context.region.lower() in _REGIONS:
            return _REGIONS[context.region.lower()]
        return self.policy.british is not None and self.policy.british.search(draft.text[:MOST]) is not None


def slips(piece: Piece, hits: Iterable[Hit], policy: Policy) -> list[Slip]:
    """What the policy leaves of an engine's hits in one piece."""
    return [
        _slip(piece, hit, policy, hit.rule in policy.safe)
        for hit in hits
        if hit.rule in policy.kinds
        and 0 <= hit.start < hit.end <= len(piece.text)
        and not piece.touches_mask(hit.start, hit.end)
        and not (piece.subject and hit.rule in policy.body)
        and (hit.rule not in policy.guards
             or policy.guards[hit.rule].holds(piece.text, hit.start, hit.end, hit.suggestions))
    ]


def spelling_slips(piece: Piece, policy: Policy, told: Names, lexicon: Lexicon) -> list[Slip]:
    """The misspelt words of one piece."""
    return [
        _slip(piece, Hit(one.start, one.end, one.rule, "", one.suggestions), policy, one.sure)
        for one in misspellings(piece.text, told, lexicon)
        if one.rule in policy.kinds and not piece.touches_mask(one.start, one.end)
    ]


def _slip(piece: Piece, hit: Hit, policy: Policy, safe: bool) -> Slip:
    message = policy.messages.get(hit.rule, hit.message).replace("{match}", piece.text[hit.start : hit.end])
    suggestions = tuple(dict.fromkeys(hit.suggestions))[:MOST_SUGGESTIONS]
    return Slip(
        piece.source_span(hit.start, hit.end), policy.kinds[hit.rule], suggestions, message,
        f"{policy.engine}:{hit.rule}", safe and bool(suggestions),
    )


def _disjoint(found: Iterable[Slip]) -> tuple[Slip, ...]:
    """In order; of two that overlap a misspelling, then one with a suggestion, the longer, the earlier stays."""
    kept: list[Slip] = []
    for slip in sorted(
        found, key=lambda s: (s.kind is not SlipKind.SPELLING, not s.suggestions, -len(s.span), s.span)
    ):
        if not any(slip.span.overlaps(other.span) for other in kept):
            kept.append(slip)
    return tuple(sorted(kept, key=lambda s: s.span))


class Nothing:
    """The engine of ``--typo-engine none``: pure Python, nothing imported; our own word lists and rules look alone."""

    label = "none"

    def start(self) -> None:
        """Nothing to begin."""

    def hits(self, text: str, british: bool, seconds: float) -> Iterable[Hit]:
        """Nothing is said."""
        return ()

    def close(self) -> None:
        """Nothing to give back."""
