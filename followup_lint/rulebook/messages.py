"""Filling the slots of a message: ``{match}``, facts of the finding, and facts of the context."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..model import Context

_SLOT = re.compile(r"\{([a-z_]+)(?:\|([^{}]*))?\}")
_LONGEST = 60


def fill(template: str, context: Context, facts: Mapping[str, str]) -> str:
    """*template* with its slots filled; ``{role|this}`` gives ``this`` where the role is unknown.

    White space is folded to single blanks and long marked words are cut, since messages are one line.
    """
    known = {
        "role": context.role,
        "company": context.company,
        "interviewer": " and ".join(context.interviewer),
        **facts,
    }
    filled = _SLOT.sub(lambda m: _short(known.get(m[1], "")) or (m[2] or ""), template)
    return " ".join(filled.split())


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1].rstrip() + "…"
