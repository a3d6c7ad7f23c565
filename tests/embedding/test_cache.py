"""Nothing is encoded twice, and nothing damaged is used."""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.embedding import EmbeddingCache, Encoded, InOnePass, key_of
from wgsearch.errors import IndexUnwritableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder, Role, Tokens, TokenSpans


class Counting(InOnePass):
    """Counts what it encodes, and gives up after so many texts."""

    dimension = 64

    def __init__(
        self,
        encoder: Encoder,
        *,
        name: str = "counting",
        most: int = 10**6,
        has_tokens: bool = True,
    ) -> None:
        self.identity = name
        self.has_tokens = has_tokens
        self.encoded: list[str] = []
        self._encoder = encoder
        self._most = most

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """As the encoder inside; no tokens where there are none."""
        if len(self.encoded) + len(texts) > self._most:
            raise RuntimeError("killed")
        self.encoded += texts
        found = self._encoder.encode_tokens(texts, progress, role=role)
        return found if self.has_tokens else Encoded(rows=found.rows, tokens=None)

    def spans_of(self, text: str, *, role: Role = "passage") -> TokenSpans:
        """As the encoder inside."""
        return self._encoder.spans_of(text, role=role)


class Plain:
    """Tokens as the bytes of their vectors."""

    def __init__(self, identity: str = "plain", older: str | None = None) -> None:
        self.identity = identity
        self.older = older

    def pack(self, tokens: Tokens) -> bytes:
        """Vectors and places."""
        return tokens.vectors.tobytes() + tokens.spans.tobytes()

    def renewed(self, code: bytes, spans: TokenSpans) -> bytes | None:
        """Places in the stead of those that were packed; None for a text that has no tokens."""
        places = spans.spans.tobytes()
        return code.removesuffix(places) + places if places else None


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


def test_a_vector_of_another_text_is_never_taken(tmp_path: Path, encoder: Encoder) -> None:
    """A damaged file that leads from one text to the row of another one costs two encodings."""
    path = tmp_path / "embeddings.sqlite"
    first = EmbeddingCache(path)
    expected = first.encode(encoder, ["one", "two"]).rows
    first.close()
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        found = file.execute("SELECT text, vector, checksum FROM vectors").fetchall()
        for (text, _, _), (_, vector, checksum) in zip(found, found[::-1], strict=True):
            file.execute(
                "UPDATE vectors SET vector = ?, checksum = ? WHERE text = ?",
                (vector, checksum, text),
            )
    counting = Counting(encoder, name=encoder.identity)
    assert np.array_equal(EmbeddingCache(path).encode(counting, ["one", "two"]).rows, expected)
    assert sorted(counting.encoded) == ["one", "two"]


def test_vectors_of_an_older_cache_are_taken(tmp_path: Path, encoder: Encoder) -> None:
    """What was stored before checksums were made of text and vector is not encoded again."""
    path = tmp_path / "embeddings.sqlite"
    first = EmbeddingCache(path)
    expected = first.encode(encoder, ["one"]).rows
    first.close()
    with contextlib.closing(sqlite3.connect(path)) as file, file:
        [(vector,)] = file.execute("SELECT vector FROM vectors").fetchall()
        file.execute("UPDATE vectors SET checksum = ?", (zlib.crc32(vector),))
    counting = Counting(encoder, name=encoder.identity)
    assert np.array_equal(EmbeddingCache(path).encode(counting, ["one"]).rows, expected)
    assert counting.encoded == []


def test_damaged_cache_is_started_anew(tmp_path: Path, encoder: Encoder) -> None:
    """A cache file that is no database costs time, not the build."""
    path = tmp_path / "embeddings.sqlite"
    path.write_bytes(b"no database" * 200)
    cache = EmbeddingCache(path)
    assert cache.encode(encoder, ["a"]).encoded == 1
    cache.close()


def test_a_cache_damaged_further_in_is_started_anew(tmp_path: Path, encoder: Encoder) -> None:
    """Damage that shows when vectors are looked up costs their encoding, and stops no build."""
    path = tmp_path / "embeddings.sqlite"
    texts = [f"Text number {number}." for number in range(200)]
    first = EmbeddingCache(path)
    expected = first.encode(encoder, texts).rows
    first.close()
    data = bytearray(path.read_bytes())
    data[8192:] = b"\x55" * (len(data) - 8192)
    path.write_bytes(data)
    again = EmbeddingCache(path)
    assert again.known(encoder, [key_of(texts[0])]) == {}
    path.write_bytes(data)
    counting = Counting(encoder, name=encoder.identity)
    found = EmbeddingCache(path).encode(counting, texts)
    assert np.array_equal(found.rows, expected)
    assert len(counting.encoded) == 200


def test_a_full_disk_costs_no_vector(cache: EmbeddingCache, encoder: Encoder) -> None:
    """What fails for want of room is told with the file; what was stored before stays."""
    counting = Counting(encoder)
    cache.encode(counting, ["one"])
    pages = cache._file.execute("PRAGMA page_count").fetchone()[0]
    cache._file.execute(f"PRAGMA max_page_count = {pages}")
    texts = [f"Text number {number}." for number in range(200)]
    with pytest.raises(
        IndexUnwritableError, match=r"embeddings\.sqlite': database or disk is full"
    ):
        cache.encode(counting, texts)
    counting.encoded.clear()
    cache.encode(counting, ["one"])
    assert counting.encoded == []


def test_progress_names_what_is_missing(cache: EmbeddingCache, encoder: Encoder) -> None:
    """Progress counts the texts that are encoded, not those that were there."""
    cache.encode(encoder, ["a"])
    told: list[tuple[int, int]] = []
    cache.encode(encoder, ["a", "b", "c"], lambda done, total: told.append((done, total)))
    assert told == [(2, 2)]


def test_tokens_are_kept_beside_the_vector(cache: EmbeddingCache, encoder: Encoder) -> None:
    """Tokens are packed once a text, come back in the order of the texts, and cost one pass."""
    counting = Counting(encoder)
    first = cache.encode(counting, ["debt", "two words", "debt"], tokens=Plain())
    again = cache.encode(counting, ["two words", "debt"], tokens=Plain())
    packed = [Plain().pack(each) for each in encoder.encode_tokens(["debt", "two words"]).tokens]
    assert first.codes == (packed[0], packed[1], packed[0])
    assert again.codes == (packed[1], packed[0])
    assert (first.encoded, again.encoded) == (2, 0)
    assert sorted(counting.encoded) == ["debt", "two words"]


def test_vector_without_tokens_is_encoded_once_more(
    cache: EmbeddingCache, encoder: Encoder
) -> None:
    """A cache made before tokens were kept goes on working, and is filled once."""
    counting = Counting(encoder)
    before = cache.encode(counting, ["a", "b"])
    assert before.codes is None
    with_tokens = cache.encode(counting, ["a", "b"], tokens=Plain())
    assert with_tokens.encoded == 2
    assert np.array_equal(with_tokens.rows, before.rows)
    assert cache.encode(counting, ["a", "b"], tokens=Plain()).encoded == 0
    assert cache.encode(counting, ["a", "b"], tokens=Plain("other")).encoded == 2


def test_older_tokens_are_renewed_without_encoding(cache: EmbeddingCache, encoder: Encoder) -> None:
    """A cache of an older version goes on working: what its tokens lack is read off the text."""
    counting = Counting(encoder)
    before = cache.encode(counting, ["debt", "!"], tokens=Plain("old"))
    after = cache.encode(counting, ["!", "debt"], tokens=Plain("new", older="old"))
    # A text whose older tokens cannot be renewed is encoded.
    assert after.encoded == 1
    assert sorted(counting.encoded) == ["!", "!", "debt"]
    assert after.codes == tuple(reversed(before.codes or ()))
    assert cache.encode(counting, ["debt", "!"], tokens=Plain("new", older="old")).encoded == 0


def test_encoder_without_tokens_gives_vectors_only(cache: EmbeddingCache, encoder: Encoder) -> None:
    """A static encoder serves as before; nothing is encoded again for want of tokens."""
    counting = Counting(encoder, has_tokens=False)
    assert cache.encode(counting, ["a"], tokens=Plain()).codes is None
    assert cache.encode(counting, ["a"], tokens=Plain()).encoded == 0


def test_damaged_tokens_are_encoded_again(tmp_path: Path, encoder: Encoder) -> None:
    """Flipped bytes in packed tokens never reach an answer."""
    path = tmp_path / "embeddings.sqlite"
    cache = EmbeddingCache(path)
    whole = cache.encode(encoder, ["a", "b"], tokens=Plain())
    cache.close()
    connection = sqlite3.connect(path)
    connection.execute("UPDATE codes SET code = zeroblob(256)")
    connection.commit()
    connection.close()
    cache = EmbeddingCache(path)
    again = cache.encode(encoder, ["a", "b"], tokens=Plain())
    cache.close()
    assert again.encoded == 2
    assert again.codes == whole.codes


def test_cache_of_vectors_alone_is_taken_over(tmp_path: Path, encoder: Encoder) -> None:
    """A cache file of an earlier version, with one table, is read and extended."""
    path = tmp_path / "embeddings.sqlite"
    cache = EmbeddingCache(path)
    before = cache.encode(encoder, ["a"])
    cache.close()
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE codes")
    connection.commit()
    connection.close()
    cache = EmbeddingCache(path)
    assert cache.encode(encoder, ["a"]).encoded == 0
    filled = cache.encode(encoder, ["a"], tokens=Plain())
    cache.close()
    assert filled.encoded == 1
    assert np.array_equal(filled.rows, before.rows)


def test_killed_build_loses_one_batch_of_tokens(cache: EmbeddingCache, encoder: Encoder) -> None:
    """Tokens that were packed before a crash are there afterwards, with their vectors."""
    texts = [f"text {number}" for number in range(200)]
    with pytest.raises(RuntimeError, match="killed"):
        cache.encode(Counting(encoder, most=130), texts, tokens=Plain())
    assert cache.encode(Counting(encoder), texts, tokens=Plain()).encoded == 200 - 128
