"""The answer to one draft."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..model import Draft, Finding, Ignored, Kind, Score, Skipped, Verdict
from .fixes import apply, safe_edits


@dataclass(frozen=True, slots=True)
class Report:
    """Everything known about one draft, ready to be shown.

    ``kind_confidence`` is 0–1 (1 where the context said the kind); ``engine`` names the typo engine that ran and its
    version; ``ruleset`` is a hash of the rules, since scores can only be compared under the same ones.
    """

    draft: Draft
    kind: Kind
    kind_confidence: float
    findings: tuple[Finding, ...]
    tally: Score
    verdict: Verdict
    skipped: tuple[Skipped, ...]
    ignored: tuple[Ignored, ...]
    engine: str
    ruleset: str

    @property
    def score(self) -> int:
        """From 0 to 100: 100 minus the points of all findings."""
        return self.tally.value

    @property
    def fixed_text(self) -> str:
        """The source text with every safe fix applied."""
        return apply(self.draft.text, safe_edits(self.findings))

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON values: one member of ``files`` in docs/json-format."""
        from .json_format import file_object

        return file_object(self)
