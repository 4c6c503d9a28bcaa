"""What the writer of a mail is told: in a terminal, and in an SMTP reply that mail programs show."""

from __future__ import annotations

import unicodedata

from .decide import Action
from .judge import Answer

# RFC 5321, 4.5.3.1.5: a reply line has at most 512 bytes with its CRLF and its code.
_LINE = 480
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "−": "-"})
# Mail programs show a reply in a small window.
_FINDINGS = 8
_WORST = 350
_AGAIN = "Sent again within ten minutes, it goes as it is."


def terminal_lines(answer: Answer) -> tuple[str, ...]:
    """The lines for standard error; none for a mail that simply goes."""
    problems = tuple(f"followup-lint: {line}" for line in answer.problems)
    if answer.action is Action.PASS:
        return problems
    stopped = answer.action is Action.STOP
    head = "this mail was NOT sent" if stopped else "the mail goes; you may want to know"
    tail = [_AGAIN] if stopped and answer.findings else []
    if answer.report:
        tail.append(f"The whole report: {answer.report}")
    return (
        *problems,
        f"followup-lint: {head}: {answer.reason}",
        *(f"  {line}" for line in answer.findings),
        *(f"  {line}" for line in tail),
    )


def smtp_lines(answer: Answer) -> tuple[bytes, ...]:
    """The reply to a mail that is stopped: code 550, enhanced code 5.7.1 (RFC 3463: not authorised), ASCII only.

    mutt shows the last line alone, others the first: so both name us, and the worst finding stands in the last.
    """
    worst, others = answer.findings[:1], answer.findings[1 : 1 + _FINDINGS]
    lines = [f"followup-lint: not sent: {answer.reason}", *others]
    if len(answer.findings) > 1 + _FINDINGS:
        lines.append(f"and {len(answer.findings) - 1 - _FINDINGS} more")
    if answer.report:
        lines.append(f"The whole report: {answer.report}")
    lines += [f"followup-lint: {line[:_WORST]} - {_AGAIN}" for line in worst]
    return tuple(
        b"550" + (b"-" if number < len(lines) else b" ") + b"5.7.1 " + _ascii(line)[:_LINE]
        for number, line in enumerate(lines, 1)
    )


def _ascii(text: str) -> bytes:
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    return bytes(b if 32 <= b < 127 else 63 for b in kept.encode("ascii", "replace"))
