"""
Generation and address -> ETag: an unchanged answer is not sent twice.

Why by generation: an answer depends on the generation and the address alone, so the
tag is known before anything is searched, and a 304 costs next to nothing. The engine
taken here answers the whole request.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from wgsearch.errors import WgsearchError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from wgsearch.answers import Engine

_OK = 200
# Answers that do not depend on an index.
_WITHOUT_ENGINE = ("/livez", "/static/")


class Freshness:
    """Tags answers to GET, and answers 304 to who holds the tagged one already."""

    def __init__(self, app: ASGIApp, *, source: Callable[[], Engine], release: str) -> None:
        """
        Wrap an application.

        Args:
            app: What to wrap.
            source: Gives the engine for a request.
            release: What else changes answers: version and templates.
        """
        self._app = app
        self._source = source
        self._release = release

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"].startswith(_WITHOUT_ENGINE):
            await self._app(scope, receive, send)
            return
        generation = await run_in_threadpool(self._take, scope["state"])
        if generation is None or scope["method"] != "GET" or scope["path"] == "/readyz":
            await self._app(scope, receive, send)
            return
        tag = self._tag(scope, generation)
        known = Headers(scope=scope).get("if-none-match", "")
        if tag in {each.strip().removeprefix("W/") for each in known.split(",")}:
            response = Response(status_code=304, headers={"ETag": tag, "Vary": "Accept"})
            await response(scope, receive, send)
            return

        async def tagging(message: Message) -> None:
            """Tag a good answer."""
            if message["type"] == "http.response.start" and message["status"] == _OK:
                headers = MutableHeaders(scope=message)
                headers.setdefault("ETag", tag)
                headers.setdefault("Vary", "Accept")
            await send(message)

        await self._app(scope, receive, tagging)

    def _take(self, state: dict[str, object]) -> str | None:
        """Take the engine for this request; its generation, None while there is no index."""
        try:
            engine = self._source()
            generation = engine.state().generation
        except WgsearchError as error:
            state["no_engine"] = error
            return None
        state["engine"] = engine
        return generation

    def _tag(self, scope: Scope, generation: str) -> str:
        """The strong tag of an address."""
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        host = Headers(scope=scope).get("host", "")  # answers hold addresses
        parts = (self._release, generation, host, scope["path"], urlencode(sorted(pairs)))
        return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'
