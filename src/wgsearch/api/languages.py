"""
Languages of the interface: which one a request is answered in, and what its words are.

Why a file of JSON a language and no compiled catalogue: it is read as it is, by a program and by
whoever translates, and nothing has to be built (docs/decisions/0034-interface-languages.md).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, NamedTuple, get_args

from markupsafe import Markup

from wgsearch import compare, errors
from wgsearch.api import problems
from wgsearch.api.phrases import Day
from wgsearch.checking.records import MEANINGS
from wgsearch.export import compendium, past, wording
from wgsearch.history.records import VERDICTS, Confidence
from wgsearch.papers.paper import READERS, PaperKind
from wgsearch.phrases import Said
from wgsearch.register.records import STRENGTHS, Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

ENGLISH = "en"
# English is what templates are written in; the others lie in web/languages.
LANGUAGES = ("en", "fr")
NAMES = {"en": "English", "fr": "Français"}
_MOST_RANGES = 20
_MONTH, _DAY = len("2022-04"), len("2022-04-25")
_THOUSANDS = {"en": ",", "fr": "\u202f"}
_PERCENT = {"en": "%", "fr": "\u202f%"}
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_SPOKEN = ("Arabic", "Chinese", "English", "French", "German", "Portuguese", "Russian", "Spanish")
# Problems that a reader of pages meets; those of operators and programs stay in English.
_MET = (
    *(problems.NOT_FOUND, problems.INVALID_PARAMETER, problems.BASKET_FULL, problems.MARKS_FULL),
    *(problems.TOO_MANY, problems.BUSY, problems.TOOK_TOO_LONG, problems.BODY_TOO_LARGE),
    *(problems.BY_ERROR[each] for each in (errors.UnknownSymbolError, errors.UnknownTopicError)),
    *(problems.BY_ERROR[each] for each in (errors.IndexMissingError, errors.EditionMissingError)),
)


def fixed_words() -> tuple[str, ...]:
    """Words of closed lists, which templates show by the filter `told` or as phrases."""
    kinds = (*map(str, PaperKind), *compare.LABELS)
    return (
        *(each.capitalize() for each in kinds),
        *MONTHS,
        *_SPOKEN,
        *("1st", "and", "undated"),
        *(*VERDICTS.values(), *get_args(Confidence), *past.KINDS.values()),
        *(*MEANINGS.values(), *STRENGTHS.values(), *get_args(Mark)),
        *(*compendium.GAPS.values(), *compendium.REPEATS.values(), *READERS.values()),
        *(words for kind in _MET for words in (kind.title, kind.remedy)),
    )


def _one_in_english(number: int) -> bool:
    return number == 1


def _one_in_french(number: int) -> bool:
    return number in {0, 1}


# Which of two forms a number takes; languages with more forms need more here.
_IS_ONE: dict[str, Callable[[int], bool]] = {"en": _one_in_english, "fr": _one_in_french}


class Noun(NamedTuple):
    """What is counted, for one and for many."""

    one: str
    many: str


class Language:
    """
    The words of the interface in a language.

    Attributes:
        code: ISO 639-1.
        messages: Translations by English message; none for English.
        nouns: Counted nouns by the English form for one.
    """

    def __init__(self, code: str, messages: Mapping[str, str], nouns: Mapping[str, Noun]) -> None:
        self.code = code
        self.messages = messages
        self.nouns = nouns

    def text(self, message: str) -> str:
        """A message; English stands where there is no translation."""
        return self.messages.get(message, message)

    def foreign(self, text: str) -> Markup:
        """What says that words stand in English on a page of this language, for their element."""
        message = text.message if isinstance(text, Said) else text
        is_own = self.code == ENGLISH or message in self.messages
        return Markup("") if is_own else Markup(' lang="en"')

    def noun(self, number: int, one: str, many: str) -> str:
        """A noun in the form that a number takes."""
        found = self.nouns.get(one, Noun(one, many))
        return found.one if _IS_ONE[self.code](number) else found.many

    def shown(self, value: object) -> object:
        """What a template prints: words of the interface in this language, all else as it is."""
        if isinstance(value, Day):
            return self.day(value.date)
        if not isinstance(value, Said):
            return value
        values = {name: self.shown(each) for name, each in value.values.items()}
        message = self.text(value.message)
        return value.cased(message.format(**values) if values else message)

    def day(self, date: str | None) -> str:
        """An ISO date for people; a year or a month stays one."""
        if self.code == ENGLISH or date is None or len(date) not in {_MONTH, _DAY}:
            return self.text("undated") if date is None else wording.day(date)
        full = dt.date.fromisoformat(f"{date}-01"[:_DAY])
        month = f"{self.text(MONTHS[full.month - 1])} {full.year}"
        if len(date) == _MONTH:
            return month
        return f"{self.text('1st') if full.day == 1 else full.day}\u00a0{month}"

    def language_name(self, code: str) -> str:
        """What a language is called."""
        names = [self.text(wording.language_name(each)) for each in code.split("+")]
        return f" {self.text('and')} ".join(names)

    def kind_name(self, kind: str) -> str:
        """What a kind of paper is called, as the beginning of a line."""
        return self.text(str(kind).capitalize())

    def number(self, number: int) -> str:
        """A number with its thousands set apart."""
        return f"{number:,}".replace(",", _THOUSANDS[self.code])

    def percent(self, share: float) -> str:
        """A share in hundredths."""
        return f"{share * 100:.0f}{_PERCENT[self.code]}"


def language_in(folder: Path, code: str) -> Language:
    """A language whose words lie in a folder."""
    if code == ENGLISH:
        return Language(code, {}, {})
    found = json.loads((folder / f"{code}.json").read_text(encoding="utf-8"))
    nouns = {one: Noun(*forms) for one, forms in found["nouns"].items()}
    return Language(code, found["messages"], nouns)


def negotiated(accepted: str) -> str:
    """
    The language that a reader prefers, by `Accept-Language`; English where none is spoken here.

    Source: RFC 9110, section 12.5.4; of equal weights the first counts.
    """
    best, weight = ENGLISH, 0.0
    for each in accepted.split(",")[:_MOST_RANGES]:
        name, _, parameters = each.strip().partition(";")
        code = name.strip().partition("-")[0].casefold()
        match = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", parameters) if parameters else None
        own = float(match[1]) if match else 0.0 if parameters else 1.0
        if own > weight and (code in LANGUAGES or code == "*"):
            best, weight = (ENGLISH if code == "*" else code), own
    return best
