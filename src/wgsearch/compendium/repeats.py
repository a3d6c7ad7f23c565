"""
paragraphs -> which of them say the same in several papers: word for word, nearly, or again.

Why several ways to look: equal paragraphs and sentences are found by a table; nearly equal ones
share runs of words, of which a few stand for all; what is said again in other words shares a topic,
and only there are all paragraphs compared with one another.
"""

from __future__ import annotations

import heapq
import zlib
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgsearch.announcements import is_announcement
from wgsearch.compendium.records import Repeated
from wgsearch.compendium.standing import is_business
from wgsearch.duplicates import shingles, telling
from wgsearch.index.sayings import words_of
from wgsearch.index.store import Said
from wgsearch.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.grouping import Cluster
    from wgsearch.compendium.records import Place, Repeat
    from wgsearch.compendium.weighing import Weights

# Shorter paragraphs ("The Committee decided to defer the item.") repeat without telling anything.
LEAST_WORDS = 12
# Runs of three words that both have, of those that either has.
NEAR = 0.6
# Cosine, and words in common of the shorter one's by what they tell, from which two paragraphs of
# a topic say the same again: docs/decisions/0026-topics.md.
RESTATED_COSINE = 0.80
RESTATED_WORDS = 0.45
# Of the runs of a paragraph so many, the same for equal runs, are looked up: two that share six in
# ten share one of them but once in a thousand times.
_SKETCH = 8
# A run that more paragraphs have is a formula.
_FORMULA = 60
# Rows of a topic compared at once.
_BLOCK = 512
# Sets of runs kept in memory.
_KEPT = 8192
_ORDER: tuple[Repeat, ...] = ("verbatim", "near", "restated")


class _Edge(NamedTuple):
    """Two paragraphs that say the same, and how."""

    one: int
    other: int
    kind: Repeat


class _Said:
    """
    What paragraphs say, word by word.

    Attributes:
        firsts: Rows long enough to compare, earliest first; of equal ones only the earliest.
        copies: For such a row those of equal words, earliest first.
    """

    def __init__(self, paragraphs: Paragraphs) -> None:
        # Joined, since a hundred thousand lists of words take a gigabyte.
        self._words = [b" ".join(words) for words in _words(paragraphs)]
        earliest: dict[bytes, int] = {}
        self.firsts: list[int] = []
        self.copies: dict[int, list[int]] = {}
        for row in sorted(range(len(self._words)), key=lambda row: _when(paragraphs, row)):
            if self._words[row].count(b" ") + 1 < LEAST_WORDS:
                continue
            first = earliest.setdefault(self._words[row], row)
            if first == row:
                self.firsts.append(row)
            else:
                self.copies.setdefault(first, []).append(row)

    def words(self, row: int) -> list[bytes]:
        """The words of a paragraph; none of one that only announces its paper."""
        return self._words[row].split()


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
    said = _Said(paragraphs)
    edges: dict[int, dict[int, Repeat]] = {}
    for one, other, kind in (
        *_near(paragraphs, said),
        *_same_sentences(paragraphs, said),
        *_restated(paragraphs, weights, said, clusters),
    ):
        # A pair is found as near before it is found as restated.
        edges.setdefault(one, {}).setdefault(other, kind)
        edges.setdefault(other, {}).setdefault(one, kind)
    return tuple(sorted(_groups(paragraphs, said, edges), key=_rank))


def _rank(found: Repeated) -> tuple[int, int, str, int]:
    """Those of most papers first, then the most alike, then by paper."""
    papers = len({each.symbol for each in found.places})
    first = found.places[0]
    return -papers, _ORDER.index(found.kind), first.symbol, first.index


def _groups(
    paragraphs: Paragraphs, said: _Said, edges: Mapping[int, Mapping[int, Repeat]]
) -> Iterator[Repeated]:
    """Each paragraph that is in no group with what repeats it, earliest first."""
    taken: set[int] = set()
    for row in said.firsts:
        if row in taken:
            continue
        rows, kinds = [row], set()
        language = paragraphs.places[row].language
        for other, kind in ((row, "verbatim"), *edges.get(row, {}).items()):
            if other in taken:
                continue
            same = (
                [other, *said.copies.get(other, ())] if other != row else said.copies.get(row, ())
            )
            added = [each for each in same if paragraphs.places[each].language == language]
            rows += added
            kinds |= {kind} if added else set()
        if len({paragraphs.places[each].symbol for each in rows}) > 1:
            taken.update(rows)
            yield Repeated(
                kind=max(kinds, key=_ORDER.index),
                places=tuple(
                    paragraphs.places[each]
                    for each in sorted(rows, key=lambda each: _when(paragraphs, each))
                ),
            )


def _near(paragraphs: Paragraphs, said: _Said) -> Iterator[_Edge]:
    """Paragraphs that share most runs of words."""
    runs = lru_cache(maxsize=_KEPT)(lambda row: shingles(said.words(row)))
    compared: set[tuple[int, int]] = set()
    for rows in _buckets(said.firsts, [_sketch(shingles(said.words(row))) for row in said.firsts]):
        for one, other in combinations(rows[:_FORMULA], 2):
            if (one, other) in compared or not _is_across(paragraphs, one, other):
                continue
            compared.add((one, other))
            first, second = runs(one), runs(other)
            if min(len(first), len(second)) < NEAR * max(len(first), len(second)):
                continue
            both = len(first & second)
            if both >= NEAR * (len(first) + len(second) - both):
                yield _Edge(one, other, "near")


def _buckets(rows: Sequence[int], sketches: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Rows that have a number in common, in their order."""
    owners = np.repeat(np.arange(len(rows)), [len(each) for each in sketches])
    numbers = np.fromiter((each for some in sketches for each in some), np.uint32, len(owners))
    order = np.lexsort((owners, numbers))
    starts = np.flatnonzero(np.diff(numbers[order])) + 1
    for some in np.split(owners[order], starts):
        if len(some) > 1:
            yield [rows[at] for at in some.tolist()]


def _sketch(runs: set[tuple[bytes, ...]]) -> list[int]:
    """The smallest of the numbers of some runs: sets that share much share some of these."""
    return heapq.nsmallest(_SKETCH, (zlib.crc32(b" ".join(each)) for each in runs))


def _same_sentences(paragraphs: Paragraphs, said: _Said) -> Iterator[_Edge]:
    """Paragraphs that have a sentence in common, each with the earliest that has it."""
    earliest: dict[bytes, int] = {}
    for row in said.firsts:
        where, text = paragraphs.places[row], paragraphs.texts[row]
        for span in sentences(text, where.language):
            words = b" ".join(_words_of(text[span.start : span.end], where))
            if words.count(b" ") + 1 < LEAST_WORDS or is_business(text[span.start : span.end]):
                continue
            first = earliest.setdefault(words, row)
            if first != row and _is_across(paragraphs, first, row):
                yield _Edge(first, row, "restated")


def _restated(
    paragraphs: Paragraphs, weights: Weights, said: _Said, clusters: Sequence[Cluster]
) -> Iterator[_Edge]:
    """Paragraphs of a topic that are near in meaning and share the words that tell."""
    firsts = frozenset(said.firsts)
    for cluster in clusters:
        rows = sorted(firsts.intersection(cluster.rows))
        vectors = paragraphs.vectors[rows]
        for start in range(0, len(rows), _BLOCK):
            near = vectors[start : start + _BLOCK] @ vectors.T
            for at, there in np.argwhere(near >= RESTATED_COSINE).tolist():
                one, other = rows[start + at], rows[there]
                if (
                    one < other
                    and _is_across(paragraphs, one, other)
                    and weights.shared(one, other) >= RESTATED_WORDS
                    and telling(said.words(one)) == telling(said.words(other))
                ):
                    yield _Edge(one, other, "restated")


def _is_across(paragraphs: Paragraphs, one: int, other: int) -> bool:
    """Whether two paragraphs are of two papers and in one language."""
    first, second = paragraphs.places[one], paragraphs.places[other]
    return first.symbol != second.symbol and first.language == second.language


def _words(paragraphs: Paragraphs) -> Iterator[list[bytes]]:
    """The words of each paragraph; none of one that only announces its paper."""
    for text, where in zip(paragraphs.texts, paragraphs.places, strict=True):
        yield [] if is_announcement(text) else _words_of(text, where)


def _words_of(text: str, where: Place) -> list[bytes]:
    """Words as they are compared."""
    return words_of(Said(where.symbol, where.language, where.part, where.paragraph, text))


def _when(paragraphs: Paragraphs, row: int) -> tuple[str, str, str, int]:
    """By date, paper and paragraph; those without a date come last."""
    where = paragraphs.places[row]
    return where.date or "9999", where.symbol, where.language, where.index
