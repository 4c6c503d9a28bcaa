"""``followup-lint thunderbird-addon``: packs the add-on, and tells Thunderbird where its host is."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from ..presend.thunderbird import HOST, host_manifest, pack
from .options import parser
from .problem import Problem

_SCRIPT = "thunderbird-host"


def run(arguments: Sequence[str]) -> int:
    """Write the .xpi and, when asked, the native-messaging manifest; prints each file written."""
    made = parser("thunderbird-addon", "Packs the Thunderbird add-on, for Add-ons > gear > Install Add-on From File.")
    made.add_argument("--output", metavar="FILE", default="followup-lint.xpi", help="default: followup-lint.xpi")
    made.add_argument("--register", action="store_true", help="also let the add-on start this program")
    options = made.parse_args(arguments)
    _write(Path(options.output), pack(version("followup-lint")))
    if options.register:
        script, manifest = _script_folder() / _SCRIPT, _manifest_folder() / f"{HOST}.json"
        # Thunderbird starts a program with arguments of its own, which say nothing that the host needs.
        command = shlex.join([sys.executable, "-P", "-m", __package__.partition(".")[0], "thunderbird-host"])
        _write(script, f"#!/bin/sh\nexec {command}\n".encode(), 0o700)
        _write(manifest, host_manifest(script).encode())
    return 0


def _script_folder() -> Path:
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "followup-lint"


def _manifest_folder() -> Path:
    """Where Thunderbird looks for the hosts that its user has registered."""
    if sys.platform == "win32":
        raise Problem("--register: on Windows the registry names the host; docs/pre-send/thunderbird.md says how")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Mozilla" / "NativeMessagingHosts"
    return Path.home() / ".mozilla" / "native-messaging-hosts"


def _write(path: Path, data: bytes, mode: int = 0o600) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(mode)
    except OSError as problem:
        raise Problem(f"{path}: cannot be written ({problem.strerror})") from None
    print(path)
