"""Kinds of checks, one per file. A page under rules/ says which kind it is and gives the kind its keys."""

from collections.abc import Mapping

from .absence import Absence
from .act import Act
from .base import Check, CheckType, Table, TableError
from .comma_splice import CommaSplice
from .count import Count
from .form_letter import FormLetter
from .greeting import Greeting
from .learned import Learned
from .names import Names
from .proofread import Proofread
from .readability import Readability
from .role import Role
from .shape import Shape, SlowPatternError
from .specifics import Specifics
from .timing import Timing
from .vague import Vague
from .wording import Wording

KINDS: Mapping[str, type[CheckType]] = {
    "absence": Absence,
    "act": Act,
    "comma-splice": CommaSplice,
    "count": Count,
    "form-letter": FormLetter,
    "greeting": Greeting,
    "learned": Learned,
    "names": Names,
    "proofread": Proofread,
    "readability": Readability,
    "role": Role,
    "shape": Shape,
    "specifics": Specifics,
    "timing": Timing,
    "vague": Vague,
    "wording": Wording,
}

__all__ = ["KINDS", "Check", "CheckType", "Learned", "SlowPatternError", "Table", "TableError"]
