"""Rows by meaning are exact, filtered or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.errors import IndexDamagedError
from wgsearch.index.manifest import record_of
from wgsearch.index.vectors import VectorIndex, write_vectors

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.embedding import Vectors


@pytest.fixture
def rows() -> Vectors:
    """300 unit rows; row 10 and row 200 are equal."""
    made = np.random.default_rng(1).standard_normal((300, 16)).astype(np.float32)
    made[200] = made[10]
    unit: Vectors = made / np.linalg.norm(made, axis=1, keepdims=True)
    return unit


@pytest.fixture
def index(tmp_path: Path, rows: Vectors) -> VectorIndex:
    """The rows, written and opened."""
    write_vectors(tmp_path / "v", rows)
    return VectorIndex(tmp_path / "v")


def test_what_is_written_is_on_the_disk(tmp_path: Path, rows: Vectors) -> None:
    """A short or altered file is seen, since what was meant to be written is known."""
    assert write_vectors(tmp_path / "v", rows) == record_of(tmp_path / "v")


def test_nearest_rows_are_exact(index: VectorIndex, rows: Vectors) -> None:
    """The order is that of all cosines; of equal rows the lower is first."""
    found = index.top(rows[10], 5)
    cosines = (rows @ rows[10]).astype(np.float64)
    assert found.rows[:2].tolist() == [10, 200]
    assert set(found.rows.tolist()) == set(np.argsort(-cosines)[:5].tolist())
    assert np.allclose(found.scores, cosines[found.rows], atol=1e-6)


@pytest.mark.parametrize("kept", [0, 1, 3, 150, 300])
def test_filter_is_exact_at_any_size(index: VectorIndex, rows: Vectors, kept: int) -> None:
    """However few rows a filter keeps, the best of them are found, and nothing else."""
    allowed = np.zeros(300, dtype=np.bool_)
    allowed[np.random.default_rng(kept).permutation(300)[:kept]] = True
    found = index.top(rows[0], 10, allowed)
    cosines = np.where(allowed, rows @ rows[0], -2)
    assert found.rows.tolist() == np.argsort(-cosines)[: min(10, kept)].tolist()


def test_named_rows_are_scored(index: VectorIndex, rows: Vectors) -> None:
    """A candidate of the other leg gets its true cosine."""
    wanted = np.array([7, 299, 0])
    assert np.allclose(index.scores(rows[3], wanted), rows[wanted] @ rows[3], atol=1e-6)


def test_no_index_is_refused(tmp_path: Path) -> None:
    """A file that FAISS did not write is an error of ours, with what to do."""
    (tmp_path / "v").write_bytes(b"nothing of the kind")
    with pytest.raises(IndexDamagedError, match="wgsearch build --full"):
        VectorIndex(tmp_path / "v")
