"""Whether a topic was addressed before, over the sample corpus."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import EmptyQuestionError
from wgsearch.history import before, history
from wgsearch.holdings import Holdings

if TYPE_CHECKING:
    from wgsearch.history import History
    from wgsearch.search import LocalEngine

pytestmark = pytest.mark.model
JUDGED = Path(__file__).parents[1] / "evaluation"
# What bench/agenda.py measured, less two topics: a processor may compute in another precision.
FLOORS = {"history": 44, "history-held-out": 33}


def _asked(engine: LocalEngine, name: str) -> list[tuple[str, History]]:
    """The judged verdicts of a set, each with what is found."""
    holdings = Holdings(engine)
    topics = [json.loads(line) for line in (JUDGED / f"{name}.jsonl").read_text().splitlines()]
    return [
        (
            each["verdict"],
            history(
                engine,
                each["topic"],
                unseen=before(holdings, each["before"]) if each["before"] else (),
            ),
        )
        for each in topics
    ]


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_judged_topics(sample_engine: LocalEngine, name: str) -> None:
    """
    Verdicts are as often right as was measured, those called sure nearly always; what is shown
    as words of a paper stands in it, and is no younger than the session that is asked about.
    """
    found = _asked(sample_engine, name)
    right = [verdict == each.verdict for verdict, each in found]
    assert sum(right) >= FLOORS[name]
    sure = [ok for ok, (_, each) in zip(right, found, strict=True) if each.confidence == "high"]
    assert sum(sure) / len(sure) >= 0.85
    for _, each in found:
        assert bool(each.timeline) is (each.verdict != "not_found")
        assert list(each.timeline) == sorted(each.timeline, key=lambda o: o.date or "")
        for occasion in each.timeline:
            if occasion.hit:
                assert occasion.words in occasion.hit.passage.text


def test_an_item_is_its_own_evidence(sample_engine: LocalEngine) -> None:
    """A topic that had an item is shown with that item, and with what was recommended on it."""
    found = history(sample_engine, "Has the Working Group discussed non-punishment before?")
    assert (found.verdict, found.confidence) == ("dedicated_item", "high")
    assert found.timeline[0].citation == "DEMO/COP/WG.4/2022/1, item 3"
    assert found.timeline[0].words == "Non-punishment of victims"
    assert {each.citation for each in found.recommended} >= {"DEMO/COP/WG.4/2022/5, para. 12"}


def test_before_a_session(sample_engine: LocalEngine) -> None:
    """Papers of the session that is asked about, and later ones, do not count."""
    holdings = Holdings(sample_engine)
    unseen = before(holdings, "DEMO/COP/WG.4/2024/1")
    assert "DEMO/COP/WG.4/2024/2" in unseen
    assert "DEMO/COP/WG.4/2023/4" not in unseen
    found = history(sample_engine, "child victims", unseen=unseen)
    assert found.timeline
    assert all((each.date or "") < "2024" for each in found.timeline)


def test_first_session_of_all(sample_engine: LocalEngine) -> None:
    """Before the first session nothing was addressed, and it is said why."""
    unseen = before(Holdings(sample_engine), "DEMO/COP/WG.4/2022/1")
    found = history(sample_engine, "non-punishment", unseen=unseen)
    assert (found.verdict, found.timeline) == ("not_found", ())
    assert "no paper counts" in found.notes[0]


def test_topic_without_words(sample_engine: LocalEngine) -> None:
    """Signs alone are no topic."""
    with pytest.raises(EmptyQuestionError, match="holds no letter"):
        history(sample_engine, "?!")
