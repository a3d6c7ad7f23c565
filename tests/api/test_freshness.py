"""An unchanged answer is not sent twice, and a changed one never taken for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from wgsearch.api.app import create_app
from wgsearch.index.build import build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper


@pytest.mark.parametrize(
    "path", ["/api/v1/search?q=debt", "/search?q=debt", "/documents", "/api/v1/index"]
)
def test_unchanged_answers_are_304(client: TestClient, path: str) -> None:
    """Who holds the answer is told that it still holds, without a body."""
    first = client.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(path, headers={"If-None-Match": f'"other", W/{tag}'})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag


def test_the_order_of_parameters_does_not_matter(client: TestClient) -> None:
    """The same question has the same tag, however its parameters are ordered."""
    one = client.get("/api/v1/search?q=debt&k=2").headers["etag"]
    other = client.get("/api/v1/search?k=2&q=debt").headers["etag"]
    assert one == other
    assert one != client.get("/api/v1/search?q=debt&k=3").headers["etag"]


@pytest.mark.parametrize("path", ["/api/v1/search?q=debt&kid=1", "/nowhere", "/readyz"])
def test_errors_and_health_carry_no_tag(client: TestClient, path: str) -> None:
    """What may change without a new generation is never kept."""
    assert "etag" not in client.get(path).headers


def test_static_files_may_be_kept(client: TestClient) -> None:
    """Style and script have their digest in the address, so browsers keep them."""
    answer = client.get("/static/style.css?v=1")
    assert "immutable" in answer.headers["cache-control"]


def test_a_new_generation_has_new_tags(
    tmp_path: Path,
    encoder: Encoder,
    tiny_engine: LocalEngine,
    make_paper: Callable[..., Paper],
    memory_reader: Callable[..., PaperReader],
) -> None:
    """After a build, what was kept is asked for anew."""
    build(tmp_path / "c", tmp_path / "i", encoder, reader=memory_reader([make_paper()]))
    engines = [tiny_engine, LocalEngine(tmp_path / "i", encoder)]
    caller = TestClient(create_app(lambda: engines[0], hosts=("testserver",)))
    tag = caller.get("/documents.json").headers["etag"]
    engines.pop(0)
    answer = caller.get("/documents.json", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert answer.json()["count"] == 1


def test_another_reranker_has_other_tags(tiny_engine: LocalEngine) -> None:
    """An answer kept from before a reranker was set is asked for anew."""
    tags = {
        TestClient(create_app(tiny_engine, hosts=("testserver",), variant=variant))
        .get("/api/v1/search?q=debt")
        .headers["etag"]
        for variant in ("", "one@1", "two@1")
    }
    assert len(tags) == 3
