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

from wgsearch.announcements import is_announcement
from wgsearch.compendium.records import Repeated
from wgsearch.duplicates import shingles, telling
from wgsearch.index.sayings import words_of
from wgsearch.index.store import Said

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
# Rows of a topic compared at once.
_BLOCK = 512
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
    said = [[] if is_announcement(each.text) else words_of(each) for each in _said(paragraphs)]
    order = sorted(range(len(said)), key=lambda row: _when(paragraphs, row))
    edges: dict[int, list[_Edge]] = {}
    for one, other, kind in (
        *_same_words(paragraphs, said, order),
        *_near(paragraphs, said, order),
        *_restated(paragraphs, weights, said, clusters),
    ):
        edges.setdefault(one, []).append(_Edge(other, kind))
        edges.setdefault(other, []).append(_Edge(one, kind))
    return tuple(sorted(_groups(paragraphs, edges, order), key=_rank))


def _rank(found: Repeated) -> tuple[int, int, str, int]:
    """Those of most papers first, then the most alike, then by paper."""
    papers = len({each.symbol for each in found.places})
    first = found.places[0]
    return -papers, _ORDER.index(found.kind), first.symbol, first.index


def _groups(
    paragraphs: Paragraphs, edges: Mapping[int, Sequence[_Edge]], order: Sequence[int]
) -> Iterator[Repeated]:
    """Each paragraph that is in no group with what repeats it, earliest first."""
    taken: set[int] = set()
    for row in order:
        if row in taken:
            continue
        kinds: dict[int, Repeat] = {}
        for other, kind in edges.get(row, ()):
            if other not in taken:
                kinds[other] = min(kind, kinds.get(other, kind), key=_ORDER.index)
        rows = [row, *sorted(kinds, key=lambda each: _when(paragraphs, each))]
        if len({paragraphs.places[each].symbol for each in rows}) > 1:
            taken.update(rows)
            yield Repeated(
                kind=max(kinds.values(), key=_ORDER.index),
                places=tuple(paragraphs.places[each] for each in rows),
            )


def _same_words(
    paragraphs: Paragraphs, said: Sequence[Sequence[bytes]], order: Sequence[int]
) -> Iterator[tuple[int, int, Repeat]]:
    """Paragraphs of equal words, each with the earliest."""
    first: dict[tuple[bytes, ...], int] = {}
    for row in order:
        if len(said[row]) < LEAST_WORDS:
            continue
        earliest = first.setdefault(tuple(said[row]), row)
        if earliest != row and _is_across(paragraphs, earliest, row):
            yield earliest, row, "verbatim"


def _near(
    paragraphs: Paragraphs, said: Sequence[Sequence[bytes]], order: Sequence[int]
) -> Iterator[tuple[int, int, Repeat]]:
    """Paragraphs that share most runs of words; of equal ones only the earliest is compared."""
    runs: dict[int, set[tuple[bytes, ...]]] = {}
    seen: set[tuple[bytes, ...]] = set()
    buckets: dict[int, list[int]] = {}
    for row in order:
        words = tuple(said[row])
        if len(words) < LEAST_WORDS or words in seen:
            continue
        seen.add(words)
        runs[row] = shingles(words)
        for number in _sketch(runs[row]):
            buckets.setdefault(number, []).append(row)
    compared: set[tuple[int, int]] = set()
    for rows in buckets.values():
        for at, other in enumerate(rows[:_FORMULA]):
            for one in rows[:at]:
                if (one, other) in compared or not _is_across(paragraphs, one, other):
                    continue
                compared.add((one, other))
                if len(runs[one] & runs[other]) >= NEAR * len(runs[one] | runs[other]):
                    yield one, other, "near"


def _sketch(runs: set[tuple[bytes, ...]]) -> list[int]:
    """The smallest of the numbers of some runs: sets that share much share some of these."""
    return heapq.nsmallest(_SKETCH, (zlib.crc32(b" ".join(each)) for each in runs))


def _restated(
    paragraphs: Paragraphs,
    weights: Weights,
    said: Sequence[Sequence[bytes]],
    clusters: Sequence[Cluster],
) -> Iterator[tuple[int, int, Repeat]]:
    """Paragraphs of a topic that are near in meaning and share the words that tell."""
    for cluster in clusters:
        rows = sorted(row for row in cluster.rows if len(said[row]) >= LEAST_WORDS)
        vectors = paragraphs.vectors[rows]
        for start in range(0, len(rows), _BLOCK):
            near = vectors[start : start + _BLOCK] @ vectors.T
            for at, there in np.argwhere(near >= RESTATED_COSINE).tolist():
                one, other = rows[start + at], rows[there]
                if (
                    one < other
                    and _is_across(paragraphs, one, other)
                    and weights.shared(one, other) >= RESTATED_WORDS
                    and telling(said[one]) == telling(said[other])
                ):
                    yield one, other, "restated"


def _is_across(paragraphs: Paragraphs, one: int, other: int) -> bool:
    """Whether two paragraphs are of two papers and in one language."""
    first, second = paragraphs.places[one], paragraphs.places[other]
    return first.symbol != second.symbol and first.language == second.language


def _said(paragraphs: Paragraphs) -> Iterator[Said]:
    """What each paragraph says, whole."""
    for text, each in zip(paragraphs.texts, paragraphs.places, strict=True):
        yield Said(each.symbol, each.language, each.part, each.paragraph, text)


def _when(paragraphs: Paragraphs, row: int) -> tuple[str, str, str, int]:
    """By date, paper and paragraph; those without a date come last."""
    where = paragraphs.places[row]
    return where.date or "9999", where.symbol, where.language, where.index
