"""Which facts are on file for a mail: a folder of context files, matched by the recipients or by the thread.

``priya.raman@northwind.example.toml`` serves mail to that address, ``northwind.example.toml`` mail to that firm. In
any file ``recipients`` may list further addresses or domains, and ``threads`` Message-IDs or subject lines. A calendar
invitation (.ics) serves mail to whoever it names.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ..model import Context, ContextError
from .message import Mail

_ANSWER = re.compile(r"\A(?:\s*(?:re|aw|sv|antw|fwd?|wg)\s*:)+\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OnFile:
    """What is on file for a mail: None when nothing is; ``problems`` names each file that cannot be used, and why."""

    context: Context | None = None
    problems: tuple[str, ...] = ()


def on_file(folder: Path, mail: Mail, invitation: Callable[[Path], Context]) -> OnFile:
    """The facts of every file that fits, the first by name winning; *invitation* reads a calendar file.

    *invitation* may raise any Exception whose text names the file. Never raises.
    """
    found: Context | None = None
    problems: list[str] = []
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix in (".toml", ".ics"))
    except OSError as problem:
        return OnFile(problems=(f"{folder}: cannot be read ({problem.strerror})",))
    for path in files:
        try:
            context = _fitting(path, mail, invitation)
            if context is not None:
                found = context if found is None else found.filled_from(context)
        except (ContextError, tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            problems.append(f"{path}: {problem}")
        except OSError as problem:
            problems.append(f"{path}: cannot be read ({problem.strerror})")
        except Exception as problem:
            problems.append(str(problem))
    return OnFile(found, tuple(problems))


def at(context: Context, now: datetime) -> Context:
    """*context* for a mail that is sent *now* (with its zone), in the zone or the local time that its facts are in."""
    moments = [m for m in (context.interviewed_at, *context.previous_messages) if m]
    zoned = any(m.tzinfo is not None for m in moments)
    return replace(context, sending_at=now if zoned else now.astimezone().replace(tzinfo=None))


def _fitting(path: Path, mail: Mail, invitation: Callable[[Path], Context]) -> Context | None:
    """The file's context if it fits the mail; a file that does not fit by its name must be read to know."""
    if path.suffix == ".ics":
        named = {one.decode("ascii", "replace") for one in _MAILTO.findall(path.read_bytes().lower())}
        return invitation(path) if named & set(mail.recipients) else None
    facts = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    who, threads = _texts(facts, "recipients"), _texts(facts, "threads")
    names = {name.lower() for name in (path.name.removesuffix(".toml").removesuffix(".context"), *who)}
    return Context.from_mapping(facts) if _is_to(mail, names) or _is_in(mail, threads) else None


_MAILTO = re.compile(rb"mailto:([^\s\";,?]+)")


def _texts(facts: dict[str, Any], key: str) -> tuple[str, ...]:
    """Take the texts under *key* out of *facts*."""
    given = facts.pop(key, [])
    given = [given] if isinstance(given, str) else given
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise ContextError(f"{key}: expected a list of texts, found {given!r}")
    return tuple(given)


def _is_to(mail: Mail, names: set[str]) -> bool:
    return any(one in names or one.partition("@")[2] in names or one[one.find("@") :] in names
               for one in mail.recipients)


def _is_in(mail: Mail, threads: tuple[str, ...]) -> bool:
    subject = _ANSWER.sub("", mail.subject).strip().lower()
    return any(one in mail.answers or (subject and one.strip().lower() == subject) for one in threads)
