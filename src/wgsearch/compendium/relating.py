"""
topics -> which belong near which others, and why.

Why three reasons: topics near in meaning may never have met in a paper, and topics that the same
papers treat, or whose papers cite one another, need not share a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgsearch.compendium.records import Related

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from wgsearch.compendium.citing import Cited
    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.grouping import Cluster
    from wgsearch.compendium.records import Why

MOST = 5
# Below this the nearest topic is merely the least far.
_LEAST = 0.35
# So many citing paragraphs tie two topics by 1 - 1/e.
_TIED = 3.0


class _Reason(NamedTuple):
    """How near topics are for one reason. *Shape:* (topics, topics), from 0 to 1."""

    why: Why
    scores: NDArray[np.float64]


def related(
    paragraphs: Paragraphs, clusters: Sequence[Cluster], cited: Mapping[int, Sequence[Cited]]
) -> tuple[tuple[Related, ...], ...]:
    """
    For each topic the topics near to it, nearest first, each for its strongest reason.

    Args:
        paragraphs: All paragraphs.
        clusters: The topics.
        cited: What paragraphs cite, by row.
    """
    if len(clusters) < 2:  # noqa: PLR2004 - a single topic has no other
        return tuple(() for _ in clusters)
    reasons = (
        _Reason("near in meaning", _meaning(paragraphs, clusters)),
        _Reason("same papers", _papers(paragraphs, clusters)),
        _Reason("cite one another", _citing(clusters, cited)),
    )
    strongest = np.max([each.scores for each in reasons], axis=0)
    np.fill_diagonal(strongest, 0)
    ranks = np.argsort(np.argsort([each.key for each in clusters]))
    found = []
    for at, row in enumerate(strongest):
        best = np.lexsort((ranks, -row))[:MOST].tolist()
        found.append(
            tuple(
                Related(
                    topic=clusters[other].key,
                    why=max(reasons, key=lambda each: each.scores[at, other]).why,
                    score=round(float(row[other]), 3),
                )
                for other in best
                if row[other] >= _LEAST
            )
        )
    return tuple(found)


def _meaning(paragraphs: Paragraphs, clusters: Sequence[Cluster]) -> NDArray[np.float64]:
    """Cosine of the middles, from what two topics usually have (0) to the nearest two (1)."""
    middles = np.array([middle(paragraphs, each) for each in clusters])
    cosines = middles @ middles.T
    pairs = cosines[np.triu_indices(len(clusters), 1)]
    usual, most = float(np.median(pairs)), float(pairs.max())
    # Of two topics the only pair is the usual one: it is as near as its cosine says.
    scaled = (cosines - usual) / (most - usual) if most > usual else cosines
    near: NDArray[np.float64] = np.clip(scaled, 0, 1)
    return near


def middle(paragraphs: Paragraphs, cluster: Cluster) -> NDArray[np.float64]:
    """The middle of a topic, of unit length. *Shape:* (dimension,)."""
    mean = paragraphs.vectors[list(cluster.rows)].astype(np.float64).mean(axis=0)
    found: NDArray[np.float64] = mean / (np.linalg.norm(mean) or 1.0)
    return found


def _papers(paragraphs: Paragraphs, clusters: Sequence[Cluster]) -> NDArray[np.float64]:
    """Cosine of how many paragraphs each paper gives; a paper on all topics ties none."""
    names = sorted({paragraphs.places[row].symbol for each in clusters for row in each.rows})
    number = {name: at for at, name in enumerate(names)}
    counts = np.zeros((len(clusters), len(names)))
    for at, each in enumerate(clusters):
        for row in each.rows:
            counts[at, number[paragraphs.places[row].symbol]] += 1
    counts *= np.log(len(clusters) / (counts > 0).sum(axis=0))
    lengths = np.linalg.norm(counts, axis=1, keepdims=True)
    counts /= np.where(lengths > 0, lengths, 1)
    found: NDArray[np.float64] = counts @ counts.T
    return found


def _citing(
    clusters: Sequence[Cluster], cited: Mapping[int, Sequence[Cited]]
) -> NDArray[np.float64]:
    """1 - exp(-n / 3) of n paragraphs of the one that cite paragraphs of the other."""
    topic_of = {row: at for at, each in enumerate(clusters) for row in each.rows}
    counts = np.zeros((len(clusters), len(clusters)))
    for row, at in topic_of.items():
        others = {
            topic_of[there]
            for each in cited.get(row, ())
            for there in each.rows
            if there in topic_of
        }
        for other in others - {at}:
            counts[at, other] += 1
            counts[other, at] += 1
    return 1 - np.exp(-counts / _TIED)
