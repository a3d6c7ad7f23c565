"""Topics are found by id, paper, paragraph and words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import pytest
from hand_made import compendium_of

from wgsearch.answers import Filters
from wgsearch.compendium.finding import found_by_symbol, found_by_words
from wgsearch.compendium.looking import by_symbol, entries, entry, holding, named
from wgsearch.errors import EmptyQuestionError, UnknownParagraphError, UnknownTopicError

if TYPE_CHECKING:
    from wgsearch.answers import Answer, Engine, Query
    from wgsearch.compendium.records import Compendium
    from wgsearch.papers.paper import Paper
    from wgsearch.search import LocalEngine

SERIES = "DEMO/COP/WG.4"


@pytest.fixture(scope="module")
def edition(tiny_papers: tuple[Paper, ...]) -> Compendium:
    """A compendium over papers of the small index."""
    return compendium_of(tiny_papers[1:5], "g000001-aaaaaaaa", "0" * 64)


def test_topics_are_numbered_as_they_are_read(edition: Compendium) -> None:
    """Theme and topic give a number, as in the printed compendium."""
    assert [(each.number, each.topic.id) for each in entries(edition)] == [
        ("1.1", "recruitment-fees"),
        ("1.2", "consent"),
        ("2.1", "undated"),
    ]


def test_an_unknown_topic_names_near_ones(edition: Compendium) -> None:
    """Who mistypes an id is shown the right one."""
    assert entry(edition, "consent").number == "1.2"
    with pytest.raises(UnknownTopicError, match="did you mean consent") as caught:
        entry(edition, "consnt")
    assert caught.value.near[0] == "consent"
    with pytest.raises(UnknownTopicError, match="ask without a topic for all"):
        entry(edition, "9.9")


def test_a_paragraph_knows_its_topic(edition: Compendium) -> None:
    """“Which topic is this paragraph in?” has an answer, however the symbol is spelt."""
    held = holding(edition, "demo/cop/wg.4/2022/2 ", "1")
    assert [(each.topic.id, [p.paragraph for p in places]) for each, places in held.entries] == [
        ("recruitment-fees", ["1"])
    ]
    assert len(holding(edition, f"{SERIES}/2022/2").entries[0][1]) > 1
    assert holding(edition, f"{SERIES}/2022/2", "1", "annex").entries == ()
    rest = edition.unplaced[0]
    assert holding(edition, rest.symbol, rest.paragraph, rest.part).unplaced == (rest,)


def test_words_find_names_before_key_phrases(edition: Compendium) -> None:
    """A topic whose name has the words stands before one that only has them as a phrase."""
    first, *others = edition.themes[0].topics
    second = replace(others[0], terms=("recruitment",))
    theme = replace(edition.themes[0], name="Theme", topics=(second, first))
    found = named(replace(edition, themes=(theme,)), "Recruit")
    assert [each.topic.id for each in found] == ["recruitment-fees", "consent"]
    assert named(edition, "zebra") == named(edition, "…") == ()


def test_the_index_of_papers_counts_numbers_as_numbers(edition: Compendium) -> None:
    """`2022/10` stands after `2022/9`, not before `2022/2`."""
    first = edition.themes[0].topics[0]
    places = tuple(
        replace(first.places[0], symbol=f"{SERIES}/2022/{number}") for number in (10, 9, 2)
    )
    theme = replace(edition.themes[0], topics=(replace(first, places=places),))
    symbols = list(by_symbol(replace(edition, themes=(theme,))))
    assert symbols == [f"{SERIES}/2022/{number}" for number in (2, 9, 10)]


def test_passages_lead_to_topics(tiny_engine: LocalEngine, edition: Compendium) -> None:
    """Words that no name has find the topic whose paragraphs answer, with the paragraphs."""
    found = found_by_words(tiny_engine, edition, "contract of a domestic worker")
    best = found.topics[0]
    assert (best.entry.topic.id, best.by) == ("recruitment-fees", ("passages",))
    assert best.places[0].paragraph == "3"
    both = found_by_words(tiny_engine, edition, "recruitment fees").topics[0]
    assert both.by == ("name", "passages")
    with pytest.raises(EmptyQuestionError, match="letter"):
        found_by_words(tiny_engine, edition, "?!")


def test_words_that_no_paper_has_are_told_apart(
    tiny_engine: LocalEngine, edition: Compendium
) -> None:
    """What is least far from nonsense is not shown as if it answered."""

    class _NotCovered:
        """The same engine, sure that no paper covers what is asked."""

        def search(self, query: Query) -> Answer:
            return replace(tiny_engine.search(query), verdict="not_covered")

    engine = cast("Engine", _NotCovered())
    found = found_by_words(engine, edition, "contract of a domestic worker")
    assert found.topics
    assert (found.note or "").startswith("Probably no paper covers this.")
    assert found_by_words(engine, edition, "recruitment fees").note is None
    assert found_by_words(tiny_engine, edition, "contract of a domestic worker").note is None


def test_a_paper_outside_is_explained(tiny_engine: LocalEngine, edition: Compendium) -> None:
    """A paper that takes no part says so; a paragraph that there is not is refused."""
    found = found_by_symbol(tiny_engine, edition, f"{SERIES}/2022/2", "2")
    assert [each.entry.topic.id for each in found.topics] == ["recruitment-fees"]
    outside = next(
        each.symbol
        for each in tiny_engine.papers(Filters())
        if each.symbol not in by_symbol(edition) and not holding(edition, each.symbol).unplaced
    )
    assert "take no part" in (found_by_symbol(tiny_engine, edition, outside).note or "")
    with pytest.raises(UnknownParagraphError, match="no paragraph 99"):
        found_by_symbol(tiny_engine, edition, f"{SERIES}/2022/2", "99")
