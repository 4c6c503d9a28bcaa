"""Which country's norms a letter follows, by its spelling."""

from __future__ import annotations

import re

from ..language import Lexicon

_WORD = re.compile(r"[a-z]+")


def region_of(text: str, lexicon: Lexicon) -> str:
    """``uk`` or ``us`` where only the one's spellings stand in the letter, else empty (no profile)."""
    words = set(_WORD.findall(text.lower()))
    british = bool(words & lexicon.words("british-spelling"))
    american = bool(words & lexicon.words("american-spelling"))
    return "uk" if british and not american else "us" if american and not british else ""
