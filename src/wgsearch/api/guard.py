"""
Every request -> one that may be answered, every answer -> one that may be sent.

Why one ASGI layer outside the framework: size limits, host names, identifiers and
security headers then hold for whatever lies inside, errors included.
"""

from __future__ import annotations

import asyncio
import logging
import re
import traceback
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from wgsearch.api import problems

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    Answering = Callable[[Scope, problems.Problem], Response]

log = logging.getLogger(__name__)

LOCAL_HOSTS = ("127.0.0.1", "localhost", "::1")

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SECURITY = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none';"
        " form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    How large a request may be, and how long it may take to come.

    Attributes:
        url_bytes: Path and query. 48 kB hold 8,000 characters of Cyrillic, percent-encoded;
            uvicorn itself ends at 64 kB.
        body_bytes: Body of a search.
        upload_bytes: Body of a request that brings a file; papers of more than this are rare, and
            it is held in memory while it is read.
        uploads: Paths to which files are brought.
        body_s: Seconds in which the whole body must have come.
        streamed: Paths whose bodies are counted while they are read, not held in memory.
    """

    url_bytes: int = 48 * 1024
    body_bytes: int = 64 * 1024
    upload_bytes: int = 16 * 1024 * 1024
    uploads: tuple[str, ...] = (
        "/api/v1/agendas/brief",
        "/api/v1/compare",
        "/api/v1/check",
        "/agendas",
        "/compare",
        "/check",
    )
    body_s: float = 60.0
    streamed: tuple[str, ...] = ("/api/v1/papers",)

    def body(self, path: str) -> int:
        """How many bytes of body are read at a path."""
        return self.upload_bytes if path in self.uploads else self.body_bytes


class Guard:
    """The outermost layer: identifier, host, sizes, headers, and the last resort for a fault."""

    def __init__(
        self, app: ASGIApp, *, hosts: tuple[str, ...], limits: Limits, answering: Answering
    ) -> None:
        """
        Wrap an application.

        Args:
            app: What to guard.
            hosts: Host names that are served; `*` serves any.
            limits: How large a request may be.
            answering: Makes the response for a problem.
        """
        self._app = app
        self._hosts = frozenset(host.casefold() for host in hosts)
        self._limits = limits
        self._answering = answering

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope))
        scope["state"] = {**scope.get("state", {}), "request_id": request_id}
        sender = _Sender(send, request_id, bodiless=scope["method"] == "HEAD")
        if scope["method"] == "HEAD":  # a GET whose body stays here
            scope = {**scope, "method": "GET"}
        if refusal := self._refusal(scope):
            await self._answering(scope, refusal)(scope, receive, sender)
            return
        limit = self._limits.body(scope["path"])
        if scope["path"] in self._limits.streamed:
            await self._passed(scope, receive, sender, request_id)
            return
        try:
            async with asyncio.timeout(self._limits.body_s):
                received = await _body_first(receive, limit)
        except _TooLargeError:
            await self._answering(scope, _too_large(limit))(scope, receive, sender)
            return
        except TimeoutError:
            slow = problems.Problem(
                kind=problems.TOO_SLOW,
                detail=f"Its body was not there after {self._limits.body_s:g} seconds.",
            )
            await self._answering(scope, slow)(scope, receive, sender)
            return
        await self._passed(scope, received, sender, request_id)

    async def _passed(
        self, scope: Scope, receive: Receive, sender: _Sender, request_id: str
    ) -> None:
        """Let the application answer; a fault becomes an answer."""
        try:
            await self._app(scope, receive, sender)
        except Exception as error:  # the process edge: a fault must become an answer
            if sender.started:
                raise
            # Its words may be those of a question: where it happened is enough to find it.
            log.error(  # noqa: TRY400 - an exception's own words stay out of the log
                "request %s failed: %s at %s", request_id, type(error).__name__, places(error)
            )
            fault = problems.Problem(kind=problems.INTERNAL, detail=problems.INTERNAL.remedy)
            await self._answering(scope, fault)(scope, receive, sender)

    def _refusal(self, scope: Scope) -> problems.Problem | None:
        """Why a request is refused before anything reads it."""
        headers = Headers(scope=scope)
        host = _host(headers.get("host", ""))
        if "*" not in self._hosts and host not in self._hosts:
            return problems.Problem(
                kind=problems.WRONG_HOST,
                detail="The Host header names none of the hosts served here.",
            )
        size = len(scope.get("raw_path") or b"") + len(scope["query_string"])
        if size > self._limits.url_bytes:
            return problems.Problem(
                kind=problems.URL_TOO_LONG,
                detail=f"Path and query have {size} bytes; {self._limits.url_bytes} are read.",
            )
        length = headers.get("content-length")
        if length is None:
            return None
        if not length.isdecimal():
            return problems.Problem(
                kind=problems.MALFORMED, detail="Content-Length is not a number of bytes."
            )
        if scope["path"] in self._limits.streamed:
            return None
        limit = self._limits.body(scope["path"])
        return _too_large(limit) if int(length) > limit else None


def _too_large(limit: int) -> problems.Problem:
    return problems.Problem(
        kind=problems.BODY_TOO_LARGE, detail=f"At most {limit} bytes of body are read."
    )


class _TooLargeError(Exception):
    """More body than is read."""


async def _body_first(receive: Receive, limit: int) -> Receive:
    """
    The incoming messages, their body read beforehand.

    Chunked bodies do not say how long they are, so they are counted while they come.
    """
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > limit:
            raise _TooLargeError
    replayed = False

    async def replay() -> Message:
        nonlocal replayed
        if replayed:
            return await receive()
        replayed = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def places(error: BaseException) -> str:
    """Where an error came from, innermost first, without a word of what it says."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{each.filename}:{each.lineno} {each.name}" for each in reversed(frames))


class _Sender:
    """The outgoing answer, with the headers that each one carries."""

    def __init__(
        self, send: Callable[[Message], Awaitable[None]], request_id: str, *, bodiless: bool
    ) -> None:
        self._send = send
        self._request_id = request_id
        self._bodiless = bodiless
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self._request_id
            for name, value in _SECURITY.items():
                # A document that stands alone states a stricter policy of its own.
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-cache")
        elif self._bodiless and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)


def request_id_of(request: Request) -> str:
    """Identifier of a request that passed the guard."""
    return str(request.scope["state"]["request_id"])


def _request_id(headers: Headers) -> str:
    """The caller's identifier where it is harmless in a log, else a new one."""
    given = headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _host(header: str) -> str:
    """Host name without its port; an IPv6 address without brackets."""
    if header.startswith("["):
        return header[1:].partition("]")[0].casefold()
    return header.partition(":")[0].casefold()
