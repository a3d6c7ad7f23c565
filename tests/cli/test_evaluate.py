"""Evaluating, run as an operator runs it: sets, cases, marks, comparisons."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SERIES = "DEMO/COP/WG.4"
CASES: list[dict[str, object]] = [
    {
        "id": "fees",
        "question": "fees charged to workers turn into debt",
        "expected": [{"symbol": f"{SERIES}/2022/2", "paragraph": "1"}],
        "kind": "direct",
    },
    {
        "id": "far",
        "question": "organs",
        "expected": [{"symbol": f"{SERIES}/2023/3", "paragraph": "1"}],
        "kind": "paraphrase",
    },
    {"id": "none", "question": "gravity", "expected": [], "kind": "negative"},
]


def _lines(path: Path, records: Iterable[Mapping[str, object]]) -> Path:
    """A file of JSON lines."""
    path.write_text("".join(f"{json.dumps(each)}\n" for each in records))
    return path


def _run(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    """`wgsearch`, ended with the status expected."""
    done = subprocess.run(
        [sys.executable, "-m", "wgsearch.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    """Two documents and two questions, one of which finds nothing."""
    folder = tmp_path / "little"
    (folder / "qrels").mkdir(parents=True)
    documents = [{"_id": "a", "text": "Fees turn into debt."}, {"_id": "b", "text": "Organs."}]
    _lines(folder / "corpus.jsonl", documents)
    _lines(
        folder / "queries.jsonl",
        [{"_id": "q1", "text": "debt"}, {"_id": "q2", "text": "kidneys [red]"}],
    )
    (folder / "qrels" / "test.tsv").write_text("q1\ta\t1\nq2\tb\t1\n")
    return folder


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Three cases over the nine papers."""
    return _lines(tmp_path / "cases.jsonl", CASES)


def test_a_set_is_measured_told_and_compared(judged: Path, tmp_path: Path) -> None:
    """
    The promised keys, each question by itself, a report in a file; after a question was made
    answerable by another document, the comparison names it.
    """
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    words = ("evaluate", judged, "--mode", "lexical", "--per-query")
    done = _run(*words, "-o", before, "--json")
    found = json.loads(done.stdout)
    assert json.loads(before.read_text()) == found
    assert found["ndcg@10"] == 0.5
    assert [each["missed"] for each in found["per_query"]] == [[], ["b"]]
    assert "Asking questions: 2 of 2" in done.stderr
    documents = judged / "corpus.jsonl"
    documents.write_text(documents.read_text().replace("Organs.", "Organs, kidneys."))
    table = _run(*words, "--compare", before, "-o", after).stdout
    assert "By ndcg@10: 1 questions rose, 0 fell, 1 stayed." in table
    assert "kidneys [red]" in table
    comparison = json.loads(after.read_text())["comparison"]
    assert comparison["measures"]["ndcg@10"]["difference"] == 0.5
    assert [each["id"] for each in comparison["rose"]] == ["q2"]


def test_a_kept_index_is_used_again(judged: Path, tmp_path: Path) -> None:
    """With --index nothing is built a second time."""
    index = tmp_path / "index"
    words = ("evaluate", judged, "--mode", "lexical", "--index", index)
    _run(*words)
    assert "Encoding" not in _run(*words).stderr
    assert len(list((index / "generations").iterdir())) == 1


def test_cases_are_asked_of_an_index(cases: Path, tiny_index: Path, tmp_path: Path) -> None:
    """Where the right paragraph came and what came first; verdicts are null or shares."""
    before = tmp_path / "before.json"
    words = ("evaluate", cases, "--index", tiny_index, "--mode", "lexical", "--per-query")
    table = _run(*words, "-o", before).stdout
    assert f"expected: {SERIES}/2023/3, para. 1" in table
    assert f"first: {SERIES}/2024/2, para. 1" in table
    found = json.loads(_run(*words, "--compare", before, "--json").stdout)
    assert (found["success@1"], found["answerable"], found["negatives"]) == (0.5, 2, 1)
    assert found["comparison"]["measures"]["mrr@10"]["p"] == 1
    assert found["comparison"]["unchanged"] == 2


def test_marks_become_cases_that_can_be_asked(tiny_index: Path, tmp_path: Path) -> None:
    """Two experts' files, one disagreement by majority, one file of cases, evaluated."""
    mark = {"question": "fees turn into debt", "symbol": f"{SERIES}/2022/2", "paragraph": "1"}
    one = _lines(tmp_path / "one.jsonl", [mark | {"answers": True}, mark | {"answers": True}])
    two = _lines(tmp_path / "two.jsonl", [mark | {"answers": False, "by": "B"}])
    made = tmp_path / "made.jsonl"
    told = _run("cases", one, two, "-o", made).stdout
    assert "3 marks made 1 cases" in told
    assert "2 yes, 1 no; taken as: answers" in " ".join(told.split())
    again = json.loads(_run("cases", one, two, "-o", made, "--json").stdout)
    assert (again["cases"], len(again["disagreements"])) == (1, 1)
    asked = _run("evaluate", made, "--index", tiny_index, "--mode", "lexical", "--json").stdout
    assert json.loads(asked)["success@1"] == 1


def test_cases_by_hand_are_not_written_over(cases: Path, tmp_path: Path) -> None:
    """What a person wrote is not lost to an export of marks."""
    mark = {"question": "fees", "symbol": "A/1", "paragraph": "1", "answers": True}
    marks = _lines(tmp_path / "marks.jsonl", [mark])
    before = cases.read_text()
    assert "would be lost" in _run("cases", marks, "-o", cases, code=1).stderr
    assert cases.read_text() == before


def test_what_cannot_be_done_is_said_before_the_work(
    judged: Path, cases: Path, tiny_index: Path, tmp_path: Path
) -> None:
    """Exit 1 for the world's faults, 2 for usage; nothing on standard output."""
    plain = tmp_path / "plain.json"
    _run("evaluate", judged, "--mode", "lexical", "-o", plain)
    empty = _lines(tmp_path / "marks.jsonl", [])
    asked: tuple[tuple[tuple[object, ...], int, str], ...] = (
        (("evaluate", tmp_path / "none"), 1, "there is no"),
        (("evaluate", judged, "--compare", plain), 1, "--per-query -o FILE"),
        (("evaluate", judged, "--index", tiny_index), 1, "index of papers"),
        (("evaluate", judged, "-o", tmp_path / "no" / "x.json"), 2, "cannot be written"),
        (("evaluate", cases, "--with-annotation"), 2, "--with-annotation is for judged"),
        (("cases", empty, "-o", tmp_path / "x.jsonl"), 1, "holds no mark"),
    )
    for arguments, code, words in asked:
        done = (
            _run(*arguments, "--mode", "lexical", code=code)
            if arguments[0] == "evaluate"
            else (_run(*arguments, code=code))
        )
        assert words in " ".join(done.stderr.replace("│", " ").split())
        assert not done.stdout
