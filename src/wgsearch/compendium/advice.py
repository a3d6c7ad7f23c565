"""
recommendations of the papers -> the topic that each is on.

Why every recommendation has at most one: a register that lists it under three topics says three
times that something was done. Why not always that of its paragraph: reports list recommendations
on many things in the same words, and such a list is a topic of its own; each is on what the
paragraphs nearest to it are on, that recommend nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wgsearch.answers import Filters
from wgsearch.compendium.likening import likened
from wgsearch.compendium.records import Advice, Place
from wgsearch.compendium.relating import middle
from wgsearch.papers import symbols
from wgsearch.papers.editions import place
from wgsearch.register import ADOPTED, recommended

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from wgsearch.answers import Engine
    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.grouping import Cluster
    from wgsearch.compendium.weighing import Weights
    from wgsearch.passages import Passage
    from wgsearch.register import Recommended

# One that belongs to no topic is on the nearest one, where it is as near to its middle as all but
# this share of the topic's own paragraphs.
_FARTHEST = 0.1
# A topic of which so many paragraphs are recommendations is a list of them.
_LIST = 0.5
# So many paragraphs say what a recommendation of a list is on: docs/decisions/0026-topics.md.
_NEAREST = 8
# Recommendations compared at once.
_BLOCK = 512


def advice(
    engine: Engine,
    paragraphs: Paragraphs,
    weights: Weights,
    clusters: Sequence[Cluster],
    placed: Mapping[str, int],
) -> tuple[tuple[Advice, ...], ...]:
    """
    For each topic the recommendations on it, newest first.

    Args:
        engine: Whose recommendations.
        paragraphs: All paragraphs.
        weights: What their words tell.
        clusters: The topics.
        placed: Topics by the id of a recommendation, as they were in the edition before: what
            stands in a list stays where it was put.
    """
    found: list[list[Advice]] = [[] for _ in clusters]
    rows = _rows(paragraphs)
    known: dict[int, Recommended] = {}
    loose: list[Recommended] = []
    for each in recommended(engine, Filters()):
        row = rows.get(_key(each.passage))
        if row is not None:
            known[row] = each
        elif each.id in placed:
            found[placed[each.id]].append(_advice(each))
        else:
            loose.append(each)
    before = {row: placed[each.id] for row, each in known.items() if each.id in placed}
    for row, at in _topics(paragraphs, weights, clusters, known.keys(), before).items():
        found[at].append(_advice(known[row]))
    if loose and clusters:
        _add_loose(engine, paragraphs, clusters, loose, found)
    return tuple(
        tuple(sorted(some, key=lambda each: _order(each.place), reverse=True)) for some in found
    )


def _topics(
    paragraphs: Paragraphs,
    weights: Weights,
    clusters: Sequence[Cluster],
    recommending: Collection[int],
    before: Mapping[int, int],
) -> dict[int, int]:
    """The topic of each paragraph that recommends something, where it has one."""
    topic_of = {row: at for at, each in enumerate(clusters) for row in each.rows}
    lists = {
        at
        for at, each in enumerate(clusters)
        if sum(row in recommending for row in each.rows) >= _LIST * len(each.rows)
    }
    found = {row: topic_of[row] for row in recommending if row in topic_of}
    loose = {row for row in recommending if found.get(row) in lists or row not in found}
    found |= {row: before[row] for row in loose if row in before}
    asked = sorted(loose - before.keys())
    told = sorted(row for row in topic_of if row not in recommending)
    if not asked or not told:
        return found
    near = likened(
        paragraphs.vectors,
        [each.symbol for each in paragraphs.places],
        weights.terms,
        [each.recommendation is not None for each in paragraphs.passages],
    )
    topics = np.array([topic_of[row] for row in told])
    others = near[told]
    for start in range(0, len(asked), _BLOCK):
        some = asked[start : start + _BLOCK]
        likeness = near[some] @ others.T
        # Of equally near ones the first: the kind of sort that keeps their order.
        nearest = np.argsort(-likeness, axis=1, kind="stable")[:, :_NEAREST]
        votes = np.maximum(np.take_along_axis(likeness, nearest, axis=1), 0) ** 2
        for row, where, counts in zip(some, topics[nearest], votes, strict=True):
            total = np.bincount(where, weights=counts)
            if total.max() > 0:
                found[row] = int(total.argmax())
    return found


def _add_loose(
    engine: Engine,
    paragraphs: Paragraphs,
    clusters: Sequence[Cluster],
    loose: Sequence[Recommended],
    found: Sequence[list[Advice]],
) -> None:
    """Put recommendations that belong to no topic under the nearest one."""
    known = engine.embedded(Filters(kinds=tuple(map(str, ADOPTED))))
    vectors: dict[tuple[str, str, str], NDArray[np.float32]] = {}
    for passage, vector in zip(known.passages, known.vectors, strict=True):
        vectors.setdefault(_key(passage), vector)
    middles = np.array([middle(paragraphs, each) for each in clusters])
    least = np.array([np.quantile(np.asarray(each.closeness), _FARTHEST) for each in clusters])
    for each in loose:
        vector = vectors.get(_key(each.passage))
        if vector is None:
            continue
        near = middles @ vector
        best = int(np.argmax(near))
        if near[best] >= least[best]:
            found[best].append(_advice(each))


def _rows(paragraphs: Paragraphs) -> dict[tuple[str, str, str], int]:
    """Rows by paragraph, whatever the language."""
    return {_key(each): row for row, each in enumerate(paragraphs.passages)}


def _key(passage: Passage) -> tuple[str, str, str]:
    """A paragraph, the same in all languages where it has a number."""
    where = place(passage.part, passage.paragraph or f"p{passage.index}")
    return symbols.key(passage.symbol), *where


def _advice(each: Recommended) -> Advice:
    """A recommendation as a topic lists it."""
    passage = each.passage
    return Advice(
        id=each.id,
        text=each.text,
        place=Place(
            symbol=passage.symbol,
            language=passage.language,
            part=passage.part,
            paragraph=passage.paragraph,
            index=passage.index,
            citation=each.citation,
            date=passage.date,
        ),
    )


def _order(where: Place) -> tuple[str, str, int]:
    """By date and paper; within a paper in its order, since the newest come first."""
    return where.date or "", where.symbol, -where.index
