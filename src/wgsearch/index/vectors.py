"""
vectors -> rows by cosine: the only module that knows FAISS.

Why flat: at the size of a working group's papers an exact scan takes under a millisecond,
and it alone stays exact under narrow filters.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import faiss
import numpy as np

from wgsearch.errors import IndexDamagedError
from wgsearch.fusion import Ranking, ranked
from wgsearch.index.manifest import FileRecord

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from wgsearch.embedding import Vectors

# So much further than asked FAISS looks, so that equals at the edge are ordered by row.
_SLACK = 16


def write_vectors(path: Path, rows: Vectors) -> FileRecord:
    """
    Write an index of the rows.

    Not by FAISS's own file writer: it returns normally on a full disk, and never syncs.

    Args:
        path: File to make.
        rows: *Shape:* (n, dimension), float32, unit rows; row i is passage i.

    Returns:
        What was meant to be written, to be compared with what is on the disk.
    """
    index = faiss.IndexFlatIP(rows.shape[1])
    index.add(np.ascontiguousarray(rows))
    digest = hashlib.sha256()
    with path.open("xb") as file:

        def write(data: bytes) -> int:
            digest.update(data)
            return file.write(data)

        faiss.write_index(index, faiss.PyCallbackIOWriter(write))
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
    if path.stat().st_size != size:
        raise OSError(f"{path.name}: {path.stat().st_size} bytes on the disk, {size} written")
    return FileRecord(size=size, sha256=digest.hexdigest())


class VectorIndex:
    """
    Rows by likeness in meaning.

    Args:
        path: File of `write_vectors`; its pages are shared between processes.

    Raises:
        IndexDamagedError: The file is no such index.
    """

    def __init__(self, path: Path) -> None:
        try:
            # The owner is kept: what FAISS casts out of it points into it.
            self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise IndexDamagedError(
                f"{path.name!r} cannot be read by FAISS; run `wgsearch build --full`"
            ) from error
        self.rows = int(self._index.ntotal)
        self.dimension = int(self._index.d)
        flat = faiss.rev_swig_ptr(self._index.get_xb(), self.rows * self.dimension)
        self._vectors = flat.reshape(self.rows, self.dimension)

    def top(self, vector: Vectors, k: int, allowed: NDArray[np.bool_] | None = None) -> Ranking:
        """
        The best k rows among those allowed, exactly.

        Args:
            vector: *Shape:* (dimension,), float32, unit length.
            k: How many at most.
            allowed: *Shape:* (rows,). None allows all.
        """
        within = self.rows if allowed is None else int(allowed.sum())
        many = min(k + _SLACK, within)
        if many == 0:
            return ranked(np.empty(0, np.int64), np.empty(0), 0)
        selector = None
        if allowed is not None:
            selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
        found, rows = self._index.search(
            vector.reshape(1, -1), many, params=faiss.SearchParameters(sel=selector)
        )
        kept = rows[0] >= 0
        return ranked(rows[0][kept].astype(np.int64), found[0][kept].astype(np.float64), k)

    def nearest(
        self, vectors: Vectors, k: int, allowed: NDArray[np.bool_] | None = None
    ) -> tuple[Ranking, ...]:
        """
        The best k rows for each of several vectors; as `top`, but for the last digits of scores.

        One call for all: FAISS then multiplies matrices, and its threads do not wait for one
        another between questions.

        Args:
            vectors: *Shape:* (n, dimension), float32, unit rows.
            k: How many at most.
            allowed: *Shape:* (rows,). None allows all.
        """
        within = self.rows if allowed is None else int(allowed.sum())
        many = min(k + _SLACK, within)
        if many == 0:
            return (ranked(np.empty(0, np.int64), np.empty(0), 0),) * len(vectors)
        selector = None
        if allowed is not None:
            selector = faiss.IDSelectorBitmap(np.packbits(allowed, bitorder="little"))
        found, rows = self._index.search(
            np.ascontiguousarray(vectors), many, params=faiss.SearchParameters(sel=selector)
        )
        return tuple(
            ranked(each[each >= 0].astype(np.int64), scores[each >= 0].astype(np.float64), k)
            for each, scores in zip(rows, found, strict=True)
        )

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
