"""Words: folding text into tokens, the word-pattern syntax, word classes, and the matcher. Knows no rule."""

from .fold import Folding, Sentence, View, fold
from .forms import Forms
from .lexicon import Lexicon
from .lines import NONE, Lines
from .matcher import Hit, find
from .pattern import Line, PatternError
from .sentence_model import SentenceModel

__all__ = [
    "NONE", "Folding", "Forms", "Hit", "Lexicon", "Line", "Lines", "PatternError", "Sentence", "SentenceModel", "View",
    "find", "fold",
]
