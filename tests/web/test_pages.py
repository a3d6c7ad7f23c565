"""Pages work without script or style: real headings, links, forms and words."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

WEB = Path(__file__).parents[2] / "web"
PAPER = "/documents/DEMO/COP/WG.4/2022/2"
AGENDA = "/agendas/DEMO/COP/WG.4/2022/1"
LINEAGE = "/recommendations/DEMO/COP/WG.4/2027/5:1"
ALL = [
    *("/", "/search?q=debt", "/documents", PAPER, "/agendas", AGENDA, "/status", "/api"),
    *("/recommendations", "/recommendations?q=fees&addressee=states", LINEAGE),
    *("/help", "/basket", "/basket?p=DEMO/COP/WG.4/2022/2:p2", "/marks"),
    "/marks?q=fees&yes=DEMO/COP/WG.4/2022/2:p2&no=DEMO/COP/WG.4/2022/2:p1",
]


def _page(pages: TestClient, path: str, status: int = 200) -> BeautifulSoup:
    answer = pages.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return BeautifulSoup(answer.text, "html.parser")


@pytest.mark.parametrize("path", [*ALL, "/nowhere", "/problems/not-found"])
def test_each_page_is_well_built(pages: TestClient, path: str) -> None:
    """One main heading, landmarks, a skip link that leads somewhere, unique anchors, a title."""
    page = _page(pages, path, 404 if path == "/nowhere" else 200)
    assert len(page.select("h1")) == 1
    for landmark in ("header.site nav[aria-label]", "main#main", "footer", "a.skip[href='#main']"):
        assert len(page.select(landmark)) == 1
    idents = [each["id"] for each in page.select("[id]")]
    assert len(idents) == len(set(idents))
    for link in page.select("a[href^='#']"):
        assert str(link["href"])[1:] in idents
    assert page.title is not None
    assert "wgsearch" in page.title.get_text()


@pytest.mark.parametrize("path", ALL)
def test_headings_leave_no_level_out(pages: TestClient, path: str) -> None:
    """Who listens to a page finds its headings in order."""
    levels = [int(each.name[1]) for each in _page(pages, path).select("h1,h2,h3,h4,h5,h6")]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


@pytest.mark.parametrize("path", ALL)
def test_links_within_the_site_lead_somewhere(pages: TestClient, path: str) -> None:
    """No page links to an address that does not exist."""
    page = _page(pages, path)
    for link in {str(each["href"]) for each in page.select("a[href^='/'], link[href^='/']")}:
        if not link.startswith("/api/v1/documents"):  # originals are not kept here
            assert pages.get(link).status_code == 200, link


@pytest.mark.parametrize("path", ALL)
def test_pages_hold_no_inline_script_or_style(pages: TestClient, path: str) -> None:
    """The content security policy needs no exception."""
    page = _page(pages, path)
    assert not page.select("style, [style], script:not([src])")
    assert not [name for each in page.select("*") for name in each.attrs if name.startswith("on")]


def test_files_are_small() -> None:
    """The first view is one page, one stylesheet under 30 kB and one script under 8 kB."""
    assert sorted(each.name for each in (WEB / "static").iterdir()) == [
        *("icon.svg", "script.js", "style.css")
    ]
    assert (WEB / "static/style.css").stat().st_size < 30_000
    assert (WEB / "static/script.js").stat().st_size < 8_000


def test_templates_never_switch_escaping_off() -> None:
    """No template marks words as safe: what is safe is decided and tested in Python."""
    for template in (WEB / "templates").glob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", "")
        assert "autoescape" not in text


def test_the_reader_shows_the_paper(pages: TestClient) -> None:
    """Masthead, outline, numbered paragraphs with anchors, sub-paragraphs, notes, warnings."""
    page = _page(pages, PAPER)
    assert page.h1 is not None
    assert page.h1.get_text() == "Recruitment fees & debt bondage"
    text = " ".join(page.get_text(" ").split())
    for words in (
        "Item 2: Recruitment fees",
        "Paragraph 5 was not found.",
        "Not an official record",
    ):
        assert words in text
    assert [a["href"] for a in page.select(".outline a")] == ["#h1", "#h2", "#h3"]
    second = page.select_one("#p2")
    assert second is not None
    assert [p.get("class") for p in second.select(".words p")] == [
        None,
        ["sub1"],
        ["sub2"],
        ["sub1"],
    ]
    assert page.select_one("#annex-ii-p1 .number[title='DEMO/COP/WG.4/2022/2, annex II, para. 1']")


def test_the_reader_sets_tables_boxes_and_recommendations(pages: TestClient) -> None:
    """Rows of a table are a table, boxes are boxed, recommendations are named."""
    page = _page(pages, PAPER)
    rows = page.select(".text table tr")
    assert [cell.get_text() for cell in rows[1].select("td")] == [
        *("Receipt", "Work rosters, messages about arrival", "The employer")
    ]
    assert page.select_one(".boxed .para")
    recommendation = page.select_one("#p4.recommendation")
    assert recommendation is not None
    assert "Recommendation" in recommendation.get_text()


def test_footnotes_lead_there_and_back(pages: TestClient) -> None:
    """A mark leads to its note, and the note back to its paragraph."""
    page = _page(pages, PAPER)
    call = page.select_one("#p1 a.call")
    assert call is not None
    note = page.select_one(str(call["href"]))
    assert note is not None
    assert "See <i>A/55/383/Add.1</i>, para. 63." in note.get_text()
    assert note.select_one("a.back[href='#p1']")


def test_languages_are_marked_and_linked(pages: TestClient) -> None:
    """An Arabic edition is linked, set from right to left, and marked as Arabic."""
    assert _page(pages, PAPER).select_one(f"a[href='{PAPER}?language=ar'][hreflang=ar]")
    page = _page(pages, f"{PAPER}?language=ar")
    assert page.select_one("h1[lang=ar][dir=rtl]")
    assert page.select_one(".text[lang=ar][dir=rtl] #p1")
    result = _page(pages, "/search?q=%D8%B1%D8%B3%D9%88%D9%85&language=ar")
    assert result.select_one("article.result .words[lang=ar][dir=rtl]")


def test_superseded_papers_name_their_revision(pages: TestClient) -> None:
    """Who reads a superseded paper is told, with the way to the revision."""
    notice = _page(pages, "/documents/DEMO/COP/WG.4/2023/3").select_one(".notice a")
    assert notice is not None
    assert notice["href"] == "/documents/DEMO/COP/WG.4/2023/3/Rev.1"


def test_spellings_of_a_symbol_lead_to_one_address(pages: TestClient) -> None:
    """A symbol in small letters is sent on to its one address."""
    answer = pages.get("/documents/demo/cop/wg.4/2022/2")
    assert (answer.status_code, answer.headers["location"]) == (303, PAPER)


def test_the_agenda_goes_item_by_item(pages: TestClient) -> None:
    """Annotation, documents held or missing, passages with citations, timetable."""
    page = _page(pages, AGENDA)
    text = " ".join(page.get_text(" ").split())
    for words in (
        *(
            "1 (a) Opening of the session",
            "It may wish to hear experts.",
            "Missing from the corpus",
        ),
        *(
            "Listed without a symbol",
            "27 June 2022",
            "10:00–13:00",
            "DEMO/COP/WG.4/2022/2, para. 2",
        ),
    ):
        assert words in text
    assert page.select_one(f".item a.title[href='{PAPER}']")


def test_status_names_what_was_not_read(pages: TestClient) -> None:
    """Files that could not be read are listed with the reason."""
    text = " ".join(_page(pages, "/status").get_text(" ").split())
    for words in (
        "broken.pdf",
        "the file is <b>encrypted</b>",
        "hashing@1",
        "1 note",
        "no paper answers",
    ):
        assert words in text


@pytest.mark.parametrize("path", ["/documents", PAPER, "/agendas", AGENDA, "/status"])
def test_pages_have_twins(pages: TestClient, path: str) -> None:
    """`.json` beside a page is the same content for programs."""
    answer = pages.get(f"{path}.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert isinstance(answer.json(), dict)


def test_papers_are_data(pages: TestClient) -> None:
    """Markup in a paper is shown as words: it makes no element of any page."""
    for path in ("/search?q=debt", "/documents", "/search"):
        page = _page(pages, path)
        assert not page.select("main script, main iframe, main svg, main img, main [onerror]")
    shown = _page(pages, "/search?q=onerror").get_text()
    assert "<img src=x onerror=\"document.title='run'\">" in shown


def test_a_paper_shows_its_family(pages: TestClient) -> None:
    """Addenda and corrigenda are linked from the paper and lead back; a gap is named."""
    page = _page(pages, PAPER)
    facts = {
        each.dt.get_text(): each.dd for each in page.select(".facts > div") if each.dt and each.dd
    }
    assert [each["href"] for each in facts["Addenda"].select("a")] == [f"{PAPER}/Add.2"]
    assert [each["href"] for each in facts["Corrigenda"].select("a")] == [f"{PAPER}/Corr.1"]
    assert facts["Not held"].get_text() == "DEMO/COP/WG.4/2022/2/Add.1"
    assert facts["Reissued"].get_text() == "For technical reasons (*)"
    assert facts["Job number"].get_text() == "V.22-01234 (E)"
    corrigendum = _page(pages, f"{PAPER}/Corr.1")
    (link,) = corrigendum.select(f".facts a[href='{PAPER}']")
    assert link.parent is not None
    assert "Corrects" in str(link.parent.parent)


def test_a_superseded_paper_leads_to_the_newer_one(pages: TestClient) -> None:
    """Both ways: the older one says so above its text, the newer one names what it replaces."""
    older = "/documents/DEMO/COP/WG.4/2023/3"
    assert _page(pages, older).select(f".notice a[href='{older}/Rev.1']")
    assert _page(pages, f"{older}/Rev.1").select(f".facts a[href='{older}']")


def test_a_paper_shows_what_it_cites_and_what_cites_it(pages: TestClient) -> None:
    """Each place leads to the citing paragraph; a paper that is not held is named, not linked."""
    related = _page(pages, PAPER).select_one("section.related")
    assert related is not None
    cites, cited_by = related.select("details")
    items = [" ".join(each.get_text().split()) for each in cites.select("li")]
    assert items == [
        "A/55/383/Add.1 (not held) in para. 1, note 1: its para. 63",
        "DEMO/COP/WG.4/2023/3 Consent in para. 3: its paras. 1–4",
        "DEMO/COP/WG.4/2022/1 Annotated provisional agenda in note *",
    ]
    assert [each["href"] for each in cites.select("p a")] == ["#p1", "#p3"]
    (citing,) = cited_by.select("li")
    assert " ".join(citing.get_text().split()).endswith("in para. 1: para. 2 of this paper")
    assert [each["href"] for each in citing.select("p a")] == [f"{PAPER}/Add.2#p1"]


def test_a_paragraph_leads_to_the_same_one_in_another_language(pages: TestClient) -> None:
    """Where the other edition has it; a paragraph that it lacks leads nowhere."""
    page = _page(pages, PAPER)
    link = page.select_one("#p1 .sisters a")
    assert link is not None
    assert link["href"] == f"{PAPER}?language=ar#p1"
    assert page.select("#p2 .sisters") == []
    arabic = _page(pages, f"{PAPER}?language=ar")
    assert [each["href"] for each in arabic.select("#p1 .sisters a")] == [f"{PAPER}#p1"]


def test_a_paragraph_in_another_language_says_so(pages: TestClient) -> None:
    """Its words carry their language and direction."""
    words = _page(pages, PAPER).select_one("#annex-ii-p2 .words")
    assert words is not None
    assert (words["lang"], words["dir"]) == ("ar", "rtl")


def test_a_recommendation_names_whom_and_whether_agreed(pages: TestClient) -> None:
    """What the report did not agree on is never shown as if it were."""
    label = _page(pages, PAPER).select_one("#annex-ii-p3 .label")
    assert label is not None
    assert label.get_text() == "Recommendation to the Secretariat (not agreed)"


def test_a_paper_read_by_ocr_is_marked(pages: TestClient) -> None:
    """Above its text, not only among the facts."""
    assert "Read by OCR" in _page(pages, f"{PAPER}/Add.2").select(".notice")[0].get_text()
    assert not _page(pages, PAPER).find(string="Read by OCR.")


def test_notes_say_what_to_do_and_lead_to_papers_with_the_same(pages: TestClient) -> None:
    """From a paper or the status page to all papers with a note, and back to all papers."""
    (first, _) = _page(pages, PAPER).select("#warnings li")
    assert "Paragraph 5 was not found. Look at the page named" in first.get_text()
    address = "/documents?warning=number_gap"
    assert first.select(f"a[href='{address}']")
    assert _page(pages, "/status").select(f"a[href='{address}']")
    listed = _page(pages, address)
    assert [each["href"] for each in listed.select(".papers a.title")] == [PAPER]
    assert listed.select("a[href='/documents']")
    assert "No paper has this note" in _page(pages, "/documents?warning=no_title").get_text()
    assert pages.get("/documents?warning=nonsense").status_code == 422


def test_a_result_says_that_its_paper_was_corrected_or_read_with_notes(pages: TestClient) -> None:
    """The corrigendum and the notes are one step from the words that they bear on."""
    results = _page(pages, "/search?q=fees+charged+to+workers&symbol=DEMO/COP/WG.4/2022/2")
    first = next(
        each
        for each in results.select("article.result")
        if each.select(f"h3 a[href^='{PAPER}#'], h4 a[href^='{PAPER}#']")
    )
    assert first.select(f".notice a[href='{PAPER}/Corr.1']")
    assert first.select(f".meta a[href='{PAPER}#warnings']")
