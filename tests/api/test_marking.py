"""Marks on results become judgements that `wgsearch evaluate` measures by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

from wgsearch.api.marking import MOST, read
from wgsearch.api.problems import RefusedError
from wgsearch.evaluation.answered import evaluate_cases
from wgsearch.evaluation.cases import read_cases, write_cases
from wgsearch.evaluation.marks import merge, read_marks

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

    from wgsearch.search import LocalEngine

SYMBOL = "DEMO/COP/WG.4/2022/2"
ONE, TWO = f"{SYMBOL}:p1", f"{SYMBOL}:p2"


def test_each_result_can_be_marked(client: TestClient) -> None:
    """Yes or no under each result, in a form that works without script."""
    page = BeautifulSoup(client.get("/search?q=recruitment+fees").text, "html.parser")
    results = page.select("article.result")
    assert results
    for each in results:
        assert len(each.select("fieldset.marks input[type=radio][form=marking]")) == 2
    form = page.select_one("form#marking[action='/marks']")
    assert form is not None
    assert form.select_one("input[name=q][value='recruitment fees']")


def test_what_the_form_sends_becomes_a_readable_address(client: TestClient) -> None:
    """A vote for each place; the last one on a place counts."""
    sent = [("q", " recruitment  fees"), (f"m:{TWO}", "no"), (f"m:{ONE}", "yes")]
    moved = client.get("/marks", params=sent)
    assert moved.status_code == 303
    assert moved.headers["location"] == f"/marks?q=recruitment%20fees&yes={ONE}&no={TWO}"
    page = client.get(moved.headers["location"])
    assert page.status_code == 200
    assert "Does not answer" in page.text
    assert read([("q", "a"), ("yes", ONE), ("no", ONE)]) == {"a": {ONE: False}}


def test_a_mark_is_turned_and_removed_by_links(client: TestClient) -> None:
    """Each mark has a link to all marks as they will be."""
    page = BeautifulSoup(client.get(f"/marks?q=fees&yes={ONE}&no={TWO}").text, "html.parser")
    ways = [str(each["href"]) for each in page.select("a[data-marks-way]")]
    assert ways == [
        f"/marks?q=fees&no={ONE}&no={TWO}",
        f"/marks?q=fees&no={TWO}",
        f"/marks?q=fees&yes={ONE}&yes={TWO}",
        f"/marks?q=fees&yes={ONE}",
        "/marks",
    ]


def test_marks_become_cases_that_are_measured(
    client: TestClient, tiny_engine: LocalEngine, tmp_path: Path
) -> None:
    """The file that a page saves goes through `cases` and `evaluate` as it is."""
    words = tiny_engine.passages(SYMBOL)[0].text
    given = [("q", words), ("yes", ONE), ("no", TWO), ("q", "nothing of it"), ("no", ONE)]
    # As a string: the test client puts parameters of one name together.
    answer = client.get(f"/marks.jsonl?{urlencode([*given, ('by', 'A. Reader')])}")
    assert answer.status_code == 200
    assert 'filename="marks.jsonl"' in answer.headers["content-disposition"]
    lines = [json.loads(each) for each in answer.text.splitlines()]
    assert [(each["paragraph"], each["answers"], each["by"]) for each in lines] == [
        *(("1", True, "A. Reader"), ("2", False, "A. Reader"), ("1", False, "A. Reader")),
    ]
    (tmp_path / "marks.jsonl").write_bytes(answer.content)
    merged = merge(read_marks(tmp_path / "marks.jsonl"))
    assert [each.paragraph for case in merged.cases for each in case.expected] == ["1"]
    write_cases(tmp_path / "cases.jsonl", merged.cases)
    measured = evaluate_cases(read_cases(tmp_path / "cases.jsonl"), tiny_engine)
    assert [each.rank for each in measured.answered] == [1]


@pytest.mark.parametrize(
    ("pairs", "words"),
    [([("yes", ONE)], "stands before any question"), ([("q", "a"), ("maybe", ONE)], "unknown")],
)
def test_what_is_no_mark_is_refused(
    client: TestClient, pairs: list[tuple[str, str]], words: str
) -> None:
    """A vote without a question, a vote that is none."""
    with pytest.raises(RefusedError, match=words):
        read(pairs)
    assert client.get("/marks", params=pairs).status_code == 422


def test_too_many_marks_are_refused(client: TestClient) -> None:
    """The problem says how many are read at a time."""
    many = [("q", "fees"), *(("yes", f"{SYMBOL}:p{number}") for number in range(MOST + 1))]
    answer = client.get("/marks.jsonl", params=many)
    assert answer.status_code == 422
    assert f"{MOST} marks" in answer.json()["detail"]
