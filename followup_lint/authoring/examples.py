"""A page's examples, run: each bad one marks exactly its words, each good one and each mended one is silent."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..api import Linter
from ..language import Lines
from ..model import Context, Example, Finding, Severity
from ..reading import Reading
from ..report import Report
from ..rulebook import Compiled, rules_folder


@dataclass(frozen=True, slots=True)
class Failure:
    """What an example was to show and did not: one line that names rule, example and difference."""

    rule: str
    example: str
    problem: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.problem} (example {self.example!r})"


@dataclass(frozen=True, slots=True)
class _Baseline:
    """The clean follow-up that examples change a part of, and what is known about it."""

    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    closing: str
    context: dict[str, object]


@lru_cache(maxsize=1)
def _baseline(folder: Path) -> _Baseline:
    blocks = (folder / "baseline.txt").read_text(encoding="utf-8").strip().split("\n\n")
    context = tomllib.loads((folder / "baseline.context.toml").read_text(encoding="utf-8"))
    return _Baseline(blocks[0].partition(": ")[2], blocks[1], tuple(blocks[2:-1]), blocks[-1], context)


def letter(example: Example, *, mended: bool = False) -> tuple[str, Context]:
    """The whole letter of an example (with its ``fixed`` wording if *mended*) and its context."""
    base = _baseline(rules_folder())
    context = Context.from_mapping({**base.context, **example.context})
    if example.mail is not None:
        return (example.fixed if mended and example.fixed is not None else example.mail), context
    parts = {name: getattr(example, name) for name in ("subject", "salutation", "body", "closing", "add")}
    if mended and example.fixed is not None:
        changed = next(name for name in ("add", "body", "subject", "salutation", "closing") if parts[name])
        parts[changed] = example.fixed
    added = [parts["add"]] if parts["add"] else []
    subject, salutation, body, closing = (parts[n] for n in ("subject", "salutation", "body", "closing"))
    blocks = [
        f"Subject: {base.subject if subject is None else subject}" if subject != "" else "",
        base.salutation if salutation is None else salutation,
        "\n\n".join([*base.paragraphs[:-1], *added, base.paragraphs[-1]]) if body is None else body,
        base.closing if closing is None else closing,
    ]
    return "\n\n".join(block for block in blocks if block) + "\n", context


def check_examples(one: Compiled, linter: Linter) -> Iterator[Failure]:
    """Every example of a rule that does not hold, and every pattern line that no bad example hits."""
    bad_readings = []
    for example in one.rule.examples:
        text, context = letter(example)
        report, reading = linter.examine(text, context)
        yield from _failures(one, example, report, linter)
        if example.bad:
            bad_readings.append(reading)
    yield from _dead_lines(one, bad_readings)


def _failures(one: Compiled, example: Example, report: Report, linter: Linter) -> Iterator[Failure]:
    rule, text = one.rule, report.draft.text
    parts = (example.add, example.subject, example.salutation, example.body, example.closing, example.mail)
    shown = next((part for part in parts if part), "")
    if not example.bad:
        yield from _noise(rule.id, report, shown)
        return
    mine = [f for f in report.findings if f.rule == rule.id]
    marked = tuple(f.span.of(text) for f in mine)
    if marked != example.marks and not (example.marks == () and len(mine) == 1):
        yield Failure(rule.id, shown, f"marks {list(marked)} instead of {list(example.marks)}")
    quiet = linter.rulebook.giving_way
    beside = [f for f in report.findings if f.check == rule.check and f.rule not in quiet | {rule.id}]
    others = [f for f in beside if f.severity is not Severity.INFO and f.span]  # an absence is no twin of anything
    if others and rule.check not in ("body", "closing", "timing") and rule.id not in quiet:
        yield Failure(rule.id, shown, f"other rules of the check speak too: {_told(others, text)}")
    if example.fixed is not None:
        mended, context = letter(example, mended=True)
        yield from _noise(rule.id, linter.lint(mended, context), f"fixed: {example.fixed}")


def _noise(rule_id: str, report: Report, shown: str) -> Iterator[Failure]:
    loud = [f for f in report.findings if f.severity is not Severity.INFO or f.rule == rule_id]
    if loud:
        yield Failure(rule_id, shown, f"should be silent, but {_told(loud, report.draft.text)}")


def _told(findings: list[Finding], text: str) -> str:
    return ", ".join(f"{f.rule} marks {f.span.of(text)!r}" for f in findings)


def _dead_lines(one: Compiled, readings: list[Reading]) -> Iterator[Failure]:
    """Pattern lines that no bad example hits: they are untested, so they may be wrong or useless."""
    plain = getattr(one.check, "plain", False)
    views = [s.plain if plain else s.folded for reading in readings for s in reading.sentences]
    for lines in (getattr(one.check, key, None) for key in ("find", "hints")):
        if isinstance(lines, Lines):
            alive = {line.source for view in views for line, _ in lines.hits(view)}
            for line in lines:
                if line.source not in alive:
                    yield Failure(one.rule.id, line.source, "no bad example hits this line")
