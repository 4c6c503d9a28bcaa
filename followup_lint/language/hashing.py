"""Numbers for words, the same on every machine: what the learned models look their weights up by."""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

MASK = 0xFFFFFFFF


@lru_cache(maxsize=4096)
def word_number(word: str) -> int:
    """A word's number; all numbers are one word."""
    return crc32(b"#" if any(c.isdigit() for c in word) else word.encode("utf-8", "replace"))


def place(value: int, salt: int) -> int:
    """A well-mixed 32-bit number for *value*, another for every *salt*."""
    value = (value + salt * 0x632BE5AB) & MASK
    value = ((value ^ (value >> 15)) * 0x2C1B3C6D) & MASK
    return value ^ (value >> 12)
