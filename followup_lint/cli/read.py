"""``followup-lint read DRAFT``: what the linter understands of a letter before it judges it, for maintainers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..model import Context, Span
from ..reading import Reading
from . import drafts
from .contexts import facts_given, for_draft, read_context
from .options import add_facts, add_rules, given_facts, parser
from .settings import find_settings, make_linter


def run(arguments: Sequence[str]) -> int:
    """Show the readings of the drafts named."""
    made = parser("read", "Shows what is understood of a draft: its parts, people, acts, dates, details and slips.")
    made.add_argument("draft", nargs="+", metavar="DRAFT")
    made.add_argument("--stdin-name", default="<stdin>", metavar="NAME")
    add_facts(made)
    add_rules(made)
    options = made.parse_args(arguments)
    given = facts_given(given_facts(options))
    shared = read_context(Path(options.context)) if options.context else Context()
    linter = make_linter(options, find_settings(options))
    for path in drafts.named(options.draft):
        reading = linter.read(drafts.source(path, options.stdin_name), for_draft(path, given, shared))
        print("\n".join(_lines(reading)))
    linter.close()
    return 0


def _lines(reading: Reading) -> Iterator[str]:
    def at(span: Span) -> str:
        return f"{span.start:>5}–{span.end:<5} {span.of(reading.text)!r}"

    draft = reading.draft
    yield f"{draft.source.name} ({draft.source.format})"
    yield f"kind       {reading.kind} ({reading.kind_confidence:.0%})"
    for section in draft.sections:
        for span in section.spans:
            yield f"{section.kind:10} {at(span)}"
    yield f"sign-off   {at(draft.signoff)}"
    yield f"name       {at(draft.name)}"
    yield from (f"contact    {at(span)}" for span in draft.contact)
    yield from (f"person     {p.honorific} {p.given} {p.family} ({p.where})" for p in reading.people)
    yield from (f"role       {at(span)}" for span in reading.roles)
    yield from (f"company    {at(span)}" for span in reading.companies)
    yield from (f"date       {at(span)} = {day}" for span, day in reading.dates)
    yield from (f"act        {name}: {at(span)}" for name, spans in reading.acts.items() for span in spans)
    for d in reading.details:
        if d.theirs or d.mine:
            yield f"detail     theirs {d.theirs:.1f}, mine {d.mine:.1f}: {', '.join(d.words)}"
    for slip in reading.proofread.slips:
        yield f"slip       {slip.kind} {at(slip.span)} -> {' | '.join(slip.suggestions)} [{slip.origin}]"
    for sentence in reading.sentences:
        yield f"words      {sentence.section}: {' '.join(sentence.folded.words)}"
