"""followup-lint: reads the e-mail you send after a job interview as a careful career coach would.

>>> from followup_lint import Context, lint
>>> report = lint("Dear Ms. Raman, ...", context=Context(role="Data Engineer"))
>>> report.score.value, report.verdict

Names are loaded when first asked for, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import Linter, draft, lint
    from .model import Context, ContextError, Finding, Ignore, Kind, Severity, Span, Verdict
    from .report import Report
    from .rulebook import Plugin

__version__ = "0.1.0"

_HOMES = {
    "api": ("Linter", "draft", "lint"),
    "model": ("Context", "ContextError", "Finding", "Ignore", "Kind", "Severity", "Span", "Verdict"),
    "report": ("Report",),
    "rulebook": ("Plugin",),
}
__all__ = [
    "Context", "ContextError", "Finding", "Ignore", "Kind", "Linter", "Plugin", "Report", "Severity", "Span", "Verdict",
    "draft", "lint",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f".{home}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted((*globals(), *__all__))
