"""
Words of the interface that are made in Python -> English, with what a translation needs.

Why a kind of string: whatever sorts, tests or sends them as JSON has plain English words, and a
page in another language still knows the sentence and what was put in it. Words of papers never
are of this kind, so nothing can translate them by mistake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from wgsearch.export import wording

if TYPE_CHECKING:
    from collections.abc import Sequence


class Said(str):
    """
    English words of the interface.

    Attributes:
        message: The sentence with names for what is put in.
        values: What is put in, by name.
    """

    __slots__ = ("message", "values")
    message: str
    values: dict[str, Any]

    def __new__(cls, message: str, values: dict[str, Any]) -> Self:
        """The sentence in English."""
        english = message.format(**values) if values else message
        made = super().__new__(cls, cls.cased(english))
        made.message = message
        made.values = values
        return made

    @staticmethod
    def cased(words: str) -> str:
        """Words as this phrase begins them, in any language."""
        return words


def said(message: str, **values: object) -> Said:
    """
    A sentence of the interface.

    Args:
        message: In English, with `{name}` for what is put in; written where it is called, so that
            the test of the catalogues finds it.
        values: What is put in; phrases among them are translated as well.
    """
    return Said(message, values)


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
