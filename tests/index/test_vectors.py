"""Rows by meaning are those that comparing all vectors finds, filtered or not, at any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.errors import IndexDamagedError
from wgsearch.index.manifest import record_of
from wgsearch.index.vectors import LEAST_RECALL, VectorIndex, write_vectors

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
    return _written(tmp_path, rows)


def _written(tmp_path: Path, rows: Vectors, **asked: int) -> VectorIndex:
    """Rows, written and opened."""
    method = write_vectors(tmp_path / "v", rows, **asked).method
    return VectorIndex(tmp_path / "v", method)


def _clustered(count: int, dimension: int = 96) -> Vectors:
    """Unit rows about a few hundred centres, as paragraphs are about their subjects."""
    centres = np.random.default_rng(300).standard_normal((300, dimension)).astype(np.float32)
    chance = np.random.default_rng(count)
    noise = chance.standard_normal((count, dimension)).astype(np.float32)
    made = centres[chance.integers(300, size=count)] + 0.7 * noise
    unit: Vectors = made / np.linalg.norm(made, axis=1, keepdims=True)
    return unit


def test_what_is_written_is_on_the_disk(tmp_path: Path, rows: Vectors) -> None:
    """A short or altered file is seen, since what was meant to be written is known."""
    written = write_vectors(tmp_path / "v", rows)
    assert written.files == {path.name: record_of(path) for path in (tmp_path / "v").iterdir()}


def test_vectors_can_be_indexed_again(tmp_path: Path, rows: Vectors) -> None:
    """Another index can be made of the vectors without encoding a text: they are kept as is."""
    write_vectors(tmp_path / "v", rows)
    assert np.array_equal(np.load(tmp_path / "v/rows.npy", allow_pickle=False), rows)


def test_many_rows_are_searched_by_codes(tmp_path: Path) -> None:
    """Past the size that is scanned whole, ten nearest are still found, with exact scores."""
    rows = _clustered(6000)
    method = write_vectors(tmp_path / "v", rows, exact_rows=5000).method
    assert method.kind == "coded"
    assert method.recall >= LEAST_RECALL
    index = VectorIndex(tmp_path / "v", method)
    asked = _clustered(6100)[-100:]
    found = [index.top(each, 10) for each in asked]
    best = np.argsort(-(asked @ rows.T), axis=1)[:, :10]
    shared = [len(set(f.rows.tolist()) & set(b.tolist())) for f, b in zip(found, best, strict=True)]
    assert sum(shared) / best.size >= LEAST_RECALL
    assert all(
        np.allclose(f.scores, rows[f.rows] @ each, atol=1e-6)
        for f, each in zip(found, asked, strict=True)
    )


def test_codes_that_miss_are_not_used(tmp_path: Path) -> None:
    """Where codes cannot tell vectors apart, all vectors are compared, as in a small index."""
    noise = np.random.default_rng(3).standard_normal((6000, 8)).astype(np.float32)
    rows = np.concatenate((np.full((6000, 120), 3, dtype=np.float32), 1e-3 * noise), axis=1)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    assert write_vectors(tmp_path / "v", rows, exact_rows=1000).method.kind == "exact"


@pytest.mark.parametrize("exact_rows", [5000, 100_000])
@pytest.mark.parametrize("share", [0.5, 0.03, 0.001])
def test_filters_keep_what_is_nearest(tmp_path: Path, exact_rows: int, share: float) -> None:
    """A filter that keeps half, a thirtieth or a thousandth loses no hit, whatever the size."""
    rows = _clustered(20_000)
    index = _written(tmp_path, rows, exact_rows=exact_rows)
    allowed = np.random.default_rng(7).random(len(rows)) < share
    missed = 0
    for each in _clustered(20_050)[-50:]:
        found = index.top(each, 10, allowed).rows
        assert allowed[found].all()
        best = np.argsort(-np.where(allowed, rows @ each, -2))[: len(found)]
        missed += len(set(best.tolist()) - set(found.tolist()))
        assert len(found) == min(10, int(allowed.sum()))
    assert missed <= (1 - LEAST_RECALL) * 500 if exact_rows < len(rows) else missed == 0


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


def test_no_index_is_refused(tmp_path: Path, rows: Vectors) -> None:
    """A file that FAISS did not write is an error of ours, with what to do."""
    method = write_vectors(tmp_path / "v", rows).method
    (tmp_path / "v/searched.faiss").write_bytes(b"nothing of the kind")
    with pytest.raises(IndexDamagedError, match="wgsearch build --full"):
        VectorIndex(tmp_path / "v", method)


def test_vectors_of_another_search_are_refused(tmp_path: Path, rows: Vectors) -> None:
    """Rows that are not those searched would give scores of other passages."""
    method = write_vectors(tmp_path / "v", rows).method
    np.save(tmp_path / "v/rows.npy", rows[:200])
    with pytest.raises(IndexDamagedError, match="shape"):
        VectorIndex(tmp_path / "v", method)
