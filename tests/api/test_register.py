"""Recommendations over HTTP: the list, its filters and counts, and a lineage; and their pages."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from wgsearch.api.app import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.search import LocalEngine

SERIES = "DEMO/COP/WG.4"
API = "/api/v1/recommendations"


@pytest.fixture(scope="module")
def caller(report_engine: LocalEngine) -> Iterator[TestClient]:
    """A caller of the application over three reports."""
    app = create_app(report_engine, hosts=("testserver",))
    with TestClient(app, follow_redirects=False) as found:
        yield found


def test_the_list_and_its_counts(caller: TestClient) -> None:
    """Counts of each class agree with the list; each names where it is read and followed."""
    found = caller.get(API, params={"limit": 100}).json()
    listed = found["recommendations"]
    assert found["count"] == len(listed) == 11
    for facet in ("strength", "kind"):
        counted = {each["value"]: each["count"] for each in found["counts"][facet] if each["count"]}
        values = [each[facet] for each in listed]
        assert counted == {value: values.count(value) for value in set(values)}
    assert {each["value"]: each["count"] for each in found["counts"]["agreed"]} == {
        "true": 10,
        "false": 1,
    }
    for each in listed[:3]:
        address = each["url"].removeprefix("http://testserver").partition("#")[0]
        assert caller.get(address).status_code == 200
        assert caller.get(each["lineage_url"]).json()["id"] == each["id"]


def test_filters_and_pages_of_the_list(caller: TestClient) -> None:
    """Filters add up; `next` leads through all of them and ends."""
    asked: dict[str, str | int] = {"addressee": "states", "strength": "should", "limit": 2}
    found = caller.get(API, params=asked).json()
    every = [each["id"] for each in found["recommendations"]]
    while found["next"]:
        found = caller.get(found["next"]).json()
        every += [each["id"] for each in found["recommendations"]]
    assert len(every) == len(set(every)) == found["count"] == 7


@pytest.mark.parametrize(
    "query",
    [
        "adressee=states",
        "addressee=nobody",
        "strength=sternly",
        "agreed=maybe",
        "limit=0",
        "limit=101",
        "offset=-1",
        "from=twenty",
        "kind=song",
        "q=",
        "strength=shall&strength=should",
    ],
)
def test_wrong_parameters_are_refused(caller: TestClient, query: str) -> None:
    """Nothing is ignored: each is named."""
    answer = caller.get(f"{API}?{query}")
    assert answer.status_code == 422
    name = query.partition("=")[0]
    assert any(each["name"] == name for each in answer.json()["errors"])


def test_a_lineage(caller: TestClient) -> None:
    """Steps with marks, and offsets that cut the words that changed out of the texts."""
    found = caller.get(f"{API}/{SERIES}/2023/5:1/lineage").json()
    assert [each["mark"] for each in found["steps"]] == ["new", "strengthened", "weakened"]
    earlier, later = found["steps"][:2]
    ((start, end),) = later["difference"]["removed"]
    assert earlier["recommendation"]["text"][start:end] == "may wish to consider inspecting"


def test_an_unknown_one_is_a_problem(caller: TestClient) -> None:
    """With near ones, and a page that says what to do."""
    answer = caller.get(f"{API}/{SERIES}/2023/5:77/lineage")
    assert answer.status_code == 404
    assert f"{SERIES}/2023/5:1" in answer.json()["detail"]
    assert caller.get(answer.json()["type"]).status_code == 200


def test_search_among_recommendations_only(caller: TestClient) -> None:
    """The search takes the filter too, in the API and on its page."""
    asked = {"q": "inspect agencies", "recommendations": "true", "k": "20"}
    found = caller.get("/api/v1/search", params=asked).json()
    assert found["hits"]
    assert {hit["kind"] for hit in found["hits"]} == {"report"}
    page = caller.get("/search", params={"q": "inspect agencies", "recommendations": "true"}).text
    assert "Only: recommendations" in page


class _Words(HTMLParser):
    """The words of a page, and those in one element."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag, self.inside, self.found = tag, False, list[str]()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.inside = self.inside or tag == self.tag

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != self.tag

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(data)


def _words(page: str, tag: str) -> list[str]:
    reader = _Words(tag)
    reader.feed(page)
    return reader.found


def test_the_page_lists_what_its_twin_lists(caller: TestClient) -> None:
    """Number, filters in use, words: the page and its JSON agree, and an empty form is tidied."""
    query = "addressee=states&strength=should"
    page = caller.get(f"/recommendations?{query}").text
    twin = caller.get(f"/recommendations.json?{query}").json()
    assert f"of {twin['count']} recommendations" in page
    for each in twin["recommendations"]:
        assert each["citation"] in page
    tidied = caller.get(f"/recommendations?q=&{query}&topic=")
    assert (tidied.status_code, tidied.headers["location"]) == (303, f"/recommendations?{query}")


def test_counts_leave_out_their_own_filter(caller: TestClient) -> None:
    """With `Secretariat` chosen, the number beside `States` is what choosing that would show."""
    page = caller.get("/recommendations?addressee=secretariat").text
    states = caller.get("/recommendations.json?addressee=states").json()["count"]
    words = " ".join(" ".join(_words(page, "fieldset")).split())
    assert f"States {states}" in words
    assert "Secretariat 1" in words


def test_nothing_found_names_the_filters(caller: TestClient) -> None:
    """An empty list says which filter to take away."""
    page = caller.get("/recommendations?agreed=false&strength=shall&addressee=unodc").text
    assert "None passes all filters in use" in page
    assert "Asks: unodc" in page


def test_wrong_fields_are_named_on_the_page(caller: TestClient) -> None:
    """A year that is none is said beside its field, with what was typed kept."""
    answer = caller.get("/recommendations?from=soon&q=fees")
    assert answer.status_code == 422
    assert 'value="soon"' in answer.text
    assert "Nothing was looked for" in answer.text


def test_the_lineage_page_marks_words_in_elements(caller: TestClient) -> None:
    """What was added and taken out stands in `ins` and `del`, told by more than a colour."""
    page = caller.get(f"/recommendations/{SERIES}/2023/5:2").text
    assert "repeated" in page
    page = caller.get(f"/recommendations/{SERIES}/2023/5:1").text
    assert "should inspect" in _words(page, "ins")
    assert "may wish to consider inspecting" in _words(page, "del")
    twin = caller.get(f"/recommendations/{SERIES}/2023/5:1.json").json()
    assert [each["mark"] for each in twin["steps"]] == ["new", "strengthened", "weakened"]
    assert caller.get(f"/recommendations/{SERIES}/2023/5:9").status_code == 404
