"""What the mail quoted below a draft tells: who wrote, when, how they signed, and by when they promised to decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from ..model import Draft, SectionKind, Span
from .closing import is_prose
from .dates import dates
from .lines import flatten
from .names import leading_name, parse_name
from .quotes import ADDRESS, label
from .sentences import sentences


@dataclass(frozen=True, slots=True)
class Thread:
    """``decision_by``: the day by which the employer's latest quoted mail promises a decision.

    ``replied_first_name``: did they sign it with a first name alone (None: no signature was found).
    ``wrote_at``: when the writer last wrote, without an offset.
    """

    decision_by: date | None = None
    replied_first_name: bool | None = None
    wrote_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """One quoted mail: sender and time as its head or attribution tells them, its lines, and the name that signs it."""

    sender: str
    sender_span: Span | None
    address: str
    when: datetime | None
    body: tuple[Span, ...]
    signed: Span | None


_MARKS = re.compile(r"(?:> ?)+")
_WROTE = (
    r"\b(?:wrote|writes|said|a écrit|schrieb|escribió|ha scritto|schreef|skrev|escreveu|napisał\(?a?\)?|pisze|"
    r"typed|replied)\b"
)
# Months that mail programs write in other languages than English.
_MONTHS = {
    foreign: english
    for english, names in {
        "january": "januar janvier janv enero ene gennaio gen janeiro januari styczeń sty",
        "february": "februar février févr febrero febbraio fevereiro fev februari luty lut",
        "march": "märz mrz mars marzo março maart mrt marzec",
        "april": "avril avr abril abr aprile kwiecień kwi",
        "may": "mai mayo maggio mag maio mei maj",
        "june": "juni juin junio giugno giu junho czerwiec cze",
        "july": "juli juillet juil julio luglio lug julho lipiec lip",
        "august": "août agosto ago augustus augusti sierpień sie",
        "september": "septembre septiembre settembre set setembro wrzesień wrz",
        "october": "oktober okt octobre octubre ottobre ott outubro out październik paź",
        "november": "novembre noviembre novembro listopad lis",
        "december": "dezember dez décembre déc diciembre dic dicembre dezembro grudzień gru",
    }.items()
    for foreign in names.split()
}
_CLOCK = r"\b(\d{1,2})[:.](\d\d)(?::\d\d)?\s*(am|pm|a\.m\.|p\.m\.)?"
_NUMERIC = r"\b(\d{1,4})([/.-])(\d{1,2})\2(\d{2,4})\b"
_PROMISE = (
    r"\b(?:deci(?:de|ded|sion|sions|ding)|let you know|let (?:everyone|everybody|all|candidates) \w{0,12} ?know|"
    r"get back|back to you|hear (?:from|back)|"
    r"be in touch|in touch|make an? offer|offer|final(?:i[sz]e|ists?)?|announce|outcome|answer|update|inform|"
    r"respond|reply|contact (?:you|all|everyone)|"
    r"reach out|next steps?|know (?:more|by)|wrap up|choose|select(?:ion)?|results?|notify|feedback)\b"
)
_BY = (
    r"\b(?:by|before|until|no later than|not later than|on|the|around|at|this|next|"
    r"end of)[ ,]+(?:\w+ ){0,3}$"
)


def thread(draft: Draft) -> Thread:
    """What the quoted mail tells; all None without any."""
    found = mails(draft)
    mine = [mail for mail in found if _is_writer(draft, mail)]
    theirs = [mail for mail in found if mail not in mine]
    latest = next((mail for mail in theirs if mail.body), None)
    wrote = [mail.when for mail in mine if mail.when]
    naive = [moment.replace(tzinfo=None) for moment in wrote]
    return Thread(
        decision_by=_promised(draft.text, latest) if latest else None,
        replied_first_name=_first_name_alone(draft.text, latest) if latest else None,
        wrote_at=max(naive) if naive else None,
    )


def mails(draft: Draft) -> tuple[Mail, ...]:
    """The quoted mails, the most recent first as mail programs stack them."""
    lines = [line for span in draft.section(SectionKind.QUOTED).spans for line in _lines(draft.text, span)]
    heads = list(_heads(lines))
    found = []
    for at, (first, after, sender, sender_span, address, when) in enumerate(heads):
        end = heads[at + 1][0] if at + 1 < len(heads) else len(lines)
        depth = lines[after][0] if after < end else 0
        body = tuple(span for level, span, _ in lines[after:end] if level >= depth and span)
        found.append(Mail(sender, sender_span, address, when, body, _signature(draft.text, body)))
        del first
    if not heads and lines:
        body = tuple(span for _, span, _ in lines if span)
        found.append(Mail("", None, "", None, body, _signature(draft.text, body)))
    return tuple(found)


_Line = tuple[int, Span, str]
_Head = tuple[int, int, str, Span | None, str, datetime | None]


def _lines(text: str, span: Span) -> Iterator[_Line]:
    """(depth of quotation, span, words) of each line that is not blank."""
    flat = flatten(text[span.start : span.end])
    for found in re.finditer(r"[^\n]+", flat):
        line = found[0]
        marks = _MARKS.match(line.lstrip())
        lead = len(line) - len(line.lstrip())
        inner = line[lead + (marks.end() if marks else 0) :]
        start = span.start + found.end() - len(inner.lstrip())
        words = inner.strip()
        if words:
            yield (marks[0].count(">") if marks else 0), Span(start, start + len(words)), words


def _heads(lines: list[_Line]) -> Iterator[_Head]:
    """Each attribution or header block: (first line, line after it, sender, its span, address, when)."""
    at = 0
    while at < len(lines):
        if block := _block(lines, at):
            yield block
            at = block[1]
        elif attribution := _attribution(lines, at):
            yield attribution
            at = attribution[1]
        else:
            at += 1


def _block(lines: list[_Line], at: int) -> _Head | None:
    if label(lines[at][2][:60]) != "from":
        return None
    sender = address = ""
    sender_span: Span | None = None
    when: datetime | None = None
    end = at
    names = set()
    while end < len(lines) and end - at < 9:
        name = label(lines[end][2][:60])
        if not name:
            break
        _, span, words = lines[end]
        value = words.partition(":")[2].strip(" *_")
        names.add(name)
        if name == "from" and not sender and not address:
            sender, address = _who(value)
            sender_span = _within(span, words, sender)
        elif name == "date":
            when = moment(value)
        end += 1
    return (at, end, sender, sender_span, address, when) if len(names) >= 2 else None


def _attribution(lines: list[_Line], at: int) -> _Head | None:
    depth = lines[at][0]
    words = ""
    for end in range(at, min(at + 4, len(lines))):
        if lines[end][0] != depth:
            return None
        words = f"{words} {lines[end][2]}".strip()
        if len(words) > 320:
            return None
        if words.rstrip(" *_-").endswith(":"):
            verb = re.search(_WROTE, words, re.IGNORECASE)
            if not verb or not (ADDRESS.search(words) or re.search(r"\d", words) or len(words.split()) <= 6):
                return None
            sender, address = _who(_named(words, verb))
            spans = (_within(span, line, sender) for _, span, line in lines[at : end + 1])
            span = next(filter(None, spans), None)
            return at, end + 1, sender, span, address, moment(words)
        if not re.match(r"[-*_ ]*(?:on|le|am|el|il|op|den|em|på)\b", words, re.IGNORECASE) and "<" not in words:
            return None
    return None


def _within(span: Span, words: str, name: str) -> Span | None:
    at = words.find(name) if name else -1
    return Span(span.start + at, span.start + at + len(name)) if at >= 0 else None


def _who(value: str) -> tuple[str, str]:
    """(name, address) of a From field's value or of the words of an attribution."""
    found = ADDRESS.search(value)
    name = re.sub(r"[<\[(]\s*(?:mailto:)?[^<>\])]*@[^<>\])]*[>\])]?|mailto:\S+", " ", value)
    name = re.sub(r"[(<\[]\s*[)>\]]| via .*", " ", ADDRESS.sub(" ", name))
    return " ".join(name.split()).strip(" \"'<>,;:*"), found[0] if found else ""


def _named(words: str, verb: re.Match[str]) -> str:
    """The part of an attribution that names the sender."""
    german = verb[0].lower() in ("schrieb", "schreef", "skrev")
    after = words[verb.end() :].strip(" :*_-")
    if german and after and not re.match(r"(?:on|am|op)\b", after, re.IGNORECASE):
        return after
    before = words[: verb.start()].strip(" ,")
    if before.lower().startswith("in a message dated"):
        return " ".join(ADDRESS.findall(before))
    # Dates and times end with a figure or an a.m./p.m. mark or a zone: the name is what follows the last of them.
    for piece in re.finditer(r"(?:\d{1,4}|\b[ap]\.?m\.?|\b[A-Z]{2,4}T?|[+-]\d{4}|\))[,;]? +(?=[^\d\s])", before):
        tail = before[piece.end() :]
        if tail[0] in "+-(":
            continue
        if not re.search(r"\d{1,2}:\d\d|\b(?:19|20)\d\d\b", re.sub(r"<[^>]*>|\S+@\S+", "", tail)) and not re.match(
            r"(?:at|um|à|a las|om|kl|de|of|[apAP]\.?[mM]\.?\b|[A-Z]{3,4}\b,)", tail
        ):
            return tail
    return re.sub(r"^[-*_ ]*(?:on|le|am|el|il|op|den|em|på)\b", "", before, flags=re.IGNORECASE)


def moment(text: str) -> datetime | None:
    """The day and time in the words of a mail's head, without an offset."""
    flat = re.sub(r"\bde (?=[a-z]|\d{4})", "", " ".join(flatten(text).split()))
    # A weekday before "3 mars" may look like a month.
    weekday = r"\b(?:lun|mar|mer|mié|jeu|jue|gio|ven|vie|sam|sáb|sab|dim|dom)\.? (?=\d\d? [^\W\d_])"
    flat = re.sub(weekday, "", flat, flags=re.IGNORECASE)
    flat = re.sub(r"[^\W\d_]{3,9}", lambda word: _MONTHS.get(word[0].lower(), word[0]), flat)
    day = next((found for _, found in dates(flat, None)), None)
    if day is None and (numeric := re.search(_NUMERIC, flat)):
        a, b, c = (int(numeric[k]) for k in (1, 3, 4))
        year, month, number = (a, b, c) if a > 31 else (c + 2000 if c < 100 else c, a, b)
        if month > 12:
            month, number = number, month
        try:
            day = date(year, month, number)
        except ValueError:
            day = None
    if day is None:
        from email.utils import parsedate_to_datetime  # costs 10 ms and is seldom needed

        try:
            return parsedate_to_datetime(flat).replace(tzinfo=None)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    clock = re.search(_CLOCK, re.sub(r"\b\d{1,4}([/.-])\d{1,2}\1\d{2,4}\b", " ", flat), re.IGNORECASE)
    if not clock:
        return datetime.combine(day, time())
    hour, minute = int(clock[1]), int(clock[2])
    half = (clock[3] or "").lower()[:1]
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return datetime.combine(day, time(hour, minute)) if hour < 24 and minute < 60 else datetime.combine(day, time())


def _is_writer(draft: Draft, mail: Mail) -> bool:
    """Was the mail written by the one who signs the draft?"""
    own = draft.source.headers.sender
    addresses = {span.of(draft.text).lower() for span in draft.contact}
    if mail.address and (mail.address.lower() in own.lower() or mail.address.lower() in addresses):
        return True
    names = {word.lower() for name in (draft.name.of(draft.text), own.partition("<")[0]) for word in _name_words(name)}
    theirs = {word.lower() for word in _name_words(mail.sender)}
    return bool(theirs) and bool(names) and (theirs <= names or (len(names) > 1 and names <= theirs))


def _name_words(name: str) -> list[str]:
    _, given, middle, family = parse_name(name)
    return f"{given} {middle} {family}".split()


def _promised(text: str, mail: Mail) -> date | None:
    if not mail.body:
        return None
    today = mail.when.date() if mail.when else None
    # The quotation marks stand between the lines of one sentence: put the words together without them.
    joined = ""
    for span in mail.body:
        joined += ("\n" if joined.rstrip().endswith((".", "!", "?", ":")) else " ") + span.of(text)
    for sentence in sentences(joined, [Span(0, len(joined))]):
        words = sentence.of(joined)
        if not re.search(_PROMISE, words, re.IGNORECASE):
            continue
        for span, day in dates(words, today):
            if re.search(_BY, words[: span.start], re.IGNORECASE) and (today is None or day >= today):
                return day
    return None


def _signature(text: str, body: tuple[Span, ...]) -> Span | None:
    """The name that ends a quoted mail, on its own line or after a farewell in the last one."""
    for span in reversed(body[-6:]):
        flat = flatten(span.of(text))
        name = leading_name(flat) if len(body) > 1 else None
        if name and not is_prose(flat) and not flat[name[1] :].strip(" .,!"):
            return Span(span.start + name[0], span.start + name[1])
        last = re.search(r"(?:[.!?] |, |[.!?] (?:best|thanks|regards|greetings|"
            r"cheers)[a-z ]*[, ]+)([^\W\d_][\w'-]*(?: [^\W\d_][\w'.-]*){0,2})[.]?$", flat, re.I)
        if last and (name := leading_name(last[1])) and name == (0, len(last[1])):
            return Span(span.start + last.start(1), span.start + last.end(1))
    return None


def _first_name_alone(text: str, mail: Mail) -> bool | None:
    if mail.signed is None:
        return None
    return len(mail.signed.of(text).split()) == 1
