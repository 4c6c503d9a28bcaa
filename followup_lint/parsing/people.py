"""Who is named where letters name people: the context, the mail's head, the greeting, the signature, quoted mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..model import Context, Draft, SectionKind, Span
from .closing import is_prose
from .lines import flatten
from .names import is_title, leading_name, parse_name
from .salutation import opener_end
from .thread import mails

Where = Literal["context", "header", "greeting", "signature", "quoted"]


@dataclass(frozen=True, slots=True)
class Person:
    """A person as named in one place; ``span`` is where the name stands in the draft's text, None outside of it.

    Of a longer name ``family`` is the last word with its particles, ``given`` the first, ``middle`` what lies between.
    Where the family name comes first ("Goh Hui Min") this is the wrong way round: compare ``words``.
    """

    honorific: str
    given: str
    family: str
    where: Where
    span: Span | None = None
    middle: str = ""

    def __bool__(self) -> bool:
        return bool(self.given or self.family)

    @property
    def words(self) -> tuple[str, ...]:
        """All words of the name without the honorific, as written."""
        return tuple(f"{self.given} {self.middle} {self.family}".split())


_AND = re.compile(r"\s*(?:,\s*(?:and|&)\s+|\s+(?:and|&|und|et|y)\s+|[,;]\s+|\s*/\s*)", re.IGNORECASE)


def person(text: str, where: Where = "context", span: Span | None = None) -> Person:
    """The person named by *text*; without words (false) when it names none, as "Hiring Manager" does."""
    honorific, given, middle, family = parse_name(text)
    return Person(honorific, given, family, where, span, middle)


def people(draft: Draft, context: Context) -> tuple[Person, ...]:
    """Everyone named by the context, the mail's head, the greeting, the signature and quoted mail, in that order."""
    found = [person(name) for whole in context.interviewer for name in _each(whole)]
    headers = draft.source.headers
    found += [person(name, "header") for name in map(display_name, (headers.sender, *headers.recipients)) if name]
    found += _greeted(draft)
    found += _signed(draft)
    for mail in mails(draft):
        found.append(person(mail.sender, "quoted", mail.sender_span))
        if mail.signed is not None:
            found.append(person(mail.signed.of(draft.text), "quoted", mail.signed))
    unique = dict.fromkeys(one for one in found if one)
    return tuple(unique)


def display_name(address: str) -> str:
    """The name in ``Name <address>``, or the empty string; "Chen, Maria" stays as written."""
    name = address.partition("<")[0].strip().strip("\"'").strip()
    return "" if "@" in name else name


def _each(text: str) -> Iterator[str]:
    """The names of several people in one string; "Mr. and Mrs. Smith" shares its last name."""
    parts = [part for part in _AND.split(text) if part.strip()]
    for at, part in enumerate(parts):
        if is_title(part.strip()) and at + 1 < len(parts):
            yield f"{part.strip()} {parts[at + 1].split()[-1]}"
        else:
            yield part


def _greeted(draft: Draft) -> Iterator[Person]:
    span = draft.section(SectionKind.SALUTATION).spans[0]
    text = flatten(draft.text[span.start : span.end]).replace("\n", " ")
    start, span_start = opener_end(text), span.start
    end = len(text.rstrip(" ,:;!.-–—)("))
    pos = start
    waiting: list[Span] = []
    for gap in [*_AND.finditer(text, start, end), None]:
        stop = gap.start() if gap else end
        pos += opener_end(text[pos:stop])  # "Hi Sam, hi Priya"
        written = text[pos:stop].strip()
        left = pos + len(text[pos:stop]) - len(text[pos:stop].lstrip())
        pos = gap.end() if gap else end
        span = Span(span_start + left, span_start + left + len(written))
        if gap and is_title(written):  # "Mr. and Mrs. Smith"
            waiting.append(span)
            continue
        for title in waiting:
            yield person(f"{title.of(draft.text)} {written.split()[-1]}" if written else "", "greeting", title)
        waiting = []
        if written:
            yield person(written, "greeting", span)


def _signed(draft: Draft) -> Iterator[Person]:
    if draft.name:
        yield person(draft.name.of(draft.text), "signature", draft.name)
    # A formal block below may give another form of the name.
    for span in draft.section(SectionKind.CLOSING).spans:
        flat = flatten(draft.text[span.start : span.end])
        pos = 0
        for line in flat.split("\n"):
            start = span.start + pos
            pos += len(line) + 1
            whole = Span(start, start + len(line))
            if draft.signoff.overlaps(whole) or draft.name.overlaps(whole):
                continue
            lead = len(line) - len(line.lstrip())
            name = leading_name(line.strip())
            if name and not is_prose(line) and len(line.strip()[slice(*name)].split()) > 1:
                inside = Span(start + lead + name[0], start + lead + name[1])
                yield person(inside.of(draft.text), "signature", inside)
