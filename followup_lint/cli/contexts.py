"""Where facts about an interview are read from: TOML files, calendar invitations, and sidecars beside drafts."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from ..model import Context, ContextError
from .problem import Problem

SIDECAR = ".context.toml"
# What an invitation's title says: "Interview: Data Engineer at Northwind", "Data Engineer interview – Northwind".
_TITLE = re.compile(
    r"(?:interview|call|meeting|screen(?:ing)?)\s*(?:[:–—-]|for(?: the)?)\s*(?P<role>.+?)"
    r"(?:\s+(?:position|role))?(?:\s+(?:at|with|@|[–—-])\s+(?P<company>.+))?$"
    r"|(?P<role2>.+?)\s+(?:position |role )?(?:interview|screen(?:ing)?)"
    r"(?:\s+(?:at|with|@|[–—-])\s+(?P<company2>.+))?$",
    re.IGNORECASE,
)


def read_context(path: Path) -> Context:
    """The context in a TOML file or a calendar invitation; raises Problem naming file and key."""
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise Problem(f"{path}: cannot be read ({problem.strerror})") from None
    try:
        facts = _invitation(data) if path.suffix.lower() == ".ics" else tomllib.loads(data.decode("utf-8-sig"))
        return _in_a_region(Context.from_mapping(facts))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise Problem(f"{path}: is not valid TOML: {problem}") from None
    except ContextError as problem:
        raise Problem(f"{path}: {problem}") from None
    except ValueError as problem:
        raise Problem(f"{path}: is not a calendar invitation: {problem}") from None


def facts_given(facts: dict[str, Any]) -> Context:
    """The context of facts given as options; raises Problem naming the option."""
    try:
        return _in_a_region(Context.from_mapping(facts))
    except ContextError as problem:
        key, _, rest = str(problem).partition(":")
        raise Problem(f"--{key.replace('_', '-')}:{rest}") from None


def for_draft(path: Path | None, given: Context, file: Context) -> Context:
    """The context of one draft: options first, then the sidecar beside it, then the --context file."""
    sidecar = path.with_name(path.stem + SIDECAR) if path else None
    if sidecar is not None and sidecar.is_file():
        given = _filled(given, read_context(sidecar), sidecar)
    return _filled(given, file, None)


def _in_a_region(context: Context) -> Context:
    """The same, whose region is one that has a profile; raises ContextError."""
    if context.region:
        from ..rulebook import profile_names, rules_folder  # few contexts name one, and that room takes long to load

        known = profile_names(rules_folder())
        if context.region not in known:
            raise ContextError(f"region: {context.region!r} is none of {', '.join(known)}")
    return context


def _filled(first: Context, other: Context, file: Path | None) -> Context:
    try:
        return first.filled_from(other)
    except ContextError as problem:
        raise Problem(f"{file or '--context'}: {problem}") from None


def _invitation(data: bytes) -> dict[str, Any]:
    """Role, company, people and time of the first event in a calendar file."""
    from icalendar import Calendar

    calendar = Calendar.from_ical(data)
    event = next(iter(calendar.walk("VEVENT")), None)
    if event is None:
        raise ValueError("it holds no event")
    facts: dict[str, Any] = {}
    start = event.get("DTSTART")
    if start is not None and isinstance(start.dt, datetime):
        facts["interviewed_at"] = start.dt
    title = _TITLE.search(str(event.get("SUMMARY", "")).strip())
    if title:
        for key in ("role", "company"):
            if value := title[key] or title[f"{key}2"]:
                facts[key] = value.strip(" .")
    people = event.get("ORGANIZER")
    name = getattr(people, "params", {}).get("CN", "")
    if name:
        facts["interviewer"] = str(name)
    return facts
