"""Bytes -> Source -> Draft: formats, encodings, sections, sentences, people, dates and the thread below a letter.

Every span points into ``Source.text``. Nothing here raises for any text; ``load`` alone refuses what is no text.
"""

from .dates import dates
from .decode import MAX_BYTES, UnreadableError
from .people import Person, people, person
from .sections import parse
from .sentences import sentences
from .source import compose, from_text, load
from .thread import Thread, thread

__all__ = [
    "MAX_BYTES", "Person", "Thread", "UnreadableError", "compose", "dates", "from_text", "load", "parse", "people",
    "person",
    "sentences",
    "thread",
]
