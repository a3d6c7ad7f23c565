"""
vectors -> a table: how much of the nearest rows each kind of FAISS index finds, and in what time.

Why on vectors of real texts: those of made clusters are easier to tell apart, and a kind that
finds all of them may find four in five of real ones.

    python bench/vectors.py VECTORS [--questions 100] [--seed 1]

VECTORS is an `embeddings.sqlite` or a `rows.npy` of an index. Prints tables of
docs/decisions/0017-vectors-by-size.md.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING

import faiss
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Search = Callable[[NDArray[np.float32], int], NDArray[np.int64]]

# What the engine asks for: two hundred candidates and some for equals at the edge.
K = 216


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("vectors", type=Path)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    faiss.omp_set_num_threads(1)
    rows = _rows(given.vectors)
    chance = np.random.default_rng(given.seed)
    pairs = chance.choice(len(rows), size=(given.questions, 2), replace=False)
    asked = rows[pairs[:, 0]] + rows[pairs[:, 1]]
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    best = np.argsort(-(asked @ rows.T), axis=1)[:, :K]
    print(f"{len(rows):,} vectors of {rows.shape[1]} numbers\n")
    print("| kind | times more rows | recall@10 | recall@200 | ms of the thread |")
    print("|---|---:|---:|---:|---:|")
    for name, factors, search in _kinds(rows):
        for factor in factors:
            cells = _measured(search, factor, rows, asked, best)
            print(f"| {name} | {factor} | {cells} |")


def _rows(path: Path) -> NDArray[np.float32]:
    if path.suffix == ".npy":
        return np.load(path, mmap_mode="r", allow_pickle=False)
    kept = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    found = kept.execute("SELECT vector FROM vectors ORDER BY encoder, text").fetchall()
    kept.close()
    return np.stack([np.frombuffer(vector, "<f4") for (vector,) in found])


def _kinds(rows: NDArray[np.float32]) -> list[tuple[str, tuple[int, ...], Search]]:
    dimension, product = rows.shape[1], faiss.METRIC_INNER_PRODUCT
    flat = faiss.IndexFlatIP(dimension)
    halves = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, product)
    lists = max(64, round(len(rows) ** 0.5))
    inverted = faiss.index_factory(dimension, f"IVF{lists},SQfp16", product)
    kinds: list[tuple[str, tuple[int, ...], Search]] = [
        ("Flat", (1,), _searching(flat)),
        ("SQfp16", (1,), _searching(halves)),
    ]
    built = [flat, halves, inverted]
    for bits in (1, 2, 3):
        coded = faiss.IndexRaBitQ(dimension, product, bits)
        built.append(coded)
        asked = faiss.RaBitQSearchParameters(qb=4)
        kinds.append((f"RaBitQ, {bits} bits", (1, 2, 4, 8, 16), _searching(coded, asked)))
    for part in (16, 4):
        asked = faiss.IVFSearchParameters(nprobe=lists // part)
        kinds.append((f"IVF{lists},SQfp16, 1/{part} probed", (1,), _searching(inverted, asked)))
    for index in built:
        index.train(np.ascontiguousarray(rows[:: max(1, len(rows) // 65_536)]))
        index.add(np.ascontiguousarray(rows))
    return kinds


def _searching(index: faiss.Index, asked: faiss.SearchParameters | None = None) -> Search:
    return lambda question, many: index.search(question[None], many, params=asked)[1][0]


def _measured(
    search: Search,
    factor: int,
    rows: NDArray[np.float32],
    asked: NDArray[np.float32],
    best: NDArray[np.int64],
) -> str:
    """Cells of one row: candidates by the index, scored by the vectors as they are."""
    took, ten, all_of_them = [], 0, 0
    for question, nearest in zip(asked, best, strict=True):
        started = time.thread_time()
        found = np.sort(search(question, factor * K))
        found = found[np.argsort(-(rows[found] @ question), kind="stable")]
        took.append(time.thread_time() - started)
        ten += len(np.intersect1d(found[:10], nearest[:10]))
        all_of_them += len(np.intersect1d(found[:200], nearest[:200]))
    count = len(asked)
    recalls = f"{ten / count / 10:.3f} | {all_of_them / count / 200:.3f}"
    return f"{recalls} | {1000 * float(np.median(took)):.2f}"


if __name__ == "__main__":
    main()
