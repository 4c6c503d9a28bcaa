"""The absence check: something every such letter needs is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..language import NONE, Lines, SentenceModel
from ..model import Match, SectionKind, Span
from ..reading import Reading
from .base import Table, TableError
from .learned import seen

_SECTIONS = tuple(SectionKind)
_PARTS = ("signoff", "name", "contact")
_NAMED = ("roles", "companies")


@dataclass(frozen=True, slots=True)
class Absence:
    """Nothing of ``of`` is there: a section, a part of the closing, roles, companies, or a speech act (of rules/acts/).

    With ``every`` one missing is enough. ``only_after`` names what must be there for the absence to matter: there is
    no sign-off to miss in a letter without a body. ``within`` n looks for a speech act in the first n sentences of the
    body alone. A line of ``in_closing`` found in the sign-off is as good as the speech act in the body: "Thank you for
    your time," above a name thanks, "Thank you," does not. So is one of ``in_subject`` found in the subject.
    With ``doubt`` an act that has a learned model is given the benefit of it: where no line finds the act but the model
    gives a sentence of the body that much log-odds, it is not missing. ``kinds`` are kept by the rule, not here.
    """

    of: tuple[str, ...]
    every: bool = False
    only_after: tuple[str, ...] = ()
    at: str = ""
    within: int = 0
    in_closing: Lines = NONE
    in_subject: Lines = NONE
    doubt: float = 0.0
    models: Mapping[str, SentenceModel] = field(default_factory=dict, repr=False)

    @classmethod
    def from_table(cls, table: Table) -> Absence:
        """Read the keys of a page; raises TableError."""
        of, doubt = table.texts("of"), table.number("doubt", 0)
        if not of:
            raise TableError("of", "names nothing")
        made = cls(
            of,
            table.flag("every"),
            table.texts("only_after", ()),
            table.text("at", ""),
            int(table.number("within", 0)),
            table.lines("in_closing"),
            table.lines("in_subject"),
            doubt,
            {name: table.lexicon.models[name] for name in of if doubt and name in table.lexicon.models},
        )
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """At most one match, at the place where the missing thing would stand."""
        if not all(present(reading, needed) for needed in self.only_after):
            return
        missing = [
            one for one in self.of
            if not present(reading, one, self.within) and not seen(self.models.get(one), reading, self.doubt)
        ]
        if missing and (self.every or len(missing) == len(self.of)) and not self._stands_elsewhere(reading):
            yield Match(place(reading, self.at or missing[0]), facts=(("missing", missing[0]),))

    def _stands_elsewhere(self, reading: Reading) -> bool:
        return any(
            lines.found_in(sentence.folded)
            for lines, kind in ((self.in_closing, SectionKind.CLOSING), (self.in_subject, SectionKind.SUBJECT))
            for sentence in reading.sentences_in(kind)
        )


def present(reading: Reading, what: str, within: int = 0) -> bool:
    """Is that section, part of the closing or speech act in the letter (or in the body's first *within* sentences)?"""
    if what in _SECTIONS:
        return any(span.of(reading.text).strip() for span in reading.draft.section(SectionKind(what)).spans)
    if what in _PARTS:
        return bool(getattr(reading.draft, what))
    if what in _NAMED:
        return bool(getattr(reading, what))
    if within:
        first = reading.sentences_in(SectionKind.BODY)[:within]
        return any(sentence.span.overlaps(span) for sentence in first for span in reading.acts.get(what, ()))
    return reading.does(what)


def place(reading: Reading, what: str) -> Span:
    """The empty span where *what* stands or would stand."""
    draft = reading.draft
    if what in ("signoff", "name"):
        at = getattr(draft, what).start
    elif what == "contact":
        at = draft.section(SectionKind.CLOSING).spans[-1].end
    elif what in _SECTIONS:
        at = draft.section(SectionKind(what)).spans[0].start
    else:
        at = draft.section(SectionKind.BODY).spans[-1].end
    return Span(at, at)
