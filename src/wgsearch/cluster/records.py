"""
What is put into a collection and what comes out of it, whoever talks to the server.

Why apart from its client: what asks and publishes can be read and tested without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray

    from wgsearch.cluster.expression import Expression
    from wgsearch.embedding import Vectors

# A server answers no more rows to one call.
MOST_ROWS = 16_384
# A field holds no longer text.
TEXT_BYTES = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """
    What the rows of a collection look like.

    Attributes:
        dimension: Length of a vector.
        key_bytes: Longest key of a symbol, in bytes.
        keys: Most keys of a paper.
        body_bytes: Longest name of a body.
        citation_bytes: Longest citation.
        warnings: Most warnings of a paper.
    """

    dimension: int
    key_bytes: int
    keys: int
    body_bytes: int
    citation_bytes: int
    warnings: int


class Collection(NamedTuple):
    """
    A collection as a server describes it.

    Attributes:
        name: Its own name, whichever alias was asked for.
        note: What was noted of it when it was made; None for one that we did not make.
    """

    name: str
    note: str | None


class Found(NamedTuple):
    """
    Rows that a server found.

    Attributes:
        rows: *Shape:* (n,), int64.
        scores: Cosines. *Shape:* (n,), float64.
    """

    rows: NDArray[np.int64]
    scores: NDArray[np.float64]


class Searched(Protocol):
    """
    What a question needs of a server.

    Attributes:
        name: How it is called in messages.
    """

    name: str

    def search(
        self, name: str, vector: Vectors, k: int, where: Expression | None, timeout_s: float
    ) -> Found:
        """The rows nearest to a vector among those that pass. Raises PartGoneError."""

    def count(self, name: str, *, timeout_s: float, now: bool) -> int:
        """How many rows are searched; `now` waits for no writer. Raises PartGoneError."""

    def fetch(
        self, name: str, where: Expression, fields: Sequence[str], timeout_s: float
    ) -> list[dict[str, Any]]:
        """Fields of rows that pass, in no order. Raises PartGoneError."""


def cut(text: str) -> str:
    """A text as long as a field may be; only a passage of one giant word is longer."""
    return text.encode()[:TEXT_BYTES].decode("utf-8", "ignore")
