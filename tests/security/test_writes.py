"""Writing over HTTP as a stranger meets it: nothing happens without a key that allows it."""

from __future__ import annotations

import hashlib
import json
import os
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from wgsearch.api.app import create_app
from wgsearch.api.bringing import router as bringing
from wgsearch.api.writing import Writes, router
from wgsearch.errors import BuildBusyError, CorpusUnwritableError
from wgsearch.incoming import BIN, QUARANTINE, Arriving, remove
from wgsearch.jobs import Jobs, WorkFailedError
from wgsearch.keys import Scope, add_key, read_keys, rotate_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from wgsearch.search import LocalEngine

PAPER = "DEMO/COP/WG.4/2022/2"
LIMIT = 20_000
NOW = datetime.now(UTC)
# Taken from the application's own list.
ROUTES = [
    (method, each.path)
    for each in (*router.routes, *bringing.routes)
    if isinstance(each, APIRoute)
    for method in sorted(each.methods)
]


def _filled(path: str) -> str:
    return path.replace("{id}", "x").replace("{symbol:path}", PAPER)


@dataclass
class Written:
    """An application that may be written to, and what was asked of it."""

    caller: TestClient
    keys: Path
    jobs: Jobs
    corpus: Path
    asked: list[str] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)
    fails: bool = False

    def token(self, *scopes: Scope, lasts: timedelta | None = None) -> str:
        """The token of a new key."""
        return add_key(self.keys, "library", scopes, NOW - timedelta(days=2), lasts=lasts)[1]

    def ask(self, method: str, path: str, token: str | None, **headers: str) -> tuple[int, str]:
        """Status of an answer, and the kind of its problem."""
        sent = headers | ({"Authorization": f"Bearer {token}"} if token else {})
        answer = self.caller.request(method, _filled(path), headers=sent)
        return answer.status_code, str(answer.json().get("type", "")).rpartition("/")[2]


@pytest.fixture
def written(tiny_engine: LocalEngine, tmp_path: Path) -> Iterator[Written]:
    """An application with writing on, whose builds only say that they were asked for."""

    def build(tell: Callable[[str, int, int], None], full: bool, retry: bool) -> str:  # noqa: FBT001 - as it is called
        made.asked.append(f"build {full} {retry}")
        tell("read", 1, 2)
        made.go_on.wait(10)
        if made.fails:
            raise WorkFailedError("no room")
        return "g2"

    def rollback(name: str | None) -> tuple[str, str]:
        made.asked.append(f"rollback {name}")
        return "g2", name or "g1"

    keys = tmp_path / "keys.json"
    jobs = Jobs(tmp_path / "jobs")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    writes = Writes(
        keys=lambda: read_keys(keys),
        jobs=jobs,
        build=build,
        rollback=rollback,
        stop=lambda: made.go_on.set(),  # noqa: PLW0108 - is made below
        corpus=corpus,
        paper_bytes=LIMIT,
        remove=lambda file: remove(corpus, file),
    )
    app = create_app(tiny_engine, hosts=("testserver",), writes=writes)
    with TestClient(app) as caller:
        made = Written(caller=caller, keys=keys, jobs=jobs, corpus=corpus)
        yield made


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_nothing_is_done_without_a_key_that_allows_it(
    written: Written, method: str, path: str
) -> None:
    """Each address of writing: no key, a wrong, expired or rotated one 401, another scope 403."""
    wrong = "wgs_" + "0" * 12 + "_" + "0" * 64
    expired = written.token(*Scope, lasts=timedelta(days=1))
    key, old = add_key(written.keys, "library", tuple(Scope), NOW, lasts=None)
    rotate_key(written.keys, key.ident, NOW - timedelta(hours=2), overlap=timedelta(hours=1))
    other = Scope.DELETE if path.endswith("/papers") else Scope.UPLOAD
    for token in (None, wrong, expired, old):
        assert written.ask(method, path, token) == (401, "no-key")
    assert written.ask(method, path, written.token(other)) == (403, "no-scope")
    assert written.asked == []
    assert list(written.corpus.iterdir()) == []
    assert written.jobs.listed() == ()


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_only_the_header_counts(written: Written, method: str, path: str) -> None:
    """What a page elsewhere can make a browser send, cookies and a form included, opens nothing."""
    token = written.token(*Scope)
    form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": "https://else.example"}
    cookie = f"Authorization=Bearer {token}; token={token}"
    assert written.ask(method, path, None, Cookie=cookie, **form) == (401, "no-key")
    assert written.ask(method, f"{path}?token={token}", None)[0] == 401
    basic = {"Authorization": f"Basic {token}"}
    assert written.ask(method, path, None, **basic) == (401, "no-key")
    assert written.asked == []


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_it_is_off_unless_it_is_turned_on(tiny_engine: LocalEngine, method: str, path: str) -> None:
    """Nothing set: each address of writing says that it is off, whatever key is sent."""
    caller = TestClient(create_app(tiny_engine, hosts=("testserver",)))
    answer = caller.request(method, _filled(path), headers={"Authorization": "Bearer x"})
    assert answer.status_code == 403
    assert answer.json()["type"].endswith("/writes-off")


def test_a_refusal_says_what_is_asked_for(written: Written) -> None:
    """401 and 403 carry a challenge, as RFC 6750 has it."""
    refused = written.caller.post("/api/v1/index/builds")
    assert refused.headers["www-authenticate"] == 'Bearer realm="wgsearch"'
    headers = {"Authorization": f"Bearer {written.token(Scope.UPLOAD)}"}
    refused = written.caller.post("/api/v1/index/builds", headers=headers)
    assert 'scope="build"' in refused.headers["www-authenticate"]


def test_a_build_is_a_job_that_can_be_followed(written: Written) -> None:
    """202 and a job; a second is refused meanwhile; events tell of it until it is done."""
    headers = {"Authorization": f"Bearer {written.token(Scope.BUILD)}"}
    answer = written.caller.post("/api/v1/index/builds?full=true", headers=headers)
    assert answer.status_code == 202
    job = answer.json()
    assert answer.headers["location"] == job["url"]
    assert job["state"] == "running"
    busy = written.caller.post("/api/v1/index/builds", headers=headers)
    assert (busy.status_code, busy.json()["type"].rpartition("/")[2]) == (503, "build-busy")
    threading.Timer(0.6, written.go_on.set).start()
    told = written.caller.get(job["events"], headers=headers)
    assert told.headers["content-type"].startswith("text/event-stream")
    assert "etag" not in told.headers
    events = [each.split("\n") for each in told.text.strip().split("\n\n")]
    assert events[0][0] == "event: progress"
    assert [each[0] for each in events].count("event: end") == 1
    last = json.loads(events[-1][1].removeprefix("data: "))
    assert (last["state"], last["generation"], last["stage"]) == ("done", "g2", "read")
    now = written.caller.get(job["url"], headers=headers)
    assert now.json() == last
    assert "etag" not in now.headers
    listed = written.caller.get("/api/v1/jobs", headers=headers).json()
    assert listed == {"count": 1, "jobs": [last]}
    assert written.asked == ["build True False"]


def test_a_build_that_fails_says_so(written: Written) -> None:
    """A failed job tells why, and the next one may begin."""
    headers = {"Authorization": f"Bearer {written.token(Scope.BUILD)}"}
    written.fails = True
    written.go_on.set()
    for _ in range(2):
        job = written.caller.post("/api/v1/index/builds", headers=headers).json()
        told = written.caller.get(job["events"], headers=headers).text
        assert json.loads(told.rpartition("data: ")[2])["failure"] == "no room"
        _until_free(written.jobs)


def _until_free(jobs: Jobs) -> None:
    """The job's thread has given back its place."""
    for each in threading.enumerate():
        if each.name.startswith("job "):
            each.join(5)
    assert all(each.ended for each in jobs.listed())


def test_a_generation_is_put_back(written: Written) -> None:
    """A key for it goes back to the generation before, or to one that it names."""
    headers = {"Authorization": f"Bearer {written.token(Scope.ROLLBACK)}"}
    answer = written.caller.post("/api/v1/index/rollback", headers=headers)
    assert answer.json() == {"before": "g2", "generation": "g1"}
    written.caller.post("/api/v1/index/rollback?generation=g0", headers=headers)
    assert written.asked == ["rollback None", "rollback g0"]
    unknown = written.caller.post("/api/v1/index/rollback?generatoin=g0", headers=headers)
    assert unknown.status_code == 422


def test_one_job_at_a_time_is_a_promise_of_the_folder(tmp_path: Path) -> None:
    """Another process with the same folder is refused too."""
    go_on = threading.Event()
    first = Jobs(tmp_path).start("build", "k", lambda _: str(go_on.wait(5)))
    with pytest.raises(BuildBusyError, match="another job runs"):
        Jobs(tmp_path).start("build", "k", lambda _: "g")
    go_on.set()
    _until_free(Jobs(tmp_path))
    assert Jobs(tmp_path).one(first.id).generation == "True"


TEXT = b"""DEMO/COP/WG.4/2031/7

Recruitment fees and debts

1. Recruitment fees are seldom mentioned in what States report.

2. Debts keep workers from leaving, as was said in the year before.
"""


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_a_paper_is_brought(written: Written) -> None:
    """It is read, and lies in the corpus under its digest; the same once more changes nothing."""
    headers = {"Authorization": f"Bearer {written.token(Scope.UPLOAD)}"}
    for is_new in (True, False):
        answer = written.caller.post("/api/v1/papers?name=a.TXT", content=TEXT, headers=headers)
        assert answer.status_code == 201, answer.text
        found = answer.json()
        assert found["file"] == f"uploaded/{hashlib.sha256(TEXT).hexdigest()}.txt"
        assert found["is_new"] is is_new
        assert _files(written.corpus) == [found["file"]]
        assert (written.corpus / found["file"]).read_bytes() == TEXT


def test_what_is_no_paper_leaves_nothing(written: Written) -> None:
    """Bytes that cannot be read, and names of other kinds, are refused; no file stays."""
    headers = {"Authorization": f"Bearer {written.token(Scope.UPLOAD)}"}
    for name, content in (("a.pdf", b"no pdf"), ("a.exe", TEXT), ("../../x", TEXT), (".pdf", b"")):
        answer = written.caller.post(
            "/api/v1/papers", params={"name": name}, content=content, headers=headers
        )
        assert answer.status_code == 422, answer.text
        assert str(written.corpus) not in answer.text
    assert _files(written.corpus) == []


def test_one_byte_too_many_is_refused(written: Written) -> None:
    """At the limit a paper is read; with one byte more it is not, whether its length is said."""
    headers = {"Authorization": f"Bearer {written.token(Scope.UPLOAD)}"}
    whole = TEXT + b" " * (LIMIT - len(TEXT))

    def pieces() -> Iterator[bytes]:
        yield whole
        yield b" "

    for content in (whole + b" ", pieces()):
        answer = written.caller.post("/api/v1/papers?name=a.txt", content=content, headers=headers)
        assert answer.status_code == 413
    assert _files(written.corpus) == []
    answer = written.caller.post("/api/v1/papers?name=a.txt", content=whole, headers=headers)
    assert answer.status_code == 201


def test_a_paper_is_moved_to_the_bin(written: Written, tiny_engine: LocalEngine) -> None:
    """Its file is hidden from builds, and can be taken back; one that is not there is no file."""
    headers = {"Authorization": f"Bearer {written.token(Scope.DELETE)}"}
    file = tiny_engine.entry(PAPER).file
    place = written.corpus / file
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(TEXT)
    answer = written.caller.delete(f"/api/v1/documents/{PAPER}", headers=headers)
    assert answer.json() == {"symbol": PAPER, "files": [file]}
    assert not place.exists()
    (kept,) = _files(written.corpus)
    assert kept.startswith(".bin/")
    again = written.caller.delete(f"/api/v1/documents/{PAPER}", headers=headers)
    assert again.json()["files"] == []
    unknown = written.caller.delete("/api/v1/documents/DEMO/X", headers=headers)
    assert unknown.status_code == 404


def test_a_link_that_leads_out_is_not_moved(tmp_path: Path) -> None:
    """What lies outside the corpus stays where it is, by whatever name it is asked for."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "secret.txt").write_bytes(TEXT)
    (tmp_path / "corpus" / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert not remove(tmp_path / "corpus", "link.txt")
    assert not remove(tmp_path / "corpus", "../secret.txt")
    assert (tmp_path / "secret.txt").read_bytes() == TEXT


@pytest.mark.parametrize("name", [QUARANTINE, BIN])
def test_a_folder_of_ours_that_is_a_link_is_not_used(tmp_path: Path, name: str) -> None:
    """Nothing that is brought or taken away goes where a link leads, and nothing is swept there."""
    corpus, other = tmp_path / "corpus", tmp_path / "other"
    corpus.mkdir()
    other.mkdir()
    kept = other / "old"
    kept.write_text("kept", encoding="utf-8")
    os.utime(kept, (0, 0))
    (corpus / "a.txt").write_text("a paper", encoding="utf-8")
    (corpus / name).symlink_to(other)
    use = {BIN: lambda: remove(corpus, "a.txt"), QUARANTINE: lambda: Arriving(corpus, ".txt")}
    with pytest.raises(CorpusUnwritableError, match="is a link"):
        use[name]()
    assert [each.name for each in other.iterdir()] == ["old"]
    assert (corpus / "a.txt").exists()


def test_what_lies_in_the_quarantine_stops_nobody(tmp_path: Path) -> None:
    """An old folder there is left; a file that nobody brings any more is removed."""
    folder = tmp_path / QUARANTINE
    (folder / "old").mkdir(parents=True)
    (folder / "left").write_text("x", encoding="utf-8")
    for each in folder.iterdir():
        os.utime(each, (0, 0))
    Arriving(tmp_path, ".txt").abandon()
    assert [each.name for each in folder.iterdir()] == ["old"]
