"""The past of an agenda item, and the item of a question, over the sample corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.answers import Filters
from wgsearch.briefing import belonging_anywhere, brief, item_past
from wgsearch.errors import QuestionTooLongError, UnknownItemError
from wgsearch.holdings import Holdings

if TYPE_CHECKING:
    from wgsearch.search import LocalEngine

pytestmark = pytest.mark.model
AGENDA = "DEMO/COP/WG.4/2026/1"


def test_an_item_has_the_past_that_its_pack_tells(sample_engine: LocalEngine) -> None:
    """Asked by its number, an item is judged as in the pack, from papers of earlier sessions."""
    agenda = sample_engine.agenda(AGENDA)
    pack = brief(sample_engine, agenda, prepared="2026-06-01", items=["4"])
    found = item_past(sample_engine, agenda, " 4")
    assert found == pack.items[0].history
    assert found.timeline
    assert all((each.date or "") < "2026" for each in found.timeline)


def test_an_item_that_is_not_there(sample_engine: LocalEngine) -> None:
    """The numbers that there are stand in the error."""
    with pytest.raises(UnknownItemError, match=f"{AGENDA} has no item '9'; its items are 1, 1"):
        item_past(sample_engine, sample_engine.agenda(AGENDA), "9")


def test_a_question_finds_its_item_on_any_agenda(sample_engine: LocalEngine) -> None:
    """Of all agendas, the item that was on it comes first; each item is named once."""
    held = dict.fromkeys(e.symbol for e in sample_engine.papers(Filters()) if e.has_agenda)
    agendas = [sample_engine.agenda(each) for each in held]
    holdings = Holdings(sample_engine)
    question = "Should victims be punished for offences that they were made to commit?"
    found = belonging_anywhere(sample_engine, agendas, question, holdings)
    assert (found[0].agenda.symbol, found[0].item.number) == ("DEMO/COP/WG.4/2022/1", "3")
    places = [(each.agenda.symbol, each.item.number) for each in found]
    assert len(places) == len(set(places))
    with pytest.raises(QuestionTooLongError, match="shorten it"):
        belonging_anywhere(sample_engine, agendas, question * 1000, holdings)
