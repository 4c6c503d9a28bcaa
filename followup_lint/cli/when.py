"""``followup-lint when``: the earliest sensible moment for the next message, and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from ..model import Context
from ..reading import next_contact
from .contexts import facts_given, read_context
from .options import add_facts, given_facts, parser
from .problem import Problem


def run(arguments: Sequence[str]) -> int:
    """Say when to write next."""
    made = parser("when", "Says when the next message may go out, and why.")
    made.add_argument("file", nargs="?", metavar="CONTEXT", help="a context file or calendar invitation")
    made.add_argument("--format", choices=("text", "json"), default="text")
    add_facts(made)
    options = made.parse_args(arguments)
    context = facts_given(given_facts(options))
    for name in (options.file, options.context):
        context = context.filled_from(read_context(Path(name)) if name else Context())
    contact = next_contact(context)
    if contact is None:
        raise Problem("when: give interviewed_at, decision_by or previous_messages, in a file or as options")
    if options.format == "json":
        until = contact.until.isoformat() if contact.until else None
        print(json.dumps({"at": contact.at.isoformat(), "until": until, "why": contact.why, "rule": contact.rule}))
    else:
        until = f", and by {contact.until:%A %d %B %Y, %H:%M}" if contact.until else ""
        print(f"From {contact.at:%A %d %B %Y, %H:%M}{until}: {contact.why}. (followup-lint explain {contact.rule})")
    return 0
