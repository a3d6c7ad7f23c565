"""
question and filters -> how many passages match, in all and by what filters tell apart.

Why a bar of its own: by meaning every passage is near to a question to some degree, and the best
so many of a narrower search are others than those of a wider one. Whether a passage matches
depends on it and the question alone, so that counts, totals and lists agree whatever the filters
(docs/decisions/0040-counts.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.answers import Counted, FacetValue, Filters
from wgsearch.index.lexical import Asked
from wgsearch.ranking import allowed_papers, asked_of, encode_question, is_symbols, within_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from wgsearch.answers import Facet, Mode
    from wgsearch.embedding import Encoder
    from wgsearch.index.snapshot import Snapshot
    from wgsearch.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """
    The passages that match a question, whatever the filters.

    Attributes:
        rows: *Shape:* (rows,).
        cosines: How near each is in meaning; None where only words count. *Shape:* (rows,).
    """

    rows: NDArray[np.bool_]
    cosines: NDArray[np.float64] | None

    def within(self, snapshot: Snapshot, filters: Filters, most: int) -> NDArray[np.int64]:
        """
        The rows that match and pass the filters, ascending; of too many, the nearest.

        Args:
            snapshot: What is searched.
            filters: What a passage must be.
            most: How many are wanted.
        """
        rows = np.flatnonzero(self.rows & _passing(snapshot, filters))
        if self.cosines is None or len(rows) <= most:
            return rows[:most]
        return np.sort(rows[np.argsort(-self.cosines[rows], kind="stable")[:most]])


def matching(
    snapshot: Snapshot, question: Question, mode: Mode, encoder: Callable[[], Encoder]
) -> Matching:
    """
    Passages that match: by words alone, those that have one of them; else those that are nearer
    in meaning than papers come to everyday questions that they do not answer, those that have all
    telling words, and of those in languages that the encoder does not read, those that have one.

    Args:
        snapshot: What is searched.
        question: The question; what it demands in words must be there in any case.
        mode: Which legs take part.
        encoder: Asked for only when meaning counts.
    """
    within = within_of(question)
    asked = asked_of(question)
    if mode == "lexical" or (mode == "hybrid" and is_symbols(question)):
        rows = snapshot.lexical.having_any(asked, within)
        if mode == "lexical" or len(rows):
            return Matching(rows=_marked(snapshot, rows), cosines=None)
    cosines = _cosines(snapshot, question, encoder())
    calibration = snapshot.manifest.calibration
    bar = calibration.dense.centre if calibration is not None else -np.inf
    near = cosines >= bar
    if mode != "dense" and (readable := snapshot.readable(encoder().identity)) is not None:
        having = _marked(snapshot, snapshot.lexical.having_any(asked, within))
        near = np.where(readable, near, having)
    if within.narrows:
        near &= _marked(snapshot, snapshot.lexical.matching(within))
    if mode != "dense":
        whole = [
            *(Asked(part.text, part.weight, part.language) for part in question.parts),
            *(Asked(text, names=True) for text in question.cited),
        ]
        near |= _marked(snapshot, snapshot.lexical.having_all(whole, within))
    return Matching(rows=near, cosines=cosines)


def counted(
    snapshot: Snapshot, found: Matching, filters: Filters, facets: Sequence[Facet]
) -> Counted:
    """
    How many passages match, by facet; each leaves out what the filters ask of itself.

    Args:
        snapshot: What is searched.
        found: The passages that match.
        filters: What a passage must be.
        facets: What to count by.
    """
    return Counted(
        total=int(np.count_nonzero(found.rows & _passing(snapshot, filters))),
        anywhere=int(np.count_nonzero(found.rows & _passing(snapshot, Filters()))),
        facets={facet: _values(snapshot, found, filters, facet) for facet in facets},
    )


def _values(
    snapshot: Snapshot, found: Matching, filters: Filters, facet: Facet
) -> tuple[FacetValue, ...]:
    """Counts of every value of a facet."""
    store = snapshot.store
    others = with_value(filters, facet, None)
    rows = found.rows
    if others.recommendations or facet == "recommendations":
        rows = rows & store.recommending
    papers = np.bincount(store.paper_of[rows], minlength=len(store.entries))
    papers = np.where(allowed_papers(snapshot, others), papers, 0)
    return tuple(
        FacetValue(
            value=value,
            count=int(papers[store.select(with_value(Filters(), facet, value))].sum()),
        )
        for value in store.told_apart(facet)
    )


def with_value(filters: Filters, facet: Facet, value: str | None) -> Filters:
    """The filters with one value in the place of what they ask of a facet; None for none."""
    one = () if value is None else (value,)
    match facet:
        case "kind":
            return replace(filters, kinds=one)
        case "language":
            return replace(filters, languages=one)
        case "body":
            return replace(filters, bodies=one)
        case "recommendations":
            return replace(filters, recommendations=value == "true")
        case "year":
            year = None if value is None else int(value)
            return replace(filters, year_from=year, year_to=year)


def _passing(snapshot: Snapshot, filters: Filters) -> NDArray[np.bool_]:
    """Rows that pass the filters. *Shape:* (rows,)."""
    store = snapshot.store
    passing: NDArray[np.bool_] = allowed_papers(snapshot, filters)[store.paper_of]
    return passing & store.recommending if filters.recommendations else passing


def _cosines(snapshot: Snapshot, question: Question, encoder: Encoder) -> NDArray[np.float64]:
    """How near each row is to the question. *Shape:* (rows,)."""
    vector = encode_question(encoder, question).vector
    # One slice of the mapped file: named rows would be copied first.
    stored = snapshot.vectors.stored(range(snapshot.store.rows))
    # Not by matrix multiplication, whose threads go on waiting for more and slow what follows.
    cosines: NDArray[np.float64] = np.einsum("ij,j->i", stored, vector).astype(np.float64)
    return cosines


def _marked(snapshot: Snapshot, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which rows are among those named. *Shape:* (rows,)."""
    marked = np.zeros(snapshot.store.rows, dtype=np.bool_)
    marked[rows] = True
    return marked
