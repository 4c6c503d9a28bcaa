"""The built-in rules, which come through the same door as anyone's: a plug-in that names a folder."""

from __future__ import annotations

from pathlib import Path

from .plugins import Plugin


def rules_folder() -> Path:
    """The folder of built-in rules: inside the package in a wheel, beside it in an editable install or a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "rules"
    return inside if inside.is_dir() else package.parent / "rules"


def plugin() -> Plugin:
    """The plug-in that brings the built-in rules."""
    return Plugin("builtin", folders=(rules_folder(),))
