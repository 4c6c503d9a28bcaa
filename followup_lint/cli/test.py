"""``followup-lint test RULES…``: runs the examples of rule files and folders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..authoring import check_examples
from ..rulebook import rules_folder
from .options import add_rules, parser
from .problem import Problem
from .settings import find_settings, make_linter


def run(arguments: Sequence[str]) -> int:
    """Run the examples of the rules named; exit status 1 if one fails."""
    made = parser("test", "Runs the examples of rules: folders laid out as FOLDER/CHECK/RULE.toml, or files in one.")
    made.add_argument("paths", nargs="+", metavar="RULES")
    add_rules(made)
    options = made.parse_args(arguments)
    folders, wanted = _folders(options.paths)
    options.rules = [str(f) for f in folders if f.resolve() != rules_folder().resolve()]
    linter = make_linter(options, find_settings(options))
    tested = [one for one in linter.rulebook.rules if Path(one.page.file).resolve() in wanted]
    failures = [failure for one in tested for failure in check_examples(one, linter)]
    for failure in failures:
        print(failure)
    examples = sum(len(one.rule.examples) for one in tested)
    print(f"{len(tested)} rules, {examples} examples, {len(failures)} failures")
    linter.close()
    return int(bool(failures))


def _folders(names: Sequence[str]) -> tuple[list[Path], set[Path]]:
    """The folders of rules to load, and the pages in them to test."""
    folders, pages = [], set()
    for name in names:
        path = Path(name)
        if path.is_dir():
            found = {p.resolve() for p in path.glob("*/*.toml")}
            folders.append(path)
        elif path.is_file():
            found = {path.resolve()}
            folders.append(path.resolve().parent.parent)
        else:
            raise Problem(f"{name}: there is no such file or folder of rules")
        if not found:
            raise Problem(f"{name}: holds no rule; lay them out as {name}/CHECK/RULE.toml")
        pages |= found
    return folders, pages
