"""What a letter tells that only this interview, or only this writer, could have produced.

A detail is a word outside the vocabulary that every follow-up is made of (``rules/words/follow-up.txt``), or a number,
an acronym, quoted words. What it is worth depends on the sentence around it: one that speaks of the conversation
(``rules/acts/theirs.txt``), one of the writer's own work (``mine``), one about applying itself (``logistics``), or none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..language import Lexicon, Sentence, View, find
from ..model import Context, Draft, SectionKind, Span
from .reading import Detail

_VOCABULARY, _OBJECT = "{follow-up~}", "interview-object"
# Acts in which a sentence is about applying itself, whatever words it uses.
_LOGISTICS = ("logistics", "status-question", "offer", "other-offer", "chasing", "waiting", "answer-date", "attachment")
# Classes whose members are known from the context or the head of the letter: they tie a letter to no conversation.
_KNOWN = ("person", "role", "company", "date")

# Worth of one detail by the sentence it stands in, and the most that one sentence can be worth. The proportions are
# those of design-review.md section 4; chosen by cross-validation over labelled letters (see the rules' pages).
_THEIRS, _NEXT, _NEITHER, _MINE = 1.0, 0.7, 0.45, 0.25
_IN_LOGISTICS = 0.4
_INTERVIEW_OBJECT, _TOPIC, _QUOTED = 0.8, 3.0, 0.7
_NUMBER, _NAME = 0.5, 0.5
_MOST = 3.0
_FEWEST_WORDS = 4

_QUOTE = re.compile(r"[\"“‘][^\"“”‘’\n]{3,60}[\"”’]")
_CLOCK = re.compile(r"\d{1,2}(?::\d\d|am|pm|h)|(?:19|20)\d\d")


def details(
    draft: Draft, context: Context, sentences: tuple[Sentence, ...], acts: Mapping[str, tuple[Span, ...]], lexicon: Lexicon
) -> tuple[Detail, ...]:
    """Every body sentence with what it is worth, in order."""
    usual = lexicon.line(_VOCABULARY).anchor or frozenset()
    known = usual | _known(context, sentences)
    topics = frozenset(w for topic in context.topics for w in _words(topic) if len(w) > 3) - known
    objects = lexicon.line("{" + _OBJECT + "}")
    found: list[Detail] = []
    carried = False  # the sentence before told something of the conversation
    for one in sentences:
        if one.section is not SectionKind.BODY or len(one.folded.words) < _FEWEST_WORDS:
            continue
        holds = {name: any(one.span.overlaps(at) for at in places) for name, places in acts.items()}
        words = dict(_details(draft.text, one, known))
        worth = sum(words.values())
        if holds.get("placeholder"):
            worth = 0.0
        theirs = holds.get("theirs", False)
        mine = holds.get("mine", False) and not theirs
        logistics = any(holds.get(name) for name in _LOGISTICS)
        share = _THEIRS if theirs else _MINE if mine else _NEXT if carried else _NEITHER
        told = worth * share * (_IN_LOGISTICS if logistics else 1.0)
        if not logistics and any(find(objects, one.folded)):
            told += _INTERVIEW_OBJECT
        if topics & one.folded.vocabulary:
            told += _TOPIC
        own = 0.0 if logistics or not holds.get("mine") else worth
        found.append(Detail(one.span, min(told, _MOST), own, tuple(words)))
        carried = theirs and bool(words) and not logistics
    return tuple(found)


def _details(text: str, sentence: Sentence, known: frozenset[str]) -> Iterator[tuple[str, float]]:
    """Each detail of the sentence once, with its weight before the sentence around it is looked at."""
    view = sentence.folded
    masked = _places(view, _KNOWN)
    shouted = text[sentence.span.start : sentence.span.end].isupper()
    named = False  # the word before was part of a name: a name of several words is one detail
    for i, (word, (start, end)) in enumerate(zip(view.words, view.places, strict=True)):
        written = text[start:end]
        if i in masked or word in known:
            named = False
            continue
        if word[0].isdigit():
            if not _CLOCK.fullmatch(word):
                yield word, _NUMBER
        elif len(written) > 1 and written.isupper() and not shouted:
            yield word, 1.0
        elif i and written[0].isupper():
            if not named:
                yield word, _NAME
            named = True
            continue
        elif len(word) > 2:
            yield word, 1.0
        named = False
    if _QUOTE.search(text, sentence.span.start, sentence.span.end):
        yield "“”", _QUOTED


def _places(view: View, classes: tuple[str, ...]) -> frozenset[int]:
    """The words of the view that belong to one of these computed classes."""
    return frozenset(
        i for name in classes for first, ends in view.computed.get(name, {}).items() for i in range(first, max(ends))
    )


def _known(context: Context, sentences: tuple[Sentence, ...]) -> frozenset[str]:
    """The words of the position, the firm and the people, from the context and from wherever the letter names them."""
    told = {w for fact in (context.role, context.company, *context.interviewer) for w in _words(fact)}
    read = {s.folded.words[i] for s in sentences for i in _places(s.folded, ("person", "role", "company"))}
    return frozenset(told | read)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())
