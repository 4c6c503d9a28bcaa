"""The vocabulary that patterns are written in: word classes, forms and openings, compiled once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from .fold import Folding
from .forms import Forms
from .pattern import COMPUTED, WORD, Line, Node, PatternError, Vocabulary, choice_of, parse
from .sentence_model import SentenceModel

# Classes whose members are found by reading (dates, people …), not listed in a file.
COMPUTED_CLASSES = frozenset({"digits", "capital", "plural", "date", "person", "company", "role", "slip"})

_Opening: TypeAlias = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Word classes by name (``rules/words/NAME.txt``, a phrase a line, patterns allowed, no cycles).

    ``compiled`` remembers every line compiled, by view and source, so that a cache can keep them between runs. It and
    the memo of classes are no state: the same source always gives the same line.
    """

    classes: Mapping[str, tuple[str, ...]]
    forms: Forms
    folding: Folding
    compiled: dict[tuple[str, str], Line] = field(default_factory=dict, compare=False, repr=False)
    models: Mapping[str, SentenceModel] = field(default_factory=dict, repr=False)
    _expanded: dict[str, Node] = field(default_factory=dict, compare=False, repr=False)

    def line(self, source: str) -> Line:
        """Compile one pattern line for the folded view; raises PatternError."""
        return self._line(source, "folded", self.folding.open)

    def plain_line(self, source: str) -> Line:
        """Compile one pattern line for the plain view, in which nothing is opened; raises PatternError."""
        return self._line(source, "plain", _unopened)

    def _line(self, source: str, view: str, opened: _Opening) -> Line:
        found = self.compiled.get((view, source))
        if found is None:
            found = self.compiled[view, source] = parse(source, self._vocabulary(opened, ()))
        return found

    def lines(self, sources: Iterable[str]) -> tuple[Line, ...]:
        """Compile several lines."""
        return tuple(self.line(source) for source in sources)

    def words(self, name: str) -> frozenset[str]:
        """The single words of a class; raises KeyError."""
        return frozenset(entry for entry in self.classes[name] if " " not in entry)

    def _vocabulary(self, opened: _Opening, above: tuple[str, ...]) -> Vocabulary:
        return Vocabulary(self.forms.all, opened, lambda name: self._expand(name, opened, above))

    def _expand(self, name: str, opened: _Opening, above: tuple[str, ...]) -> Node:
        # A memo, not state: the same name always gives the same node. The two views keep theirs apart.
        memo = name if opened is not _unopened else f"plain {name}"
        if memo in self._expanded:
            return self._expanded[memo]
        if name in COMPUTED_CLASSES:
            return (COMPUTED, name)
        base, tilde, form = name.partition("~")
        if tilde:
            self._expanded[memo] = (WORD, self._formed(base, form))
            return self._expanded[memo]
        if name in above:
            raise PatternError(f"word class {name!r} refers to itself: {' > '.join((*above, name))}")
        vocabulary = self._vocabulary(opened, (*above, name))
        entries = self.classes[name]
        try:
            self._expanded[memo] = choice_of([parse(entry, vocabulary).nodes for entry in entries])
        except PatternError as problem:
            raise PatternError(f"in words/{name}.txt: {problem}") from None
        return self._expanded[memo]

    def _formed(self, name: str, form: str) -> frozenset[str]:
        """That form of every single word of a class: ``{verb~ing}``; with no form named, all of them."""
        makers = {"": self.forms.all, "ing": self.forms.ing, "ed": self.forms.past, "en": self.forms.participle,
                  "s": self.forms.third}
        if form not in makers:
            raise PatternError(f"{{{name}~{form}}}: the forms are {', '.join(sorted(makers)[1:])}")
        made = [makers[form](word) for word in self.words(name)]
        return frozenset(w for one in made for w in ((one,) if isinstance(one, str) else one))


def _unopened(word: str) -> tuple[str, ...]:
    return (word,)
