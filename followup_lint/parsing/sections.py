"""Source -> Draft: which stretch of the text is which part of the letter."""

from __future__ import annotations

from collections.abc import Iterable

from ..model import Draft, Section, SectionKind, Source, Span
from .closing import Closing, find_closing, is_delimiter, is_job_advert, is_postscript, is_prose
from .contacts import contacts
from .head import read_head, reference_line
from .lines import MACHINE, QUOTED, Line, View
from .machine import mark_machine
from .quotes import mark_quoted
from .salutation import salutation

_Piece = tuple[int, int, SectionKind]


def parse(source: Source) -> Draft:
    """The sections of *source*: one of each kind, in the order of SectionKind, their spans disjoint and ordered."""
    view = View(source.text)
    mark_quoted(view)
    mark_machine(view)
    own = view.own()
    head = read_head(view, own)
    pieces: list[_Piece] = [(span.start, span.end, SectionKind.HEADER) for span in head.header]
    pieces += [(span.start, span.end, SectionKind.SUBJECT) for span in head.subject]

    place, begin = head.next, head.offset
    greeting = Span(begin, begin)
    if place < len(own):
        found = _greeting(view, own[place], begin)
        if found:
            greeting = found
            pieces.append((found.start, found.end, SectionKind.SALUTATION))
            while place < len(own) and view.lines[own[place]].end <= found.end:
                place += 1
            begin = found.end
    below = place < len(own) and greeting and view.lines[own[place]].start >= greeting.end
    if below and (about := reference_line(view, own[place])):
        line = view.lines[own[place]]
        pieces.append((about.start, about.end, SectionKind.SUBJECT))
        if about.start > line.start:
            pieces.append((line.start, about.start - 1, SectionKind.HEADER))
        place += 1
        begin = line.end

    indices = own[place:]
    rest = [view.lines[index] for index in indices]
    if rest and begin > rest[0].start:
        start = begin + len(view.text[begin : rest[0].end]) - len(view.text[begin : rest[0].end].lstrip())
        rest[0] = Line(start, rest[0].end, False)
    closing = find_closing(view.text, rest, greeting.of(view.text))
    pieces += _sorted_out(view, indices, rest, closing)
    pieces += [
        (line.start, line.end, SectionKind.QUOTED if kind == QUOTED else SectionKind.MACHINE)
        for line, kind in zip(view.lines, view.kinds, strict=True)
        if kind in (QUOTED, MACHINE)
    ]
    spans = _joined(pieces)

    ends = {kind: max((span.end for span in spans[kind]), default=-1) for kind in SectionKind}
    subject_at = head.subject[0].start if head.subject else head.offset
    greeting_at = greeting.start
    body_at = greeting.end if greeting else begin
    closing_at = max(body_at, ends[SectionKind.BODY])
    for kind, at in (
        (SectionKind.SUBJECT, subject_at),
        (SectionKind.SALUTATION, greeting_at),
        (SectionKind.BODY, body_at),
        (SectionKind.CLOSING, closing_at),
    ):
        spans[kind] = spans[kind] or [Span(at, at)]
    signoff = closing.signoff if closing else Span(closing_at, closing_at)
    name = closing.name if closing else Span(closing_at, closing_at)
    return Draft(
        source=source,
        sections=tuple(Section(kind, tuple(spans[kind])) for kind in SectionKind),
        signoff=signoff,
        name=name,
        contact=tuple(one for span in spans[SectionKind.CLOSING] for one in contacts(view.text, span.start, span.end)),
    )


def _greeting(view: View, index: int, offset: int) -> Span | None:
    """The greeting in line *index*, which may begin inside it, where a subject on the same line ended."""
    line = view.lines[index]
    if offset <= line.start:
        return salutation(view, index)
    view.lines[index] = Line(offset, line.end, False)
    try:
        return salutation(view, index, strong=True)
    finally:
        view.lines[index] = line


def _sorted_out(view: View, indices: list[int], rest: list[Line], closing: Closing | None) -> list[_Piece]:
    """The letter below its greeting as pieces of body and closing, and of what was pasted below the signature."""
    if closing is None:
        return [(line.start, line.end, SectionKind.BODY) for line in rest]
    pieces: list[_Piece] = [(line.start, line.end, SectionKind.BODY) for line in rest[: closing.line]]
    line = rest[closing.line]
    if closing.start > line.start:
        end = line.start + len(view.text[line.start : closing.start].rstrip())
        pieces.append((line.start, end, SectionKind.BODY))
    pieces.append((closing.start, line.end, SectionKind.CLOSING))
    postscript = False
    signed = closing.name.end <= line.end
    for at in range(closing.line + 1, len(rest)):
        line = rest[at]
        words = view.text[line.start : min(line.end, line.start + 400)]
        kind = SectionKind.CLOSING
        if line.gap and signed and _is_pasted(view, rest, at):
            return pieces + [(one.start, one.end, SectionKind.MACHINE) for one in rest[at:]]
        if line.gap and signed and not postscript and salutation(view, indices[at], strong=True) and at + 1 < len(rest):
            # Another greeting below the signature: an earlier mail, pasted without any mark.
            return pieces + [(one.start, one.end, SectionKind.QUOTED) for one in rest[at:]]
        if is_postscript(words):
            postscript, kind = True, SectionKind.BODY
        elif postscript:
            postscript = not (is_delimiter(words) or (line.gap and _is_signature(words)))
            kind = SectionKind.BODY if postscript else kind
        elif line.gap and signed and is_prose(words) and words[0] not in "\"'*«":
            postscript, kind = True, SectionKind.BODY
        pieces.append((line.start, line.end, kind))
        signed = signed or closing.name.end <= line.end
    return pieces


def _is_pasted(view: View, rest: list[Line], at: int) -> bool:
    return is_job_advert(view.text[rest[at].start : min(rest[-1].end, rest[at].start + 3000)]) and not is_postscript(
        view.text[rest[at].start : rest[at].end][:60]
    )


def _is_signature(words: str) -> bool:
    return not is_prose(words) and (any(True for _ in contacts(words)) or len(words.split()) <= 3)


def _joined(pieces: Iterable[_Piece]) -> dict[SectionKind, list[Span]]:
    """The pieces of each kind, neighbours of the same kind with nothing between them made one span."""
    spans: dict[SectionKind, list[Span]] = {kind: [] for kind in SectionKind}
    current: _Piece | None = None
    for start, end, kind in sorted(pieces):
        if end <= start:
            continue
        if current and current[2] is kind and kind is not SectionKind.SUBJECT:
            current = (current[0], end, kind)
            continue
        if current:
            spans[current[2]].append(Span(current[0], current[1]))
        current = (start, end, kind)
    if current:
        spans[current[2]].append(Span(current[0], current[1]))
    return spans


