"""Too many requests harm nobody: the excess is refused at once, and told when to come again."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from starlette.responses import Response

from wgsearch.api.app import create_app
from wgsearch.api.guard import Guard, Limits
from wgsearch.api.limiting import Buckets, Impatience, Limiting, Load, client_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Message, Receive, Scope, Send

    from wgsearch.api import problems
    from wgsearch.search import LocalEngine

HOSTS = ("testserver",)
SEARCH = "/api/v1/search?q=debt"


class Waiting:
    """An engine whose searches wait until they are let go."""

    def __init__(self, engine: LocalEngine) -> None:
        self._engine = engine
        self.go = threading.Event()
        self.begun = threading.Semaphore(0)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the engine has
        return getattr(self._engine, name)

    def search(self, query: Any) -> Any:  # noqa: ANN401 - as the engine
        """Wait, then search."""
        self.begun.release()
        assert self.go.wait(30)
        return self._engine.search(query)


@pytest.fixture
def waiting(tiny_engine: LocalEngine) -> Iterator[Waiting]:
    """An engine that waits; let go in the end, whatever happens."""
    made = Waiting(tiny_engine)
    yield made
    made.go.set()


def _app(engine: Waiting, **load: Any) -> TestClient:  # noqa: ANN401 - fields of Load
    return TestClient(
        create_app(engine, hosts=HOSTS, load=Load(**load))  # type: ignore[arg-type] # a stand-in
    )


def test_the_excess_is_refused_at_once(waiting: Waiting) -> None:
    """
    With two being answered, the third is told within 50 ms to come again, and probes get
    through; when they are done, it is answered.
    """
    with _app(waiting, in_flight=2) as caller, ThreadPoolExecutor(2) as others:
        first = [others.submit(caller.get, f"{SEARCH}&k={k}") for k in (1, 2)]
        for _ in first:
            assert waiting.begun.acquire(timeout=30)
        took = []
        for number in range(20):
            new = TestClient(caller.app, client=("192.0.2.1", number))
            began = time.perf_counter()
            refused = new.get(SEARCH)
            took.append(time.perf_counter() - began)
            assert refused.status_code == 503
        assert sorted(took)[len(took) // 2] < 0.05
        assert refused.headers["retry-after"] == "1"
        assert refused.headers["x-request-id"] == refused.json()["instance"]
        assert refused.json()["type"].endswith("/problems/busy")
        for path in ("/livez", "/readyz", "/metrics", "/static/style.css"):
            assert caller.get(path).status_code == 200
        waiting.go.set()
        assert [each.result().status_code for each in first] == [200, 200]
        assert caller.get(SEARCH).status_code == 200


def test_what_takes_too_long_is_given_up(waiting: Waiting) -> None:
    """Without an answer in time the caller is told; the work holds its place until it is done."""
    with _app(waiting, in_flight=1, request_s=0.05) as caller:
        answer = caller.get(SEARCH)
        assert answer.status_code == 503
        assert answer.json()["type"].endswith("/problems/took-too-long")
        assert answer.headers["retry-after"] == "1"
        assert caller.get(SEARCH).json()["type"].endswith("/problems/busy")
        waiting.go.set()
        until = time.monotonic() + 30
        while caller.get(SEARCH).status_code != 200:
            assert time.monotonic() < until
            time.sleep(0.01)


def test_each_client_has_a_bucket(tiny_engine: LocalEngine) -> None:
    """Beyond the burst a client gets 429 and when to come again; another one is answered."""
    load = Load(rate_per_s=0.01, burst=3)
    app = create_app(tiny_engine, hosts=HOSTS, load=load)
    one, two = TestClient(app, client=("192.0.2.1", 1)), TestClient(app, client=("192.0.2.2", 1))
    assert [one.get(SEARCH).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = one.get(SEARCH)
    assert refused.json()["type"].endswith("/problems/too-many-requests")
    assert 90 <= int(refused.headers["retry-after"]) <= 100
    assert two.get(SEARCH).status_code == 200
    assert one.get("/livez").status_code == 200


def test_tokens_come_back() -> None:
    """Two a second: after half a second one more, after a long time no more than the burst."""
    now = [0.0]
    buckets = Buckets(2.0, 2, clock=lambda: now[0])
    assert [buckets.wait_s("a") for _ in range(3)] == [0.0, 0.0, 0.5]
    now[0] = 0.5
    assert [buckets.wait_s("a") for _ in range(2)] == [0.0, 0.5]
    now[0] = 100.0
    assert [buckets.wait_s("a") for _ in range(3)] == [0.0, 0.0, 0.5]


def test_clients_without_number_take_no_memory() -> None:
    """Of very many clients, those heard of last are remembered."""
    buckets = Buckets(0.1, 1, clients=10)
    for number in range(1000):
        assert buckets.wait_s(str(number)) == 0
    assert len(buckets._left) == 10
    assert buckets.wait_s("999") > 0


def test_who_comes_again_too_soon_is_known() -> None:
    """Only a second refusal within the time that was told counts; few of very many are kept."""
    now = [0.0]
    impatience = Impatience(1.0, clock=lambda: now[0], clients=10)
    assert not impatience.is_shown_by("a")
    now[0] = 0.5
    assert impatience.is_shown_by("a")
    assert not impatience.is_shown_by("b")
    now[0] = 1.5
    assert not impatience.is_shown_by("a")
    for number in range(1000):
        assert not impatience.is_shown_by(number)
    assert len(impatience._refused) == 10


def test_who_comes_again_at_once_is_held_back(waiting: Waiting) -> None:
    """Refusing does not take the time of those who are being answered."""
    with _app(waiting, in_flight=1) as caller, ThreadPoolExecutor(1) as others:
        first = others.submit(caller.get, SEARCH)
        assert waiting.begun.acquire(timeout=30)
        began = time.perf_counter()
        for _ in range(11):
            assert caller.get(SEARCH).status_code == 503
        assert time.perf_counter() - began >= 10 * 0.03
        waiting.go.set()
        assert first.result().status_code == 200


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("a name of some length " * 9, ("a name of some length " * 9)[:64]),
    ],
)
def test_who_a_client_is(address: str, client: str) -> None:
    """An IPv6 address stands for its network: whoever has one has all of them."""
    assert client_of({"client": (address, 1)}) == client
    assert client_of({"client": None}) == ""


def _statuses(app: Any, peer: str, forwarded: list[str]) -> list[int]:  # noqa: ANN401 - an ASGI app
    caller = TestClient(app, client=(peer, 1))
    return [caller.get(SEARCH, headers={"X-Forwarded-For": each}).status_code for each in forwarded]


def test_forwarded_clients_count_from_listed_proxies_only(tiny_engine: LocalEngine) -> None:
    """
    Behind a listed proxy each client has a bucket of its own, and what a client itself writes
    into the header changes nothing; from anywhere else the header is not read.
    """
    load = Load(rate_per_s=0.01, burst=1)

    def app() -> Any:  # noqa: ANN401 - an ASGI app
        return create_app(tiny_engine, hosts=HOSTS, load=load, proxies=("192.0.2.0/24",))

    listed, elsewhere = "192.0.2.9", "198.51.100.1"
    assert _statuses(app(), listed, ["203.0.113.1", "203.0.113.2", "203.0.113.1"]) == [
        200,
        200,
        429,
    ]
    spoofed = ["1.1.1.1, 203.0.113.1", "2.2.2.2, 203.0.113.1"]
    assert _statuses(app(), listed, spoofed) == [200, 429]
    assert _statuses(app(), elsewhere, ["203.0.113.1", "203.0.113.2"]) == [200, 429]
    unlisted = create_app(tiny_engine, hosts=HOSTS, load=load)
    assert _statuses(unlisted, "127.0.0.1", ["203.0.113.1", "203.0.113.2"]) == [200, 429]


def test_nothing_is_limited_by_client_where_nothing_is_set(tiny_engine: LocalEngine) -> None:
    """One person's own machine is not held up: as many requests as they like, one by one."""
    caller = TestClient(create_app(tiny_engine, hosts=HOSTS))
    assert {caller.get(SEARCH).status_code for _ in range(200)} == {200}


def test_a_body_that_never_comes_is_given_up() -> None:
    """Who sends half a body and waits gets 408, and no longer holds anything."""
    sent: list[Message] = []
    problems: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError(scope, receive, send)

    def answering(_: Scope, problem: Any) -> Any:  # noqa: ANN401 - a response
        problems.append(problem.kind.slug)

        async def response(scope: Scope, receive: Receive, send: Send) -> None:
            del scope, receive
            await send({"type": "http.response.start", "status": 408, "headers": []})

        return response

    async def receive() -> Message:
        if not sent:
            sent.append({})
            return {"type": "http.request", "body": b"{", "more_body": True}
        await asyncio.sleep(60)
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
    guard = Guard(app, hosts=("*",), limits=Limits(body_s=0.05), answering=answering)
    asyncio.run(guard(scope, receive, send))
    assert problems == ["request-too-slow"]
    assert sent[-1]["status"] == 408


def test_a_stream_takes_a_place_until_it_begins() -> None:
    """Events of jobs are followed by many; asking for them floods nobody."""
    begin = asyncio.Event()

    async def app(_: Scope, __: Receive, send: Send) -> None:
        await begin.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(60)

    refused: list[str] = []

    def answering(_: Scope, problem: problems.Problem) -> Response:
        refused.append(problem.kind.slug)
        return Response(status_code=problem.kind.status)

    async def run() -> None:
        async def nothing(*_: object) -> Message:
            return {}

        limiting = Limiting(app, load=Load(in_flight=3), answering=answering)

        def ask() -> asyncio.Task[None]:
            scope = {"type": "http", "path": "/api/v1/jobs/x/events", "client": ("192.0.2.1", 1)}
            return asyncio.create_task(limiting(scope, nothing, nothing))

        first = [ask() for _ in range(3)]
        await asyncio.sleep(0)
        await ask()
        assert refused == ["busy"]
        begin.set()
        await asyncio.sleep(0.01)
        later = ask()
        await asyncio.sleep(0.01)
        assert refused == ["busy"]
        for each in (*first, later):
            each.cancel()
        await asyncio.gather(*first, later, return_exceptions=True)

    asyncio.run(run())
