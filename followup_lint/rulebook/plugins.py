"""Plug-ins: values that bring folders of rules and kinds of checks, behind one entry point group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..checks import CheckType

GROUP = "followup_lint.plugins"


@dataclass(frozen=True, slots=True)
class Plugin:
    """What a plug-in brings.

    ``folders`` hold rule pages laid out as ``FOLDER/CHECK/RULE.toml`` with optional ``words/`` and ``acts/``;
    ``kinds`` are further kinds of check by the name that pages use in ``kind = "…"``.
    """

    name: str
    folders: tuple[Path, ...] = ()
    kinds: Mapping[str, type[CheckType]] = field(default_factory=dict)


class PluginProblem(ValueError):
    """A plug-in that is not there or cannot be loaded; the message names it."""


def plugins(names: Iterable[str]) -> tuple[Plugin, ...]:
    """The plug-ins of these names, in this order.

    Entry points are read only when a name is asked for, since that costs 30–45 ms. Raises PluginProblem.
    """
    wanted = list(names)
    if not wanted:
        return ()
    from importlib.metadata import entry_points

    found = {point.name: point for point in entry_points(group=GROUP)}
    return tuple(_loaded(name, found) for name in wanted)


def _loaded(name: str, found: Mapping[str, object]) -> Plugin:
    if name not in found:
        raise PluginProblem(f"plug-in {name!r} is not installed; installed are {', '.join(sorted(found)) or 'none'}")
    try:
        made = found[name].load()()  # type: ignore[attr-defined]
    except Exception as problem:
        raise PluginProblem(f"plug-in {name!r} failed to load: {type(problem).__name__}: {problem}") from problem
    if not isinstance(made, Plugin):
        raise PluginProblem(f"plug-in {name!r} gave {type(made).__name__}, not a followup_lint.Plugin")
    return made
