"""Telephone numbers, e-mail addresses and links, in the layouts that people write."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Span

EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")

_TLD = (
    "com|org|net|edu|gov|info|biz|io|dev|me|co|ai|app|tech|design|page|site|online|blog|work|works|xyz|name|pro|"
    "eu|uk|us|"
    "ca|au|nz|ie|in|za|de|fr|es|it|nl|be|ch|at|se|no|dk|fi|pl|pt|br|mx|cl|ar|jp|cn|kr|sg|hk|ph|ke|ng|gh|ae|scot|"
    "wales|"
    "example|test"
)
_LINK = re.compile(
    r"https?://[^\s<>()\"]{1,300}"
    r"|www\.[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?:/[^\s<>()\"]{0,200})?"
    rf"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,4}}(?:{_TLD})\b(?![\w@-]|\.\w)(?:/[^\s<>()\"|]{{0,200}})?",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w@/.-])(?:\+|00)?\(?\d(?:[ .()/–-]{0,3}\d){6,14}(?:\s?(?:x|ext\.?|extension)\s?\d{1,6})?(?![\w@]|[-/]\d)"
    r"|(?<!\w)(?:ext\.?|extension|x)\s?\d[\d-]{2,6}(?!\w)"
    r"|(?<![\w-])1?-?8\d\d-[A-Z0-9]{3}-?[A-Z0-9]{4}(?!\w)",
    re.IGNORECASE,
)
# Runs of digits that are no telephone number: days, spans of years, American postal codes.
_NO_PHONE = re.compile(
    r"\d{4}[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./](?:\d{4}|\d\d)|(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d|\d{5}-\d{4}"
)


def contacts(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The contacts in ``text[start:end]``, in order, not overlapping."""
    end = len(text) if end is None else end
    found: list[Span] = []
    for pattern in (EMAIL, _LINK, _PHONE):
        for match in pattern.finditer(text, start, end):
            written = match[0].rstrip(".,;:!?'\"")
            if pattern is _PHONE and _NO_PHONE.fullmatch(written):
                continue
            span = Span(match.start(), match.start() + len(written))
            if span and not any(span.overlaps(other) for other in found[-40:]):
                found.append(span)
    yield from sorted(found)
