"""Days named in English text, resolved against a given day; what cannot be resolved is left out, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from ..model import Span
from .lines import flatten

_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|"
        "oct october|nov november|"
        "dec december".split("|"),
        1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        "mon monday|tue tues tuesday|wed wednesday|thu thur thurs thursday|fri friday|sat saturday|"
        "sun sunday".split("|")
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FULL_DAY = "|".join(name for name in _WEEKDAYS if name.endswith("day"))
_DAY = "|".join(sorted(_WEEKDAYS, key=len, reverse=True))
_NUMBERS = {name: n for n, name in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)} | {
    "a": 1, "an": 1, "a couple of": 2, "couple of": 2,
}  # fmt: skip
_NUMBER = r"\d{1,3}|a couple of|couple of|an?|" + "|"
    r"".join(name for name in _NUMBERS if len(name) > 2 and " " not in name)
# After "the 12th" these mean that no day was named.
_NO_NOUN = (
    r"(?! (?:floor|century|time|grade|street|st|avenue|ave|edition|anniversary|year|month|week|hour|minute|"
    r"place|position|round|"
    r"grader|version|generation|percentile|largest|biggest|best|person|candidate|interview|quarter|chapter|hole|"
    r"step|stage|"
    r"reason|point|question|slide|page|amendment|birthday|of (?!jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w+))"
)
_WITH_DAY = rf"(?:(?P<weekday>{_DAY})\.?,? (?:the )?)?"
_PATTERNS = re.compile(
    rf"""\b(?:
      (?P<iso>\d{{4}}-\d\d-\d\d)(?![\d-])
    | {_WITH_DAY.replace(" ", "[ ]").replace("weekday", "wd1")}(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.)?[ ](?:day[ ])?(?:of[ ])?(?P<m1>{_MONTH})\b\.?(?:,?[ ](?P<y1>(?:19|20)\d\d)\b)?
    | {_WITH_DAY.replace(" ", "[ ]").replace("weekday", "wd2")}(?P<m2>{_MONTH})\.?[ ](?:the[ ])?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:%]|[ ]?(?:a\.?m|p\.?m)\b|[.,]\d)(?:,?[ ](?P<y2>(?:19|20)\d\d)\b)?
    | {_WITH_DAY.replace(" ", "[ ]").replace("weekday", "wd3")}(?P<a>\d{{1,2}})(?P<sep>[/.])(?P<b>\d{{1,2}})(?:(?P=sep)(?P<y3>(?:19|20)?\d\d))?(?![\d/%]|\.\d)
    | (?:(?P<wd4>{_FULL_DAY}),?[ ])?the[ ](?P<d4>\d{{1,2}})(?:st|nd|rd|th)\b{_NO_NOUN.replace(" ", "[ ]")}
    | (?P<which>next|last|this(?:[ ]coming|[ ]past)?|coming|past)[ ](?P<wd5>{_FULL_DAY})\b
    | (?P<wd6>{_FULL_DAY})(?:[ ](?P<next6>week|after[ ]next|next[ ]week))?\b(?!s\b)
    | (?P<near>today|tonight|tomorrow|yesterday|this[ ](?:morning|afternoon|evening)|last[ ]night|(?:the[ ])?day[ ](?:after[ ]tomorrow|before[ ]yesterday))\b
    | in[ ](?P<in>{_NUMBER.replace(" ", "[ ]")})[ ](?P<in_unit>days?|weeks?)(?:'[ ]time)?\b
    | (?P<ago>{_NUMBER.replace(" ", "[ ]")})[ ](?P<ago_unit>days?|weeks?)[ ](?:ago|earlier)\b
    | (?P<end>(?:the[ ])?end[ ]of[ ](?:(?P<end_which>the|this|next)[ ])?(?P<end_unit>week|month|day))\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_AHEAD = re.compile(
    r"\b(?:by|until|till|before|no later than|due|deadline|will|'ll|shall|would|could|can|available|free|expect|"
    r"expects|expecting|hope|"
    r"hopes|hoping|aim|aiming|plan|plans|planning|going to|next|coming|upcoming|forward|starts?|starting|"
    r"available)\b[^.!?\n]{0,60}$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:since|met|spoke|talked|interviewed|interview|visited|meeting|meeting you|conversation|discussed|"
    r"discussion|chat|call|was|were|had|sent|"
    r"wrote|thank|thanks|enjoyed|asked|mentioned|told|said|came|saw|last)\b[^.!?\n]{0,60}$",
    re.IGNORECASE,
)
_CUE = re.compile(r"\b(?:by|on|of|until|till|before|after|since|from|dated|date|due|deadline|around|between|"
    r"and)[ :]+$", re.IGNORECASE)


def dates(text: str, today: date | None) -> tuple[tuple[Span, date], ...]:
    """The days named in *text*, in order; *today* is the day the text was written on.

    Without *today* only days with a year are given. A day without a year is the nearest such day; a bare weekday is the
    next one where its sentence looks ahead ("by Friday"), else the last one. ``3/4`` is read as March 4.
    """
    flat = flatten(text).replace("\n", " ")
    found = []
    for match in _PATTERNS.finditer(flat):
        day = _resolved(flat, match, today)
        if day:
            found.append((Span(*match.span()), day))
    return tuple(found)


def _resolved(flat: str, match: re.Match[str], today: date | None) -> date | None:
    part = match.groupdict()
    if part["iso"]:
        return _safe(lambda: date.fromisoformat(part["iso"]))
    before = flat[max(0, match.start() - 90) : match.start()]
    for day, month, year, weekday in (("d1", "m1", "y1", "wd1"), ("d2", "m2", "y2", "wd2")):
        if part[day]:
            return _in_year(int(part[day]), _MONTHS[part[month].lower()], part[year], part[weekday], today)
    if part["a"]:
        return _slashed(part, before, today)
    if today is None:
        return None
    ahead = _looks_ahead(before)
    if part["d4"]:
        return _day_of_month(int(part["d4"]), part["wd4"], today, ahead)
    if part["wd5"]:
        which = part["which"].lower()
        weekday = _WEEKDAYS[part["wd5"].lower()]
        if which in ("last", "past", "this past"):
            return today - timedelta((today.weekday() - weekday - 1) % 7 + 1)
        if which == "next":
            # "next Friday", said on a Monday, is the one of the week after; said on a Friday too.
            return today - timedelta(today.weekday()) + timedelta(7 + weekday)
        return today + timedelta((weekday - today.weekday()) % 7)
    if part["wd6"]:
        weekday = _WEEKDAYS[part["wd6"].lower()]
        if part["next6"]:
            return today - timedelta(today.weekday()) + timedelta(7 + weekday)
        if ahead:
            return today + timedelta((weekday - today.weekday()) % 7)
        return today - timedelta((today.weekday() - weekday) % 7)
    if part["near"]:
        return today + timedelta(_near(part["near"].lower()))
    for key, unit, sign in (("in", "in_unit", 1), ("ago", "ago_unit", -1)):
        if part[key]:
            count = part[key].lower()
            number = int(count) if count.isdigit() else _NUMBERS[count]
            return _safe(lambda: today + sign * timedelta(number * (7 if part[unit].lower().startswith("w") else 1)))  # noqa: B023
    return _end_of(part["end_unit"].lower(), (part["end_which"] or "").lower(), today)


def _near(words: str) -> int:
    if "after" in words:
        return 2
    if "before" in words:
        return -2
    return {"tomorrow": 1, "yesterday": -1, "last night": -1}.get(words, 0)


def _looks_ahead(before: str) -> bool:
    """Does the sentence that leads up to a day speak of what is to come?"""
    ahead, behind = _AHEAD.search(before), _BEHIND.search(before)
    if ahead and behind:
        return ahead.start() > behind.start() or bool(re.search(r"\b(?:by|until|before|"
            r"no later than) (?:\w+ ){0,2}$", before, re.I))
    return bool(ahead)


def _safe(make: Callable[[], date]) -> date | None:
    try:
        return make()
    except (ValueError, OverflowError):
        return None


def _in_year(day: int, month: int, year: str | None, weekday: str | None, today: date | None) -> date | None:
    if year:
        number = int(year) + (2000 if len(year) == 2 else 0)
        return _safe(lambda: date(number, month, day))
    if today is None:
        return None
    near = [found for y in (today.year - 1, today.year, today.year + 1) if (found := _safe(lambda y=y: date(y, month, day)))]  # type: ignore[misc]
    if weekday:
        fitting = [one for one in near if one.weekday() == _WEEKDAYS[weekday.lower()]]
        near = fitting if fitting and abs((fitting[0] - today).days) < 300 else near
    return min(near, key=lambda one: abs((one - today).days), default=None)


def _slashed(part: dict[str, str | None], before: str, today: date | None) -> date | None:
    first, second = int(part["a"] or 0), int(part["b"] or 0)
    year, weekday = part["y3"], part["wd3"]
    if not year and not weekday and (part["sep"] == "." or not _CUE.search(before)):
        return None
    # With full stops the day comes first everywhere; with slashes it does where it cannot be a month.
    month, day = (second, first) if part["sep"] == "." or first > 12 else (first, second)
    return _in_year(day, month, year, weekday, today) if 1 <= month <= 12 else None


def _day_of_month(day: int, weekday: str | None, today: date, ahead: bool) -> date | None:
    around = []
    for step in (-1, 0, 1):
        number = today.month - 1 + step
        found = _safe(lambda number=number: date(today.year + number // 12, number % 12 + 1, day))  # type: ignore[misc]
        if found:
            around.append(found)
    if weekday:
        around = [one for one in around if one.weekday() == _WEEKDAYS[weekday.lower()]] or around
    if ahead:
        around = [one for one in around if one >= today] or around
    return min(around, key=lambda one: abs((one - today).days), default=None)


def _end_of(unit: str, which: str, today: date) -> date | None:
    if unit == "day":
        return today
    if unit == "week":
        return today + timedelta((4 - today.weekday()) % 7 + (7 if which == "next" else 0))
    month = today.month + (2 if which == "next" else 1)
    return date(today.year + (month - 1) // 12, (month - 1) % 12 + 1, 1) - timedelta(1)
