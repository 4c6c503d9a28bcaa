"""``followup-lint sendmail -- ARGS…``: stands in for sendmail, and hands every mail that may go to the real one."""

from __future__ import annotations

import argparse
import io
import os
import shlex
import sys
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from ..presend import Action, terminal_lines
from .checking import checker_of
from .options import add_rules, parser
from .problem import Problem
from .sending import add_sending, sending_of
from .settings import find_settings

# sysexits.h: the message is not fit to be sent; the real mailer cannot be run.
EX_DATAERR, EX_UNAVAILABLE = 65, 69
# Set for the real mailer: whoever names this very command as the real one would otherwise go round for ever.
_INSIDE = "FOLLOWUP_LINT_SENDMAIL"
# sendmail's options that take a value, which may be the next argument and is then no recipient.
_WITH_VALUE = frozenset("BCDFLNORVXbdfhoprv")


def run(arguments: Sequence[str]) -> int:
    """Check the mail on standard input; the status is the real mailer's, or 65 for a mail that stays."""
    own, theirs = _split(arguments)
    options = _options(own)
    if os.environ.get(_INSIDE):
        raise Problem("sendmail: the real mailer is this command itself; set `sendmail` under [presend]")
    settings = find_settings(options)
    mailer = [*(shlex.split(options.sendmail) if options.sendmail else sending_of(settings).sendmail), *theirs]
    if _reads_no_mail(theirs):
        _hand_over(mailer, None)
    # One thread so far: to fork is safe on Linux, and spares the child a start from nothing.
    checker = checker_of(options, settings, "fork" if sys.platform == "linux" else "spawn")
    checker.start()
    data = sys.stdin.buffer.read()
    answer = checker.check(data, _recipients(theirs), datetime.now().astimezone())
    checker.close()
    for line in terminal_lines(answer):
        print(line, file=sys.stderr, flush=True)
    if answer.action is Action.STOP:
        return EX_DATAERR
    _hand_over(mailer, data)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    made = parser("sendmail", "Reads a mail as sendmail does; a flawed follow-up is stopped, all else is sent.")
    made.usage = "followup-lint sendmail [OPTIONS] -- SENDMAIL'S ARGUMENTS"
    made.add_argument("--sendmail", metavar="COMMAND", help="the real mailer (default: /usr/sbin/sendmail)")
    add_sending(made)
    add_rules(made)
    return made.parse_args(arguments)


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Our options stand before the first ``--``; all behind it is the real mailer's."""
    given = list(arguments)
    at = given.index("--") if "--" in given else len(given)
    return given[:at], given[at + 1 :]


def _reads_no_mail(arguments: Sequence[str]) -> bool:
    """Is sendmail asked for something else than to send the mail on standard input (the queue, an SMTP session)?"""
    before = arguments[: arguments.index("--")] if "--" in arguments else arguments
    return any(one.startswith(("-q", "-I")) or (one.startswith("-b") and one != "-bm") for one in before)


def _recipients(arguments: Sequence[str]) -> list[str]:
    found: list[str] = []
    rest = list(arguments)
    while rest:
        one = rest.pop(0)
        if one == "--":
            return found + rest
        if not one.startswith("-"):
            found.append(one)
        elif len(one) == 2 and one[1] in _WITH_VALUE and rest:
            rest.pop(0)
    return found


def _hand_over(command: Sequence[str], data: bytes | None) -> NoReturn:
    """Become the real mailer, with the mail as its standard input.

    The mail is put into a file first: were it written into a pipe and this process killed, the mailer would send half.
    """
    os.environ[_INSIDE] = "1"
    try:
        if data is not None:
            os.dup2(_file(data), 0)
        os.execvp(command[0], list(command))
    except OSError as problem:
        print(f"followup-lint: {command[0]}: cannot be run ({problem.strerror}); the mail was not sent",
              file=sys.stderr, flush=True)
        os._exit(EX_UNAVAILABLE)


def _file(data: bytes) -> int:
    """A file without a name that holds *data* and stands at its start: in memory where the system can do that."""
    if hasattr(os, "memfd_create"):
        handle = os.memfd_create("mail", 0)
    else:
        handle, name = tempfile.mkstemp()
        Path(name).unlink()
    with io.FileIO(handle, "w", closefd=False) as file:
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]
    os.lseek(handle, 0, os.SEEK_SET)
    return handle
