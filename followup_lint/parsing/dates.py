"""Days named in English text, resolved against a given day; what cannot be resolved is left out, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from ..model import Span
from .lines import flatten, words


def _numbered(names: str, first: int) -> dict[str, int]:
    """``"jan january|feb …"`` -> the number of each name, counted from *first*."""
    return {name: number for number, group in enumerate(names.split("|"), first) for name in group.split()}


_MONTHS = _numbered(
    "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october|"
    "nov november|dec december",
    1,
)
_WEEKDAYS = _numbered(
    "mon monday|tue tues tuesday|wed wednesday|thu thur thurs thursday|fri friday|sat saturday|sun sunday", 0
)
_NUMBERS = _numbered("a an one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve", 1) | {
    "a couple of": 2,
    "couple of": 2,
}


def _choice(names: Iterable[str]) -> str:
    """A pattern for any of *names*, for a verbose expression, the longest first."""
    return "|".join(name.replace(" ", "[ ]") for name in sorted(names, key=len, reverse=True))


_MONTH, _WEEKDAY = _choice(_MONTHS), _choice(_WEEKDAYS)
_FULL = _choice(name for name in _WEEKDAYS if name.endswith("day"))
_NUMBER = rf"\d{{1,3}}|{_choice(_NUMBERS)}"
_YEAR = r"(?:,?[ ](?P<year{n}>(?:19|20)\d\d)\b)?"
# After "the 12th" these mean that no day was named.
_NO_DAY = _choice(
    words(
    """floor century time grade street st avenue ave edition anniversary year month week hour minute place position
    round grader version generation percentile largest biggest best person candidate interview quarter chapter hole
    step stage reason point question slide page amendment birthday"""
)
)
_PATTERN = rf"""\b(?:
  (?P<iso>\d{{4}}-\d\d-\d\d)(?![\d-])
| (?:(?P<weekday1>{_WEEKDAY})\.?,?[ ](?:the[ ])?)?
  (?P<day1>\d{{1,2}})(?:st|nd|rd|th|\.)?[ ](?:day[ ])?(?:of[ ])?
  (?P<month1>{_MONTH})\b(?:\.(?=,?[ ](?:19|20)\d\d\b))?{_YEAR.format(n=1)}
| (?:(?P<weekday2>{_WEEKDAY})\.?,?[ ](?:the[ ])?)?
  (?P<month2>{_MONTH})\.?[ ](?:the[ ])?
  (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:%]|[ ]?[ap]\.?m\b|[.,]\d){_YEAR.format(n=2)}
| (?:(?P<weekday3>{_WEEKDAY})\.?,?[ ](?:the[ ])?)?
  (?P<first>\d{{1,2}})(?P<mark>[/.])(?P<second>\d{{1,2}})(?:(?P=mark)(?P<year3>(?:19|20)?\d\d))?(?![\d/%]|\.\d)
| (?:(?P<weekday4>{_FULL}),?[ ])?the[ ](?P<nth>\d{{1,2}})(?:st|nd|rd|th)\b(?![ ](?:{_NO_DAY}|of[ ](?!{_MONTH}))\b)
| (?P<which>next|last|this(?:[ ]coming|[ ]past)?|coming|past)[ ](?P<weekday5>{_FULL})\b
| (?P<weekday6>{_FULL})\b(?P<week>[ ](?:next[ ]week|after[ ]next|week)\b)?
| (?P<near>today|tonight|tomorrow|yesterday|this[ ](?:morning|afternoon|evening)|last[ ]night|
    (?:the[ ])?day[ ](?:after[ ]tomorrow|before[ ]yesterday))\b
| in[ ](?P<ahead>{_NUMBER})[ ](?P<ahead_unit>day|week)s?\b
| (?P<ago>{_NUMBER})[ ](?P<ago_unit>day|week)s?[ ](?:ago|earlier)\b
| (?:the[ ])?end[ ]of[ ](?:(?P<end_which>the|this|next)[ ])?(?P<end>week|month|day)\b
)"""
# What the words before a day say of it: it is still to come, or it has been (or was spoken of).
_AHEAD = (
    r"\b(?:by|until|till|before|no later than|due|deadline|will|shall|can|available|free|expect|hope|aim|plan|going to|"
    r"next|coming|upcoming|starting|need|needs|on or before)\b|'ll\b"
)
_BEHIND = (
    r"\b(?:since|met|spoke|talked|interviewed|visited|discussed|was|were|had|sent|wrote|written|enjoyed|asked|mentioned|told|"
    r"said|thought|hoped|expected|planned|promised|indicated|would|came|saw|last|thank|thanks|"
    r"(?:our|the|your|first|second|that) (?:interview|meeting|conversation|chat|call|round|tour|visit|talk))\b"
)
_CUE = r"\b(?:by|on|of|until|till|before|after|since|from|dated|date|due|deadline|around|between|and)[ :]+$"


def dates(text: str, today: date | None) -> tuple[tuple[Span, date], ...]:
    """The days named in *text*, in order; *today* is the day the text was written on.

    Without *today* only days with a year are given. A day without a year is the nearest such day. A bare weekday is the
    next one where its sentence looks ahead ("I need it by Friday"), the last one where it looks back or does neither,
    and left out where it does both ("you said by Friday"). ``3/4`` is March 4, except where 3 can be no month.
    """
    flat = flatten(text).replace("\n", " ")
    found = []
    for match in re.finditer(_PATTERN, flat, re.IGNORECASE | re.VERBOSE):
        try:
            day = _resolved(flat, match, today)
        except (ValueError, OverflowError):  # February 30
            continue
        if day:
            found.append((Span(*match.span()), day))
    return tuple(found)


def _resolved(flat: str, match: re.Match[str], today: date | None) -> date | None:
    part = {name: value.lower() for name, value in match.groupdict().items() if value}
    before = flat[max(0, match.start() - 90) : match.start()]
    if "iso" in part:
        return date.fromisoformat(part["iso"])
    for n in "12":
        if f"day{n}" in part:
            day, month = int(part[f"day{n}"]), _MONTHS[part[f"month{n}"]]
            return _of_year(day, month, part.get(f"year{n}"), part.get(f"weekday{n}"), today)
    if "first" in part:
        return _in_figures(part, before, today)
    if today is None:
        return None
    if "nth" in part:
        return _of_month(int(part["nth"]), part.get("weekday4"), before, today)
    if "weekday5" in part:
        weekday = _WEEKDAYS[part["weekday5"]]
        if part["which"].endswith(("last", "past")):
            return today - timedelta((today.weekday() - weekday - 1) % 7 + 1)
        return _next_week(today, weekday) if part["which"] == "next" else _coming(today, weekday)
    if "weekday6" in part:
        weekday = _WEEKDAYS[part["weekday6"]]
        if "week" in part:
            return _next_week(today, weekday)
        ahead, behind = _outlook(before)
        if ahead and behind:
            return None
        return _coming(today, weekday) if ahead else today - timedelta((today.weekday() - weekday) % 7)
    if "near" in part:
        near = {"tomorrow": 1, "yesterday": -1, "last night": -1, "day after tomorrow": 2, "day before yesterday": -2}
        return today + timedelta(near.get(part["near"].removeprefix("the "), 0))
    for key, sign in (("ahead", 1), ("ago", -1)):
        if key in part:
            number = int(part[key]) if part[key].isdigit() else _NUMBERS[part[key]]
            return today + sign * timedelta(number * (7 if part[f"{key}_unit"] == "week" else 1))
    return _end_of(part["end"], part.get("end_which", ""), today)


def _coming(today: date, weekday: int) -> date:
    return today + timedelta((weekday - today.weekday()) % 7)


def _next_week(today: date, weekday: int) -> date:
    """That day of the week after this one: "next Friday", whether said on a Monday or on a Friday."""
    return today + timedelta(7 - today.weekday() + weekday)


def _outlook(before: str) -> tuple[bool, bool]:
    """Does the sentence that leads up to a day look ahead, does it look back?"""
    sentence = re.split(r"[.!?] ", before)[-1]
    return bool(re.search(_AHEAD, sentence, re.IGNORECASE)), bool(re.search(_BEHIND, sentence, re.IGNORECASE))


def _nearest(days: Iterable[date], today: date) -> date | None:
    return min(days, key=lambda day: abs((day - today).days), default=None)


def _of_year(day: int, month: int, year: str | None, weekday: str | None, today: date | None) -> date | None:
    if year:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    if today is None:
        return None
    years = range(today.year - 1, today.year + 2)
    near = [date(number, month, day) for number in years if _exists(number, month, day)]
    fitting = [one for one in near if weekday and one.weekday() == _WEEKDAYS[weekday] and abs((one - today).days) < 300]
    return _nearest(fitting or near, today)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _in_figures(part: dict[str, str], before: str, today: date | None) -> date | None:
    """A day such as 3/14 or 14.3.2026; without year or weekday only after "by" and the like: it may be a fraction."""
    first, second = int(part["first"]), int(part["second"])
    year, weekday = part.get("year3"), part.get("weekday3")
    if not year and not weekday and (part["mark"] == "." or not re.search(_CUE, before, re.IGNORECASE)):
        return None
    # With full stops the day comes first everywhere.
    day, month = (first, second) if part["mark"] == "." or first > 12 else (second, first)
    return _of_year(day, month, year, weekday, today) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _of_month(day: int, weekday: str | None, before: str, today: date) -> date | None:
    """For "the 12th": the nearest one, unless its sentence looks ahead only or back only."""
    around = []
    for months in (today.year * 12 + today.month - 2, today.year * 12 + today.month - 1, today.year * 12 + today.month):
        if 1 <= day <= 31 and _exists(months // 12, months % 12 + 1, day):
            around.append(date(months // 12, months % 12 + 1, day))
    around = [one for one in around if weekday and one.weekday() == _WEEKDAYS[weekday]] or around
    ahead, behind = _outlook(before)
    if ahead != behind:
        around = [one for one in around if (one >= today if ahead else one <= today)] or around
    return _nearest(around, today)


def _end_of(unit: str, which: str, today: date) -> date:
    if unit == "day":
        return today
    if unit == "week":
        return today + timedelta((4 - today.weekday()) % 7 + (7 if which == "next" else 0))
    months = today.year * 12 + today.month - 1 + (2 if which == "next" else 1)
    return date(months // 12, months % 12 + 1, 1) - timedelta(1)
