"""What is left of an edition when papers went or changed before the next one is made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hand_made import compendium_of

from wgsearch.compendium import serial
from wgsearch.compendium.looking import entries
from wgsearch.compendium.records import Related
from wgsearch.compendium.remaining import is_current, remaining
from wgsearch.index.build import build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wgsearch.compendium.records import Compendium
    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper

    Engined = Callable[[Sequence[Paper]], LocalEngine]


@pytest.fixture
def engined(
    tmp_path: Path, encoder: Encoder, memory_reader: Callable[[Sequence[Paper]], PaperReader]
) -> Engined:
    """`engined(papers)`: an engine over an index of these papers."""

    def built(papers: Sequence[Paper]) -> LocalEngine:
        build(tmp_path / "corpus", tmp_path / "index", encoder, reader=memory_reader(papers))
        return LocalEngine(tmp_path / "index", encoder)

    return built


@pytest.fixture
def papers(tiny_papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
    """Four papers, the first of which makes the first topic."""
    return tiny_papers[1:5]


@pytest.fixture
def edition(papers: tuple[Paper, ...], engined: Engined) -> Compendium:
    """An edition over all of them."""
    state = engined(papers).state()
    return compendium_of(papers, state.generation, state.content_digest)


def test_an_edition_of_the_same_papers_is_shown_as_it_is(
    edition: Compendium, engined: Engined, papers: tuple[Paper, ...]
) -> None:
    """Nothing is read, and nothing is lost."""
    engine = engined(papers)
    assert is_current(edition, engine)
    assert remaining(edition, engine) is edition


def test_a_withdrawn_paper_is_gone_at_once(
    edition: Compendium, engined: Engined, papers: tuple[Paper, ...]
) -> None:
    """Neither its words nor its symbol stand anywhere but in the log of changes."""
    first = papers[0]
    left = remaining(edition, engined(papers[1:]))
    told = serial.to_json(replace(left, changes=())).decode()
    assert first.key not in told
    assert not any(each.text in told for each in first.paragraphs)
    assert "recruitment-fees" not in [each.topic.id for each in entries(left)]
    assert left.papers == edition.papers - 1
    assert [other.topic for each in entries(left) for other in each.topic.related] == []


def test_words_that_were_changed_are_gone(
    edition: Compendium, engined: Engined, papers: tuple[Paper, ...]
) -> None:
    """A paper that was put in order keeps its place, without a sentence that it no longer has."""
    first = papers[0]
    mended = replace(first.paragraphs[0], text="Charges turn into something else.")
    changed = replace(first, digest="d" * 64, paragraphs=(mended, *first.paragraphs[1:]))
    left = remaining(edition, engined((changed, *papers[1:])))
    topic = next(entries(left)).topic
    was = next(entries(edition)).topic
    assert topic.places == was.places
    assert [each.text for each in topic.summary] == [each.text for each in was.summary[1:]]
    assert topic.advice == ()


def test_what_stays_is_what_it_was(
    edition: Compendium, engined: Engined, papers: tuple[Paper, ...]
) -> None:
    """Of a topic whose papers are all held, nothing is taken away."""
    before = {each.topic.id: each.topic for each in entries(edition)}["consent"]
    left = remaining(edition, engined((papers[0], papers[1])))
    after = {each.topic.id: each.topic for each in entries(left)}["consent"]
    assert after == before
    assert after.related == (Related(topic="recruitment-fees", why="near in meaning", score=0.5),)
