"""
paired differences -> how likely chance alone makes such a mean, and where the true mean lies.

Why a randomisation test and a bootstrap: neither asks for normal differences, which measures
of retrieval do not have. Source: Smucker, Allan and Carterette, A comparison of statistical
significance tests for information retrieval evaluation (CIKM 2007).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

# Enough that a p of 0.05 is known to within 0.005 (two standard errors of a share).
DRAWS = 10_000
# So many numbers are drawn at a time: 8 MB.
_AT_A_TIME = 1_000_000
_SEED = 0
# Two sums of the same numbers in another order differ by less.
_ALIKE = 1e-12


class Interval(NamedTuple):
    """Ends of an interval."""

    low: float
    high: float


def randomisation_p(differences: Sequence[float]) -> float:
    """
    Share of sign changes whose mean is at least as far from 0 as the one observed.

    If two ways of ranking are alike, either could have given either value of a question. All
    sign changes are tried where there are few, else 10,000 are drawn, and the one observed
    counts among them, so that the share is never 0 (Phipson and Smyth, Permutation p-values
    should never be zero, 2010). Questions without a difference decide nothing.

    Args:
        differences: After less before, one a question.

    Returns:
        The two-sided p; 1 when nothing differs.
    """
    values = np.array([each for each in differences if each], dtype=np.float64)
    if not len(values):
        return 1.0
    observed = abs(float(values.sum())) - _ALIKE
    patterns = 2 ** len(values) if len(values) < DRAWS.bit_length() else None
    if patterns is not None:
        bits = np.arange(patterns)[:, None] >> np.arange(len(values)) & 1
        return float((np.abs((1 - 2 * bits) @ values) >= observed).mean())
    draw = np.random.default_rng(_SEED)
    extreme = 0
    for many in _portions(len(values)):
        signs = 1 - 2 * draw.integers(0, 2, (many, len(values)), dtype=np.int8)
        extreme += int((np.abs(signs @ values) >= observed).sum())
    return (extreme + 1) / (DRAWS + 1)


def bootstrap_interval(differences: Sequence[float]) -> Interval:
    """
    The 95 % interval of the mean: percentiles of means over questions drawn with replacement.

    Args:
        differences: After less before, one a question; at least one.
    """
    values: NDArray[np.float64] = np.array(differences, dtype=np.float64)
    draw = np.random.default_rng(_SEED)
    means = [
        draw.choice(values, (many, len(values))).mean(axis=1) for many in _portions(len(values))
    ]
    low, high = np.percentile(np.concatenate(means), (2.5, 97.5)).tolist()
    return Interval(low, high)


def _portions(width: int) -> Iterator[int]:
    """The draws in portions that fit into memory."""
    most = max(1, _AT_A_TIME // width)
    return (min(most, DRAWS - start) for start in range(0, DRAWS, most))
