"""
paragraphs -> a row each, in which those on one thing are near: what is grouped.

Why not the vectors as they are: a paragraph is embedded with the title and headings of its paper,
so its nearest are those of its own paper, whatever they are on; a compendium is made to bring
together what several papers say. Why words beside them: two papers name the same thing alike even
where the vectors of their paragraphs tell more of what the papers are about.
docs/decisions/0025-themes.md has the figures.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from sklearn.decomposition import TruncatedSVD

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

# Of what the paragraphs of a paper have in common, how much is taken away from each; likewise of
# what recommendations have.
_IN_COMMON = 0.6
# A paper of so many paragraphs loses half of that: its mean says little of a paper.
_FEW = 6
# Dimensions that words are brought down to, and what they count beside the vectors.
_DIMENSIONS = 100
_WORDS = 1.0
# A word that is in a larger share of the paragraphs tells nothing.
_TOO_COMMON = 0.3
# A word that one paragraph has joins it with none; one word alone makes no dimension.
_LEAST = 2
# A row is drawn to the mean of so many that are nearest, by this much.
_NEIGHBOURS = 8
_DRAWN = 0.3
# Rows compared at once.
_BLOCK = 1024


def unit(rows: Rows) -> Rows:
    """Rows of length one; those of length none stay. *Shape:* (rows, dimension)."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def likened(
    vectors: Rows,
    papers: Sequence[str],
    words: Sequence[Collection[str]],
    recommends: Sequence[bool] | None = None,
) -> Rows:
    """
    Rows to group paragraphs by.

    Args:
        vectors: A unit vector a paragraph. *Shape:* (paragraphs, dimension).
        papers: The paper of each.
        words: The words of each that tell something.
        recommends: Which are recommendations; None where that is not to be looked at.

    Returns:
        Unit rows. *Shape:* (paragraphs, dimension and those of words).
    """
    meant = _without(vectors - vectors.mean(axis=0), papers)
    said = _brought_down(words)
    # Recommendations are alike in form ("States parties should consider"): that is no topic.
    if recommends is not None and 0 < sum(recommends) < len(recommends):
        form = [str(each) for each in recommends]
        meant, said = _without(meant, form), _without(said - said.mean(axis=0), form)
    meant, said = unit(meant), unit(said)
    return unit(np.hstack([meant, _WORDS * said]).astype(np.float32))


def drawn(rows: Rows) -> Rows:
    """Rows, each drawn to those nearest to it, so that chance words part nothing."""
    count = min(_NEIGHBOURS, len(rows) - 1)
    if count < 1:
        return rows
    result = np.empty_like(rows)
    for first in range(0, len(rows), _BLOCK):
        some = rows[first : first + _BLOCK]
        near = some @ rows.T
        near[np.arange(len(some)), np.arange(first, first + len(some))] = -1
        # Equals by order: the kind of sort that keeps it, lest a result hang on chance.
        nearest = np.argpartition(-near, count - 1, axis=1)[:, :count]
        weights = np.maximum(np.take_along_axis(near, nearest, axis=1), 0)
        total = np.maximum(weights.sum(axis=1, keepdims=True), np.finfo(np.float32).tiny)
        mean = np.einsum("nk,nkd->nd", weights / total, rows[nearest])
        result[first : first + len(some)] = (1 - _DRAWN) * some + _DRAWN * unit(mean)
    return unit(result)


def _without(centred: Rows, groups: Sequence[str]) -> Rows:
    """Rows with less of what those of a group, as a paper, have in common."""
    numbers = {each: at for at, each in enumerate(sorted(set(groups)))}
    group_of = np.array([numbers[each] for each in groups])
    counts = np.bincount(group_of, minlength=len(numbers))
    sums = np.zeros((len(numbers), centred.shape[1]), dtype=np.float32)
    np.add.at(sums, group_of, centred)
    share = _IN_COMMON * counts / (counts + _FEW)
    return np.asarray(centred - (share[:, None] * sums / counts[:, None])[group_of], np.float32)


def _brought_down(words: Sequence[Collection[str]]) -> Rows:
    """Words of paragraphs in few dimensions (latent semantic analysis)."""
    held_by = Counter(word for each in words for word in set(each))
    most = max(_TOO_COMMON * len(words), 2)
    known = {
        word: at
        for at, word in enumerate(
            sorted(word for word, count in held_by.items() if _LEAST <= count <= most)
        )
    }
    if len(known) < _LEAST:
        return np.zeros((len(words), 1), dtype=np.float32)
    rarity = np.log((1 + len(words)) / (1 + np.array([held_by[each] for each in known]))) + 1
    columns = [sorted(known[word] for word in set(each) if word in known) for each in words]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.concatenate([np.array(each, dtype=np.int64) for each in columns])
    table = sparse.csr_matrix(
        (rarity[flat], flat, ends), shape=(len(words), len(known)), dtype=np.float64
    )
    lengths = np.sqrt(table.multiply(table).sum(axis=1)).A1
    table = sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ table
    few = min(_DIMENSIONS, len(known) - 1, max(len(words) - 1, 1))
    found = TruncatedSVD(few, random_state=0).fit_transform(table)
    return np.asarray(found, dtype=np.float32)
