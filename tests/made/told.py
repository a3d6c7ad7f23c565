"""
Paragraphs and clusters of paragraphs, by hand: what a compendium is made from, without an index.

Why by hand: what is said of a topic is tested here, whatever was found to belong together.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.compendium.gather import Paragraphs, place_of
from wgsearch.compendium.grouping import Cluster, Group, Grouped
from wgsearch.passages import Passage, passages_of
from wgsearch.register.topics import topic_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from wgsearch.papers.paper import Paper

_DIMENSION = 64


def paragraphs_of(papers: Sequence[Paper], vectors: Sequence[Sequence[float]] = ()) -> Paragraphs:
    """
    Paragraphs of some papers, in their order.

    Args:
        papers: Papers; their paragraphs are short enough to be one passage each.
        vectors: One for each paragraph, of any length; without them, a random direction a word.
    """
    passages = [each for paper in papers for each in passages_of(paper)]
    rows = np.array([*vectors] or [_direction(each) for each in passages], dtype=np.float32)
    return Paragraphs(
        passages=tuple(passages),
        texts=tuple(each.text for each in passages),
        places=tuple(map(place_of, passages)),
        vectors=rows / np.linalg.norm(rows, axis=1, keepdims=True),
        twins={},
    )


def _direction(passage: Passage) -> NDArray[np.float64]:
    """The sum of a random direction for each word."""
    seeds = [zlib.crc32(each.casefold().encode()) for each in passage.text.split()]
    directions = [np.random.default_rng(each).standard_normal(_DIMENSION) for each in seeds]
    found: NDArray[np.float64] = np.sum(directions, axis=0)
    return found


def cluster_of(
    paragraphs: Paragraphs, rows: Sequence[int], name: str = "Debt bondage", key: str = "debt"
) -> Cluster:
    """A cluster of some rows, nearest to their middle first."""
    vectors = paragraphs.vectors[[*rows]]
    middle = vectors.mean(axis=0)
    near = vectors @ (middle / (np.linalg.norm(middle) or 1.0))
    order = np.lexsort((np.array(rows), -near))
    return Cluster(
        key=key,
        name=name,
        named_by="heading",
        terms=(),
        rows=tuple(rows[at] for at in order),
        closeness=tuple(float(near[at]) for at in order),
    )


def by_heading(paragraphs: Paragraphs, themes: Mapping[str, str] | None = None) -> Grouped:
    """
    A topic for each heading, whichever papers have it.

    Args:
        paragraphs: All paragraphs.
        themes: Theme by heading; without it there is one theme.
    """
    rows: dict[str, list[int]] = {}
    loose = []
    for row, passage in enumerate(paragraphs.passages):
        heading = topic_of(passage.heading_path[-1:])
        if heading is None:
            loose.append(row)
        else:
            rows.setdefault(heading, []).append(row)
    groups: dict[str, list[Cluster]] = {}
    for heading in sorted(rows):
        theme = (themes or {}).get(heading, "All papers")
        made = cluster_of(paragraphs, rows[heading], heading, heading)
        groups.setdefault(theme, []).append(made)
    return Grouped(
        groups=tuple(
            Group(key=theme, name=theme, clusters=tuple(some)) for theme, some in groups.items()
        ),
        unplaced=tuple(loose),
    )
