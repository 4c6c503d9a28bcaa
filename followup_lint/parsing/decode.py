"""Bytes to text: which encoding, what is no text at all, and what is a mail message."""

from __future__ import annotations

import re

MAX_BYTES = 10_000_000
"""The largest draft that is read, in bytes."""


class UnreadableError(ValueError):
    """The bytes are no draft: one line saying why, without the file's name."""


_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_FORMATS = (
    (b"%PDF-", "a PDF file; save the draft as plain text"),
    (b"PK\x03\x04", "a word processor's file or an archive; save the draft as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old word processor's file; save the draft as plain text"),
    (b"{\\rtf", "a rich text file; save the draft as plain text"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

_HEAD_NAMES = re.compile(
    r"(?im)^(?:from|to|cc|bcc|subject|date|message-id|mime-version|received|return-path|delivered-to|reply-to|sender|"
    r"content-type|content-transfer-encoding|user-agent|in-reply-to|references|dkim-signature|x-[\w-]+)[ \t]*:"
)


def check(data: bytes) -> None:
    """Raises UnreadableError for what is too large or not text."""
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"too large: {len(data):,} bytes, the limit is {MAX_BYTES:,}")
    for magic, what in _FORMATS:
        if data.startswith(magic):
            raise UnreadableError(what)
    if wide(data):
        return
    if b"\0" in data:
        raise UnreadableError("binary: it holds NUL bytes")
    if 10 * len(_CONTROLS.findall(data)) > len(data):
        raise UnreadableError("binary: more than a tenth of it are control characters")


def wide(data: bytes) -> str:
    """The name of the two- or four-byte encoding that a byte order mark announces, or the empty string."""
    return next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "")


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text without its byte order mark, and what had to be guessed."""
    encoding = wide(data)
    if encoding:
        try:
            return data.decode(encoding), ()
        except UnicodeDecodeError:
            raise UnreadableError(f"announced as {encoding.upper()} but not valid in it") from None
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return windows(data), ("not UTF-8: read as Windows-1252",)


def windows(data: bytes) -> str:
    """*data* as Windows-1252, its five unassigned bytes as the control characters of Latin-1; never fails."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(_byte(one) for one in data)


def _byte(value: int) -> str:
    try:
        return bytes((value,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(value)


def looks_like_mail(text: str) -> bool:
    """Does *text* begin with the head of a real message, which no one would type above a draft?"""
    head = re.split(r"\r?\n[ \t]*\r?\n", text[:20_000].lstrip(), maxsplit=1)[0]
    head = re.sub(r"\AFrom (?![ \t]*:)[^\n]*\n", "", head)
    names = {name.lower().rstrip(" \t:") for name in _HEAD_NAMES.findall(head)}
    if not _HEAD_NAMES.match(head) or not names & {"from", "to", "subject"}:
        return False
    typed = {"from", "to", "cc", "bcc", "subject", "date", "sender", "reply-to", "references"}
    return bool(names - typed)
