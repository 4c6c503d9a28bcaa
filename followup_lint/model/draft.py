"""What was read: the source text, and the parts of the letter found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from .span import Span

Format = Literal["txt", "md", "eml", "html"]


class SectionKind(StrEnum):
    """The parts of a letter. ``quoted`` and ``machine`` (footers, banners, attachment lines …) are read by no rule."""

    HEADER = "header"
    SUBJECT = "subject"
    SALUTATION = "salutation"
    BODY = "body"
    CLOSING = "closing"
    QUOTED = "quoted"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Headers:
    """What the head of a message told: display names and addresses as written, the date it was sent if it was."""

    sender: str = ""
    recipients: tuple[str, ...] = ()
    date: datetime | None = None
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The decoded text of one draft, unaltered: every span points into ``text``.

    For ``eml`` and ``html`` the text is the decoded plain text (``Subject: …``, an empty line, the body).
    ``notices`` says in one line each what had to be guessed (an encoding, a broken header).
    """

    text: str
    name: str = "<string>"
    format: Format = "txt"
    headers: Headers = Headers()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the letter: ordered, disjoint spans; an absent part is one empty span where it would stand."""

    kind: SectionKind
    spans: tuple[Span, ...]

    def __bool__(self) -> bool:
        return any(self.spans)

    def covers(self, span: Span) -> bool:
        """Does *span* lie wholly inside one of this section's spans?"""
        return any(own.covers(span) for own in self.spans)


@dataclass(frozen=True, slots=True)
class Draft:
    """A source with its sections; the closing's parts are empty spans where they are missing."""

    source: Source
    sections: tuple[Section, ...]
    signoff: Span
    name: Span
    contact: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The source text."""
        return self.source.text

    def section(self, kind: SectionKind) -> Section:
        """The section of that kind; every draft has exactly one of each."""
        return next(s for s in self.sections if s.kind == kind)

    @property
    def letter(self) -> tuple[Span, ...]:
        """What the writer wrote to the reader: subject, salutation, body and closing, in order, without the empty."""
        own = (SectionKind.SUBJECT, SectionKind.SALUTATION, SectionKind.BODY, SectionKind.CLOSING)
        return tuple(sorted(span for s in self.sections if s.kind in own for span in s.spans if span))
