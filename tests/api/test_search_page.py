"""The whole state of the search page is its address, and the address is easy to share."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args
from urllib.parse import parse_qsl

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.answers import Mode
from wgsearch.api.problems import RefusedError
from wgsearch.api.search_page import ORDER, read, search_page

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from wgsearch.search import LocalEngine

FORM = "q=debt&kind=&from=&to=&symbol=&mode=hybrid"


def _page(client: TestClient, query: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(f"/search?{query}", headers={"Accept": "text/html"})
    assert answer.status_code == status
    return BeautifulSoup(answer.text, "html.parser")


def test_a_sent_form_gets_a_short_address(client: TestClient) -> None:
    """Empty fields and defaults that a form sends do not stay in the address."""
    answer = client.get(f"/search?{FORM}")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/search?q=debt"


@given(
    st.lists(
        st.tuples(st.sampled_from(ORDER), st.sampled_from(["", " ", "1", "2022", "en", "hybrid"])),
        max_size=8,
    )
)
def test_a_short_address_stays(pairs: list[tuple[str, str]]) -> None:
    """The short address is its own short address: no browser is sent round in circles."""
    tidy = read(pairs).tidy
    if tidy is not None:
        again = read(parse_qsl(tidy.partition("?")[2]))
        assert again.tidy is None
        assert again.pairs == read(pairs).pairs


def test_unknown_parameters_are_refused(client: TestClient) -> None:
    """A mistyped filter never gives an unfiltered answer that looks right."""
    with pytest.raises(RefusedError, match="did you mean language"):
        read([("languages", "en")])
    page = _page(client, "q=debt&languages=en", 422)
    assert "language" in page.main.get_text()


def test_results_show_what_a_delegate_needs(client: TestClient) -> None:
    """Title, citation, page, badges, headings, verbatim words, why: in each result."""
    page = _page(client, "q=domestic+worker+contract")
    result = page.select_one("article.result")
    assert result is not None
    link = result.select_one("h3 a")
    assert link is not None
    assert link["href"] == "/documents/DEMO/COP/WG.4/2022/2#p3"
    text = result.get_text(" ")
    for words in (
        *("DEMO/COP/WG.4/2022/2, para. 3", "page 1", "25 April 2022", "Background paper"),
        *("English", "I. Introduction", "Why it matched: words, meaning and word by word"),
    ):
        assert words in " ".join(text.split())
    quoted = result.select_one("blockquote")
    assert quoted is not None
    assert quoted.get_text().strip() == "Inspectors rarely see the contract of a domestic worker."
    assert [mark.get_text() for mark in quoted.select("mark")] == ["contract", "domestic", "worker"]


def test_active_filters_can_be_removed_one_by_one(client: TestClient) -> None:
    """Each filter in use is shown above the list with a link that removes it alone."""
    page = _page(client, "q=victims&kind=report&kind=agenda&from=2022")
    chips = {chip.get_text(" ", strip=True): chip["href"] for chip in page.select(".chips a")}
    assert chips["Kind: report × : remove"] == "/search?q=victims&kind=agenda&from=2022"
    assert chips["From: 2022 × : remove"] == "/search?q=victims&kind=report&kind=agenda"
    assert chips["Clear all"] == "/search?q=victims"


def test_every_mode_is_a_choice(client: TestClient) -> None:
    """Every way of searching can be chosen on the page, and the chosen one is set."""
    for mode in get_args(Mode):
        page = _page(client, "q=victims" + (f"&mode={mode}" if mode != "hybrid" else ""))
        chosen = page.select("input[name=mode][checked]")
        assert [each["value"] for each in chosen] == [mode]


def test_the_form_keeps_what_was_chosen(client: TestClient) -> None:
    """Searching again keeps the filters: they are fields of the same form."""
    page = _page(client, "q=victims&kind=report&to=2024&mode=lexical")
    assert page.select_one("input[name=kind][value=report][checked][form=ask]")
    assert page.select_one("input[name=mode][value=lexical][checked]")
    assert page.select_one("input[name=to][value='2024']")
    assert page.select_one("input[name=q][value=victims]")


def test_nothing_found_is_said_plainly(client: TestClient) -> None:
    """No answer: what was searched, and a way on."""
    page = _page(client, "q=%22zebra+crossing%22")
    assert page.main is not None
    assert "no paper covers this" in page.main.get_text()
    filtered = _page(client, "q=%22debt+bondage%22&kind=report")
    assert filtered.select_one('.nothing a[href="/search?q=%22debt+bondage%22"]')


@pytest.mark.parametrize(
    ("query", "field"),
    [("q=debt&from=last", "from"), ("q=debt&to=1", "to"), ("q=%3F", "q")],
)
def test_errors_stand_beside_their_field(client: TestClient, query: str, field: str) -> None:
    """A malformed value is marked where it was typed, in words, and kept."""
    page = _page(client, query, 422)
    wrong = page.select_one(f"input[name={field}][aria-invalid]")
    assert wrong is not None
    assert wrong["value"]
    assert page.select_one(f"#wrong-{field}")


def test_pages_of_results_follow_each_other(client: TestClient) -> None:
    """Ten a page; the next page goes on where this one ends, and the last one has no next."""
    first = _page(client, "q=of+the+in+and+to&mode=lexical")
    more = first.select_one("a[rel=next]")
    assert more is not None
    second = _page(client, str(more["href"]).partition("?")[2])
    assert second.select_one("ol.hits[start='11']")
    shown = [a["href"] for page in (first, second) for a in page.select("article.result h3 a")]
    assert len(shown) == len(set(shown)) > 10
    assert not second.select_one("a[rel=next]")
    assert second.select_one("a[rel=prev][href='/search?q=of+the+in+and+to&mode=lexical']")


def test_the_empty_page_gives_samples_of_this_corpus(tiny_engine: LocalEngine) -> None:
    """Sample questions are subjects of the latest agenda, and a citation that exists."""
    samples = search_page(tiny_engine, read([])).values["samples"]
    assert samples == ("Recruitment fees and debt bondage", "DEMO/COP/WG.4/2022/2, para. 4")


def test_superseded_papers_say_so(client: TestClient) -> None:
    """A paragraph of a revised paper names the revision."""
    page = _page(client, "q=DEMO%2FCOP%2FWG.4%2F2023%2F3")
    notice = page.select_one("article.result .notice a")
    assert notice is not None
    assert notice["href"] == "/documents/DEMO/COP/WG.4/2023/3/Rev.1"


def test_the_twin_is_the_answer_of_the_api(client: TestClient) -> None:
    """`/search.json` is what the API answers to the same question."""
    page = _page(client, "q=debt&kind=background+paper")
    twin = page.select_one("link[rel=alternate]")
    assert twin is not None
    found = client.get(str(twin["href"])).json()
    asked = "q=debt&kind=background+paper&facets=kind,language,body,recommendations"
    same = client.get(f"/api/v1/search?{asked}").json()
    assert found["hits"]
    for key in ("hits", "total", "facets"):
        assert found[key] == same[key]
    assert client.get("/search.json?q=debt&kid=1").status_code == 422


def test_a_paper_may_be_limited_to_one_passage(client: TestClient) -> None:
    """The choice is in the form and in the address, and a chip takes it away."""
    page = _page(client, "q=debt+workers&mode=lexical&per_paper=1&fold=false")
    assert page.select_one("input[name=per_paper][value='1'][checked]")
    assert page.select_one("input[name=fold][value=false][checked]")
    shown = [cite.get_text().partition(",")[0] for cite in page.select("article .citation")]
    assert len(set(shown)) == len(shown) > 2
    chips = {chip.get_text(): chip["href"] for chip in page.select(".chips a")}
    one = next(
        url for words, url in chips.items() if words.startswith("Passages of one paper: one")
    )
    assert one == "/search?q=debt+workers&mode=lexical&fold=false"
    assert any(words.startswith("Repetitions: one by one") for words in chips)
    plain = _page(client, "q=debt+workers")
    assert plain.select_one("input[name=per_paper][value=''][checked]")
    assert not plain.select_one("input[name=fold][checked]")
    other = _page(client, "q=debt&per_paper=7")
    assert other.select_one("input[name=per_paper][value='7'][checked]")
    assert "At most 7" in other.get_text()


def test_a_malformed_limit_is_marked(client: TestClient) -> None:
    """A limit that is no number is said beside the choice."""
    page = _page(client, "q=debt&per_paper=few&fold=perhaps", 422)
    assert page.select_one("#wrong-per_paper")
    assert page.select_one("#wrong-fold")


def test_filters_say_what_they_would_leave(client: TestClient) -> None:
    """Beside each choice stands how many passages it leaves; one that leaves none cannot be set."""
    page = _page(client, "q=debt&mode=lexical")
    found = client.get("/api/v1/search?q=debt&mode=lexical&facets=kind").json()
    counts = {each["value"]: each["count"] for each in found["facets"][0]["values"]}
    assert 0 in counts.values()
    assert len({*counts.values()}) > 2
    for value, count in counts.items():
        box = page.select_one(f"input[name=kind][value='{value}']")
        assert box is not None
        assert box.has_attr("disabled") == (count == 0)
        shown = box.find_next("span", class_="count")
        assert shown is not None
        assert shown.get_text().split()[0] == str(count)


def test_a_choice_in_use_can_be_taken_back(client: TestClient) -> None:
    """A filter that leaves nothing stays checked and can be unchecked; the others have counts."""
    page = _page(client, "q=debt&mode=lexical&kind=agenda&language=fr")
    chosen = page.select_one("input[name=language][value=fr][checked]")
    assert chosen is not None
    assert not chosen.has_attr("disabled")


def test_what_nothing_answers_shows_the_nearest(client: TestClient) -> None:
    """Where nothing matches at all the nearest are shown as before, and nothing is counted."""
    asked = client.get("/api/v1/search?q=zzyzx&mode=lexical&facets=kind").json()
    assert (asked["total"], asked["hits"]) == (0, [])
    page = _page(client, "q=zzyzx")
    assert page.select("article.result")
    assert not page.select(".choice .count")
    assert not page.select("input[type=checkbox][disabled]")
