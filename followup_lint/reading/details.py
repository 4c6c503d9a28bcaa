"""Details."""
from __future__ import annotations

from ..model import Context, Draft
from .reading import Detail


def details(draft: Draft, context: Context, sentences: object, acts: object, lexicon: object) -> tuple[Detail, ...]:
    return ()
