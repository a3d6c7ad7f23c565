"""Agendas as pages: item by item, one that is brought along, its pack; useful without script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient

from wgsearch.api.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.search import LocalEngine

_SYMBOL = "DEMO/COP/WG.4/2024/1"
_FILE = Path(__file__).parents[2] / "corpus/papers/DEMO_COP_WG.4_2026_1.en.pdf"
_PAGE = {"Accept": "text/html"}
_TEXT = "Provisional agenda\n\n1. Opening of the session.\n2. Debt bondage.\n3. Other matters.\n"


def _page(client: TestClient, path: str) -> BeautifulSoup:
    answer = client.get(path, headers=_PAGE)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


@pytest.fixture(scope="module")
def sample(sample_engine: LocalEngine) -> Iterator[TestClient]:
    """A caller of an application over the sample corpus."""
    app = create_app(sample_engine, hosts=("testserver",))
    with TestClient(app, follow_redirects=False) as caller:
        yield caller


def test_documents_are_linked_or_said_to_be_missing(client: TestClient) -> None:
    """Of three documents listed one is held and opens; what is missing is named at the top."""
    page = _page(client, f"/agendas/{_SYMBOL}")
    states = [each.get_text() for each in page.select("section.item .papers .state")]
    assert states[:3] == ["Held", "Missing from the corpus", "Listed without a symbol"]
    link = page.select_one("section.item .papers a.title")
    assert link is not None
    assert link["href"] == "/documents/DEMO/COP/WG.4/2022/2"
    notice = page.select_one(".masthead .notice")
    assert notice is not None
    assert "DEMO/COP/WG.4/2024/9" in notice.get_text()


def test_each_item_offers_its_own_pack(client: TestClient) -> None:
    """The pack of one item is one link, in each format, and opens."""
    page = _page(client, f"/agendas/{_SYMBOL}")
    links = [str(each["href"]) for each in page.select(".item .packs a")]
    for form in ("docx", "md", "html", "json"):
        assert f"/agendas/{_SYMBOL}/pack.{form}?item=2" in links
    one = client.get(f"/agendas/{_SYMBOL}/pack.json?item=2").json()
    assert [each["number"] for each in one["items"]] == ["2"]


def test_an_agenda_leads_to_where_a_question_belongs(client: TestClient) -> None:
    """Whoever has a question for the session asks from the agenda itself."""
    page = _page(client, f"/agendas/{_SYMBOL}")
    (link,) = page.select('.masthead a[href$="/belonging"]')
    assert _page(client, str(link["href"])).select_one('form[role="search"]') is not None


def test_an_item_of_procedure_is_not_searched_for(client: TestClient) -> None:
    """Nothing is claimed about the opening of a session, and the page says why."""
    section = _page(client, f"/agendas/{_SYMBOL}").select_one("section.item")
    assert section is not None
    assert "the papers were not searched for it" in section.get_text()
    assert "Addressed before?" not in section.get_text()


@pytest.mark.model
def test_listed_papers_stand_apart_from_earlier_ones(sample: TestClient) -> None:
    """
    What an item lists and what was said in earlier years are never mixed.

    Earlier papers stand by year, newest first; the agenda itself is none.
    """
    symbol = "DEMO/COP/WG.4/2026/1"
    item = sample.get(f"/api/v1/agendas/{symbol}/items/3/passages").json()["item"]
    listed = {each["paper"]["symbol"] for each in item["listed"]}
    earlier = [each["paper"]["symbol"] for each in item["earlier"]]
    assert listed
    assert earlier
    assert not listed & set(earlier)
    assert symbol not in earlier
    section = _page(sample, f"/agendas/{symbol}").select("section.item")[2]
    years = [each.get_text() for each in section.select("h4.year-of")]
    assert years == sorted(years, reverse=True)
    assert years[0].isdigit()


@pytest.mark.model
def test_words_on_the_page_are_words_of_the_paper(sample: TestClient) -> None:
    """Each quotation of the timeline stands in the paragraph that its link leads to."""
    symbol = "DEMO/COP/WG.4/2026/1"
    page = _page(sample, f"/agendas/{symbol}")
    quoted = page.select(".came li")
    assert quoted
    for each in quoted[:10]:
        words = each.select_one("blockquote p")
        link = each.select_one("a.citation")
        assert words is not None
        assert link is not None
        path, _, place = str(link["href"]).partition("#")
        if place:
            read = _page(sample, path).find(id=place)
            assert read is not None
            assert _plain(words.get_text()) in _plain(read.get_text())


def _plain(text: str) -> str:
    return "".join(text.split())


def test_an_agenda_that_is_not_held_gives_the_same_page(client: TestClient) -> None:
    """Pasted text is read item by item; what was typed is still there for its pack."""
    answer = client.post("/agendas", data={"text": _TEXT, "as": "page"}, headers=_PAGE)
    assert answer.status_code == 200
    page = BeautifulSoup(answer.text, "html.parser")
    titles = [each.get_text(" ", strip=True) for each in page.select("section.item > h2")]
    assert titles[:3] == ["1. Opening of the session", "2. Debt bondage", "3. Other matters"]
    typed = page.select_one("textarea")
    assert typed is not None
    assert "Debt bondage" in typed.get_text()
    assert not page.select(".packs a")


@pytest.mark.parametrize(
    ("form", "begins"), [("docx", b"PK\x03\x04"), ("md", b"# Briefing"), ("html", b"<!doctype")]
)
def test_an_agenda_that_is_not_held_gives_its_pack(
    client: TestClient, form: str, begins: bytes
) -> None:
    """A file goes before pasted text; the pack comes at once, without a page between."""
    file = {"file": ("agenda.pdf", _FILE.read_bytes())}
    answer = client.post("/agendas", data={"text": "", "as": form}, files=file, headers=_PAGE)
    assert answer.status_code == 200
    assert answer.content.startswith(begins)


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        ({"text": "  "}, 404, "nothing was sent"),
        ({"text": "Lunch is at noon."}, 404, "holds no items"),
        ({"text": _TEXT, "as": "pdf"}, 400, "page, docx, md, html, json"),
        ({"text": _TEXT, "colour": "red"}, 422, "colour"),
    ],
)
def test_what_is_no_agenda_is_told_beside_the_field(
    client: TestClient, data: dict[str, str], status: int, words: str
) -> None:
    """Nothing typed is lost, and the page says what to do."""
    answer = client.post("/agendas", data=data, headers=_PAGE)
    assert answer.status_code == status
    assert words.casefold() in answer.text.casefold()


def test_an_agenda_may_be_asked_for_as_markdown(client: TestClient) -> None:
    """`.md` beside the page leads to the pack in Markdown."""
    answer = client.get(f"/agendas/{_SYMBOL}.md")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/agendas/{_SYMBOL}/pack.md"
