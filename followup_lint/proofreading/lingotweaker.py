"""LingoTweaker: LanguageTool's English rules without Java (the extra ``deep``; LGPL-2.1+, Linux x86-64 alone)."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from importlib import metadata
from importlib.util import find_spec
from typing import Any

from .adapter import EngineFailedError, EngineMissingError, Hit

_MARKUP = re.compile(r"</?suggestion>")
# The filter behind these rules panics on tokens such as a@b.com-555, and prints the text when it does.
_OFF = ["MULTITOKEN_SPELLING"]
_SPELLING = ["MORFOLOGIK_RULE_EN_US"]  # our own word lists judge that, and it is slow


class LingoTweaker:
    """One engine for all threads: it never changes once built. Building takes 1.3 s, in which no other thread runs.

    There is one for both dialects: it says of a British word that it is British, and the filter knows it anyway.
    """

    def __init__(self) -> None:
        if find_spec("lt_py") is None or find_spec("lingotweaker_data_en") is None:
            raise EngineMissingError("typo engine lingotweaker: not installed; try: pip install 'followup-lint[deep]'")
        self.label = f"lingotweaker {metadata.version('lingotweaker')}"
        self._lock = threading.Lock()
        self._engine: Any = None

    def start(self) -> None:
        """Compile the rules."""
        with self._lock:
            if self._engine is None:
                import lt_py

                self._engine = lt_py.Engine("en-US", disabled_categories=_OFF, disabled_rules=_SPELLING)

    def hits(self, text: str, british: bool, seconds: float) -> Iterable[Hit]:
        """All it says about *text* (bounded by its size: some 0.5 s for 3,000 characters, 5 s at the very worst)."""
        self.start()
        try:
            found = self._engine.check(text)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as failure:  # the panic of a Rust library is no Exception
            raise EngineFailedError(f"lingotweaker failed on a paragraph ({type(failure).__name__})") from None
        place = None if text.isascii() else byte_offsets(text)
        for one in found:
            start, end = one["offset"], one["offset"] + one["length"]
            if place is not None:
                start, end = place.get(start, -1), place.get(end, -1)
            if 0 <= start <= end:  # an offset inside a character is a mistake of the engine's
                yield Hit(start, end, one["rule_id"], plain(one["message"]), replacements(one["suggestions"]))

    def close(self) -> None:
        """Nothing to give back."""


def byte_offsets(text: str) -> dict[int, int]:
    """Where the code points of *text* begin in UTF-8 -> their index."""
    found, at = {}, 0
    for index, char in enumerate(text):
        found[at] = index
        at += len(char.encode("utf-8"))
    found[at] = len(text)
    return found


def plain(message: str) -> str:
    """A message of LanguageTool's with quotation marks for its markup."""
    return _MARKUP.sub("“", message.replace("</suggestion>", "”"))


def replacements(offered: Sequence[str]) -> tuple[str, ...]:
    """At most ten replacements; LanguageTool may send hundreds."""
    return tuple(offered[:10])
