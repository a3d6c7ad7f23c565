"""Two runs are compared question by question, or refused where they cannot be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import JudgementsError
from wgsearch.evaluation import compare, evaluate, read_report, report_of

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.embedding import Encoder


def _report(*values: float, digest: str = "d", mode: str = "hybrid") -> dict[str, object]:
    """A report whose questions have these values."""
    return {
        "name": "little",
        "digest": digest,
        "mode": mode,
        "documents": 4,
        "per_query": [
            {"id": f"q{at}", "question": f"question {at}", "ndcg@10": value, "verdict_right": None}
            for at, value in enumerate(values)
        ],
    }


def test_what_rose_and_what_fell() -> None:
    """
    Differences +0.5, -0.1, 0, +0.2, sum 0.6: of the eight sign changes of those that differ,
    the sums 0.8, 0.6, -0.6, -0.8 are as far from 0, so p is 4/8.
    """
    before = report_of(_report(0.5, 0.5, 0.5, 0.5), "before")
    after = report_of(_report(1.0, 0.4, 0.5, 0.7, mode="dense"), "after")
    found = compare(before, after).to_json()
    measure = found["measures"]["ndcg@10"]
    assert measure["before"] == 0.5
    assert measure["after"] == 0.65
    assert measure["difference"] == 0.15
    assert measure["p"] == 0.5
    low, high = measure["interval_95"]
    assert -0.1 <= low < 0.15 < high <= 0.5
    assert [each["id"] for each in found["rose"]] == ["q0", "q3"]
    assert found["fell"] == [{"id": "q1", "question": "question 1", "before": 0.5, "after": 0.4}]
    assert found["unchanged"] == 1
    assert found["differing"] == ["mode: hybrid before, dense now"]
    assert list(found["measures"]) == ["ndcg@10"]


def test_other_questions_are_refused() -> None:
    """Runs over another set, or with questions taken out by hand, are no comparison."""
    before = report_of(_report(0.5, 0.5), "before")
    with pytest.raises(JudgementsError, match="other questions or judgements"):
        compare(before, report_of(_report(0.5, 0.5, digest="other"), "after"))
    with pytest.raises(JudgementsError, match="tells of 2 questions, this one of 1"):
        compare(before, report_of(_report(0.5), "after"))
    with pytest.raises(JudgementsError, match="no measure in common"):
        compare(report_of(_report(), "before"), report_of(_report(), "after"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no file"),
        ("{", "is no JSON.*--per-query -o FILE"),
        ("[]", "is no report of an evaluation"),
        ('{"name": "little"}', "does not tell its questions apart; make it by.*--per-query"),
        ('{"name": "little", "per_query": []}', "is not whole.*digest"),
        ('{"name": "little", "digest": "d", "per_query": [1]}', "is not whole"),
    ],
)
def test_a_file_that_is_no_report_says_how_to_make_one(
    tmp_path: Path, content: str | None, message: str
) -> None:
    """Whatever is wrong with the earlier report, the command that makes it is named."""
    path = tmp_path / "before.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(JudgementsError, match=message):
        read_report(path)


def test_a_run_compared_with_itself(judged: Path, encoder: Encoder, tmp_path: Path) -> None:
    """What a run printed is read again, and differs from itself in nothing."""
    printed = evaluate(judged, encoder).to_json(per_query=True)
    path = tmp_path / "before.json"
    path.write_text(json.dumps(printed))
    found = compare(read_report(path), report_of(printed, "now"))
    assert found.differing == ()
    assert [each.measure for each in found.changes] == [
        "ndcg@10",
        "recall@100",
        "mrr@10",
        "success@5",
    ]
    assert all(each.p == 1 and each.interval == (0, 0) for each in found.changes)
