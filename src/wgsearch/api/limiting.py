"""
More requests than can be answered well -> those that can, and quick refusals of the rest.

Why refuse: whoever waits behind a hundred others waits longer than anybody reads, and so do all
after them. A refusal says when to come again.
"""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import math
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.api import problems

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from wgsearch.api.guard import Answering

log = logging.getLogger(__name__)

# Whoever watches over the service must get through when nobody else does; files cost nothing.
_UNLIMITED = ("/livez", "/readyz", "/metrics", "/static/")
# Who follows a job waits for its end; how many may is counted there (`writing.MOST_FOLLOWERS`).
_JOBS = "/api/v1/jobs/"
_CLIENTS = 10_000
# A home or an office holds a whole network of this length.
_V6_PREFIX = 64
_LONGEST_NAME = 64
# A refusal that names this many seconds, and how long one is held back who came sooner: without
# it, forty connections that come again at once keep a core busy with refusing.
_AGAIN_S = 1
_HOLD_S = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """
    How much is answered.

    Attributes:
        in_flight: Requests that a process answers or lets wait at a time. Six times the threads
            that answer (`app.THREADS`): some tenths of a second of waiting.
        request_s: Seconds after which a request is given up, if its answer has not begun. What
            computes it goes on, and holds its place, until it is done.
        rate_per_s: Requests a second that one client may send for long; 0 for any number.
        burst: Requests that it may send at once.
    """

    in_flight: int = 24
    request_s: float = 120.0
    rate_per_s: float = 0.0
    burst: int = 60


class Buckets:
    """
    A bucket of tokens for each client: a request takes one, and they come back at a rate.

    Args:
        rate_per_s: Tokens that come back a second.
        burst: Tokens that a full bucket holds.
        clock: Seconds that only grow.
        clients: How many are remembered; of more, those that were heard of last.
    """

    def __init__(
        self,
        rate_per_s: float,
        burst: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        clients: int = _CLIENTS,
    ) -> None:
        self._rate_per_s = rate_per_s
        self._burst = burst
        self._clock = clock
        self._clients = clients
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, client: str) -> float:
        """Take a token: 0 where there was one, else seconds until there is."""
        now = self._clock()
        tokens, at = self._left.pop(client, (float(self._burst), now))
        tokens = min(self._burst, tokens + (now - at) * self._rate_per_s)
        has_one = tokens >= 1
        self._left[client] = (tokens - 1 if has_one else tokens, now)
        while len(self._left) > self._clients:
            self._left.popitem(last=False)
        return 0.0 if has_one else (1 - tokens) / self._rate_per_s


class Impatience:
    """
    Who was refused a moment ago, and comes again sooner than it was told.

    Args:
        again_s: Seconds that it was told to wait.
        clock: Seconds that only grow.
        clients: How many are remembered; of more, those that were refused last.
    """

    def __init__(
        self,
        again_s: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        clients: int = _CLIENTS,
    ) -> None:
        self._again_s = again_s
        self._clock = clock
        self._clients = clients
        self._refused: OrderedDict[object, float] = OrderedDict()

    def is_shown_by(self, connection: object) -> bool:
        """Note that one is refused: whether it was so a moment ago."""
        now = self._clock()
        before = self._refused.pop(connection, None)
        self._refused[connection] = now
        while len(self._refused) > self._clients:
            self._refused.popitem(last=False)
        return before is not None and now - before < self._again_s


class Limiting:
    """Lets in what can be answered; the rest gets 429 or 503 with `Retry-After` at once."""

    def __init__(self, app: ASGIApp, *, load: Load, answering: Answering) -> None:
        """
        Wrap an application.

        Args:
            app: What to wrap.
            load: How much is answered.
            answering: Makes the response for a problem.
        """
        self._app = app
        self._load = load
        self._answering = answering
        self._buckets = Buckets(load.rate_per_s, load.burst) if load.rate_per_s else None
        self._impatience = Impatience(_AGAIN_S)
        self._in_flight = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http" or scope["path"].startswith(_UNLIMITED):
            await self._app(scope, receive, send)
            return
        if self._buckets and (wait_s := self._buckets.wait_s(client_of(scope))):
            problem = problems.Problem(
                kind=problems.TOO_MANY,
                detail=f"One client may send {self._load.rate_per_s:g} requests a second for long,"
                f" and {self._load.burst} at once.",
            )
            await self._refuse(problem, math.ceil(wait_s), scope, receive, send)
        elif self._in_flight >= self._load.in_flight:
            if self._impatience.is_shown_by(scope.get("client")):
                await asyncio.sleep(_HOLD_S)
            problem = problems.Problem(kind=problems.BUSY, detail=problems.BUSY.remedy)
            await self._refuse(problem, _AGAIN_S, scope, receive, send)
        elif scope["path"].startswith(_JOBS) and scope["path"].endswith("/events"):
            await self._follow(scope, receive, send)
        else:
            await self._answer(scope, receive, send)

    async def _follow(self, scope: Scope, receive: Receive, send: Send) -> None:
        """
        Hold a place until the answer begins.

        One that tells of a job then waits for minutes and holds no thread; whether it may be
        asked for is found out before that, and takes one like anything else.
        """
        self._in_flight += 1
        is_held = True

        def leave() -> None:
            nonlocal is_held
            self._in_flight -= is_held
            is_held = False

        async def sending(message: Message) -> None:
            leave()
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            leave()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in time, or say that it takes too long; threads at work cannot be stopped."""
        self._in_flight += 1
        sender = _UntilGivenUp(send)
        task = asyncio.ensure_future(self._app(scope, receive, sender))
        task.add_done_callback(self._leave)
        try:
            await asyncio.wait({task}, timeout=self._load.request_s)
            if not task.done() and not sender.has_started:
                sender.is_given_up = True
                task.add_done_callback(_tell)
                problem = problems.Problem(
                    kind=problems.TOOK_TOO_LONG,
                    detail=f"There was no answer within {self._load.request_s:g} seconds.",
                )
                await self._refuse(problem, math.ceil(self._load.request_s), scope, receive, send)
                return
            await task
        except asyncio.CancelledError:  # the server stops, and waits no longer
            task.cancel()
            raise

    def _leave(self, _: asyncio.Future[None]) -> None:
        self._in_flight -= 1

    async def _refuse(
        self,
        problem: problems.Problem,
        again_s: int,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        response = self._answering(scope, problem)
        response.headers["Retry-After"] = str(max(1, again_s))
        response.headers["Cache-Control"] = "no-store"
        await response(scope, receive, send)


def _tell(task: asyncio.Future[None]) -> None:
    """What failed after it was given up is heard by nobody else."""
    if not task.cancelled() and (error := task.exception()):
        log.error("a request that was given up failed: %s", type(error).__name__)


class _UntilGivenUp:
    """Sends on what it is given, until somebody else has answered."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.has_started = False
        self.is_given_up = False

    async def __call__(self, message: Message) -> None:
        if self.is_given_up:
            return
        self.has_started = True
        await self._send(message)


def client_of(scope: Scope) -> str:
    """Who asks: an IPv4 address, or the network of an IPv6 address."""
    name: str = (scope.get("client") or ("",))[0]
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name[:_LONGEST_NAME]  # a socket without addresses, or what a proxy calls it
    if address.version == 4:  # noqa: PLR2004 - the name of the version
        return name
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, _V6_PREFIX), strict=False))
