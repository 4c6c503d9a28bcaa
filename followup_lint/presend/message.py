"""A mail on its way out, as far as the check needs to know it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from email.utils import getaddresses

from ..model import Source
from ..parsing import load

READ_BYTES = 1_000_000
"""How much of a mail is read, in bytes: a letter's words stand before its attachments."""
LETTER = 10_000
"""How much of its text is read, in characters: five times the longest follow-up, and what a second suffices for."""

# No word and hardly a web address is longer, in characters; the time to read one grows with its square.
_LONGEST_WORD = 2000

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")
_IDS = re.compile(r"<[^<>\s]+>")
_BULK = ("list-id", "list-post", "list-unsubscribe", "list-help", "feedback-id", "resent-from", "resent-message-id")
_SEALED = ("multipart/report", "multipart/encrypted", "application/pkcs7-mime", "text/calendar")
_INVITATION = re.compile(rb"^content-type:\s*text/calendar\b(?:.|\r?\n[ \t])*?\bmethod=", re.IGNORECASE | re.MULTILINE)
_PATCH = re.compile(r"^(?:diff --git a/|@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mail:
    """One message: addresses are lower case and sorted, ``answers`` are the Message-IDs of the mails before it.

    ``personal`` is False for what no person writes to one reader: lists, bulk, automatic replies, bounces,
    invitations, patches, resent mail, sealed mail that cannot be read, and what holds no words.
    """

    source: Source
    message_id: str
    recipients: tuple[str, ...]
    subject: str
    answers: tuple[str, ...]
    personal: bool


def read_mail(data: bytes, recipients: Sequence[str] = ()) -> Mail:
    """The mail in *data* (CRLF or LF line ends); *recipients* are those of the envelope.

    Raises UnreadableError for what is no text.
    """
    start = data[:READ_BYTES]
    source = load(start, "your mail", "eml")
    source = replace(source, text=source.text[:LETTER])
    fields = _fields(start)
    written = getaddresses([fields[name] for name in ("to", "cc", "bcc") if name in fields])
    return Mail(
        source=source,
        message_id=source.headers.message_id,
        recipients=_addresses([*recipients, *(address for _, address in written)]),
        subject=source.text.partition("\n")[0].removeprefix("Subject: ") if "subject" in fields else "",
        answers=tuple(_IDS.findall(fields.get("in-reply-to", "") + fields.get("references", ""))),
        personal=not (
            _is_automatic(fields) or _INVITATION.search(start) or _PATCH.search(source.text)
            or any(len(word) > _LONGEST_WORD for word in source.text.split())
        ),
    )


def _fields(data: bytes) -> Mapping[str, str]:
    """The head's fields by lower-case name, unfolded; the last of a name counts."""
    fields: dict[str, str] = {}
    name = ""
    for line in data[: 2 * 65_536].splitlines():
        if not line.strip():
            break
        if line[:1] in b" \t":
            if name:
                fields[name] += " " + line.strip().decode("utf-8", "replace")
        elif found := _FIELD.match(line):
            name = found[1].decode("ascii").lower()
            fields[name] = line[found.end() :].strip().decode("utf-8", "replace")
        else:
            name = ""
    return fields


def _addresses(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({one.strip("<> ").lower() for one in given if "@" in one}))


def _is_automatic(fields: Mapping[str, str]) -> bool:
    kind = fields.get("content-type", "").partition(";")[0].strip().lower()
    return (
        any(name in fields for name in _BULK)
        or fields.get("precedence", "").lower() in ("bulk", "list", "junk")
        or fields.get("auto-submitted", "no").partition(";")[0].strip().lower() != "no"
        or kind in _SEALED
    )
