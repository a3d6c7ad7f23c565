"""
Generation and address -> ETag: an unchanged answer is not sent twice, nor made twice.

Why by generation: an answer depends on the generation and the address alone, so the
tag is known before anything is searched, and a 304 costs next to nothing; JSON made for the
same tag before is sent as it was. The engine taken here answers the whole request.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl, urlencode

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from wgsearch.api.carrying import language_of, varies
from wgsearch.api.serving import NewestEdition, NewestEngine, Noting
from wgsearch.compendium import serial
from wgsearch.compendium.looking import by_place
from wgsearch.compendium.remaining import remaining
from wgsearch.errors import WgsearchError
from wgsearch.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from wgsearch.answers import Engine
    from wgsearch.compendium.looking import Entry
    from wgsearch.compendium.records import Compendium

_OK = 200
# Answers that do not depend on an index.
_WITHOUT_ENGINE = ("/livez", "/static/")
# What these answer changes from one moment to the next.
_UNTAGGED = ("/readyz", "/metrics")
# What is saved changes within a generation, and feeds tag themselves.
_SAVED = ("/api/v1/questions", "/questions/")
# Jobs go on meanwhile, and are shown to who has a key.
_JOBS = "/api/v1/jobs"
# What JSON that is kept takes together unless stated otherwise: about 2,000 answers of 15 kB.
ANSWER_BYTES = 32 * 1024 * 1024
_OVERHEAD = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """An answer as it was sent."""

    headers: list[tuple[bytes, bytes]]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edition:
    """An edition as it was made, what a generation has left of it, its digest and paragraphs."""

    made: Compendium
    generation: str
    shown: Compendium
    digest: str
    places: Mapping[tuple[str, str, int], Entry]


class Freshness:
    """
    Tags answers to GET, and answers 304 to who holds the tagged one already.

    JSON of the API is kept under its tag, which names the generation: what was made from
    another one is never found.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        source: Callable[[], Engine],
        release: str,
        answer_bytes: int = ANSWER_BYTES,
        compendium: Callable[[], Compendium | None] | None = None,
    ) -> None:
        """
        Wrap an application.

        Args:
            app: What to wrap.
            source: Gives the engine for a request.
            release: What else changes answers: version and templates.
            answer_bytes: What answers that are kept may take together; 0 keeps none.
            compendium: Gives the edition of the compendium for a request; None has none.
        """
        self._compendium = compendium
        self._edition: _Edition | None = None
        self._answers: Recent[_Kept] = Recent(answer_bytes)
        self._generation = ""
        # Threads of its own: whoever looks for a new generation does not wait behind questions.
        self._looking = CapacityLimiter(2)
        self._app = app
        self._source = source
        self._release = release

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["path"].startswith(_WITHOUT_ENGINE):
            await self._app(scope, receive, send)
            return
        generation = await self._taken(scope["state"])
        if generation is None or scope["method"] != "GET" or _is_untagged(scope["path"]):
            await self._app(scope, receive, send)
            return
        tag = self._tag(scope, generation, await self._made(scope["state"]))
        known = Headers(scope=scope).get("if-none-match", "")
        if tag in {each.strip().removeprefix("W/") for each in known.split(",")}:
            response = Response(status_code=304, headers={"ETag": tag, "Vary": varies(scope)})
            await response(scope, receive, send)
            return
        # The tag of pages with their parameters in another order is the same, what they show not.
        key = (tag, scope["query_string"])
        if kept := self._answers.get(key):
            start = {"type": "http.response.start", "status": _OK, "headers": [*kept.headers]}
            await send(start)
            await send({"type": "http.response.body", "body": kept.body})
            return
        sending = self._tagging(send, tag, key, varies(scope), scope["state"])
        await self._app(scope, receive, sending)

    def _tagging(
        self, send: Send, tag: str, key: tuple[str, bytes], vary: str, state: dict[str, object]
    ) -> Send:
        """Sends on what it is given; a good answer with its tag, and kept where it is JSON."""
        headers: list[tuple[bytes, bytes]] | None = None
        keeps = False

        async def tagging(message: Message) -> None:
            nonlocal headers, keeps
            if "partial" in state and message["type"] == "http.response.start":
                # What was found while a part was gone is found no more when it is back.
                MutableHeaders(scope=message)["Cache-Control"] = "no-store"
            elif message["type"] == "http.response.start" and message["status"] == _OK:
                tagged = MutableHeaders(scope=message)
                tagged.setdefault("ETag", tag)
                tagged.setdefault("Vary", vary)
                keeps = tagged.get("content-type") == "application/json"
                headers = [*message["headers"]]
            elif keeps and headers is not None and message["type"] == "http.response.body":
                body = message.get("body", b"")
                if not message.get("more_body", False):
                    size = len(body) + _OVERHEAD
                    self._answers.put(key, _Kept(headers=headers, body=body), size)
                keeps = False  # one that comes in pieces is not put together
            await send(message)

        return tagging

    async def _taken(self, state: dict[str, object]) -> str | None:
        """The generation of the engine of this request; elsewhere where a file must be read."""
        engine = self._source.at_hand() if isinstance(self._source, NewestEngine) else None
        if engine is None:
            generation = await run_sync(self._take, state, limiter=self._looking)
        else:
            generation = self._put(engine, state)
        if isinstance(self._source, NewestEngine):
            state["refused"] = self._source.refused
        if generation and generation != self._generation:
            self._answers.clear()  # nobody asks for those of the generation before
            self._generation = generation
        return generation

    async def _made(self, state: dict[str, object]) -> str:
        """The digest of the edition of this request, which is put beside it; empty without one."""
        source = self._compendium
        if source is None:
            return ""
        known = self._edition
        is_known = known is not None and known.generation == self._generation
        if is_known and isinstance(source, NewestEdition) and source.is_at_hand():
            return self._digested(source, state)
        return await run_sync(self._digested, source, state, limiter=self._looking)

    def _digested(self, source: Callable[[], Compendium | None], state: dict[str, object]) -> str:
        try:
            found = source()
        except WgsearchError as error:
            state["no_compendium"] = error
            return ""
        engine = state.get("engine")
        if found is None or engine is None:
            state["compendium"] = None
            return ""
        known = self._edition
        generation = cast("Engine", engine).state().generation
        if known is None or known.made is not found or known.generation != generation:
            shown = remaining(found, cast("Engine", engine))
            known = _Edition(
                made=found,
                generation=generation,
                shown=shown,
                digest=hashlib.sha256(serial.to_json(shown)).hexdigest(),
                places=by_place(shown),
            )
            self._edition = known
        state["compendium"] = known.shown
        state["topics"] = known.places
        return known.digest

    def _take(self, state: dict[str, object]) -> str | None:
        """Take the engine for this request; its generation, None while there is no index."""
        try:
            return self._put(self._source(), state)
        except WgsearchError as error:
            state["no_engine"] = error
            return None

    def _put(self, engine: Engine, state: dict[str, object]) -> str:
        """Give a request its engine; what the engine searches."""
        found = engine.state()
        state["engine"] = engine if found.engine == "embedded" else Noting(engine, state)
        return found.generation

    def _tag(self, scope: Scope, generation: str, edition: str) -> str:
        """The strong tag of an address."""
        pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        # Answers hold addresses.
        host, root = Headers(scope=scope).get("host", ""), scope.get("root_path", "")
        base = f"{scope['scheme']}://{host}{root}"
        refused = scope["state"].get("refused") or ""  # the state of the index tells of it
        language = language_of(scope)
        told = (self._release, generation, edition, refused, base, scope["path"], language)
        parts = (*told, urlencode(sorted(pairs)))
        return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


def _is_untagged(path: str) -> bool:
    """Whether what is answered changes without a new generation."""
    return path in _UNTAGGED or path.startswith((*_SAVED, _JOBS))
