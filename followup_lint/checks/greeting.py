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
    """A greeting that a line of ``find`` matches, or that has the ``fault``; none that a line of ``unless`` matches.

    ``nameless``: it names nobody although somebody's name is known from the context, the head or quoted mail; a
    placeholder is nobody. ``first-name-refused``: it uses a bare first name although the context says that this is not
    wanted. ``first-name-uninvited``: the same where the context does not say.
    """

    find: Lines
    unless: Lines
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
        faulty = self._says(self.find, reading) or self._at_fault(reading)
        if words and faulty and not self._says(self.unless, reading):
            yield Match(Span(span.start, span.start + len(words)))

    @staticmethod
    def _says(lines: Lines, reading: Reading) -> bool:
        views = [s.folded for s in reading.sentences_in(SectionKind.SALUTATION)]
        return any(lines.found_in(view) for view in views)

    def _at_fault(self, reading: Reading) -> bool:
        others = (one for one in reading.people if one.where in ("context", "quoted", "header"))
        known = [one for one in others if not _writer(one, reading)]
        match self.fault:
            case "nameless":
                return bool(known) and not _greeted(reading)
            case "first-name-refused":
                return reading.context.first_name_ok is False and _by_first_name(reading, known)
            case "first-name-uninvited":
                return reading.context.first_name_ok is None and _by_first_name(reading, known)
        return False


def _greeted(reading: Reading) -> list[Person]:
    """Who is greeted by name: a placeholder is nobody."""
    blanks = reading.acts.get("placeholder", ())
    greeted = [one for one in reading.people if one.where == "greeting"]
    return [one for one in greeted if not any(one.span and one.span.overlaps(blank) for blank in blanks)]


def _writer(one: Person, reading: Reading) -> bool:
    """Is this the writer's own name, as the head of a mail and the signature give it?"""
    signed = {word for p in reading.people if p.where == "signature" for word in p.words}
    return one.where != "context" and bool(signed & set(one.words))


def _by_first_name(reading: Reading, known: list[Person]) -> bool:
    """Is anybody greeted by the given name alone, whose family name is known?"""
    return any(_bare_first_name(one, other) for one in _greeted(reading) for other in known)


def _bare_first_name(one: Person, known: Person) -> bool:
    named, whole = [[word.lower() for word in person.words] for person in (one, known)]
    return not one.honorific and len(whole) > 1 and set(named) < set(whole) and whole[-1] not in named
