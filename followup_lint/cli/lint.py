"""``followup-lint DRAFT…``: the main job."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..model import Context, Severity, Source
from ..report import FORMATS, Report, render
from . import drafts
from .contexts import facts_given, for_draft, read_context
from .fixing import diff, fix
from .main import COMMANDS
from .options import add_facts, add_rules, given_facts, parser
from .problem import Problem
from .settings import FAIL_ON, find_settings, make_linter

if TYPE_CHECKING:
    from ..api import Linter

# From this many drafts on, or for a folder, progress is shown on a terminal.
_MANY = 20
_RANK = {**{s.value: s.rank for s in Severity}, "never": 3}


def run(arguments: Sequence[str]) -> int:
    """Lint the drafts named; returns the exit status."""
    options = _options(arguments)
    settings = find_settings(options)
    chosen = options.format or settings.format or "text"
    if chosen not in FORMATS:
        told = "--format" if options.format else f"{settings.file}: format"
        raise Problem(f"{told}: {chosen!r} is none of {', '.join(FORMATS)}")
    fail_on = options.fail_on or settings.fail_on
    paths = drafts.named(options.draft)
    given = facts_given(given_facts(options))
    shared = read_context(Path(options.context)) if options.context else Context()
    linter = make_linter(options, settings)
    reports, failed = [], False
    with _Output(options.output) as output:
        show = {"color": _colored(options.color, output.stream), "quiet": options.quiet}
        for path in _progress(paths, options):
            try:
                report = _one(path, linter, options, given, shared)
            except Problem as problem:
                print(f"followup-lint: {problem}", file=sys.stderr)
                failed = True
                continue
            reports.append(report)
            if chosen == "jsonl":
                output.write(render(chosen, [report]))
        if options.diff:
            output.write("".join(diff(report) for report in reports))
        elif chosen != "jsonl" and (reports or not failed):
            output.write(render(chosen, reports, **show))
    linter.close()
    worst = max((f.severity.rank for r in reports for f in r.findings), default=-1)
    return 2 if failed else int(worst >= _RANK[fail_on])


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    made = parser("", "Reads the e-mail you send after a job interview as a careful career coach would.")
    made.epilog = f"commands: {', '.join(COMMANDS)} (followup-lint COMMAND --help)"
    made.add_argument("draft", nargs="+", metavar="DRAFT", help="a file, a folder, or - for standard input")
    made.add_argument("--format", metavar="FORMAT", help=", ".join(FORMATS))
    made.add_argument("--output", metavar="FILE", help="write the report there")
    made.add_argument("--fail-on", choices=FAIL_ON, help="what makes the exit status 1 (default: warning)")
    made.add_argument("--fix", action="store_true", help="apply the fixes that are safe")
    made.add_argument("--diff", action="store_true", help="show them and change nothing")
    made.add_argument("--stdin-name", default="<stdin>", metavar="NAME", help="what it is: draft.eml")
    made.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    made.add_argument("--quiet", action="store_true", help="one line a draft")
    made.add_argument("--version", action="version", version=f"followup-lint {__version__}")
    add_facts(made)
    add_rules(made)
    return made.parse_args(arguments)


def _one(path: Path | None, linter: Linter, options: argparse.Namespace, given: Context, shared: Context) -> Report:
    source: Source = drafts.source(path, options.stdin_name)
    context = for_draft(path, given, shared)
    report = linter.lint(source, context)
    if options.fix:
        return fix(path, report, lambda text: linter.lint(text, context))
    return report


def _progress(paths: Sequence[Path | None], options: argparse.Namespace) -> Iterator[Path | None]:
    folder = any(Path(one).is_dir() for one in options.draft)
    shown = (folder or len(paths) > _MANY) and sys.stderr.isatty() and not options.quiet
    for n, path in enumerate(paths, 1):
        if shown:
            print(f"\r{n} of {len(paths)} drafts", end="", file=sys.stderr, flush=True)
        yield path
    if shown:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _colored(wish: str, stream: Any) -> bool:
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


class _Output:
    """Standard output, or a file that appears whole or not at all."""

    def __init__(self, name: str | None) -> None:
        self.path = Path(name) if name else None
        self.parts: list[str] = []
        self.stream = sys.stdout

    def __enter__(self) -> _Output:
        return self

    def write(self, text: str) -> None:
        """Write at once, or keep for the file."""
        if self.path:
            self.parts.append(text)
        else:
            self.stream.write(text)
            self.stream.flush()

    def __exit__(self, kind: object, *_: object) -> None:
        if self.path and kind is None:
            try:
                self.path.write_text("".join(self.parts), encoding="utf-8", newline="", errors="backslashreplace")
            except OSError as problem:
                raise Problem(f"--output: {self.path}: cannot be written ({problem.strerror})") from None
