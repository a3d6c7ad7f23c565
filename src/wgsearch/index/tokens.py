"""
token vectors -> likeness by late interaction: each token of a question finds its best in a passage.

Why one bit a number: a passage has some 150 tokens, and the sign of each number keeps the
ranking (docs/decisions/0013-late-interaction.md) at a thirty-second of the size.
Source: Khattab and Zaharia, ColBERT (2020), for the sum of best likenesses.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.lib.format import write_array_header_1_0

from wgsearch.errors import IndexDamagedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from wgsearch.embedding import Tokens, Vectors

_HEAD = struct.Struct("<II")
_OFFSETS, _SIGNS, _COUNTS = "offsets.npy", "signs.npy", "counts.npy"
# Not needed to answer: the next build takes them over with the signs.
_IDS = "ids.npy"
# So many rows at a time are unpacked: 64 rows of 150 tokens of 384 numbers are 15 MB.
_UNPACKED = 64
# So many rows are written at a time: 1,024 rows of 150 tokens are 8 MB.
_WRITTEN = 1024
# All bytes as eight numbers, -1 or 1 each.
_AS_SIGNS = (2.0 * np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1) - 1.0).astype(
    np.float32
)
# Candidates that late interaction ranks again, of a question or a probe: unpacking their tokens is
# what a question costs most, and what stands further down is seldom brought up.
LATE_DEPTH = 100


class SignCodec:
    """Tokens as their numbers in the vocabulary and the signs of their vectors."""

    identity = "signs"

    def pack(self, tokens: Tokens) -> bytes:
        """The tokens of one text: count, dimension, ids, signs."""
        signs = np.packbits(tokens.vectors > 0, axis=1)
        head = _HEAD.pack(len(tokens.ids), tokens.vectors.shape[1])
        return head + tokens.ids.astype("<i4").tobytes() + signs.tobytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTokens:
    """
    Tokens of a question.

    Attributes:
        words: The word that each is a piece of; empty for a mark.
        ids: Their numbers in the encoder's vocabulary. *Shape:* (n,), int32.
        vectors: *Shape:* (n, dimension), float32, unit rows.
        weights: How much each counts beside how telling it is. *Shape:* (n,), float64.
    """

    words: tuple[str, ...]
    ids: NDArray[np.int32]
    vectors: Vectors
    weights: NDArray[np.float64]


class Likenesses(NamedTuple):
    """
    How near the tokens of a passage are to those of a question.

    Attributes:
        values: Cosines, about. *Shape:* (tokens of the passage, tokens of the question), float32.
        weights: How telling each token of the question is. *Shape:* (n,), float64.
    """

    values: NDArray[np.float32]
    weights: NDArray[np.float64]


class TokenRows(NamedTuple):
    """
    Tokens of some rows, one row after the other.

    Attributes:
        sizes: Number of tokens of each row. *Shape:* (rows,), int64.
        ids: Their numbers in the encoder's vocabulary. *Shape:* (tokens,), int32.
        signs: Signs of their vectors, eight a byte. *Shape:* (tokens, bytes), uint8.
    """

    sizes: NDArray[np.int64]
    ids: NDArray[np.int32]
    signs: NDArray[np.uint8]


def token_rows(codes: Iterable[bytes]) -> Iterator[TokenRows]:
    """Rows from their codes, as `SignCodec` packs them; some at a time are in memory."""
    remaining = iter(codes)
    while some := list(islice(remaining, _WRITTEN)):
        heads = np.array([_HEAD.unpack_from(code) for code in some], dtype=np.int64)
        counts = heads[:, 0].tolist()
        width = -(-int(heads[:, 1].max()) // 8)
        pairs = list(zip(some, counts, strict=True))
        ids = b"".join(code[_HEAD.size : _HEAD.size + 4 * count] for code, count in pairs)
        signs = b"".join(code[_HEAD.size + 4 * count :] for code, count in pairs)
        yield TokenRows(
            heads[:, 0],
            np.frombuffer(ids, "<i4"),
            np.frombuffer(signs, np.uint8).reshape(-1, width),
        )


def write_tokens(folder: Path, codes: Iterable[bytes]) -> None:
    """
    Write the tokens of all rows into an empty folder; the caller syncs it.

    Args:
        folder: Where to.
        codes: One a row, as `SignCodec` packs them.
    """
    write_token_rows(folder, token_rows(codes))


def write_token_rows(folder: Path, parts: Iterable[TokenRows]) -> None:
    """
    Write the tokens of all rows into an empty folder; the caller syncs it.

    Args:
        folder: Where to.
        parts: All rows, in order.
    """
    sizes = [np.zeros(1, dtype=np.int64)]
    seen = np.zeros((0, 2), dtype=np.int64)
    tokens = width = 0
    with (folder / _SIGNS).open("xb") as signs, (folder / _IDS).open("xb") as ids:
        _write_head(signs, "|u1", (0, 0))
        _write_head(ids, "<i4", (0,))
        for part in parts:
            if len(part.ids):
                width = part.signs.shape[1]
            tokens += len(part.ids)
            sizes.append(part.sizes)
            signs.write(np.ascontiguousarray(part.signs).data)
            ids.write(np.ascontiguousarray(part.ids, dtype="<i4").data)
            seen = _counted(seen, part)
        signs.seek(0)
        _write_head(signs, "|u1", (tokens, width))
        ids.seek(0)
        _write_head(ids, "<i4", (tokens,))
    np.save(folder / _OFFSETS, np.cumsum(np.concatenate(sizes), dtype=np.int64))
    np.save(folder / _COUNTS, seen)


class StoredTokens:
    """
    Tokens of a generation, to be written again.

    Args:
        folder: Folder of `write_token_rows`, whose files were checked.
    """

    def __init__(self, folder: Path) -> None:
        self._offsets = np.load(folder / _OFFSETS)
        self._ids = np.load(folder / _IDS, mmap_mode="r")
        self._signs = np.load(folder / _SIGNS, mmap_mode="r")

    def rows(self, rows: range) -> Iterator[TokenRows]:
        """Rows that follow one another; some at a time."""
        for start in range(rows.start, rows.stop, _WRITTEN):
            edges = self._offsets[start : min(start + _WRITTEN, rows.stop) + 1]
            here = slice(int(edges[0]), int(edges[-1]))
            yield TokenRows(np.diff(edges), self._ids[here], self._signs[here])


def _counted(seen: NDArray[np.int64], part: TokenRows) -> NDArray[np.int64]:
    """
    Ids with the number of rows that have them, after some more rows.

    Args:
        seen: Ids, ascending, and their counts. *Shape:* (ids, 2).
        part: The rows.
    """
    rows = np.repeat(np.arange(len(part.sizes), dtype=np.int64), part.sizes)
    pairs = rows << 32 | part.ids.astype(np.int64)
    pairs.sort()
    # A row counts once for an id, however often it has it.
    ids = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))] & 0xFFFF_FFFF
    ids.sort()
    edges = np.flatnonzero(np.diff(ids, prepend=-1, append=-1))
    known = np.concatenate((seen[:, 0], ids[edges[:-1]]))
    counts = np.concatenate((seen[:, 1], np.diff(edges)))
    order = np.argsort(known)
    begins = np.flatnonzero(np.diff(known[order], prepend=-1))
    if not len(begins):
        return seen
    return np.column_stack((known[order][begins], np.add.reduceat(counts[order], begins)))


def _write_head(file: IO[bytes], kind: str, shape: tuple[int, ...]) -> None:
    """What numpy writes before an array; of one length for any number of rows."""
    write_array_header_1_0(file, {"descr": kind, "fortran_order": False, "shape": shape})


class TokenIndex:
    """
    Rows by the tokens that they share in meaning with a question.

    Args:
        folder: Folder of `write_tokens`; its pages are shared between processes.

    Raises:
        IndexDamagedError: The folder holds no such index.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._offsets = np.load(folder / _OFFSETS)
            self._signs = np.load(folder / _SIGNS, mmap_mode="r")
            counts = np.load(folder / _COUNTS)
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamagedError(
                f"{folder.name!r} cannot be read ({error}); run `wgsearch build --full`"
            ) from error
        expected = self._offsets[-1] if self._offsets.size else -1
        if len(self._signs) != expected or counts.shape[1:] != (2,):
            raise IndexDamagedError(
                f"{folder.name!r} has {len(self._signs)} tokens, expected {expected}, and counts "
                f"of shape {counts.shape}; run `wgsearch build --full`"
            )
        self.rows = len(self._offsets) - 1
        self._known, self._having = counts[:, 0], counts[:, 1]

    def scores(self, asked: AskedTokens, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """
        Mean likeness of the question's tokens to their best in each row, by how telling they are.

        Args:
            asked: Tokens of the question.
            rows: *Shape:* (n,).

        Returns:
            *Shape:* (n,). From -1 to 1; -1 for a row without tokens.
        """
        weights = self._weights(asked)
        scores = np.full(len(rows), -1.0)
        if not len(weights) or not weights.sum():
            return scores
        for start in range(0, len(rows), _UNPACKED):
            some = rows[start : start + _UNPACKED]
            sizes = self._offsets[some + 1] - self._offsets[some]
            filled = np.flatnonzero(sizes)
            if not len(filled):
                continue
            likenesses = self._likenesses(asked, some[filled])
            begins = np.concatenate(([0], np.cumsum(sizes[filled])[:-1]))
            best = np.maximum.reduceat(likenesses, begins, axis=0)
            scores[start + filled] = best @ weights / weights.sum()
        return scores

    def likenesses(self, asked: AskedTokens, row: int) -> Likenesses:
        """How near the tokens of one row are to the question's."""
        values = self._likenesses(asked, np.array([row], dtype=np.int64))
        return Likenesses(values, self._weights(asked))

    def _likenesses(self, asked: AskedTokens, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """
        Cosines of the tokens of rows, one after the other, with the question's.

        Returns:
            *Shape:* (tokens of the rows, tokens of the question).
        """
        signs = np.concatenate(
            [self._signs[self._offsets[row] : self._offsets[row + 1]] for row in rows.tolist()]
        )
        dimension = asked.vectors.shape[1]
        unpacked = _AS_SIGNS[signs].reshape(len(signs), 8 * signs.shape[1])[:, :dimension]
        found: NDArray[np.float32] = unpacked @ asked.vectors.T / np.float32(np.sqrt(dimension))
        return found

    def _weights(self, asked: AskedTokens) -> NDArray[np.float64]:
        """
        What each token of a question counts: log(1 + (N - n + 0.5) / (n + 0.5)), as BM25 has it,
        with the rows n that have the token.
        """
        places = np.searchsorted(self._known, asked.ids)
        places = np.minimum(places, max(0, len(self._known) - 1))
        known = self._known[places] == asked.ids if len(self._known) else np.zeros(len(places))
        having = np.where(known, self._having[places] if len(self._known) else 0, 0)
        weights: NDArray[np.float64] = asked.weights * np.log(
            1 + (self.rows - having + 0.5) / (having + 0.5)
        )
        return weights
