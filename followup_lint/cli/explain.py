"""``followup-lint explain RULE``: the rule's page."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ..authoring import page_json, page_markdown, page_text
from .options import add_rules, parser
from .problem import Problem
from .settings import find_settings, make_linter


def run(arguments: Sequence[str]) -> int:
    """Show one rule's page."""
    made = parser("explain", "Shows a rule's page: what it flags, why, on what evidence, with examples.")
    made.add_argument("rule", metavar="RULE")
    made.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    add_rules(made)
    options = made.parse_args(arguments)
    options.typo_engine = "none"
    options.preview = True
    found = make_linter(options, find_settings(options)).rulebook.rule(options.rule)
    if found is None:
        raise Problem(f"no rule is named {options.rule!r}; `followup-lint rules` lists them")
    if options.format == "json":
        print(json.dumps(page_json(found), ensure_ascii=False, indent=1))
    else:
        print((page_markdown if options.format == "markdown" else page_text)(found), end="")
    return 0
