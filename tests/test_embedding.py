"""Nothing is encoded twice, and never with weights that are not the published ones."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.embedding import DEFAULT_SHA256, EmbeddingCache, SentenceTransformerEncoder
from wgsearch.errors import EncoderUnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder, Vectors


class Counting:
    """Counts what it encodes, and gives up after so many texts."""

    dimension = 64

    def __init__(self, encoder: Encoder, *, name: str = "counting", most: int = 10**6) -> None:
        self.identity = name
        self.encoded: list[str] = []
        self._encoder = encoder
        self._most = most

    def encode(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """As the encoder inside."""
        if len(self.encoded) + len(texts) > self._most:
            raise RuntimeError("killed")
        self.encoded += texts
        return self._encoder.encode(texts, progress)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[EmbeddingCache]:
    """A new cache."""
    opened = EmbeddingCache(tmp_path / "embeddings.sqlite")
    yield opened
    opened.close()


def test_nothing_is_encoded_twice(cache: EmbeddingCache, encoder: Encoder) -> None:
    """A text seen before, or twice at once, costs nothing; rows keep the order of the texts."""
    counting = Counting(encoder)
    assert cache.encode(counting, ["a", "bb", "a"]).encoded == 2
    again = cache.encode(counting, ["bb", "c", "a"])
    assert again.encoded == 1
    assert sorted(counting.encoded) == ["a", "bb", "c"]
    assert np.array_equal(again.rows, encoder.encode(["bb", "c", "a"]))


def test_encoders_are_kept_apart(cache: EmbeddingCache, encoder: Encoder) -> None:
    """Vectors of another encoder are never taken for this one's."""
    assert cache.encode(Counting(encoder, name="one"), ["a"]).encoded == 1
    assert cache.encode(Counting(encoder, name="two"), ["a"]).encoded == 1


def test_killed_build_loses_one_batch(cache: EmbeddingCache, encoder: Encoder) -> None:
    """What was encoded before a crash is there afterwards."""
    texts = [f"text {number}" for number in range(200)]
    failing = Counting(encoder, most=130)
    with pytest.raises(RuntimeError, match="killed"):
        cache.encode(failing, texts)
    counting = Counting(encoder)
    assert cache.encode(counting, texts).encoded == 200 - 128


def test_damaged_vector_is_encoded_again(tmp_path: Path, encoder: Encoder) -> None:
    """A flipped byte in the cache never reaches an answer."""
    path = tmp_path / "embeddings.sqlite"
    cache = EmbeddingCache(path)
    cache.encode(encoder, ["a"])
    cache.close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE vectors SET vector = zeroblob(256)")
    connection.commit()
    connection.close()
    cache = EmbeddingCache(path)
    again = cache.encode(encoder, ["a"])
    cache.close()
    assert again.encoded == 1
    assert np.array_equal(again.rows, encoder.encode(["a"]))


def test_damaged_cache_is_started_anew(tmp_path: Path, encoder: Encoder) -> None:
    """A cache file that is no database costs time, not the build."""
    path = tmp_path / "embeddings.sqlite"
    path.write_bytes(b"no database" * 200)
    cache = EmbeddingCache(path)
    assert cache.encode(encoder, ["a"]).encoded == 1
    cache.close()


def test_progress_names_what_is_missing(cache: EmbeddingCache, encoder: Encoder) -> None:
    """Progress counts the texts that are encoded, not those that were there."""
    cache.encode(encoder, ["a"])
    told: list[tuple[int, int]] = []
    cache.encode(encoder, ["a", "b", "c"], lambda done, total: told.append((done, total)))
    assert told == [(2, 2)]


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
