"""The same recommendation over the years, and what each does to the one before it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import UnknownRecommendationError
from wgsearch.papers.paper import PaperKind
from wgsearch.papers.recommendations import recommends
from wgsearch.passages import passages_of
from wgsearch.register import lineage
from wgsearch.register.gather import records_of
from wgsearch.register.marks import marked

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.papers.paper import Paper
    from wgsearch.register import Recommended
    from wgsearch.search import LocalEngine

SERIES = "DEMO/COP/WG.4"


@pytest.mark.parametrize("name", ["2022/5:2", "2023/5:1", "2024/5:3"])
def test_a_line_is_the_same_from_each_of_its_members(report_engine: LocalEngine, name: str) -> None:
    """Whichever year is asked about, all of them are shown, oldest first, each with its mark."""
    found = lineage(report_engine, f"{SERIES}/{name}")
    assert [each.recommended.id.removeprefix(f"{SERIES}/") for each in found.steps] == [
        "2022/5:2",
        "2023/5:1",
        "2024/5:3",
    ]
    assert [each.mark for each in found.steps] == ["new", "strengthened", "weakened"]
    assert found.steps[1].follows == f"{SERIES}/2022/5:2"
    assert found.steps[1].reasons == ("‘should’, after ‘may wish to’",)
    # No agreement was reached on the later one, which counts before its stronger verb.
    assert found.steps[2].reasons[0] == "not agreed, which it was before"


def test_same_words_are_repeated(report_engine: LocalEngine) -> None:
    """A repetition says so, and has no difference to show."""
    steps = lineage(report_engine, f"{SERIES}/2023/5:2").steps
    assert [each.mark for each in steps] == ["new", "repeated"]
    assert steps[1].reasons == ("the same words",)
    assert steps[1].likeness == pytest.approx(1.0)


def test_what_nobody_repeats_stands_alone(report_engine: LocalEngine) -> None:
    """No lineage is made up."""
    steps = lineage(report_engine, f"{SERIES}/2023/5:3").steps
    assert [(each.mark, each.follows) for each in steps] == [("new", None)]


def test_unknown_recommendation_names_near_ones(report_engine: LocalEngine) -> None:
    """A mistyped id says which may be meant."""
    with pytest.raises(UnknownRecommendationError, match="2023/5:3") as caught:
        lineage(report_engine, f"{SERIES}/2023/5:33")
    assert f"{SERIES}/2023/5:3" in caught.value.near


@pytest.mark.parametrize(
    ("earlier", "later", "mark", "reason"),
    [
        (
            "States should train judges.",
            "States should train judges.",
            "repeated",
            "the same words",
        ),
        (
            "States should train judges.",
            "States should train the judges.",
            "repeated",
            "nearly the same words",
        ),
        (
            "States should train judges.",
            "States should train judges and clerks.",
            "strengthened",
            "asks for more",
        ),
        (
            "States should train judges and clerks.",
            "States should train judges.",
            "weakened",
            "asks for less",
        ),
        (
            "States should train judges.",
            "States should train judges, where appropriate.",
            "weakened",
            "bounded by added words",
        ),
        (
            "States should train judges, subject to available resources.",
            "States should train judges.",
            "strengthened",
            "freed from bounds",
        ),
        (
            "States should train judges in forensics.",
            "States should train clerks in bookkeeping.",
            "repeated",
            "some words added, others taken out",
        ),
        (
            "States shall train judges.",
            "States are invited to train judges and clerks.",
            "weakened",
            "‘encouraged, invited’, after ‘shall, requested, urged’",
        ),
    ],
)
def test_marks(
    make_paper: Callable[..., Paper], earlier: str, later: str, mark: str, reason: str
) -> None:
    """Agreement counts first, then the verb, then duties added, taken out or bounded."""

    def record(text: str) -> Recommended:
        paper = make_paper("AB/1", [text], kind=PaperKind.REPORT)
        asked = replace(paper.paragraphs[0], recommendation=recommends(text))
        return next(iter(records_of(passages_of(replace(paper, paragraphs=(asked,))))))

    found = marked(record(earlier), record(later))
    assert (found.mark, found.reasons[0]) == (mark, reason)
