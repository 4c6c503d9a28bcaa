"""Standard output kept for answers alone, for commands that another program talks to."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO


@contextmanager
def answers_only() -> Iterator[BinaryIO]:
    """The stream to whoever asks; what anything else prints to standard output goes to standard error meanwhile."""
    sys.stdout.flush()
    kept = os.dup(sys.stdout.fileno())
    with os.fdopen(os.dup(kept), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        try:
            yield answers
        finally:
            sys.stdout.flush()  # what was printed and still waits is no answer either
            os.dup2(kept, sys.stdout.fileno())
            os.close(kept)
