"""``followup-lint measure LABELLED.jsonl``: precision and recall per rule on anyone's labelled letters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from ..authoring import LabelError, Row, labelled, measure
from ..model import ContextError
from .options import add_rules, parser
from .problem import Problem
from .settings import find_settings, make_linter


def run(arguments: Sequence[str]) -> int:
    """Measure the rules on the letters given."""
    made = parser("measure", "Prints precision and recall per rule, with intervals, on labelled letters.")
    made.add_argument("files", nargs="+", metavar="LABELLED.jsonl")
    made.add_argument("--no-context", action="store_true", help="give the rules the draft alone")
    made.add_argument("--format", choices=("text", "json"), default="text")
    add_rules(made)
    options = made.parse_args(arguments)
    try:
        cases = [case for name in options.files for case in labelled(Path(name))]
        linter = make_linter(options, find_settings(options))
        rows = measure(cases, linter, with_context=not options.no_context)
    except (LabelError, ContextError) as problem:
        raise Problem(str(problem)) from None
    except OSError as problem:
        raise Problem(f"{problem.filename}: cannot be read ({problem.strerror})") from None
    if options.format == "json":
        told = [{**asdict(r), "precision": r.precision, "recall": r.recall, "f1": r.f1} for r in rows]
        print(json.dumps(told, indent=1))
    else:
        print(f"{'rule':28} right wrong missed  precision recall   F1  (95% over letters)")
        print("\n".join(map(_line, rows)))
    linter.close()
    return 0


def _line(row: Row) -> str:
    low, high = row.interval or (None, None)
    figures = f"{_percent(row.precision):>10}{_percent(row.recall):>7}{_percent(row.f1):>5}"
    return f"{row.name:28} {row.right:5} {row.wrong:5} {row.missed:6} {figures}  {_percent(low)}–{_percent(high)}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f}"
