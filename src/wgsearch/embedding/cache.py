"""
texts -> their vectors, from a file where they are known: nothing is encoded twice.

Why by content: a paper that moves or is renamed costs nothing, a changed one its own
paragraphs only.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from wgsearch.errors import IndexUnwritableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from wgsearch.embedding.encoder import Encoder, Tokens, TokenSpans, Vectors

# So many texts are encoded together; a killed build loses at most these.
BATCH = 64
# What SQLite says when the disk is at fault, not the file: then the file stays as it is.
_DISK = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
}
# Vectors stored for more texts than SQLite takes as parameters of one question.
_LOOKUP = 500
# Codes are long, so they are a table of their own, with rows beside the key.
_VECTORS = (
    "CREATE TABLE IF NOT EXISTS vectors (encoder TEXT, text BLOB, vector BLOB,"
    " checksum INTEGER, PRIMARY KEY (encoder, text)) WITHOUT ROWID"
)
_CODES = (
    "CREATE TABLE IF NOT EXISTS codes (encoder TEXT, text BLOB, code BLOB,"
    " checksum INTEGER, PRIMARY KEY (encoder, text))"
)


class TokenCodec(Protocol):
    """How the tokens of a text are kept."""

    @property
    def identity(self) -> str:
        """Equal identities mean equal bytes for equal tokens."""

    @property
    def older(self) -> str | None:
        """Identity of what lacks nothing but places; None where there is no such thing."""

    def pack(self, tokens: Tokens) -> bytes:
        """The tokens of one text as bytes."""

    def renewed(self, code: bytes, spans: TokenSpans) -> bytes | None:
        """What `pack` gives, from older bytes and the places of the tokens; None if it cannot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedVectors:
    """
    Vectors of texts, most of them perhaps from the cache.

    Attributes:
        rows: *Shape:* (n, dimension), float32, unit rows, in the order of the texts.
        codes: Packed tokens of each text; None when none were asked for, or when the encoder
            has no vectors of tokens.
        encoded: How many texts were encoded now; equal texts count once.
    """

    rows: Vectors
    codes: tuple[bytes, ...] | None
    encoded: int


class Known(NamedTuple):
    """
    What is stored for a text.

    Attributes:
        row: Its vector. *Shape:* (dimension,), float32, unit length.
        code: Its packed tokens; None where they were not asked for, or there are none.
    """

    row: Vectors
    code: bytes | None


class EmbeddingCache:
    """
    Vectors by encoder and SHA-256 of the text, and beside them packed tokens, in one SQLite file.

    It is a cache: a damaged file is started anew, a damaged vector is encoded again.

    Args:
        path: The file; made where it is missing.

    Raises:
        IndexUnwritableError: By every method: the disk is full, fails, or may not be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = _opened(path)
        except sqlite3.Error as error:
            self._file = self._anew(error)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _anew(self, error: sqlite3.Error) -> sqlite3.Connection:
        """A new file in place of a damaged one, where it is the file that is at fault."""
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:  # not of the file: the module was used wrongly
            raise error
        if (code & 0xFF) in _DISK:
            raise IndexUnwritableError(
                f"cannot write {str(self._path)!r}: {error}; make room, or rights to write "
                "there, and run the command again; what was in use is untouched"
            ) from error
        for each in (self._path, self._path.with_name(f"{self._path.name}-journal")):
            each.unlink(missing_ok=True)
        return _opened(self._path)

    def _renew(self, error: sqlite3.Error) -> None:
        """Go on with a new file, where this one is damaged."""
        damaged, self._file = self._file, self._anew(error)
        damaged.close()

    def encode(
        self,
        encoder: Encoder,
        texts: Sequence[str],
        progress: Callable[[int, int], None] | None = None,
        tokens: TokenCodec | None = None,
    ) -> CachedVectors:
        """
        Vectors of passages; only what is not stored is encoded, and stored as it comes.

        Args:
            encoder: What encodes.
            texts: Texts, in any number and order.
            progress: Called with how many texts are encoded so far, and how many are missing.
            tokens: How to keep the tokens of the texts; None to keep none. A text whose vector
                is known without its tokens is encoded once more.
        """
        try:
            return self._encode(encoder, texts, progress, tokens)
        except sqlite3.Error as error:
            self._renew(error)
            return self._encode(encoder, texts, progress, tokens)

    def _encode(
        self,
        encoder: Encoder,
        texts: Sequence[str],
        progress: Callable[[int, int], None] | None,
        tokens: TokenCodec | None,
    ) -> CachedVectors:
        codec = tokens if tokens and encoder.has_tokens else None
        keys = [key_of(text) for text in texts]
        vectors, codes = self._known_of(encoder, codec, dict(zip(keys, texts, strict=True)))
        missing = {
            key: text
            for key, text in zip(keys, texts, strict=True)
            if key not in vectors or (codec and key not in codes)
        }
        waiting = _longest_first(missing)
        for start in range(0, len(waiting), BATCH):
            batch = waiting[start : start + BATCH]
            rows, packed = encoded_batch(encoder, codec, [missing[key] for key in batch])
            # A vector that is known stays: encoded among other texts, its last digits differ.
            pairs = zip(batch, rows, strict=True)
            new = {key: row for key, row in pairs if key not in vectors}
            new_codes = dict(zip(batch, packed, strict=True)) if codec else {}
            self._store(encoder, codec, new, new_codes)
            vectors.update(new)
            codes.update(new_codes)
            if progress:
                progress(start + len(batch), len(waiting))
        stacked = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
        for at, key in enumerate(keys):
            stacked[at] = vectors[key]
        return CachedVectors(
            rows=stacked,
            codes=tuple(codes[key] for key in keys) if codec else None,
            encoded=len(waiting),
        )

    def _known_of(
        self, encoder: Encoder, codec: TokenCodec | None, texts: Mapping[bytes, str]
    ) -> tuple[dict[bytes, Vectors], dict[bytes, bytes]]:
        """Vectors and codes that are stored; codes of an older form are renewed."""
        keys = list(texts)
        vectors = self._known_vectors(encoder, keys)
        codes = self._known_codes(encoder, codec, keys) if codec else {}
        if codec and codec.older:
            lacking = {key: texts[key] for key in vectors.keys() - codes.keys()}
            codes |= self._renewed_codes(encoder, codec, lacking)
        return vectors, codes

    def waiting(
        self, encoder: Encoder, texts: Sequence[str], tokens: TokenCodec | None = None
    ) -> list[str]:
        """The texts that `encode` would encode, each once, in the order of its batches."""
        codec = tokens if tokens and encoder.has_tokens else None
        by_key = {key_of(text): text for text in texts}
        vectors, codes = self._known_of(encoder, codec, by_key)
        lacking = {
            key: text
            for key, text in by_key.items()
            if key not in vectors or (codec and key not in codes)
        }
        return [by_key[key] for key in _longest_first(lacking)]

    def take(
        self,
        encoder: Encoder,
        texts: Sequence[str],
        rows: Vectors,
        codes: Sequence[bytes],
        tokens: TokenCodec | None = None,
    ) -> None:
        """
        Store what was encoded elsewhere, as `encode` stores a batch of its own.

        Args:
            encoder: What encoded it.
            texts: The texts of one batch.
            rows: Their vectors. *Shape:* (texts, dimension), float32, unit rows.
            codes: Their packed tokens; empty where there are none.
            tokens: What packed them.
        """
        codec = tokens if tokens and encoder.has_tokens else None
        keys = [key_of(text) for text in texts]
        stored = self._known_vectors(encoder, keys)
        pairs = zip(keys, rows, strict=True)
        new = {key: row for key, row in pairs if key not in stored}
        packed = dict(zip(keys, codes, strict=True)) if codec else {}
        self._store(encoder, codec, new, packed)

    def known(
        self, encoder: Encoder, keys: Sequence[bytes], tokens: TokenCodec | None = None
    ) -> dict[bytes, Known]:
        """
        What is stored for texts, whole; a text without its tokens is not known where they count.

        Args:
            encoder: What encoded them.
            keys: Keys of texts, see `key_of`.
            tokens: How their tokens are kept; None to ask for vectors alone.
        """
        try:
            return self._all_known(encoder, keys, tokens)
        except sqlite3.Error as error:
            self._renew(error)
            return {}

    def _all_known(
        self, encoder: Encoder, keys: Sequence[bytes], tokens: TokenCodec | None
    ) -> dict[bytes, Known]:
        codec = tokens if tokens and encoder.has_tokens else None
        wanted = list(keys)
        vectors = self._known_vectors(encoder, wanted)
        if codec is None:
            return {key: Known(row, None) for key, row in vectors.items()}
        codes = self._known_codes(encoder, codec, wanted)
        return {key: Known(row, codes[key]) for key, row in vectors.items() if key in codes}

    def _known_vectors(self, encoder: Encoder, keys: list[bytes]) -> dict[bytes, Vectors]:
        """Stored vectors that are whole."""
        length = 4 * encoder.dimension
        return {
            key: np.frombuffer(blob, dtype="<f4").astype(np.float32)
            for key, blob in self._whole("vectors", "vector", encoder.identity, keys)
            if len(blob) == length
        }

    def _known_codes(
        self, encoder: Encoder, codec: TokenCodec, keys: list[bytes]
    ) -> dict[bytes, bytes]:
        """Stored codes that are whole."""
        return dict(self._whole("codes", "code", _codes_of(encoder, codec.identity), keys))

    def _renewed_codes(
        self, encoder: Encoder, codec: TokenCodec, texts: Mapping[bytes, str]
    ) -> dict[bytes, bytes]:
        """Codes from older ones, without encoding; stored as they are now."""
        older = _codes_of(encoder, codec.older or "")
        found = {
            key: code
            for key, old in self._whole("codes", "code", older, list(texts))
            if (code := codec.renewed(old, encoder.spans_of(texts[key]))) is not None
        }
        self._store(encoder, codec, {}, found)
        return found

    def _whole(
        self, table: str, column: str, identity: str, keys: list[bytes]
    ) -> Iterator[tuple[bytes, bytes]]:
        """Keys and what is stored for them, where its checksum is right."""
        wanted = set(keys)
        for some in _batches(sorted(set(keys)), _LOOKUP):
            marks = ",".join("?" * len(some))
            for key, blob, checksum in self._file.execute(
                f"SELECT text, {column}, checksum FROM {table} WHERE encoder = ? AND text IN ({marks})",  # noqa: E501, S608 - only our own names and question marks are put in
                (identity, *some),
            ):
                # A damaged file may lead from a key to the row of another one, or to no bytes.
                if key in wanted and isinstance(blob, bytes) and _is_right(key, blob, checksum):
                    yield key, blob

    def _store(
        self,
        encoder: Encoder,
        codec: TokenCodec | None,
        rows: dict[bytes, Vectors],
        codes: dict[bytes, bytes],
    ) -> None:
        """Write one batch and make it last."""
        with self._file:
            self._put(
                "vectors",
                encoder.identity,
                {key: row.astype("<f4").tobytes() for key, row in rows.items()},
            )
            if codec:
                self._put("codes", _codes_of(encoder, codec.identity), codes)

    def _put(self, table: str, identity: str, blobs: dict[bytes, bytes]) -> None:
        """Rows of one table, each with its checksum."""
        self._file.executemany(
            f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?, ?)",  # noqa: S608 - our own names
            [(identity, key, blob, _checksum(key, blob)) for key, blob in blobs.items()],
        )


def _checksum(key: bytes, blob: bytes) -> int:
    """Of what is stored, and of what it is stored for."""
    return zlib.crc32(blob, zlib.crc32(key))


def _is_right(key: bytes, blob: bytes, checksum: object) -> bool:
    """Whether a row is as it was stored; older ones have a checksum of the blob alone."""
    return checksum in (_checksum(key, blob), zlib.crc32(blob))


def key_of(text: str) -> bytes:
    """By what a text is known: its SHA-256."""
    return hashlib.sha256(text.encode()).digest()


def _longest_first(missing: Mapping[bytes, str]) -> list[bytes]:
    """Keys in the order of encoding: longest first, so that a batch has texts of one length."""
    return sorted(missing, key=lambda key: (-len(missing[key]), key))


def encoded_batch(
    encoder: Encoder, codec: TokenCodec | None, texts: list[str]
) -> tuple[Vectors, list[bytes]]:
    """Rows of the texts, and their packed tokens where there is a codec."""
    if codec is None:
        return encoder.encode(texts), []
    found = encoder.encode_tokens(texts)
    return found.rows, [codec.pack(tokens) for tokens in found.tokens or ()]


def _codes_of(encoder: Encoder, codec: str) -> str:
    """Under which name codes are stored: what encoded them, and what packed them."""
    return f"{encoder.identity}/{codec}"


def _opened(path: Path) -> sqlite3.Connection:
    """The cache file, with its tables."""
    connection = sqlite3.connect(path)
    # No column holds text that is read: where damage makes it so, it is bytes like any other.
    connection.text_factory = bytes
    with contextlib.ExitStack() as failed:
        failed.callback(connection.close)
        connection.execute(_VECTORS)
        connection.execute(_CODES)
        connection.commit()
        failed.pop_all()
    return connection


def _batches(keys: list[bytes], size: int) -> Iterator[list[bytes]]:
    """The keys, so many at a time."""
    return (keys[start : start + size] for start in range(0, len(keys), size))
