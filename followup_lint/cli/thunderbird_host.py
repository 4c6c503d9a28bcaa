"""``followup-lint thunderbird-host``: what the Thunderbird add-on starts and asks."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from ..presend.native import ProtocolError, serve
from .checking import checker_of
from .options import add_rules, parser
from .pipe import answers_only
from .problem import Problem
from .sending import add_sending
from .settings import find_settings


def run(arguments: Sequence[str]) -> int:
    """Answer the add-on on standard output until it goes away."""
    made = parser("thunderbird-host", "Answers the Thunderbird add-on; started by Thunderbird, not by hand.")
    add_sending(made)
    add_rules(made)
    options = made.parse_args(arguments)
    with answers_only() as answers:
        checker = checker_of(options, find_settings(options), "spawn")
        checker.start()
        try:
            serve(sys.stdin.buffer, answers, checker.check)
        except ProtocolError as problem:
            raise Problem(f"thunderbird-host: {problem}") from None
        finally:
            checker.close()
    return 0
