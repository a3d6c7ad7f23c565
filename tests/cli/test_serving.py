"""A server as people run it: processes, an address, signals."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from wgsearch.cli.app import sample_corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Serve = Callable[..., "Server"]

WAIT_S = 60
QUESTION = "/api/v1/search?q=recruitment+fees&k=3"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


class Server:
    """A running `wgsearch serve`."""

    def __init__(self, index: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "wgsearch.cli", "serve", "--index", str(index), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"HF_HUB_OFFLINE": "1"},
        )

    def port(self) -> int:
        """Where it says that it serves."""
        assert self.process.stderr
        for line in self.process.stderr:
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
                return int(found[1])
        pytest.fail(f"it ended with {self.process.wait()}")

    def workers(self) -> list[int]:
        """Its processes that answer."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [pid for pid in map(int, found.split()) if _is_worker(pid)]

    def stop(self) -> int:
        """Ask it to stop; its exit status."""
        self.process.terminate()
        return self.process.wait(timeout=WAIT_S)


def _is_worker(pid: int) -> bool:
    """Python starts a process beside its workers that only cleans up after them."""
    return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()


def _get(port: int, path: str) -> dict[str, Any]:
    """An answer over a connection of its own."""
    found: dict[str, Any] = json.loads(_page(port, path))
    return found


def _page(port: int, path: str) -> str:
    """The body of an answer over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT_S)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        assert answer.status == 200
        return answer.read().decode()
    finally:
        connection.close()


def _median_s(port: int, path: str) -> float:
    """How long half of the answers over one connection take."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT_S)
    took = []
    for _ in range(30):
        started = time.perf_counter()
        connection.request("GET", path)
        connection.getresponse().read()
        took.append(time.perf_counter() - started)
    connection.close()
    return sorted(took)[len(took) // 2]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index over one sample paper."""
    folder = tmp_path_factory.mktemp("serving")
    source = sample_corpus() / "DEMO_COP_WG.4_2022_3.en.pdf"
    (folder / "papers").mkdir()
    (folder / "papers" / source.name).write_bytes(source.read_bytes())
    made = folder / "index"
    options = ["--corpus", str(folder / "papers"), "--index", str(made)]
    subprocess.run(
        [sys.executable, "-m", "wgsearch.cli", "build", *options],
        check=True,
        capture_output=True,
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )
    return made


@pytest.fixture
def serve(index: Path) -> Iterator[Serve]:
    """Starts servers, and stops them after the test."""
    started: list[Server] = []

    def start(*options: str, folder: Path = index) -> Server:
        started.append(Server(folder, "--port", "0", *options))
        return started[-1]

    yield start
    for server in started:
        if server.process.poll() is None:
            server.stop()
        for stream in (server.process.stdout, server.process.stderr):
            assert stream
            stream.close()


@pytest.mark.model
def test_workers_answer_alike_and_one_that_dies_is_replaced(serve: Serve) -> None:
    """
    Two processes give the same answers at one address, and small ones at once: none waits 44 ms
    for more to send. Killing one loses the address for nobody, and when the server is told to
    stop, nothing of it stays.
    """
    server = serve("--workers", "2")
    port = server.port()
    before = server.workers()
    assert len(before) == 2
    answers = [{**_get(port, QUESTION), "took_ms": 0} for _ in range(12)]
    assert answers[0]["hits"]
    assert all(each == answers[0] for each in answers)
    assert _median_s(port, "/livez") < 0.02
    os.kill(before[0], signal.SIGKILL)
    until = time.monotonic() + WAIT_S
    while len(alive := server.workers()) < 2 or before[0] in alive:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert {**_get(port, QUESTION), "took_ms": 0} == answers[0]
    assert all({**_get(port, QUESTION), "took_ms": 0} == answers[0] for _ in range(8))
    assert server.stop() == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in (*before, *alive))


@pytest.mark.model
def test_workers_end_with_the_one_that_watches_them(serve: Serve) -> None:
    """Where the first process is killed outright, its workers leave the address free."""
    server = serve("--workers", "2")
    server.port()
    workers = server.workers()
    server.process.kill()
    server.process.wait()
    until = time.monotonic() + WAIT_S
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_address_that_is_taken_is_said(serve: Serve, workers: str) -> None:
    """Two servers never share an address by accident: the second says so and ends."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        server = serve("--port", port, "--workers", workers)
        _, said = server.process.communicate(timeout=WAIT_S)
    assert server.process.returncode == 1
    assert f"127.0.0.1:{port}" in said
    assert "in use" in said


def test_an_index_that_cannot_be_opened_ends_all_workers(serve: Serve, tmp_path: Path) -> None:
    """With several workers as with one, the reason is said once and the status is 1."""
    folder = tmp_path / "index"
    folder.mkdir()
    (folder / "CURRENT").write_text("g000001-00000000\n")
    server = serve("--workers", "2", folder=folder)
    _, said = server.process.communicate(timeout=WAIT_S)
    assert server.process.returncode == 1
    assert said.count("wgsearch: ") == 1
    assert "Traceback" not in said


def _begun(port: int) -> tuple[socket.socket, bytes]:
    """A search whose body is half on its way, and the other half."""
    body = b'{"q": "recruitment fees"}'
    head = f"POST /api/v1/search HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
    made = socket.create_connection(("127.0.0.1", port), timeout=WAIT_S)
    made.sendall(head.encode() + b"Content-Type: application/json\r\n\r\n" + body[:5])
    return made, body[5:]


def _read(answering: socket.socket) -> bytes:
    """All that comes until the server hangs up."""
    with answering:
        return b"".join(iter(lambda: answering.recv(65536), b""))


@pytest.mark.model
@pytest.mark.parametrize("workers", ["1", "2"])
def test_told_to_stop_it_finishes_what_it_answers(serve: Serve, workers: str) -> None:
    """
    A request in flight when the signal comes gets its whole answer, a new one is not taken, and
    the server has ended within five seconds, with status 0.
    """
    server = serve("--workers", workers)
    port = server.port()
    answering, rest = _begun(port)
    time.sleep(0.3)
    began = time.monotonic()
    server.process.terminate()
    time.sleep(0.7)
    answering.sendall(rest)
    answer = _read(answering)
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["hits"]
    assert server.process.wait(timeout=WAIT_S) == 0
    assert time.monotonic() - began < 5
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


@pytest.mark.model
def test_who_never_finishes_does_not_hold_up_the_end(serve: Serve) -> None:
    """A request that does not come to its end is given up five seconds after the signal."""
    server = serve()
    answering, _ = _begun(server.port())
    time.sleep(0.3)
    began = time.monotonic()
    with answering:
        assert server.stop() == 0
        assert 4 < time.monotonic() - began < 12


@pytest.mark.model
def test_programs_read_objects_and_numbers_of_all_workers(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    With `--log-format json` standard output holds one object a line: the configuration first, with
    secrets masked, then each request of each worker. `/metrics` adds the workers up.
    """
    monkeypatch.setenv("WGSEARCH_FETCH_ADDRESS", "https://me:hidden@docs.example/{symbol}")
    server = serve("--workers", "2", "--log-format", "json")
    port = server.port()
    asked = 24
    for _ in range(asked):
        _get(port, "/livez")
    labels = 'method="GET",route="/livez",status="200"'
    until = time.monotonic() + WAIT_S
    while f"wgsearch_request_seconds_count{{{labels}}} {asked}\n" not in _page(port, "/metrics"):
        assert time.monotonic() < until
        time.sleep(0.2)
    assert server.stop() == 0
    assert server.process.stdout
    lines = [json.loads(line) for line in server.process.stdout]
    assert lines[0]["event"] == "started"
    assert lines[0]["settings"]["WGSEARCH_WORKERS"] == "2"
    assert "hidden" not in str(lines)
    requests = [each for each in lines if each.get("route") == "/livez"]
    assert len(requests) == asked
    assert len({each["request_id"] for each in requests}) == asked
    assert len({each["process"] for each in requests}) == 2
