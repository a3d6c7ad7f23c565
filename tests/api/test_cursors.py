"""Whoever follows `next` sees each result once, or is told that the list is another one now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wgsearch.api.app import create_app
from wgsearch.index.build import build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.index.reading import PaperReader
    from wgsearch.papers.paper import Paper

API = "/api/v1"
LISTS = {"/documents": "documents", "/search": "hits", "/recommendations": "recommendations"}


@pytest.fixture(scope="module")
def reports(report_engine: LocalEngine) -> Iterator[TestClient]:
    """A caller of an application over reports, which recommend much."""
    with TestClient(create_app(report_engine, hosts=("testserver",))) as caller:
        yield caller


def _walked(client: TestClient, address: str, name: str) -> list[Any]:
    """All objects of a list, page by page; the way on is the same in header and body."""
    found = []
    following: str | None = address
    counts = set()
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        following = body["next"]
        link = answer.headers.get("link")
        assert link == (f'<{following}>; rel="next"' if following else None)
        assert body[name], "a page without anything"
        found += body[name]
        counts.add(body["count"])
    assert counts == {len(found)}
    return found


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    limit=st.integers(1, 12),
    path=st.sampled_from(["/documents", "/search"]),
    filters=st.sampled_from(["", "&kind=report", "&from=2022&kind=report&kind=agenda"]),
    mode=st.sampled_from(["hybrid", "lexical", "dense"]),
)
def test_a_cursor_walks_all_results_once(
    client: TestClient, limit: int, path: str, filters: str, mode: str
) -> None:
    """Pages of any length, one after the other, are the whole list in its order."""
    asked = f"q=victims+of+trafficking&mode={mode}" if path == "/search" else ""
    name = LISTS[path]
    k = "&k=100" if path == "/search" else ""
    whole = client.get(f"{API}{path}?{asked}{filters}{k}").json()
    assert whole["next"] is None
    walked = _walked(client, f"{API}{path}?{asked}{filters}&limit={limit}", name)
    assert walked == whole[name]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(limit=st.integers(1, 12), kind=st.sampled_from(["", "report", "background paper"]))
def test_pages_hold_as_many_as_are_counted(client: TestClient, limit: int, kind: str) -> None:
    """Walked page by page a list has as many passages as its total says, one by one."""
    asked = f"q=victims+debt+states&mode=lexical&fold=false&facets=kind{kind and '&kind='}{kind}"
    total = client.get(f"{API}/search?{asked}").json()["total"]
    assert 0 < total <= 100
    assert len(_walked(client, f"{API}/search?{asked}&limit={limit}", "hits")) == total


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(limit=st.integers(1, 30), query=st.sampled_from(["", "&addressee=states", "&q=victims"]))
def test_recommendations_are_walked_once(reports: TestClient, limit: int, query: str) -> None:
    """The register too, by its own order or by a question."""
    whole = reports.get(f"{API}/recommendations?limit=100{query}").json()
    assert whole["next"] is None
    walked = _walked(reports, f"{API}/recommendations?limit={limit}{query}", "recommendations")
    assert walked == whole["recommendations"]


def test_a_list_may_begin_in_the_middle(reports: TestClient) -> None:
    """An offset says where to begin; from there the cursor leads on."""
    whole = reports.get(f"{API}/recommendations?limit=100").json()["recommendations"]
    first = reports.get(f"{API}/recommendations?limit=2&offset=3").json()
    second = reports.get(first["next"]).json()
    assert [*first["recommendations"], *second["recommendations"]] == whole[3:7]
    assert second["offset"] == 5
    assert reports.get(f"{first['next']}&offset=1").status_code == 422


def test_k_says_how_far_pages_go(client: TestClient) -> None:
    """With a number of hits and a length of pages, pages end at the number."""
    walked = _walked(client, f"{API}/search?q=victims&k=5&limit=2&fields=rank", "hits")
    assert walked == [{"rank": each} for each in range(1, 6)]


def test_page_length_and_fields_may_change_on_the_way(client: TestClient) -> None:
    """They say how much is sent, not what is listed: the cursor still holds."""
    whole = client.get(f"{API}/documents").json()["documents"]
    following = client.get(f"{API}/documents?limit=2").json()["next"]
    longer = client.get(following.replace("limit=2", "limit=3") + "&fields=symbol").json()
    assert longer["documents"] == [{"symbol": each["symbol"]} for each in whole[2:5]]


def _cursor(client: TestClient, address: str) -> str:
    match = re.search(r"cursor=([^&]+)", client.get(address).json()["next"])
    assert match
    return match[1]


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("/search?q=victims&limit=2", "/search?q=debt&limit=2"),
        ("/search?q=victims&limit=2", "/search?q=victims&kind=report&limit=2"),
        ("/search?q=victims&limit=2", "/search?q=victims&mode=lexical&limit=2"),
        ("/documents?limit=2", "/documents?kind=report&limit=2"),
        ("/documents?limit=2", "/search?q=victims&limit=2"),
    ],
)
def test_a_cursor_of_another_list_is_gone(client: TestClient, own: str, other: str) -> None:
    """With another question or another filter it leads nowhere, and the answer says what to do."""
    cursor = _cursor(client, API + own)
    assert client.get(f"{API}{own}&cursor={cursor}").status_code == 200
    answer = client.get(f"{API}{other}&cursor={cursor}")
    assert answer.status_code == 410
    problem = answer.json()
    assert problem["type"] == "http://testserver/problems/cursor-gone"
    assert "ask without `cursor`" in problem["detail"]
    assert client.get(problem["type"]).status_code == 200


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.integers(0, 23), put=st.sampled_from("AQgw_-09z"))
def test_a_changed_cursor_leads_nowhere(client: TestClient, at: int, put: str) -> None:
    """One letter changed is noticed: no page is skipped unseen."""
    cursor = _cursor(client, f"{API}/documents?limit=2")
    changed = cursor[:at] + put + cursor[at + 1 :]
    status = client.get(f"{API}/documents?limit=2&cursor={changed}").status_code
    assert status == (200 if changed == cursor else 410)


@pytest.mark.parametrize("cursor", ["x", "!!!!", "AAAA", "a" * 25, "%00", "b" * 101, ""])
def test_what_is_no_cursor_is_refused_by_name(client: TestClient, cursor: str) -> None:
    """Something else in its place is a mistake in the request."""
    answer = client.get(f"{API}/documents?limit=2&cursor={cursor}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["name"] == "cursor"


def test_a_build_ends_old_lists(
    tmp_path: Path,
    encoder: Encoder,
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
    tiny_papers: tuple[Paper, ...],
) -> None:
    """
    While generations change, a walk goes through one of them or ends with 410; begun again, it
    sees each paper once.
    """
    index = tmp_path / "index"

    def published(papers: Sequence[Paper]) -> LocalEngine:
        build(tmp_path / "corpus", index, encoder, reader=memory_reader(papers))
        return LocalEngine(index, encoder)

    engines = [published(tiny_papers[:-1])]
    app = create_app(lambda: engines[-1], hosts=("testserver",))
    with TestClient(app) as client:
        first = client.get(f"{API}/documents?limit=2").json()
        second = client.get(first["next"]).json()
        engines.append(published(tiny_papers))
        stale = client.get(second["next"])
        assert stale.status_code == 410
        assert engines[-1].state().generation in stale.json()["detail"]
        assert "ask without `cursor`" in stale.json()["detail"]
        walked = _walked(client, f"{API}/documents?limit=2", "documents")
        assert walked == client.get(f"{API}/documents").json()["documents"]
        assert len(walked) == len(tiny_papers)


def test_the_twin_of_a_page_leads_on_too(reports: TestClient) -> None:
    """The JSON beside the page of recommendations has the same list, and the same way on."""
    whole = reports.get(f"{API}/recommendations?limit=100").json()["recommendations"]
    first = reports.get("/recommendations.json?limit=2").json()
    second = reports.get(first["next"]).json()
    assert [*first["recommendations"], *second["recommendations"]] == whole[:4]


def test_lists_with_cursors_are_described_so(client: TestClient) -> None:
    """Whatever takes a cursor says that it may be gone, and where the way on stands."""
    paths = client.get("/openapi.json").json()["paths"]
    for path in LISTS:
        answers = paths[f"{API}{path}"]["get"]["responses"]
        assert "application/problem+json" in answers["410"]["content"]
        assert "Link" in answers["200"]["headers"]
    assert "410" not in paths[f"{API}/cite"]["get"]["responses"]
