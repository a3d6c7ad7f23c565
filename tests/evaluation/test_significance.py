"""Chance is judged as the literature does: worked out by hand where few questions differ."""

from __future__ import annotations

import pytest

from wgsearch.evaluation.significance import bootstrap_interval, randomisation_p


def test_all_sign_changes_are_tried_where_they_are_few() -> None:
    """
    Three equal gains: of eight sign changes two are as far from 0 (+++ and ---). Gains of 1
    and 2 and a loss of 1, sum 2: of the eight sums 4, 2, 2, 0, 0, -2, -2, -4 six are as far.
    """
    assert randomisation_p([1.0, 1.0, 1.0]) == 2 / 8
    assert randomisation_p([1.0, 2.0, -1.0]) == 6 / 8
    assert randomisation_p([0.1] * 10) == 2 / 1024


def test_questions_without_a_difference_decide_nothing() -> None:
    """Ties neither hide nor make a difference; where nothing differs, chance explains all."""
    assert randomisation_p([0.0, 1.0, 0.0, 1.0, 1.0]) == 2 / 8
    assert randomisation_p([0.0, 0.0]) == 1
    assert randomisation_p([]) == 1


def test_sampled_signs_agree_with_the_exact_share() -> None:
    """
    Twenty gains of 1 and ten losses of 1: the sum is 10 or farther when a fair coin, thrown
    thirty times, shows one side at most ten times: 2 * 53,009,102 / 2**30 = 0.09874.
    """
    differences = [1.0] * 20 + [-1.0] * 10
    found = randomisation_p(differences)
    assert found == pytest.approx(0.09874, abs=0.009)
    assert found == randomisation_p(differences)
    assert randomisation_p([1.0] * 100) == 1 / 10_001


def test_the_interval_is_that_of_means_drawn_again() -> None:
    """
    A hundred questions, half of them up by 1: means have a deviation of 0.05, so that the
    interval is about 0.5 plus and minus 1.96 of it. Equal differences leave nothing open.
    """
    low, high = bootstrap_interval([0.0, 1.0] * 50)
    assert low == pytest.approx(0.402, abs=0.012)
    assert high == pytest.approx(0.598, abs=0.012)
    assert bootstrap_interval([0.25] * 7) == (0.25, 0.25)
    assert bootstrap_interval([0.0, 1.0] * 50) == (low, high)
