"""A document service on this machine that can misbehave, and a clock that passes by itself."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from wgsearch.fetching.addresses import Access
from wgsearch.fetching.fetching import Fetcher
from wgsearch.fetching.network import Caps
from wgsearch.fetching.pacing import Clock
from wgsearch.fetching.service import Source

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Script = Callable[["Reply"], None]

LOOPBACK = Access(hosts=("localhost",), loopback=True, resolve=lambda *_: ("127.0.0.1",))
PAPER = b"%PDF-1.7\n" + b"Words of an invented paper. " * 400 + b"\n%%EOF\n"


class Time:
    """Seconds that pass when somebody sleeps, and only then."""

    def __init__(self) -> None:
        self.passed = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        """Seconds since it began."""
        return self.passed

    def now(self) -> datetime:
        """The time of day."""
        return datetime(2030, 1, 1, 12, tzinfo=UTC) + timedelta(seconds=self.passed)

    def sleep(self, seconds: float) -> None:
        """Let it pass."""
        self.slept.append(seconds)
        self.passed += seconds

    @property
    def clock(self) -> Clock:
        """As what fetches wants it."""
        return Clock(monotonic=self.monotonic, now=self.now, sleep=self.sleep)


class Reply(BaseHTTPRequestHandler):
    """One request, answered by the next step of the script."""

    server: Service
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer as the script says; the last step answers all that come after it."""
        service = self.server
        service.asked.append(self)
        service.at.append(service.time.passed)
        step = service.script[min(len(service.asked), len(service.script)) - 1]
        self.close_connection = True
        step(self)

    @property
    def symbol(self) -> str:
        """The symbol that was asked for."""
        return parse_qs(urlsplit(self.path).query).get("s", [""])[0]

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        """An answer that is whole."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


class Service(ThreadingHTTPServer):
    """A server on this machine, its script, and what it was asked."""

    daemon_threads = True

    def __init__(self, time: Time) -> None:
        super().__init__(("127.0.0.1", 0), Reply)
        self.scheme = "http"
        self.time = time
        self.script: list[Script] = [lambda reply: reply.say(200, PAPER)]
        self.asked: list[Reply] = []
        self.at: list[float] = []
        self.gone = threading.Event()

    def handle_error(self, *_: object) -> None:
        """A caller who hangs up is no error here."""

    @property
    def source(self) -> Source:
        """Where it is."""
        return Source(
            address=f"{self.scheme}://localhost:{self.server_port}/access?s={{symbol}}&l={{language}}"
        )


@dataclass
class Library:
    """A corpus folder and what fetches into it."""

    folder: Path
    service: Service
    time: Time
    caps: Caps = field(default_factory=Caps)
    access: Access = LOOPBACK

    def fetcher(self, **changed: object) -> Fetcher:
        """What fetches from the service on this machine."""
        given: dict[str, object] = {
            "access": self.access,
            "contact": "library@example.org",
            "source": self.service.source,
            "clock": self.time.clock,
            "caps": self.caps,
        }
        return Fetcher(self.folder, **(given | changed))  # type: ignore[arg-type]
