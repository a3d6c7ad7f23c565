"""
recommendations -> how alike the words of two are, words that such ones share counting little.

Why weights by class of addressee: whatever the Conference is asked, it `may wish to request the
Working Group to consider, at its next session`; that says nothing of what is to be considered,
and is rare among all recommendations all the same.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgsearch.index.terms import stems
from wgsearch.question import has_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from wgsearch.register.records import Recommended

# These say how strongly, too.
_HOW = re.compile(r"\b(?:also|further|to consider|consider|wish to)\b", re.IGNORECASE)
# Of all that share words, so many are compared exactly.
_COMPARED = 100


class Wordings:
    """
    Recommendations by their words.

    Args:
        records: All that are compared with one another.
    """

    def __init__(self, records: Sequence[Recommended]) -> None:
        self._records = records
        self._at = {each.id: at for at, each in enumerate(records)}
        self._terms = [Counter(terms_of(each)) for each in records]
        self._lengths = np.sqrt([max(1, sum(found.values())) for found in self._terms])
        self._classes = {
            kind: _class_of(
                self._terms, [at for at, e in enumerate(records) if kind in e.addressed]
            )
            for kind in sorted({kind for each in records for kind in each.addressed})
        }

    def likeness(self, one: str, other: str) -> float:
        """
        Twice the weight of the words that both have, of all that either has (Dice), by id.

        Returns:
            From 0 to 1; 0 where they ask nobody in common.
        """
        return self._likeness(self._at[one], self._at[other])

    def near(self, one: str) -> tuple[Recommended, ...]:
        """Others that ask somebody in common and share the heaviest words."""
        at = self._at[one]
        scores: NDArray[np.float64] = np.zeros(len(self._records))
        for kind in self._records[at].addressed:
            group = self._classes[kind]
            for term in self._terms[at]:
                scores[group.rows[term]] += group.weights[term]
        # Long ones share much with everything.
        scores /= self._lengths
        scores[at] = 0
        best = np.argsort(-scores, kind="stable")[:_COMPARED]
        return tuple(self._records[other] for other in best.tolist() if scores[other] > 0)

    def _likeness(self, one: int, other: int) -> float:
        shared = [k for k in self._records[one].addressed if k in self._records[other].addressed]
        if not shared:
            return 0.0
        group = self._classes[shared[0]]
        first, second = self._terms[one], self._terms[other]
        both = {term: min(n, second[term]) for term, n in first.items() if term in second}
        whole = group.weigh(first) + group.weigh(second)
        return 2 * group.weigh(both) / whole if whole else 0.0


class _Class(NamedTuple):
    """
    Recommendations to one class of addressee.

    Attributes:
        weights: What a word tells among them.
        rows: Which of them have it.
    """

    weights: Mapping[str, float]
    rows: Mapping[str, Sequence[int]]

    def weigh(self, found: Mapping[str, int]) -> float:
        """What words weigh together, each as often as it stands there."""
        return sum(self.weights[term] * n for term, n in found.items())


def terms_of(record: Recommended) -> list[str]:
    """
    Stems of what a recommendation asks for, without stop words.

    Whom it asks and how strongly is compared apart: in a short one, `may wish to consider` would
    outweigh what is to be done.
    """
    asked = record.text.replace(record.addressee, " ", 1).replace(record.verb, " ", 1)
    asked = _HOW.sub(" ", asked, count=2)
    language = (record.passage.lang or record.passage.language).partition("+")[0]
    return stems(asked, language) if has_words(asked) else []


def _class_of(terms: Sequence[Mapping[str, int]], members: Iterable[int]) -> _Class:
    """Words weighed as BM25 weighs them: log(1 + (N - n + 0.5) / (n + 0.5))."""
    rows: dict[str, list[int]] = {}
    count = 0
    for at in members:
        count += 1
        for term in terms[at]:
            rows.setdefault(term, []).append(at)
    weights = {
        term: math.log(1 + (count - len(having) + 0.5) / (len(having) + 0.5))
        for term, having in rows.items()
    }
    return _Class(weights, rows)
