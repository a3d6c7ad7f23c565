"""Paragraphs are grouped alike whatever order they come in, by what they say and not by paper."""

from __future__ import annotations

import numpy as np
import pytest

from wgsearch.compendium import clustering
from wgsearch.compendium.clustering import (
    LEAST,
    clustered,
    number_of_themes,
    number_of_topics,
)
from wgsearch.compendium.keeping import kept
from wgsearch.compendium.likening import likened

DIMENSION = 24


def _about(subjects: list[int], *, seed: int = 1, noise: float = 0.4) -> np.ndarray:
    """Unit rows, those on one subject near to each other."""
    chance = np.random.default_rng(seed)
    middles = np.eye(DIMENSION, dtype=np.float32)
    strays = chance.standard_normal((len(subjects), DIMENSION)) / np.sqrt(DIMENSION)
    rows = middles[subjects] + noise * strays
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def _sets(labels: np.ndarray, rows: np.ndarray) -> set[frozenset[bytes]]:
    """Clusters as sets of what is in them."""
    return {
        frozenset(rows[row].tobytes() for row in np.flatnonzero(labels == each))
        for each in range(int(labels.max()) + 1)
    }


def test_what_belongs_together_is_together() -> None:
    """Four subjects of a dozen paragraphs each are four topics."""
    subjects = [0, 1, 2, 3] * 12
    labels = clustered(_about(subjects), count=4).cluster_of
    assert len({(a, b) for a, b in zip(subjects, labels.tolist(), strict=True)}) == 4


def test_the_order_of_paragraphs_changes_nothing() -> None:
    """The same paragraphs in another order are grouped alike."""
    rows = _about([0, 1, 2, 3, 4] * 9)
    order = np.random.default_rng(3).permutation(len(rows))
    assert _sets(clustered(rows).cluster_of, rows) == _sets(
        clustered(rows[order]).cluster_of, rows[order]
    )


def test_many_paragraphs_are_grouped_the_same_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond what is compared all with all, too, two runs give the same topics."""
    monkeypatch.setattr(clustering, "_MOST_LINKED", 100)
    rows = _about([at % 20 for at in range(900)], noise=0.8)
    first, second = clustered(rows), clustered(rows)
    assert first.cluster_of.tolist() == second.cluster_of.tolist()
    assert first.group_of.tolist() == second.group_of.tolist()
    assert len(first.group_of) > number_of_themes(len(first.group_of)) > 1


def test_equal_paragraphs_are_one_topic() -> None:
    """A paper that was sent a hundred times makes one topic of each of its subjects."""
    rows = np.tile(_about([0] * 6 + [1] * 6), (100, 1))
    labels = clustered(rows, count=2).cluster_of
    assert sorted(np.bincount(labels).tolist()) == [600, 600]


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_a_few_paragraphs_are_one_topic(count: int) -> None:
    """Too few to tell topics apart are kept together, and nothing fails."""
    found = clustered(_about([0, 1, 2, 3, 4][:count]))
    assert found.cluster_of.tolist() == [0] * count


def test_a_lump_is_divided() -> None:
    """No topic holds half of the corpus because its paragraphs are all a little alike."""
    rows = _about([0] * 150 + [1, 2, 3, 4, 5] * 10, noise=0.8)
    labels = clustered(rows, count=10).cluster_of
    assert np.bincount(labels[labels >= 0]).max() <= 4 * len(rows) / 10


def test_a_stray_paragraph_belongs_nowhere() -> None:
    """What is near to no topic is in none, rather than wherever it disturbs least."""
    rows = _about([0] * 12 + [1] * 12 + [9], noise=0.1)
    labels = clustered(rows, count=3).cluster_of
    assert labels[-1] == -1
    assert (labels[:-1] >= 0).all()


def test_numbers_grow_with_the_corpus() -> None:
    """A larger corpus has more topics, larger ones, and fewer themes than topics."""
    topics = [number_of_topics(each) for each in (1, 100, 1_000, 10_000, 100_000)]
    assert topics == sorted(topics)
    assert topics[0] == 1
    assert 1_000 / topics[2] < 100_000 / topics[4]
    assert all(number_of_themes(each) <= each for each in topics)


def test_papers_do_not_part_what_they_say_alike() -> None:
    """Four papers on four subjects each: topics go across them, though vectors lean to papers."""
    subjects, papers = [0, 1, 2, 3] * 20, [each for each in "ABCD" for _ in range(20)]
    rows = _about(["ABCD".index(each) for each in papers], noise=0.1)
    rows += 0.5 * _about([4 + each for each in subjects], seed=2, noise=0.1)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    words = [[f"word{each}", f"term{each}", f"{at % 5}"] for at, each in enumerate(subjects)]
    plain = clustered(rows, count=4).cluster_of
    found = clustered(likened(rows, papers, words), count=4).cluster_of
    assert len({*zip(papers, plain.tolist(), strict=True)}) == 4, "the vectors alone part by paper"
    assert len({*zip(subjects, found.tolist(), strict=True)}) == 4


def test_known_topics_are_kept() -> None:
    """New paragraphs join what they are near to, and nobody else moves."""
    rows = _about([0] * 10 + [1] * 10 + [2] * 10)
    # What is new says nearly what is there.
    rows[9], rows[19], rows[29] = rows[0], rows[10], rows[20]
    before = [0] * 9 + [-1] + [1] * 9 + [-1] + [2] * 9 + [-1]
    found = kept(rows, before, [0, 0, 1]).cluster_of.tolist()
    assert found == [0] * 10 + [1] * 10 + [2] * 10


def test_what_fits_nowhere_makes_a_topic() -> None:
    """Enough new paragraphs on a new subject are a new topic, in a theme that is there."""
    rows = _about([0] * 12 + [1] * 12 + [7] * 6)
    found = kept(rows, [0] * 12 + [1] * 12 + [-1] * 6, [0, 1])
    assert found.cluster_of.tolist() == [0] * 12 + [1] * 12 + [2] * 6
    assert found.group_of.tolist()[:2] == [0, 1]
    assert found.group_of[2] in (0, 1)


def test_too_few_of_a_topic_are_no_topic() -> None:
    """A topic whose papers were withdrawn ends; what is left of it goes where it belongs."""
    rows = _about([0] * 14 + [1] * (LEAST - 1), noise=0.1)
    found = kept(rows, [0] * 14 + [1] * (LEAST - 1), [0, 0]).cluster_of
    assert found.tolist() == [0] * 14 + [-1] * (LEAST - 1)


def test_too_few_to_tell_apart_stay_one_topic() -> None:
    """A paper of two paragraphs has a topic in its second edition, too, and may grow by a third."""
    assert kept(_about([0, 1]), [0, 0], [0]).cluster_of.tolist() == [0, 0]
    assert kept(_about([0, 1, 2]), [0, 0, -1], [0]).cluster_of.tolist() == [0, 0, 0]


def test_topics_that_all_ended_bind_nobody() -> None:
    """Where too little is left of every topic, what there is is grouped anew."""
    rows = _about([0, 0, 1, 1, 2, 2, 3, 3])
    found = kept(rows, [0, 0, 1, 1, 2, 2, -1, -1], [0, 0, 0]).cluster_of
    assert found.tolist() == clustered(rows).cluster_of.tolist()


def test_a_corpus_mostly_new_is_grouped_anew() -> None:
    """Where most paragraphs are new, the few old ones bind nobody."""
    rows = _about([0, 1, 2, 3] * 10)
    found = kept(rows, [0] * 5 + [-1] * 35, [0])
    assert found.cluster_of.tolist() == clustered(rows).cluster_of.tolist()
