"""
sentences of summaries -> other paragraphs that have them, word for word.

Why by words and not by text: a sentence that was taken over is set with other quotation marks,
hyphens and capitals. Why all at once: every paragraph is looked through once, and only runs of
words of the sentences are remembered.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from wgsearch.index.sayings import words_of
from wgsearch.index.store import Said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.records import Place, Sentence

_RUN = 4


def also_in(paragraphs: Paragraphs, sentences: Sequence[Sentence]) -> tuple[tuple[Place, ...], ...]:
    """
    For each sentence the paragraphs of other papers that have it, earliest first.

    Args:
        paragraphs: All paragraphs.
        sentences: The sentences.
    """
    words = [_words(each.text, each.place) for each in sentences]
    rows: dict[int, list[int]] = {run: [] for each in words for run in _runs(each)}
    for row, (text, where) in enumerate(zip(paragraphs.texts, paragraphs.places, strict=True)):
        for run in {*_runs(_words(text, where))} & rows.keys():
            rows[run].append(row)
    found = []
    for each, said in zip(sentences, words, strict=True):
        # The rarest of its runs leaves the fewest paragraphs to look into.
        may = min((rows[run] for run in _runs(said)), key=len, default=[])
        wanted = _joined(said)
        places = [
            where
            for row in may
            if (where := paragraphs.places[row]).symbol != each.place.symbol
            and wanted in _joined(_words(paragraphs.texts[row], where))
        ]
        found.append(tuple(sorted(places, key=_order)))
    return tuple(found)


def _order(where: Place) -> tuple[str, str, int]:
    """By date, paper and paragraph; those without a date come last."""
    return where.date or "9999", where.symbol, where.index


def _joined(words: Sequence[bytes]) -> bytes:
    """Words as one text, with a space at either end: only whole words are found in it."""
    return b" ".join((b"", *words, b""))


def _words(text: str, where: Place) -> list[bytes]:
    """Words as they are compared."""
    return words_of(Said(where.symbol, where.language, where.part, where.paragraph, text))


def _runs(words: Sequence[bytes]) -> Iterator[int]:
    """A number for each run of words, the same in every run of the program."""
    return (zlib.crc32(b" ".join(words[at : at + _RUN])) for at in range(len(words) - _RUN + 1))
