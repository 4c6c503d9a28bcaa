"""Where a letter names the position: its full title, a short form of it, or any job title in a telling place.

A title is a run of words that ends in one of ``rules/words/job-title.txt``. It names the position only in a frame of
``role-frame.txt`` ("the analyst position", "as your next baker") and never in one of ``role-present.txt`` ("I work as a
baker"). The context's role adds its own words: all of them in a row, their initials, or the last of them in a frame.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..language import Lexicon, Line, View, find, fold
from ..model import Context, Draft, SectionKind, Span
from ..parsing import people, sentences
from .names import companies

# A title has at most so many words before its last one.
_LONGEST = 5
_STEM = 5  # letters that "Lecturer" and "lectureship", "Teacher" and "teaching" share
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.,;:!?()\[\]{}<>\n–—/\"“”]|--")
# "RE: Job #4471 – Head Baker", on a line of its own anywhere above the closing.
_REFERENCE = re.compile(r"(?im)^[ \t]*(?:re|ref|reference|job|position|vacancy|role|post)[ \t]*[:#.][^\n]*$")


@dataclass(frozen=True, slots=True)
class _Title:
    """The context's role as words: ``all`` in order, the ``telling`` ones (no rank, no hours), and the ``last``."""

    all: tuple[str, ...]
    telling: frozenset[str]
    last: str
    initials: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Words:
    """The word lists that tell titles from other nouns."""

    titles: frozenset[str]
    nouns: frozenset[str]
    never: frozenset[str]
    others: frozenset[str]
    edges: frozenset[str]
    rank: frozenset[str]
    fields: frozenset[str]
    usual: frozenset[str]
    frames: Line
    alone: Line
    present: Line


def roles(draft: Draft, context: Context, lexicon: Lexicon) -> tuple[Span, ...]:
    """Every place in subject or body that names the position, in order."""
    words = _Words(
        titles=lexicon.words("job-title"),
        nouns=lexicon.words("role-noun"),
        never=lexicon.words("no-role"),
        others=lexicon.words("role-other"),
        edges=lexicon.words("role-edge") | lexicon.words("role-other") | {"'s"},
        rank=lexicon.words("role-rank"),
        fields=lexicon.words("role-field"),
        usual=lexicon.line("{follow-up~}").first or frozenset(),
        frames=lexicon.line("{role-frame}"),
        alone=lexicon.line("{role-alone}"),
        present=lexicon.line("{role-present}"),
    )
    title = _title(context.role, words)
    known = {
        "company": tuple((s.start, s.end) for s in companies(draft, context)),
        "person": tuple((p.span.start, p.span.end) for p in people(draft, context) if p.span),
    }
    found: set[Span] = set()
    for kind, span in _where(draft):
        view = fold(draft.text, span, kind, lexicon.folding, classes=known).folded
        runs = _runs(view, title, words)
        if runs:
            view = replace(view, computed={**view.computed, "role": _by_first(view, runs)})
        found.update(_in_sentence(draft.text, view, kind, runs, title, words))
    return _outermost(found)


def _where(draft: Draft) -> Iterator[tuple[SectionKind, Span]]:
    """The sentences of subject and body; a reference line counts as a subject wherever it stands."""
    for kind in (SectionKind.SUBJECT, SectionKind.BODY):
        for span in sentences(draft.text, [s for s in draft.section(kind).spans if s]):
            yield (SectionKind.SUBJECT if _REFERENCE.match(draft.text, *_line_of(draft.text, span)) else kind), span
    for part in draft.section(SectionKind.HEADER).spans:
        for line in _REFERENCE.finditer(draft.text, part.start, part.end):
            yield SectionKind.SUBJECT, Span(*line.span())


def _in_sentence(
    text: str, view: View, kind: SectionKind, runs: list[tuple[int, int]], title: _Title | None, words: _Words
) -> list[Span]:
    hits = [*(find(words.frames, view) if runs else ()), *find(words.alone, view)]
    named = [view.span(hit.marked_first, hit.marked_end) for hit in hits]
    named += _before_nouns(text, view, title, words)
    if title:
        named += _as_in_context(text, view, title)
    if kind is SectionKind.SUBJECT:
        named += (view.span(first, end) for first, end in runs)
    if not any(named):
        return []
    barred = [view.span(hit.marked_first, hit.marked_end) for hit in find(words.present, view)]
    return [one for one in named if one and not any(one.overlaps(other) for other in barred)]


def _runs(view: View, title: _Title | None, words: _Words) -> list[tuple[int, int]]:
    """Every run of words that ends in a job title or in the last word of the context's role: each possible start."""
    found: list[tuple[int, int]] = []
    for last, word in enumerate(view.words):
        is_title = _singular(word) in words.titles or (title is not None and _same(word, title.last))
        if not is_title and not (word in words.rank and _specialty(view, last)):
            continue
        end = last + 1 + _specialty(view, last)
        for first in range(last, max(-1, last - _LONGEST - 1), -1):
            if first < last and (_BREAK.search(view.gaps[first + 1]) or view.words[first] in words.edges):
                break
            found += [(first, end), (first, last + 1)] if end > last + 1 else [(first, end)]
    return found


def _by_first(view: View, runs: list[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    """The runs as a computed class; words opened from one ("engineer's") belong to it together."""
    ends: dict[int, tuple[int, ...]] = {}
    for first, end in runs:
        low, high = view.places[first][0], view.places[end - 1][1]
        while first and view.places[first - 1][0] >= low:
            first -= 1
        while end < len(view.places) and view.places[end][1] <= high:
            end += 1
        ends[first] = (*ends.get(first, ()), end)
    return ends


def _is_edge(text: str, view: View, at: int, words: _Words) -> bool:
    """Does a title begin or end at this word? "it" is such a word, "IT" is not."""
    start, end = view.places[at]
    return view.words[at] in words.edges and not (end - start > 1 and text[start:end].isupper())


def _before_nouns(text: str, view: View, title: _Title | None, words: _Words) -> Iterator[Span]:
    """What stands before "position", "role", "post" and is more than praise: "the Year 4 post", "HR role"."""
    for at, word in enumerate(view.words):
        if word not in words.nouns:
            continue
        first = at
        while first > 0 and at - first <= _LONGEST and not _BREAK.search(view.gaps[first]):
            if _is_edge(text, view, first - 1, words):
                break
            first -= 1
        others = first > 0 and view.words[first - 1] in words.others
        telling = [i for i in range(first, at) if _tells(text, view, i, title, words)]
        if telling and not others:
            yield view.span(telling[0], at)
        elif title and not others and any(_same_stem(word, own) for own in title.all):
            yield view.span(at, at + 1)


def _tells(text: str, view: View, at: int, title: _Title | None, words: _Words) -> bool:
    """Does this word before "position" tell which one? Crosses that were never filled in do not: "the XXX position"."""
    word, (start, end) = view.words[at], view.places[at]
    if word in words.never or not word.strip("x"):
        return False
    if any(at in range(f, max(e)) for f, e in view.computed.get("company", {}).items()):
        return False
    if title and any(_same(word, own) or (word.endswith("ing") and _same_stem(word, own)) for own in title.telling):
        return True
    if _singular(word) in words.titles or word in words.fields:
        return True
    if word.isdigit() and at and not _is_edge(text, view, at - 1, words) and word not in words.never:
        return True  # "Year 4", "Grade 7"
    if text[start:end].isupper() and len(word) > 1 and not view.span(0, len(view.words)).of(text).isupper():
        return True
    return len(word) > 1 and not word.isdigit() and word not in words.rank and word not in words.usual


def _specialty(view: View, last: int) -> int:
    """How many words after a title say of what: "Head of History", "Lecturer in Medieval Studies"."""
    if last + 2 >= len(view.words) or not _OF.fullmatch(view.words[last + 1]):
        return 0
    at, capitals = last + 2, view.computed.get("capital", {})
    while at < len(view.words) and at in capitals and not _BREAK.search(view.gaps[at]):
        at += 1
    return at - last - 1 if at > last + 2 else 0


def _as_in_context(text: str, view: View, title: _Title) -> Iterator[Span]:
    """The context's role itself: at least two words of it in a row with the last among them, or its initials."""
    size = len(view.words)
    for at in range(size):
        start, end = view.places[at]
        if text[start:end] in title.initials and not (at and view.words[at - 1][0].isdigit()):
            yield Span(start, end)
        for low in range(len(title.all)):
            n = 0
            while low + n < len(title.all) and at + n < size and _same(view.words[at + n], title.all[low + n]):
                n += 1
            row = title.all[low : low + n]
            if n > 1 and title.last in row and title.telling & set(row):
                yield view.span(at, at + n)


def _title(role: str, words: _Words) -> _Title | None:
    """The role as words: what stands in brackets or after a comma tells, but the title comes before it."""
    core = _WORD.findall(re.split(r"[(,;–—|/]| - ", role)[0].lower())
    everything = _WORD.findall(role.lower())
    if not core:
        return None
    before = next((i for i, word in enumerate(core) if i and _OF.fullmatch(word)), len(core))
    last = core[before - 1]
    telling = frozenset(word for word in everything if word not in words.rank) or frozenset(everything)
    named = [w for w in core if not _OF.fullmatch(w)]
    letters = {"".join(w[0] for w in some).upper() for some in (named, [w for w in named if w not in words.rank])}
    return _Title(tuple(core), telling, last, frozenset(one for one in letters if len(one) > 1))


_OF = re.compile("of|in|for")


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _same_stem(word: str, last: str) -> bool:
    """lectureship for Lecturer, teaching for Teacher: long words that begin alike."""
    return len(word) > _STEM and len(last) > _STEM and word[:_STEM] == last[:_STEM]


def _same(word: str, own: str) -> bool:
    """Is *word* a word of the role, in the plural or misspelt?"""
    if word[0] != own[0]:
        return False
    word, own = _singular(word), _singular(own)
    if word == own or len(own) < _STEM or not word or own.startswith(word):  # "manage" is no Manager
        return word == own
    return _distance(word, own) <= (2 if len(own) > 8 else 1)


def _distance(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour to turn one word into the other."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _line_of(text: str, span: Span) -> tuple[int, int]:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    return start, len(text) if end < 0 else end


def _outermost(spans: set[Span]) -> tuple[Span, ...]:
    """Of places that overlap, the longest."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (-len(s), s)):
        if span and not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return tuple(sorted(kept))
