"""A symbol or a citation leads straight to its paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wgsearch.search import Filters, Query

if TYPE_CHECKING:
    from wgsearch.search import LocalEngine


@pytest.mark.parametrize(
    ("text", "symbol", "paragraphs"),
    [
        ("DEMO/COP/WG.4/2022/2, para. 3", "DEMO/COP/WG.4/2022/2", ["3", "4"]),
        ("demo/cop/wg.4/2022/2", "DEMO/COP/WG.4/2022/2", ["1", "2", "3", "4"]),
        ("2022/2 para 3", "DEMO/COP/WG.4/2022/2", ["3", "4"]),
        ("wg.4/2022/3", "DEMO/COP/WG.4/2022/3", ["1", "2"]),
        ("DEMO/COP/WG.4/2023/3/Rev.1", "DEMO/COP/WG.4/2023/3/Rev.1", ["1"]),
    ],
)
def test_citation_goes_to_its_paragraph(
    tiny_engine: LocalEngine, text: str, symbol: str, paragraphs: list[str]
) -> None:
    """The cited paragraph is first, and those after it follow as in the paper."""
    hits = tiny_engine.search(Query(text=text)).hits
    assert {hit.passage.symbol for hit in hits} == {symbol}
    assert [hit.passage.paragraph for hit in hits] == paragraphs
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))


def test_language_versions(tiny_engine: LocalEngine) -> None:
    """English is shown unless another language is asked for."""
    text = "DEMO/COP/WG.4/2024/2"
    assert {h.passage.language for h in tiny_engine.search(Query(text=text)).hits} == {"en"}
    french = Query(text=text, filters=Filters(languages=("fr",)))
    assert {h.passage.language for h in tiny_engine.search(french).hits} == {"fr"}


def test_replaced_paper_is_shown_when_named(tiny_engine: LocalEngine) -> None:
    """Who names an old version gets it, and is told of the new one."""
    answer = tiny_engine.search(Query(text="DEMO/COP/WG.4/2023/3"))
    assert answer.hits[0].passage.symbol == "DEMO/COP/WG.4/2023/3"
    assert answer.hits[0].superseded_by == "DEMO/COP/WG.4/2023/3/Rev.1"
    assert "replaced by DEMO/COP/WG.4/2023/3/Rev.1" in answer.notes[0]


def test_missing_paragraph_is_said(tiny_engine: LocalEngine) -> None:
    """A paragraph that the paper lacks is not silently another one."""
    answer = tiny_engine.search(Query(text="2022/2 para 99"))
    assert "no paragraph 99" in answer.notes[0]
    assert answer.hits[0].passage.paragraph == "1"
    assert answer.verdict == "touched"


def test_held_paragraph_is_covered(tiny_engine: LocalEngine) -> None:
    """A paragraph that is there answers who asks for it; nothing shown is judged as nothing."""
    assert tiny_engine.search(Query(text="2022/2 para 3")).verdict == "covered"
    assert tiny_engine.search(Query(text="2022/2")).verdict == "covered"
    late = Query(text="2022/2 para 3", filters=Filters(year_from=2024))
    assert tiny_engine.search(late).verdict is None


def test_filters_hold_for_citations(tiny_engine: LocalEngine) -> None:
    """A paper that the filters leave out is not shown, and the answer says why."""
    query = Query(text="DEMO/COP/WG.4/2022/2", filters=Filters(year_from=2024))
    answer = tiny_engine.search(query)
    assert answer.hits == ()
    assert "left out by the filters" in answer.notes[0]


def test_recommendations_from_a_citation_on(report_engine: LocalEngine) -> None:
    """Who asks for recommendations only is shown those of the paper, from what was cited on."""
    only = Filters(recommendations=True)
    answer = report_engine.search(Query(text="2022/5 para 4", filters=only))
    assert [hit.passage.paragraph for hit in answer.hits] == ["4", "5", "6"]
    whole = report_engine.search(Query(text="2022/2", filters=only))
    assert whole.hits == ()
    assert "left out by the filters" in whole.notes[0]


def test_unknown_symbol_is_searched_for_with_a_note(tiny_engine: LocalEngine) -> None:
    """A symbol of no paper is said to be unknown, with near ones."""
    answer = tiny_engine.search(Query(text="DEMO/COP/WG.4/2022/9"))
    assert "no paper DEMO/COP/WG.4/2022/9" in answer.notes[0]
    assert "DEMO/COP/WG.4/2022/2" in answer.notes[0]
