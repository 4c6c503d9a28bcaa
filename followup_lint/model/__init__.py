"""The words of the house: frozen values that every other room speaks in.

Nothing here does I/O, knows a rule or imports anything but the standard library.
"""

from .context import Context, ContextError, Kind
from .draft import Draft, Format, Headers, Section, SectionKind, Source
from .finding import Edit, Finding, Fix, Ignore, Match, Note
from .rule import Evidence, Example, Reference, Rule, Severity, Status
from .score import Deduction, Ignored, Score, Skipped, Verdict
from .span import Span

__all__ = [
    "Context", "ContextError", "Deduction", "Draft", "Edit", "Evidence", "Example", "Finding", "Fix", "Format",
    "Headers", "Ignore", "Ignored", "Kind", "Match", "Note", "Reference", "Rule", "Score", "Section", "SectionKind",
    "Severity", "Skipped", "Source", "Span", "Status", "Verdict",
]
