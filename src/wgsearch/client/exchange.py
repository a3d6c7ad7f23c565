"""
A `Call` -> a request, a response -> its answer, its error, or a wait: what both clients decide.

Why without sending: a client that blocks and one that does not differ in nothing but how they
send and wait, and what is decided here is written and tested once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import httpx

from wgsearch.client.calls import Call, reading
from wgsearch.client.errors import (
    TimedOutError,
    UnexpectedAnswerError,
    UnreachableError,
    problem_in_line,
    problem_of,
)
from wgsearch.recent import Recent

if TYPE_CHECKING:
    from wgsearch.api.wire.model import Wire
    from wgsearch.client.calls import Stream
    from wgsearch.client.retries import Retries

T = TypeVar("T")

_OK, _UNCHANGED, _REFUSED_FROM = 200, 304, 400
# Beside its body, what an answer that is kept takes: address, tag, headers.
_OVERHEAD = 1024
_KEPT = "wgsearch.kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """
    Ask again later.

    Attributes:
        seconds: How long to wait before.
    """

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """An answer that is kept, and its tag."""

    tag: str
    response: httpx.Response


def read_line(asked: Stream[T], line: str) -> T:
    """
    What a line of an answer says.

    Raises:
        ProblemError: The answer began well and ends with a problem.
        UnexpectedAnswerError: It is no line of this API.
    """
    try:
        found = json.loads(line)
    except ValueError as error:
        raise UnexpectedAnswerError(f"a line of the answer is no JSON: {line[:200]!r}") from error
    if isinstance(found, dict) and (problem := problem_in_line(found)):
        raise problem
    return asked.read_line(line)


class Exchange:
    """
    Decisions about requests and responses; threads may share it.

    Args:
        base_url: Address of the service.
        timeout_s: How long the service may be silent.
        retries: How patient it is.
        headers: Sent with every request, for instance a key.
        cached_bytes: What answers that are kept for `If-None-Match` may take together.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout_s: float,
        retries: Retries,
        headers: dict[str, str],
        cached_bytes: int,
    ) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query:
            raise ValueError(
                f"base_url is {base_url!r}; give the root of the service, as http://127.0.0.1:8000"
            )
        self._base = base_url.rstrip("/")
        self._timeout = httpx.Timeout(timeout_s)
        self._retries = retries
        self._headers = headers
        self._cached: Recent[_Kept] = Recent(cached_bytes)

    def request(self, call: Call[T]) -> httpx.Request:
        """
        The request of a call, with the tag of the answer that is kept.

        Raises:
            ValueError: The address would be longer than any server reads.
        """
        headers = dict(self._headers)
        if call.content is not None:
            headers["Content-Type"] = call.media_type
        if call.accept is not None:
            headers["Accept"] = call.accept
        try:
            request = httpx.Request(
                call.method,
                self._base + call.path,
                params=list(call.parameters) or None,
                content=call.content,
                headers=headers,
                extensions={"timeout": self._timeout.as_dict()},
            )
        except httpx.InvalidURL as error:
            raise ValueError(
                f"{call.operation} makes no address ({error}); ask long questions by search_by_body"
            ) from error
        kept = self._cached.get(str(request.url)) if call.method == "GET" else None
        if kept is not None:
            request.headers["If-None-Match"] = kept.tag
            # Goes along, since it may give way to others until the answer comes.
            request.extensions[_KEPT] = kept
        return request

    def settled(self, call: Call[T], response: httpx.Response, asked: int) -> T | Wait:
        """
        What a response means.

        Args:
            call: What was asked.
            response: What came, read to its end.
            asked: How often it was asked, from 1.

        Raises:
            ProblemError: The service says what is wrong.
            UnexpectedAnswerError: It is no answer of this API.
        """
        status = response.status_code
        address = str(response.request.url)
        kept: _Kept | None = response.request.extensions.get(_KEPT)
        if status == _UNCHANGED and kept is not None:
            return call.read(kept.response)
        if status >= _REFUSED_FROM:
            later = response.headers.get("Retry-After")
            wait = self._retries.wait_s(status, later, asked) if call.is_read else None
            if wait is not None:
                return Wait(seconds=wait)
            raise problem_of(response)
        if status != _OK:
            raise UnexpectedAnswerError(
                f"{address} answered {status}; is {self._base!r} the root of the service?"
            )
        answer = call.read(response)
        if call.method == "GET" and (tag := response.headers.get("ETag")):
            size = len(response.content) + _OVERHEAD
            self._cached.put(address, _Kept(tag=tag, response=response), size)
        return answer

    def failed(self, request: httpx.Request, error: httpx.RequestError) -> UnreachableError:
        """The error for a request that got no response."""
        if isinstance(error, httpx.TimeoutException):
            waited = request.extensions["timeout"]["read"]
            return TimedOutError(
                f"{request.url} did not answer within {waited:g} s; ask for less, or give the"
                " client a longer timeout_s"
            )
        return UnreachableError(
            f"{request.url} cannot be reached ({error or type(error).__name__}); is the service"
            " running there?"
        )

    def following(self, page: Wire) -> Call[Wire] | None:
        """
        The call for the page after one, None at the end.

        Raises:
            ValueError: Answers of this kind have no pages.
            UnexpectedAnswerError: It lies at another address, where no key must go.
        """
        address: str | None = getattr(page, "next", "")
        if address is None:
            return None
        if not address:
            raise ValueError(f"a {type(page).__name__} has no pages")
        here, there = httpx.URL(self._base), httpx.URL(address)
        if (here.scheme, here.netloc) != (there.scheme, there.netloc):
            raise UnexpectedAnswerError(
                f"the next page is said to be at {address}, outside {self._base}; a proxy that"
                " changes the address must pass on Host and scheme"
            )
        root = httpx.URL(self._base).raw_path.decode().rstrip("/")
        return Call(
            operation="next",
            method="GET",
            path=there.raw_path.decode().partition("?")[0].removeprefix(root),
            read=reading(type(page)),
            parameters=tuple(there.params.multi_items()),
        )
