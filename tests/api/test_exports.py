"""Whoever takes over everything gets it line by line, whole, and from one generation."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, cast

import jsonschema
import pytest
from fastapi.testclient import TestClient

from wgsearch.answers import Filters
from wgsearch.api.app import create_app
from wgsearch.api.exports import export_paragraphs
from wgsearch.api.parameters import DocumentParameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.answers import Engine
    from wgsearch.papers.paper import Paper
    from wgsearch.search import LocalEngine

EXPORTS = "/api/v1/exports"


@pytest.fixture(scope="module")
def reports(report_engine: LocalEngine) -> Iterator[TestClient]:
    """A caller of an application over reports, which recommend much."""
    with TestClient(create_app(report_engine, hosts=("testserver",))) as caller:
        yield caller


def _lines(client: TestClient, address: str) -> list[Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert answer.text.endswith("\n") or not answer.text
    found = [json.loads(line) for line in answer.text.split("\n")[:-1]]
    assert answer.headers["x-total-count"] == str(len(found))
    assert answer.headers["x-index-generation"] == client.get("/api/v1/index").json()["generation"]
    return found


@pytest.mark.parametrize("filters", ["", "?kind=report", "?from=2030"])
def test_papers_are_those_of_the_list(client: TestClient, filters: str) -> None:
    """The same objects as `/documents` lists, with the same filters, in the same order."""
    listed = client.get(f"/api/v1/documents{filters}").json()["documents"]
    assert _lines(client, f"{EXPORTS}/documents{filters}") == listed


@pytest.mark.parametrize("filters", ["", "?language=fr", "?kind=report"])
def test_paragraphs_are_those_of_the_papers(client: TestClient, filters: str) -> None:
    """Every paragraph of every paper, as its paper has it, and with the paper that it is of."""
    expected = []
    for paper in client.get(f"/api/v1/documents{filters}").json()["documents"]:
        address = f"/api/v1/documents/{paper['symbol']}/paragraphs?language={paper['language']}"
        own = client.get(address).json()
        expected += [
            {**each, "symbol": own["symbol"], "language": own["language"]}
            for each in own["paragraphs"]
        ]
    assert _lines(client, f"{EXPORTS}/paragraphs{filters}") == expected


@pytest.mark.parametrize("filters", ["", "?addressee=states", "?strength=should"])
def test_recommendations_are_those_of_the_register(reports: TestClient, filters: str) -> None:
    """All of the register, with the same filters, in the same order."""
    mark = "&" if filters else "?"
    listed = reports.get(f"/api/v1/recommendations{filters}{mark}limit=100").json()
    assert listed["next"] is None
    assert _lines(reports, f"{EXPORTS}/recommendations{filters}") == listed["recommendations"]


def test_lines_are_as_described(client: TestClient) -> None:
    """Each line fits the schema that the description of the API names for it."""
    document = client.get("/openapi.json").json()
    for name in ("documents", "paragraphs", "recommendations"):
        described = document["paths"][f"{EXPORTS}/{name}"]["get"]["responses"]["200"]
        assert [*described["content"]] == ["application/x-ndjson"]
        schema = {
            **described["content"]["application/x-ndjson"]["schema"],
            "components": document["components"],
        }
        validator = jsonschema.Draft202012Validator(schema)
        for line in _lines(client, f"{EXPORTS}/{name}"):
            validator.validate(line)


def test_an_export_that_did_not_change_is_not_sent_again(client: TestClient) -> None:
    """A program that takes over everything each night asks with the tag of last night."""
    first = client.get(f"{EXPORTS}/paragraphs")
    again = client.get(f"{EXPORTS}/paragraphs", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "query", ["kind=reprot", "limit=3", "q=debt", "from=2024&to=2020", "language=english"]
)
def test_a_stream_is_refused_before_it_begins(client: TestClient, query: str) -> None:
    """What is wrong with a request is a problem with its status, never a line of the stream."""
    for name in ("documents", "paragraphs", "recommendations"):
        answer = client.get(f"{EXPORTS}/{name}?{query}")
        assert answer.status_code == 422
        assert answer.headers["content-type"] == "application/problem+json"


class _Counting:
    """An engine that counts the papers that are read."""

    def __init__(self, engine: LocalEngine) -> None:
        self._engine = engine
        self.read = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    def paper(self, symbol: str, language: str | None = None) -> Paper:
        """A paper, counted."""
        self.read += 1
        return self._engine.paper(symbol, language)


def test_papers_are_read_while_they_are_sent(tiny_engine: LocalEngine) -> None:
    """A stream holds one paper at a time: none is read before its turn."""
    engine = _Counting(tiny_engine)
    sent = export_paragraphs(cast("Engine", engine), "", DocumentParameters())
    read = []

    async def take_all() -> None:
        async for piece in sent.body_iterator:
            assert piece
            read.append(engine.read)

    assert engine.read == 0
    asyncio.run(take_all())
    assert read == list(range(1, len(tiny_engine.papers(Filters())) + 1))
