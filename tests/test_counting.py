"""Counts beside filters are what the filters leave, whatever is asked and however."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wgsearch.answers import Facet, Filters, Query
from wgsearch.counting import with_value

if TYPE_CHECKING:
    from wgsearch.answers import Answer
    from wgsearch.search import LocalEngine

FACETS: tuple[Facet, ...] = get_args(Facet)
# Each value of these is of one paper only once, so that their counts add up.
SINGLE: tuple[Facet, ...] = ("kind", "year")
MOST = 100

QUESTIONS = st.sampled_from(
    (
        *("debt", "recruitment fees", "victims and their debts", "workers", "of the"),
        *('"debt bondage"', "fees -debt", "recruit*", "zzyzx", "DEMO/COP/WG.4/2022/2 fees"),
        *("Who pays for the journey?", "honorarios de contratación", "best lens for birds"),
    )
)
KINDS = ("report", "background paper", "agenda")
FILTERS = st.builds(
    Filters,
    kinds=st.lists(st.sampled_from(KINDS), max_size=2, unique=True).map(tuple),
    languages=st.lists(st.sampled_from(("en", "fr", "es")), max_size=2, unique=True).map(tuple),
    bodies=st.sampled_from(((), ("group",), ("no such body",))),
    symbols=st.sampled_from(((), ("DEMO/COP/WG.4/2022",), ("DEMO/COP/WG.4/2023/3",))),
    year_from=st.sampled_from((None, 2000, 2023)),
    year_to=st.sampled_from((None, 2024)),
    recommendations=st.booleans(),
)
MODES = st.sampled_from(("hybrid", "lexical", "dense"))
_CAMPAIGN = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def _counted(engine: LocalEngine, query: Query, filters: Filters) -> Answer:
    """The answer with these filters."""
    return engine.search(replace(query, filters=filters))


def _agrees(engine: LocalEngine, query: Query) -> None:
    """Every count is what a search with that value finds; the list has what is counted."""
    answer = engine.search(query)
    counted = answer.counted
    assert counted is not None
    assert [*counted.facets] == [*query.facets]
    assert len(answer.hits) == min(counted.total, MOST)
    places = {(hit.passage.file, hit.passage.index, hit.passage.piece) for hit in answer.hits}
    assert len(places) == len(answer.hits)
    for facet, values in counted.facets.items():
        for each in values:
            only = with_value(query.filters, facet, each.value)
            found = _counted(engine, replace(query, facets=(facet,)), only)
            assert found.counted is not None
            assert found.counted.total == each.count, (facet, each)
            assert len(found.hits) == min(each.count, MOST)
        if facet in SINGLE:
            free = _counted(engine, query, with_value(query.filters, facet, None))
            assert free.counted is not None
            assert sum(each.count for each in values) <= free.counted.total
            if facet == "kind":
                assert sum(each.count for each in values) == free.counted.total


@given(text=QUESTIONS, filters=FILTERS, mode=MODES)
@settings(_CAMPAIGN, max_examples=25)
def test_a_count_is_what_its_filter_leaves(
    tiny_engine: LocalEngine, text: str, filters: Filters, mode: str
) -> None:
    """Whoever adds a filter finds as many passages as stood beside it, and can list them all."""
    _agrees(
        tiny_engine,
        Query(text=text, k=MOST, filters=filters, mode=mode, fold=False, facets=FACETS),
    )


@pytest.mark.model
@given(
    text=st.sampled_from(
        (
            "debt bondage",
            "How do victims get compensation for unpaid wages?",
            "best lens for photographing birds",
            "honorarios de contratación",
            '"recruitment fees" -debt',
        )
    ),
    filters=FILTERS,
    mode=MODES,
)
@settings(_CAMPAIGN, max_examples=8)
def test_counts_agree_in_the_sample(
    sample_engine: LocalEngine, text: str, filters: Filters, mode: str
) -> None:
    """So they do among hundreds of passages in several languages, by meaning, too."""
    _agrees(
        sample_engine,
        Query(text=text, k=MOST, filters=filters, mode=mode, fold=False, facets=FACETS),
    )


@pytest.mark.model
def test_counting_drops_nothing_that_answers(sample_engine: LocalEngine) -> None:
    """With counts the first passages are those without, and the verdict is the same."""
    for text in ("debt bondage", "forced begging of children", "online recruitment"):
        plain = sample_engine.search(Query(text=text))
        counted = sample_engine.search(Query(text=text, facets=("kind",)))
        assert [hit.passage for hit in plain.hits[:5]] == [hit.passage for hit in counted.hits[:5]]
        assert plain.verdict == counted.verdict
        assert plain.counted is None


@pytest.mark.model
def test_what_no_paper_answers_is_counted_as_nothing(sample_engine: LocalEngine) -> None:
    """A question on another subject matches few passages or none, though some are nearest."""
    found = sample_engine.search(
        Query(text="best lens for photographing birds", facets=("kind", "year"))
    )
    assert found.counted is not None
    assert found.counted.anywhere < sample_engine.state().passages / 20
    assert sample_engine.search(Query(text=found.query.text)).hits


def test_a_citation_is_not_counted(tiny_engine: LocalEngine) -> None:
    """Who names a place is led there; there is nothing to count."""
    query = Query(text="DEMO/COP/WG.4/2022/2, para. 4", facets=("kind",))
    assert tiny_engine.search(query).counted is None


def test_word_by_word_alone_is_not_counted(tiny_engine: LocalEngine) -> None:
    """It ranks only the best of what the other legs find, so nothing is claimed of the rest."""
    assert tiny_engine.search(Query(text="debt", mode="late", facets=("kind",))).counted is None
