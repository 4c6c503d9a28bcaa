"""What the text cannot tell: the facts about the interview that the user chooses to give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """Kinds of mail; ``other`` is no follow-up at all and gets typos, placeholders and formality only."""

    THANK_YOU = "thank_you"
    STATUS_CHECK = "status_check"
    OFFER_DEADLINE = "offer_deadline"
    OTHER = "other"


# Characters of one name, role or topic: each is looked for in the whole letter.
_LONGEST = 1_000


class ContextError(ValueError):
    """A fact that cannot be used; the message names the key and says what to do."""


@dataclass(frozen=True, slots=True)
class Context:
    """Facts about the interview, all optional; an absent fact is None or empty and the rules that need it are skipped.

    Times are local to the interview unless they carry an offset; a mixture of both is refused.
    ``decision_by`` is the day by which the employer said it would decide. ``previous_messages`` are earlier
    follow-ups without a reply. ``culture`` is ``traditional`` or ``modern``; ``region`` is a profile such as ``us``.
    """

    kind: Kind | None = None
    role: str = ""
    company: str = ""
    interviewer: tuple[str, ...] = ()
    first_name_ok: bool | None = None
    interviewed_at: datetime | None = None
    sending_at: datetime | None = None
    decision_by: date | None = None
    previous_messages: tuple[datetime, ...] = ()
    topics: tuple[str, ...] = ()
    culture: str = ""
    region: str = ""
    known_words: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        # A caller may write Context(interviewer="Ms. Raman", kind="thank_you"): turn it into the one form used inside.
        for one in fields(self):
            object.__setattr__(self, one.name, _normal(one.name, getattr(self, one.name)))
        moments = {
            name: moment
            for name in ("interviewed_at", "sending_at", "previous_messages")
            for moment in _as_tuple(getattr(self, name))
        }
        if len({moment.tzinfo is None for moment in moments.values()}) > 1:
            raise ContextError(f"{' and '.join(moments)}: give all times an offset such as +01:00, or none")

    @classmethod
    def from_mapping(cls, facts: Mapping[str, Any]) -> Self:
        """A context from plain values, as a TOML file gives them; raises ContextError naming the key."""
        names = {one.name for one in fields(cls)}
        for key in facts:
            if key not in names:
                raise ContextError(f"{key}: no such key; known are {', '.join(sorted(names))}")
        return cls(**dict(facts))

    def filled_from(self, other: Context) -> Context:
        """This context with every fact it lacks taken from *other*."""
        lacking = {
            one.name: getattr(other, one.name)
            for one in fields(self)
            if getattr(self, one.name) in (None, "", ()) and getattr(other, one.name) not in (None, "", ())
        }
        return replace(self, **lacking)


def _as_tuple(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _normal(key: str, value: Any) -> Any:
    if value is None:
        return None
    match key:
        case "kind":
            try:
                return Kind(value)
            except ValueError:
                raise ContextError(f"kind: {value!r} is none of {', '.join(Kind)}") from None
        case "interviewer":
            return tuple(name for text in _texts(key, value) for name in _people(text))
        case "topics" | "known_words":
            return _texts(key, value)
        case "first_name_ok":
            if not isinstance(value, bool):
                raise ContextError(f"first_name_ok: expected true or false, found {value!r}")
            return value
        case "interviewed_at" | "sending_at":
            return _moment(key, value)
        case "decision_by":
            return value if isinstance(value, date) and not isinstance(value, datetime) else _moment(key, value).date()
        case "previous_messages":
            given = value if isinstance(value, list | tuple) else [value]
            return tuple(sorted(_moment(key, one) for one in given))
        case "culture":
            if value not in ("", "traditional", "modern"):
                raise ContextError(f'culture: expected "traditional" or "modern", found {value!r}')
            return value
        case _:
            if not isinstance(value, str):
                raise ContextError(f"{key}: expected text in quotation marks, found {value!r}")
            return _bounded(key, value)


def _texts(key: str, value: Any) -> tuple[str, ...]:
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
        raise ContextError(f"{key}: expected text, or a list of texts, found {value!r}")
    return tuple(_bounded(key, one) for one in given if one.strip())


def _bounded(key: str, text: str) -> str:
    if len(text) > _LONGEST:
        raise ContextError(f"{key}: longer than {_LONGEST:,} characters; write what it is called, not what it is")
    return text.strip()


def _people(text: str) -> list[str]:
    """One string may name two people: ``Mr. A and Ms. B``."""
    unified = text.replace(" & ", " and ").replace(", and ", " and ")
    parts = [part.strip() for whole in unified.split(" and ") for part in whole.split(";")]
    return [part for part in parts if part]


def _moment(key: str, value: Any) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    raise ContextError(f'{key}: expected a date or time such as "2026-03-02T14:00", found {value!r}')
