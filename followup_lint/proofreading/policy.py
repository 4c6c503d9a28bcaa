"""What a typo engine may say: which of its rules count, as what, and where each must hold its tongue.

A policy is data (``rules/engines/*.toml``).  An engine's rule that is not listed is off, so that an upgrade of the
engine cannot add an alarm by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .protocol import SlipKind

_TABLES = {"engine", "kinds", "body", "safe", "never", "guard", "message", "switch-on", "british"}
_GUARD_KEYS = ("marked", "before", "after", "not-marked", "not-before", "not-after", "not-suggested")


@dataclass(frozen=True, slots=True)
class Guard:
    """Conditions under which one rule of an engine is believed.

    Each is a regular expression or None: ``marked`` must fit the whole marked text, ``before`` must be found at the
    end of what stands before it, ``after`` at the start of what follows; the ``not_`` ones must not.
    ``not_suggested`` must not fit the first suggestion.
    """

    marked: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    not_marked: re.Pattern[str] | None = None
    not_before: re.Pattern[str] | None = None
    not_after: re.Pattern[str] | None = None
    not_suggested: re.Pattern[str] | None = None

    def holds(self, text: str, start: int, end: int, suggestions: tuple[str, ...]) -> bool:
        """May a hit at ``text[start:end]`` be believed?"""
        marked, before, after = text[start:end], text[max(0, start - 60) : start], text[end : end + 60]
        return (
            (self.marked is None or self.marked.fullmatch(marked) is not None)
            and (self.before is None or self.before.search(before) is not None)
            and (self.after is None or self.after.match(after) is not None)
            and (self.not_marked is None or self.not_marked.fullmatch(marked) is None)
            and (self.not_before is None or self.not_before.search(before) is None)
            and (self.not_after is None or self.not_after.match(after) is None)
            and (self.not_suggested is None or not suggestions or self.not_suggested.fullmatch(suggestions[0]) is None)
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """What one engine may say.

    ``kinds`` tells for each rule id that counts what it counts as.  Rules in ``body`` are not believed in a subject
    line; the first suggestion of those in ``safe`` may be applied unseen.  ``never`` lists ids looked at and turned
    down (ids that are nowhere count as turned down too).  ``switch_on`` are ids the engine must be told to use.
    ``british`` is found in text in British spelling.
    """

    engine: str
    kinds: Mapping[str, SlipKind]
    body: frozenset[str] = frozenset()
    safe: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    switch_on: tuple[str, ...] = ()
    guards: Mapping[str, Guard] = ()  # type: ignore[assignment]
    messages: Mapping[str, str] = ()  # type: ignore[assignment]
    british: re.Pattern[str] | None = None

    @classmethod
    def from_mapping(cls, table: Mapping[str, Any], file: str) -> Policy:
        """A policy from a TOML file's content; raises ValueError that names *file* and the key."""
        return _Reader(file).policy(table)


class _Reader:
    """Turns plain values into a policy and says of each wrong one where it stands."""

    def __init__(self, file: str) -> None:
        self.file = file

    def policy(self, table: Mapping[str, Any]) -> Policy:
        for key in table:
            if key not in _TABLES:
                raise self.error(key, f"no such key; known are {', '.join(sorted(_TABLES))}")
        if not isinstance(table.get("engine"), str):
            raise self.error("engine", "expected the engine's name in quotation marks")
        kinds: dict[str, SlipKind] = {}
        for kind, rules in self.table("kinds", table).items():
            if kind not in list(SlipKind):
                raise self.error(f"kinds.{kind}", f"no such kind; known are {', '.join(SlipKind)}")
            for rule in self.texts(f"kinds.{kind}", rules):
                if rule in kinds:
                    raise self.error(f"kinds.{kind}", f"{rule} is listed twice")
                kinds[rule] = SlipKind(kind)
        lists = {key: self.texts(key, table.get(key, [])) for key in ("body", "safe", "never", "switch-on")}
        for key in ("body", "safe"):
            for rule in lists[key]:
                if rule not in kinds:
                    raise self.error(key, f"{rule} is not listed under kinds")
        for rule in lists["never"]:
            if rule in kinds:
                raise self.error("never", f"{rule} is listed under kinds as well")
        guards = {rule: self.guard(f"guard.{rule}", one) for rule, one in self.table("guard", table).items()}
        messages = self.table("message", table)
        for rule, message in messages.items():
            if not isinstance(message, str):
                raise self.error(f"message.{rule}", f"expected text, found {message!r}")
        return Policy(
            engine=table["engine"], kinds=kinds, body=frozenset(lists["body"]),
            safe=frozenset(lists["safe"]), never=frozenset(lists["never"]), switch_on=lists["switch-on"],
            guards=guards, messages=dict(messages),
            british=self.pattern("british", table["british"]) if "british" in table else None,
        )

    def guard(self, key: str, table: Any) -> Guard:
        if not isinstance(table, Mapping):
            raise self.error(key, f"expected a table, found {table!r}")
        for name in table:
            if name not in _GUARD_KEYS:
                raise self.error(f"{key}.{name}", f"no such key; known are {', '.join(_GUARD_KEYS)}")
        return Guard(**{
            name.replace("-", "_"): self.pattern(f"{key}.{name}", text, at_end=name.endswith("before"))
            for name, text in table.items()
        })

    def pattern(self, key: str, text: Any, *, at_end: bool = False) -> re.Pattern[str]:
        if not isinstance(text, str):
            raise self.error(key, f"expected a regular expression, found {text!r}")
        try:
            flags = "(?i)" if text.startswith("(?i)") else ""
            return re.compile(f"{flags}(?:{text.removeprefix(flags)})\\Z" if at_end else text)
        except re.error as wrong:
            raise self.error(key, f"not a regular expression: {wrong}") from None

    def table(self, key: str, table: Mapping[str, Any]) -> Mapping[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, Mapping):
            raise self.error(key, f"expected a table, found {value!r}")
        return value

    def texts(self, key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.error(key, f"expected a list of rule ids, found {value!r}")
        return tuple(value)

    def error(self, key: str, problem: str) -> ValueError:
        return ValueError(f"{self.file}: {key}: {problem}")
