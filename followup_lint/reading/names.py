"""Where the employer is named: in full, cut short, or by its initials."""

from __future__ import annotations

import re

from ..model import Context, Draft, Span

# A single first word stands for the firm only if it is long enough, and where a capital letter is no sentence start.
_FEWEST_LETTERS = 3
_MID_SENTENCE = r"(?<=[a-z,] )"


def companies(draft: Draft, context: Context) -> tuple[Span, ...]:
    """The places in the letter where the context's company stands: "Harrow Heating Ltd", "Harrow Heating", "Harrow"."""
    found = _forms(context.company)
    if found is None:
        return ()
    return tuple(Span(*m.span()) for span in draft.letter for m in found.finditer(draft.text, span.start, span.end))


def _forms(company: str) -> re.Pattern[str] | None:
    """One expression for every form of the name, the longest first; None where there is no name."""
    words = company.split()
    if words and words[0].lower() == "the":
        words = words[1:]
    if not words:
        return None
    rows = [words[:size] for size in range(len(words), 1, -1)] or [words]
    forms = ["(?i:" + r"[\s-]+".join(map(re.escape, row)) + ")" for row in rows]
    first = words[0].rstrip(",.")
    if len(words) > 1 and len(first) >= _FEWEST_LETTERS and first[0].isupper():
        forms.append(_MID_SENTENCE + re.escape(first))
    initials = "".join(word[0] for word in words if word[0].isupper())
    if len(initials) > 2:
        forms.append(re.escape(initials))
    return re.compile(r"(?<!\w)(?:" + "|".join(forms) + r")(?!\w)")
