"""
Questions asked again -> their vectors, without encoding.

Why bound to one encoder and to nothing else: what an encoder makes of a text depends on both
alone, so it stays true whatever generation is searched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.embedding.encoder import Encoded, Encoder, Role, TokenSpans, Vectors

# A question of twelve words takes 25 kB.
_QUESTION_BYTES = 16 * 1024 * 1024
_OVERHEAD = 512


class RememberingEncoder:
    """
    An encoder that keeps what it made of the last questions.

    Args:
        encoder: What encodes.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._questions: Recent[Encoded] = Recent(_QUESTION_BYTES)

    @property
    def identity(self) -> str:
        """The encoder's own: vectors are the same."""
        return self._encoder.identity

    @property
    def dimension(self) -> int:
        """The encoder's own."""
        return self._encoder.dimension

    @property
    def has_tokens(self) -> bool:
        """The encoder's own."""
        return self._encoder.has_tokens

    def encode(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Vectors:
        """Encoded anew."""
        return self._encoder.encode(texts, progress, role=role)

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """As kept, where the same texts were a question before."""
        if role != "question":
            return self._encoder.encode_tokens(texts, progress, role=role)
        key = tuple(texts)
        found = self._questions.get(key)
        if found is None:
            found = self._encoder.encode_tokens(texts, progress, role=role)
            for array in _arrays(found):
                array.setflags(write=False)  # shared by all who ask
            self._questions.put(key, found, _size(key, found))
        return found

    def spans_of(self, text: str, *, role: Role = "passage") -> TokenSpans:
        """The encoder's own: cheap."""
        return self._encoder.spans_of(text, role=role)


def _arrays(encoded: Encoded) -> list[Vectors]:
    """The vectors of what was encoded."""
    return [encoded.rows, *(each.vectors for each in encoded.tokens or ())]


def _size(texts: tuple[str, ...], encoded: Encoded) -> int:
    """Bytes that it takes."""
    vectors = sum(array.nbytes for array in _arrays(encoded))
    return _OVERHEAD + 2 * sum(map(len, texts)) + vectors
