"""What encodes: rows and tokens of one pass, in the order of the texts, with the right weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.embedding import DEFAULT_SHA256, SentenceTransformerEncoder
from wgsearch.errors import EncoderUnavailableError

if TYPE_CHECKING:
    from pathlib import Path


def test_other_weights_are_refused(tmp_path: Path) -> None:
    """A folder without weights is named before anything is loaded."""
    with pytest.raises(EncoderUnavailableError, match="has no weights"):
        _ = SentenceTransformerEncoder(str(tmp_path)).identity


def test_unknown_encoder_is_not_fetched() -> None:
    """A name that is not here gives an error, not a download."""
    with pytest.raises(EncoderUnavailableError, match="nothing is fetched"):
        _ = SentenceTransformerEncoder("nobody/no-such-encoder").identity


@pytest.mark.model
def test_default_encoder(capfd: pytest.CaptureFixture[str]) -> None:
    """The default encoder knows likeness of meaning, gives unit rows in order, says nothing."""
    encoder = SentenceTransformerEncoder()
    assert encoder.identity == f"all-MiniLM-L6-v2@{DEFAULT_SHA256[:12]}/unit/float32"
    texts = ["Victims should not be punished.", "Non-punishment", "A recipe for soup " * 60]
    rows = encoder.encode(texts)
    assert rows.shape == (3, encoder.dimension)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[0] @ rows[1] > 0.5 > rows[0] @ rows[2]
    assert np.allclose(encoder.encode(texts[:1])[0], rows[0], atol=1e-5)
    assert capfd.readouterr() == ("", "")


@pytest.mark.model
def test_tokens_of_the_default_encoder() -> None:
    """
    One pass gives the rows that `encode` gives, and for each word its place in the text and a
    vector; what is beyond the encoder's reach has none, and an empty text has no tokens.
    """
    encoder = SentenceTransformerEncoder()
    texts = ["Debt bondage, l'Économie", "", "workers " * 400]
    found = encoder.encode_tokens(texts, role="question")
    assert encoder.has_tokens
    assert found.tokens is not None
    assert np.abs(found.rows - encoder.encode(texts)).max() < 1e-6
    short, empty, long = found.tokens
    assert [texts[0][start:end] for start, end in short.spans] == [
        *("Debt", "bond", "age", ",", "l", "'", "Éco", "no", "mie")
    ]
    assert empty.vectors.shape == (0, 384)
    assert len(long.ids) == 254
    for text, tokens in zip(texts, found.tokens, strict=True):
        assert tokens.vectors.shape == (len(tokens.ids), 384)
        assert tokens.vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(tokens.vectors, axis=1), 1, atol=1e-5)
        alone = encoder.spans_of(text)
        assert np.array_equal(alone.ids, tokens.ids)
        assert np.array_equal(alone.spans, tokens.spans)
