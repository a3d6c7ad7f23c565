"""Whether a topic was addressed before, over HTTP: verdict, timeline, evidence; and its page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from wgsearch.api.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.search import LocalEngine

API = "/api/v1/history"
SERIES = "DEMO/COP/WG.4"
AGENDA = f"{SERIES}/2024/1"


@pytest.fixture(scope="module")
def reports(report_engine: LocalEngine) -> Iterator[TestClient]:
    """A caller of the application over three reports."""
    app = create_app(report_engine, hosts=("testserver",))
    with TestClient(app, follow_redirects=False) as found:
        yield found


def _asked(client: TestClient, **asked: str) -> dict[str, Any]:
    answer = client.get(API, params=asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_topic_with_an_item_of_its_own(client: TestClient) -> None:
    """The verdict with its timeline, oldest first; each place is cited and leads to its words."""
    found = _asked(client, topic="debt bondage")
    assert (found["verdict"], found["confidence"]) == ("dedicated_item", "high")
    assert [each["citation"] for each in found["timeline"]] == [
        f"{SERIES}/2022/2",
        f"{SERIES}/2022/2, para. 2",
        f"{AGENDA}, item 2",
    ]
    passage = found["timeline"][1]
    assert (passage["paragraph"], passage["part"]) == ("2", "body")
    assert (passage["date"], passage["session"]) == ("2022-04-25", "First session")
    paragraph = client.get(f"/api/v1/documents/{SERIES}/2022/2/paragraphs/2").json()["paragraph"]
    assert passage["words"] in paragraph["text"]
    assert passage["url"] == f"http://testserver/documents/{SERIES}/2022/2#p2"
    assert found["timeline"][2]["item"] == "2"
    assert found["timeline"][2]["paragraph"] is None


def test_a_topic_that_no_paper_has(client: TestClient) -> None:
    """Nothing is made up: no evidence, no recommendation."""
    found = _asked(client, topic="zebra crossings")
    assert (found["verdict"], found["timeline"], found["recommended"]) == ("not_found", [], [])


def test_only_what_is_older_counts(client: TestClient) -> None:
    """`before` takes a day, a month, a year, or an agenda, whose own session does not count."""
    assert _asked(client, topic="debt bondage", before="2022-04")["verdict"] == "not_found"
    assert _asked(client, topic="debt bondage", before="2023")["verdict"] == "dedicated_item"
    piece = _asked(client, topic="debt bondage", before="2024/1")
    found = _asked(client, topic="debt bondage", before=AGENDA)
    assert piece["timeline"] == found["timeline"]
    assert found["before"] == AGENDA
    assert {each["symbol"] for each in found["timeline"]} == {f"{SERIES}/2022/2"}


def test_an_item_is_asked_before_its_session(client: TestClient) -> None:
    """The papers listed for it are its own, so what they say was not said before."""
    found = _asked(client, agenda=AGENDA, item="2")
    assert found["topic"] == "Recruitment fees and debt bondage"
    assert found["agenda"]["symbol"] == AGENDA
    assert found["item"] == "2"
    assert found["verdict"] == "not_found"
    assert _asked(client, agenda="2024/1", item="2") == found
    part = _asked(client, agenda=AGENDA, item="1(A)")
    assert part["topic"] == "Organizational matters: Opening of the session"


def test_what_was_recommended_on_it(reports: TestClient) -> None:
    """Recommendations of reports, newest first, each with the address of its lineage."""
    found = _asked(reports, topic="inspect recruitment agencies every year")
    assert found["verdict"] != "not_found"
    recommended = found["recommended"]
    assert [each["date"][:4] for each in recommended] == sorted(
        (each["date"][:4] for each in recommended), reverse=True
    )
    assert f"{SERIES}/2023/5, para. 1" in {each["citation"] for each in recommended}
    for each in recommended:
        assert reports.get(each["lineage_url"]).json()["id"] == each["id"]
    page = reports.get("/history", params={"topic": "inspect recruitment agencies every year"}).text
    assert "What was recommended" in page
    assert recommended[0]["text"] in page


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 422, "give `topic`, or `agenda` and `item`"),
        ("topic=debt&agenda=DEMO/COP/WG.4/2024/1&item=2", 422, "give either `topic`"),
        ("agenda=DEMO/COP/WG.4/2024/1", 422, "go together"),
        ("item=2", 422, "go together"),
        ("agenda=DEMO/COP/WG.4/2024/1&item=2&before=2020", 422, "`before` goes with `topic`"),
        ("topic=%3F", 422, "holds no letter"),
        ("topic=debt&before=soon", 422, "before 'soon': neither a date"),
        ("topic=debt&before=2022-13", 422, "neither a date"),
        ("topic=debt&befor=2022", 422, "did you mean before?"),
        ("topic=debt&topic=fees", 422, "may be given once only"),
        ("agenda=DEMO/COP/WG.4/2024/1&item=9", 404, "has no item '9'; its items are 1, 1 (a), 2"),
        ("agenda=DEMO/COP/WG.4/2022/2&item=1", 404, "holds no agenda"),
        ("agenda=DEMO/COP/WG.4/2099/1&item=1", 404, "No paper"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    client: TestClient, query: str, status: int, words: str
) -> None:
    """Each with its status and what to do; the twin refuses the same."""
    for path in (API, "/history.json", "/history.md"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == status
        assert words.casefold() in answer.json()["detail"].casefold()


def test_the_page_shows_what_its_twins_tell(client: TestClient) -> None:
    """Verdict, confidence, citations and words; JSON and Markdown are a link away."""
    asked = {"topic": "debt bondage", "before": "2023"}
    page = client.get("/history", params=asked).text
    twin = client.get("/history.json", params={**asked, "agenda": "", "item": " "}).json()
    assert twin == _asked(client, **asked)
    assert "Yes, under an item of its own" in page
    assert "Confidence: <strong>high</strong>" in page
    for each in twin["timeline"]:
        assert f">{each['citation']}</a>" in page
        assert each["words"] in page
    assert 'href="/history.md?topic=debt+bondage&amp;before=2023"' in page
    text = client.get("/history.md", params=asked)
    assert text.headers["content-type"] == "text/markdown; charset=utf-8"
    for each in twin["timeline"]:
        assert each["words"] in text.text
    assert (
        f"[{SERIES}/2022/2, para. 2](http://testserver/documents/{SERIES}/2022/2#p2)" in text.text
    )


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ("topic=%3F", 422, "topic"),
        ("topic=debt&before=soon", 422, "before"),
        ("agenda=DEMO/COP/WG.4/2024/1", 422, "item"),
        ("agenda=DEMO/COP/WG.4/2024/1&item=9", 404, "item"),
        ("agenda=DEMO/COP/WG.4/2022/2&item=9", 404, "agenda"),
        ("topic=debt&agenda=DEMO/COP/WG.4/2024/1&item=2", 422, "item"),
    ],
)
def test_the_page_says_what_is_wrong_beside_its_field(
    client: TestClient, query: str, status: int, field: str
) -> None:
    """The form stays, with what was typed in it."""
    answer = client.get(f"/history?{query}", headers={"accept": "text/html"})
    assert answer.status_code == status
    assert f'id="wrong-{field}"' in answer.text
    assert "Nothing was looked for" in answer.text
    assert client.get("/history").status_code == 200


def test_a_later_version_is_said(client: TestClient) -> None:
    """Evidence from a paper that was replaced says by which."""
    page = client.get("/history", params={"topic": "irrelevance of consent"}).text
    twin = client.get("/history.json", params={"topic": "irrelevance of consent"}).json()
    replaced = f"{SERIES}/2023/3 was replaced by {SERIES}/2023/3/Rev.1"
    assert (replaced in twin["notes"]) is (replaced in page)
    assert any(each["symbol"].startswith(f"{SERIES}/2023/3") for each in twin["timeline"])
