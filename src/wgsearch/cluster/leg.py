"""
a question -> rows, by a collection: the dense leg over a server.

Why the rows that are allowed are compared again here: what the server says is believed only as
far as the index on this machine agrees, so that no filter is ever violated.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

import numpy as np

from wgsearch.cluster.expression import Between, Not, OneOf, expression_of, narrowed
from wgsearch.cluster.records import MOST_ROWS
from wgsearch.errors import CollectionDamagedError, PartGoneError
from wgsearch.fusion import Ranking, ranked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from typing import TypeVar

    from numpy.typing import NDArray

    from wgsearch.cluster.expression import Expression
    from wgsearch.cluster.records import Found, Searched
    from wgsearch.embedding import Vectors
    from wgsearch.index.dense import Wanted
    from wgsearch.index.store import Store

    T = TypeVar("T")

# So much further than asked is looked, so that equals at the edge are ordered by row.
_SLACK = 16
# So many rows are named in one expression: a server reads its text in a few milliseconds.
MOST_NAMED = 4_096
_ATTEMPTS = 2
# Vectors of so many rows are fetched at a time, of 384 numbers 6 MB.
_FETCHED = 4_096
# A search that took longer may have gone over to another node on its way; none does so in less.
_QUICK_S = 0.1
# Whoever makes a compendium waits for all vectors, and not for an answer.
_FETCH_S = 60.0


class CollectionLeg:
    """
    Rows of a collection by likeness in meaning.

    Args:
        server: The server.
        name: Name of the collection; it is never changed.
        store: Papers and passages of the generation that it was made of.
        dimension: Length of a vector.
        deadline_s: How long one call may take; it is tried once more where it fails.
    """

    def __init__(
        self, server: Searched, name: str, store: Store, dimension: int, deadline_s: float
    ) -> None:
        self.rows, self.dimension, self.at_hand = store.rows, dimension, False
        self._server = server
        self._name = name
        self._store = store
        self._deadline_s = deadline_s
        self._bodies = frozenset((each.body or "").casefold() for each in store.entries)
        self._ends: float | None = None

    def asking(self) -> Self:
        """The leg for one question: all its calls end within the deadline and one retry."""
        own = object.__new__(type(self))
        own.__dict__.update(self.__dict__)
        own._ends = time.monotonic() + _ATTEMPTS * self._deadline_s
        return own

    def top(
        self,
        vector: Vectors,
        k: int,
        allowed: NDArray[np.bool_] | None = None,
        wanted: Wanted | None = None,
    ) -> Ranking:
        """As `DenseLeg.top`."""
        many = min(self.rows if allowed is None else int(np.count_nonzero(allowed)), k + _SLACK)
        if not many:
            return Ranking(rows=np.empty(0, dtype=np.int64), scores=np.empty(0))
        self._demand_whole()
        began = time.monotonic()
        found = [
            self._found(vector, share, where) for where, share in self._parts(many, allowed, wanted)
        ]
        if time.monotonic() - began > _QUICK_S:
            self._demand_whole()
        rows = np.concatenate([each.rows for each in found])
        scores = np.concatenate([each.scores for each in found])
        if allowed is None:
            return ranked(rows, scores, k)
        rows, scores = rows[allowed[rows]], scores[allowed[rows]]
        if len(rows) < many and (every := np.flatnonzero(allowed)).size <= MOST_NAMED:
            # A graph loses its way among the few rows that a narrow filter keeps.
            rows = every
            scores = self._computed(vector, every)
        return ranked(rows, scores, k)

    def scores(self, vector: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """As `DenseLeg.scores`."""
        known: dict[int, float] = {}
        for some in _chunks(rows):
            found = self._found(vector, len(some), OneOf("row", tuple(some.tolist())))
            known.update(zip(found.rows.tolist(), found.scores.tolist(), strict=True))
        # A graph may not lead to each of a few rows; their vectors are asked for instead.
        left = np.array([row for row in rows.tolist() if row not in known], dtype=np.int64)
        known.update(zip(left.tolist(), self._computed(vector, left).tolist(), strict=True))
        return np.array([known[row] for row in rows.tolist()], dtype=np.float64)

    def stored(self, rows: range) -> Vectors:
        """As `DenseLeg.stored`."""
        found = np.empty((len(rows), self.dimension), dtype=np.float32)
        for start in range(rows.start, rows.stop, _FETCHED):
            stop = min(start + _FETCHED, rows.stop)
            some = self._fetched(Between("row", start, stop - 1), lambda: _FETCH_S)
            self._demand(np.arange(start, stop), some)
            for row, own in some.items():
                found[row - rows.start] = own
        return found

    def _computed(self, vector: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """
        Cosines of rows, computed here of their vectors.

        Returns:
            *Shape:* (n,).
        """
        known: dict[int, float] = {}
        for some in _chunks(rows):
            fetched = self._fetched(OneOf("row", tuple(some.tolist())), self._attempt)
            known.update({row: float(own @ vector) for row, own in fetched.items()})
        self._demand(rows, known)
        return np.array([known[row] for row in rows.tolist()], dtype=np.float64)

    def _parts(
        self, many: int, allowed: NDArray[np.bool_] | None, wanted: Wanted | None
    ) -> Iterator[tuple[Expression | None, int]]:
        """
        What is asked of the server, and how many rows of each, so that none allowed is missed.

        Filters are told in its own fields. What else narrows the rows, as words that must stand in
        them, it cannot know: then rows are named, those that remain or those that are left out,
        whichever are fewer.
        """
        if allowed is None:
            yield None, many
            return
        where = expression_of(wanted, self._bodies) if wanted else None
        passing = self._passing(wanted)
        out = np.flatnonzero(passing & ~allowed)
        if not len(out) and not (allowed & ~passing).any():
            yield where, many
        elif len(out) <= MOST_NAMED and not (allowed & ~passing).any():
            yield narrowed(where, Not(OneOf("row", tuple(out.tolist())))), many
        else:
            for some in _chunks(np.flatnonzero(allowed)):
                yield OneOf("row", tuple(some.tolist())), min(many, len(some))

    def _passing(self, wanted: Wanted | None) -> NDArray[np.bool_]:
        """
        Rows that pass what the server is told of filters, as the store on this machine says.

        Returns:
            *Shape:* (rows,).
        """
        if wanted is None:
            return np.ones(self.rows, dtype=np.bool_)
        papers = self._store.select(wanted.filters)
        if wanted.in_force:
            papers &= ~self._store.replaced | self._store.named(wanted.filters.symbols)
        if wanted.spoken:
            papers &= self._store.speaks(wanted.spoken)
        rows: NDArray[np.bool_] = papers[self._store.paper_of]
        return rows & self._store.recommending if wanted.filters.recommendations else rows

    def _found(self, vector: Vectors, many: int, where: Expression | None) -> Found:
        """The nearest rows, in time, all of this index."""
        found = self._tried(
            lambda timeout_s: self._server.search(self._name, vector, many, where, timeout_s)
        )
        if len(found.rows) and not 0 <= found.rows.min() <= found.rows.max() < self.rows:
            raise self._damaged(f"gives row {int(found.rows.max())} of {self.rows}")
        return found

    def _fetched(
        self, where: Expression, timeout_s: Callable[[], float]
    ) -> dict[int, NDArray[np.float32]]:
        """Vectors by row. *Shape:* (dimension,) each."""
        found = self._tried(
            lambda patience: self._server.fetch(self._name, where, ("vector",), patience), timeout_s
        )
        return {int(each["row"]): np.asarray(each["vector"], dtype=np.float32) for each in found}

    def _tried(self, call: Callable[[float], T], timeout_s: Callable[[], float] | None = None) -> T:
        """What a call gives, at the first or the second attempt."""
        patience = timeout_s or self._attempt
        try:
            return call(patience())
        except PartGoneError:
            return call(patience())

    def _attempt(self) -> float:
        """
        Seconds that the next attempt may take.

        Raises:
            PartGoneError: The question has taken all its time.
        """
        if self._ends is None:
            return self._deadline_s
        left = self._ends - time.monotonic()
        if left <= 0:
            raise PartGoneError(
                f"the Milvus server at {self._server.name!r} did not answer within "
                f"{_ATTEMPTS} times {self._deadline_s:g} s"
            )
        return min(self._deadline_s, left)

    def _demand_whole(self) -> None:
        """
        All rows are searched now.

        A cluster whose query node died goes on with what the others hold already: server 2.3.5
        answers from nothing at all until they have loaded the rest, and reports no failure.

        Raises:
            PartGoneError: Some are not.
        """
        there = self._tried(
            lambda timeout_s: self._server.count(self._name, timeout_s=timeout_s, now=True)
        )
        if there != self.rows:
            raise PartGoneError(
                f"the Milvus server at {self._server.name!r} searches {there} of {self.rows} "
                f"passages of collection {self._name!r} just now"
            )

    def _demand(self, rows: NDArray[np.int64], known: Collection[int]) -> None:
        """
        All rows came back.

        Raises:
            PartGoneError: Some did not.
        """
        missing = [row for row in rows.tolist() if row not in known]
        if missing:
            raise PartGoneError(
                f"the Milvus server at {self._server.name!r} lacks {len(missing)} rows of "
                f"collection {self._name!r} just now, the first {missing[0]}"
            )

    def _damaged(self, fault: str) -> CollectionDamagedError:
        return CollectionDamagedError(
            f"collection {self._name!r} at {self._server.name!r} {fault}; "
            "run `wgsearch cluster publish`"
        )


def _chunks(rows: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Rows, as many at a time as one expression names; fewer than a server gives."""
    most = min(MOST_NAMED, MOST_ROWS)
    for start in range(0, len(rows), most):
        yield rows[start : start + most]
