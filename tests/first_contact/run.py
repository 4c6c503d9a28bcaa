"""Scores a batch of first-contact text: `python tests/first_contact/run.py BATCH…` (folders of tests/first_contact).

A batch was written by somebody who had not seen the rules. Its first figures, taken before anybody read it, stand in
log.md; run again, it shows what was learnt from it since.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from followup_lint import Finding, Linter, Severity
from followup_lint.authoring import labelled, letter, measure
from followup_lint.model import Example, Span

CHECKS = {"pushy": ("pushiness",), "informal": ("formality", "salutation", "closing")}


def loud(linter: Linter, sentence: str) -> tuple[list[Finding], str, int]:
    """The findings at warning and above on a sentence put into the baseline letter, the text, and where it stands."""
    text, context = letter(Example(False, add=sentence))
    found = [f for f in linter.lint(text, context).findings if f.severity is not Severity.INFO]
    return found, text, text.index(sentence)


def marks(sentence: str) -> Iterator[tuple[int, int]]:
    """The places of «…» in the sentence without its marks."""
    at = 0
    for part in re.split("(«[^»]*»)", sentence):
        words = part.strip("«»")
        if part.startswith("«"):
            yield at, at + len(words)
        at += len(words)


def pressing(linter: Linter, path: Path, *, misses: bool) -> None:
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for row in path.read_text(encoding="utf-8").splitlines():
        if "\t" not in row:
            continue
        category, sentence = row.split("\t")[:2]
        clean = sentence.replace("«", "").replace("»", "")
        findings, _, start = loud(linter, clean)
        mine = [f.span for f in findings if f.check in CHECKS[category]]
        for low, high in marks(sentence):
            mark = Span(start + low, start + high)
            wanted[category] += 1
            hit = any(2 * (min(mark.end, s.end) - max(mark.start, s.start)) >= len(s) for s in mine)
            found[category] += hit
            if misses and not hit:
                print(f"  miss {category}: {sentence}")
    for category in wanted:
        print(f"{path.parent.name}: {category} found {found[category]} of {wanted[category]}"
              f" ({found[category] / wanted[category]:.0%})")


def look_alikes(linter: Linter, path: Path, *, misses: bool) -> None:
    alarms, total = Counter(), 0
    for sentence in filter(None, map(str.strip, path.read_text(encoding="utf-8").splitlines())):
        findings, text, _ = loud(linter, sentence)
        total += 1
        for check in {f.check for f in findings}:
            alarms[check] += 1
        if misses and findings:
            print(f"  alarm: {sentence} | {[(f.rule, f.span.of(text)) for f in findings]}")
    print(f"{path.parent.name}: {total} look-alikes, alarms {dict(alarms) or 'none'}")


def main() -> None:
    """Score the batches named."""
    names = [a for a in sys.argv[1:] if not a.startswith("--")]
    linter, misses = Linter(), "--misses" in sys.argv
    for folder in (Path(n) if Path(n).is_dir() else Path(__file__).parent / n for n in names):
        if (folder / "pressing.tsv").is_file():
            pressing(linter, folder / "pressing.tsv", misses=misses)
        if (folder / "look_alikes.tsv").is_file():
            look_alikes(linter, folder / "look_alikes.tsv", misses=misses)
        if (folder / "letters.jsonl").is_file():
            rows = measure(labelled(folder / "letters.jsonl"), linter)
            print(json.dumps({r.name: (r.right, r.wrong, r.missed) for r in rows if "." not in r.name or r.missed}))


if __name__ == "__main__":
    main()
