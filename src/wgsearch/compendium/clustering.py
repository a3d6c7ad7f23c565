"""
rows -> clusters of them, and groups of clusters: deterministic, of a number that fits the corpus.

Why average linkage: on judged sets it keeps more together than k-means or Ward's linkage at the
same number of clusters, since topics are of unequal size; what it lumps is divided again.
docs/decisions/0025-themes.md has the figures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.cluster import AgglomerativeClustering, MiniBatchKMeans

from wgsearch.compendium.likening import drawn, unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
    Labels = NDArray[np.int64]

# Linkage compares all with all: 4,000 rows take two seconds, ten times as many three minutes.
_MOST_LINKED = 4000
# Rounds of batches over all rows; more move few of them.
_ROUNDS = 6
# A topic of a small corpus has a dozen paragraphs, that of a large one more:
# 30 topics of 680 paragraphs, 220 of 6,900, 2,100 of 100,000.
_PARAGRAPHS_A_TOPIC = 12
_GROWTH = 0.85
# Themes grow as the root of topics: 7 of 30, 19 of 220, 58 of 2,100.
_THEMES = 1.25
# Fewer than so many paragraphs are no topic; as long as there are more than twice as many at all.
LEAST = 3
# A cluster so many times larger than the mean is several, of about half that each.
_LUMP = 4.0
# What is in no cluster joins the nearest one where it is as near as this share of its members.
_AS_NEAR_AS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustered:
    """
    Clusters of rows.

    Attributes:
        cluster_of: Cluster of each row, from 0; -1 for what belongs nowhere. *Shape:* (rows,).
        group_of: Group of each cluster, from 0. *Shape:* (clusters,).
    """

    cluster_of: Labels
    group_of: Labels


def clustered(
    rows: Rows, *, count: int | None = None, progress: Callable[[str], None] | None = None
) -> Clustered:
    """
    Clusters of rows, numbered by the first row of each.

    Args:
        rows: Unit rows. *Shape:* (rows, dimension).
        count: About how many; None for as many as fit the number of different rows.
        progress: Told what is being done.
    """
    if not len(rows):
        return Clustered(cluster_of=np.empty(0, np.int64), group_of=np.empty(0, np.int64))
    member_of, firsts = _different(rows)
    different = rows[firsts]
    wanted = count or number_of_topics(len(different))
    if len(different) > _MOST_LINKED:
        if progress:
            progress(f"bringing {len(different):,} paragraphs together")
        near = _brought_together(different, _MOST_LINKED)
        member_of, different = near[member_of], centres(different, near)
    labels = _linked(drawn(different), wanted)[member_of]
    labels = _placed(rows, renumbered(divided(rows, labels, wanted)))
    return Clustered(cluster_of=labels, group_of=_groups(centres(rows, labels)))


def number_of_topics(paragraphs: int) -> int:
    """How many topics fit a number of paragraphs."""
    return max(1, round(math.pow(paragraphs / _PARAGRAPHS_A_TOPIC, _GROWTH)))


def number_of_themes(topics: int) -> int:
    """How many themes fit a number of topics."""
    return min(topics, max(1, round(_THEMES * math.sqrt(topics))))


def _different(rows: Rows) -> tuple[Labels, Labels]:
    """Which of the different rows each is, and where each of those is first."""
    known: dict[bytes, int] = {}
    firsts: list[int] = []
    member_of = np.empty(len(rows), dtype=np.int64)
    for at, row in enumerate(rows):
        number = known.setdefault(row.tobytes(), len(known))
        if number == len(firsts):
            firsts.append(at)
        member_of[at] = number
    return member_of, np.array(firsts, dtype=np.int64)


def _brought_together(rows: Rows, count: int) -> Labels:
    """
    Rows in so many small clusters at most.

    Batches, not all rows at once: there scikit-learn adds up what its threads found in the order
    in which they end, and the last digits change from run to run.
    """
    model = MiniBatchKMeans(
        count, init="random", n_init=1, batch_size=8192, max_iter=_ROUNDS, random_state=0,
        max_no_improvement=None, reassignment_ratio=0,
    )  # fmt: skip
    return renumbered(model.fit_predict(rows).astype(np.int64))


def _linked(rows: Rows, count: int) -> Labels:
    """Clusters by average linkage of cosine distances."""
    if len(rows) <= 1 or count <= 1:
        return np.zeros(len(rows), dtype=np.int64)
    tree = linkage(rows.astype(np.float64), "average", metric="cosine")
    # Distances of equal rows may come out a little below none.
    tree[:, 2] = np.maximum.accumulate(np.maximum(tree[:, 2], 0))
    return renumbered(fcluster(tree, count, criterion="maxclust").astype(np.int64))


def divided(rows: Rows, labels: Labels, wanted: int) -> Labels:
    """
    Labels, where clusters far larger than the mean are divided.

    Args:
        rows: Unit rows. *Shape:* (rows, dimension).
        labels: Cluster of each, from 0; -1 for none.
        wanted: Number of clusters by which the mean is told.

    Returns:
        A part of each divided cluster keeps its number; the others have numbers beyond all.
    """
    mean = len(rows) / max(wanted, 1)
    labels = labels.copy()
    for each in range(int(labels.max()) + 1):
        members = np.flatnonzero(labels == each)
        if len(members) <= _LUMP * mean or wanted <= 1:
            continue
        parts = math.ceil(len(members) / (_LUMP / 2 * mean))
        some = rows[members]
        if len(members) > _MOST_LINKED:
            near = _brought_together(some, _MOST_LINKED)
            inner = _by_ward(centres(some, near), parts)[near]
        else:
            inner = _by_ward(some, parts)
        labels[members] = np.where(inner == 0, each, labels.max() + inner)
    return labels


def _placed(rows: Rows, labels: Labels) -> Labels:
    """Clusters that are large enough; what is in none joins one that it is near to, or has none."""
    counts = np.bincount(labels)
    large = counts >= (LEAST if len(rows) > 2 * LEAST else 1)
    if large.all() or not large.any():
        return labels
    return renumbered(joined(rows, renumbered(np.where(large[labels], labels, -1))))


def joined(rows: Rows, labels: Labels) -> Labels:
    """
    Labels, where each row that had none (-1) has that of the nearest cluster, if it is as near to
    its middle as all but the farthest of its members.
    """
    inside, outside = np.flatnonzero(labels >= 0), np.flatnonzero(labels < 0)
    if not len(inside) or not len(outside):
        return labels
    middles = centres(rows, labels)
    near = np.einsum("nd,nd->n", rows[inside], middles[labels[inside]])
    enough = np.array(
        [np.quantile(near[labels[inside] == each], _AS_NEAR_AS) for each in range(len(middles))]
    )
    closeness = rows[outside] @ middles.T
    nearest = closeness.argmax(axis=1)
    is_near = closeness[np.arange(len(outside)), nearest] >= enough[nearest]
    result = labels.copy()
    result[outside[is_near]] = nearest[is_near]
    return result


def _groups(middles: Rows) -> Labels:
    """Groups of clusters by complete linkage: no theme is a bag of what is left."""
    count = number_of_themes(len(middles))
    if len(middles) <= 1 or count <= 1:
        return np.zeros(len(middles), dtype=np.int64)
    tree = linkage(middles.astype(np.float64), "complete", metric="cosine")
    return renumbered(fcluster(tree, count, criterion="maxclust").astype(np.int64))


def _by_ward(rows: Rows, count: int) -> Labels:
    if len(rows) <= 1 or count <= 1:
        return np.zeros(len(rows), dtype=np.int64)
    model = AgglomerativeClustering(min(count, len(rows)), linkage="ward")
    return renumbered(model.fit_predict(rows.astype(np.float64)).astype(np.int64))


def centres(rows: Rows, labels: Labels) -> Rows:
    """Unit middle of each cluster. *Shape:* (clusters, dimension)."""
    inside = labels >= 0
    count = int(labels.max()) + 1
    sums = np.zeros((count, rows.shape[1]), dtype=np.float32)
    np.add.at(sums, labels[inside], rows[inside])
    return unit(sums)


def renumbered(labels: Labels) -> Labels:
    """Labels by the first row of each; -1 stays."""
    order: dict[int, int] = {-1: -1}
    for each in labels.tolist():
        if each not in order:
            order[each] = len(order) - 1
    return np.array([order[each] for each in labels.tolist()], dtype=np.int64)
