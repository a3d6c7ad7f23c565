"""
foot of a page -> job number and page: what the documents service prints for itself.

Why parsed: the letter in brackets says which language edition a file is, whatever its
name says, and the barcode repeats the digits, which shows whether some were lost.
Convention: `[V.|GE.|K.|...]YY-NNNNN[X] (L) [ddmmyy ...] [*YYNNNNN*]`, L one of A C E F R S
and O (German); New York prints no station.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_JOB = re.compile(
    r"(?:(?P<station>[A-Z]{1,3})\.)?(?P<year>\d{2})-(?P<number>\d{5})X?(?:\s+\d{3,4}[a-z])?"
    r"(?:\s*\((?P<language>[ACEFRSO])\))?(?P<dates>(?:\s+\d{6}){0,3})(?:\s+(?P<barcode>\*\d+\*))?"
)
# A copy that lost its digits still has the brackets of its job number.
_LOST = re.compile(r"(?:[A-Z]{1,3}\.?\s*)?\([ACEFRS]\)(?:\s*\*)*")
_LANGUAGES = {"A": "ar", "C": "zh", "E": "en", "F": "fr", "R": "ru", "S": "es", "O": "de"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """
    A job number.

    Attributes:
        station: Letters of the duty station (`V` Vienna, `GE` Geneva, `K` Nairobi); None for
            New York, which prints none.
        year: Two digits of the year.
        number: Five digits.
        letter: Edition letter, None where none is printed.
        dates: Days of processing as printed, ddmmyy.
        barcode: Digits of the barcode with its stars, None where none is printed.
    """

    station: str | None
    year: str
    number: str
    letter: str | None
    dates: tuple[str, ...]
    barcode: str | None

    @property
    def language(self) -> str | None:
        """Language of this edition (ISO 639-1), None where no letter is printed."""
        return _LANGUAGES.get(self.letter or "")

    @property
    def text(self) -> str:
        """The number as it is cited: `V.21-06003 (E)`."""
        station = f"{self.station}." if self.station else ""
        letter = f" ({self.letter})" if self.letter else ""
        return f"{station}{self.year}-{self.number}{letter}"


def parse_job(text: str) -> Job | None:
    """The job number that a line of the foot begins with, None when it begins with none."""
    match = _JOB.match(text.strip())
    if not match:
        return None
    return Job(
        station=match["station"],
        year=match["year"],
        number=match["number"],
        letter=match["language"],
        dates=tuple(match["dates"].split()),
        barcode=match["barcode"],
    )


def has_lost_digits(text: str) -> bool:
    """A line is a job number without its digits (`V (E) * *`): the copy lost numbers elsewhere."""
    return len(text) < 20 and bool(_LOST.fullmatch(text.strip()))  # a job line is short
