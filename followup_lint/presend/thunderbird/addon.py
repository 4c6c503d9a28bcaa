"""From the add-on's files, which lie beside this module, to an .xpi; and the native-messaging manifest of its host."""

from __future__ import annotations

import io
import json
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

HOST = "followup_lint"
"""The name by which the add-on asks for its host; background.js has it too."""
_FILES = ("manifest.json", "background.js", "dialog.html", "dialog.css", "dialog.js")
# The same files always give the same bytes.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def pack(version: str) -> bytes:
    """The add-on as an .xpi, with this version."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in _FILES:
            text = json.dumps({**_manifest(), "version": version}, indent=2) if name == "manifest.json" else _text(name)
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def addon_id() -> str:
    """The name by which Thunderbird knows the add-on."""
    return str(_manifest()["browser_specific_settings"]["gecko"]["id"])


def host_manifest(program: Path) -> str:
    """The JSON that lets the add-on, and no other, start *program* (an absolute path)."""
    return json.dumps({
        "name": HOST,
        "description": "followup-lint checks mail that is about to be sent",
        "path": str(program),
        "type": "stdio",
        "allowed_extensions": [addon_id()],
    }, indent=2) + "\n"


def _manifest() -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(_text("manifest.json"))
    return manifest


def _text(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
