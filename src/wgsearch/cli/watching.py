"""
the corpus folder, watched -> builds, until the process is stopped.

Why one process that stays: the encoder is loaded once, and builds wait for one another.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
import traceback
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from wgsearch.cli import printed
from wgsearch.cli.questions import answer_saved
from wgsearch.cli.terminal import (
    CorpusOption,
    EncoderOption,
    IndexOption,
    console,
    encoder_of,
    say,
    settings_of,
)
from wgsearch.errors import CorpusMissingError, IndexStateError, WgsearchError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.index.build import BuildReport
    from wgsearch.search import LocalEngine
    from wgsearch.settings import Settings
    from wgsearch.watching import Seen

# What a build reads beside papers.
_ALSO = ("corrections.toml", "glossary.csv")
# How often a message of a saved question is tried after a build; then again after the next.
_TRIES = 3


def watch(
    *,
    corpus: CorpusOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    every: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks.")] = 5.0,
    quiet: Annotated[
        float,
        typer.Option(min=0.0, help="Seconds that a file must stay the same before it is read."),
    ] = 10.0,
    patience: Annotated[
        float,
        typer.Option(
            min=0.0, help="Seconds that all are waited for; then files that are quiet are built."
        ),
    ] = 300.0,
    anyway: Annotated[
        float,
        typer.Option(min=1.0, help="Seconds after which files are compared by content anyway."),
    ] = 3600.0,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a line for each build.")
    ] = False,
) -> None:
    """Build whenever papers arrive, change or go, until stopped."""
    from wgsearch.watching import Rhythm, Watcher, looks_of  # noqa: PLC0415 - loads what reads papers

    settings = settings_of(corpus=corpus, index=index, encoder=encoder)
    if not settings.corpus.is_dir():
        raise CorpusMissingError(
            f"there is no corpus folder {str(settings.corpus)!r} to watch; make it, or name one"
            " with --corpus"
        )
    watcher = Watcher(
        look=lambda: looks_of(settings.corpus, _ALSO),
        build=_builder(settings, as_json=as_json),
        failed=_failed(as_json=as_json),
        rhythm=Rhythm(every_s=every, quiet_s=quiet, patience_s=patience, anyway_s=anyway),
    )
    # As an interruption from the keyboard: a build under way is left, and publishes nothing.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    say(f"watching {str(settings.corpus)!r}")
    try:
        watcher.run()
    except KeyboardInterrupt:
        say("stopped; the index in use is what it was")


def _builder(settings: Settings, *, as_json: bool) -> Callable[[Mapping[str, Seen]], None]:
    """What builds, with an encoder that stays."""
    encoder = encoder_of(settings)
    published = threading.Event()
    asking = partial(_ask_saved, settings, encoder, published)
    threading.Thread(target=asking, name="saved-questions", daemon=True).start()

    def build(settled: Mapping[str, Seen]) -> None:
        from wgsearch.index.build import build as build_index  # noqa: PLC0415 - loads FAISS
        from wgsearch.index.build import paper_reader  # noqa: PLC0415 - likewise
        from wgsearch.index.reading import settled_only  # noqa: PLC0415 - likewise
        from wgsearch.watching import seen_of  # noqa: PLC0415 - likewise

        def is_settled(root: Path, file: str) -> bool:
            return settled.get(file) == seen_of(root, file)

        reader = settled_only(paper_reader(), is_settled, _known(settings.index))
        report = build_index(settings.corpus, settings.index, encoder, reader=reader)
        _tell(report, as_json=as_json)
        if report.published:
            published.set()

    return build


def _ask_saved(settings: Settings, encoder: Encoder, published: threading.Event) -> None:
    """
    Ask the saved questions after builds, beside the next ones.

    A service that answers slowly delays no paper; what was published meanwhile is asked next.
    """

    def engine() -> LocalEngine:
        from wgsearch.search import LocalEngine  # noqa: PLC0415 - loads FAISS

        return LocalEngine(settings.index, encoder, earlier=True)

    while published.wait():
        published.clear()
        answer_saved(settings, engine, tries=_TRIES)


def _known(index: Path) -> dict[str, str]:
    """Digests of the files that the index holds, or could not read."""
    from wgsearch.index.manifest import read_manifest  # noqa: PLC0415 - loads what reads indexes
    from wgsearch.index.publish import current, folder_of  # noqa: PLC0415 - likewise

    try:
        manifest = read_manifest(folder_of(index, current(index)))
    except IndexStateError:
        return {}  # the build says so, or makes the first one
    held = {each.file: each.digest for each in manifest.papers}
    return held | {each.file: each.digest for each in manifest.failed}


def _tell(report: BuildReport, *, as_json: bool) -> None:
    """What a build did; nothing where nothing changed."""
    if not report.published:
        return
    if as_json:
        sys.stdout.write(json.dumps(report.to_json(), ensure_ascii=False) + "\n")
        sys.stdout.flush()
    else:
        printed.build_report(console(), report)


def _failed(*, as_json: bool) -> Callable[[Exception], None]:
    """What tells why a look or a build failed; the same reason is told once."""
    last: list[str] = []

    def failed(error: Exception) -> None:
        told = str(error) or type(error).__name__
        if [told] == last:
            return
        last[:] = [told]
        if as_json:
            sys.stdout.write(json.dumps({"error": told}, ensure_ascii=False) + "\n")
            sys.stdout.flush()
        say(f"wgsearch: {told}; watching goes on")
        if not isinstance(error, WgsearchError | OSError):
            traceback.print_exception(error)  # a mistake of ours: whoever mends it needs it all

    return failed
