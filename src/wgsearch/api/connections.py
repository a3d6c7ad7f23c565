"""
A connection -> requests whose heads come whole, soon and small; any other is closed.

Why here: an application hears of a request only once its head is complete, so only the protocol
can end those that never get so far. A thousand of them would otherwise hold a thousand files open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    import asyncio
    from asyncio import TimerHandle

# Below the 15 s in which a browser on a bad line has long sent the head of a request.
HEAD_S = 12.0
# The longest address (48 kB) with as much again for cookies and what proxies add.
HEAD_BYTES = 96 * 1024


class Connection(HttpToolsProtocol):
    """
    One connection; closed when the head of a request is late, or longer than is read.

    The time runs from when the connection is made, or from the first byte after an answer; between
    an answer and that byte uvicorn's own limit of five seconds holds. A byte now and then does not
    start it anew.

    Attributes:
        head_s: Seconds in which a head must be whole.
        head_bytes: Longest head.
    """

    head_s = HEAD_S
    head_bytes = HEAD_BYTES

    _late: TimerHandle | None = None
    # Bytes since the last request was whole, and those of the headers of this one.
    _read = 0
    _headers = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for the first head."""
        super().connection_made(transport)  # type: ignore[arg-type] # it is one that also writes
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody waits any more."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; wait for a head where one has begun."""
        self._read += len(data)
        super().data_received(data)
        if self.transport.is_closing() or self._is_answering():
            return
        if self._read > self.head_bytes:  # one header without an end is not told by the parser
            self._refuse()
        elif self._late is None:
            self._wait()

    def on_message_begin(self) -> None:
        """Another head begins."""
        self._headers = 0
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """
        One more header.

        Raises:
            ValueError: They are too many; the parser stops then.
        """
        self._headers += len(name) + len(value)
        if self._headers > self.head_bytes:
            raise ValueError
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is whole: the request may be answered, and another begin."""
        self._stop()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The body was none of the head's bytes."""
        self._read = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Say why the parser stopped."""
        if self._headers > self.head_bytes:
            self._refuse()
        else:
            super().send_400_response(msg)

    def _is_answering(self) -> bool:
        """A request is whole but for its body, or is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def _wait(self) -> None:
        self._late = self.loop.call_later(self.head_s, self.transport.close)

    def _stop(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _refuse(self) -> None:
        self.transport.write(
            b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
            b"content-length: 0\r\nconnection: close\r\n\r\n"
        )
        self.transport.close()
