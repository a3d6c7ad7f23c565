"""Two rankings become one by standardised scores, worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.fusion import BEST, fuse, ranked, standardised, supported

if TYPE_CHECKING:
    from random import Random


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


def test_a_paper_lifts_its_passages_by_hand() -> None:
    """
    Each gets 0.3 of the mean of the next best four of its paper, those below the mean as 0:
    1 / 4, 2 / 4 and (2 + 1) / 4 of it. A passage alone in its paper gets nothing.
    """
    found = supported(np.array([2.0, 1.0, -1.0, 3.0]), np.array([5, 5, 5, 0], dtype=np.int32))
    assert np.allclose(found, [2.075, 1.15, -0.775, 3.0])


def test_only_the_best_four_others_lift() -> None:
    """A long paper is not lifted by its length: of six the others that count are the best four."""
    found = supported(np.array([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), np.zeros(6, dtype=np.int32))
    lifts = [18, 18, 17, 16, 15, 14]
    assert np.allclose(found - [1, 2, 3, 4, 5, 6], [0.3 * each / 4 for each in lifts])


def test_agreeing_passages_lift_a_paper_above_a_lucky_one() -> None:
    """Three good passages of one paper stand above one of another that is barely better."""
    scores = np.array([2.0, 1.9, 1.9, 1.9])
    found = supported(scores, np.array([0, 1, 1, 1], dtype=np.int32))
    assert found[1:].min() > found[0]


@given(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 3)), max_size=30),
    st.randoms(use_true_random=False),
)
def test_support_keeps_the_order_within_a_paper(
    candidates: list[tuple[int, int]], random: Random
) -> None:
    """It takes nothing away, ranks no passage above a better one of its paper, in any order."""
    random.shuffle(candidates)
    scores = np.array([score for score, _ in candidates], dtype=np.float64) / 10
    papers = np.array([paper for _, paper in candidates], dtype=np.int32)
    found = supported(scores, papers)
    assert np.all(found >= scores)
    for paper in set(papers.tolist()):
        own = papers == paper
        assert np.all(np.diff(found[own][np.argsort(scores[own], kind="stable")]) >= -1e-9)
    back = np.arange(len(scores))[::-1]
    assert np.allclose(supported(scores[back], papers[back]), found[back])
