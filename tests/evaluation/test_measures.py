"""Measures are those of the field: worked out by hand, and as trec_eval gives them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.evaluation import ndcg, recall, reciprocal_rank, success
from wgsearch.evaluation.measures import mean

FOUND = ["a", "b", "c", "d"]
GRADES = {"b": 2, "d": 1, "z": 3}
NAMES = [f"d{number}" for number in range(15)]


def test_ndcg_by_hand() -> None:
    """
    Grades 2 at rank 2 and 1 at rank 4: 2/log2(3) + 1/log2(5) = 1.6925; the best order of the
    grades 3, 2, 1 gives 3 + 2/log2(3) + 1/2 = 4.7619.
    """
    assert ndcg(FOUND, GRADES, 10) == pytest.approx(1.692536 / 4.761860, abs=1e-6)
    assert ndcg(FOUND, GRADES, 2) == pytest.approx(1.261860 / 4.261860, abs=1e-6)
    assert ndcg(["z", "b", "d"], GRADES, 10) == 1
    assert ndcg(FOUND, {}, 10) == 0


def test_other_measures_by_hand() -> None:
    """Two of three relevant documents are found; the first is second."""
    assert recall(FOUND, GRADES, 100) == pytest.approx(2 / 3)
    assert recall(FOUND, GRADES, 2) == pytest.approx(1 / 3)
    assert reciprocal_rank(FOUND, GRADES, 10) == pytest.approx(1 / 2)
    assert reciprocal_rank(FOUND, GRADES, 1) == 0
    assert success(FOUND, GRADES, 5) == 1
    assert success(FOUND, GRADES, 1) == 0


def test_judged_worthless_is_not_relevant() -> None:
    """Grades of 0 and below gain nothing, and are not asked for."""
    grades = {"a": 0, "b": 1, "c": -1}
    assert ndcg(FOUND, grades, 10) == pytest.approx(0.630930, abs=1e-6)
    assert recall(FOUND, grades, 10) == 1
    assert reciprocal_rank(FOUND, grades, 10) == 1 / 2


def test_the_mean_of_nothing_is_not_a_number() -> None:
    """No question, no figure."""
    assert mean([]) is None
    assert mean([1.0, 0.0]) == 0.5


@given(
    found=st.lists(st.sampled_from(NAMES), min_size=1, unique=True),
    grades=st.dictionaries(st.sampled_from(NAMES), st.integers(-1, 3), min_size=1),
)
def test_measures_are_those_of_trec_eval(found: list[str], grades: dict[str, int]) -> None:
    """Whatever is found and judged, the figures are those that trec_eval prints."""
    trec_eval = pytest.importorskip("pytrec_eval", reason="install the extra [test]")
    names = {"ndcg_cut.10", "recall.100", "success.5", "recip_rank"}
    scores = {name: float(len(found) - at) for at, name in enumerate(found)}
    expected = trec_eval.RelevanceEvaluator({"q": grades}, names).evaluate({"q": scores})["q"]
    assert ndcg(found, grades, 10) == pytest.approx(expected["ndcg_cut_10"])
    assert recall(found, grades, 100) == pytest.approx(expected["recall_100"])
    assert success(found, grades, 5) == expected["success_5"]
    assert reciprocal_rank(found, grades, 100) == pytest.approx(expected["recip_rank"])
