"""Measures are those of the field, worked out by hand, and taken through the code that serves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import JudgementsError
from wgsearch.evaluation import (
    evaluate,
    ndcg,
    read_judged_set,
    recall,
    reciprocal_rank,
    success,
)

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.embedding import Encoder

FOUND = ["a", "b", "c", "d"]
GRADES = {"b": 2, "d": 1, "z": 3}


def test_ndcg_by_hand() -> None:
    """
    Grades 2 at rank 2 and 1 at rank 4: 2/log2(3) + 1/log2(5) = 1.6925; the best order of the
    grades 3, 2, 1 gives 3 + 2/log2(3) + 1/2 = 4.7619.
    """
    assert ndcg(FOUND, GRADES, 10) == pytest.approx(1.692536 / 4.761860, abs=1e-6)
    assert ndcg(FOUND, GRADES, 2) == pytest.approx(1.261860 / 4.261860, abs=1e-6)
    assert ndcg(["z", "b", "d"], GRADES, 10) == 1
    assert ndcg(FOUND, {}, 10) == 0


def test_other_measures_by_hand() -> None:
    """Two of three relevant documents are found; the first is second."""
    assert recall(FOUND, GRADES, 100) == pytest.approx(2 / 3)
    assert recall(FOUND, GRADES, 2) == pytest.approx(1 / 3)
    assert reciprocal_rank(FOUND, GRADES, 10) == pytest.approx(1 / 2)
    assert reciprocal_rank(FOUND, GRADES, 1) == 0
    assert success(FOUND, GRADES, 5) == 1
    assert success(FOUND, GRADES, 1) == 0


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """A judged set of four documents and three questions, one of them without judgement."""
    folder = tmp_path / "little"
    (folder / "qrels").mkdir(parents=True)
    documents = [
        {"_id": "d1", "title": "Debt", "text": "Fees turn into debt."},
        {"_id": "d2", "title": "", "text": "Organs are removed. " * 150},
        {"_id": "d3", "title": "Children in conflict", "text": ""},
        {"_id": "d4", "title": "", "text": ""},
    ]
    queries = [
        {"_id": "q1", "text": "fees and debt"},
        {"_id": "q2", "text": "removal of organs"},
        {"_id": "q3", "text": "children"},
        {"_id": "q4", "text": "?"},
    ]
    for name, records in (("corpus", documents), ("queries", queries)):
        lines = "\n".join(json.dumps(record) for record in records)
        (folder / f"{name}.jsonl").write_text(lines + "\n")
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t2\nq2\td1\t0\nq4\td1\t1\n"
    )
    return folder


def test_measured_through_the_engine(judged: Path, encoder: Encoder) -> None:
    """
    Only judged questions count; a long document counts once, one with a title only is found by
    it, and a question that asks nothing finds nothing.
    """
    measured = evaluate(judged, encoder).to_json()
    promised = {
        "name", "documents", "queries", "mode", "ndcg@10", "recall@100", "mrr@10", "success@5",
        "seconds",
    }  # fmt: skip
    assert {name: measured[name] for name in promised} | {"seconds": None} == {
        "name": "little",
        "documents": 4,
        "queries": 3,
        "mode": "hybrid",
        "ndcg@10": 0.6667,
        "recall@100": 0.6667,
        "mrr@10": 0.6667,
        "success@5": 0.6667,
        "seconds": None,
    }


def test_index_is_kept_where_asked(judged: Path, encoder: Encoder, tmp_path: Path) -> None:
    """A kept index serves the next mode without encoding again."""
    index = tmp_path / "index"
    first = evaluate(judged, encoder, mode="dense", index=index)
    again = evaluate(judged, encoder, mode="lexical", index=index)
    assert (first.mode, again.mode) == ("dense", "lexical")
    assert len(list((index / "generations").iterdir())) == 1


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_missing_file_is_named(judged: Path, name: str) -> None:
    """A folder that is no judged set says which file is missing."""
    (judged / name).unlink()
    with pytest.raises(JudgementsError, match=f"'{name}' is missing"):
        read_judged_set(judged)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("corpus.jsonl", '{"_id": "a", "text": "b"}\nnot json\n', "line 2 of 'corpus.jsonl'"),
        ("queries.jsonl", '{"text": "b"}\n', "line 1 of 'queries.jsonl'"),
        ("qrels/test.tsv", "q1\td1\n", "line 1 of 'test.tsv'"),
        ("qrels/test.tsv", "q1\td1\tmuch\n", "line 1 of 'test.tsv'"),
        ("qrels/test.tsv", "other\td1\t1\n", "judges none of the questions"),
    ],
)
def test_unreadable_line_is_named(judged: Path, name: str, content: str, message: str) -> None:
    """A line that cannot be read is named with its file."""
    (judged / name).write_text(content)
    with pytest.raises(JudgementsError, match=message):
        read_judged_set(judged)
