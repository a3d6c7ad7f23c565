"""
a ranking and grades -> nDCG, recall, reciprocal rank, success.

Why as trec_eval counts: figures are compared with those that others publish.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def ndcg(found: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """
    Normalised discounted cumulative gain: the grade is the gain, as in trec_eval's `ndcg_cut`.

    Args:
        found: Documents, best first.
        grades: Grades of the judged ones; those of 0 and less gain nothing.
        k: How many of `found` count.

    Source: Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques (2002),
    with the discount log2(rank + 1).
    """
    ideal = _dcg(sorted(_relevant(grades).values(), reverse=True)[:k])
    return _dcg([max(0, grades.get(each, 0)) for each in found[:k]]) / ideal if ideal else 0.0


def recall(found: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Share of the relevant documents that are among the first k."""
    relevant = _relevant(grades)
    return len(relevant.keys() & set(found[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(found: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """One divided by the rank of the first relevant document, 0 when it is beyond k."""
    relevant = _relevant(grades)
    ranks = (rank for rank, document in enumerate(found[:k], start=1) if document in relevant)
    return 1.0 / next(ranks, math.inf)


def success(found: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """1 when a relevant document is among the first k, else 0."""
    return float(reciprocal_rank(found, grades, k) > 0)


def mean(values: Iterable[float]) -> float | None:
    """The mean; None of nothing, since 0 would look measured."""
    held = list(values)
    return math.fsum(held) / len(held) if held else None


def _relevant(grades: Mapping[str, int]) -> dict[str, int]:
    """What is judged relevant: trec_eval's default level, grade 1 and above."""
    return {document: grade for document, grade in grades.items() if grade > 0}


def _dcg(gains: Sequence[int]) -> float:
    """Discounted cumulative gain of grades by rank."""
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))
