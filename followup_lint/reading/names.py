"""Where the employer is named."""

from __future__ import annotations

import re

from ..model import Context, Draft, Span


def companies(draft: Draft, context: Context) -> tuple[Span, ...]:
    """The places in the letter where the context's company, or its first telling word, stands."""
    name = context.company.strip()
    if not name:
        return ()
    words = [re.escape(word) for word in name.split()]
    found = re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", re.IGNORECASE)
    return tuple(
        Span(*m.span()) for span in draft.letter for m in found.finditer(draft.text, span.start, span.end)
    )
