"""Pages come in few bytes where they are taken so, and are the same pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

PATH = "/search?q=recruitment+fees"


def test_pages_and_style_are_compressed(client: TestClient) -> None:
    """By gzip, told to caches, under a weak tag; who holds it is answered 304."""
    answer = client.get("/documents", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["vary"]
    assert "Accept-Language" in answer.headers["vary"]
    tag = answer.headers["etag"]
    assert tag.startswith('W/"')
    assert client.get("/documents", headers={"If-None-Match": tag}).status_code == 304
    style = client.get("/static/style.css", headers={"Accept-Encoding": "gzip"})
    assert style.headers["content-encoding"] == "gzip"
    assert int(style.headers["content-length"]) < 8_000


def test_who_takes_no_compression_gets_the_same_page(client: TestClient) -> None:
    """Plain, under a strong tag."""
    plain = client.get("/documents", headers={"Accept-Encoding": "identity"})
    packed = client.get("/documents", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert plain.headers["etag"] == packed.headers["etag"].removeprefix("W/")
    assert plain.text == packed.text


def test_the_api_is_sent_as_it_is(client: TestClient) -> None:
    """Lines that are streamed are not held back until a block is full."""
    answer = client.get("/api/v1/documents", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert answer.headers["etag"].startswith('"')
