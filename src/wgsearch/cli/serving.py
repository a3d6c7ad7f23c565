"""An index -> API and pages on an address, until it is stopped."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from wgsearch.cli.terminal import (
    CorpusOption,
    EncoderOption,
    IndexOption,
    RerankerOption,
    encoder_of,
    reranker_of,
    say,
    settings_of,
)
from wgsearch.errors import (
    EncoderUnavailableError,
    IndexMissingError,
    RerankerUnavailableError,
    WgsearchError,
)

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from fastapi import FastAPI

    from wgsearch.answers import Engine
    from wgsearch.cluster.milvus import Milvus
    from wgsearch.embedding import Encoder
    from wgsearch.reranking import Reranker
    from wgsearch.settings import Settings

# Requests are answered side by side; a library that splits each of them once more makes threads
# wait for one another. It looks at these once, when it is loaded.
_ONE_THREAD_EACH = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}
# Answers in flight are finished for so long after the signal to stop.
STOP_S = 5
_WARMING = "Which measures are taken, and by whom?"


def serve(
    *,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on.", show_default="8000")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes that answer side by side.", show_default="1")
    ] = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
    log_format: Annotated[
        Literal["text", "json"] | None,
        typer.Option(
            help="json: one object a line on standard output, one for each request.",
            show_default="text",
        ),
    ] = None,
) -> None:
    """Serve the API and the web pages."""
    settings = settings_of(
        host=host,
        port=port,
        workers=workers,
        corpus=corpus,
        index=index,
        encoder=encoder,
        reranker=reranker,
        log_format=log_format,
    )
    for name, value in _ONE_THREAD_EACH.items():
        os.environ.setdefault(name, value)
    from wgsearch.api.workers import listeners, run  # noqa: PLC0415 - only this command needs it
    from wgsearch.cli import logs  # noqa: PLC0415 - likewise
    from wgsearch.cli.writing import demand_key  # noqa: PLC0415 - likewise

    demand_key(settings)
    logs.configure(settings.log_format, unanswered=settings.log_unanswered)
    for name, value in settings.shown().items():
        say(f"{name}={value}")
    logs.tell_started(settings.shown(every=True))
    sockets = listeners(settings.host, settings.port, settings.workers)
    port = sockets[0].getsockname()[1]

    def started() -> None:
        say(
            f"wgsearch serves {settings.index} at http://{settings.host}:{port}/ (stop with Ctrl+C)"
        )

    if settings.workers == 1:
        _answer(settings, sockets[0], started)
        return
    with tempfile.TemporaryDirectory(prefix="wgsearch-numbers-") as numbers:
        status = run(partial(_work, settings, Path(numbers)), sockets, started)
    sys.exit(status)


def _work(
    settings: Settings, numbers: Path, listener: socket.socket, ready: Callable[[], None]
) -> None:
    """Serve as one of several processes, which leave their numbers in one folder."""
    from wgsearch.cli import logs  # noqa: PLC0415 - only this command needs it

    logs.configure(settings.log_format, unanswered=settings.log_unanswered)
    try:
        _answer(settings, listener, ready, numbers)
    except WgsearchError as error:  # the edge of this process
        say(f"wgsearch: {error}")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(0)


def _answer(
    settings: Settings,
    listener: socket.socket,
    ready: Callable[[], None],
    numbers: Path | None = None,
) -> None:
    """Serve from one process; everything that a question needs is loaded before it listens."""
    import uvicorn  # noqa: PLC0415 - only this command needs it

    from wgsearch.api.connections import Connection  # noqa: PLC0415 - likewise

    web = _application(settings, numbers)
    config = uvicorn.Config(
        web,
        http=Connection,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # who is believed is decided by the application
        timeout_graceful_shutdown=STOP_S,
    )
    server = uvicorn.Server(config)
    web.state.stopping = lambda: server.should_exit  # who follows a job is let go then
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # told to stop, it ends well
    listener.listen()  # who believes that it is ready, and asks at once, waits in the line
    ready()
    with suppress(KeyboardInterrupt):  # it has ended well, and tells of the signal once more
        server.run(sockets=[listener])


def _application(settings: Settings, numbers: Path | None) -> FastAPI:
    """The API and the pages over whatever generation is in use."""
    from wgsearch.api.app import create_app  # noqa: PLC0415 - only this command needs it
    from wgsearch.api.guard import Limits  # noqa: PLC0415 - likewise
    from wgsearch.api.limiting import Load  # noqa: PLC0415 - likewise
    from wgsearch.api.metrics import Measures  # noqa: PLC0415 - likewise
    from wgsearch.api.serving import NewestEdition, NewestEngine  # noqa: PLC0415 - likewise
    from wgsearch.cli.engines import connected, newest_of  # noqa: PLC0415 - likewise
    from wgsearch.cli.writing import writes_of  # noqa: PLC0415 - likewise
    from wgsearch.compendium import editions  # noqa: PLC0415 - likewise
    from wgsearch.compendium.redline import Editions  # noqa: PLC0415 - likewise
    from wgsearch.embedding import RememberingEncoder  # noqa: PLC0415 - likewise
    from wgsearch.embedding.exported import default_folder  # noqa: PLC0415 - likewise
    from wgsearch.saved.keeping import Questions  # noqa: PLC0415 - likewise

    writes = writes_of(settings)
    streams = max(1, len(os.sched_getaffinity(0)) // settings.workers)
    encoder = RememberingEncoder(encoder_of(settings, streams))
    reranker = reranker_of(settings)
    variant = reranker.identity if reranker else ""  # a wrong one is said here
    server = connected(settings)
    opening = partial(opened, settings, server, encoder, reranker)
    engine = NewestEngine(
        opening, newest_of(settings, server), open_earlier=partial(opening, earlier=True)
    )
    try:
        engine()  # an index that cannot be opened is said here, before anyone asks
    except IndexMissingError as error:
        say(f"wgsearch: {error}; it is served as soon as it is there")
    return create_app(
        engine,
        corpus_dir=settings.corpus,
        hosts=settings.served_hosts,
        limits=Limits(url_bytes=settings.max_url_bytes, body_bytes=settings.max_body_bytes),
        load=Load(
            in_flight=settings.in_flight,
            request_s=settings.request_s,
            rate_per_s=settings.rate_per_s,
            burst=settings.rate_burst,
        ),
        proxies=settings.proxies,
        measures=Measures(numbers),
        variant=variant,
        answer_bytes=settings.answers_mb * 1024 * 1024,
        compendium=NewestEdition(
            partial(editions.current, settings.index), partial(editions.pointer, settings.index)
        ),
        earlier=Editions(settings.index),
        saved=Questions(settings.questions),
        pages_dir=(settings.cache or default_folder()) / "pages" if settings.pages_mb else None,
        pages_bytes=settings.pages_mb * 1024 * 1024,
        writes=writes,
    )


def opened(
    settings: Settings,
    server: Milvus | None,
    encoder: Encoder,
    reranker: Reranker | None,
    *,
    earlier: bool = False,
) -> Engine:
    """The generation in use, asked once, so that nobody waits for what is loaded by asking."""
    from wgsearch.answers import Query  # noqa: PLC0415 - likewise
    from wgsearch.cli.engines import local_engine  # noqa: PLC0415 - likewise

    engine = local_engine(settings, server, encoder, reranker, earlier=earlier)
    try:
        engine.search(Query(text=_WARMING))
    except (EncoderUnavailableError, RerankerUnavailableError) as error:
        say(f"wgsearch: {error}")
    return engine
