"""What stands above the greeting: header lines, the subject, and the address blocks of a letter in paper style."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..model import Span
from .contacts import EMAIL
from .lines import View, words
from .quotes import DAY_IN_FIGURES, label
from .salutation import salutation

_LOOK = 45
_SUBJECT = re.compile(
    r"(?:#{1,6} ?)?[*_]{0,3}(?:e-?mail )?(?:subject|subj|betreff|asunto|oggetto|objet|assunto|"
    r"onderwerp)(?: line)?[*_]{0,3} ?:[*_]{0,3} ?",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"[*_]{0,3}(?:re|fw|fwd|aw|wg|ref|reference|regarding|in re)[*_]{0,3} ?[:#]", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6} (.*)$")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,}|={3,}|`{3}\w*|~{3,})$")
_OTHER_LABEL = re.compile(
    r"[*_]{0,3}(?:bcc|reply-to|attach(?:ment|ments|ed)?|message-id|mime-version|content-[\w-]+|x-[\w-]+|"
    r"importance|priority|title|"
    r"recipients?|sender|cc|to|from|date|sent|body|message|draft)[*_]{0,3} ?:",
    re.IGNORECASE,
)
_LABEL_ALONE = re.compile(r"[*_]{0,3}(?:body|message|draft|e-?mail|text|"
    r"e-?mail body)[*_]{0,3} ?:?[*_]{0,3}$", re.IGNORECASE)
_ABBREVIATED = (
    r"\b(?:inc|ltd|co|corp|st|ave|blvd|rd|dr|apt|no|d\.c|u\.s|u\.k|jr|sr|ph\.d|dept|bros|"
    r"llc|p\.o)\.$"
)
_ADDRESS_LINE = (
    r"\d{1,6}[a-z]?,? [^\W\d_]|p\.? ?o\.? box|.*\b[A-Z]{2},? \d{5}(?:-\d{4})?$|"
    r".*\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}$|\d{4,5} [^\W\d_]"
)
_SMALL = words("of and the de la for at via by am pm")
_GREETING_INSIDE = re.compile(
    r"\b(?:Dear (?:[A-Z]|sir|madam|hiring|all)|To [Ww]hom [Ii]t [Mm]ay|(?:Hi|Hello|Hey|Good (?:morning|"
    r"afternoon)) [A-Z][\w'-]+(?: [A-Z][\w'-]+)?[,:!])"
)


@dataclass(frozen=True, slots=True)
class Head:
    """``header`` and ``subject`` spans, the place in the own lines and the offset where the letter itself begins."""

    header: tuple[Span, ...]
    subject: tuple[Span, ...]
    next: int
    offset: int


class _Reader:
    """Reads own lines from the top; ``place`` is the next one, ``offset`` where in it reading stopped."""

    def __init__(self, view: View, own: list[int]) -> None:
        self.view, self.own = view, own
        self.header: list[Span] = []
        self.subject: list[Span] = []
        self.empty: Span | None = None
        self.place = 0
        self.offset = view.lines[own[0]].start if own else 0

    def line(self, place: int) -> str:
        return self.view.of(self.own[place], 400)

    def skip_to(self, place: int) -> None:
        self.place = place
        lines = self.view.lines
        self.offset = lines[self.own[place]].start if place < len(self.own) else lines[self.own[-1]].end


def read_head(view: View, own: list[int]) -> Head:
    """The head of the letter whose own lines are *own*."""
    reader = _Reader(view, own)
    while reader.place < min(len(own), _LOOK) and _labelled(reader):
        pass
    if reader.place < len(own):
        any(step(reader) for step in (_greeting_inside, _title_line, _paper_block))
    subject = [span for span in reader.subject if span] or ([reader.empty] if reader.empty else [])
    return Head(tuple(reader.header), tuple(subject), reader.place, reader.offset)


def _labelled(reader: _Reader) -> bool:
    """Reads one labelled line, heading or rule; False where there is none."""
    view, place = reader.view, reader.place
    start, end, _ = view.lines[reader.own[place]]
    line = reader.line(place)
    if found := _SUBJECT.match(line):
        _subject(reader, start, start + len(found[0]), end)
        return reader.place > place  # not if the letter goes on in the same line
    if heading := _HEADING.match(line):
        reader.header.append(Span(start, end))
        reader.skip_to(place + 1)
        names_subject = heading[1].strip(" *_:").lower() in ("subject", "subject line")
        if names_subject and reader.place < len(reader.own) and not _HEADING.match(reader.line(reader.place)):
            reader.subject.append(_bare(view, *view.lines[reader.own[reader.place]][:2]))
            reader.skip_to(reader.place + 1)
        return True
    if _ABOUT.match(line) and not reader.subject:
        reader.subject.append(Span(start, end))
        reader.skip_to(place + 1)
        return True
    known = _RULE.match(line) or _LABEL_ALONE.match(line) or _OTHER_LABEL.match(line)
    if known or (label(line) and _is_mail_field(line)):
        if salutation(view, reader.own[place], strong=True):
            return False
        reader.header.append(Span(start, end))
        reader.skip_to(place + 1)
        return True
    return False


def _is_mail_field(line: str) -> bool:
    """A label of one or two letters (An:, De:) also begins other lines: an address or a day must follow."""
    return len(line.partition(":")[0].strip("*_ ")) > 2 or "@" in line or bool(DAY_IN_FIGURES.search(line))


def _bare(view: View, start: int, end: int) -> Span:
    """The span without markdown emphasis and blanks around it."""
    while start < end and view.text[start] in " *_`":
        start += 1
    while end > start and view.text[end - 1] in " *_`":
        end -= 1
    return Span(start, end)


def _subject(reader: _Reader, start: int, inner: int, end: int) -> None:
    """The subject after its label: up to the line's end, a folded second line, or a greeting on the same line."""
    view, place = reader.view, reader.place
    text, lines = view.text, view.lines
    stop, following = end, place + 1
    cut = _GREETING_INSIDE.search(text, inner + 1, min(end, inner + 400))
    if cut and end - start > 100 and text[cut.start() - 1] == " ":
        stop = cut.start()
    elif following < len(reader.own):
        # A mail program folds a long subject; the second line is short and is not the letter's first.
        after = lines[reader.own[following]]
        indented = text[after.start - 1] == " " if after.start else False
        wrapped = end - start > 60 and after.end - after.start < 60 and text[after.start].islower()
        closed = following + 1 >= len(reader.own) or lines[reader.own[following + 1]].gap
        next_to = not after.gap and reader.own[following] == reader.own[place] + 1
        if next_to and closed and (indented or wrapped) and end > inner and not salutation(view, reader.own[following]):
            stop, following = after.end, following + 1
    inner = min(inner, stop)
    span = _bare(view, inner, stop)
    if reader.subject and span:
        reader.header.append(Span(start, stop))
    else:
        reader.header.append(Span(start, inner if text[inner - 1] != " " else inner - 1))
        if span:
            reader.subject.append(span)
        else:
            reader.empty = reader.empty or Span(inner, inner)
        if span.end < stop and text[span.end : stop].strip():
            reader.header.append(Span(span.end, stop))
    if stop < end:
        reader.offset = stop
    else:
        reader.skip_to(following)


def _greeting_inside(reader: _Reader) -> bool:
    """A whole letter on one line may open with a date and names before it greets."""
    view = reader.view
    start, end, _ = view.lines[reader.own[reader.place]]
    start = max(start, reader.offset)
    found = _GREETING_INSIDE.search(view.text, start + 1, min(end, start + 400)) if end - start > 150 else None
    if not found:
        return False
    above = view.text[start : found.start()]
    if not (DAY_IN_FIGURES.search(above) or _ABOUT.match(above) or re.search(r"\b\d{5}\b", above)):
        return False
    about = _ABOUT.search(above)
    if about and not reader.subject and (about.start() == 0 or above[about.start() - 1] == " "):
        reader.subject.append(_bare(view, start + about.start(), found.start()))
        above = above[: about.start()]
    if above.strip():
        reader.header.append(_bare(view, start, start + len(above)))
    reader.offset = found.start()
    return True


def _title_line(reader: _Reader) -> bool:
    """One line without a label above the greeting: the subject, unless it is a date, a name or an address."""
    if reader.subject or reader.header or reader.place + 1 >= len(reader.own) or reader.empty:
        return False
    first, second = reader.own[reader.place], reader.own[reader.place + 1]
    line = reader.line(reader.place)
    start, end, _ = reader.view.lines[first]
    if salutation(reader.view, first) or not reader.view.lines[second].gap:
        return False
    if not salutation(reader.view, second, strong=True):
        return False
    if len(line) > 100 or line[-1] in ".,;" or _dated(line) or EMAIL.search(line) or len(line.split()) < 3:
        return False
    if re.match(_ADDRESS_LINE, line, re.IGNORECASE):
        return False
    reader.subject.append(Span(start, end))
    reader.skip_to(reader.place + 1)
    return True


def _dated(line: str) -> bool:
    """Is the line nothing but a date, perhaps with a place before it?"""
    return bool(DAY_IN_FIGURES.search(line)) and len(line.split()) <= 6


def _paper_block(reader: _Reader) -> bool:
    """Lines of sender, date, receiver above the greeting (or, without one, above the first sentence)."""
    view, own, first = reader.view, reader.own, reader.place
    if salutation(view, own[first], strong=True):
        return False
    place = first
    sure = 0
    while place < min(len(own), first + _LOOK):
        line = reader.line(place)
        if place > first and salutation(view, own[place], strong=True):
            break
        if _SUBJECT.match(line) or _ABOUT.match(line) or label(line):
            place += 1
            continue
        if not _blockish(line):
            # Without a greeting the block must show that it is one.
            if sure < 2 or place - first < 3 or not view.lines[own[place]].gap:
                return False
            break
        sure += bool(_dated(line) or re.match(_ADDRESS_LINE, line, re.IGNORECASE) or EMAIL.search(line))
        place += 1
    else:
        return False
    if place >= len(own):
        return False
    while reader.place < place:
        start, end, _ = view.lines[own[reader.place]]
        line = reader.line(reader.place)
        if found := _SUBJECT.match(line):
            at = reader.place
            _subject(reader, start, start + len(found[0]), end)
            if reader.place == at:
                return True
        elif _ABOUT.match(line):
            reader.subject.append(Span(start, end))
            reader.skip_to(reader.place + 1)
        else:
            reader.header.append(Span(start, end))
            reader.skip_to(reader.place + 1)
    return True


def _blockish(line: str) -> bool:
    """Could the line stand in an address block: short, few words in lower case, no sentence's end?"""
    pieces = line.split()
    if len(line) > 75 or len(pieces) > 10:
        return False
    if line[-1] in ".!?" and len(pieces) > 2 and not re.search(_ABBREVIATED, line, re.IGNORECASE):
        return False
    lower = [word for word in pieces if word.islower() and word not in _SMALL]
    return len(lower) < 2 or bool(EMAIL.search(line))


def reference_line(view: View, index: int) -> Span | None:
    """The subject as a ``RE: …`` line below the greeting, or None."""
    line = view.of(index, 200)
    found = _ABOUT.match(line) or _SUBJECT.match(line)
    if not found or len(line) > 150 or len(line) == len(found[0]):
        return None
    start, end, _ = view.lines[index]
    return Span(start + len(found[0]), end) if _SUBJECT.match(line) else Span(start, end)
