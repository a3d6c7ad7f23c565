"""What stands in the log: an object a line, enough to find a request, nothing that was asked."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from fastapi.testclient import TestClient

from wgsearch.api.app import create_app
from wgsearch.cli import logs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wgsearch.answers import Engine
    from wgsearch.search import LocalEngine

    Configure = Callable[..., Callable[[], list[dict[str, Any]]]]

ASKED_FOR = "confidential matter"


@pytest.fixture
def configure(capsys: pytest.CaptureFixture[str]) -> Iterator[Configure]:
    """Sets up logging as a server does; what it gives reads the objects on standard output."""
    root = logging.getLogger()
    before, level = root.handlers, root.level
    # Whoever ran a server in this process before may have left its loggers to themselves.
    others = [logging.getLogger(name) for name in ("uvicorn", "uvicorn.error", "uvicorn.access")]
    kept = [(each.handlers, each.propagate) for each in others]
    for each in others:
        each.handlers, each.propagate = [], True
    written: list[str] = []

    def made(*, unanswered: bool = False) -> Callable[[], list[dict[str, Any]]]:
        logs.configure("json", unanswered=unanswered)

        def read() -> list[dict[str, Any]]:
            written.append(capsys.readouterr().out)
            return [json.loads(line) for line in "".join(written).splitlines()]

        return read

    yield made
    root.handlers, root.level = before, level
    for each, (handlers, propagate) in zip(others, kept, strict=True):
        each.handlers, each.propagate = handlers, propagate
    for name in ("wgsearch", "wgsearch.unanswered"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def _caller(engine: Engine) -> TestClient:
    return TestClient(create_app(engine, hosts=("testserver",)), follow_redirects=False)


def test_each_request_is_one_object(tiny_engine: LocalEngine, configure: Configure) -> None:
    """A line a request: identifier as answered, route, status, time; no path, no client."""
    read = configure()
    caller = _caller(tiny_engine)
    caller.get("/api/v1/documents/DEMO/COP/WG.4/2022/2", headers={"X-Request-ID": "mine-1"})
    made = caller.get("/nowhere").headers["x-request-id"]
    first, second = (each for each in read() if each["logger"] == "wgsearch.api.observing")
    assert first["request_id"] == "mine-1"
    assert (first["method"], first["route"]) == ("GET", "/api/v1/documents/{symbol:path}")
    assert first["status"] == 200
    assert first["ms"] > 0
    assert first["level"] == "info"
    assert (second["request_id"], second["status"], second["route"]) == (made, 404, "other")
    assert not {"path", "query", "client"} & {*first}


ASKED = (
    "/api/v1/search?q=confidential+matter&k=3",
    "/api/v1/search?q=confidential+matter&k=many",
    "/api/v1/search?q=zzzz+confidential+matter&mode=lexical",
    "/search?q=confidential+matter",
    "/search.json?q=confidential+matter",
    "/confidential%20matter",
    "/documents/confidential%20matter",
    "/api/v1/history?topic=confidential+matter",
    "/api/v1/recommendations?q=confidential+matter",
    "/compendium?q=confidential+matter",
)


@pytest.mark.parametrize("path", ASKED)
def test_no_question_stands_in_the_log(
    tiny_engine: LocalEngine, configure: Configure, path: str
) -> None:
    """Whatever is asked, wherever, well or badly: not a word of it is logged, nor of a body."""
    read = configure()
    caller = _caller(tiny_engine)
    caller.get(path, headers={"Authorization": "Bearer confidential"})
    caller.post("/api/v1/search", json={"q": ASKED_FOR, "confidential": 1})
    caller.post("/api/v1/compare", json={"text": ASKED_FOR})
    lines = read()
    assert len(lines) >= 3
    assert "confidential" not in json.dumps(lines)


class Faulty:
    """An engine with a bug, which quotes the question."""

    def __init__(self, engine: LocalEngine) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the engine has
        return getattr(self._engine, name)

    def search(self, query: Any) -> NoReturn:  # noqa: ANN401 - as the engine
        """Fail, and quote."""
        raise ZeroDivisionError(query.text)


def test_a_fault_is_found_by_its_identifier(tiny_engine: LocalEngine, configure: Configure) -> None:
    """
    A bug is logged with the identifier that the caller got, its kind and its place; neither the
    log nor the answer has its words, and the answer has no place either.
    """
    read = configure()
    faulty: Engine = Faulty(tiny_engine)  # type: ignore[assignment] # breaks it on purpose
    answer = _caller(faulty).get("/api/v1/search?q=confidential+matter")
    assert answer.status_code == 500
    assert "test_logs" not in answer.text
    assert "Traceback" not in answer.text
    fault = next(each for each in read() if each["level"] == "error")
    assert answer.json()["instance"] in fault["message"]
    assert "ZeroDivisionError" in fault["message"]
    assert "test_logs.py" in fault["message"]
    assert "confidential" not in json.dumps(read())


def test_an_exception_is_told_without_its_words(configure: Configure) -> None:
    """Also where a library logs an exception, the object holds its type and place alone."""
    read = configure()
    try:
        int(ASKED_FOR)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("it failed")
    (line,) = read()
    assert (line["message"], line["error"]) == ("it failed", "ValueError")
    assert "test_logs.py" in line["at"]
    assert "confidential" not in json.dumps(line)


def test_unanswered_questions_are_logged_where_switched_on(
    tiny_engine: LocalEngine, configure: Configure
) -> None:
    """An operator who wants to know what the papers lack gets those questions, and no others."""
    read = configure(unanswered=True)
    caller = _caller(tiny_engine)
    caller.get("/api/v1/search?q=zzzzqqqq&mode=lexical", headers={"X-Request-ID": "mine-2"})
    caller.get("/api/v1/search?q=debt&mode=lexical")
    (line,) = (each for each in read() if each["logger"] == "wgsearch.unanswered")
    assert (line["question"], line["mode"], line["request_id"]) == ("zzzzqqqq", "lexical", "mine-2")


def test_they_are_not_where_it_is_off(tiny_engine: LocalEngine, configure: Configure) -> None:
    """By default nothing of what found nothing is kept either."""
    read = configure()
    _caller(tiny_engine).get("/api/v1/search?q=zzzzqqqq&mode=lexical")
    assert "zzzzqqqq" not in json.dumps(read())


def test_a_line_stays_a_line(configure: Configure) -> None:
    """Line ends in a message do not begin another object."""
    read = configure()
    logging.getLogger("wgsearch.x").warning("one\ntwo\u2028three %s", '"quoted"')
    (line,) = read()
    assert line["message"] == 'one\ntwo\u2028three "quoted"'
