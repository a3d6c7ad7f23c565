"""A question asked again is not encoded again, and its vectors are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.embedding import RememberingEncoder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.embedding import Encoded, Encoder, Role, TokenSpans, Vectors


class Counting:
    """An encoder that counts how often it is asked."""

    has_tokens = True

    def __init__(self, inner: Encoder) -> None:
        self._inner = inner
        self.identity = inner.identity
        self.dimension = inner.dimension
        self.encoded: list[tuple[tuple[str, ...], Role]] = []
        self.read: list[tuple[str, Role]] = []

    def encode(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Vectors:
        """As the encoder inside."""
        return self._inner.encode(texts, progress, role=role)

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """Likewise, counted."""
        self.encoded.append((tuple(texts), role))
        return self._inner.encode_tokens(texts, progress, role=role)

    def spans_of(self, text: str, *, role: Role = "passage") -> TokenSpans:
        """Likewise."""
        self.read.append((text, role))
        return self._inner.spans_of(text, role=role)


@pytest.fixture
def counting(encoder: Encoder) -> Counting:
    """An encoder that counts."""
    return Counting(encoder)


def test_a_question_asked_again_is_not_encoded_again(counting: Counting) -> None:
    """The second time it has the same vectors, and the network had nothing to do."""
    remembering = RememberingEncoder(counting)
    first = remembering.encode_tokens(["debt bondage", "fees"], role="question")
    again = remembering.encode_tokens(["debt bondage", "fees"], role="question")
    expected = counting.encode_tokens(["debt bondage", "fees"], role="question")
    assert np.array_equal(again.rows, expected.rows)
    assert again is first
    assert len(counting.encoded) == 2  # once by it, once by this test


def test_other_words_are_another_question(counting: Counting) -> None:
    """Neither order, nor letters, nor where one text ends may be mistaken."""
    remembering = RememberingEncoder(counting)
    asked = (["a b", "c"], ["c", "a b"], ["a b c"], ["A b", "c"])
    for texts in asked:
        found = remembering.encode_tokens(texts, role="question")
        assert np.array_equal(found.rows, counting.encode(texts))
    assert [texts for texts, _ in counting.encoded] == [tuple(each) for each in asked]


def test_passages_are_encoded_anew(counting: Counting) -> None:
    """A build asks for many passages once: none of them takes the place of a question."""
    remembering = RememberingEncoder(counting)
    for _ in range(2):
        remembering.encode_tokens(["debt bondage"])
    assert counting.encoded == [(("debt bondage",), "passage")] * 2


def test_tokens_of_a_text_are_the_encoders(counting: Counting) -> None:
    """A question has other tokens than a passage of the same words."""
    remembering = RememberingEncoder(counting)
    remembering.spans_of("debt bondage")
    remembering.spans_of("debt bondage", role="question")
    assert counting.read == [("debt bondage", "passage"), ("debt bondage", "question")]


def test_nobody_can_change_what_others_get(counting: Counting) -> None:
    """Who writes into vectors that are shared is stopped at once."""
    remembering = RememberingEncoder(counting)
    found = remembering.encode_tokens(["debt bondage"], role="question")
    with pytest.raises(ValueError, match="read-only"):
        found.rows[0] = 0
