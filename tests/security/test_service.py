"""The service as a stranger meets it: what it listens to, what it sends, what it never does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from wgsearch.api.app import ROUTERS, create_app
from wgsearch.api.bringing import router as brings
from wgsearch.api.writing import router as writes
from wgsearch.index.places import current
from wgsearch.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.search import LocalEngine

# Taken from the application itself, so that a new address cannot be forgotten.
ROUTES = sorted(
    (method, route.path)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in route.methods
)
GETS = [path for method, path in ROUTES if method == "GET"]
# These are sent a text or a file, and change nothing.
POSTS = {
    *(
        "/api/v1/search",
        "/api/v1/search/batch",
        "/api/v1/agendas/brief",
        "/api/v1/compare",
        "/api/v1/check",
    ),
    *("/agendas", "/compare", "/check"),
}
_FILL = {
    "{symbol:path}": "DEMO/COP/WG.4/2022/2",
    "{number}": "2",
    "{id}": "x",
    "{slug}": "busy",
    "{code}": "x",
}


def _filled(path: str) -> str:
    for name, value in _FILL.items():
        path = path.replace(name, value)
    return path.replace("{", "").replace("}", "")


def test_defaults_are_for_one_machine() -> None:
    """Nothing set: it listens on 127.0.0.1 and answers to the names of this machine alone."""
    assert Settings().host == "127.0.0.1"
    assert set(Settings().served_hosts) == {"127.0.0.1", "localhost", "::1"}


def test_what_can_be_written_is_known() -> None:
    """No address takes PUT or PATCH; those that take POST or DELETE read, or belong to writing."""
    assert {method for method, _ in ROUTES} <= {"GET", "HEAD", "POST", "DELETE"}
    writing = {each.path for each in (*writes.routes, *brings.routes) if isinstance(each, APIRoute)}
    assert {path for method, path in ROUTES if method == "POST"} - writing == POSTS
    assert {path for method, path in ROUTES if method == "DELETE"} <= writing


@pytest.mark.parametrize("path", sorted(POSTS))
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"]
)
def test_a_form_from_elsewhere_changes_nothing(
    tiny_engine: LocalEngine, tiny_index: Path, path: str, kind: str
) -> None:
    """What a page elsewhere can make a browser send leaves every file of the index as it was."""
    caller = TestClient(create_app(tiny_engine, hosts=("testserver",)))

    def files() -> dict[str, bytes]:
        return {
            str(each): each.read_bytes()
            for each in sorted(tiny_index.rglob("*"))
            if each.is_file() and each.parent.name != "lexical" and "lock" not in each.name
        }

    before, generation = files(), current(tiny_index)
    headers = {"Content-Type": kind, "Origin": "https://elsewhere.example"}
    answer = caller.post(path, content=b"text=debt&q=debt", headers=headers)
    assert answer.status_code < 500
    assert "access-control-allow-origin" not in answer.headers
    assert (files(), current(tiny_index)) == (before, generation)


@pytest.mark.parametrize("path", GETS)
def test_every_address_sends_the_headers(caller: TestClient, path: str) -> None:
    """Every address, whatever it answers: nothing foreign runs, nobody guesses or frames it."""
    answer = caller.get(_filled(path), headers={"Accept": "text/html"})
    assert answer.status_code < 500 or answer.json()["status"] == 503
    policy = answer.headers["content-security-policy"]
    parts = {each.strip().partition(" ")[0]: each.strip() for each in policy.split(";")}
    assert parts["default-src"] in {"default-src 'self'", "default-src 'none'"}
    assert parts.get("object-src", "object-src 'none'") == "object-src 'none'"
    assert parts["base-uri"] == "base-uri 'none'"
    assert parts["frame-ancestors"] == "frame-ancestors 'none'"
    assert "unsafe-inline" not in parts.get("script-src", "")
    assert "unsafe-eval" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-request-id"]
    assert "server" not in answer.headers


UP = ("..", "%2e%2e", "..%2f..", "....//", "..\\", "%252e%252e", "..%00", ".%2e", "%c0%ae%c0%ae")
TARGETS = ("etc/passwd", "%2fetc%2fpasswd", "C:%5cWindows%5cwin.ini", "secret.txt")
TRAVERSALS = [
    f"{root}/{up}/{up}/{up}/{target}"
    for root in ("/static", "/documents", "/api/v1/documents", "/agendas", "/problems")
    for up in UP
    for target in TARGETS
]


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_way_leads_out(caller: TestClient, path: str) -> None:
    """More than a hundred ways up and out find nothing, and tell nothing of this machine."""
    assert len(TRAVERSALS) > 100
    answer = caller.get(path)
    assert answer.status_code in {404, 422}
    assert "root:" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("name", "value"),
    [("Content-Length", "-1"), ("Content-Length", "9" * 30), ("Host", "a" * 9999)],
)
def test_malformed_headers_are_refused_at_once(caller: TestClient, name: str, value: str) -> None:
    """A length below zero or beyond all measure, a host without end: 4xx, and soon."""
    began = time.process_time()
    answer = caller.post("/api/v1/search", content=b"{}", headers={name: value})
    assert 400 <= answer.status_code < 500
    assert time.process_time() - began < 0.1
