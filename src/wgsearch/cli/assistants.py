"""An index -> tools for assistants, over standard streams or HTTP, until they are closed."""

from __future__ import annotations

import re
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from wgsearch.cli.serving import opened
from wgsearch.cli.terminal import (
    EncoderOption,
    IndexOption,
    RerankerOption,
    encoder_of,
    reranker_of,
    say,
    settings_of,
)
from wgsearch.errors import WgsearchError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.api.serving import NewestEngine
    from wgsearch.mcp.tools import Asking
    from wgsearch.settings import Settings

_ADDRESS = re.compile(r"(?:(?P<host>\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]*):)?(?P<port>\d{1,5})")
_MAX_PORT = 65535


def mcp(
    *,
    http: Annotated[
        str | None,
        typer.Option(
            "--http",
            metavar="HOST:PORT",
            help="Serve over HTTP at this address, at /mcp; a port alone is on this machine only.",
            show_default="standard input and output",
        ),
    ] = None,
    links: Annotated[
        str | None,
        typer.Option(help="Address that papers are served at, for links.", show_default="none"),
    ] = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
) -> None:
    """Serve assistants: search, citations, agenda items, over the Model Context Protocol."""
    host, port = (None, None) if http is None else _address(http)
    settings = settings_of(index=index, encoder=encoder, reranker=reranker, host=host, port=port)
    try:
        from wgsearch.mcp.server import create_server, serve_streams  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"mcp", "mcp_types"}:
            raise
        say("wgsearch: assistants are served by the extra `mcp`; pip install 'wgsearch[mcp]'")
        raise typer.Exit(1) from error
    engine = _newest(settings)
    server = create_server(_asking(settings, engine, links))
    with engine.watching():
        if http is None:
            # Beside the first words, for which assistants wait seconds only. Not a daemon: what it
            # loads must not be torn down at work.
            threading.Thread(target=_open, args=(engine,), name="open").start()
            serve_streams(server)
        else:
            _open(engine)
            _serve_http(settings, server)


def _address(text: str) -> tuple[str, int]:
    """`HOST:PORT` or `PORT`, as host and port."""
    match = _ADDRESS.fullmatch(text.strip())
    if match is None or int(match["port"]) > _MAX_PORT:
        raise typer.BadParameter(
            f"{text!r} is no address; give HOST:PORT, for instance 127.0.0.1:8001, or a port"
        )
    return (match["host"] or "").strip("[]") or "127.0.0.1", int(match["port"])


def _newest(settings: Settings) -> NewestEngine:
    """The engine over whatever generation is in use."""
    from wgsearch.api.serving import NewestEngine  # noqa: PLC0415 - only this command needs it
    from wgsearch.cli.engines import connected, newest_of  # noqa: PLC0415 - likewise
    from wgsearch.embedding import RememberingEncoder  # noqa: PLC0415 - likewise

    encoder, reranker = RememberingEncoder(encoder_of(settings)), reranker_of(settings)
    server = connected(settings)
    opening = partial(opened, settings, server, encoder, reranker)
    return NewestEngine(
        opening, newest_of(settings, server), open_earlier=partial(opening, earlier=True)
    )


def _open(engine: NewestEngine) -> None:
    """Load what answers need; what is wrong is said here, and to each assistant that asks."""
    try:
        engine()
    except WgsearchError as error:
        say(f"wgsearch: {error}; assistants are answered as soon as that is put right")


def _asking(settings: Settings, engine: NewestEngine, links: str | None) -> Callable[[], Asking]:
    """What each call may ask."""
    from wgsearch.api.serving import NewestEdition  # noqa: PLC0415 - likewise
    from wgsearch.compendium import editions  # noqa: PLC0415 - likewise
    from wgsearch.mcp.shaping import Shaper  # noqa: PLC0415 - likewise
    from wgsearch.mcp.tools import Asking  # noqa: PLC0415 - likewise

    edition = NewestEdition(
        partial(editions.current, settings.index), partial(editions.pointer, settings.index)
    )
    shaper = Shaper(base=links.rstrip("/") if links else None)
    return lambda: Asking(engine=engine(), compendium=edition(), shaper=shaper)


def _serve_http(settings: Settings, server: object) -> None:
    """Serve over HTTP until stopped."""
    import uvicorn  # noqa: PLC0415 - likewise

    from wgsearch.api.workers import listeners  # noqa: PLC0415 - likewise
    from wgsearch.mcp.server import PATH, http_app  # noqa: PLC0415 - likewise

    sockets = listeners(settings.host, settings.port, 1)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    say(
        f"wgsearch serves assistants from {settings.index} at"
        f" http://{host}:{sockets[0].getsockname()[1]}{PATH} (stop with Ctrl+C)"
    )
    web = http_app(server, settings.served_hosts, settings.max_body_bytes)
    with suppress(KeyboardInterrupt):  # it has ended well, and tells of the signal once more
        uvicorn.Server(uvicorn.Config(web, log_level="warning", server_header=False)).run(sockets)
