"""What stands between a letter and a typo engine: only masked, cut text of the writer's own passes.

Engines hang, abort or panic on text that no writer writes but every inbox holds (runs of symbols, long tokens,
addresses run together, lone surrogates), and take handles and paths for misspelt words.
"""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ..model import Draft, SectionKind, Span

PIECE = 3_000  # code points an engine gets at once: some are quadratic in the length of a sentence
MOST = 50_000  # code points of one draft that are read at all: some 8,000 words

_MARK = "\u0300-\u036f"
_FORMAT = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
# What is taken out, with its place remembered, so that engines see plain composed text.
_DROPPED = re.compile(f"\r(?=\n)|[{_FORMAT}]|[^\\W\\d_][{_MARK}]+")
_TYPOGRAPHIC = str.maketrans({
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "‟": '"',
    "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ", "\t": " ", "\x0b": " ", "\x0c": " ",
    "\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\r": "\n",
})
# A line's end inside a paragraph is a blank: the next line goes on, and is no item of a list.
_WRAP = re.compile(r"(?<=[^\n]{30})[ ]?\n(?=[^\s>•*\-–—\d])")
# Words are masked with X, so that no rule about spacing fires beside them; symbols with blanks.
_MASKED = re.compile(
    r"""
      (?P<word>
        (?:https?://|www\.)\S{1,2000}
      | [^\s@]{1,100}@\S{1,250}                               # an address
      | (?<!\w)[@#][\w./-]{2,60}                              # a handle, a tag
      | (?<![\w/])(?:~|\.{1,2}|[A-Za-z]:)?[/\\][\w.~\\-][\w./\\~-]{1,200}     # a path
      | \b(?:[\w-]{1,60}\.){1,4}(?:com|org|net|io|dev|edu|gov|co|ai|app|me|uk|us|eu|de|fr|in|info)\b(?:/\S{0,200})?
      | \S{41,}
      | \b(?=[^\W\d_]{1,40}\d)\w{2,60}                        # follow2up: one such token may cost seconds
      | \b\d[\d.,]{0,20}(?=[^\W\d_]{0,40}\d)\w{2,60}
      | \b\d{9,}
      | [^\W\d_a-zA-Z\u00c0-\u024f\u1e00-\u1eff][^\s]*               # a word in another script
      | \S*[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]\S*      # a word broken by control characters
      )
    | (?P<blank>
        ([^\w\s])(?:[ ]?\3){3,}
      | (?:[^\w\s][ ]?){6,}
      | (?:\b\w{1,2}\b[^\w\n]{1,3}){14,}                      # a row of single letters
      | [^\x00-\u024f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e€™\s]+
      )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a letter fit for an engine: ``text`` is masked; offsets in it are turned back by ``source_span``.

    ``start`` is where the piece begins in the source; ``gone`` are the places in ``text`` before which a character of
    the source was left out, in order; ``masked`` are stretches of ``text`` about which nothing may be said.
    """

    text: str
    start: int
    gone: tuple[int, ...]
    masked: tuple[tuple[int, int], ...]
    subject: bool

    def source_span(self, start: int, end: int) -> Span:
        """The span of the source for ``text[start:end]``."""
        first = self.start + start + bisect.bisect_right(self.gone, start)
        if end == start:
            return Span(first, first)
        return Span(first, self.start + end + bisect.bisect_right(self.gone, end - 1))

    def touches_mask(self, start: int, end: int) -> bool:
        """Does ``text[start:end]`` share a character with something masked?"""
        return any(low < end and start < high for low, high in self.masked)


def pieces(draft: Draft) -> tuple[tuple[Piece, ...], int]:
    """The letter's own text in pieces for an engine, and the source offset from which on nothing was taken.

    The signature block (name, contact lines), quoted and machine-added text are left out.  The offset is -1 when
    everything was taken.
    """
    made: list[Piece] = []
    room = MOST
    for span, subject in _stretches(draft):
        taken = Span(span.start, min(span.end, span.start + room))
        room -= len(taken)
        made += _cut(_masked(draft.text, taken, subject))
        if taken != span:
            return tuple(made), taken.end
    return tuple(made), -1


def _stretches(draft: Draft) -> Iterator[tuple[Span, bool]]:
    """Subject apart; then salutation, body and sign-off, joined where only blank space lies between them."""
    for span in draft.section(SectionKind.SUBJECT).spans:
        if span:
            yield span, True
    own = [s for kind in (SectionKind.SALUTATION, SectionKind.BODY) for s in draft.section(kind).spans if s]
    joined: list[Span] = []
    for span in sorted([*own, *([draft.signoff] if draft.signoff else [])]):
        if joined and not draft.text[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    for span in joined:
        yield span, False


def _masked(text: str, span: Span, subject: bool) -> Piece:
    plain, gone = _without_dropped(span.of(text))
    plain = _WRAP.sub(lambda wrap: " " * len(wrap[0]), plain.translate(_TYPOGRAPHIC))
    masked: list[tuple[int, int]] = []

    def mask(found: re.Match[str]) -> str:
        masked.append(found.span())
        return ("X" if found["word"] else " ") * len(found[0])

    return Piece(_MASKED.sub(mask, plain), span.start, gone, tuple(masked), subject)


def _without_dropped(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with accents composed, format characters and the CR of line ends gone, and where those were."""
    parts: list[str] = []
    gone: list[int] = []
    end = length = 0
    for found in _DROPPED.finditer(text):
        kept = unicodedata.normalize("NFC", found[0][:1] + found[0][1:]) if len(found[0]) > 1 else ""
        kept = kept[:1]  # what cannot be composed is left out: it is an accent either way
        parts += (text[end : found.start()], kept)
        length += found.start() - end + len(kept)
        gone += [length] * (len(found[0]) - len(kept))
        end = found.end()
    return "".join((*parts, text[end:])), tuple(gone)


def _cut(piece: Piece) -> Iterator[Piece]:
    """Pieces of at most PIECE code points: cut at a paragraph, else a sentence, else a blank, else anywhere."""
    text, start = piece.text, 0
    while start < len(text):
        end = min(len(text), start + PIECE)
        if end < len(text):
            end = max(text.rfind("\n\n", start, end), start) or start
            if end <= start:
                end = max(text.rfind(stop, start, start + PIECE) + 1 for stop in (". ", "! ", "? ", "\n"))
            if end <= start:
                end = text.rfind(" ", start + 1, start + PIECE)
            if end <= start:
                end = start + PIECE
        if text[start:end].strip():
            yield _part(piece, start, end)
        start = end


def _part(piece: Piece, start: int, end: int) -> Piece:
    before = bisect.bisect_right(piece.gone, start)
    return Piece(
        piece.text[start:end], piece.start + start + before,
        tuple(at - start for at in piece.gone[before:] if at <= end),
        tuple((low - start, high - start) for low, high in piece.masked if low < end and high > start),
        piece.subject,
    )
