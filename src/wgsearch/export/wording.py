"""
codes and dates -> words: how languages, days and kinds are called in what people read.

Why one home: pages and packs name the same things, and must not name them differently.
"""

from __future__ import annotations

import datetime as dt

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "pt": "Portuguese",
    "ru": "Russian",
    "zh": "Chinese",
}
_MONTH, _DAY = len("2022-04"), len("2022-04-25")


def day(date: str | None) -> str:
    """An ISO date for people: `25 April 2022`; a year or a month stays one."""
    if date is None:
        return "undated"
    if len(date) not in {_MONTH, _DAY}:
        return date
    full = dt.date.fromisoformat(f"{date}-01"[:_DAY])
    return f"{full:%B %Y}" if len(date) == _MONTH else f"{full.day} {full:%B %Y}"


def language_name(code: str) -> str:
    """English name of a language; the code where it has none here."""
    return " and ".join(_LANGUAGES.get(each, each) for each in code.split("+"))


def language_tag(code: str) -> str:
    """A language as markup names it: of a bilingual paper the first."""
    return code.partition("+")[0]


def direction(code: str) -> str:
    """Writing direction of a language."""
    return "rtl" if language_tag(code) in _RIGHT_TO_LEFT else "ltr"


def joined(words: list[str]) -> str:
    """Words as a list in a sentence: `a, b and c`."""
    return " and ".join(each for each in (", ".join(words[:-1]), *words[-1:]) if each)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 paper`, `1,024 papers`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
