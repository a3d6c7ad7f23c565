"""Where on an agenda a question belongs, over HTTP and on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

AGENDA = "DEMO/COP/WG.4/2024/1"
ONE, ALL = f"/api/v1/agendas/{AGENDA}/belonging", "/api/v1/agendas/belonging"
_LONG = "fees " * 4001


@pytest.mark.parametrize("path", [ONE, ALL])
def test_a_question_finds_its_item(client: TestClient, path: str) -> None:
    """The item, the agenda's words that are nearest, and what a paper listed for it says."""
    found = client.get(path, params={"q": "fees that turn into debt"}).json()
    (item,) = found["items"]
    assert (item["agenda"]["symbol"], item["number"]) == (AGENDA, "2")
    assert item["words"] == "The Working Group will consider fees that turn into debt."
    assert item["url"] == f"http://testserver/agendas/{AGENDA}#item-2"
    assert item["passage"]["citation"] == "DEMO/COP/WG.4/2022/2, para. 1"
    page = client.get(f"/agendas/{AGENDA}").text
    assert 'id="item-2"' in page


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 422, "q: is required"),
        ("q=%3F", 422, "no letter and no digit"),
        (f"q={_LONG}", 422, "20000"),
        ("q=fees&k=0", 422, "k: must be 1 or more"),
        ("q=fees&agenda=1", 422, "unknown parameter"),
    ],
)
@pytest.mark.parametrize("path", [ONE, ALL])
def test_what_is_asked_wrongly_is_told(
    client: TestClient, path: str, query: str, status: int, words: str
) -> None:
    """Each bad question has its problem, with what to do."""
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == status
    assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    ("symbol", "words"),
    [("DEMO/COP/WG.4/2022/2", "holds no agenda"), ("DEMO/COP/WG.4/2099/1", "No paper")],
)
def test_a_paper_that_is_no_agenda(client: TestClient, symbol: str, words: str) -> None:
    """It has no items; the API, the page and its twin say so, with and without a question."""
    for path in (
        f"/api/v1/agendas/{symbol}/belonging?q=fees",
        f"/agendas/{symbol}/belonging",
        f"/agendas/{symbol}/belonging?q=fees",
        f"/agendas/{symbol}/belonging.json?q=fees",
    ):
        answer = client.get(path)
        assert answer.status_code == 404
        assert words in answer.json()["detail"]


def test_the_pages_show_what_their_twins_tell(client: TestClient) -> None:
    """Of one agenda and of all; the list of agendas has the form."""
    asked = {"q": "fees that turn into debt"}
    for path in (f"/agendas/{AGENDA}/belonging", "/agendas/belonging"):
        page = client.get(path, params=asked).text
        twin = client.get(f"{path}.json", params=asked).json()
        for each in twin["items"]:
            assert f'href="/agendas/{AGENDA}#item-2">2. {each["title"]}</a>' in page
            assert each["words"] in page
        assert client.get(path).status_code == 200
        wrong = client.get(path, params={"q": "?"})
        assert wrong.status_code == 422
        assert 'id="wrong-q"' in wrong.text
    assert 'action="/agendas/belonging"' in client.get("/agendas").text


def test_an_agenda_has_one_address(client: TestClient) -> None:
    """Another spelling of its symbol leads there, with the question."""
    answer = client.get("/agendas/demo/cop/wg.4/2024/1/belonging?q=fees")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/agendas/{AGENDA}/belonging?q=fees"
