"""``followup-lint``: which command was meant, and the exit status.

0: nothing at or above --fail-on; 1: something is; 2: the program could not do its work.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from .problem import Problem

# The first word of the command line that names one of these is a command; `./rules` is a file.
COMMANDS = ("context", "explain", "measure", "proxy", "read", "rules", "sendmail", "serve", "test", "thunderbird-addon",
            "thunderbird-host", "when")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = given.pop(0) if given and given[0] in COMMANDS else "lint"
    for stream in (sys.stdout, sys.stderr):
        # A draft may hold what the terminal's encoding cannot show; that must never end in a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    try:
        status = import_module(f".{command.replace('-', '_')}", __package__).run(given)
        sys.stdout.flush()
        return int(status)
    except Problem as problem:
        print(f"followup-lint: {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        return 130
