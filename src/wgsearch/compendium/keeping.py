"""
rows and the edition before -> clusters: as they were, with what is new placed among them.

Why not found anew each time: one more paper moves every border a little, and a reader who comes
back finds other topics for no reason that concerns them. What was together stays together; what is
new joins the topic that it is near to, and where enough of it is near to none, that is a new topic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wgsearch.compendium.clustering import (
    LEAST,
    Clustered,
    centres,
    clustered,
    divided,
    joined,
    number_of_topics,
    renumbered,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
    Labels = NDArray[np.int64]

# Where a larger share of the paragraphs is new, what was found before says little.
_MOST_NEW = 1 / 3
# A new topic is nearly as close as this share of the known ones, and has about so many paragraphs.
_AS_CLOSE_AS = 0.25
_NEARLY = 0.95
_OF_NEW = 8


def kept(
    rows: Rows,
    topic_of: Sequence[int],
    theme_of: Sequence[int],
    *,
    progress: Callable[[str], None] | None = None,
) -> Clustered:
    """
    Clusters of rows, those of before being kept.

    Args:
        rows: Unit rows. *Shape:* (rows, dimension).
        topic_of: Topic of each in the edition before, from 0; -1 for what was in none.
        theme_of: Theme of each of these topics, from 0.
        progress: Told what is being done.
    """
    labels = np.array(topic_of, dtype=np.int64)
    # Too few to tell topics apart are one topic whatever they were before.
    if len(labels) <= 2 * LEAST or (labels < 0).mean() > _MOST_NEW:
        return clustered(rows, progress=progress)
    theme: dict[int, int] = dict(enumerate(theme_of))
    sizes = np.bincount(labels[labels >= 0], minlength=len(theme))
    labels[np.isin(labels, np.flatnonzero(sizes < LEAST))] = -1
    if (labels < 0).all():
        return clustered(rows, progress=progress)
    labels, theme = _dense(labels, theme)
    labels = joined(rows, labels)
    count = len(theme)
    parts = divided(rows, labels, max(number_of_topics(len(rows)), count))
    theme |= {
        int(part): theme[int(labels[parts == part][0])] for part in np.unique(parts[parts >= count])
    }
    labels = joined(rows, _with_new(rows, parts, theme, progress))
    return _in_order(labels, theme)


def _with_new(
    rows: Rows, labels: Labels, theme: dict[int, int], progress: Callable[[str], None] | None
) -> Labels:
    """Labels with new topics of what is in none; they stand in the theme of the nearest topic."""
    left = np.flatnonzero(labels < 0)
    if len(left) < LEAST:
        return labels
    middles = centres(rows, labels)
    inside = labels >= 0
    near = np.einsum("nd,nd->n", rows[inside], middles[labels[inside]])
    sizes = np.bincount(labels[inside])
    usual = _NEARLY * np.quantile(np.bincount(labels[inside], near) / sizes, _AS_CLOSE_AS)
    count = max(number_of_topics(len(left)), round(len(left) / _OF_NEW))
    found = clustered(rows[left], count=count, progress=progress).cluster_of
    labels = labels.copy()
    for each in range(int(found.max()) + 1):
        members = left[found == each]
        middle = centres(rows[members], np.zeros(len(members), dtype=np.int64))[0]
        # What was left over for want of anything near it is no topic for that alone.
        if len(members) < LEAST or (rows[members] @ middle).mean() < usual:
            continue
        number = max(theme) + 1
        theme[number] = theme[int((middles @ middle).argmax())]
        labels[members] = number
    return labels


def _dense(labels: Labels, theme: dict[int, int]) -> tuple[Labels, dict[int, int]]:
    """Labels without numbers that no row has."""
    dense = renumbered(labels)
    return dense, {
        int(new): theme[int(old)] for new, old in zip(dense, labels, strict=True) if old >= 0
    }


def _in_order(labels: Labels, theme: dict[int, int]) -> Clustered:
    """Clusters by their first rows, groups by their first clusters."""
    dense, themes = _dense(labels, theme)
    listed = np.array([themes[each] for each in range(len(themes))], dtype=np.int64)
    return Clustered(cluster_of=dense, group_of=renumbered(listed))
