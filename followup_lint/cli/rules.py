"""``followup-lint rules``: lists the rules."""

from __future__ import annotations

import json
from collections.abc import Sequence

from .options import add_rules, parser
from .settings import find_settings, make_linter


def run(arguments: Sequence[str]) -> int:
    """List the rules that would run."""
    made = parser("rules", "Lists the rules, one a line.")
    made.add_argument("--format", choices=("text", "json"), default="text")
    add_rules(made)
    options = made.parse_args(arguments)
    options.typo_engine = "none"
    rules = [one.rule for one in make_linter(options, find_settings(options)).rulebook.rules]
    if options.format == "json":
        listed = [
            {"rule": r.id, "check": r.check, "severity": r.severity, "points": r.points, "status": r.status,
             "evidence": r.evidence, "summary": r.summary}
            for r in rules
        ]
        print(json.dumps({"version": 1, "rules": listed}, ensure_ascii=False, indent=1))
    else:
        width = max((len(r.id) for r in rules), default=0)
        for r in rules:
            print(f"{r.id:{width}}  {r.severity:7}  {r.summary}")
    return 0
