"""
Several rankings -> one: the sum of standardised scores.

Why not ranks: the distance between scores says how sure a leg is, and it measured better on
three judged sets (docs/decisions/0004-fusion.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# Mean and deviation are taken over so many best scores of a leg: further down lie the many
# that match by accident, and how many they are depends on the corpus, not on the question.
BEST = 100
# A passage is lifted by the next best of its paper: this share of their mean, of so many. Swept
# on five sets (docs/decisions/0013-late-interaction.md).
_SUPPORT = 0.3
_SUPPORTERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """
    What one leg found, best first; of equals, the lower row first.

    Attributes:
        rows: *Shape:* (n,). Rows of the index.
        scores: *Shape:* (n,). Higher is better.
    """

    rows: NDArray[np.int64]
    scores: NDArray[np.float64]


def ranked(rows: NDArray[np.int64], scores: NDArray[np.float64], k: int) -> Ranking:
    """
    The best k rows.

    Args:
        rows: *Shape:* (n,). In any order.
        scores: *Shape:* (n,). Higher is better.
        k: How many at most.
    """
    order = np.lexsort((rows, -scores))[:k]
    return Ranking(rows=rows[order], scores=scores[order])


def standardised(
    scores: NDArray[np.float64], reference: NDArray[np.float64]
) -> NDArray[np.float64]:
    """
    Scores in deviations from the mean of a leg's best.

    Args:
        scores: *Shape:* (n,). Scores of one leg, higher is better.
        reference: *Shape:* (m,). Scores of the leg's own candidates, best first.

    Returns:
        *Shape:* (n,). Zeros where the leg's best do not differ, or there are none.
    """
    best = reference[:BEST]
    deviation = float(best.std()) if len(best) else 0.0
    # Below this, differences are rounding: dividing by them would make noise decide.
    if deviation <= np.finfo(np.float32).eps * max(1.0, float(np.abs(best).max(initial=0.0))):
        return np.zeros(len(scores))
    return np.asarray((scores - best.mean()) / deviation, dtype=np.float64)


def fuse(legs: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """
    The sum of the legs' standardised scores.

    Args:
        legs: One array a leg. *Shape:* (n,) each: entry i is candidate i, the same in all.

    Returns:
        *Shape:* (n,). Higher is better.
    """
    return np.asarray(np.sum(np.stack(legs), axis=0), dtype=np.float64)


def supported(scores: NDArray[np.float64], papers: NDArray[np.int32]) -> NDArray[np.float64]:
    """
    Scores, each lifted by what else its paper has: a paper on the subject says so more than once.

    Args:
        scores: *Shape:* (n,). Fused scores of the candidates.
        papers: *Shape:* (n,). Number of the paper of each.

    Returns:
        *Shape:* (n,). Only others above the mean, which is 0, count.
    """
    order = np.lexsort((-scores, papers))
    above = np.maximum(0.0, scores[order])
    firsts = np.flatnonzero(np.diff(papers[order], prepend=papers[order][:1] - 1))
    sizes = np.diff(firsts, append=len(order))
    places = np.arange(len(order)) - np.repeat(firsts, sizes)
    # The best of each paper, one more than support it: the lifted one is none of its own.
    whole = np.add.reduceat(np.where(places < _SUPPORTERS, above, 0.0), firsts)
    last = np.add.reduceat(np.where(places == _SUPPORTERS, above, 0.0), firsts)
    others = np.repeat(whole, sizes)
    others += np.where(places < _SUPPORTERS, np.repeat(last, sizes) - above, 0.0)
    lifted = scores.copy()
    lifted[order] += _SUPPORT * others / _SUPPORTERS
    return lifted
