"""An unchanged answer is not sent twice, and a changed one never taken for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from wgsearch.api.app import create_app
from wgsearch.api.serving import NewestEngine
from wgsearch.errors import IndexDamagedError
from wgsearch.index.build import build
from wgsearch.index.places import current, folder_of
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.answers import Answer, IndexState, Query
    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper


@pytest.mark.parametrize(
    "path", ["/api/v1/search?q=debt", "/search?q=debt", "/documents", "/api/v1/index"]
)
def test_unchanged_answers_are_304(client: TestClient, path: str) -> None:
    """Who holds the answer is told that it still holds, without a body."""
    first = client.get(path)
    # A compressed page has a weak tag; it is known again in either form.
    tag = first.headers["etag"].removeprefix("W/")
    assert tag.startswith('"')
    assert first.headers["etag"] == tag or not path.startswith("/api/")
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


class Counting:
    """An engine that counts the questions that reach it."""

    def __init__(self, inner: LocalEngine) -> None:
        self._inner = inner
        self.asked: list[Query] = []

    def state(self) -> IndexState:
        """Of the engine inside."""
        return self._inner.state()

    def search(self, query: Query) -> Answer:
        """By the engine inside."""
        self.asked.append(query)
        return self._inner.search(query)


def _caller(source: object, **more: int) -> TestClient:
    """A caller of an application of its own."""
    return TestClient(create_app(source, hosts=("testserver", "other"), **more))  # type: ignore[arg-type] # stands for engines


def test_an_answer_is_made_once(tiny_engine: LocalEngine) -> None:
    """Who asks what was asked before gets the same answer, byte for byte, without a search."""
    engine = Counting(tiny_engine)
    caller = _caller(engine)
    first, again = (caller.get("/api/v1/search?q=debt&k=2") for _ in range(2))
    assert len(engine.asked) == 1
    assert again.content == first.content
    own = {"x-request-id"}
    assert {k: v for k, v in again.headers.items() if k not in own} == {
        k: v for k, v in first.headers.items() if k not in own
    }
    assert again.headers["x-request-id"] != first.headers["x-request-id"]


@pytest.mark.parametrize(
    "other",
    ["q=debt&k=3", "q=Debt&k=2", "q=debt&k=2&language=en", "q=debt&k=2&mode=lexical", "q=fee&k=2"],
)
def test_another_question_has_its_own_answer(tiny_engine: LocalEngine, other: str) -> None:
    """What differs in one letter, number or filter is searched by itself."""
    engine = Counting(tiny_engine)
    caller = _caller(engine)
    caller.get("/api/v1/search?q=debt&k=2")
    kept = caller.get(f"/api/v1/search?{other}").json()
    made = _caller(tiny_engine, answer_bytes=0).get(f"/api/v1/search?{other}").json()
    assert len(engine.asked) == 2
    assert {**kept, "took_ms": 0} == {**made, "took_ms": 0}


def test_addresses_are_those_that_the_caller_used(tiny_engine: LocalEngine) -> None:
    """An answer kept for one host name or scheme is not sent to who asks by another."""
    caller = _caller(tiny_engine)
    bases = [
        ("http://testserver", {}),
        ("http://other", {"host": "other"}),
        ("https://testserver", {}),
    ]
    for base, headers in bases:
        address = base if "https" in base else "http://testserver"
        answer = caller.get(f"{address}/api/v1/search?q=debt&k=1", headers=headers).json()
        assert answer["hits"][0]["url"].startswith(f"{base}/")


def test_errors_and_pages_are_made_anew(tiny_engine: LocalEngine) -> None:
    """Only good answers in JSON are kept: an error may pass, and pages are for one reader."""
    engine = Counting(tiny_engine)
    caller = _caller(engine)
    for _ in range(2):
        assert caller.get("/api/v1/search?q=%3F").status_code == 422
    assert len(engine.asked) == 2


def test_without_memory_every_question_is_searched(tiny_engine: LocalEngine) -> None:
    """Memory for answers can be turned off."""
    engine = Counting(tiny_engine)
    caller = _caller(engine, answer_bytes=0)
    for _ in range(2):
        caller.get("/api/v1/search?q=debt")
    assert len(engine.asked) == 2


def test_what_was_kept_is_never_told_of_another_generation(
    tmp_path: Path,
    encoder: Encoder,
    make_paper: Callable[..., Paper],
    memory_reader: Callable[..., PaperReader],
) -> None:
    """After a publication, the same question is answered from the new papers alone."""
    index = tmp_path / "i"

    def publish(title: str) -> str:
        build(tmp_path / "c", index, encoder, reader=memory_reader([make_paper(title=title)]))
        return (index / "CURRENT").read_text().strip()

    first = publish("Debt and bondage")
    newest = NewestEngine(
        lambda: LocalEngine(index, encoder),
        lambda: (index / "CURRENT").read_text().strip(),
        check_every_s=0.0,
    )
    caller = _caller(newest)
    path = "/api/v1/search?q=debt"
    assert {caller.get(path).json()["generation"] for _ in range(2)} == {first}
    second = publish("Fees and debts")
    answers = [caller.get(path).json() for _ in range(2)]
    assert {each["generation"] for each in answers} == {second} != {first}
    assert {hit["title"] for each in answers for hit in each["hits"]} == {"Fees and debts"}


@pytest.fixture
def served(
    tmp_path: Path,
    encoder: Encoder,
    make_paper: Callable[..., Paper],
    memory_reader: Callable[..., PaperReader],
) -> Callable[[str], str]:
    """Publishes a paper of a title in `tmp_path / "i"`; the name of the generation."""

    def publish(title: str) -> str:
        reader = memory_reader([make_paper(title=title)])
        return build(tmp_path / "c", tmp_path / "i", encoder, reader=reader).generation

    return publish


def _serving(index: Path, encoder: Encoder) -> TestClient:
    newest = NewestEngine(
        lambda: LocalEngine(index, encoder),
        lambda: current(index),
        open_earlier=lambda: LocalEngine(index, encoder, earlier=True),
        check_every_s=0.0,
    )
    return _caller(newest)


def _damage(index: Path) -> None:
    path = folder_of(index, current(index)) / "vectors" / "rows.npy"
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def test_a_damaged_generation_is_refused_and_the_one_before_goes_on(
    tmp_path: Path, encoder: Encoder, served: Callable[[str], str]
) -> None:
    """
    Nobody gets an error, answers come from the generation before, readiness says degraded and
    why, and a build puts it right without a restart.
    """
    index = tmp_path / "i"
    first = served("Debt and bondage")
    caller = _serving(index, encoder)
    assert caller.get("/readyz").json() == {"status": "ready", "generation": first, "reason": None}
    status = caller.get("/status").headers["etag"]
    second = served("Fees and debts")
    _damage(index)
    found = caller.get("/api/v1/search?q=debt")
    assert (found.status_code, found.json()["generation"]) == (200, first)
    ready = caller.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["status"] == "degraded"
    assert ready.json()["generation"] == first
    assert second in ready.json()["reason"]
    for path in ("/status.json", "/api/v1/index"):
        assert second in caller.get(path).json()["refused"]
    page = caller.get("/status", headers={"If-None-Match": status})
    assert page.status_code == 200
    assert "A newer generation is damaged" in page.text
    third = served("Shelters")
    assert caller.get("/readyz").json() == {"status": "ready", "generation": third, "reason": None}
    assert "A newer generation" not in caller.get("/status").text


@pytest.mark.parametrize("harm", ["file", "manifest", "pointer"])
def test_a_server_that_starts_over_damage_serves_what_is_whole(
    tmp_path: Path, encoder: Encoder, served: Callable[[str], str], harm: str
) -> None:
    """After a restart the generation before answers too, whatever is damaged of the newest."""
    index = tmp_path / "i"
    first, second = served("Debt and bondage"), served("Fees and debts")
    if harm == "file":
        _damage(index)
    elif harm == "manifest":
        (folder_of(index, second) / "manifest.json").unlink()
    else:
        (index / "CURRENT").write_text("nonsense")
    caller = _serving(index, encoder)
    answered = second if harm == "pointer" else first
    for _ in range(3):
        assert caller.get("/api/v1/search?q=debt").json()["generation"] == answered
        assert caller.get("/readyz").json()["status"] == "degraded"
    engine = LocalEngine(index, encoder, earlier=True)
    assert engine.generation == answered
    assert engine.state().refused
    with pytest.raises(IndexDamagedError, match="run `wgsearch build"):
        LocalEngine(index, encoder)


def test_nothing_whole_is_an_error(
    tmp_path: Path, encoder: Encoder, served: Callable[[str], str]
) -> None:
    """Where no generation is whole, the operator reads what is wrong with the one in use."""
    name = served("Debt and bondage")
    _damage(tmp_path / "i")
    with pytest.raises(IndexDamagedError, match=f"rows.npy' of generation '{name}'"):
        LocalEngine(tmp_path / "i", encoder, earlier=True)
