"""What a kind of check is, and how the keys of a page's [check] table become its fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, Self

from ..language import Lexicon, Lines, PatternError, SentenceModel
from ..model import Kind, Match, SectionKind
from ..reading import Reading


class Check(Protocol):
    """A frozen value that yields what it sees in a letter; it does no I/O and knows no message."""

    def __call__(self, reading: Reading) -> Iterator[Match]:
        """The places in *reading* that the check is about, in any order."""


class CheckType(Protocol):
    """A kind of check: how to make one from a page's [check] table."""

    @classmethod
    def from_table(cls, table: Table) -> Check:
        """Build the check; raises TableError naming the key."""


class TableError(ValueError):
    """A key of a [check] table that cannot be used."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key, self.problem = key, problem


class Table:
    """One [check] table being read: every key is asked for once, and what nobody asked for is an error."""

    def __init__(self, values: Mapping[str, Any], lexicon: Lexicon, *, trusted: bool = True) -> None:
        self._left = dict(values)
        self.lexicon = lexicon
        self.trusted = trusted

    def finish(self) -> None:
        """Complain of the first key that the kind does not know."""
        for key in self._left:
            raise TableError(key, "no such key for this kind of check")

    def text(self, key: str, default: str | None = None, among: tuple[str, ...] = ()) -> str:
        """A text; *among* lists what it may be."""
        value = self._take(key, str, default)
        if among and value not in among:
            raise TableError(key, f"{value!r} is none of {', '.join(among)}")
        return str(value)

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        return bool(self._take(key, bool, default))

    def number(self, key: str, default: float | None = None) -> float:
        """A number."""
        return float(self._take(key, (int, float), default))

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A text or a list of texts."""
        value = self._take(key, (str, list), list(default) if default is not None else None)
        given = [value] if isinstance(value, str) else value
        if not all(isinstance(one, str) for one in given):
            raise TableError(key, "expected a list of texts")
        return tuple(given)

    def words(self, key: str) -> frozenset[str]:
        """The words of a text."""
        return frozenset(self.text(key).split())

    def raw_lines(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """The lines of a text block, without blank lines and ``#`` comments."""
        value = self._take(key, str, None if needed else "")
        return tuple(line.strip() for line in value.splitlines() if line.strip() and not line.lstrip().startswith("#"))

    def lines(self, key: str, *, needed: bool = False, plain: bool = False) -> Lines:
        """Compiled pattern lines."""
        make = self.lexicon.plain_line if plain else self.lexicon.line
        try:
            return Lines.of(make(line) for line in self.raw_lines(key, needed=needed))
        except PatternError as problem:
            raise TableError(key, str(problem)) from None

    def model(self, key: str) -> SentenceModel | None:
        """The learned model of that name; None where the page names none."""
        name = self.text(key, "", ("", *self.lexicon.models))
        return self.lexicon.models[name] if name else None

    def sections(self, key: str, default: tuple[SectionKind, ...]) -> tuple[SectionKind, ...]:
        """Names of sections."""
        return tuple(self._one(key, name, SectionKind) for name in self.texts(key, tuple(default)))

    def kinds(self, key: str) -> tuple[Kind, ...]:
        """Kinds of mail."""
        return tuple(self._one(key, name, Kind) for name in self.texts(key, ()))

    @staticmethod
    def _one(key: str, name: str, among: Any) -> Any:
        try:
            return among(name)
        except ValueError:
            raise TableError(key, f"{name!r} is none of {', '.join(among)}") from None

    def _take(self, key: str, kind: Any, default: Any) -> Any:
        if key not in self._left:
            if default is None:
                raise TableError(key, "is missing")
            return default
        value = self._left.pop(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            wanted = {str: "a text", bool: "true or false"}.get(kind, "a number or list")
            raise TableError(key, f"expected {wanted}, found {value!r}")
        return value


__all__ = ["Check", "CheckType", "Self", "Table", "TableError"]
