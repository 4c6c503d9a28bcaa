"""Sentences inside given spans: a text is cut into blocks first, and each block into sentences by nupunkt.

A line's end is no sentence's end: mail is wrapped by hand or by machines. A blank line, a list item and a line that
was ended on purpose are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ..model import Span
from .lines import flatten, words

if TYPE_CHECKING:
    from nupunkt import PunktSentenceTokenizer

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_BULLET = re.compile(r"(?:[-*•·‣▪◦●○■□➢➤→►✓✔»?+>–—]{1,2}|o(?=  )|\(?\d{1,2}[.)]|\(?[a-zA-Z]\)|"
    r"\(?[ivx]{1,4}\)) +(?=\S)")
_SURE_BULLET = re.compile(r"[-*•·‣▪◦●○■□➢➤→►✓✔+>–—]")
# A line may break after these, however short it is.
_LINKING = words(
    """a an the of to in on at for from with by and or but as is are was were be been my your our his her their its
    this that i we you who which if so than into about over under no not will would can could have has had very mr.
    mrs. ms. dr. prof."""
)
_EXTRA = words("ext fig sec hrs yrs approx dept apt mon tues wed thurs fri ing lic engr")
# Ends that nupunkt does not see: a blank forgotten after the full stop, a state's two letters, an emoticon.
_UNSEEN = re.compile(
    r"(?<=[a-z][a-z][.!?])(?=(?:I|We|You|It|This|That|My|Our|Your|The|Thank|Thanks|If|When|But|And|So|Please|As|"
    r"In|For)\b)"
    r"|(?<=, [A-Z][A-Z]\.) (?=[A-Z])|(?<= [:;=8][)DP(]) (?=[A-Z])|(?<= [:;]-\)) (?=[A-Z])"
)
# Code points: about 700 words, four times the longest sentence in the real letters that were read.
_LONGEST = 4000
_POSTSCRIPT = re.compile(r"(?:^|\s)(?:P\.? ?){1,2}S\.$|(?:^|\s)N\.B\.$")


def sentences(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The sentences inside *spans*, in order, without the blanks, bullets and numbers around them."""
    flat = flatten(text)
    return tuple(sentence for span in spans for block in _blocks(flat, span) for sentence in _split(flat, block))


def _blocks(flat: str, span: Span) -> Iterator[Span]:
    """Stretches that no sentence leaves: paragraphs, list items, lines that were ended on purpose."""
    lines = [Span(*found.span()) for found in _LINE.finditer(flat, span.start, span.end)]
    paragraph: list[Span] = []
    for line in lines:
        if paragraph and flat.count("\n", paragraph[-1].end, line.start) > 1:
            yield from _paragraph(flat, paragraph)
            paragraph = []
        paragraph.append(line)
    yield from _paragraph(flat, paragraph)


def _paragraph(flat: str, lines: list[Span]) -> Iterator[Span]:
    if not lines:
        return
    width = max(len(line) for line in lines)
    start = _after_bullet(flat, lines[0], None)
    for line, after in pairwise(lines):
        if _ends(flat, line, after, width):
            if start < line.end:
                yield Span(start, line.end)
            start = _after_bullet(flat, after, line)
    if start < lines[-1].end:
        yield Span(start, lines[-1].end)


def _is_bullet(flat: str, line: Span, before: Span | None) -> re.Match[str] | None:
    found = _BULLET.match(flat, line.start, line.end)
    if not found or before is None or (_SURE_BULLET.match(found[0]) and found[0].strip() not in ("–", "—", "-", "?")):
        return found
    # "… in room\n12. It was": a number or a dash may also be the chance start of a wrapped line.
    ended = flat[before.end - 1] in ".:;!?," or bool(_BULLET.match(flat, before.start, before.end)) or len(before) < 50
    return found if ended else None


def _after_bullet(flat: str, line: Span, before: Span | None) -> int:
    found = _is_bullet(flat, line, before)
    return found.end() if found else line.start


def _ends(flat: str, line: Span, after: Span, width: int) -> bool:
    """Was *line* ended on purpose, rather than wrapped, before the line *after* it?"""
    if _is_bullet(flat, after, line):
        return True
    last, first = flat[line.end - 1], flat[after.start]
    room = width - len(line)
    word = _first_word(flat, after)
    fits = len(word) + 1 < room
    if last == ";":
        return fits or len(line) < 50 or not first.islower() or flat[after.end - 1] == ";"
    if last == ":":
        return fits and len(line) < 60
    if first.islower():
        return fits and last in ".!?" and len(line) < 40
    final = flat[line.start : line.end].rsplit(None, 1)[-1].lower()
    if final in _LINKING:
        return False
    # The next word would have stood on this line, had a machine broken it: a greeting, a sign-off, a heading.
    return (fits and len(line) < 60 and (room > 12 or len(line) < 45)) or (len(line) < 30 and width < 45)


def _first_word(flat: str, line: Span) -> str:
    found = re.compile(r"\S{1,60}").match(flat, line.start)
    return found[0] if found else ""


def _split(flat: str, block: Span) -> Iterator[Span]:
    text = flat[block.start : block.end].replace("\n", " ")
    cuts = [end for _, end in _tokenizer().span_tokenize(text)] if re.search(r"[.!?…]", text) else []
    start = 0
    for end in _bounded([*_mended(text, cuts), len(text)]):
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if right > left:
            yield Span(block.start + left, block.start + right)
        start = max(start, end)


def _mended(text: str, cuts: list[int]) -> list[int]:
    """nupunkt's sentence ends without those it gets wrong in mail, and with those it does not see."""
    kept = {found.end() for found in _UNSEEN.finditer(text)}
    for cut in cuts:
        before, after = text[max(0, cut - 40) : cut].rstrip(), text[cut : cut + 40].lstrip()
        at_name = after[:1].islower() and re.search(r"\b[A-Z]\w+!$", before)  # "at Yahoo! in 2020"
        if not at_name and not _POSTSCRIPT.search(before):
            kept.add(cut)
    return sorted(kept)


def _bounded(cuts: list[int]) -> Iterator[int]:
    """The cuts, and more where a stretch without any is longer than a sentence can be: matching must stay linear."""
    start = 0
    for cut in cuts:
        yield from range(start + _LONGEST, cut, _LONGEST)
        yield cut
        start = cut


@lru_cache(maxsize=1)
def _tokenizer() -> PunktSentenceTokenizer:
    from nupunkt.models import load_default_model

    tokenizer = load_default_model()
    tokenizer.add_abbreviations(sorted(_EXTRA))
    return tokenizer
