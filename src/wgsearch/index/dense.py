"""
What ranks by meaning, wherever the vectors lie: the protocol of the dense leg.

Why a protocol: an index folder holds vectors that one machine can search; what has more asks a
server for them, and nothing above this line knows which of the two it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from wgsearch.answers import Filters
    from wgsearch.embedding import Vectors
    from wgsearch.fusion import Ranking


class Wanted(NamedTuple):
    """
    What papers must be, for a leg that has typed fields of its own to tell them by.

    Attributes:
        filters: As asked.
        in_force: Papers that a revision replaces are left out, unless their symbols are named.
        spoken: Only papers in this language, which is the only one that the encoder reads; None
            for all.
    """

    filters: Filters
    in_force: bool
    spoken: str | None = None


class DenseLeg(Protocol):
    """
    Rows by likeness in meaning.

    Attributes:
        rows: How many there are.
        dimension: Length of a vector.
        at_hand: All vectors can be read in the time of one question: they lie on this machine.
    """

    rows: int
    dimension: int
    at_hand: bool

    def asking(self) -> Self:
        """The leg for one question, whose calls share what time one question may take."""

    def top(
        self,
        vector: Vectors,
        k: int,
        allowed: NDArray[np.bool_] | None = None,
        wanted: Wanted | None = None,
    ) -> Ranking:
        """
        The best k rows among those allowed.

        Args:
            vector: *Shape:* (dimension,), float32, unit length.
            k: How many at most.
            allowed: *Shape:* (rows,). None allows all.
            wanted: What of `allowed` follows from filters: all rows allowed are wanted.

        Raises:
            PartGoneError: The vectors lie elsewhere, and nothing came back in time.
        """

    def stored(self, rows: range) -> Vectors:
        """
        Rows that follow one another, as they were written.

        Returns:
            *Shape:* (n, dimension).

        Raises:
            PartGoneError: Likewise.
        """

    def scores(self, vector: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """
        Cosines of named rows.

        Args:
            vector: *Shape:* (dimension,), float32, unit length.
            rows: *Shape:* (n,).

        Returns:
            *Shape:* (n,).

        Raises:
            PartGoneError: Likewise.
        """
