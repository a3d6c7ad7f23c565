"""Whether the papers answer is said in the same words wherever a search is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from wgsearch.api.verdicts import HELP, SHOWN, WORDS, note

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

API = "/api/v1"
AGENDA = "DEMO/COP/WG.4/2024/1"


def _main(client: TestClient, path: str) -> BeautifulSoup:
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 200
    return BeautifulSoup(page.text, "html.parser")


def _text(page: BeautifulSoup) -> str:
    assert page.main is not None
    return " ".join(page.main.get_text(" ").split())


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("covered", "The papers probably answer this."),
        ("touched", "The papers touch on this; no paragraph answers it outright."),
        ("not_covered", "Probably no paper covers this."),
    ],
)
def test_a_verdict_is_a_sentence_everywhere(judged: TestClient, verdict: str, words: str) -> None:
    """JSON has the value and the sentence; the page the sentence, and how far to trust it."""
    found = judged.get(f"{API}/search?q={verdict}+debt").json()
    assert (found["verdict"], found["verdict_note"]) == (verdict, words)
    page = _main(judged, f"/search?q={verdict}+debt")
    line = page.select_one("[role=status] p.verdict")
    assert line is not None
    assert line.get_text(" ").split() == f"{words} {SHOWN[verdict]}".split()
    assert HELP in _text(page)


def test_without_a_verdict_nothing_is_claimed(client: TestClient) -> None:
    """An answer that was not judged says neither that papers answer nor that they do not."""
    found = client.get(f"{API}/search?q=debt&mode=lexical").json()
    assert (found["verdict"], found["verdict_note"]) == (None, None)
    page = _main(client, "/search?q=debt&mode=lexical")
    assert not page.select(".verdict")
    assert not any(words in _text(page) for words in (*WORDS.values(), HELP))


def test_a_verdict_stands_over_an_empty_answer_too(judged: TestClient) -> None:
    """Nothing found: the verdict speaks of no nearest passages."""
    page = _main(judged, "/search?q=not_covered+%22zebra+crossing%22")
    line = page.select_one(".nothing p.verdict")
    assert line is not None
    assert line.get_text().strip() == WORDS["not_covered"]


def test_items_of_an_agenda_have_verdicts(judged: TestClient) -> None:
    """An agenda is searched item by item, and each item is judged, on the page and as JSON."""
    item = judged.get(f"{API}/agendas/{AGENDA}/items/2/passages").json()["item"]
    assert (item["verdict"], item["verdict_note"]) == ("touched", WORDS["touched"])
    assert item["papers"][0]["best_rank"] == 1
    assert item["addressed_before"]["verdict"] == "not_found"
    page = _main(judged, f"/agendas/{AGENDA}")
    assert len(page.select("section.item p.verdict.touched")) >= 1


def test_did_you_mean_keeps_what_was_chosen(judged: TestClient) -> None:
    """The question as it was perhaps meant is one link away, with the same filters."""
    assert judged.get(f"{API}/search?q=debt+bondge").json()["suggestion"] == "debt bondage"
    for path in ("/search?q=debt+bondge&kind=report&page=1", "/search?q=%22bondge%22&kind=report"):
        page = _main(judged, path.replace("&page=1", ""))
        link = page.select_one("[role=status] .suggestion a")
        assert link is not None
        assert "bondage" in link.get_text()
        assert str(link["href"]).endswith("&kind=report")
        assert "bondage" in str(link["href"])
    assert not _main(judged, "/search?q=debt").select(".suggestion")


def test_an_unknown_verdict_is_a_mistake() -> None:
    """No verdict without words of its own reaches a page."""
    assert note(None) is None
    with pytest.raises(KeyError, match="perhaps"):
        note("perhaps")
