"""What went wrong in the program's own work: told in one line on standard error, exit status 2."""

from __future__ import annotations

# Characters told; of a value that fills pages only the two ends are shown.
_LONGEST = 600


class Problem(Exception):
    """A bad option, an unreadable file, a broken rule. ``str()`` names the file, the key or option, and what to do."""

    def __init__(self, line: str) -> None:
        told = " ".join(line.splitlines())
        super().__init__(told if len(told) <= _LONGEST else f"{told[: _LONGEST // 2]} … {told[-_LONGEST // 2 :]}")
