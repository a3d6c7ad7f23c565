"""
questions -> clients that ask them of a server, each in its own way, and what came of it.

Why bare sockets in one thread: clients and server share the cores of one laptop, and a client of
a library takes as much of them as an answer.
"""

from __future__ import annotations

import heapq
import json
import selectors
import socket
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from serving import HOST, Client, path_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OK = 200
REFUSED = (429, 503)
# What an answer to one that is refused says to wait, in seconds.
_AGAIN_S = 1.0


@dataclass
class Outcome:
    """
    What came of asking for some time.

    Attributes:
        wall_s: From the first request to the last answer.
        took_ms: Of each answer with 200.
        refused_ms: Of each refusal.
        others: Any other status, 0 for a connection that was closed; how often.
    """

    wall_s: float = 0.0
    took_ms: list[float] = field(default_factory=list)
    refused_ms: list[float] = field(default_factory=list)
    others: dict[int, int] = field(default_factory=dict)

    @property
    def per_s(self) -> float:
        """Answers a second."""
        return len(self.took_ms) / self.wall_s if self.wall_s else 0.0

    @property
    def errors(self) -> int:
        """Answers that are neither one nor a refusal."""
        return sum(self.others.values())

    def p(self, share: float) -> float:
        """So many of the answers took at most this, in milliseconds."""
        return percentile(self.took_ms, share)


def percentile(values: list[float], share: float) -> float:
    """So many of the values are at most this; 0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def new_questions(file: Path) -> Iterator[str]:
    """
    Addresses of questions, each asked once: pairs of the questions of a file.

    Two halves make a question whose vector and words nobody has kept; it is as long as real ones.
    """
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    asked = list(dict.fromkeys(str(each.get("question") or each["text"]) for each in lines))
    for step in range(1, len(asked)):
        for at, first in enumerate(asked):
            second = asked[(at + step) % len(asked)].split()
            words = first.split()
            yield path_of(" ".join(words[: (len(words) + 1) // 2] + second[len(second) // 2 :]))


def ask(
    port: int, paths: Iterator[str], *, clients: int, seconds: float, polite: bool = True
) -> Outcome:
    """
    Ask for some seconds, each client again as soon as it is answered.

    Args:
        port: Where.
        paths: What; taken one by one.
        clients: How many ask side by side.
        seconds: When the last request is sent.
        polite: One that is refused waits as long as it was told; else it asks again at once.
    """
    outcome, chosen = Outcome(), selectors.DefaultSelector()
    started = time.perf_counter()
    ends = started + seconds
    resting: list[tuple[float, int, Client]] = []
    for _ in range(clients):
        _send(chosen, Client(port), next(paths))
    while chosen.get_map() or resting:
        now = time.perf_counter()
        while resting and (resting[0][0] <= now or now >= ends):
            client = heapq.heappop(resting)[2]
            if now < ends:
                _send(chosen, client, next(paths))
            else:
                client.socket.close()
        wait = max(0.0, resting[0][0] - now) if resting else None
        for key, _ in chosen.select(wait):
            client = key.data
            status = client.receive()
            if status is None:
                continue
            now = time.perf_counter()
            chosen.unregister(client.socket)
            _note(outcome, status, 1000 * (now - client.sent))
            if status == 0:
                client.socket.close()
                client = Client(port)
            if status in REFUSED and polite:
                heapq.heappush(resting, (now + _AGAIN_S, id(client), client))
            elif now < ends:
                _send(chosen, client, next(paths))
            else:
                client.socket.close()
    outcome.wall_s = time.perf_counter() - started
    return outcome


def _send(chosen: selectors.BaseSelector, client: Client, path: str) -> None:
    client.send(path)
    chosen.register(client.socket, selectors.EVENT_READ, client)


def _note(outcome: Outcome, status: int, took_ms: float) -> None:
    if status == OK:
        outcome.took_ms.append(took_ms)
    elif status in REFUSED:
        outcome.refused_ms.append(took_ms)
    else:
        outcome.others[status] = outcome.others.get(status, 0) + 1


class Slow:
    """
    Callers who connect and hardly speak.

    Every third says nothing, every third sends a letter of a head now and then, every third sent
    half a head and no more.

    Args:
        port: Where.
        count: How many.
    """

    def __init__(self, port: int, count: int) -> None:
        self._began = time.perf_counter()
        self._sockets = [socket.create_connection((HOST, port)) for _ in range(count)]
        self._talking = self._sockets[1::3]
        for each in self._talking:
            each.sendall(b"GET / HTTP/1.1\r\nHost: a")
        for each in self._sockets[2::3]:
            each.sendall(b"GET /api/v1/search?q=")
        for each in self._sockets:
            each.setblocking(False)

    def speak(self) -> None:
        """One letter more, from those who send them."""
        for each in self._talking:
            try:
                each.send(b"a")
            except OSError:
                continue

    def left(self) -> int:
        """How many are still connected."""
        found = 0
        for each in self._sockets:
            try:
                found += bool(each.recv(1))
            except BlockingIOError:
                found += 1
            except OSError:
                continue
        return found

    def seconds(self) -> float:
        """Since the first connected."""
        return time.perf_counter() - self._began

    def close(self) -> None:
        """Go."""
        for each in self._sockets:
            each.close()
