"""
What an encoder promises: texts -> one vector a text, and one a token.

Why both at once: the network computes a vector for every token on its way to the pooled
one, so token vectors cost no second pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Vectors = NDArray[np.float32]
# Where an identity says how precisely its vectors are computed.
_PRECISION = re.compile(r"(?<=/unit)/[a-z]+[0-9]+")
# What a text is to the search. Some models were trained with other words before each.
Role = Literal["question", "passage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenSpans:
    """
    The tokens that an encoder reads of a text, without special tokens and prompt.

    Attributes:
        ids: Their numbers in the encoder's vocabulary. *Shape:* (n,), int32.
        spans: Where each stands in the text as given, in characters, half open, without
            spaces around it. *Shape:* (n, 2), int32.
    """

    ids: NDArray[np.int32]
    spans: NDArray[np.int32]

    @classmethod
    def none(cls) -> TokenSpans:
        """No tokens."""
        return cls(ids=np.zeros(0, dtype=np.int32), spans=np.zeros((0, 2), dtype=np.int32))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """
    The tokens that an encoder reads of a text, each with its vector in this text.

    Attributes:
        ids: Their numbers in the encoder's vocabulary. *Shape:* (n,), int32.
        vectors: *Shape:* (n, dimension of a token's vector), float32, unit rows.
        spans: Where each stands in the text as given, as in `TokenSpans`. *Shape:* (n, 2), int32.
    """

    ids: NDArray[np.int32]
    vectors: Vectors
    spans: NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """
    Texts encoded in one pass.

    Attributes:
        rows: One vector a text. *Shape:* (n, dimension), float32, unit rows.
        tokens: Tokens of each text; None when the encoder has no vectors of tokens.
    """

    rows: Vectors
    tokens: tuple[Tokens, ...] | None


class Encoder(Protocol):
    """Texts to vectors whose inner product is their likeness in meaning."""

    @property
    def identity(self) -> str:
        """
        Name, digest of the weights, normalisation, precision, prompts.

        Equal identities mean equal vectors; those that differ in precision only may be compared
        with one another (`comparable`).
        """

    @property
    def dimension(self) -> int:
        """Length of a text's vector."""

    @property
    def has_tokens(self) -> bool:
        """Whether tokens have vectors; those of encoders without a context have none."""

    def encode(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Vectors:
        """
        One row a text.

        Args:
            texts: Texts; what is beyond the encoder's reach of a text is not read.
            progress: Called with the number of texts done so far.
            role: What the texts are: the encoder puts before them what it was trained with.

        Returns:
            *Shape:* (n, dimension), float32, rows of length 1, in the order of the texts.
        """

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """
        One row a text, as `encode` gives it, and the tokens of each text; in one pass.

        Args:
            texts: Texts; of one beyond the encoder's reach, the tokens that were read are given.
            progress: Called with the number of texts done so far.
            role: What the texts are.
        """

    def spans_of(self, text: str, *, role: Role = "passage") -> TokenSpans:
        """
        The tokens of a text as `encode_tokens` gives them, without their vectors; cheap.

        There are none where tokens have no vectors.
        """


class InOnePass:
    """`encode` for encoders that have no quicker way to rows than to rows and tokens."""

    def encode(
        self: Encoder,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Vectors:
        """The rows of `encode_tokens`."""
        return self.encode_tokens(texts, progress, role=role).rows


def comparable(one: str, other: str) -> bool:
    """
    Whether vectors of two identities may be compared: they differ in precision at most.

    An index that was built where a processor computes in 8 bits is searched where none does.
    """
    return _PRECISION.sub("", one) == _PRECISION.sub("", other)


def unit(vectors: Vectors) -> Vectors:
    """
    Rows of length 1.

    Args:
        vectors: *Shape:* (..., dimension), any length.
    """
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    found: Vectors = (vectors / np.maximum(lengths, np.finfo(np.float32).tiny)).astype(np.float32)
    return found
