"""
paragraphs -> which words tell of a topic, and how much.

Why words beside vectors: a sentence has no vector of its own, and encoding every sentence of ten
thousand paragraphs takes minutes; which words a topic has more than others takes none.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from wgsearch.index.terms import fields_of, telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# A topic is told by so many words at most; beyond them are words that any paragraph has.
_MOST_TERMS = 60


class Weights:
    """
    What words tell of topics.

    Args:
        texts: All paragraphs.
        languages: The language of each.
    """

    def __init__(self, texts: Sequence[str], languages: Sequence[str]) -> None:
        # One object a word: as many as there are in the texts would take a gigabyte.
        known: dict[str, str] = {}
        self.terms = [
            frozenset(known.setdefault(term, term) for term in _words_of(text, language))
            for text, language in zip(texts, languages, strict=True)
        ]
        self._held_by = Counter(term for each in self.terms for term in each)

    def rarity(self, term: str) -> float:
        """What a word tells: log((1 + N) / n) of N paragraphs, n of which have it."""
        return math.log((1 + len(self.terms)) / (1 + self._held_by[term]))

    def shared(self, one: int, other: int) -> float:
        """
        What the words tell that two paragraphs have in common, of all that either's tell (Jaccard,
        weighed by rarity).
        """
        first, second = self.terms[one], self.terms[other]
        both = sum(map(self.rarity, first & second))
        either = sum(map(self.rarity, first | second))
        return both / either if either else 0.0

    def of_topic(self, rows: Sequence[int], closeness: Sequence[float]) -> Mapping[str, float]:
        """
        The words that tell most of a topic; their weights add up to 1.

        A word weighs by how many of the topic's paragraphs have it, near ones counting more, and
        by how few others do. One that a single paragraph of several has tells of that paragraph.

        Args:
            rows: Paragraphs of the topic.
            closeness: Cosine of each to the middle of the topic.
        """
        share: Counter[str] = Counter()
        held: Counter[str] = Counter()
        for row, near in zip(rows, closeness, strict=True):
            for term in self.terms[row]:
                share[term] += max(0.0, near)  # type: ignore[assignment] # weights, not counts
                held[term] += 1
        shared = {term for term, count in held.items() if count > 1}
        # Of two paragraphs, each is half; where several share no word, each tells its own.
        terms = shared if shared and len(rows) > 2 else held.keys()  # noqa: PLR2004
        weighed = {term: share[term] * self.rarity(term) for term in terms}
        best = sorted(weighed, key=lambda term: (-weighed[term], term))[:_MOST_TERMS]
        whole = sum(weighed[term] for term in best) or 1.0
        return {term: weighed[term] / whole for term in best}


@lru_cache(maxsize=20_000)
def words_of(text: str, language: str) -> tuple[str, ...]:
    """Stems of a sentence without stop words, once each, in order."""
    return _words_of(text, language)


def _words_of(text: str, language: str) -> tuple[str, ...]:
    """Likewise of any text."""
    fields = fields_of(language)
    found: Iterable[str] = (term for field in fields for term in telling(text, field))
    return tuple(dict.fromkeys(found)) if text.strip() else ()
