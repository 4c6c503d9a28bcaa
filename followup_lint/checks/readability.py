"""The readability check: textstat's figure for a letter whose sentences are long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Match, SectionKind, Span
from ..reading import Reading
from .base import Table


@dataclass(frozen=True, slots=True)
class Readability:
    """A body whose automated readability index is above ``over`` (a US school grade).

    textstat costs more than a second to import, so it is asked only when the mean sentence has ``sentence_words``
    words or more; the index needs no download, unlike the syllable-counting ones.
    """

    over: float
    sentence_words: float

    @classmethod
    def from_table(cls, table: Table) -> Readability:
        """Read the keys of a page; raises TableError."""
        made = cls(table.number("over"), table.number("sentence_words"))
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """At most one match, on the longest sentence."""
        body = reading.sentences_in(SectionKind.BODY)
        words = sum(len(s.plain.words) for s in body)
        if not body or words < self.sentence_words * len(body):
            return
        import textstat

        # One sentence a line with one full stop, since textstat's own sentence count is misled by "Ms." and "a.m.".
        flat = [" ".join(s.plain.words) for s in body if s.plain.words]
        grade = float(textstat.automated_readability_index(". ".join(flat) + "."))
        if grade > self.over:
            longest = max(body, key=lambda s: len(s.plain.words))
            at = Span(longest.span.start, longest.span.end)
            yield Match(at, facts=(("grade", f"{grade:.0f}"), ("words", str(len(longest.plain.words)))))
