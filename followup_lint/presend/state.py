"""What outlives one sending: which mails were stopped in the last minutes, and the last report.

Nothing of a mail is kept but its report and hashes; every file has mode 0600, the folder 0700.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from .message import Mail

DECIDED_FOR = timedelta(minutes=10)
"""How long a stopped mail may be sent again unchecked: its writer has seen the findings and has decided."""
REPORT = "last-report.txt"
_STOPPED = "stopped"


def state_folder() -> Path:
    """``$XDG_STATE_HOME/followup-lint``, by default under ~/.local/state."""
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "followup-lint"


def identities(mail: Mail) -> tuple[str, ...]:
    """Hashes by which a second try is known: Message-ID and words; recipients and words.

    The second serves the clients that give each try a Message-ID of its own.
    """
    words = " ".join(mail.source.text.split())
    known = (mail.message_id, "\0".join(mail.recipients))
    return tuple(
        hashlib.sha256(f"{kind}\0{one}\0{words}".encode("utf-8", "surrogatepass")).hexdigest()
        for kind, one in enumerate(known)
        if one
    )


def is_decided(folder: Path, keys: Iterable[str], now: datetime) -> bool:
    """Was one of these stopped within the last ten minutes?"""
    for key in keys:
        with suppress(OSError):
            age = now.timestamp() - (folder / _STOPPED / key).stat().st_mtime
            if 0 <= age <= DECIDED_FOR.total_seconds():
                return True
    return False


def keep_stopped(folder: Path, keys: Iterable[str], now: datetime) -> None:
    """Remember that these were stopped now, and forget what is too old to matter. Raises OSError."""
    home = _own(_own(folder) / _STOPPED)
    moment = now.timestamp()
    for old in home.iterdir():
        with suppress(OSError):
            if not 0 <= moment - old.stat().st_mtime <= DECIDED_FOR.total_seconds():
                old.unlink()
    for key in keys:
        os.close(os.open(home / key, os.O_CREAT | os.O_WRONLY, 0o600))
        os.utime(home / key, (moment, moment))


def keep_report(folder: Path, text: str) -> Path:
    """Put the report where the user can find it, whole or not at all; returns the file. Raises OSError."""
    path = _own(folder) / REPORT
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{REPORT}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return path


def _own(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
