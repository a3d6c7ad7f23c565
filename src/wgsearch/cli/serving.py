"""An index -> API and pages on an address, until it is stopped."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Annotated

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
from wgsearch.errors import EncoderUnavailableError, IndexMissingError, RerankerUnavailableError

if TYPE_CHECKING:
    from wgsearch.embedding import Encoder
    from wgsearch.reranking import Reranker


def serve(
    *,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on.", show_default="127.0.0.1")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on.", show_default="8000")
    ] = None,
    corpus: CorpusOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    reranker: RerankerOption = None,
) -> None:
    """Serve the API and the web pages."""
    import uvicorn  # noqa: PLC0415 - only this command needs it

    from wgsearch.api.app import create_app  # noqa: PLC0415 - likewise
    from wgsearch.api.guard import Limits  # noqa: PLC0415 - likewise
    from wgsearch.api.serving import NewestEngine  # noqa: PLC0415 - likewise
    from wgsearch.index.publish import current  # noqa: PLC0415 - likewise

    settings = settings_of(
        host=host, port=port, corpus=corpus, index=index, encoder=encoder, reranker=reranker
    )
    encoder_in_use, reranker_in_use = encoder_of(settings), reranker_of(settings)
    variant = reranker_in_use.identity if reranker_in_use else ""  # a wrong one is said here
    from wgsearch.search import LocalEngine  # noqa: PLC0415 - likewise

    engine = NewestEngine(
        lambda: LocalEngine(settings.index, encoder_in_use, reranker=reranker_in_use),
        lambda: current(settings.index),
    )
    try:
        engine()  # an index that cannot be opened is said here, before anyone asks
    except IndexMissingError as error:
        say(f"wgsearch: {error}; it is served as soon as it is there")
    _warm(encoder_in_use, reranker_in_use)
    limits = Limits(url_bytes=settings.max_url_bytes, body_bytes=settings.max_body_bytes)
    web = create_app(
        engine,
        corpus_dir=settings.corpus,
        hosts=settings.served_hosts,
        limits=limits,
        variant=variant,
    )
    say(
        f"wgsearch serves {settings.index} at http://{settings.host}:{settings.port}/"
        " (stop with Ctrl+C)"
    )
    uvicorn.run(
        web, host=settings.host, port=settings.port, log_level="warning", server_header=False
    )


def _warm(encoder: Encoder, reranker: Reranker | None) -> None:
    """Load the weights beside the first requests, so that the first question need not."""

    def load() -> None:
        try:
            encoder.encode(["a question"], role="question")
            if reranker:
                reranker.scores("a question", ["a passage"])
        except (EncoderUnavailableError, RerankerUnavailableError) as error:
            say(f"wgsearch: {error}")

    threading.Thread(target=load, name="warm", daemon=True).start()
