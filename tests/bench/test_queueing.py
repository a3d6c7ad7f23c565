"""Waiting in a queue, simulated, where theory says how long it is."""

from __future__ import annotations

import numpy as np
import pytest
from queueing import waits


@pytest.mark.parametrize(("busy", "mean"), [(0.5, 1.5), (0.8, 3.0)])
def test_one_core_waits_as_theory_says(busy: float, mean: float) -> None:
    """Where all take 1, the mean is 1 + busy / (2 (1 - busy)) (Pollaczek, Khinchine)."""
    assert waits(1, busy, 100_000, 1.0).mean() == pytest.approx(mean, rel=0.04)


def test_nobody_waits_where_nearly_all_cores_are_idle() -> None:
    """With 16 cores at a tenth, 99 of 100 take what they take alone."""
    p50, p99 = np.percentile(waits(16, 0.1, 50_000, 2.02), (50, 99)).tolist()
    assert p50 == pytest.approx(1, rel=0.02)
    assert p99 == pytest.approx(2.02, rel=0.03)


def test_the_same_draw_gives_the_same_waits() -> None:
    """A table of a document can be made again."""
    assert np.array_equal(waits(2, 0.7, 1000, 2.02), waits(2, 0.7, 1000, 2.02))
