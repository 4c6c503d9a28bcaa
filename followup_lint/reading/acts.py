"""Speech acts: what the sentences of a letter do (thank, want the job, ask for news), by the lines of rules/acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..language import Line, Lines, Sentence, View
from ..model import Span


@dataclass(frozen=True, slots=True)
class Acts:
    """How speech acts are worded: the lines of all of them, searched for at once, and by number whose each is."""

    names: tuple[str, ...]
    lines: Lines
    owners: tuple[str, ...]

    @classmethod
    def of(cls, lines: Mapping[str, Iterable[Line]]) -> Acts:
        """From the lines of each act."""
        owned = [(name, line) for name, own in lines.items() for line in own]
        return cls(tuple(lines), Lines.of(line for _, line in owned), tuple(name for name, _ in owned))

    def found_in(self, view: View) -> frozenset[str]:
        """The acts that a sentence performs."""
        return frozenset(self.owners[number] for number, _ in self.lines.numbered(view))

    def performed(self, sentences: Iterable[Sentence]) -> dict[str, tuple[Span, ...]]:
        """Where each of the acts is performed, in order."""
        found: dict[str, set[Span]] = {name: set() for name in self.names}
        for sentence in sentences:
            for number, hit in self.lines.numbered(sentence.folded):
                found[self.owners[number]].add(sentence.folded.span(hit.marked_first, hit.marked_end))
        return {name: tuple(sorted(spans)) for name, spans in found.items()}
