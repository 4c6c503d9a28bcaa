"""Writes rules/measured.tsv: how often each rule fired on the open labelled letters, and how often it was right.

`python tests/letters/measured.py` after a change of rules. Pages and findings (`confidence`) carry the figure.
"""

from __future__ import annotations

from pathlib import Path

from followup_lint import Linter
from followup_lint.authoring import labelled, measure

ROOT = Path(__file__).parent.parent
FILES = sorted([*(ROOT / "letters").glob("*.jsonl"), *(ROOT / "first_contact").glob("*/letters.jsonl")])

cases = [case for path in FILES for case in labelled(path)]
rows = [row for row in measure(cases, Linter()) if "." in row.name and row.right + row.wrong]
head = f"# rule, findings, right findings on {len(cases)} open letters: made by tests/letters/measured.py"
lines = [f"{row.name}\t{row.right + row.wrong}\t{row.right}" for row in rows]
(ROOT.parent / "rules" / "measured.tsv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
