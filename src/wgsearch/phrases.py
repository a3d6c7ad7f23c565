"""
Words of the interface that are made in Python -> English, with what a translation needs.

Why a kind of string: whatever sorts, tests or sends them as JSON has plain English words, and a
page in another language still knows the sentence and what was put in it. Words of papers never
are of this kind, so nothing can translate them by mistake.
"""

from __future__ import annotations

from typing import Any, Self


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
