"""What went wrong in the program's own work: told in one line on standard error, exit status 2."""

from __future__ import annotations


class Problem(Exception):
    """A bad option, an unreadable file, a broken rule. ``str()`` names the file, the key or option, and what to do."""
