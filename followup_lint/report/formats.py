"""The formats by name, and the one function that renders any of them: reports in, a string out, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

from .report import Report


@dataclass(frozen=True, slots=True)
class Look:
    """How a report for a terminal looks: ``width`` is in cells; ``quiet`` is one line a file."""

    color: bool = False
    width: int = 80
    quiet: bool = False


Renderer = Callable[[Sequence[Report], Look], str]


def _in(module: str, function: str = "render") -> Renderer:
    """The renderer of a module that is imported when its format is first asked for: a run needs only one of them."""

    def renderer(reports: Sequence[Report], look: Look) -> str:
        chosen: Renderer = getattr(import_module(f".{module}", __package__), function)
        return chosen(reports, look)

    return renderer


FORMATS: Mapping[str, Renderer] = MappingProxyType({
    "text": _in("text"),
    "json": _in("json_format"),
    "jsonl": _in("json_format", "render_lines"),
    "sarif": _in("sarif"),
    "github": _in("github"),
    "html": _in("html"),
})


def render(
    format: str,  # noqa: A002 - the name of the option
    reports: Sequence[Report],
    *,
    color: bool = False,
    width: int = 80,
    quiet: bool = False,
) -> str:
    """*reports* in that format, ready to be written as UTF-8; ends with a line end unless it is empty.

    Only ``text`` looks at *color*, *width* (cells) and *quiet*. KeyError for an unknown format.
    """
    return FORMATS[format](reports, Look(color, width, quiet))
