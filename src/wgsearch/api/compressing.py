"""
Pages and their style -> a quarter of the bytes, for who reads on a bad line.

Why pages alone: what the API streams is read line by line while it is made, files are compressed
already, and no page holds a secret that the length of an answer could give away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.middleware.gzip import GZipMiddleware

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_AS_THEY_ARE = ("/api/", "/livez", "/readyz", "/metrics")
# What fits into one packet is sent as fast uncompressed.
_LEAST = 1024
# On a page of 37 kB, level 5 gives 6.9 kB in 0.5 ms, level 9 gives 6.8 kB in 1 ms.
_LEVEL = 5


class Compressing:
    """Compresses what people read, where they take it so."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self._app = app
        self._compressing = GZipMiddleware(app, minimum_size=_LEAST, compresslevel=_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"].startswith(_AS_THEY_ARE):
            await self._app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                tag = headers.get("etag", "")
                # A strong tag promises the same bytes, which those of a compressed page are not.
                if headers.get("content-encoding") == "gzip" and tag.startswith('"'):
                    headers["etag"] = f"W/{tag}"
            await send(message)

        await self._compressing(scope, receive, sending)
