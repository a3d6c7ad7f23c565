"""
`wgsearch serve` on an index -> how many questions a second it answers, how soon, at what cost.

Why the cost in processor time too: clients and server share the cores of one laptop, and other
work on it moves the clock but not the processor time. Why a client of bare sockets: it must take
little of what is measured. Only 127.0.0.1 is asked.

    python bench/serving.py [--index DIR] [--questions FILE] [--workers 1,2] [--json FILE]

Prints Markdown. Each row asks a server of its own: every question once (`new`: no answer is known
from before), then the same ones again (`again`).
"""

from __future__ import annotations

import argparse
import json
import os
import selectors
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from machine import machine, warn_when_busy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
WARM_UP = 16
START_S = 120
_TICK = os.sysconf("SC_CLK_TCK")
_CHUNK = 1 << 16


@dataclass
class Asked:
    """
    What came of a run of requests.

    Attributes:
        wall_s: From the first request to the last answer.
        client_s: Processor time of the clients.
        took_ms: Of each answer, from sent to read.
        errors: Answers that were none.
    """

    wall_s: float = 0.0
    client_s: float = 0.0
    took_ms: list[float] = field(default_factory=list)
    errors: int = 0

    def percentile(self, share: float) -> float:
        """So many of the answers took at most this, in milliseconds."""
        ordered = sorted(self.took_ms) or [0.0]
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Client:
    """One connection that is kept; a request at a time."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=START_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent = 0.0
        self._read = bytearray()

    def send(self, path: str) -> None:
        """Ask."""
        self.sent = time.perf_counter()
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())

    def receive(self) -> int | None:
        """Read what has come: the status once the answer is whole, None before; 0 at the end."""
        piece = self.socket.recv(_CHUNK)
        if not piece:
            return 0
        self._read += piece
        head, found, body = self._read.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return None
        self._read.clear()
        return int(head[9:12])

    def ask(self, path: str) -> int:
        """Ask and wait for the answer."""
        self.send(path)
        while (status := self.receive()) is None:
            pass
        return status


def _length(head: bytearray) -> int:
    """Content-Length."""
    for line in bytes(head).split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def ask_all(port: int, paths: Sequence[str], clients: int, limit_s: float) -> Asked:
    """Ask for all paths, so many at a time, no longer than so many seconds."""
    asked, waiting = Asked(), deque(paths)
    chosen = selectors.DefaultSelector()
    started, spent = time.perf_counter(), time.process_time()
    for client in [Client(port) for _ in range(min(clients, len(paths)))]:
        client.send(waiting.popleft())
        chosen.register(client.socket, selectors.EVENT_READ, client)
    while chosen.get_map():
        for key, _ in chosen.select():
            client: Client = key.data
            status = client.receive()
            if status is None:
                continue
            asked.took_ms.append(1000 * (time.perf_counter() - client.sent))
            asked.errors += status != 200  # noqa: PLR2004 - OK
            if status and waiting and time.perf_counter() - started < limit_s:
                client.send(waiting.popleft())
            else:
                chosen.unregister(client.socket)
                client.socket.close()
    asked.wall_s = time.perf_counter() - started
    asked.client_s = time.process_time() - spent
    return asked


class Server:
    """A server at work: its processes, their time and memory."""

    def __init__(self, index: Path, workers: int, more: Sequence[str]) -> None:
        with socket.create_server((HOST, 0)) as free:
            self.port: int = free.getsockname()[1]
        # Releases before had no such option, and are measured too.
        by = ["--workers", str(workers)] if workers > 1 else []
        command = [sys.executable, "-m", "wgsearch.cli", "serve", "--index", str(index)]
        started = time.perf_counter()
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port), *by, *more], stderr=subprocess.DEVNULL
        )
        self._wait(started)
        self.ready_s = time.perf_counter() - started
        self.first_s = self._first()

    def _wait(self, started: float) -> None:
        """Until it says that it is ready."""
        while True:
            try:
                if Client(self.port).ask("/readyz") == 200:  # noqa: PLR2004 - OK
                    return
            except OSError:
                pass
            if self.process.poll() is not None or time.perf_counter() - started > START_S:
                raise SystemExit("the server does not start; try the same command by hand")
            time.sleep(0.02)

    def _first(self) -> float:
        """Seconds of the first answer to a question."""
        started = time.perf_counter()
        Client(self.port).ask(path_of("the first question of all"))
        return time.perf_counter() - started

    def pids(self) -> list[int]:
        """Its process and those below."""
        found = [self.process.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                found += [int(each) for each in task.read_text().split()]
        return found

    def cpu_s(self) -> float:
        """Processor time so far."""
        ticks = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / _TICK

    def memory_mb(self) -> dict[str, int]:
        """Resident and proportional megabytes, and what is of its own, of all processes."""
        total = dict.fromkeys(("Rss", "Pss", "Anonymous"), 0)
        for pid in self.pids():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                name, _, rest = line.partition(":")
                if name in total:
                    total[name] += int(rest.split()[0])
        return {name.lower(): size // 1024 for name, size in total.items()}


@contextmanager
def serving(index: Path, workers: int, more: Sequence[str]) -> Iterator[Server]:
    """A server, for as long as it is asked."""
    server = Server(index, workers, more)
    try:
        yield server
    finally:
        server.process.terminate()
        server.process.wait(timeout=START_S)


def path_of(question: str) -> str:
    """Address of a question."""
    return f"/api/v1/search?{urlencode({'q': question})}"


def questions(file: Path, most: int) -> list[str]:
    """Different questions of a file of JSON lines, evenly chosen."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    found = list(dict.fromkeys(str(each.get("question") or each["text"]) for each in lines))
    return found[:: max(1, len(found) // most)][:most]


def measure(server: Server, paths: Sequence[str], clients: int, limit_s: float) -> dict[str, Any]:
    """One run."""
    before = server.cpu_s()
    asked = ask_all(server.port, paths, clients, limit_s)
    count = len(asked.took_ms)
    return {
        "requests": count,
        "errors": asked.errors,
        "per_s": round(count / asked.wall_s, 1),
        "p50_ms": round(asked.percentile(0.5), 1),
        "p99_ms": round(asked.percentile(0.99), 1),
        "server_cpu_ms": round(1000 * (server.cpu_s() - before) / count, 2),
        "client_cpu_ms": round(1000 * asked.client_s / count, 2),
    }


def rows_of(index: Path, workers: int, asked: Sequence[str], options: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - arguments
    """The rows of one server."""
    paths = [path_of(each) for each in asked]
    with serving(index, workers, options.option) as server:
        ask_all(server.port, paths[:WARM_UP], options.clients, options.seconds)
        live = ask_all(server.port, ["/livez"] * 50, 1, options.seconds)
        found = []
        for name, chosen in (("new", paths[WARM_UP:]), ("again", paths[WARM_UP:] * 2)):
            if name == "again":  # each worker has its own memory
                for _ in range(6 * (workers - 1)):
                    ask_all(server.port, paths, options.clients, options.seconds)
            row = measure(server, chosen, options.clients, options.seconds)
            found.append({"workers": workers, "questions": name, **row})
        shared = {
            "ready_s": round(server.ready_s, 2),
            "first_answer_s": round(server.first_s, 3),
            "livez_p50_ms": round(live.percentile(0.5), 2),
            "memory_mb": server.memory_mb(),
        }
    return [{**row, **shared} for row in found]


def markdown(rows: Sequence[dict[str, Any]]) -> str:
    """The rows as a table."""
    head = (
        "workers",
        "questions",
        "requests/s",
        "p50 / p99 ms",
        "errors",
        "CPU ms server / client",
        "RSS / PSS / own MB",
        "ready s",
        "first answer ms",
        "livez p50 ms",
    )
    lines = [f"| {' | '.join(head)} |", "|---:" * len(head) + "|"]
    for row in rows:
        memory = row["memory_mb"]
        cells = (
            row["workers"],
            row["questions"],
            row["per_s"],
            f"{row['p50_ms']} / {row['p99_ms']}",
            row["errors"],
            f"{row['server_cpu_ms']} / {row['client_cpu_ms']}",
            f"{memory['rss']} / {memory['pss']} / {memory['anonymous']}",
            row["ready_s"],
            f"{1000 * row['first_answer_s']:.0f}",
            row["livez_p50_ms"],
        )
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def sample_index(folder: Path) -> Path:
    """The sample corpus, built."""
    index = folder / "index"
    command = [sys.executable, "-m", "wgsearch.cli", "build", "--index", str(index)]
    corpus = ROOT / "corpus/papers"
    subprocess.run([*command, "--corpus", str(corpus)], check=True, stdout=subprocess.DEVNULL)
    return index


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, help="an index; else the sample corpus is built")
    parser.add_argument("--questions", type=Path, default=ROOT / "tests/evaluation/sample.jsonl")
    parser.add_argument("--most", type=int, default=300, help="questions at most")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=30.0, help="of a run at most")
    parser.add_argument("--workers", default="1,2", help="numbers of workers, by commas")
    parser.add_argument("--option", action="append", default=[], help="more for the server")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    options = parser.parse_args()
    before = machine()
    warn_when_busy(before)
    asked = questions(options.questions, options.most)
    with tempfile.TemporaryDirectory() as folder:
        index = options.index or sample_index(Path(folder))
        rows = [
            row
            for workers in map(int, options.workers.split(","))
            for row in rows_of(index, workers, asked, options)
        ]
    print(markdown(rows))
    if options.json:
        report = {"part": "serving", "machine": before, "rows": rows}
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
