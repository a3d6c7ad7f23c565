"""Pages of the compendium: contents, a topic, gaps, changes, ways between them and papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from wgsearch.compendium.records import Compendium

PAPER = "/documents/DEMO/COP/WG.4/2022/2"


def _page(pages: TestClient, path: str, status: int = 200) -> BeautifulSoup:
    answer = pages.get(path)
    assert answer.status_code == status
    return BeautifulSoup(answer.text, "html.parser")


def test_the_contents_lead_to_each_topic(pages: TestClient, edition: Compendium) -> None:
    """Themes and topics in order, each topic a link that works."""
    page = _page(pages, "/compendium")
    links = [each["href"] for each in page.select("section .papers a.title")]
    assert links == [
        f"/compendium/{topic.id}" for theme in edition.themes for topic in theme.topics
    ]
    for link in links:
        _page(pages, str(link))
    assert page.select_one("nav a[href='/compendium'][aria-current=page]")


def test_plots_and_tables_show_the_same(pages: TestClient) -> None:
    """The numbers over the bars of a theme are those of its row."""
    page = _page(pages, "/compendium")
    rows = page.select("section[aria-labelledby=years] tbody tr")
    plots = page.select("figure.plot")
    assert len(rows) == len(plots) == 2
    for row, plot in zip(rows, plots, strict=True):
        drawn = [each.get_text() for each in plot.select("text[font-size='11']")]
        assert drawn == [each.get_text() for each in row.select("td") if each.get_text() != "–"]


def test_each_sentence_leads_to_its_paragraph(pages: TestClient, edition: Compendium) -> None:
    """A sentence stands as it stands in its paper, with the way there."""
    page = _page(pages, "/compendium/recruitment-fees")
    topic = edition.themes[0].topics[0]
    shown = page.select("section[aria-labelledby=summary] li")
    assert [each.select_one("blockquote p").get_text() for each in shown] == [
        each.text for each in topic.summary
    ]
    way = shown[0].select_one("a.citation")
    assert way["href"] == f"{PAPER}#p1"
    paper = _page(pages, PAPER)
    assert topic.summary[0].text in paper.select_one("#p1").get_text()


def test_sentences_are_in_their_language(pages: TestClient, edition: Compendium) -> None:
    """An Arabic sentence is marked as Arabic and set from right to left."""
    topic = next(
        topic
        for theme in edition.themes
        for topic in theme.topics
        if any(each.place.language == "ar" for each in topic.summary)
    )
    assert _page(pages, f"/compendium/{topic.id}").select_one(".sayings [lang=ar][dir=rtl]")


def test_a_paper_leads_to_its_topics_and_back(pages: TestClient) -> None:
    """The reader of a paper is one click from the topics that it is in."""
    way = _page(pages, PAPER).select_one("a[href^='/compendium?symbol=']")
    found = _page(pages, str(way["href"]))
    assert "2 topics of DEMO/COP/WG.4/2022/2" in found.select_one("#found").get_text()
    assert found.select_one("section[aria-labelledby=found] a[href='/compendium/recruitment-fees']")


def test_what_is_not_found_is_said_beside_the_form(pages: TestClient) -> None:
    """An unknown symbol keeps what was typed, and the page goes on below it."""
    page = _page(pages, "/compendium?symbol=DEMO/COP/WG.4/2022/22", 404)
    assert "no paper" in page.select_one("#wrong").get_text().casefold()
    assert page.select_one("#symbol")["value"] == "DEMO/COP/WG.4/2022/22"
    assert page.select("section .papers a.title")
    empty = _page(pages, "/compendium?q=&symbol=&paragraph=")
    assert empty.select_one("#found") is None


def test_gaps_are_told_by_kind(pages: TestClient) -> None:
    """Topics by years, what is missing and what is repeated, each with its way."""
    page = _page(pages, "/compendium/gaps")
    headings = [each.get_text() for each in page.select("main h2")]
    assert headings[0] == "Topics by years"
    assert {"Topics long not addressed", "Agenda topics without papers"} <= set(headings)
    assert page.select_one("a[href='/compendium/consent']")
    darkest = page.select("td.dark4")
    counts = [
        int(each.get_text()) for each in page.select("td[class*=dark]") if each.get_text() != "–"
    ]
    assert {int(each.get_text()) for each in darkest} == {max(counts)}


def test_changes_name_paragraphs(pages: TestClient) -> None:
    """What joined is cited; a topic that ended is named, and leads to where it went."""
    page = _page(pages, "/compendium/changes")
    assert "Edition 3 against edition 2." in page.get_text()
    assert page.select_one("ins")
    assert "old-topic" in page.get_text()
    assert page.select_one("li .quiet a[href='/compendium/consent']")


def test_unknown_topics_have_near_ones(pages: TestClient) -> None:
    """An address that was mistyped names the topic that was meant."""
    assert "consent" in _page(pages, "/compendium/consnt", 404).get_text()
    assert pages.get("/compendium/consent.json").json()["topic"]["id"] == "consent"
    assert pages.get("/compendium/gaps?x=1").status_code == 422


def test_a_result_leads_to_its_topic(pages: TestClient) -> None:
    """Who found a paragraph is one click from all that is said on its topic."""
    page = _page(pages, "/search?q=recruitment+fees+debt")
    way = page.select_one("article.result a[href='/compendium/recruitment-fees']")
    assert way is not None
    assert way.get_text() == "Topic: Recruitment fees"


def test_the_state_of_the_index_names_the_edition(pages: TestClient) -> None:
    """Whether the compendium is of the papers that are searched is told where people look."""
    told = _page(pages, "/status").select_one("dl.facts").get_text(" ", strip=True)
    assert "Compendium Edition 3 , of these papers" in told
