"""
text -> dates: of issue, of meetings, of rows in a timetable, in six languages.

Why not a general library: what stands in a masthead is a closed set of forms, and a
form that is not one of them must stay unread instead of being guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

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
_NAMES = "|".join(sorted(_NUMBER, key=len, reverse=True))
# Arabic editions name the month twice: `آب/أغسطس`.
_MONTH = rf"(?:(?:{_NAMES})\s?/\s?)?(?:{_NAMES})"
_DAY = r"(\d{1,2})(?:er|st|nd|rd|th)?"
_TO = r"(?:-|–|—|\band\b|\bto\b|\bet\b|\bau\b|\by\b|\bal?\b|и|\s(?=\d))"
_YEAR = r"((?:19|20)\d\d)"
_OF = r"\s*(?:de\s+)?"
_SINGLE = re.compile(
    rf"\b{_DAY}{_OF}({_MONTH}){_OF},?\s*{_YEAR}(?:\s?(?:года|г\.))?", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"({_MONTH})\s+{_DAY},\s*{_YEAR}", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"({_MONTH}){_OF},?\s*{_YEAR}", re.IGNORECASE)
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
_IN_FILE_NAME = re.compile(
    r"(?<!\d)(?:(?P<y4>(?:19|20)\d\d)-?(?P<m4>\d\d)-?(?P<d4>\d\d)"
    r"|(?<=_)(?P<y2>\d\d)(?P<m2>\d\d)(?P<d2>\d\d)(?=_|\.|$))(?!\d)"
)
_WORN = re.compile(r"(?P<day>\S{1,2})\s+(?P<month>[^\W\d_]{3,10})\s+(?P<year>[12l]\s?\S\s?\S\s?\S)")
# Digits as readers of typescripts misread them.
_ALIKE = str.maketrans("OoQIl|!LZkASsGbB&", "00011111244556688")


def parse_date(text: str) -> str | None:
    """The ISO date that the whole text is, None when it is anything else."""
    bare = text.strip().rstrip(".")
    if len(bare) > 40 or not any(char.isdigit() for char in bare):  # the longest date has 32
        return None
    if match := _SINGLE.fullmatch(bare):
        return _iso(int(match[3]), _month(match[2]), int(match[1]))
    if match := _MONTH_FIRST.fullmatch(bare):
        return _iso(int(match[3]), _month(match[1]), int(match[2]))
    if (match := _CHINESE.fullmatch(bare)) and not match[5]:
        return _iso(int(match[1]), int(match[2]), int(match[3]))
    return None


def parse_month(text: str) -> str | None:
    """`2024-05` for a text that is a month and its year, None when it is anything else."""
    match = _MONTH_ONLY.fullmatch(text.strip().rstrip("."))
    return f"{match[2]}-{_month(match[1]):02}" if match else None


class EmbeddedDate(NamedTuple):
    """A date within other words, and the words on both sides of it."""

    before: str
    iso: str
    after: str


def embedded_date(text: str) -> EmbeddedDate | None:
    """The first full date within a text, None without one."""
    match = _SINGLE.search(text)
    iso = parse_date(match[0]) if match else None
    if not match or not iso:
        return None
    return EmbeddedDate(text[: match.start()].strip(), iso, text[match.end() :].strip())


def date_in_file_name(name: str) -> str | None:
    """ISO date that a file name holds: `2024-11-14`, `20241114`, or `_241114_` between strokes."""
    for match in _IN_FILE_NAME.finditer(name.rpartition("/")[2]):
        year = match["y4"] or f"20{match['y2']}"
        iso = _iso(int(year), int(match["m4"] or match["m2"]), int(match["d4"] or match["d2"]))
        if iso:
            return iso
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class WornDate:
    """
    A date that a reader of scans misread in part.

    Attributes:
        text: As it was read.
        pattern: The ISO date, `?` for each digit that cannot be told.
    """

    text: str
    pattern: str

    @property
    def iso(self) -> str | None:
        """The date where every digit can be told, None otherwise."""
        try:
            return date.fromisoformat(self.pattern).isoformat()
        except ValueError:
            return None

    def agrees(self, iso: str) -> bool:
        """Another date of the file is equal in every digit that was read."""
        return len(iso) == len(self.pattern) and all(
            read in (known, "?") for read, known in zip(self.pattern, iso, strict=True)
        )


def worn_date(text: str) -> WornDate | None:
    """
    The date that a whole text is although single digits are misread (`3 June 19k8`), or None.

    The month must be spelled right and the century be read; a letter counts as the digit
    that it resembles, any other sign as a digit that is not known.
    """
    match = _WORN.fullmatch(text.strip().rstrip("."))
    number = _NUMBER.get(match["month"].casefold()) if match else None
    if not match or number is None:
        return None
    year = _digits(match["year"].replace(" ", ""))
    day = _digits(match["day"]).rjust(2, "0")
    if year[:2] not in ("19", "20") or day.count("?") + year.count("?") > 1:
        return None
    return WornDate(text=text, pattern=f"{year}-{number:02}-{day}")


def _digits(read: str) -> str:
    """Digits of a misread number, `?` for what resembles none."""
    return re.sub(r"\D", "?", read.translate(_ALIKE))


def find_dates(text: str) -> tuple[str, str] | None:
    """First and last ISO date of the first date or range of dates in a text."""
    if match := _RANGE.search(text):
        last_month = _month(match[4])
        first_month = _month(match[2]) if match[2] else last_month
        first = _iso(int(match[5]), first_month, int(match[1]))
        last = _iso(int(match[5]), last_month, int(match[3]))
        if first and last and first < last:
            return first, last
    if match := _SINGLE.search(text):
        only = _iso(int(match[3]), _month(match[2]), int(match[1]))
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
    return _iso(year, _month(match[2]), int(match[1]))


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


def _month(name: str) -> int:
    """Number of a month; of two names joined by a stroke the second counts."""
    return _NUMBER[name.casefold().rpartition("/")[2].strip()]


def _iso(year: int, month: int, day: int) -> str | None:
    """An ISO date, None when the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
