"""The report: score, verdict, fixes, and one renderer per format."""

from .fixes import apply, safe_edits
from .formats import FORMATS, render
from .report import Report
from .score import score, verdict

__all__ = ["FORMATS", "Report", "apply", "render", "safe_edits", "score", "verdict"]
