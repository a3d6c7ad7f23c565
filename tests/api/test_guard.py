"""Whatever comes in is bounded, and whatever goes out carries its guards."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pytest
from fastapi.testclient import TestClient

from wgsearch.api.app import create_app
from wgsearch.api.guard import Limits
from wgsearch.errors import IndexMissingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.answers import Engine
    from wgsearch.search import LocalEngine

CSP = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
PATHS = ["/", "/search?q=debt", "/api/v1/index", "/nowhere", "/static/style.css", "/livez"]


@pytest.mark.parametrize("path", PATHS)
def test_each_answer_carries_security_headers(client: TestClient, path: str) -> None:
    """Pages, answers, errors and files tell browsers to run nothing foreign."""
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith(CSP)
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_request_ids_go_in_and_out(client: TestClient) -> None:
    """A caller's identifier comes back; without one, or with a harmful one, a new one is made."""
    assert (
        client.get("/livez", headers={"X-Request-ID": "a.b-1"}).headers["x-request-id"] == "a.b-1"
    )
    made = client.get("/livez", headers={"X-Request-ID": "a b\tc"}).headers["x-request-id"]
    assert len(made) == 32
    assert client.get("/livez").headers["x-request-id"] != made


@pytest.mark.parametrize("host", ["evil.example", "", "localhost.evil.example", "evil@testserver"])
def test_other_hosts_are_refused(client: TestClient, host: str) -> None:
    """A page elsewhere cannot reach the service under a name of its own."""
    answer = client.get("/api/v1/index", headers={"Host": host})
    assert answer.status_code == 400
    assert answer.json()["type"].endswith("/problems/wrong-host")


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "LOCALHOST"])
def test_this_machine_is_served_by_default(tiny_engine: LocalEngine, host: str) -> None:
    """By default the service answers to the names of this machine, on any port."""
    caller = TestClient(create_app(tiny_engine))
    assert caller.get("/livez", headers={"Host": host}).status_code == 200
    assert caller.get("/livez", headers={"Host": "example.org"}).status_code == 400


def test_any_host_can_be_served(tiny_engine: LocalEngine) -> None:
    """Behind a proxy that checks names, `*` serves any."""
    caller = TestClient(create_app(tiny_engine, hosts=("*",)))
    assert caller.get("/livez", headers={"Host": "example.org"}).status_code == 200


@pytest.fixture
def small(tiny_engine: LocalEngine) -> TestClient:
    """A caller of a service that reads little."""
    limits = Limits(url_bytes=200, body_bytes=100)
    return TestClient(create_app(tiny_engine, hosts=("testserver",), limits=limits))


def test_long_addresses_are_414(small: TestClient) -> None:
    """An address beyond the limit is refused before anything is read."""
    assert small.get("/api/v1/search?q=" + "a" * 184).status_code == 200
    answer = small.get("/api/v1/search?q=" + "a" * 185)
    assert answer.status_code == 414
    assert "POST" in answer.text or "200 are read" in answer.json()["detail"]


def test_large_bodies_are_413(small: TestClient) -> None:
    """One byte beyond the limit is refused, by its length or while it comes."""
    body = b'{"q": "debt"}'
    headers = {"Content-Type": "application/json"}
    full = body + b" " * (100 - len(body))
    assert small.post("/api/v1/search", content=full, headers=headers).status_code == 200
    answer = small.post("/api/v1/search", content=full + b" ", headers=headers)
    assert answer.status_code == 413

    def chunks() -> Iterator[bytes]:
        yield full
        yield b" "

    answer = small.post("/api/v1/search", content=chunks(), headers=headers)
    assert answer.status_code == 413
    assert answer.json()["type"].endswith("/problems/body-too-large")


@pytest.mark.parametrize("length", ["-1", "many", "1e3"])
def test_odd_lengths_are_400(small: TestClient, length: str) -> None:
    """A length that is no number of bytes is refused."""
    answer = small.post("/api/v1/search", content=b"{}", headers={"Content-Length": length})
    assert answer.status_code == 400


def test_head_is_get_without_a_body(client: TestClient) -> None:
    """HEAD has the headers of GET and nothing else."""
    head, get = client.head("/api/v1/index"), client.get("/api/v1/index")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["etag"] == get.headers["etag"]


class Faulty:
    """An engine with a bug: whatever it is asked, it fails in a way nobody foresaw."""

    def __getattr__(self, name: str) -> NoReturn:
        message = f"secret words about {name}"
        raise ZeroDivisionError(message)


def test_a_fault_becomes_a_problem(caplog: pytest.LogCaptureFixture) -> None:
    """A bug is 500 with the request's identifier; its words go to the log alone."""
    faulty: Engine = Faulty()  # type: ignore[assignment] # breaks the contract on purpose
    answer = TestClient(create_app(faulty, hosts=("testserver",))).get("/api/v1/index")
    assert answer.status_code == 500
    assert answer.json()["type"].endswith("/problems/internal-error")
    assert "secret" not in answer.text
    assert answer.json()["instance"] in caplog.text


def test_without_an_index_pages_and_api_say_so() -> None:
    """Before the first build: alive, not ready, and every page says what to do."""

    def no_engine() -> NoReturn:
        raise IndexMissingError("no generation in '/srv/index'")

    caller = TestClient(create_app(no_engine, hosts=("testserver",)))
    assert caller.get("/livez").status_code == 200
    for path in ("/readyz", "/api/v1/search?q=debt", "/api/v1/documents"):
        answer = caller.get(path)
        assert answer.status_code == 503
        assert answer.json()["type"].endswith("/problems/index-missing")
        assert "/srv" not in answer.text
    page = caller.get("/", headers={"Accept": "text/html"})
    assert page.status_code == 503
    assert "wgsearch build" in page.text
    assert caller.get("/problems/index-missing").status_code == 200
    assert caller.get("/api").status_code == 200


def test_no_question_is_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    """What people ask stays out of the log."""
    client.get("/api/v1/search?q=confidential+matter&kid=1")
    client.get("/search?q=confidential+matter")
    ours = [record for record in caplog.records if record.name.startswith("wgsearch")]
    assert not [record for record in ours if "confidential" in record.getMessage()]
