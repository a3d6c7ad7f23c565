"""Many questions are asked at once, and each gets what it would have got alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from wgsearch.api.batch import MAX_QUERIES

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

BATCH = "/api/v1/search/batch"


def _without_time(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "took_ms"}


def test_each_question_gets_the_answer_it_gets_alone(client: TestClient) -> None:
    """Answers come in the order of the questions, equal to those of single searches."""
    queries = [
        {"q": "debt bondage", "k": 2},
        {"q": "DEMO/COP/WG.4/2022/2, para. 2"},
        {"q": "victims", "kind": ["report"], "from": 2022, "mode": "lexical"},
    ]
    found = client.post(BATCH, json={"queries": queries}).json()
    alone = [client.post("/api/v1/search", json=each).json() for each in queries]
    assert [_without_time(each["answer"]) for each in found["answers"]] == [
        _without_time(each) for each in alone
    ]
    assert {each["answer"]["generation"] for each in found["answers"]} == {found["generation"]}
    assert all(each["problem"] is None for each in found["answers"])


def test_one_that_fails_harms_no_other(client: TestClient) -> None:
    """A question that is refused gets its own problem, in its place; the others are answered."""
    queries = [
        {"q": "debt bondage"},
        {"q": "?!"},
        {"q": "debt", "kid": "report"},
        {"q": "debt", "mode": "hybird", "from": 3000},
        {"q": "debt", "from": 2024, "to": 2020},
        {},
        {"q": "fees"},
    ]
    answer = client.post(BATCH, json={"queries": queries})
    assert answer.status_code == 200
    found = answer.json()["answers"]
    assert [each["answer"] is None for each in found] == [
        each["problem"] is not None for each in found
    ]
    slugs = [each["problem"] and each["problem"]["type"].rpartition("/")[2] for each in found]
    assert slugs == [
        None,
        "empty-question",
        "invalid-parameter",
        "invalid-parameter",
        "invalid-filter",
        "invalid-parameter",
        None,
    ]
    pointers = [{each["pointer"] for each in found[at]["problem"]["errors"]} for at in (2, 3, 5)]
    assert pointers == [
        {"#/queries/2/kid"},
        {"#/queries/3/mode", "#/queries/3/from"},
        {"#/queries/5/q"},
    ]
    assert found[3]["problem"]["instance"] == answer.headers["X-Request-ID"]


def test_a_problem_in_a_batch_is_the_problem_of_a_search(client: TestClient) -> None:
    """The same words as alone, with the nearest that would have been right."""
    query = {"q": "debt", "mode": "hybird"}
    alone = client.post("/api/v1/search", json=query).json()
    within = client.post(BATCH, json={"queries": [query]}).json()["answers"][0]["problem"]
    assert (within["detail"], within["status"]) == (alone["detail"], alone["status"])
    assert within["errors"][0]["near"] == alone["errors"][0]["near"] == "hybrid"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"queries": []}, "#/queries"),
        ({"queries": [{"q": "debt"}] * (MAX_QUERIES + 1)}, "#/queries"),
        ({"queries": [{"q": "debt"}], "k": 3}, "#/k"),
        ({}, "#/queries"),
    ],
)
def test_what_is_no_batch_is_refused_whole(
    client: TestClient, body: dict[str, Any], pointer: str
) -> None:
    """None, too many, or keys beside the questions: nothing is asked, and the place is named."""
    answer = client.post(BATCH, json=body)
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


def test_a_question_that_is_no_object_is_refused_in_words(client: TestClient) -> None:
    """A bare string among the questions refuses the batch, and names its place once."""
    answer = client.post(BATCH, json={"queries": [{"q": "debt"}, "fees"]})
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == ["#/queries/1"]
