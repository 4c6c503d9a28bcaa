"""What passes between the Thunderbird add-on and this program: JSON after its length, on a pipe (native messaging)."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import BinaryIO

from .judge import Answer

LARGEST = 4_000_000
"""The longest question read, in bytes: the add-on sends at most 100,000 characters of a mail's text."""
# Thunderbird takes no answer above 1 MB; a finding is far shorter than a tenth of what this leaves for each.
_FINDINGS = 50
_LENGTH = struct.Struct("=I")


class ProtocolError(Exception):
    """What came is no question of the add-on; ``str()`` says why in one line without a word of a mail."""


def serve(questions: BinaryIO, answers: BinaryIO, check: Callable[[bytes, Sequence[str], datetime], Answer]) -> None:
    """Answer until the add-on goes away. Raises ProtocolError for what it cannot have sent."""
    while (question := _read(questions)) is not None:
        message, recipients = _mail(question.get("draft"))
        answer = check(message, recipients, datetime.now().astimezone())
        _write(answers, {"id": question.get("id"), **_told(answer)})


def _read(stream: BinaryIO) -> Mapping[str, object] | None:
    """The next question; None when the stream ends, in the middle of a question too."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > LARGEST:
        raise ProtocolError(f"a question of {length} bytes; the longest is {LARGEST}")
    data = stream.read(length)
    if len(data) < length:
        return None
    try:
        question = json.loads(data)
    except (ValueError, RecursionError):
        raise ProtocolError("a question that is not JSON") from None
    if not isinstance(question, dict):
        raise ProtocolError("a question that is no JSON object")
    return question


def _write(stream: BinaryIO, answer: Mapping[str, object]) -> None:
    data = json.dumps(answer).encode("ascii")
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def _mail(draft: object) -> tuple[bytes, list[str]]:
    """The draft as a message, and its recipients as written."""
    fields = draft if isinstance(draft, dict) else {}
    people = {name: _texts(fields.get(name)) for name in ("from", "to", "cc", "bcc")}
    head = [f"{name.capitalize()}: {_line(', '.join(given))}" for name, given in people.items() if given]
    head.append(f"Subject: {_line(''.join(_texts(fields.get('subject'))))}")
    kind = 'MIME-Version: 1.0\nContent-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: 8bit'
    text = "\n".join((*head, kind, "", "".join(_texts(fields.get("body")))))
    return text.encode("utf-8", "replace"), [one for name in ("to", "cc", "bcc") for one in people[name]]


def _texts(given: object) -> list[str]:
    return [one for one in (given if isinstance(given, list) else [given]) if isinstance(one, str)]


def _line(text: str) -> str:
    return " ".join(text.split())


def _told(answer: Answer) -> Mapping[str, object]:
    more = len(answer.findings) - _FINDINGS
    return {
        "action": answer.action.value,
        "reason": answer.reason,
        "findings": [*answer.findings[:_FINDINGS], *([f"and {more} more"] if more > 0 else [])],
        "report": answer.report,
        "problems": list(answer.problems),
    }
