"""
vectors -> rows by cosine: the only module that knows FAISS.

Why two files: the vectors as they are give exact scores and can be indexed again without
encoding; beside them stands what is searched, at half their size or a thirteenth. Which of the two
is a matter of size, and of what is measured when it is written (docs/decisions/0017).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Self, cast

import faiss
import numpy as np
from numpy.lib.format import write_array_header_1_0

from wgsearch.errors import IndexDamagedError
from wgsearch.fusion import Ranking, ranked
from wgsearch.index.disk import DISK, Disk
from wgsearch.index.manifest import FileRecord, VectorMethod

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from wgsearch.embedding import Vectors
    from wgsearch.index.dense import Wanted

_ROWS, _SEARCHED = "rows.npy", "searched.faiss"
# So much further than asked FAISS looks, so that equals at the edge are ordered by row.
_SLACK = 16
# Up to so many rows halves of floats are scanned: codes would take as long, and may miss rows.
EXACT_ROWS = 75_000
# Codes of two bits a number and four to eight bits of the question: swept in 0017.
_BITS = 2
_QUESTION_BITS = 4
# So many times more rows than asked are taken by their codes and scored by their vectors; the
# first that finds enough is kept.
_FACTORS = (4, 8, 16)
# Share of the ten nearest that codes must find, of questions made of the rows themselves.
LEAST_RECALL = 0.99
_SAMPLED = 200
_NEAREST = 10
# For fewer rows than a question's candidates as many are taken by their codes as for these.
_ASKED = 200
# Rows that a filter keeps are scanned as they are where they are no more than this share of all,
# or so many: reading them costs less than looking at the codes of all, and is exact.
_NARROW_SHARE = 0.05
_NARROW_ROWS = 4_000
_CHUNK = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenVectors:
    """
    What was meant to be written, to be compared with what is on the disk.

    Attributes:
        files: By name within the folder.
        method: How the rows are searched.
    """

    files: Mapping[str, FileRecord]
    method: VectorMethod


def write_vectors(
    folder: Path, rows: Vectors, *, exact_rows: int = EXACT_ROWS, disk: Disk = DISK
) -> WrittenVectors:
    """
    Write rows, and what searches them, into a new folder.

    Args:
        folder: Folder to make.
        rows: *Shape:* (n, dimension), float32, unit rows; row i is passage i. May be a file's.
        exact_rows: More rows than these are searched by codes, if these find enough.
        disk: What writes.
    """
    disk.make(folder)
    count, dimension = rows.shape
    head = {"descr": "<f4", "fortran_order": False, "shape": (count, dimension)}

    def own(file: _Hashing) -> None:
        write_array_header_1_0(cast("BinaryIO", file), head)
        for chunk in _chunks(rows):
            file.write(chunk.astype("<f4", copy=False).tobytes())

    files = {_ROWS: _written(folder / _ROWS, own, disk)}
    method, index = VectorMethod(kind="exact"), None
    if count > exact_rows:
        index = faiss.IndexRaBitQ(dimension, faiss.METRIC_INNER_PRODUCT, _BITS)
        _fill(index, rows)
        method = _measured(index, rows)
    if index is None or method.kind == "exact":
        halves = faiss.ScalarQuantizer.QT_fp16
        index = faiss.IndexScalarQuantizer(dimension, halves, faiss.METRIC_INNER_PRODUCT)
        _fill(index, rows)
    # Not by FAISS's own file writer: it returns normally on a full disk, and never syncs.
    files[_SEARCHED] = _written(
        folder / _SEARCHED,
        lambda file: faiss.write_index(index, faiss.PyCallbackIOWriter(file.write)),
        disk,
    )
    return WrittenVectors(files=files, method=method)


class VectorIndex:
    """
    Rows by likeness in meaning. Scores are exact; so are the rows, but for what codes miss.

    Args:
        folder: Folder of `write_vectors`; its pages are shared between processes.
        method: How the rows are searched.

    Raises:
        IndexDamagedError: The folder holds no such index.
    """

    def __init__(self, folder: Path, method: VectorMethod) -> None:
        try:
            # A plain array over the mapped pages: slices of numpy's own class cost more.
            self._vectors = np.asarray(np.load(folder / _ROWS, mmap_mode="r", allow_pickle=False))
            # The owner is kept: what FAISS casts out of it points into it.
            self._index = faiss.read_index(str(folder / _SEARCHED), faiss.IO_FLAG_MMAP_IFC)
        except (RuntimeError, OSError, ValueError, EOFError) as error:
            raise IndexDamagedError(
                f"{folder.name!r} cannot be read ({error}); run `wgsearch build --full`"
            ) from error
        shape = (int(self._index.ntotal), int(self._index.d))
        if self._vectors.shape != shape:
            raise IndexDamagedError(
                f"{folder.name!r} has vectors of shape {self._vectors.shape} and searches "
                f"{shape}; run `wgsearch build --full`"
            )
        self.rows, self.dimension = shape
        self.at_hand = True
        self._method = method
        # One question is too small to share: threads that wait for one another cost more.
        faiss.omp_set_num_threads(1)

    def asking(self) -> Self:
        """The same: nothing here makes a question wait."""
        return self

    def top(
        self,
        vector: Vectors,
        k: int,
        allowed: NDArray[np.bool_] | None = None,
        wanted: Wanted | None = None,  # noqa: ARG002 - the rows allowed say it all
    ) -> Ranking:
        """
        The best k rows among those allowed.

        Args:
            vector: *Shape:* (dimension,), float32, unit length.
            k: How many at most.
            allowed: *Shape:* (rows,). None allows all.
            wanted: What of these follows from filters.
        """
        within = self.rows if allowed is None else int(np.count_nonzero(allowed))
        many = min(within, _many(self._method, k))
        narrow = max(_NARROW_ROWS, many, int(_NARROW_SHARE * self.rows))
        if allowed is not None and within <= narrow:
            rows = np.flatnonzero(allowed)
        elif many == within:
            rows = np.arange(self.rows)
        else:
            rows = _candidates(self._index, self._method, vector, many, allowed)
        return ranked(rows, self.scores(vector, rows), k)

    def stored(self, rows: range) -> Vectors:
        """
        Rows that follow one another, as they were written.

        Returns:
            *Shape:* (n, dimension).
        """
        found: Vectors = self._vectors[rows.start : rows.stop]
        return found

    def scores(self, vector: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """
        Cosines of named rows.

        Args:
            vector: *Shape:* (dimension,), float32, unit length.
            rows: *Shape:* (n,).

        Returns:
            *Shape:* (n,).
        """
        scores: NDArray[np.float64] = (self._vectors[rows] @ vector).astype(np.float64)
        return scores


def _candidates(
    index: faiss.Index,
    method: VectorMethod,
    vector: Vectors,
    many: int,
    allowed: NDArray[np.bool_] | None = None,
) -> NDArray[np.int64]:
    """
    The rows that what is searched takes for the nearest.

    Returns:
        *Shape:* (at most `many`,). Ascending, as they are read.
    """
    selector = None
    if allowed is not None:
        selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
    if method.kind == "coded":
        # By default the question is not put into bits, which takes a hundred times as long.
        asked = faiss.RaBitQSearchParameters(sel=selector, qb=method.question_bits)
    else:
        asked = faiss.SearchParameters(sel=selector)
    _, rows = index.search(vector.reshape(1, -1), many, params=asked)
    found: NDArray[np.int64] = np.sort(rows[0][rows[0] >= 0]).astype(np.int64)
    return found


def _many(method: VectorMethod, k: int) -> int:
    """How many rows are taken to find the best k."""
    return method.factor * (max(k, _ASKED) + _SLACK) if method.kind == "coded" else k + _SLACK


def _measured(index: faiss.Index, rows: Vectors) -> VectorMethod:
    """
    How rows are to be searched by codes; exactly, where these find too few of the nearest.

    Asked are the means of two rows each: like questions, they are near to some and equal to none.
    """
    chance = np.random.default_rng(len(rows))
    pairs = chance.choice(len(rows), size=(min(_SAMPLED, len(rows) // 2), 2), replace=False)
    asked = rows[pairs[:, 0]] + rows[pairs[:, 1]]
    nearest = _nearest(asked, rows)
    for factor in _FACTORS:
        method = VectorMethod(kind="coded", bits=_BITS, question_bits=_QUESTION_BITS, factor=factor)
        many = min(len(rows), _many(method, _NEAREST))
        found = sum(
            len(np.intersect1d(_candidates(index, method, one, many), best))
            for one, best in zip(asked, nearest, strict=True)
        )
        recall = found / nearest.size
        if recall >= LEAST_RECALL:
            return method.model_copy(update={"recall": round(recall, 4)})
    return VectorMethod(kind="exact")


def _nearest(asked: Vectors, rows: Vectors) -> NDArray[np.int64]:
    """The ten nearest rows of each question, in any order. *Shape:* (questions, 10)."""
    best = np.empty((len(asked), 0), dtype=np.float32)
    numbers = np.empty((len(asked), 0), dtype=np.int64)
    for start, chunk in zip(range(0, len(rows), _CHUNK), _chunks(rows), strict=True):
        scores = np.concatenate((best, asked @ chunk.T), axis=1)
        here = np.broadcast_to(np.arange(start, start + len(chunk)), (len(asked), len(chunk)))
        known = np.concatenate((numbers, here), axis=1)
        kept = np.argpartition(-scores, _NEAREST - 1, axis=1)[:, :_NEAREST]
        best, numbers = (np.take_along_axis(each, kept, axis=1) for each in (scores, known))
    return numbers


def _fill(index: faiss.Index, rows: Vectors) -> None:
    """Put rows into an index, some at a time: they may lie in a file that memory cannot hold."""
    index.train(np.ascontiguousarray(rows[:: max(1, len(rows) // _CHUNK)]))
    for chunk in _chunks(rows):
        index.add(np.ascontiguousarray(chunk))


def _chunks(rows: Vectors) -> list[Vectors]:
    """The rows, so many at a time."""
    return [rows[start : start + _CHUNK] for start in range(0, len(rows), _CHUNK)]


class _Hashing:
    """A file that knows the digest of what is written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Write bytes."""
        self.digest.update(data)
        return self._file.write(data)


def _written(path: Path, write: Callable[[_Hashing], None], disk: Disk) -> FileRecord:
    """Write a new file; what was written, not what lies on the disk."""
    with disk.create(path) as file:
        hashing = _Hashing(file)
        write(hashing)
        size = file.tell()
    return FileRecord(size=size, sha256=hashing.digest.hexdigest())
