"""A server that stops answering is waited for no longer than was said, and found again after."""

from __future__ import annotations

import os
import selectors
import signal
import socket
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from wgsearch.search import LocalEngine, Query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Place
    from wgsearch.answers import Answer
    from wgsearch.embedding import Encoder

NODES = "WGSEARCH_TEST_QUERY_NODES"
ASKED = Query(text="contracts protect farms and vessels")
DEADLINE_S = 1.0
# Words, reading passages and a machine that does something else, too.
SLACK_S = 1.0
# A cluster gives up a dead node after so long; more is a failure.
RECOVERY_S = 90.0


class Wire:
    """
    What lies between a client and a server, and can stop carrying anything.

    Attributes:
        address: Where the client finds the server.
        frozen: Nothing is carried while this is set.
    """

    def __init__(self, server: str) -> None:
        self.frozen = threading.Event()
        self._server = urlsplit(server)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            port = self._server.port or 19530
            server = socket.create_connection((self._server.hostname or "", port))
            threading.Thread(target=self._carry, args=(client, server), daemon=True).start()

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        with selectors.DefaultSelector() as ready, client, server:
            ready.register(client, selectors.EVENT_READ, server)
            ready.register(server, selectors.EVENT_READ, client)
            while True:
                for key, _ in ready.select(0.05):
                    while self.frozen.is_set():
                        time.sleep(0.02)
                    try:
                        data = key.fileobj.recv(65536)  # type: ignore[union-attr] # a socket
                        if not data:
                            return
                        key.data.sendall(data)
                    except OSError:
                        return


@pytest.fixture
def wire(place: Place) -> Iterator[Wire]:
    """A wire to the server."""
    if place.server is None or not place.server.name.startswith("http"):
        pytest.skip("there is nothing between that could stop; tests/cluster/test_leg.py waits")
    wire = Wire(place.server.name)
    yield wire
    wire.frozen.clear()
    wire.close()


def engine_on(place: Place, index: Path, address: str) -> LocalEngine:
    """An engine that asks the server at an address, with a short deadline."""
    from wgsearch.cluster.address import address_of  # noqa: PLC0415 - an extra
    from wgsearch.cluster.engine import engine_over  # noqa: PLC0415 - an extra
    from wgsearch.cluster.milvus import Milvus  # noqa: PLC0415 - an extra

    server = Milvus(address_of(address))
    return engine_over(server, index, place.encoder, alias=place.alias, deadline_s=DEADLINE_S)


def timed(engine: LocalEngine) -> tuple[Answer, float]:
    """An answer, and how long it took."""
    began = time.monotonic()
    answer = engine.search(ASKED)
    return answer, time.monotonic() - began


def places(answer: Answer) -> list[tuple[str, int]]:
    """Which passages, in order."""
    return [(hit.passage.symbol, hit.passage.index) for hit in answer.hits]


def holding(place: Place, processes: list[int]) -> int:
    """Which of the query nodes holds the collection: its number stands in its log's name."""
    from pymilvus import MilvusClient  # noqa: PLC0415 - an extra

    from wgsearch.cluster.publishing import demanded  # noqa: PLC0415 - an extra

    assert place.server
    client = MilvusClient(place.server.name)
    (replica,) = client.describe_replica(demanded(place.server, place.alias).name)
    leader = replica.shards[0].shard_leader
    for process in processes:
        logs = {os.path.realpath(each) for each in Path(f"/proc/{process}/fd").iterdir()}
        if any(log.endswith(f"/querynode-{leader}.log") for log in logs):
            return process
    raise AssertionError(f"no process of {processes} is query node {leader}")


def test_a_silent_server_is_waited_for_twice_the_deadline(
    place: Place, many: Path, wire: Wire
) -> None:
    """While nothing comes back, words answer in time; when it does, answers are whole again."""
    engine = engine_on(place, many, wire.address)
    whole = engine.search(ASKED)
    assert not whole.partial
    wire.frozen.set()
    for _ in range(3):
        answer, took = timed(engine)
        assert answer.partial
        assert "did not answer within" in answer.notes[-1]
        assert DEADLINE_S <= took <= 2 * DEADLINE_S + SLACK_S
    wire.frozen.clear()
    ends = time.monotonic() + 20
    while engine.search(ASKED).partial and time.monotonic() < ends:
        time.sleep(0.2)
    again = engine.search(ASKED)
    assert not again.partial
    assert places(again) == places(whole)


def test_a_killed_query_node_makes_nothing_wrong(
    place: Place, many: Path, encoder: Encoder
) -> None:
    """
    With one of two query nodes killed while questions are asked, each answer is whole and right
    or says that it is part; none is late; after a while all are whole.
    """
    nodes = os.environ.get(NODES, "")
    if place.name != "cluster" or not nodes:
        pytest.skip(f"{NODES} names no query nodes; tests/cluster/eight.py does")
    assert place.server
    right = places(LocalEngine(many, encoder).search(ASKED))
    engine = engine_on(place, many, place.server.name)
    words = places(engine.search(replace(ASKED, mode="lexical")))
    assert places(engine.search(ASKED)) == right
    os.kill(holding(place, [int(each) for each in nodes.split(",")]), signal.SIGKILL)
    killed, longest, partial, asked, last = time.monotonic(), 0.0, 0, 0, 0.0
    while (now := time.monotonic() - killed) < max(20.0, last + 15.0):
        answer, took = timed(engine)
        asked += 1
        longest = max(longest, took)
        assert places(answer) == (words if answer.partial else right)
        assert took <= 2 * DEADLINE_S + SLACK_S
        if answer.partial:
            partial += 1
            last = now + took
        assert last < RECOVERY_S
    assert partial
    sys.stderr.write(
        f"\nkilled a query node: {asked} questions, {partial} answered by words alone, "
        f"the longest after {longest:.2f} s, whole again after {last:.1f} s\n"
    )
