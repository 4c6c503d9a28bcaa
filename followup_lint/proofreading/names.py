"""Which words of a letter are names or the writer's own terms, by where and how they stand.

Nobody's name is ever a slip.  What the letter itself shows (greeting, signature, addresses, quoted mail, capitals
inside a sentence) tells more than any list of names.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..model import Context, Draft, SectionKind

WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*(?:['’ʼ](?:[^\W\d_]|[\u0300-\u036f])+)*")
_POSSESSIVE = re.compile(r"'s?$")
_LIST_NUMBER = re.compile(r"(?:^|\s)\(?\w{1,2}[.)]$")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Mx|Dr|Prof|Rev|Fr|Sr|Jr|St|Mt|Ft|Hon|Gen|Capt|Lt|Col|Sgt|Messrs|vs|No|approx|dept|e\.g|i\.e)\.$",
    re.IGNORECASE,
)


def folded(word: str) -> str:
    """The form in which words are compared: composed, small letters, straight apostrophe."""
    return unicodedata.normalize("NFC", word).replace("’", "'").replace("ʼ", "'").lower()


def without_accents(word: str) -> str:
    """The word with its accents gone: people write Zsofia for Zsófia."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def without_possessive(word: str) -> str:
    """Anna for Anna's and James for James' (the word is folded)."""
    return _POSSESSIVE.sub("", word)


def opens_sentence(text: str, start: int) -> bool:
    """Could the capital at *start* be there because a sentence, a line or a quotation begins?"""
    before = text[max(0, start - 40) : start].rstrip(" \"'([{“‘«")
    if not before:
        return True
    if _LIST_NUMBER.search(before[-6:]) or _ABBREVIATION.search(before[-10:]):
        return False
    return before[-1] in ".?!:;…•*-–—\n>"


@dataclass(frozen=True, slots=True)
class Names:
    """What one draft tells about its words; every word is folded.

    ``known``: words of the facts, the headers, the greeting, the signature and capitals in quoted mail.
    ``capitals``: words that stand with a capital inside a sentence somewhere. ``counts``: how often each word stands
    in the letter.
    """

    known: frozenset[str]
    capitals: frozenset[str]
    counts: Counter[str]

    def knows(self, word: str) -> bool:
        """Is the folded *word*, or each part of it, somebody's or something's known name?"""
        base = without_possessive(word)
        return base in self.known or word in self.known or (
            "-" in base and all(part in self.known for part in base.split("-") if part)
        )


def names(draft: Draft, context: Context) -> Names:
    """What the draft and the facts tell about its words."""
    text = draft.text
    headers = draft.source.headers
    given = [
        context.role, context.company, *context.interviewer, *context.topics, *context.known_words,
        headers.sender, *headers.recipients, draft.name.of(text), *(span.of(text) for span in draft.contact),
    ]
    for kind in (SectionKind.HEADER, SectionKind.SALUTATION):
        given += [span.of(text) for span in draft.section(kind).spans]
    off = draft.signoff
    signed = [
        part for span in draft.section(SectionKind.CLOSING).spans
        for part in (text[span.start : max(span.start, off.start)], text[max(span.start, off.end) : span.end])
    ]
    signed += [span.of(text) for span in draft.section(SectionKind.QUOTED).spans]
    known = set(_forms(WORD.findall("\n".join(given))))
    known.update(_forms(word for word in WORD.findall("\n".join(signed)) if word[0].isupper()))
    capitals: set[str] = set()
    counts: Counter[str] = Counter()
    for span in draft.letter:
        for found in WORD.finditer(text, span.start, span.end):
            base = without_possessive(folded(found[0]))
            counts[base] += 1
            before = text[max(span.start, found.start() - 40) : found.start()]
            if found[0][0].isupper() and not opens_sentence(before, len(before)):
                capitals.add(base)
    return Names(frozenset(known), frozenset(capitals), counts)


def _forms(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        whole = folded(word)
        for form in (whole, without_possessive(whole)):
            yield form
            yield without_accents(form)
