"""``followup-lint serve``: a question a line on standard input, its answer a line on standard output, both JSON.

For editors, assistants and hosts that lint again and again: rules and typo engine start once. docs/serve.md is the
protocol.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, get_args

from ..model import Context, ContextError, Format, Source
from ..parsing import UnreadableError, from_text
from ..report.json_format import dumps
from .options import add_rules, parser
from .pipe import answers_only
from .settings import find_settings, make_linter

if TYPE_CHECKING:
    from ..api import Linter

LARGEST = 40_000_000
"""The longest question, in bytes: a draft of the largest size that is read, each character escaped."""
_KEYS = frozenset({"id", "text", "name", "format", "context"})
_FORMATS = get_args(Format)


class _QuestionError(Exception):
    """A question that cannot be answered; ``str()`` says why in one line without a word of the draft."""


def run(arguments: Sequence[str]) -> int:
    """Answer until standard input ends."""
    made = parser("serve", "Answers questions in JSON, one a line, until its input ends: for editors and hosts.")
    add_rules(made)
    options = made.parse_args(arguments)
    with answers_only() as answers:
        linter = make_linter(options, find_settings(options))
        for line in _lines(sys.stdin.buffer):
            answers.write(dumps(_answer(line, linter)).encode("utf-8") + b"\n")
            answers.flush()
        linter.close()
    return 0


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The questions; of one that is too long only its beginning, so that it is answered and the next is found."""
    while line := stream.readline(LARGEST + 1):
        beginning = line
        while line and not line.endswith(b"\n"):
            line = stream.readline(LARGEST)
        if not beginning.isspace():
            yield beginning


def _answer(line: bytes, linter: Linter) -> Mapping[str, Any]:
    question: Mapping[str, Any] = {}
    try:
        question = _question(line)
        source, context = _source(question), _context(question, linter)
        return {"id": question.get("id"), "file": linter.lint(source, context).to_dict()}
    except _QuestionError as problem:
        return {"id": question.get("id"), "error": str(problem)}


def _question(line: bytes) -> Mapping[str, Any]:
    if len(line) > LARGEST:
        raise _QuestionError(f"longer than {LARGEST:,} bytes")
    try:
        question = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise _QuestionError("not JSON in UTF-8") from None
    if not isinstance(question, dict):
        raise _QuestionError("not a JSON object")
    if not isinstance(question.get("id"), str | int | float | None):
        raise _QuestionError("id: expected a text or a number")
    return question


def _no_number(name: str) -> None:
    """NaN and Infinity, which Python reads and JSON does not know."""
    raise ValueError(name)


def _source(question: Mapping[str, Any]) -> Source:
    for key in question:
        if key not in _KEYS:
            raise _QuestionError(f"{key[:40]}: no such key; known are {', '.join(sorted(_KEYS))}")
    text, name, form = question.get("text"), question.get("name", "draft"), question.get("format", "txt")
    if not isinstance(text, str):
        raise _QuestionError("text: expected the draft as a text")
    if not isinstance(name, str):
        raise _QuestionError("name: expected a text")
    if form not in _FORMATS:
        raise _QuestionError(f"format: expected one of {', '.join(_FORMATS)}")
    try:
        return from_text(text, name, form)
    except UnreadableError as problem:
        raise _QuestionError(f"text: {problem}") from None


def _context(question: Mapping[str, Any], linter: Linter) -> Context:
    facts = question.get("context", {})
    if not isinstance(facts, dict):
        raise _QuestionError("context: expected an object of facts")
    try:
        context = Context.from_mapping(facts)
    except ContextError as problem:
        raise _QuestionError(f"context: {problem}") from None
    if context.region and context.region not in linter.regions:
        raise _QuestionError(f"context: region: expected one of {', '.join(linter.regions)}")
    return context
