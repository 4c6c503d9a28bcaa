"""The greeting check: how the letter greets, by its words and by what is known of whom it greets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..language import Lines
from ..model import Match, SectionKind, Span
from ..parsing import Person
from ..reading import Reading
from .base import Table

FAULTS = ("", "nameless", "first-name-refused", "first-name-uninvited")
_ENDING = " \t\r\n,:;.–—-"


@dataclass(frozen=True, slots=True)
class Greeting:
    """A greeting that a line of ``find`` matches, or that has the ``fault``.

    ``nameless``: it names nobody although somebody's name is known from the context, the head or quoted mail, or a
    placeholder stands where the name should. ``first-name-refused``: it uses a bare first name although the context
    says that this is not wanted. ``first-name-uninvited``: the same where the context does not say.
    """

    find: Lines = ()
    unless: Lines = ()
    fault: str = ""

    @classmethod
    def from_table(cls, table: Table) -> Greeting:
        """Read the keys of a page; raises TableError."""
        made = cls(table.lines("find"), table.lines("unless"), table.text("fault", "", FAULTS))
        table.finish()
        return made

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """At most one match, on the greeting without the sign that ends it."""
        span = next((s for s in reading.draft.section(SectionKind.SALUTATION).spans if s), None)
        if span is None:
            return
        words = span.of(reading.text).rstrip(_ENDING)
        if words and not self._says(self.unless, reading) and (self._says(self.find, reading) or self._at_fault(reading)):
            yield Match(Span(span.start, span.start + len(words)))

    @staticmethod
    def _says(lines: Lines, reading: Reading) -> bool:
        views = [s.folded for s in reading.sentences_in(SectionKind.SALUTATION)]
        return any(lines.found_in(view) for view in views)

    def _at_fault(self, reading: Reading) -> bool:
        greeted = [one for one in reading.people if one.where == "greeting"]
        known = [one for one in reading.people if one.where in ("context", "quoted", "header") and not _writer(one, reading)]
        match self.fault:
            case "nameless":
                return not greeted and (bool(known) or _holds_placeholder(reading))
            case "first-name-refused":
                return reading.context.first_name_ok is False and any(_bare_first_name(one, known) for one in greeted)
            case "first-name-uninvited":
                return reading.context.first_name_ok is None and any(_bare_first_name(one, known) for one in greeted)
        return False


def _writer(one: Person, reading: Reading) -> bool:
    """Is this the writer's own name, as the head of a mail and the signature give it?"""
    signed = {word for p in reading.people if p.where == "signature" for word in p.words}
    return one.where != "context" and bool(signed & set(one.words))


def _holds_placeholder(reading: Reading) -> bool:
    section = reading.draft.section(SectionKind.SALUTATION)
    return any(section.covers(span) for span in reading.acts.get("placeholder", ()))


def _bare_first_name(one: Person, known: list[Person]) -> bool:
    """Is the person greeted by the given name alone, where a family name is known to exist?"""
    if one.honorific:
        return False
    named = {word.lower() for word in one.words}
    whole = [[word.lower() for word in other.words] for other in known if other.honorific or len(other.words) > 1]
    return any(named < set(words) and words[-1] not in named for words in whole if len(words) > 1)
