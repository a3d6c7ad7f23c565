"""
Engine -> web application: routes, pages, problems and guards, put together.

Why a function: a test, the command line and a process manager each make their own, and
nothing is kept in the module.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, nullcontext, suppress
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from anyio import CapacityLimiter
from anyio.to_thread import current_default_thread_limiter, run_sync
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from wgsearch.api import (
    agenda_pages,
    basket,
    batch,
    belonging,
    bringing,
    cite,
    docs,
    drafts,
    exports,
    marking,
    opensearch,
    operations,
    packs,
    pages,
    paper_pages,
    past,
    problems,
    questions,
    routes,
    suggest,
    writing,
)
from wgsearch.api import compendium as editions
from wgsearch.api.carrying import Carrying
from wgsearch.api.compressing import Compressing
from wgsearch.api.freshness import ANSWER_BYTES, Freshness
from wgsearch.api.guard import LOCAL_HOSTS, Guard, Limits
from wgsearch.api.limiting import Limiting, Load
from wgsearch.api.metrics import WRITE_EVERY_S, Measures
from wgsearch.api.observing import Observing, Templates
from wgsearch.api.page_store import CACHE_BYTES, PageStore
from wgsearch.api.render import Renderer, web_folder
from wgsearch.api.serving import NewestEngine
from wgsearch.errors import WgsearchError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from starlette.responses import Response
    from starlette.types import Scope

    from wgsearch.answers import Engine
    from wgsearch.compendium.records import Compendium
    from wgsearch.compendium.redline import Editions
    from wgsearch.saved.keeping import Questions


# Requests answered at a time by one process; the others wait for their turn. More gain nothing on
# two cores and make some wait much longer than others (docs/decisions/0019-serving.md).
THREADS = 4


# In the order in which an address is looked up.
ROUTERS = (
    *(batch.router, cite.router, suggest.router, exports.router),
    *(packs.router, drafts.router, editions.router, past.router, belonging.router),
    paper_pages.router,
    *(routes.router, routes.service, operations.router),
    *(bringing.router, writing.router),
    *(questions.router, questions.pages, packs.pages, drafts.pages, editions.pages),
    *(basket.pages, marking.pages),
    *(past.pages, belonging.pages, agenda_pages.router, opensearch.router),
    *(paper_pages.pages, pages.router),
)


class _Static(StaticFiles):
    """Static files; their addresses carry a digest, so browsers may keep them."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - passed on
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def create_app(
    engine: Engine | Callable[[], Engine],
    *,
    corpus_dir: Path | None = None,
    hosts: tuple[str, ...] = LOCAL_HOSTS,
    limits: Limits | None = None,
    load: Load | None = None,
    proxies: tuple[str, ...] = (),
    measures: Measures | None = None,
    variant: str = "",
    answer_bytes: int = ANSWER_BYTES,
    threads: int = THREADS,
    compendium: Callable[[], Compendium | None] | None = None,
    earlier: Editions | None = None,
    saved: Questions | None = None,
    pages_dir: Path | None = None,
    pages_bytes: int = CACHE_BYTES,
    writes: writing.Writes | None = None,
) -> FastAPI:
    """
    The API and the pages over an engine.

    Args:
        engine: What answers, or what gives the engine for each request (`NewestEngine`);
            there may be no index yet, then pages say so.
        corpus_dir: Folder of the papers, to hand out originals; None hands out none.
        hosts: Host names served; `*` serves any.
        limits: How large a request may be.
        load: How many requests are answered at a time, and of one client.
        proxies: Addresses and networks whose `X-Forwarded-For` and `X-Forwarded-Proto` count.
        measures: Counts what is answered.
        variant: What changes answers beside the generation: the reranker's identity.
        answer_bytes: What answers kept for who asks the same may take together; 0 keeps none.
        threads: How many requests are answered at a time.
        compendium: Gives the edition of the compendium for each request (`NewestEdition`), None
            while none has been made.
        earlier: The editions before it; None for those that only the newest tells of.
        saved: The saved questions; None for none.
        pages_dir: Where pictures of pages are kept; None keeps none.
        pages_bytes: What they may take together.
        writes: What may be changed, with keys; None for nothing.
    """
    counted = measures or Measures()
    drawn = PageStore(corpus_dir, folder=pages_dir, cache_bytes=pages_bytes)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = threads
        sharing = asyncio.ensure_future(_share(counted))
        try:
            with engine.watching() if isinstance(engine, NewestEngine) else nullcontext():
                yield
        finally:
            sharing.cancel()
            with suppress(asyncio.CancelledError):
                await sharing
            counted.write()
            drawn.close()
            if writes:
                writes.stop()

    app = FastAPI(
        title="wgsearch",
        version=_version(),
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,  # a symbol ends where it ends
        lifespan=lifespan,
    )
    renderer = Renderer(web_folder())
    app.state.corpus = corpus_dir
    app.state.renderer = renderer
    app.state.pages = drawn
    app.state.editions = earlier
    app.state.questions = saved
    app.state.measures = counted
    app.state.writes = writes
    app.state.reading = CapacityLimiter(1)  # papers that are brought; answers do not wait for one
    app.state.followers = set()
    app.state.stopping = lambda: False  # a server that is told to stop says so here
    app.openapi = lambda: docs.openapi(app)  # type: ignore[method-assign] # FastAPI's own way
    app.mount("/static", _Static(directory=renderer.folder / "static"))
    for router in ROUTERS:
        app.include_router(router)
    _answer_problems(app, renderer)
    source = engine if callable(engine) else lambda: engine
    release = f"{app.version}/{renderer.digest}/{variant}"
    app.add_middleware(Carrying)
    app.add_middleware(
        Freshness,
        source=source,
        release=release,
        answer_bytes=answer_bytes,
        compendium=compendium,
    )

    def answering(scope: Scope, problem: problems.Problem) -> Response:
        return renderer.problem(Request(scope), problem)

    app.add_middleware(Compressing)
    app.add_middleware(Limiting, load=load or Load(), answering=answering)
    app.add_middleware(Guard, hosts=hosts, limits=limits or Limits(), answering=answering)
    app.add_middleware(Observing, templates=Templates(ROUTERS), measures=counted)
    if proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=[*proxies])
    return app


async def _share(measures: Measures) -> None:
    """Leave the numbers of this process for the others, until it ends."""
    while True:
        await asyncio.sleep(WRITE_EVERY_S)
        await run_sync(measures.write)


def _answer_problems(app: FastAPI, renderer: Renderer) -> None:
    """Turn whatever routes raise into problems."""

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, WgsearchError)  # noqa: S101 - registered for it
        return renderer.problem(request, problems.of_error(error))

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, problems.RefusedError)  # noqa: S101 - registered for it
        response = renderer.problem(request, error.problem)
        response.headers.update(error.headers)
        if error.problem.kind is problems.BUSY:
            response.headers["Retry-After"] = "1"
        return response

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for it
        return renderer.problem(request, problems.of_validation(error.errors()))

    async def framework(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for it
        problem = problems.of_status(error.status_code, _words(error, request))
        response = renderer.problem(request, problem)
        response.headers.update(error.headers or {})
        return response

    app.add_exception_handler(WgsearchError, ours)
    app.add_exception_handler(problems.RefusedError, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, framework)


def _words(error: HTTPException, request: Request) -> str:
    """What the framework meant, in our words."""
    not_found, method_not_allowed = 404, 405
    if error.status_code == not_found:
        return f"There is nothing at {request.url.path}."
    if error.status_code == method_not_allowed:
        return f"{request.method} is not allowed at {request.url.path}."
    return f"{error.detail}."


def _version() -> str:
    """Version of the installed package; a checkout that is not installed has none."""
    try:
        return version("wgsearch")
    except PackageNotFoundError:
        return "0+unknown"
