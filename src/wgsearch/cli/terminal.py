"""
settings, options and streams that all commands share.

Why here: settings are read at the edge only, what people read goes to one stream and what
programs read to another, and commands must not each decide that.
"""

from __future__ import annotations

import contextlib
import json
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from wgsearch.answers import Mode
from wgsearch.errors import WgsearchError
from wgsearch.settings import Settings

if TYPE_CHECKING:
    from wgsearch.embedding import Encoder, PreparedEncoder
    from wgsearch.reranking import Reranker
    from wgsearch.search import LocalEngine

_FILE_WIDTH = 100

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Folder of the index.", show_default="index")
]
CorpusOption = Annotated[
    Path | None,
    typer.Option("--corpus", help="Folder of the papers.", show_default="corpus/papers"),
]
EncoderOption = Annotated[
    str | None, typer.Option("--encoder", help="Name or folder of a sentence-transformers model.")
]
RerankerOption = Annotated[
    str | None,
    typer.Option(
        "--reranker",
        help="Name or folder of a cross-encoder that reads the best passages again.",
        show_default="none",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
ModeOption = Annotated[
    Mode,
    typer.Option(
        "--mode",
        help="All legs, meaning (dense) alone, words (lexical) alone, or the candidates of both by"
        " what their tokens have in common (late) alone.",
    ),
]
CountOption = Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages at most.")]


def say(message: str) -> None:
    """A line for people on standard error."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(escape(message))


def settings_of(**given: object) -> Settings:
    """Settings of the environment, with what the command line names put over them."""
    return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type] # checked by the model


def print_json(found: object) -> None:
    """One object on standard output."""
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")


def console() -> Console:
    """Where people read results; a file or a pipe gets lines of a readable length."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else _FILE_WIDTH)


def encoder_of(settings: Settings, streams: int | None = None) -> Encoder:
    """
    The encoder that the settings name; its weights are loaded when it is first used.

    Args:
        settings: The settings.
        streams: How many passes may run at a time; None for one a core.
    """
    from wgsearch.embedding import open_encoder  # noqa: PLC0415 - commands that need none start faster

    return open_encoder(
        settings.encoder,
        question_prompt=settings.question_prompt,
        passage_prompt=settings.passage_prompt,
        runtime=settings.runtime,
        precision=settings.precision,
        cache=settings.cache,
        notify=say,
        streams=streams,
    )


def reranker_of(settings: Settings) -> Reranker | None:
    """The reranker that the settings name; its weights are loaded when it is first used."""
    from wgsearch.reranking import CrossEncoderReranker  # noqa: PLC0415 - likewise

    return CrossEncoderReranker(settings.reranker) if settings.reranker else None


def _warm(encoder: PreparedEncoder) -> None:
    """Load an encoder ahead of its use; what fails is met again where it is used, and told."""
    # RuntimeError: the command ended before, and Python imports no more.
    with contextlib.suppress(WgsearchError, RuntimeError):
        encoder.warm()


def engine_of(settings: Settings) -> LocalEngine:
    """The engine over the index that the settings name."""
    from wgsearch.embedding import PreparedEncoder, RememberingEncoder  # noqa: PLC0415 - likewise

    encoder = encoder_of(settings)
    # An agenda asks one question several times, of its own papers and of all others.
    remembering = RememberingEncoder(encoder)
    if isinstance(encoder, PreparedEncoder):
        # Beside opening the index: half of the way to the first answer. Not a daemon, since what
        # it runs must not be torn down at work.
        threading.Thread(target=_warm, args=(encoder,), name="warm").start()
    from wgsearch.cli.engines import connected, local_engine  # noqa: PLC0415 - likewise

    engine = local_engine(
        settings, connected(settings), lambda: remembering, reranker_of(settings), earlier=True
    )
    if refused := engine.state().refused:
        say(f"wgsearch: {refused}; {engine.generation!r}, an earlier generation, answers")
    return engine
