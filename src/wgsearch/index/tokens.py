"""
token vectors -> likeness by late interaction: each token of a question finds its best in a passage.

Why one bit a number: a passage has some 150 tokens, and the sign of each number keeps the
ranking (docs/decisions/0013-late-interaction.md) at a thirty-second of the size.
Source: Khattab and Zaharia, ColBERT (2020), for the sum of best likenesses.
"""

from __future__ import annotations

import math
import os
import struct
import weakref
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.lib.format import read_array_header_1_0, read_magic, write_array, write_array_header_1_0

from wgsearch.errors import IndexDamagedError
from wgsearch.index.disk import DISK, Disk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from wgsearch.embedding import Tokens, TokenSpans, Vectors

_HEAD = struct.Struct("<II")
_OFFSETS, _SIGNS, _COUNTS = "offsets.npy", "signs.npy", "counts.npy"
# Where each token begins in the text that was encoded: what matched is shown without cutting
# passages into tokens again.
_STARTS = "starts.npy"
# Not needed to answer: the next build takes them over with the signs.
_IDS = "ids.npy"
# So many rows are written at a time: 1,024 rows of 150 tokens are 8 MB.
_WRITTEN = 1024
# So many tokens at a time are unpacked: 128 of 384 numbers are 200 kB and stay in the
# processor's cache, which takes a quarter of the time that 10,000 at once take.
_UNPACKED = 128
# All bytes as eight numbers, -1 or 1 each.
_AS_SIGNS = (2.0 * np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1) - 1.0).astype(
    np.float32
)
# Candidates that late interaction ranks again, of a question or a probe: unpacking their tokens is
# what a question costs most, and what stands further down is seldom brought up.
LATE_DEPTH = 100


class SignCodec:
    """Tokens as their numbers in the vocabulary, their places, and the signs of their vectors."""

    identity = "signs+starts"
    older = "signs"

    def pack(self, tokens: Tokens) -> bytes:
        """The tokens of one text: count, dimension, ids, where each begins, signs."""
        signs = np.packbits(tokens.vectors > 0, axis=1)
        head = _HEAD.pack(len(tokens.ids), tokens.vectors.shape[1])
        numbers = np.concatenate((tokens.ids, tokens.spans[:, 0]))
        return head + numbers.astype("<i4").tobytes() + signs.tobytes()

    def renewed(self, code: bytes, spans: TokenSpans) -> bytes | None:
        """What `pack` gives, from a code without the places; None where it is of other tokens."""
        count, _ = _HEAD.unpack_from(code)
        ids, signs = code[_HEAD.size : _HEAD.size + 4 * count], code[_HEAD.size + 4 * count :]
        if ids != spans.ids.astype("<i4").tobytes():
            return None
        return code[: _HEAD.size] + ids + spans.spans[:, 0].astype("<i4").tobytes() + signs


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
        starts: Where the passage's tokens begin in the text that was encoded, context included.
            *Shape:* (tokens of the passage,), int32.
        weights: How telling each token of the question is. *Shape:* (n,), float64.
    """

    values: NDArray[np.float32]
    starts: NDArray[np.int32]
    weights: NDArray[np.float64]


class Compared(NamedTuple):
    """
    Rows that were compared with a question token by token.

    Attributes:
        scores: Mean likeness of the question's tokens to their best in each row, by how telling
            they are; from -1 to 1, -1 for a row without tokens. *Shape:* (n,).
        values: Cosines of the tokens of the rows, one row after the other, with the question's.
            *Shape:* (tokens of the rows, tokens of the question), float32.
        parts: Which of them are whose: by row.
        weights: How telling each token of the question is. *Shape:* (n,), float64.
    """

    scores: NDArray[np.float64]
    values: NDArray[np.float32]
    parts: dict[int, slice]
    weights: NDArray[np.float64]


class TokenRows(NamedTuple):
    """
    Tokens of some rows, one row after the other.

    Attributes:
        sizes: Number of tokens of each row. *Shape:* (rows,), int64.
        ids: Their numbers in the encoder's vocabulary. *Shape:* (tokens,), int32.
        starts: Where each begins in the text that was encoded. *Shape:* (tokens,), int32.
        signs: Signs of their vectors, eight a byte. *Shape:* (tokens, bytes), uint8.
    """

    sizes: NDArray[np.int64]
    ids: NDArray[np.int32]
    starts: NDArray[np.int32]
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
        starts = b"".join(
            code[_HEAD.size + 4 * count : _HEAD.size + 8 * count] for code, count in pairs
        )
        signs = b"".join(code[_HEAD.size + 8 * count :] for code, count in pairs)
        yield TokenRows(
            heads[:, 0],
            np.frombuffer(ids, "<i4"),
            np.frombuffer(starts, "<i4"),
            np.frombuffer(signs, np.uint8).reshape(-1, width),
        )


def write_tokens(folder: Path, codes: Iterable[bytes]) -> None:
    """
    Write the tokens of all rows into an empty folder.

    Args:
        folder: Where to.
        codes: One a row, as `SignCodec` packs them; none is kept.
    """
    write_token_rows(folder, token_rows(codes))


def write_token_rows(folder: Path, parts: Iterable[TokenRows], disk: Disk = DISK) -> None:
    """
    Write the tokens of all rows into an empty folder.

    Args:
        folder: Where to.
        parts: All rows, in order.
        disk: What writes.
    """
    sizes = [np.zeros(1, dtype=np.int64)]
    seen = np.zeros((0, 2), dtype=np.int64)
    tokens = width = 0
    with (
        disk.create(folder / _SIGNS) as signs,
        disk.create(folder / _IDS) as ids,
        disk.create(folder / _STARTS) as starts,
    ):
        _write_head(signs, "|u1", (0, 0))
        _write_head(ids, "<i4", (0,))
        _write_head(starts, "<i4", (0,))
        for part in parts:
            if len(part.ids):
                width = part.signs.shape[1]
            tokens += len(part.ids)
            sizes.append(part.sizes)
            signs.write(np.ascontiguousarray(part.signs).data)
            ids.write(np.ascontiguousarray(part.ids, dtype="<i4").data)
            starts.write(np.ascontiguousarray(part.starts, dtype="<i4").data)
            seen = _counted(seen, part)
        signs.seek(0)
        _write_head(signs, "|u1", (tokens, width))
        for numbers in (ids, starts):
            numbers.seek(0)
            _write_head(numbers, "<i4", (tokens,))
    with disk.create(folder / _OFFSETS) as file:
        write_array(file, np.cumsum(np.concatenate(sizes), dtype=np.int64))
    with disk.create(folder / _COUNTS) as file:
        write_array(file, seen)


class StoredTokens:
    """
    Tokens of a generation, to be written again.

    Args:
        folder: Folder of `write_token_rows`, whose files were checked.
    """

    def __init__(self, folder: Path) -> None:
        self._offsets = np.load(folder / _OFFSETS, allow_pickle=False)
        self._ids = np.load(folder / _IDS, mmap_mode="r", allow_pickle=False)
        self._starts = np.load(folder / _STARTS, mmap_mode="r", allow_pickle=False)
        self._signs = np.load(folder / _SIGNS, mmap_mode="r", allow_pickle=False)

    def rows(self, rows: range) -> Iterator[TokenRows]:
        """Rows that follow one another; some at a time."""
        for start in range(rows.start, rows.stop, _WRITTEN):
            edges = self._offsets[start : min(start + _WRITTEN, rows.stop) + 1]
            here = slice(int(edges[0]), int(edges[-1]))
            yield TokenRows(np.diff(edges), self._ids[here], self._starts[here], self._signs[here])


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


class _Rows:
    """
    A file of numbers in rows, read where they stand.

    Not mapped: a question reads the tokens of a hundred passages anywhere in the file, and mapped
    pages count as memory of the process until all of a large file does.

    Args:
        path: File of numpy's form.
        kind: Of its numbers.
        axes: 1 for a number a row, 2 for several.
    """

    def __init__(self, path: Path, kind: str, axes: int) -> None:
        self._path = path
        self._file = path.open("rb", buffering=0)
        weakref.finalize(self, self._file.close)
        if read_magic(self._file) != (1, 0):
            raise ValueError(f"{path.name!r} is of another version")
        shape, is_by_column, self._kind = read_array_header_1_0(self._file)
        if len(shape) != axes or is_by_column or self._kind != np.dtype(kind):
            raise ValueError(f"{path.name!r} holds {self._kind} of shape {shape}")
        self.count, *self._columns = shape
        self._bytes = math.prod(self._columns) * self._kind.itemsize
        self._begin = self._file.tell()
        whole = self._begin + self.count * self._bytes
        if (size := path.stat().st_size) != whole:
            raise ValueError(f"{path.name!r} has {size} bytes, expected {whole}")

    def read(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[Any]:
        """
        Rows from each start up to each end, one after the other.

        Raises:
            IndexDamagedError: The file has become shorter.
        """
        sizes = (ends - starts) * self._bytes
        found = np.empty(int(sizes.sum()), dtype=np.uint8)
        into, at, handle = found.data, 0, self._file.fileno()
        places = (self._begin + starts * self._bytes).tolist()
        for place, size in zip(places, sizes.tolist(), strict=True):
            if os.preadv(handle, [into[at : at + size]], place) != size:
                raise IndexDamagedError(
                    f"{self._path.name!r} ends too early; run `wgsearch build --full`"
                )
            at += size
        return found.view(self._kind).reshape(int((ends - starts).sum()), *self._columns)


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
            self._offsets = np.load(folder / _OFFSETS, allow_pickle=False)
            self._signs = _Rows(folder / _SIGNS, "|u1", 2)
            self._starts = _Rows(folder / _STARTS, "<i4", 1)
            counts = np.load(folder / _COUNTS, allow_pickle=False)
        except (OSError, ValueError, EOFError) as error:
            raise IndexDamagedError(
                f"{folder.name!r} cannot be read ({error}); run `wgsearch build --full`"
            ) from error
        expected = self._offsets[-1] if self._offsets.size else -1
        if {self._signs.count, self._starts.count} != {expected} or counts.shape[1:] != (2,):
            raise IndexDamagedError(
                f"{folder.name!r} has {self._signs.count} tokens and {self._starts.count} places, "
                f"expected {expected}, and counts of shape {counts.shape}; "
                "run `wgsearch build --full`"
            )
        self.rows = len(self._offsets) - 1
        self._known, self._having = counts[:, 0], counts[:, 1]

    def scores(self, asked: AskedTokens, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """The scores of `compare`."""
        return self.compare(asked, rows).scores

    def compare(self, asked: AskedTokens, rows: NDArray[np.int64]) -> Compared:
        """
        Compare the tokens of rows with those of a question.

        Args:
            asked: Tokens of the question.
            rows: *Shape:* (n,).
        """
        weights = self._weights(asked)
        scores = np.full(len(rows), -1.0)
        if not len(weights):
            return Compared(scores, np.zeros((0, 0), dtype=np.float32), {}, weights)
        sizes = self._sizes(rows)
        values = self._likenesses(asked, rows)
        edges = np.concatenate(([0], np.cumsum(sizes)))
        filled = np.flatnonzero(sizes)
        if len(filled) and weights.sum():
            best = np.maximum.reduceat(values, edges[filled], axis=0)
            scores[filled] = best @ weights / weights.sum()
        parts = map(slice, edges[:-1].tolist(), edges[1:].tolist())
        return Compared(scores, values, dict(zip(rows.tolist(), parts, strict=True)), weights)

    def likenesses(self, compared: Compared, rows: NDArray[np.int64]) -> tuple[Likenesses, ...]:
        """How near the tokens of some of the rows that were compared are to the question's."""
        starts = self._starts.read(self._offsets[rows], self._offsets[rows + 1])
        edges = np.cumsum(self._sizes(rows))[:-1]
        return tuple(
            Likenesses(compared.values[compared.parts[row]], own, compared.weights)
            for row, own in zip(rows.tolist(), np.split(starts, edges), strict=True)
        )

    def telling(self, asked: AskedTokens) -> NDArray[np.float64]:
        """What each token of a text counts, by how few passages have it. *Shape:* (n,)."""
        return self._weights(asked)

    def _sizes(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many tokens each row has."""
        sizes: NDArray[np.int64] = self._offsets[rows + 1] - self._offsets[rows]
        return sizes

    def _likenesses(self, asked: AskedTokens, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """
        Cosines of the tokens of rows, one after the other, with the question's.

        Returns:
            *Shape:* (tokens of the rows, tokens of the question).
        """
        signs = self._signs.read(self._offsets[rows], self._offsets[rows + 1])
        count, dimension = asked.vectors.shape
        found = np.empty((len(signs), count), dtype=np.float32)
        unpacked = np.empty((min(_UNPACKED, len(signs)), signs.shape[1], 8), dtype=np.float32)
        turned = np.ascontiguousarray(asked.vectors.T / np.float32(np.sqrt(dimension)))
        for start in range(0, len(signs), _UNPACKED):
            some = signs[start : start + _UNPACKED]
            # All bytes are in the table: without a mode that says so, numpy checks and copies.
            own = np.take(_AS_SIGNS, some, axis=0, out=unpacked[: len(some)], mode="clip")
            whole = own.reshape(len(some), -1)[:, :dimension]
            np.matmul(whole, turned, out=found[start : start + len(some)])
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
