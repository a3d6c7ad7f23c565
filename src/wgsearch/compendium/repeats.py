"""
paragraphs -> which of them say the same in several papers: word for word, nearly, or again.

Why three ways to look: equal words are found by a table; nearly equal ones share runs of words,
of which a few stand for all; what is said again in other words shares a topic, and only there
are all paragraphs compared with one another.
"""

from __future__ import annotations

import heapq
import zlib
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgsearch.compendium.records import Repeated
from wgsearch.duplicates import shingles, telling
from wgsearch.index.sayings import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.grouping import Cluster
    from wgsearch.compendium.records import Repeat
    from wgsearch.compendium.weighing import Weights

# Shorter paragraphs ("The Committee decided to defer the item.") repeat without telling anything.
LEAST_WORDS = 12
# Runs of three words that both have, of those that either has.
NEAR = 0.6
# Cosine, and words in common of the shorter one's by what they tell, from which two paragraphs of
# a topic say the same again: docs/decisions/0026-summaries.md.
RESTATED_COSINE = 0.80
RESTATED_WORDS = 0.45
# Of the runs of a paragraph so many, the same for equal runs, are looked up: two that share six in
# ten share one of them but once in a thousand times.
_SKETCH = 8
# A run that more paragraphs have is a formula.
_FORMULA = 60
_ORDER: tuple[Repeat, ...] = ("verbatim", "near", "restated")


class _Edge(NamedTuple):
    """Two paragraphs that say the same, and how."""

    other: int
    kind: Repeat


def repeats(
    paragraphs: Paragraphs, weights: Weights, clusters: Sequence[Cluster]
) -> tuple[Repeated, ...]:
    """
    Paragraphs that repeat one another across papers, those of most papers first.

    Each is in one group: that of the earliest paragraph that it repeats.

    Args:
        paragraphs: All paragraphs.
        weights: What words tell.
        clusters: The topics.
    """
    said = [words_of(each) for each in _said(paragraphs)]
    order = sorted(range(len(said)), key=lambda row: _when(paragraphs, row))
    edges: dict[int, list[_Edge]] = {}
    for one, other, kind in (
        *_same_words(paragraphs, said, order),
        *_near(paragraphs, said, order),
        *_restated(paragraphs, weights, clusters),
    ):
        edges.setdefault(one, []).append(_Edge(other, kind))
        edges.setdefault(other, []).append(_Edge(one, kind))
    return tuple(sorted(_groups(paragraphs, edges, order), key=_rank))
