"""
an address -> an answer, within limits of size, time and redirections.

Why on connections and not on a client for browsers: nothing is to be followed, unpacked, kept or
taken from the environment here, and each connection goes to the number that was checked. This is
the one module that knows httpcore.
"""

from __future__ import annotations

import contextlib
import ssl
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

import httpcore

from wgsearch.errors import PaperNotFetchedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wgsearch.fetching.addresses import Access
    from wgsearch.fetching.pacing import Clock, Pace

# All of ASCII that prints: `%` too, since what is spelled already stays.
_PRINTED = "".join(map(chr, range(0x21, 0x7F)))
_REDIRECTIONS = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """
    What one paper may cost.

    Attributes:
        size: Bytes.
        total_s: Seconds for an attempt, from asking to its last byte.
        silence_s: Seconds without a byte.
        redirections: How many times an answer may name another address.
    """

    size: int = 100_000_000
    total_s: float = 300.0
    silence_s: float = 30.0
    redirections: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """
    An answer that begins.

    Attributes:
        status: Its status.
        headers: Its headers, names in small letters; of several of a name the last.
        address: The address that gave it.
        pieces: Its bytes, as they come.
    """

    status: int
    headers: dict[str, str]
    address: str
    pieces: Iterator[bytes]


class Network:
    """
    What asks.

    Args:
        access: What may be connected to.
        pace: When.
        agent: Who asks, as the service is told.
        caps: What a paper may cost.
    """

    def __init__(self, access: Access, pace: Pace, *, agent: str, caps: Caps) -> None:
        self._access, self._pace, self._agent, self._caps = access, pace, agent, caps

    @cached_property
    def _roots(self) -> ssl.SSLContext:
        """Whom the system trusts: an organization's own are among them."""
        return ssl.create_default_context()

    @contextlib.contextmanager
    def get(self, address: str, headers: dict[str, str]) -> Iterator[Answer]:
        """
        Ask, and follow redirections to addresses that are allowed too.

        Raises:
            PaperNotFetchedError: `address_refused`, `redirections`, `unreachable`, `too_slow`,
                `broken_off`: nothing came, or not all of it.
        """
        clock = self._pace.clock
        for _ in range(self._caps.redirections + 1):
            self._access.refuse(address)
            self._pace.wait()
            deadline = clock.monotonic() + self._caps.total_s
            try:
                with self._asked(address, headers, deadline) as answer:
                    if answer.status not in _REDIRECTIONS or "location" not in answer.headers:
                        yield answer
                        return
                    address = urljoin(address, _spelled(answer.headers["location"]))
            finally:
                self._pace.ended()
        raise PaperNotFetchedError(
            "redirections",
            f"the answer leads on more than {self._caps.redirections} times, last to {address!r}",
        )

    def post(self, address: str, body: bytes, headers: dict[str, str]) -> int:
        """
        Send, once; the status of the answer, whose words are not read and nowhere followed.

        Raises:
            PaperNotFetchedError: As by `get`: nothing came, or not the head of an answer.
        """
        self._access.refuse(address)
        deadline = self._pace.clock.monotonic() + self._caps.total_s
        with self._asked(address, headers, deadline, body) as answer:
            return answer.status

    @contextlib.contextmanager
    def _asked(
        self, address: str, headers: dict[str, str], deadline: float, body: bytes | None = None
    ) -> Iterator[Answer]:
        """One request, over a connection of its own; with a body it is sent, without one asked."""
        caps = self._caps
        limits = dict.fromkeys(("connect", "read", "write", "pool"), caps.silence_s)
        backend = _Checked(self._access, self._pace.clock, deadline)
        sent = {
            "Host": urlsplit(address).netloc,
            "User-Agent": self._agent,
            "Accept": "application/pdf, application/vnd.openxmlformats-officedocument"
            ".wordprocessingml.document;q=0.9, */*;q=0.1",
            # What is unpacked may be a thousand times what came.
            "Accept-Encoding": "identity",
            "Connection": "close",
            **headers,
            **({} if body is None else {"Content-Length": str(len(body))}),
        }
        with (
            _told(deadline, self._pace.clock),
            httpcore.ConnectionPool(ssl_context=self._roots, network_backend=backend) as pool,
            pool.stream(
                "GET" if body is None else "POST",
                address,
                headers=list(sent.items()),
                content=body,
                extensions={"timeout": limits},
            ) as response,
        ):
            got = {
                name.decode("latin-1").lower(): value.decode("latin-1")
                for name, value in response.headers
            }
            yield Answer(
                status=response.status,
                headers=got,
                address=address,
                pieces=response.iter_stream(),
            )


def _spelled(location: str) -> str:
    """An address as addresses are spelled: some services leave spaces and letters in theirs."""
    return quote(location.encode("latin-1"), safe=_PRINTED)


@contextlib.contextmanager
def _told(deadline: float, clock: Clock) -> Iterator[None]:
    """What a connection may meet, as the reason why a paper did not come."""
    try:
        yield
    except httpcore.TimeoutException as error:
        late = clock.monotonic() >= deadline
        why = "it took longer than one paper may" if late else "nothing came for a while"
        raise PaperNotFetchedError("too_slow", f"{why}; try again later") from error
    except httpcore.ConnectError as error:
        raise PaperNotFetchedError(
            "unreachable", f"no connection ({error or type(error).__name__}); look at the network"
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise PaperNotFetchedError(
            "broken_off", f"the answer broke off or is none ({error}); try again later"
        ) from error


class _Checked(httpcore.NetworkBackend):
    """Connections to numbers that were checked, held to one deadline."""

    def __init__(self, access: Access, clock: Clock, deadline: float) -> None:
        self._access, self._clock, self._deadline = access, clock, deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first number of a host that answers."""
        failed: Exception | None = None
        for number in self._access.numbers(host, port):
            try:
                stream = self._plain.connect_tcp(
                    number, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _Held(stream, self._clock, self._deadline)
        raise failed or httpcore.ConnectError(f"{host} has no number")

    def sleep(self, seconds: float) -> None:
        """Wait; connections are not tried again here."""
        self._clock.sleep(seconds)


class _Held(httpcore.NetworkStream):
    """A connection that ends at a deadline, however slowly its bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, clock: Clock, deadline: float) -> None:
        self._stream, self._clock, self._deadline = stream, clock, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _Held(secured, self._clock, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - self._clock.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time of this paper is over")
        return left if timeout is None else min(timeout, left)
