"""What the two pre-send commands can be told, as options or under ``[presend]`` in the settings file."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..presend.decide import Policy, StopOn
from .problem import Problem
from .settings import Settings

_STOP_ON = tuple(StopOn)


@dataclass(frozen=True, slots=True)
class Sending:
    """The settings under ``[presend]``; ``sendmail`` is the real mailer, a command with its own arguments."""

    sendmail: tuple[str, ...] = ("/usr/sbin/sendmail",)
    stop_on: str = StopOn.ERROR.value
    only: tuple[str, ...] = ()
    contexts: Path | None = None
    fail_closed: bool = False


def sending_of(settings: Settings) -> Sending:
    """What the settings file says of sending, or the defaults."""
    return settings.presend or Sending()


def read_sending(table: object, path: Path) -> Sending:
    """The settings of the table; raises Problem naming file and key."""
    if not isinstance(table, Mapping):
        raise Problem(f"{path}: presend: expected a table, [presend]")
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        match name, value:
            case "sendmail", str():
                values[name] = tuple(shlex.split(value))
            case ("sendmail" | "only"), list() if all(isinstance(one, str) for one in value):
                values[name] = tuple(value)
            case "only", str():
                values[name] = (value,)
            case "stop_on", str() if value in _STOP_ON:
                values[name] = value
            case "contexts", str():
                values[name] = path.parent / Path(value).expanduser()
            case "fail_closed", bool():
                values[name] = value
            case ("sendmail" | "only" | "stop_on" | "contexts" | "fail_closed"), _:
                raise Problem(f"{path}: presend.{key}: {value!r} cannot be used; {_WANTED[name]}")
            case _:
                raise Problem(f"{path}: presend.{key}: no such key; known are {', '.join(_WANTED)}")
    if values.get("sendmail") == ():
        raise Problem(f"{path}: presend.sendmail: is empty; {_WANTED['sendmail']}")
    return Sending(**values)


_WANTED = {
    "sendmail": "give the mailer's command, such as /usr/sbin/sendmail",
    "stop_on": f"give {', '.join(_STOP_ON)}",
    "only": "give a list of to:PATTERN and subject:PATTERN",
    "contexts": "give a folder",
    "fail_closed": "give true or false",
}


def add_sending(to: argparse.ArgumentParser) -> None:
    """The options that both commands share."""
    group = to.add_argument_group("which mail, and what happens to it")
    group.add_argument("--stop-on", choices=_STOP_ON, help="what stops a mail (default: error; warnings are shown)")
    group.add_argument("--only", metavar="PATTERN", action="append",
                       help="check only mail that fits to:PATTERN or subject:PATTERN; may be repeated")
    group.add_argument("--contexts", metavar="FOLDER", help="context files, matched by recipient or thread")
    group.add_argument("--fail-closed", action="store_true", default=None, help="stop what cannot be checked")


def policy_of(options: argparse.Namespace, settings: Sending) -> Policy:
    """The policy that options and settings describe; raises Problem."""
    closed = settings.fail_closed if options.fail_closed is None else options.fail_closed
    try:
        return Policy(StopOn(options.stop_on or settings.stop_on), tuple(options.only or settings.only), closed)
    except ValueError as problem:
        raise Problem(f"--only: {problem}") from None
