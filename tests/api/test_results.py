"""A result says why it matched and where else it stands, and sets off what answers best."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from wgsearch.answers import AlsoIn, Hit, Match, PaperScore, Query
from wgsearch.api.results import shown_hit, shown_papers
from wgsearch.api.schemas import also_url, search_json

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from wgsearch.search import LocalEngine

SERIES = "DEMO/COP/WG.4"


@pytest.fixture
def hit(tiny_engine: LocalEngine) -> Hit:
    """A hit of two sentences, found by words and meaning."""
    found = tiny_engine.search(Query(text="debt of workers")).hits[0]
    text = "Debt stays. Workers leave <no> employer."
    return replace(
        found,
        passage=replace(found.passage, text=text),
        match=Match(lexical_rank=2, dense_rank=1, spans=((0, 4), (12, 19))),
        best_sentence=(12, len(text)),
    )


def _also(symbol: str, **fields: object) -> AlsoIn:
    given: dict[str, object] = {
        "paragraph": "3", "part": "body", "language": "en", "file": "a.pdf", "index": 2,
        "likeness": 1.0, "citation": f"{symbol}, para. 3",
    }  # fmt: skip
    return AlsoIn(symbol=symbol, **(given | fields))  # type: ignore[arg-type] # by name


def test_the_best_sentence_is_set_off_with_its_matches(hit: Hit) -> None:
    """In bold, safe, with the matched words still marked; the rest as it was."""
    shown = shown_hit(hit, None)
    assert shown.lines[0].html == (
        '<mark>Debt</mark> stays. <strong class="best"><mark>Workers</mark> leave &lt;no&gt;'
        " employer.</strong>"
    )
    assert shown.best


def test_a_sentence_that_is_all_there_is_is_not_set_off(hit: Hit) -> None:
    """A passage of one sentence is not set in bold as a whole."""
    whole = replace(hit, best_sentence=(0, len(hit.passage.text)))
    shown = shown_hit(whole, None)
    assert not shown.best
    assert "strong" not in shown.lines[0].html


def test_a_long_passage_is_cut_around_its_best_sentence(hit: Hit) -> None:
    """The excerpt shows the sentence that answers, wherever the matches are."""
    before = "Debt is a debt of debt. " * 60
    text = f"{before}Here it is. {before}"
    start = text.index("Here")
    passage = replace(hit.passage, text=text)
    long = replace(hit, passage=passage, best_sentence=(start, start + 11))
    shown = shown_hit(long, None)
    assert any("Here it is." in line.html for line in shown.lines)
    assert shown.cut_before
    assert shown.cut_after
    assert any('<strong class="best">' in line.html for line in shown.whole)


def test_why_it_matched_is_said_leg_by_leg(hit: Hit) -> None:
    """Ranks of the legs that took part, and the words in common, once each."""
    shown = shown_hit(hit, None)
    assert shown.why == "words and meaning"
    assert dict(shown.reasons) == {
        "By words": "no. 2",
        "By meaning": "no. 1",
        "Words in common": "debt, workers",
    }
    late = replace(hit, match=replace(hit.match, lexical_rank=None, late_rank=4, spans=()))
    assert dict(shown_hit(late, None).reasons) == {
        "By words": "not among the nearest",
        "By meaning": "no. 1",
        "Word by word": "no. 4",
        "Words in common": "none",
    }
    alone = replace(hit, match=replace(hit.match, dense_rank=None))
    assert [name for name, _ in shown_hit(alone, None, "lexical").reasons] == [
        "By words",
        "Words in common",
    ]
    named = replace(hit, match=Match(lexical_rank=None, dense_rank=None, spans=()))
    assert (shown_hit(named, None).why, shown_hit(named, None).reasons) == (
        "the place you named",
        (),
    )


def test_other_places_are_links_with_what_differs(hit: Hit) -> None:
    """Each with its citation and address; another language, or other words, are said."""
    also = (
        _also(f"{SERIES}/2023/5"),
        _also(f"{SERIES}/2024/5", likeness=0.94),
        _also(f"{SERIES}/2022/2", language="fr", likeness=None, part="annexe I"),
        _also(f"{SERIES}/2025/5", paragraph=None),
    )
    shown = shown_hit(replace(hit, also_in=also), None)
    assert [each.words for each in shown.also] == ["", "nearly the same words", "in French"]
    assert [each.url for each in (*shown.also, *shown.also_more)] == [
        f"/documents/{SERIES}/2023/5#p3",
        f"/documents/{SERIES}/2024/5#p3",
        f"/documents/{SERIES}/2022/2?language=fr#annexe-i-p3",
        f"/documents/{SERIES}/2025/5#i2",
    ]
    assert [also_url(each) for each in also[:1]] == [shown.also[0].url]


def test_papers_of_a_page_are_those_of_its_results() -> None:
    """Ranks on other pages are left out, and so are papers that have none on this one."""
    scores = [
        PaperScore(
            symbol=f"{SERIES}/{n}", language="en", title=None, score=1.0, best_rank=r[0], ranks=r
        )
        for n, r in ((1, (1, 12)), (2, (2, 3)), (3, (11,)))
    ]
    found = shown_papers(scores, 11, 20)
    assert [(each.title, each.ranks) for each in found] == [
        (f"{SERIES}/1", (12,)),
        (f"{SERIES}/3", (11,)),
    ]


def test_a_page_shows_reasons_without_script(client: TestClient) -> None:
    """Why it matched is there to be opened, and papers link to their results."""
    page = BeautifulSoup(
        client.get("/search?q=debt+workers&mode=lexical", headers={"Accept": "text/html"}).text,
        "html.parser",
    )
    reasons = page.select_one("article.result details.why dl")
    assert reasons is not None
    assert "Words in common" in reasons.get_text()
    targets = {str(each["href"]) for each in page.select(".among a[href^='#hit-']")}
    assert targets == {f"#{each['id']}" for each in page.select("ol.hits > li")}


def test_json_has_what_pages_show(tiny_engine: LocalEngine, hit: Hit) -> None:
    """Other places, the best sentence and the papers are there for other applications."""
    answer = tiny_engine.search(Query(text="debt of workers", k=3))
    also = _also(f"{SERIES}/2024/5", likeness=0.94444)
    shown = replace(hit, also_in=(also,))
    found = search_json(replace(answer, hits=(shown,)), "http://host")
    (sent,) = found["hits"]
    assert sent["best_sentence"] == [12, len(hit.passage.text)]
    assert sent["also_in"] == [
        {
            "symbol": f"{SERIES}/2024/5",
            "paragraph": "3",
            "part": "body",
            "language": "en",
            "citation": f"{SERIES}/2024/5, para. 3",
            "url": f"http://host/documents/{SERIES}/2024/5#p3",
            "likeness": 0.944,
        }
    ]
    assert found["papers"][0]["best_rank"] == 1
    assert found["papers"][0]["url"].startswith("http://host/documents/")


def test_parameters_choose_folding_and_diversity(client: TestClient) -> None:
    """`per_paper` limits, `fold=false` takes apart; both are refused when malformed."""
    one = client.get("/api/v1/search?q=debt+workers&per_paper=1").json()["hits"]
    assert len({each["symbol"] for each in one}) == len(one) > 2
    posted = client.post("/api/v1/search", json={"q": "debt workers", "per_paper": 1}).json()
    assert posted["hits"] == one
    together = client.get("/api/v1/search?q=organs+removed&k=20").json()["hits"]
    apart = client.get("/api/v1/search?q=organs+removed&k=20&fold=false").json()["hits"]
    assert sum(len(each["also_in"]) for each in together) == len(apart) - len(together) > 0
    for wrong in ("per_paper=0", "per_paper=few", "fold=perhaps"):
        problem = client.get(f"/api/v1/search?q=debt&{wrong}")
        assert problem.status_code == 422
        assert problem.json()["errors"][0]["name"] == wrong.partition("=")[0]
