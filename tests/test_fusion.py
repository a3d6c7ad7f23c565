"""Two rankings become one by standardised scores, worked out by hand."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.fusion import BEST, fuse, ranked, standardised


def test_standardised_scores_by_hand() -> None:
    """Of scores 3, 2 and 1 the mean is 2 and the deviation 0.8165: 1.2247, 0 and -1.2247."""
    scores = np.array([3.0, 2.0, 1.0])
    assert np.allclose(standardised(scores, scores), [1.22474487, 0.0, -1.22474487])


def test_a_candidate_of_the_other_leg_is_placed_on_the_same_scale() -> None:
    """A score that is not among the leg's best is measured by their mean and deviation."""
    assert np.allclose(standardised(np.array([0.0]), np.array([3.0, 2.0, 1.0])), [-2.44948974])


def test_only_the_best_hundred_set_the_scale() -> None:
    """A long tail of accidental matches changes nothing."""
    best = np.linspace(9, 5, BEST)
    tailed = np.concatenate((best, np.zeros(500)))
    assert np.array_equal(standardised(best, best), standardised(best, tailed))


def test_a_leg_without_differences_has_no_say() -> None:
    """One hit, equal hits or no hits do not divide by nothing."""
    for reference in (np.array([4.0]), np.array([4.0, 4.0]), np.empty(0)):
        assert standardised(np.array([4.0, 1.0]), reference).tolist() == [0.0, 0.0]


def test_agreement_beats_one_first_place() -> None:
    """A passage second in both legs is above those first in one and last in the other."""
    words = np.array([3.0, 2.5, 1.0])
    meaning = np.array([0.1, 0.8, 0.9])
    fused = fuse((standardised(words, words), standardised(meaning, meaning)))
    assert int(np.argmax(fused)) == 1


def test_equals_are_in_the_order_of_the_papers() -> None:
    """Of equal scores the lower row is first, so that an answer never changes by itself."""
    found = ranked(np.array([9, 4, 7]), np.array([1.0, 1.0, 2.0]), 2)
    assert found.rows.tolist() == [7, 4]
    assert found.scores.tolist() == [2.0, 1.0]


@given(st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=50))
def test_standardising_keeps_the_order(values: list[float]) -> None:
    """A higher score never gets a lower standardised one."""
    scores = np.array(values)
    found = standardised(scores, np.sort(scores)[::-1])
    assert np.all(np.diff(found[np.argsort(scores, kind="stable")]) >= 0)
