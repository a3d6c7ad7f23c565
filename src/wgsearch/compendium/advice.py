"""
recommendations of the papers -> the topic that each is on.

Why every recommendation has at most one: a register that lists it under three topics says three
times that something was done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wgsearch.answers import Filters
from wgsearch.compendium.records import Advice, Place
from wgsearch.compendium.relating import middle
from wgsearch.papers import symbols
from wgsearch.papers.editions import place
from wgsearch.register import ADOPTED, recommended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wgsearch.answers import Engine
    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.grouping import Cluster
    from wgsearch.passages import Passage
    from wgsearch.register import Recommended

# One that belongs to no topic is on the nearest one, where it is as near to its middle as all but
# this share of the topic's own paragraphs.
_FARTHEST = 0.1


def advice(
    engine: Engine, paragraphs: Paragraphs, clusters: Sequence[Cluster]
) -> tuple[tuple[Advice, ...], ...]:
    """
    For each topic the recommendations on it, newest first.

    Args:
        engine: Whose recommendations.
        paragraphs: All paragraphs.
        clusters: The topics.
    """
    found: list[list[Advice]] = [[] for _ in clusters]
    topic_of = {row: at for at, each in enumerate(clusters) for row in each.rows}
    rows = _rows(paragraphs)
    loose: list[Recommended] = []
    for each in recommended(engine, Filters()):
        row = rows.get(_key(each.passage))
        if row is not None and row in topic_of:
            found[topic_of[row]].append(_advice(each))
        else:
            loose.append(each)
    if loose and clusters:
        _add_loose(engine, paragraphs, clusters, loose, found)
    return tuple(
        tuple(sorted(some, key=lambda each: _order(each.place), reverse=True)) for some in found
    )


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
