"""Words of the papers as they are spelt -> those near to a word that no paper has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgsearch.index.terms import folded

if TYPE_CHECKING:
    from collections.abc import Iterable


class Form(NamedTuple):
    """A word as it is spelled most, in small letters, and how many rows have it."""

    spelling: str
    rows: int


class Vocabulary:
    """
    Words by what they are without case and accents.

    Args:
        spellings: Words as they are spelled and how many rows have each, the commonest first.
    """

    def __init__(self, spellings: Iterable[tuple[str, int]]) -> None:
        self._forms: dict[str, Form] = {}
        # The commonest come first, so that each is shown as it is spelled most.
        for spelling, rows in spellings:
            plain = folded(spelling)
            known = self._forms.get(plain)
            self._forms[plain] = (
                known._replace(rows=known.rows + rows) if known else Form(spelling, rows)
            )
        self._words = np.array(list(self._forms), dtype=object)
        self._lengths = np.fromiter(map(len, self._forms), np.int32, len(self._forms))
        self._letters = np.fromiter(map(_letters, self._forms), np.uint64, len(self._forms))

    def __getitem__(self, plain: str) -> Form:
        return self._forms[plain]

    def near(self, plain: str, slips: int) -> list[str]:
        """
        Words that may be so many slips away, and others: none that is so near is left out.

        A slip changes the length by one at most, and which letters a word has by two: most words
        are told apart by that, without comparing them letter by letter.
        """
        others = np.bitwise_count(self._letters ^ np.uint64(_letters(plain)))
        longer = np.abs(self._lengths - len(plain))
        found: list[str] = self._words[(longer <= slips) & (others <= 2 * slips)].tolist()
        return found


def _letters(word: str) -> int:
    """Which letters a word has, as bits; letters far apart in the alphabets may share one."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
