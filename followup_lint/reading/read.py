"""From a draft, its context and the typo engine's slips to the Reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..language import Lexicon, fold
from ..model import Context, Draft, Kind, SectionKind, Span
from ..parsing import dates, people, sentences, thread
from ..proofreading.protocol import Proofread, SlipKind
from .acts import Acts
from .details import details
from .kind import guess
from .names import companies
from .reading import Reading
from .roles import roles


@dataclass(frozen=True, slots=True)
class Grammar:
    """What reading needs to know of language: the lexicon, and how every speech act is worded, by its name.

    ``acts`` are pattern lines looked for in the body; ``shapes`` are regular expressions looked for as written in the
    whole letter (placeholders).
    """

    lexicon: Lexicon
    acts: Acts
    shapes: Mapping[str, tuple[re.Pattern[str], ...]]


def read(draft: Draft, given: Context, proofread: Proofread, grammar: Grammar) -> Reading:
    """Read one letter."""
    context = given.filled_from(_told_by_the_mail(draft, given))
    persons = people(draft, context)
    role_spans = roles(draft, context, grammar.lexicon)
    company_spans = companies(draft, context)
    day = context.sending_at.date() if context.sending_at else None
    dated = tuple(pair for span in draft.letter for pair in _dates_in(draft, span, day))
    classes = {
        "person": tuple((p.span.start, p.span.end) for p in persons if p.span),
        "role": tuple((s.start, s.end) for s in role_spans),
        "company": tuple((s.start, s.end) for s in company_spans),
        "date": tuple((s.start, s.end) for s, _ in dated),
    }
    mends = {
        (slip.span.start, slip.span.end): slip.suggestions[0]
        for slip in proofread.slips
        if slip.suggestions and slip.kind is SlipKind.SPELLING
        # Text-speak is no slip to be mended: "rly" is opened to "really", not mended to "rely".
        and slip.span.of(draft.text).lower() not in grammar.lexicon.folding.opened
    }
    folded = tuple(
        fold(draft.text, span, kind, grammar.lexicon.folding, mends=mends, classes=classes)
        for kind in (SectionKind.SUBJECT, SectionKind.SALUTATION, SectionKind.BODY, SectionKind.CLOSING)
        for span in sentences(draft.text, [s for s in _read_spans(draft, kind) if s])
    )
    acts = {
        **grammar.acts.performed(s for s in folded if s.section is SectionKind.BODY),
        **{name: _shaped(shapes, draft) for name, shapes in grammar.shapes.items()},
    }
    subject = frozenset[str]().union(
        *(grammar.acts.found_in(s.folded) for s in folded if s.section is SectionKind.SUBJECT)
    )
    if context.kind:
        kind, confidence = context.kind, 1.0
    elif any(s.section is SectionKind.BODY for s in folded):
        kind, confidence = guess(acts, subject, context)
    else:
        kind, confidence = Kind.THANK_YOU, 0.5  # nothing to go by: judged as what is sent most often
    return Reading(
        draft=draft,
        given=given,
        context=context,
        kind=kind,
        kind_confidence=confidence,
        sentences=folded,
        people=persons,
        dates=dated,
        proofread=proofread,
        acts=acts,
        roles=role_spans,
        companies=company_spans,
        details=details(draft, context, folded, acts, grammar.lexicon),
        vocabulary=frozenset[str]().union(*(s.folded.vocabulary | s.plain.vocabulary for s in folded)),
    )


def _told_by_the_mail(draft: Draft, given: Context) -> Context:
    """What headers and the quoted thread tell: who is written to, the promised date, when the writer last wrote."""
    told = thread(draft)
    sent = draft.source.headers.date
    zone_known = given.interviewed_at is not None and given.interviewed_at.tzinfo is not None
    wrote = told.wrote_at if told.wrote_at and (told.wrote_at.tzinfo is not None) == zone_known else None
    return Context(
        decision_by=told.decision_by,
        first_name_ok=told.replied_first_name or None,
        previous_messages=(wrote,) if wrote and sent is None else (),
    )


def _dates_in(draft: Draft, span: Span, day: date | None) -> list[tuple[Span, date]]:
    return [
        (Span(span.start + at.start, span.start + at.end), value)
        for at, value in dates(span.of(draft.text), day)
    ]


def _read_spans(draft: Draft, kind: SectionKind) -> tuple[Span, ...]:
    """What of a section is language: of the closing only the sign-off, since names and numbers are none."""
    return (draft.signoff,) if kind is SectionKind.CLOSING else draft.section(kind).spans


def _shaped(shapes: tuple[re.Pattern[str], ...], draft: Draft) -> tuple[Span, ...]:
    text = draft.text
    everywhere = {Span(*m.span()) for p in draft.letter for one in shapes for m in one.finditer(text, p.start, p.end)}
    found = sorted(everywhere, key=lambda span: (-len(span), span))
    kept: list[Span] = []
    for span in found:
        if span and not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return tuple(sorted(kept))

