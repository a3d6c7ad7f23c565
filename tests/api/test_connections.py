"""Callers who connect and do not ask hold nothing for long; those who ask are not hindered."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
import uvicorn

from wgsearch.api.connections import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Receive, Scope, Send

GOOD = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"


class Hurried(Connection):
    """The same, in less time than a test may take."""

    head_s = 0.4


async def _echo(_: Scope, receive: Receive, send: Send) -> None:
    """Tell how long the body was, once all of it has come."""
    size, more = 0, True
    while more:
        message = await receive()
        size += len(message.get("body", b""))
        more = message.get("more_body", False)
    body = str(size).encode()
    head = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": body})


@contextmanager
def _served(protocol: type[Connection]) -> Iterator[int]:
    """A server with such connections: its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(_echo, http=protocol, log_config=None, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of a server in a hurry."""
    with _served(Hurried) as found:
        yield found


def _answered(caller: socket.socket) -> bytes:
    """One answer, read to its end."""
    answer = http.client.HTTPResponse(caller)
    answer.begin()
    assert answer.status == 200
    return answer.read()


def _until_closed(caller: socket.socket, every: bytes = b"") -> tuple[bytes, float]:
    """What came before the other side closed, and after how many seconds; a piece is sent now
    and then.
    """
    caller.settimeout(0.1)
    began, read = time.monotonic(), b""
    while time.monotonic() - began < 10:
        try:
            piece = caller.recv(4096)
        except TimeoutError:
            if every:
                try:
                    caller.sendall(every)
                except OSError:
                    break
            continue
        except OSError:
            break
        if not piece:
            break
        read += piece
    return read, time.monotonic() - began


@pytest.mark.parametrize(
    ("first", "every"),
    [
        (b"", b""),
        (b"GET / HT", b""),
        (b"GET / HTTP/1.1\r\n", b"a: b\r\n"),
        (b"GET / HTTP/1.1\r\nHost: ", b"h"),
        (GOOD, b"\r\n"),
        (GOOD, b"G"),
    ],
)
def test_who_does_not_ask_is_let_go(port: int, first: bytes, every: bytes) -> None:
    """Nothing said, half a head, a byte now and then, also after a good request: closed soon."""
    with socket.create_connection(("127.0.0.1", port)) as caller:
        if first:
            caller.sendall(first)
        _, took_s = _until_closed(caller, every)
    assert took_s < 3


def test_who_sends_a_body_slowly_is_heard(port: int) -> None:
    """The head was in time; how long the body may take is another limit."""
    with socket.create_connection(("127.0.0.1", port)) as caller:
        caller.sendall(b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n\r\n")
        for _ in range(4):
            time.sleep(0.2)
            caller.sendall(b"x")
        assert _answered(caller) == b"4"


def test_a_connection_that_asks_again_is_kept(port: int) -> None:
    """Requests that lie further apart than a head may take are answered on one connection."""
    with socket.create_connection(("127.0.0.1", port)) as caller:
        for _ in range(3):
            caller.sendall(GOOD)
            assert _answered(caller) == b"0"
            time.sleep(0.6)


def test_a_large_body_is_no_large_head(port: int) -> None:
    """What follows the head in the same breath does not count as head."""
    size = 2 * Connection.head_bytes
    with socket.create_connection(("127.0.0.1", port)) as caller:
        head = f"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: {size}\r\n\r\n".encode()
        caller.sendall(head + b"x" * size)
        assert _answered(caller) == str(size).encode()


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nx: " + b"a" * 1_000_000,
        b"GET / HTTP/1.1\r\nx: " + b"a" * (Connection.head_bytes + 1) + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"x%d: y\r\n" % n for n in range(20_000)) + b"\r\n",
        GOOD + b"GET / HTTP/1.1\r\nx: " + b"a" * 1_000_000,
    ],
    ids=["endless", "just-too-long", "many", "second"],
)
def test_a_large_head_is_refused_at_once(port: int, head: bytes) -> None:
    """One megabyte of headers is not read to its end."""
    with socket.create_connection(("127.0.0.1", port)) as caller:
        began = time.monotonic()
        with suppress(OSError):  # closed while it was sent
            caller.sendall(head)
        read, _ = _until_closed(caller)
        took_s = time.monotonic() - began
    # Whoever goes on sending into a closed connection may lose the answer to a reset.
    assert b" 431 " in read or len(head) > 500_000
    assert took_s < 2
