"""What a person needs before a meeting, over the sample corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.answers import Filters
from wgsearch.briefing import belonging, brief
from wgsearch.errors import EmptyQuestionError, UnknownItemError
from wgsearch.holdings import Holdings

if TYPE_CHECKING:
    from wgsearch.search import LocalEngine

pytestmark = pytest.mark.model
AGENDA = "DEMO/COP/WG.4/2026/1"


def test_items_of_an_agenda(sample_engine: LocalEngine) -> None:
    """
    Each item has its papers, held or missing, its meetings, passages of its own papers, and apart
    from them of earlier ones, newest first; none of the agenda, none that only announces itself.
    """
    told: list[str] = []
    pack = brief(
        sample_engine,
        sample_engine.agenda(AGENDA),
        prepared="2026-06-01",
        progress=lambda number, done, total: told.append(f"{number} {done}/{total}"),
    )
    assert told[-1] == "7 7/7"
    assert [each.symbol for each in pack.missing] == ["DEMO/COP/WG.4/2026/4"]
    assert [each.is_procedural for each in pack.items] == [True, *[False] * 4, True, True]
    fees = pack.items[1]
    assert [(slot.date, slot.start) for slot in fees.slots] == [
        ("2026-06-29", "10:00"),
        ("2026-06-29", "15:00"),
    ]
    assert [each.entry.symbol for each in fees.listed] == ["DEMO/COP/WG.4/2026/2"]
    assert fees.history is not None
    assert fees.history.verdict != "not_found"
    for item in pack.items:
        dates = [each.entry.date or "" for each in item.earlier]
        assert dates == sorted(dates, reverse=True)
        own = {each.entry.symbol for each in item.listed}
        for paper in (*item.listed, *item.earlier):
            assert paper.entry.symbol != AGENDA
            assert all("was prepared by the Secretariat" not in h.passage.text for h in paper.hits)
        assert own.isdisjoint(each.entry.symbol for each in item.earlier)
        assert item.history is not None or item.is_procedural


def test_later_papers_are_not_earlier_ones(sample_engine: LocalEngine) -> None:
    """The pack for the agenda of 2022 knows nothing that was written later."""
    agenda = sample_engine.agenda("DEMO/COP/WG.4/2022/1")
    pack = brief(sample_engine, agenda, prepared="2022-06-01")
    for item in pack.items:
        assert all((each.entry.date or "") <= "2022-06-28" for each in item.earlier)
        assert item.history is None or item.history.verdict == "not_found"


def test_item_that_is_not_there(sample_engine: LocalEngine) -> None:
    """A number that the agenda does not have is answered with those that it has."""
    with pytest.raises(UnknownItemError, match="its items are 1, 2, 3, 4, 5, 6, 7"):
        brief(sample_engine, sample_engine.agenda(AGENDA), prepared="2026-06-01", items=["9"])


def test_where_a_question_belongs(sample_engine: LocalEngine) -> None:
    """A question comes under the item whose papers answer it, with the passage that does."""
    agenda = sample_engine.agenda(AGENDA)
    holdings = Holdings(sample_engine)
    found = belonging(sample_engine, agenda, "children made to beg in the street", holdings)
    assert found[0].item.number == "3"
    assert found[0].hit is not None
    assert found[0].hit.passage.symbol == "DEMO/COP/WG.4/2026/3"
    assert {each.item.number for each in found} == {"2", "3", "4", "5"}
    with pytest.raises(EmptyQuestionError):
        belonging(sample_engine, agenda, "...", holdings)


def test_a_revision_is_held_for_its_paper(sample_engine: LocalEngine) -> None:
    """Who lists the first version of a paper is shown the revision that replaces it."""
    holdings = Holdings(sample_engine)
    found = holdings.of("DEMO/COP/WG.4/2025/2")
    assert found is not None
    assert found.symbol == "DEMO/COP/WG.4/2025/2/Rev.1"
    assert holdings.of("DEMO/COP/WG.4/2025/99") is None
    french = Holdings(sample_engine, "fr").of("DEMO/COP/WG.4/2024/2")
    assert french is not None
    assert french.language == "fr"
    assert len(holdings.entries) == len(sample_engine.papers(Filters()))
