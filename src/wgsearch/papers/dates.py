"""
text -> dates: of issue, of meetings, of rows in a timetable, in six languages.

Why not a general library: what stands in a masthead is a closed set of forms, and a
form that is not one of them must stay unread instead of being guessed.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    "january|janvier|enero|января|يناير|كانون الثاني": 1,
    "february|février|fevrier|febrero|февраля|فبراير|شباط": 2,
    "march|mars|marzo|марта|مارس|آذار": 3,
    "april|avril|abril|апреля|أبريل|نيسان": 4,
    "may|mai|mayo|мая|مايو|أيار": 5,
    "june|juin|junio|июня|يونيه|حزيران": 6,
    "july|juillet|julio|июля|يوليه|تموز": 7,
    "august|août|aout|agosto|августа|أغسطس|آب": 8,
    "september|septembre|septiembre|сентября|سبتمبر|أيلول": 9,
    "october|octobre|octubre|октября|أكتوبر|تشرين الأول": 10,
    "november|novembre|noviembre|ноября|نوفمبر|تشرين الثاني": 11,
    "december|décembre|decembre|diciembre|декабря|ديسمبر|كانون الأول": 12,
}
_NUMBER = {name: number for names, number in _MONTHS.items() for name in names.split("|")}
_MONTH = "|".join(sorted(_NUMBER, key=len, reverse=True))
_DAY = r"(\d{1,2})(?:er|st|nd|rd|th)?"
_TO = r"(?:-|–|—|\band\b|\bto\b|\bet\b|\bau\b|\by\b|\bal?\b|и|\s(?=\d))"
_YEAR = r"((?:19|20)\d\d)"
_OF = r"\s*(?:de\s+)?"
_SINGLE = re.compile(rf"\b{_DAY}{_OF}({_MONTH}){_OF},?\s*{_YEAR}", re.IGNORECASE)
_RANGE = re.compile(
    rf"\b{_DAY}(?:{_OF}({_MONTH}))?\s*{_TO}\s*{_DAY}{_OF}({_MONTH}){_OF},?\s*{_YEAR}",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日(?:至(?:(\d{1,2})月)?(\d{1,2})日)?")
_DAY_MONTH = re.compile(rf"\b{_DAY}{_OF}({_MONTH})\b", re.IGNORECASE)
_TIME = re.compile(
    r"(?P<h1>\d{1,2})(?:[.:](?P<m1>\d{2}))?\s?(?:h\s?(?P<hm1>\d{2})?)?\s?(?P<a1>[ap])?\.?\s?m?\.?\s?"
    r"[-–—]\s?"
    r"(?P<h2>\d{1,2})(?:[.:](?P<m2>\d{2}))?\s?(?:h\s?(?P<hm2>\d{2})?)?\s?(?P<a2>[ap])?\.?\s?m?\.?",
    re.IGNORECASE,
)
_NOON = 12


def parse_date(text: str) -> str | None:
    """The ISO date that the whole text is, None when it is anything else."""
    bare = text.strip().rstrip(".")
    if match := _SINGLE.fullmatch(bare):
        return _iso(int(match[3]), _NUMBER[match[2].casefold()], int(match[1]))
    if (match := _CHINESE.fullmatch(bare)) and not match[5]:
        return _iso(int(match[1]), int(match[2]), int(match[3]))
    return None


def find_dates(text: str) -> tuple[str, str] | None:
    """First and last ISO date of the first date or range of dates in a text."""
    if match := _RANGE.search(text):
        last_month = _NUMBER[match[4].casefold()]
        first_month = _NUMBER[match[2].casefold()] if match[2] else last_month
        first = _iso(int(match[5]), first_month, int(match[1]))
        last = _iso(int(match[5]), last_month, int(match[3]))
        if first and last and first < last:
            return first, last
    if match := _SINGLE.search(text):
        only = _iso(int(match[3]), _NUMBER[match[2].casefold()], int(match[1]))
        return (only, only) if only else None
    if match := _CHINESE.search(text):
        first = _iso(int(match[1]), int(match[2]), int(match[3]))
        last_day = int(match[5] or match[3])
        last = _iso(int(match[1]), int(match[4] or match[2]), last_day)
        return (first, last) if first and last else None
    return None


def find_day(text: str, *, year: int | None) -> str | None:
    """ISO date of a row such as `Tuesday, 12 October`, with the year of the meeting."""
    match = _DAY_MONTH.search(text)
    if not match or year is None:
        return None
    return _iso(year, _NUMBER[match[2].casefold()], int(match[1]))


def find_times(text: str) -> tuple[str, str] | None:
    """
    Start and end of a meeting as `HH:MM`, from `11 a.m.-1 p.m.`, `3-5 p.m.` or `10 h 30-13 h`.

    An hour without a.m. or p.m. takes the other's, unless it would not be earlier.
    """
    match = _TIME.search(text)
    if not match:
        return None
    first, last = int(match["h1"]), int(match["h2"])
    half_first, half_last = match["a1"], match["a2"]
    if half_last and half_last in "pP" and last < _NOON:
        last += _NOON
    if half_first:
        first = first % _NOON + (_NOON if half_first in "pP" else 0)
    elif half_last and half_last in "pP" and first < _NOON and first + _NOON < last:
        first += _NOON
    if first > 23 or last > 24:  # hours of a day
        return None
    minutes = int(match["m1"] or match["hm1"] or 0), int(match["m2"] or match["hm2"] or 0)
    return f"{first:02}:{minutes[0]:02}", f"{last:02}:{minutes[1]:02}"


def _iso(year: int, month: int, day: int) -> str | None:
    """An ISO date, None when the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
