"""A mail message as bytes -> its subject, its head and the text that its writer typed; never raises for any bytes.

The standard library takes the message apart; what it trips over (raw 8-bit headers, broken encoded words, unknown
character sets, missing boundaries) is done here, and it does not unfold flowed text.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parsedate_to_datetime
from typing import TypeVar

from ..model import Headers
from .decode import wide, windows
from .html import plain

_T = TypeVar("_T")

_FIELD = re.compile(rb"[!-9;-~]{1,100}[ \t]*:")
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bq])\?([^?]*)\?=", re.IGNORECASE)
_SHOWN = ("text/plain", "text/html", "multipart/")
_BOUNDARY = re.compile(rb"\s*--([^\s]{1,200})[ \t]*\r?\n", re.ASCII)


def message(data: bytes) -> tuple[str | None, str, Headers, tuple[str, ...]]:
    """The subject (None without one), the body's text with ``\\n`` line ends, the head, and notices."""
    if encoding := wide(data):
        data = data.decode(encoding, "replace").encode("utf-8")
    notices: list[str] = []
    data = _mended(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t "), notices)
    mail = _attempt(lambda: BytesParser(policy=compat32).parsebytes(data), Message())
    fields: dict[str, str] = {}
    for name, value in mail.raw_items():
        text = _unfolded(str(value))
        key = name.strip().lower()
        if key in ("to", "cc") and fields.get(key):
            fields[key] += ", " + text
        else:
            fields.setdefault(key, text)
    parts = [text for text in (_text(part, notices) for part in _chosen(mail)) if text.strip()]
    headers = Headers(
        sender=fields.get("from", "").strip(),
        recipients=tuple(_addresses(", ".join(filter(None, (fields.get("to"), fields.get("cc")))))),
        date=_moment(fields.get("date", "")),
        message_id=fields.get("message-id", "").strip(),
    )
    subject = fields["subject"].strip() if "subject" in fields else None
    return subject, "\n\n".join(part.strip("\n") for part in parts), headers, tuple(dict.fromkeys(notices))


def _mended(data: bytes, notices: list[str]) -> bytes:
    """The message with a head that the standard library reads: junk lines among the fields would end it."""
    data = re.sub(rb"\AFrom (?![ \t]*:)[^\n]*\n", b"", data)
    lines = data.split(b"\n", 1000)
    end = next((index for index, line in enumerate(lines) if not line.strip()), len(lines))
    fields = [index for index, line in enumerate(lines[:end]) if _FIELD.match(line)]
    if not fields or fields[0] != 0:
        return b"\n" + data
    kept = []
    for index, line in enumerate(lines[:end]):
        if _FIELD.match(line):
            kept.append(re.sub(rb"\A([!-9;-~]+)[ \t]+:", rb"\1:", line))
        elif line[:1] in b" \t":
            kept.append(line)
        elif index < fields[-1]:
            notices.append("a line in the message's head is no header and was left out")
        else:
            # The head ends without its blank line: what follows is the body.
            return b"\n".join([*kept, b"", *lines[index:]])
    return b"\n".join([*kept, b"", *lines[end + 1 :]])


def _attempt(action: Callable[[], _T], otherwise: _T) -> _T:
    """The standard library's mail code fails on hostile input with errors of many kinds; none may get out."""
    try:
        return action()
    except Exception:
        return otherwise


def _unfolded(raw: str) -> str:
    """A header's value as the reader sees it: unfolded, raw bytes and encoded words decoded, no control characters."""
    text = _eight_bit(re.sub(r"\r?\n|\r", "", raw))
    text = re.sub(r"(\?=)\s+(?==\?)", r"\1", text)
    out, end, waiting, charset = [], 0, b"", ""
    for found in _WORD.finditer(text):
        between = text[end : found.start()]
        if waiting and (between or found[1].lower() != charset):
            out.append(_decoded(waiting, charset))
            waiting = b""
        out.append(between)
        charset, end = found[1].lower(), found.end()
        # A character may be cut in two by the end of an encoded word: join the bytes before decoding.
        waiting += _unpacked(found[2].lower(), found[3])
    out.append(_decoded(waiting, charset))
    out.append(text[end:])
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]", "", "".join(out))


def _unpacked(encoding: str, content: str) -> bytes:
    raw = content.encode("utf-8", "replace")
    if encoding == "q":
        return quopri.decodestring(raw.replace(b"_", b"=20"))
    raw = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    raw = raw[: len(raw) - 1] if len(raw) % 4 == 1 else raw
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except binascii.Error:
        return content.encode("utf-8", "replace")


def _eight_bit(raw: str) -> str:
    """Bytes that the parser carried through as surrogates, decoded."""
    data = raw.encode("utf-8", "surrogateescape") if _attempt(lambda: raw.encode("utf-8"), b"") == b"" and raw else b""
    return _decoded(data, "") if data else raw


def _decoded(data: bytes, charset: str) -> str:
    """*data* in the charset it claims, unless that is unknown or the claim is the idle default of a mail program."""
    claimed = re.sub(r"[^\w.:-]", "", charset.partition("*")[0]).lower()
    idle = claimed in ("", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "unknown-8bit", "utf-8", "utf8")
    if not idle:
        try:
            return data.decode(claimed)
        except (LookupError, ValueError):
            pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return windows(data)


def _moment(value: str) -> datetime | None:
    return _attempt(lambda: parsedate_to_datetime(value), None) if value.strip() else None


def _addresses(value: str) -> Iterator[str]:
    """The addresses of a To or Cc header as written: split at commas outside quotation marks and brackets."""
    depth, quoted, start = 0, False, 0
    for index, char in enumerate(value + ","):
        if char == '"':
            quoted = not quoted
        elif char == "<" and not quoted:
            depth = 1
        elif char == ">" and not quoted:
            depth = 0
        elif (char in ",;" and not quoted and not depth) or index == len(value):
            one = value[start:index].strip()
            start = index + 1
            if one and not one.endswith(":"):
                yield one.rpartition(":")[2].strip() if re.match(r"[\w -]+:[^/]", one) else one


def _chosen(mail: Message) -> Iterator[Message]:
    """The parts that are the writer's text: of alternatives the plain one, no attachment, no attached message."""
    # A stack of our own: a message may nest deeper than Python's.
    stack = [_with_boundary(mail)]
    while stack:
        part = stack.pop()
        kind = _attempt(part.get_content_type, "text/plain")
        held = part.get_payload()
        if kind == "message/rfc822" or _attempt(part.get_content_disposition, None) == "attachment":
            continue
        if isinstance(held, list):
            inner = [one for one in held if isinstance(one, Message)]
            if kind == "multipart/alternative":
                plain_first = sorted(inner, key=lambda one: _attempt(one.get_content_type, "") != "text/plain")
                inner = next(([one] for one in plain_first if _has_text(one)), inner[:1])
            elif kind == "multipart/related":
                inner = inner[:1]
            stack.extend(reversed(inner))
        elif part is mail or (kind.startswith(_SHOWN) and not _attempt(part.get_filename, None)):
            yield part


def _has_text(part: Message) -> bool:
    held = part.get_payload()
    return bool(held.strip()) if isinstance(held, str) else bool(held)


def _with_boundary(mail: Message) -> Message:
    """A multipart message that forgot to name its boundary, read again with the one that its body shows."""
    held = mail.get_payload()
    if not isinstance(held, str) or not _attempt(mail.get_content_type, "").startswith("multipart/"):
        return mail
    data = held.encode("utf-8", "surrogateescape") if _attempt(lambda: held.isprintable(), True) is not None else b""
    found = _BOUNDARY.match(data)
    if not found:
        return mail
    boundary = found[1].decode("ascii", "replace").replace('"', "")
    again = b'Content-Type: multipart/mixed; boundary="' + boundary.encode("ascii", "replace") + b'"\n\n' + data
    return _attempt(lambda: BytesParser(policy=compat32).parsebytes(again), mail)


def _text(part: Message, notices: list[str]) -> str:
    raw: object = _attempt(lambda: part.get_payload(decode=True), None)
    if not isinstance(raw, bytes):
        held = part.get_payload()
        raw = held.encode("utf-8", "surrogateescape") if isinstance(held, str) else b""
    charset = _attempt(lambda: str(part.get_param("charset") or ""), "")
    text = _decoded(raw, charset).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if charset and _attempt(lambda: bool(b"".decode(charset.strip("\"';, ")) or True), False) is False:
        notices.append("the message names an unknown character set: read as UTF-8 or Windows-1252")
    if _attempt(part.get_content_type, "") == "text/html":
        return plain(text)
    if _attempt(lambda: str(part.get_param("format")), "").lower() == "flowed":
        return _flowed(text, _attempt(lambda: str(part.get_param("delsp")), "").lower() == "yes")
    return text


def _flowed(text: str, delsp: bool) -> str:
    """Flowed text (RFC 3676) with each paragraph on one line, per depth of quotation."""
    out: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        if flows and delsp:
            content = content[:-1]
        if open_depth == depth and content != "-- ":
            out[-1] += content
        else:
            out.append(">" * depth + (" " if depth else "") + content)
        open_depth = depth if flows else -1
    return "\n".join(out)
