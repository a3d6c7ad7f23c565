"""
a sentence of a summary -> other paragraphs that have it, word for word.

Why by words and not by text: a sentence that was taken over is set with other quotation marks,
hyphens and capitals.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from wgsearch.index.sayings import words_of
from wgsearch.index.store import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.records import Place, Sentence

_RUN = 4


class Sayings:
    """
    What paragraphs say, word by word.

    Args:
        paragraphs: All paragraphs.
    """

    def __init__(self, paragraphs: Paragraphs) -> None:
        self._places = paragraphs.places
        self._texts: list[bytes] = []
        self._rows: dict[int, list[int]] = {}
        for row, (text, where) in enumerate(zip(paragraphs.texts, paragraphs.places, strict=True)):
            words = _words(text, where)
            self._texts.append(b" ".join((b"", *words, b"")))
            for run in set(_runs(words)):
                self._rows.setdefault(run, []).append(row)

    def also(self, sentence: Sentence) -> tuple[Place, ...]:
        """Paragraphs of other papers that have a sentence, earliest first."""
        words = _words(sentence.text, sentence.place)
        wanted = b" ".join((b"", *words, b""))
        rows = min((self._rows.get(run, []) for run in _runs(words)), key=len, default=[])
        found = [
            self._places[row]
            for row in rows
            if self._places[row].symbol != sentence.place.symbol and wanted in self._texts[row]
        ]
        return tuple(sorted(found, key=lambda each: (each.date or "9999", each.symbol, each.index)))


def _words(text: str, where: Place) -> list[bytes]:
    """Words as they are compared."""
    return words_of(Said(where.symbol, where.language, where.part, where.paragraph, text))


def _runs(words: list[bytes]) -> Iterator[int]:
    """A number for each run of words, the same in every run of the program."""
    return (zlib.crc32(b" ".join(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1))
