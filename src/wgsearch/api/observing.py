"""
A request and its answer -> one count and one line of the log, without what was asked.

Why outermost: what is refused before it is read counts too. Why the template of the route and
not the path: paths are without end, and may hold words of a question.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from fastapi.routing import APIRoute

from wgsearch.api.metrics import Answered, Measures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fastapi import APIRouter
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from wgsearch.answers import Answer

log = logging.getLogger(__name__)
# Questions that found nothing; silent unless an operator switches it on.
unanswered = logging.getLogger("wgsearch.unanswered")

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_ELSEWHERE = "other"
_STATIC = "/static/"
_DESCRIPTION = "/openapi.json"
# The caller went away before the answer began; the status that nginx writes for it.
_GONE = 499
_FAULT = 500
_KEPT_PATHS = 1024
_KEPT_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """
    What a search did, as a request keeps it for its count.

    Attributes:
        text: What was asked.
        mode: How it was searched.
        seconds: Time within the engine.
        hits: How many passages were found.
    """

    text: str
    mode: str
    seconds: float
    hits: int


def note(request: Request, answer: Answer) -> Answer:
    """The answer; the request remembers what it cost."""
    request.scope["state"]["searched"] = Searched(
        text=answer.query.text,
        mode=answer.query.mode,
        seconds=answer.took_ms / 1000,
        hits=len(answer.hits),
    )
    return answer


class Templates:
    """Paths -> templates of routes, `/documents/{symbol:path}`; `other` where there is none."""

    def __init__(self, routers: Iterable[APIRouter]) -> None:
        self._routes = [
            (each.path_regex, each.path)
            for router in routers
            for each in router.routes
            if isinstance(each, APIRoute)
        ]
        self._known = lru_cache(_KEPT_PATHS)(self._template)

    def __call__(self, path: str) -> str:
        """The template of a path."""
        # Long paths would fill the memory of those that are known.
        return self._known(path) if len(path) < _KEPT_LENGTH else self._template(path)

    def _template(self, path: str) -> str:
        if path.startswith(_STATIC) or path == _DESCRIPTION:
            return _STATIC if path != _DESCRIPTION else path
        found = (template for pattern, template in self._routes if pattern.match(path))
        return next(found, _ELSEWHERE)


class Observing:
    """Counts and logs what passes."""

    def __init__(self, app: ASGIApp, *, templates: Templates, measures: Measures) -> None:
        """
        Wrap an application.

        Args:
            app: What to wrap.
            templates: Gives the template of a path.
            measures: Where it is counted.
        """
        self._app = app
        self._templates = templates
        self._measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and count it when it is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0
        failed = True

        async def noticing(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noticing)
            failed = False
        finally:
            seconds = time.perf_counter() - started
            self._count(scope, status or (_FAULT if failed else _GONE), seconds)

    def _count(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else _ELSEWHERE
        what = Answered(method, self._templates(scope["path"]), status)
        self._measures.answered(what, seconds)
        state = scope.get("state", {})
        told = {"request_id": state.get("request_id"), **what._asdict()}
        log.info("request", extra={"told": {**told, "ms": round(seconds * 1000, 1)}})
        searched = cast("Searched | None", state.get("searched"))
        if searched is None:
            return
        self._measures.searched(searched.mode, searched.seconds, found=searched.hits > 0)
        if not searched.hits and unanswered.isEnabledFor(logging.INFO):
            words = {"question": searched.text, "mode": searched.mode}
            unanswered.info(
                "nothing found for %r",
                searched.text,
                extra={"told": {"request_id": told["request_id"], **words}},
            )
