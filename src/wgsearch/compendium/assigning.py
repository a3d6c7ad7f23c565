"""
paragraphs and a taxonomy -> which of its topics each is on, if any.

Why words beside meaning: the name of a topic is short, its vector vague, and a paragraph that uses
its very words is on it. Why less what all have in common: every paragraph of a working group is
near to every topic of its field. docs/decisions/0025-themes.md has the figures.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.compendium.likening import unit

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    Rows = NDArray[np.float32]

# What words count beside meaning, whose cosine is one.
_WORDS = 1.0
# Below so much a paragraph is on no topic of the taxonomy.
LEAST = 0.35


def likeness(
    vectors: Rows,
    words: Sequence[Collection[str]],
    names: Rows,
    names_words: Sequence[Collection[str]],
) -> Rows:
    """
    How much each paragraph is on what each name names.

    Args:
        vectors: A unit vector a paragraph. *Shape:* (paragraphs, dimension).
        words: The words of each that tell something.
        names: A unit vector a name. *Shape:* (names, dimension).
        names_words: The words of each name that tell something.

    Returns:
        Cosine in meaning and cosine in words, together. *Shape:* (paragraphs, names).
    """
    middle = vectors.mean(axis=0)
    meant = unit(vectors - middle) @ unit(names - middle).T
    return (meant + _WORDS * _shared(words, names_words)).astype(np.float32)


def _shared(words: Sequence[Collection[str]], names: Sequence[Collection[str]]) -> Rows:
    """Cosine of words, each weighed by its rarity. *Shape:* (paragraphs, names)."""
    held_by = Counter(word for each in words for word in set(each))
    rarity = {
        word: np.log((1 + len(words)) / (1 + held_by[word])) + 1
        for word in held_by.keys() | {word for each in names for word in each}
    }
    lengths = [_length(each, rarity) for each in names]
    holding: dict[str, list[tuple[int, float]]] = {}
    for at, each in enumerate(names):
        for word in set(each):
            holding.setdefault(word, []).append((at, rarity[word] / lengths[at]))
    shared = np.zeros((len(words), len(names)), dtype=np.float32)
    for row, each in enumerate(words):
        length = _length(each, rarity)
        for word in set(each) & holding.keys():
            for at, weight in holding[word]:
                shared[row, at] += weight * rarity[word] / length
    return shared


def _length(words: Collection[str], rarity: dict[str, float]) -> float:
    return float(np.sqrt(sum(rarity[word] ** 2 for word in sorted(set(words))))) or 1.0
