"""The JSON Schema of ``--format json``; a line of ``jsonl`` is its ``$defs/file``."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

NAME = "report.schema.json"


def schema() -> dict[str, Any]:
    """The schema (draft 2020-12) that ships with the package, read anew at every call."""
    loaded: dict[str, Any] = json.loads((files(__package__) / NAME).read_text(encoding="utf-8"))
    return loaded
