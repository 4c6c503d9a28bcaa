"""Generated drafts through the linter, and what must hold for each.

    python tests/fuzz.py --inputs 1000000 --seed 7      # both cores; prints what was found, with the seed of each find

Four sorts: real drafts mutated, a grammar of mail parts, noise of every script with hostile characters, and bytes as
they lie on disk. For each: nothing raised, every span inside the text, the score what the findings say, the same answer
twice, safe fixes that come to an end, and reports of every format that hold no control character of the draft.
tests/test_fuzz.py runs 10,000 of them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from followup_lint import Context, Linter
from followup_lint.model import Source
from followup_lint.parsing import UnreadableError, from_text, load
from followup_lint.report import FORMATS, Report, render

ROOT = Path(__file__).parent.parent
DRAFTS = [json.loads(line)["draft"] for line in (ROOT / "tests/letters/dev-a.jsonl").read_text("utf-8").splitlines()]
PARTS = [
    "Subject: Thank you – Data Engineer\n", "Subject:\n", "Subject: RE: FW: URGENT!!!\n",
    "From: a@b.example\nTo: c@d.example\n", "Dear Ms. Raman,\n", "Hi [Name],\n", "To whom it may concern:\n",
    "Hey!!! 😀\n", "Respected Sir/Madam\n", "Ms Okonjo-Bright –\n",
    "Thank you for the interview on Monday 2 March at 14:00. ", "I need your answer by Friday or I walk. ",
    "i recieved the the mail ", "Please find attach my CV (v2.1). ",
    "Would you know when you expect to decide? ", "lol u r gr8 ", "At Harrow Mills I rebuilt it in C++. ",
    "On Tue, 3 Mar 2026 at 09:02, X <x@y.example> wrote:\n> quoted\n>> twice\n",
    "-----Original Message-----\nFrom: x\n", "Kind regards,\n", "Best\n", "Sent from my iPhone\n",
    "Jonas Feld\n", "+49 30 555 0147 | j@f.example | linkedin.com/in/jf\n", "-- \n", "P.S. one more thing\n",
    "- a bullet\n* another\n1. a third\n", "{{company}} <role> XX TBD ", "https://a.example/b?c=d#e ",
]  # fmt: skip
HOSTILE = [
    "\x1b[31m", "\x1b]0;title\x07", "\x00", "\x07", "\x7f", "\x85", "\u202e", "\u2066", "\u200b", "\u200d",
    "\ufeff", "\u00ad", "\ud800", "\udfff", "\ufffd", "\u2028", "е", "а", "ﬁ", "Ａ", "é", "e\u0301",
    "\u0301" * 9, "👩‍👩‍👧", "<script>alert(1)</script>", "<b>", "&amp;", "&#27;", "]]>", "::error::x", "%0A",
    "`", "**", "|", "\\", "'", "\"", "’", "“", "…", "—", "\r", "\r\n", "\t", "\v", "\f", "\u00a0", "\u3000",
    "١٢٣", "中文字", "שלום", "สวัสดี", "अआ", "Ω", "ß", "İ", "ı", "ǆ", "0" * 40, "a" * 70, "A" * 70, "!" * 40,
    "." * 40, "🎉" * 20, "a b " * 20, "follow2up", "bob@acme.com-555-1234", "x@y" * 9, "((((", "))))", "[[[[",
    "]]]]", "{{{{", "}}}}", "----", "____", "====", ">>>>", "www.", "://",
]  # fmt: skip
# Ranges of code points: ASCII twice, Latin, Greek and Cyrillic, Hebrew and Arabic, Indic and Thai, signs, emoji.
SCRIPTS = [
    (32, 127), (32, 127), (160, 592), (0x300, 0x530), (0x590, 0x700), (0x900, 0xE80), (0x2000, 0x2100),
    (0x1F300, 0x1F700),
]  # fmt: skip
HEADS = [
    "", "From: a@b.example\nSubject: =?utf-8?q?D=C3=A4?=\nMessage-ID: <1@b.example>\n\n", "<html><body><p>", "\ufeff",
    "Content-Type: multipart/mixed; boundary=x\nSubject: a\nMessage-ID: <1@b>\n\n--x\nContent-Type: text/html\n\n<p>",
]  # fmt: skip
CONTEXTS = [
    {},
    {"kind": "thank_you", "role": "Data Engineer", "company": "Northwind", "interviewer": "Ms. Priya Raman"},
    {"kind": "status_check", "interviewed_at": "2026-03-02T14:00", "sending_at": "2026-03-20T09:00",
     "decision_by": "2026-03-13"},
    {"kind": "offer_deadline", "role": "C++", "company": "A.B. (C) [D]", "interviewer": "O’Brien, *",
     "topics": ["(", "[a-z", "\\d"]},
    {"kind": "other"},
    {"role": "x" * 300, "known_words": ["", " ", "\u202e"], "first_name_ok": False, "region": "uk"},
]  # fmt: skip
# Characters of a draft that no report may pass on as they are.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# The longest a draft may take, in seconds for 100,000 characters, and for any draft at all.
_SECONDS, _LEAST = 5.0, 1.0


class Find(NamedTuple):
    """A draft for which something did not hold: by its number the generator makes it again."""

    seed: int
    number: int
    problem: str


class Run(NamedTuple):
    inputs: int
    finds: list[Find]
    slowest: tuple[float, int]  # seconds for the slowest draft, and its number


def mutated(dice: random.Random) -> str:
    text = list(dice.choice(DRAFTS))
    for _ in range(dice.randint(1, 30)):
        at = dice.randrange(len(text) + 1)
        text[at : at + dice.choice((0, 0, 1, 3, 40))] = dice.choice([*HOSTILE, *PARTS, "", "", "\n", "\n\n", " "])
    return "".join(text)[: dice.choice((80, 400, 4_000))]


def grammar(dice: random.Random) -> str:
    return "".join(dice.choice(PARTS) + dice.choice(("", "", "\n", " ", "\n\n")) for _ in range(dice.randint(0, 14)))


def noise(dice: random.Random) -> str:
    words = [dice.choice(HOSTILE) if dice.random() < 0.5 else _random_word(dice) for _ in range(dice.randint(0, 30))]
    return dice.choice(("", " ", "\n")).join(words)


def _random_word(dice: random.Random) -> str:
    low, high = dice.choice(SCRIPTS)
    return "".join(chr(dice.randrange(low, high)) for _ in range(dice.randint(1, 12)))


def on_disk(dice: random.Random) -> bytes:
    text = dice.choice((mutated, grammar, noise))(dice)
    encoding = dice.choice(("utf-8", "utf-8", "utf-16", "cp1252", "latin-1"))
    data = (dice.choice(HEADS) + text).encode(encoding, "replace")
    if dice.random() < 0.3 and data:
        at = dice.randrange(len(data))
        data = data[:at] + dice.randbytes(dice.randint(1, 8)) + data[at + 1 :]
    return data


SORTS: tuple[Callable[[random.Random], str | bytes], ...] = (mutated, grammar, noise, on_disk)


def source(dice: random.Random) -> Source:
    made = SORTS[dice.randrange(len(SORTS))](dice)
    if isinstance(made, str):
        return from_text(made, "draft.txt", dice.choice(("txt", "txt", "txt", "md", "eml", "html")))
    try:
        return load(made, dice.choice(("draft.txt", "draft.eml", "draft.html", "draft")))
    except UnreadableError:
        return from_text("")


def problems(linter: Linter, draft: Source, context: Context) -> Iterator[str]:
    """What does not hold for this draft."""
    report = linter.lint(draft, context)
    yield from inconsistencies(report)
    if len(report.draft.text) % 2 == 0 and linter.lint(draft, context).to_dict() != report.to_dict():
        yield "another answer the second time"
    for name in FORMATS if len(report.draft.text) % 4 == 0 else ():  # rendering takes longer than linting
        shown = render(name, [report])
        if name in ("json", "jsonl", "sarif"):
            json.loads(shown.splitlines()[0] if name == "jsonl" else shown)
        elif _CONTROLS.search(shown):
            yield f"a control character in the {name} report"
        if name == "html" and "<script>alert" in shown:
            yield "a tag of the draft in the html report"
    for _ in range(6):
        mended = report.fixed_text
        if mended == report.draft.text:
            return
        report = linter.lint(mended, context)
    yield "safe fixes never come to an end"


def inconsistencies(report: Report) -> Iterator[str]:
    """What a report says against itself."""
    size = len(report.draft.text)
    if not 0 <= report.score <= 100 or report.score != max(0, 100 - sum(f.points for f in report.findings)):
        yield "the score is not what the findings say"
    for finding in report.findings:
        if finding.span.end > size or any(note.span.end > size for note in finding.related):
            yield f"{finding.rule}: a span outside the text"
        if len(finding.suggestions) > 5:
            yield f"{finding.rule}: more than five suggestions"
        if finding.severity == "info" and finding.points:
            yield f"{finding.rule}: an info that costs points"
    if [(f.span, f.rule) for f in report.findings] != sorted((f.span, f.rule) for f in report.findings):
        yield "findings out of order"
    places = sorted(span for section in report.draft.sections for span in section.spans if span)
    if any(a.overlaps(b) for a, b in pairwise(places)):
        yield "sections that overlap"


def run(inputs: int, seed: int, linter: Linter, first: int = 0) -> Run:
    """Try *inputs* drafts from number *first* on."""
    finds, slowest = [], (0.0, first)
    for number in range(first, first + inputs):
        dice = random.Random(f"{seed}/{number}")
        draft, context = source(dice), Context.from_mapping(dice.choice(CONTEXTS))
        start = time.perf_counter()
        try:
            finds += [Find(seed, number, problem) for problem in problems(linter, draft, context)]
        except Exception:
            finds.append(Find(seed, number, traceback.format_exc(limit=-4)))
        took = time.perf_counter() - start
        slowest = max(slowest, (took, number))
        if took > 12 * max(_LEAST, _SECONDS * len(draft.text) / 100_000):  # a dozen lints and reports of it
            finds.append(Find(seed, number, f"{took:.1f} s for {len(draft.text)} characters"))
    return Run(inputs, finds, slowest)


@cache
def _linter(engine: str) -> Linter:
    """One for each process."""
    return Linter(typo_engine=engine)


def part(inputs: int, seed: int, engine: str, first: int) -> Run:
    """A part of a run, in a process of its own."""
    return run(inputs, seed, _linter(engine), first)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--inputs", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--engine", default="none", help="the typo engine (default: none)")
    asked.add_argument("--first", type=int, default=0, help="the number of the first draft: to see a find again")
    asked.add_argument("--jobs", type=int, default=2)
    options = asked.parse_args()
    each = min(options.inputs, 500)
    starts = range(options.first, options.first + options.inputs, each)
    done = 0
    with ProcessPoolExecutor(options.jobs) as pool:
        for one in pool.map(partial(part, each, options.seed, options.engine), starts):
            done += one.inputs
            took, number = one.slowest
            print(f"{done} drafts; of the last {one.inputs} number {number} took longest, {took:.2f} s", flush=True)
            for find in one.finds:
                print(f"seed {find.seed}, number {find.number}: {find.problem}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
