"""A little judged set, and cases over the index of nine papers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wgsearch.papers.reader import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from wgsearch.papers.paper import Paper


def _write_lines(path: Path, records: Iterable[Mapping[str, object]]) -> Path:
    """A file of JSON lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(each)}\n" for each in records), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def write_lines() -> Callable[[Path, Iterable[Mapping[str, object]]], Path]:
    """`write_lines(path, records)`: a file of JSON lines."""
    return _write_lines


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """A judged set of four documents and four questions, one of them without judgement."""
    folder = tmp_path / "little"
    _write_lines(
        folder / "corpus.jsonl",
        [
            {"_id": "d1", "title": "Debt", "text": "Fees turn into debt."},
            {"_id": "d2", "title": "", "text": "Organs are removed. " * 150},
            {"_id": "d3", "title": "Children in conflict", "text": ""},
            {"_id": "d4", "title": "", "text": ""},
        ],
    )
    _write_lines(
        folder / "queries.jsonl",
        [
            {"_id": "q1", "text": "fees and debt"},
            {"_id": "q2", "text": "removal of organs"},
            {"_id": "q3", "text": "children"},
            {"_id": "q4", "text": "?"},
        ],
    )
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t2\nq2\td1\t0\nq4\td1\t1\n"
    )
    return folder


@pytest.fixture(scope="session")
def sample_papers() -> dict[str, list[Paper]]:
    """The papers of the sample corpus by symbol, each language version."""
    held: dict[str, list[Paper]] = {}
    for path in sorted((Path(__file__).parents[2] / "corpus" / "papers").iterdir()):
        paper = read_file(path)
        held.setdefault(paper.symbol or paper.file, []).append(paper)
    return held
