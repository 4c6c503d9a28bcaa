"""For people who write rules: examples into tests, pages into the manual, and the measuring of rules on letters."""

from .examples import Failure, check_examples, letter
from .manual import page_json, page_markdown, page_text
from .measure import LabelError, Row, labelled, measure

__all__ = [
    "Failure", "LabelError", "Row", "check_examples", "labelled", "letter", "measure", "page_json", "page_markdown",
    "page_text",
]
