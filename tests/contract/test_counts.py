"""What is published is what is searched: no passage more, none less, none of before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.index.build import build
from wgsearch.search import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from conftest import Place
    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper

PAPER = "DEMO/COP/WG.4/2025/7"


@pytest.fixture
def published(
    place: Place,
    tmp_path: Path,
    encoder: Encoder,
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
) -> Callable[[Sequence[Paper]], Path]:
    """`published(papers)`: the index folder, built of these papers and published."""

    def publish(papers: Sequence[Paper]) -> Path:
        build(tmp_path, tmp_path, encoder, reader=memory_reader(papers))
        place.publish(tmp_path)
        return tmp_path

    return publish


def first(place: Place, index: Path, text: str) -> str:
    """Text of the best passage."""
    return place.engine(index).search(Query(text=text)).hits[0].passage.text


def test_a_new_paper_is_found(
    place: Place,
    published: Callable[[Sequence[Paper]], Path],
    tiny_papers: tuple[Paper, ...],
    make_paper: Callable[..., Paper],
) -> None:
    """After a paper was added, exactly its passages are more, and they are found."""
    before = place.count(published(tiny_papers))
    texts = ["Lighthouse keepers report vessels at night.", "Harbour masters keep a register."]
    index = published((*tiny_papers, make_paper(PAPER, texts, title="Lighthouses")))
    assert place.count(index) == before + 2
    assert first(place, index, "lighthouse keepers report vessels") == texts[0]


def test_a_changed_paper_replaces_itself(
    place: Place,
    published: Callable[[Sequence[Paper]], Path],
    tiny_papers: tuple[Paper, ...],
    make_paper: Callable[..., Paper],
) -> None:
    """After a paper changed, its new words are found, its old ones are gone."""
    old, new = "Quarry owners keep passports.", "Quarry owners hand out helmets."
    before = place.count(published((*tiny_papers, make_paper(PAPER, [old], title="Quarries"))))
    index = published((*tiny_papers, make_paper(PAPER, [new], title="Quarries")))
    assert place.count(index) == before
    assert first(place, index, "quarry owners keep passports") == new


def test_a_removed_paper_is_gone(
    place: Place,
    published: Callable[[Sequence[Paper]], Path],
    tiny_papers: tuple[Paper, ...],
    make_paper: Callable[..., Paper],
) -> None:
    """After a paper was taken away, no question finds it."""
    text = "Beekeepers are hired for a season."
    before = place.count(published(tiny_papers))
    published((*tiny_papers, make_paper(PAPER, [text], title="Beekeepers")))
    index = published(tiny_papers)
    assert place.count(index) == before
    hits = place.engine(index).search(Query(text="beekeepers hired for a season")).hits
    assert all(hit.passage.symbol != PAPER for hit in hits)


def test_the_same_again_changes_nothing(
    place: Place,
    published: Callable[[Sequence[Paper]], Path],
    tiny_papers: tuple[Paper, ...],
) -> None:
    """Publishing what is published already is answered alike, from the same generation."""
    index = published(tiny_papers)
    one = place.engine(index).search(Query(text="debt bondage of workers"))
    two = place.engine(published(tiny_papers)).search(Query(text="debt bondage of workers"))
    assert replace(one, took_ms=0) == replace(two, took_ms=0)


def test_all_vectors_come_back(place: Place, many: Path) -> None:
    """What a compendium is made of is every vector as it was written, in order."""
    leg, own = place.leg(many)
    found = leg.stored(range(own.store.rows))
    assert found.shape == (own.store.rows, own.manifest.dimension)
    assert abs(found - own.vectors.stored(range(own.store.rows))).max() < 1e-6
