"""Bytes or text -> Source."""

from __future__ import annotations

from pathlib import PurePath

from ..model import Format, Source
from .decode import check, decode, looks_like_mail

_SUFFIXES: dict[str, Format] = {
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".eml": "eml", ".html": "html", ".htm": "html",
}  # fmt: skip


def load(data: bytes, name: str, format: Format | None = None) -> Source:  # noqa: A002
    """The draft in *data*; without *format* it is told by the suffix of *name*, or by a real mail head at the start.

    Text is UTF-8, UTF-16 with a byte order mark, or else Windows-1252 (with a notice); the byte order mark is not part
    of the text, line ends stay as they are. Raises UnreadableError for what is larger than MAX_BYTES or no text.
    """
    check(data)
    form = format or _SUFFIXES.get(PurePath(name).suffix.lower())
    if form is None:
        form = "eml" if looks_like_mail(data[:20_000].decode("utf-8", "replace").lstrip("\ufeff")) else "txt"
    if form == "eml":
        from .mime import message  # 25 ms that a plain text need not wait for

        subject, body, headers, notices = message(data)
        return Source(_with_subject(subject, body), name, form, headers, notices)
    text, notices = decode(data)
    return Source(_page(text) if form == "html" else text, name, form, notices=notices)


def from_text(text: str, name: str = "<string>", format: Format = "txt") -> Source:  # noqa: A002
    """*text* as it is; for ``html`` the text of the page, for ``eml`` that of the message."""
    if format == "eml":
        from .mime import message

        subject, body, headers, notices = message(text.encode("utf-8", "surrogatepass"))
        return Source(_with_subject(subject, body), name, format, headers, notices)
    return Source(_page(text) if format == "html" else text, name, format)


def _with_subject(subject: str | None, body: str) -> str:
    return body if subject is None else f"Subject: {subject}\n\n{body}"


def _page(text: str) -> str:
    from .html import plain

    return plain(text)


def compose(subject: str, body: str, name: str = "<string>") -> Source:
    """A draft whose subject is a field of its own: the text is ``Subject: …``, an empty line and the body."""
    return Source(f"Subject: {subject}\n\n{body}", name)
