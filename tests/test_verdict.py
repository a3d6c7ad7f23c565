"""Whether the papers answer."""

from __future__ import annotations

import pytest

from wgsearch.index.calibration import Calibration, Scale
from wgsearch.verdict import judged, judging, missing_names, nearness

CALIBRATION = Calibration(
    method="nearness-1",
    probes=64,
    dense=Scale(centre=0.1, spread=0.1),
    late=Scale(centre=0.2, spread=0.05),
    not_covered_below=1.4,
    covered_from=5.0,
)


def test_operating_points_are_told_as_they_are_used() -> None:
    """What is shown is what judges; points of another method would mean something else."""
    told = judging(CALIBRATION)
    assert told is not None
    assert judged(CALIBRATION, told.not_covered_below) == "touched"
    assert judged(CALIBRATION, told.covered_from) == "covered"
    assert judging(CALIBRATION.model_copy(update={"method": "nearness-0"})) is None
    assert judging(None) is None


def test_nearness_is_the_mean_of_both_in_deviations() -> None:
    """(0.6 - 0.1) / 0.1 = 5 and (0.35 - 0.2) / 0.05 = 3 make 4."""
    found = nearness(CALIBRATION, dense=0.6, late=0.35, question="who pays", passages=["wages"])
    assert found == pytest.approx(4.0)


def test_a_long_question_is_judged_by_its_vector_alone() -> None:
    """Late interaction takes no part in it."""
    found = nearness(CALIBRATION, dense=0.6, late=None, question="who pays", passages=["wages"])
    assert found == pytest.approx(5.0)


def test_a_country_that_no_passage_names_counts_against() -> None:
    """Shelters are written of, those of one country are not: 4 less 1.5."""
    found = nearness(
        CALIBRATION,
        dense=0.6,
        late=0.35,
        question="number of shelters in Freedonia",
        passages=["Shelters are few."],
    )
    assert found == pytest.approx(2.5)


@pytest.mark.parametrize(
    ("near", "verdict"),
    [(1.3, "not_covered"), (1.4, "touched"), (4.9, "touched"), (5.0, "covered")],
)
def test_points_of_the_manifest_decide(near: float, verdict: str) -> None:
    """Below the first nothing is covered, from the second on it is."""
    assert judged(CALIBRATION, near) == verdict


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How many victims were found in Freedonia?", ("Freedonia",)),
        ("Are shelters open in 1987?", ("1987",)),
        ("Shelters in freedonia", ()),
        ("Non-punishment. Who decides?", ()),
        ("What does UNODC say?", ()),
        ("ABUSE OF A POSITION OF VULNERABILITY", ()),
        ("Debt Bondage In Supply Chains", ()),
        ("what of Vienna", ()),
    ],
)
def test_names_are_words_with_a_capital_inside_a_sentence(
    question: str, missing: tuple[str, ...]
) -> None:
    """First words, acronyms and titles are none; what a passage has is not missing."""
    assert missing_names(question, ["A meeting in Vienna on shelters."]) == missing


def test_forms_of_a_name_are_the_name() -> None:
    """A possessive and a plural are found in the passage's own form."""
    assert missing_names("What of the Protocol's rules in States?", ["A State, the Protocol"]) == ()
