"""What a client does when something goes wrong, or has not changed."""

from __future__ import annotations

import asyncio
import datetime as dt
import subprocess
import sys
from email.utils import format_datetime
from typing import TYPE_CHECKING

import httpx
import pytest

from wgsearch.client import (
    AsyncClient,
    Client,
    ClientError,
    File,
    InvalidRequestError,
    LimitedError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
    Retries,
    ServiceError,
    TimedOutError,
    UnavailableError,
    UnexpectedAnswerError,
    UnreachableError,
    operations,
)
from wgsearch.client.calls import Call, read_text
from wgsearch.client.retries import retry_after_s

if TYPE_CHECKING:
    from collections.abc import Callable

    Answering = Callable[[httpx.Request], httpx.Response]

BASE = "http://papers.example"
LIVE = {"status": "live", "generation": None}


class Service:
    """Answers one after the other, the last one for ever; remembers what was asked."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []
        self.waits: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """The next answer, or the error that there is instead of one."""
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)

    def client(self, **options: object) -> Client:
        """A client that reaches it, and does not sleep."""
        http = httpx.Client(transport=httpx.MockTransport(self))
        return Client(BASE, http=http, sleep=self.waits.append, **options)  # type: ignore[arg-type]


def _later(status: int, seconds: str) -> httpx.Response:
    return httpx.Response(status, headers={"Retry-After": seconds})


def _page(following: str | None) -> httpx.Response:
    """A page of recommendations without any, and where the next one is."""
    counts = {key: [] for key in ("addressee", "strength", "agreed", "kind")}
    page = {"generation": "g1", "count": 2, "is_cut": False, "offset": 0, "counts": counts}
    return httpx.Response(200, json=page | {"recommendations": [], "next": following})


@pytest.mark.model
def test_an_unknown_symbol_says_which_was_meant(client: Client, site: str) -> None:
    """The error names the kind, near symbols, what to do, and the request in the log."""
    with pytest.raises(NotFoundError, match=r"did you mean DEMO/COP/WG\.4/2022/3") as caught:
        client.get_document("DEMO/COP/WG.4/2022/33")
    problem = caught.value
    assert (problem.status, problem.kind) == (404, "unknown-symbol")
    assert problem.near[0] == "DEMO/COP/WG.4/2022/3"
    assert problem.remedy
    assert problem.remedy in str(problem)
    assert problem.request_id
    assert problem.request_id in str(problem)
    assert problem.type == f"{site}/problems/unknown-symbol"


@pytest.mark.model
def test_a_bad_parameter_is_named(client: Client) -> None:
    """The error names each parameter that is wrong, and the value that was perhaps meant."""
    with pytest.raises(InvalidRequestError, match="k: must be 100 or less") as caught:
        client.search("debt", k=1000, kind="raport")
    assert {(each.name, each.near) for each in caught.value.errors} == {
        ("k", None),
        ("kind", "report"),
    }


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, RefusedError),
        (401, NotAllowedError),
        (403, NotAllowedError),
        (404, NotFoundError),
        (413, RefusedError),
        (422, InvalidRequestError),
        (429, LimitedError),
        (500, ServiceError),
        (502, ServiceError),
        (503, UnavailableError),
    ],
)
def test_each_status_has_its_error(status: int, kind: type[Exception]) -> None:
    """Who can do something about it decides the class, also where a proxy answered in HTML."""
    service = Service(httpx.Response(status, html="<h1>Sorry</h1>"))
    with service.client() as client, pytest.raises(ClientError, match=f"{status} .*Sorry") as found:
        client.get_index()
    assert type(found.value) is kind


@pytest.mark.parametrize("status", [429, 503])
def test_reads_are_asked_again_when_told_so(status: int) -> None:
    """A service that names a time is asked again after that time, and then the answer counts."""
    service = Service(_later(status, "3"), _later(status, "1"), httpx.Response(200, json=LIVE))
    with service.client() as client:
        assert client.get_liveness().status == "live"
    assert service.waits == [3.0, 1.0]


@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        (_later(503, "2"), 3),  # again and again, but not for ever
        (_later(503, "11"), 1),  # longer than anybody waits: the caller is told
        (_later(503, "soon"), 1),
        (httpx.Response(503), 1),  # no time named
        (_later(500, "2"), 1),  # a fault does not pass
    ],
)
def test_nobody_is_asked_for_ever(answer: httpx.Response, asked: int) -> None:
    """Without a time, after a fault, after three times, or for long, the error is raised."""
    service = Service(answer)
    with service.client() as client, pytest.raises(ServiceError, match="50") as found:
        client.get_index()
    assert len(service.asked) == asked
    assert found.value.retry_after_s == retry_after_s(answer.headers.get("Retry-After"))


def test_writes_are_never_repeated() -> None:
    """What changes something is asked once, whatever the service says."""
    service = Service(_later(503, "1"))
    writing = Call(operation="x", method="POST", path="/x", read=read_text, is_read=False)
    with service.client() as client, pytest.raises(UnavailableError, match="503"):
        client.send(writing)
    assert len(service.asked) == 1


def test_patience_is_settable() -> None:
    """A caller may ask never again, or wait longer."""
    never, patient = Service(_later(429, "1")), Service(_later(429, "60"), httpx.Response(200))
    with never.client(retries=Retries(times=0)) as client, pytest.raises(LimitedError, match="429"):
        client.get_guide()
    assert len(never.asked) == 1
    with patient.client(retries=Retries(longest_wait_s=90)) as client:
        assert client.get_guide() == ""
    assert patient.waits == [60.0]


def test_a_date_is_a_time_too() -> None:
    """`Retry-After` may be a date; one that is past means now."""
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30)
    found = retry_after_s(format_datetime(soon, usegmt=True))
    assert found is not None
    assert 25 < found <= 30
    assert retry_after_s("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert retry_after_s(None) is None


def test_waiting_does_not_block_others() -> None:
    """The client for asyncio waits as its loop does, and asks again."""
    service = Service(_later(503, "4"), httpx.Response(200, json=LIVE))
    waits = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def ask() -> str:
        http = httpx.AsyncClient(transport=httpx.MockTransport(service))
        async with http, AsyncClient(BASE, http=http, sleep=sleep) as client:
            return (await client.get_liveness()).status

    assert asyncio.run(ask()) == "live"
    assert waits == [4.0]


def test_no_answer_is_told_from_a_late_one() -> None:
    """Nothing there, and not in time, are two errors; each names the address."""
    late, gone = httpx.ReadTimeout("late"), httpx.ConnectError("refused")
    with Service(late).client(timeout_s=2) as client, pytest.raises(TimedOutError, match="2 s"):
        client.get_index()
    with (
        Service(gone).client() as client,
        pytest.raises(UnreachableError, match=r"papers.*refused"),
    ):
        client.get_index()


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, html="<p>Welcome</p>"),
        httpx.Response(200, json={"generation": "g1"}),
        httpx.Response(302, headers={"Location": "https://papers.example/"}),
    ],
)
def test_another_service_is_not_taken_for_this_one(answer: httpx.Response) -> None:
    """Something else at the address, or an older version, is an error that says so."""
    with Service(answer).client() as client, pytest.raises(UnexpectedAnswerError, match="papers"):
        client.get_index()


def test_new_keys_do_no_harm() -> None:
    """A service that is newer than the client may say more."""
    service = Service(httpx.Response(200, json=LIVE | {"mood": "good"}))
    with service.client() as client:
        assert client.get_liveness().status == "live"


@pytest.mark.model
def test_what_has_not_changed_is_not_sent_again(site: str) -> None:
    """With a cache, the second answer is the first one, and its body is not sent."""
    lengths: list[tuple[int, int]] = []

    def note(response: httpx.Response) -> None:
        response.read()
        lengths.append((response.status_code, len(response.content)))

    with (
        httpx.Client(event_hooks={"response": [note]}) as http,
        Client(site, http=http, cached_bytes=1_000_000) as client,
    ):
        first, second = client.list_documents(), client.list_documents()
        other = client.list_documents(language="fr")
    assert first == second != other
    assert [status for status, _ in lengths] == [200, 304, 200]
    assert lengths[1][1] == 0


def test_what_was_kept_when_it_was_asked_is_answered() -> None:
    """An answer that gives way to others while its tag is on the way is still the answer."""
    page = {"generation": "g1", "count": 0, "documents": []}

    def answering(request: httpx.Request) -> httpx.Response:
        if "If-None-Match" in request.headers:
            for number in range(40):
                client.list_documents(symbol=str(number))
            return httpx.Response(304)
        return httpx.Response(200, headers={"ETag": '"a"'}, json=page)

    http = httpx.Client(transport=httpx.MockTransport(answering))
    with Client(BASE, http=http, cached_bytes=20_000) as client:
        assert client.list_documents() == client.list_documents()


def test_keys_stay_with_the_service() -> None:
    """Headers go with each request, and a next page elsewhere is not followed with them."""
    service = Service(_page("https://elsewhere.example/api/v1/recommendations"))
    with service.client(headers={"Authorization": "Bearer k"}) as client:
        first = client.list_recommendations()
        with pytest.raises(UnexpectedAnswerError, match="outside"):
            list(client.pages(first))
    assert [each.headers["Authorization"] for each in service.asked] == ["Bearer k"]


def test_a_stream_may_end_badly() -> None:
    """A problem after a good beginning is raised as if it had come at once; so is nonsense."""
    told = '{"item": "1", "done": 1, "total": 2}\n'
    problem = '{"type": "/problems/internal-error", "status": 500, "title": "Oh", "near": []}\n'
    asked = operations.brief_agenda_in_steps("md", "A/1")
    for end, kind, words in (
        (problem, ServiceError, "Oh"),
        ("<p>\n", UnexpectedAnswerError, "no JSON"),
        ('{"mood": "good"}\n', UnexpectedAnswerError, "neither progress nor a file"),
    ):
        with Service(httpx.Response(200, text=told + end)).client() as client:
            lines = client.stream(asked)
            first = next(lines)
            assert not isinstance(first, File)
            assert first.done == 1
            with pytest.raises(kind, match=words):
                next(lines)


@pytest.mark.parametrize("base", ["papers.example", "ftp://papers.example", "http://", ""])
def test_an_address_is_checked_at_once(base: str) -> None:
    """A service that cannot be meant is refused before anything is asked."""
    with pytest.raises(ValueError, match="root of the service"):
        Client(base)


def test_a_prefix_of_the_address_stays() -> None:
    """A service may lie under a path of its host, its next pages too."""
    more = "http://papers.example/wg/api/v1/recommendations?q=a%26b&offset=1"
    service = Service(_page(more), _page(None))
    http = httpx.Client(transport=httpx.MockTransport(service))
    client = Client("http://papers.example/wg/", http=http)
    assert len(list(client.pages(client.list_recommendations(q="a&b")))) == 2
    assert [str(each.url) for each in service.asked] == [
        "http://papers.example/wg/api/v1/recommendations?q=a%26b",
        more,
    ]


def test_the_client_loads_no_server() -> None:
    """A program that asks over HTTP does not wait for encoders, indexes and web frameworks."""
    code = (
        "import sys, wgsearch.client\n"
        "heavy = {'fastapi', 'starlette', 'uvicorn', 'numpy', 'torch', 'faiss', 'tantivy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
