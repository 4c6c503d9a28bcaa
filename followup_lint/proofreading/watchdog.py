"""Runs a program that must not outlive us: ``python watchdog.py PROGRAM ARGUMENT…``, with a pipe on standard input.

When the pipe's other end closes, because its owner closed it or died (be it by kill -9), the program is killed.  On
Linux it is also killed when this watchdog is.  Standard library only, run as a file, never imported.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading

_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of linux/prctl.h


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def main(command: list[str]) -> None:
    """Run *command* until it ends or standard input does."""
    on_linux = sys.platform == "linux"
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=_die_with_parent if on_linux else None)
    threading.Thread(target=lambda: os._exit(child.wait() & 0xFF), daemon=True).start()
    while os.read(0, 1024):
        pass
    child.kill()
    child.wait()


if __name__ == "__main__":
    main(sys.argv[1:])
