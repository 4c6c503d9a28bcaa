"""Profiles: severities and thresholds where countries or sources disagree (rules/profiles/NAME.toml)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..model import Severity
from .page import PageError


@dataclass(frozen=True, slots=True)
class Profile:
    """``severity`` by rule ID (``off`` leaves a rule out); ``check`` overrides keys of a rule's [check] table."""

    name: str = ""
    severity: Mapping[str, str] = field(default_factory=dict)
    check: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def profile_names(folder: Path) -> tuple[str, ...]:
    """The names of all profiles in a rules folder."""
    return tuple(sorted(path.stem for path in (folder / "profiles").glob("*.toml")))


def read_profile(folder: Path, name: str) -> Profile:
    """The profile of that name; raises PageError if there is none or it cannot be used."""
    path = folder / "profiles" / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(profile_names(folder))
        raise PageError(str(path), "", f"there is no profile {name!r}; known are {known}")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise PageError(str(path), "", f"is not valid TOML: {problem}") from None
    for key in table:
        if key not in ("description", "severity", "check"):
            raise PageError(str(path), key, "no such key; known are description, severity, check")
    severity = dict(table.get("severity", {}))
    for rule, value in severity.items():
        if value != "off" and value not in tuple(Severity):
            raise PageError(str(path), f"severity.{rule}", f"{value!r} is none of {', '.join(Severity)}, off")
    return Profile(name, severity, dict(table.get("check", {})))


def read_policies(folder: Path) -> dict[str, tuple[dict[str, Any], str]]:
    """The tables of ``engines/*.toml`` by engine name, each with its file's name: which of an engine's rules count."""
    found = {}
    for path in sorted((folder / "engines").glob("*.toml")):
        try:
            found[path.stem] = (tomllib.loads(path.read_text(encoding="utf-8")), str(path))
        except tomllib.TOMLDecodeError as problem:
            raise PageError(str(path), "", f"is not valid TOML: {problem}") from None
    return found
