"""From a sentence of source text to words that patterns can match, each with its place in the source.

Two views of one sentence: *plain* (case, curly quotes, wraps and hyphens folded away) and *folded* (contractions and
text-speak opened as well, and slips mended), so that "I havent herd" is matched by a line that says "have not heard".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..model import SectionKind, Span

# What stands in both views for a link, an e-mail address or a handle: no pattern reads the words inside one.
ADDRESS = "@"
# A link with its scheme, with www or with a path; an address; a handle. The path of "Node.js/React" is none.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>()\"“”]{1,300}"
    r"|[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|(?<![\w@.])@[^\W\d_]\w{1,63}(?:[.-]\w{1,63})*"
    r"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}(?!(?:js|ts|py|rs|rb|cs|net|go)/)[a-z]{2,8}/[^\s<>()\"“”|]{1,200}"
)
# Names such as B2B, Q3 and 2U; letters with combining marks and the invisible characters that editors leave inside
# words; numbers with units.
_TOKEN = re.compile(
    r"[^\W\d_]{1,20}\d[^\W_]*|\d+[A-Z](?![^\W_])"
    r"|[^\W\d_][^\W\d_\u0300-\u036f\u00ad\u200b-\u200d]*[\u0300-\u036f\u00ad\u200b-\u200d]*"
    r"(?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b-\u200d])*(?:['’ʼ`´](?:[^\W\d_]|[\u0300-\u036f])+)*"
    r"|\d++(?:[.,:/]\d++)*+(?:st|nd|rd|th|am|pm|k|h)?+(?![^\W\d_])|\d+"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d]")
_APOSTROPHES = str.maketrans("’ʼ`´", "''''")
# Participles without -ed, and "better", before which 'd stands for "had".
_PAST = frozenset(
    "been begun better brought built chosen done driven fallen felt forgotten found given gone got gotten grown had "
    "heard kept known left lost made met paid said seen sent shown spent spoken stood taken taught thought told "
    "understood written".split()
)
# What looks like a plural: after "these" or "the" few other words do (patterns bar them: {singular-s}).
_PLURAL = re.compile(r"[^\W\d_]{2,}[^\Wius\d_]s")
# Endings that are opened where no table entry says otherwise.
_ENDINGS = (("n't", ("not",)), ("'re", ("are",)), ("'ve", ("have",)), ("'ll", ("will",)), ("'d", ("would",)),
            ("'m", ("am",)), ("'s", ("'s",)))


@dataclass(frozen=True, slots=True)
class Folding:
    """How words are opened: ``don't``, ``dont`` and ``u`` to the words they stand for (rules/words/opened.txt)."""

    opened: Mapping[str, tuple[str, ...]]

    def open(self, word: str, after: str = "") -> tuple[str, ...]:
        """The words that a lower-case word with straight apostrophes stands for, before the word *after*.

        "You'd hoped" is "you had hoped": before a participle 'd stands for "had", else for "would".
        """
        if word.endswith("'d") and _is_past(after):
            return (word.removesuffix("'d"), "had")
        known = self.opened.get(word)
        if known:
            return known
        if "'" in word:
            for ending, words in _ENDINGS:
                if word.endswith(ending) and len(word) > len(ending):
                    return (word[: -len(ending)], *words)
        return (word,)


@dataclass(frozen=True, slots=True)
class View:
    """Words with their source places; ``gaps[i]`` is the source text before word i, the last one the text after all.

    ``places`` are (start, end) pairs; ``computed`` maps a class such as ``date`` to {first word: words after last};
    ``bits`` gives by word the places where it stands, one bit each.
    """

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    gaps: tuple[str, ...]
    vocabulary: frozenset[str]
    bits: Mapping[str, int]
    computed: Mapping[str, Mapping[int, tuple[int, ...]]] = field(default_factory=dict)
    # Memos, no state: classes of words and choices are shared by many lines. A choice is known by its identity, and
    # kept beside its answer so that no other can take it.
    ways: dict[int, tuple[Any, Any]] = field(default_factory=dict, compare=False, repr=False)
    _known: dict[frozenset[str], int] = field(default_factory=dict, compare=False, repr=False)

    def places_of(self, words: frozenset[str]) -> int:
        """Where any of *words* stands, one bit for each place."""
        known = self._known.get(words)
        if known is None:
            known = 0
            for word in words & self.vocabulary:
                known |= self.bits[word]
            self._known[words] = known
        return known

    def span(self, first: int, end: int) -> Span:
        """The source span of words first … end - 1; for an empty stretch the place where it stands."""
        if first >= end:
            at = self.places[first - 1][1] if first else (self.places[0][0] if self.places else 0)
            return Span(at, at)
        return Span(self.places[first][0], max(self.places[end - 1][1], self.places[first][0]))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the letter, in both views."""

    span: Span
    section: SectionKind
    plain: View
    folded: View


def fold(
    text: str,
    span: Span,
    section: SectionKind,
    folding: Folding,
    *,
    mends: Mapping[tuple[int, int], str] | None = None,
    classes: Mapping[str, tuple[tuple[int, int], ...]] | None = None,
) -> Sentence:
    """Fold one sentence.

    *mends* maps the source place of a misspelt word to what stands in for it in the folded view; *classes* maps a
    computed class to the source places of its members.
    """
    tokens = _tokens(text, span)
    plain = [(start, end, word) for start, end, word in tokens]
    folded = [
        (start, end, part)
        for (start, end, word), after in zip(tokens, [*(w for _, _, w in tokens[1:]), ""], strict=False)
        for whole in _mended(mends, start, end, word)
        for part in folding.open(whole, after)
    ]
    return Sentence(span, section, _view(text, span, plain, classes), _view(text, span, folded, classes))


def _tokens(text: str, span: Span) -> list[tuple[int, int, str]]:
    """The words of the sentence with their places, a link, an address or a handle as one of them."""
    stretches = _addresses(text, span)
    words = [(m.start(), m.end(), _lower(m.group())) for m in _TOKEN.finditer(text, span.start, span.end)]
    if not stretches:
        return words
    outside = [w for w in words if not any(low < w[1] and w[0] < high for low, high in stretches)]
    return sorted([*outside, *((low, high, ADDRESS) for low, high in stretches)])


def _addresses(text: str, span: Span) -> list[tuple[int, int]]:
    """Where links, e-mail addresses and handles stand, without the sign that ends the clause after them."""
    if "@" not in (sentence := text[span.start : span.end]) and "/" not in sentence and "www." not in sentence:
        return []
    found = ((m.start(), m.end(), m.group()) for m in _ADDRESS.finditer(text, span.start, span.end))
    return [(start, end - len(written) + len(written.rstrip(".,;:!?'’*_"))) for start, end, written in found]


def _is_plural(word: str) -> bool:
    return word.endswith("s") and _PLURAL.fullmatch(word) is not None


def _is_past(word: str) -> bool:
    return word in _PAST or (word.endswith("ed") and len(word) > 4 and not word.endswith("eed"))


def _lower(word: str) -> str:
    return _INVISIBLE.sub("", word).translate(_APOSTROPHES).lower()


def _mended(mends: Mapping[tuple[int, int], str] | None, start: int, end: int, word: str) -> list[str]:
    mended = mends.get((start, end)) if mends else None
    return [_lower(part) for part in mended.split()] if mended else [word]


def _view(
    text: str,
    span: Span,
    tokens: list[tuple[int, int, str]],
    classes: Mapping[str, tuple[tuple[int, int], ...]] | None,
) -> View:
    gaps, at = [], span.start
    for start, end, _ in tokens:
        gaps.append(text[at:start] if start > at else "")
        at = max(at, end)
    gaps.append(text[at : span.end])
    words = tuple(word for _, _, word in tokens)
    places = tuple((start, end) for start, end, _ in tokens)
    bits: dict[str, int] = {}
    for number, word in enumerate(words):
        bits[word] = bits.get(word, 0) | 1 << number
    return View(words, places, tuple(gaps), frozenset(bits), bits, _computed(text, places, words, classes or {}))


def _computed(
    text: str,
    places: tuple[tuple[int, int], ...],
    words: tuple[str, ...],
    classes: Mapping[str, tuple[tuple[int, int], ...]],
) -> dict[str, dict[int, tuple[int, ...]]]:
    first = [text[start] for start, _ in places]
    single = {
        "digits": [i for i, word in enumerate(words) if word[0].isdigit()],
        "capital": [i for i, word in enumerate(words) if first[i].isupper() and word != ADDRESS],
        "plural": [i for i, word in enumerate(words) if first[i].islower() and _is_plural(word)],
    }
    found: dict[str, dict[int, tuple[int, ...]]] = {
        name: {i: (i + 1,) for i in members} for name, members in single.items() if members
    }
    for name, members in classes.items():
        ends: dict[int, tuple[int, ...]] = {}
        for low, high in members:
            inside = [i for i, (start, end) in enumerate(places) if start >= low and end <= high]
            if inside:
                ends[inside[0]] = (*ends.get(inside[0], ()), inside[-1] + 1)
        if ends:
            found[name] = ends
    return found
