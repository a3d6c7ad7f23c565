"""
Words of lists, days, kinds and languages -> phrases that a page says in its language.

Why apart from `wgsearch.phrases`: these are made for pages alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from wgsearch.export import wording
from wgsearch.phrases import Said, said

if TYPE_CHECKING:
    from collections.abc import Sequence


class Day(str):
    """A day for people, in English; a page in another language writes its date anew."""

    __slots__ = ("date",)
    date: str

    def __new__(cls, date: str) -> Self:
        """The day of an ISO date."""
        made = super().__new__(cls, wording.day(date))
        made.date = date
        return made


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence: `a, b and c`."""
    if len(words) == 1:
        return words[0]
    before = words[0]
    for each in words[1:-1]:
        before = said("{before}, {each}", before=before, each=each)
    return said("{before} and {last}", before=before, last=words[-1])


def spoken(code: str) -> str:
    """The name of a language, as it stands in a sentence."""
    return listed([Said(wording.language_name(each), {}) for each in code.split("+")])


def kind_phrase(kind: str) -> Said:
    """A kind of paper as the beginning of a line; its translation is that of the word."""
    return Said(str(kind).capitalize(), {})


class Lowered(Said):
    """A phrase that stands within a sentence: it begins with a small letter in each language."""

    __slots__ = ()

    @staticmethod
    def cased(words: str) -> str:
        """The same words with a small letter at their beginning."""
        return words[:1].lower() + words[1:]


def lowered(phrase: str) -> str:
    """A phrase within a sentence."""
    if not isinstance(phrase, Said):
        return phrase.lower()
    return Lowered(phrase.message, phrase.values)


class Raised(Said):
    """A phrase that begins a line: with a capital letter in each language."""

    __slots__ = ()

    @staticmethod
    def cased(words: str) -> str:
        """The same words with a capital at their beginning."""
        return words[:1].upper() + words[1:]


def raised(phrase: str) -> str:
    """A phrase at the beginning of a line."""
    return Raised(phrase.message, phrase.values) if isinstance(phrase, Said) else phrase
