"""Our side: `wgsearch build`, `wgsearch search` for the cold answer, the engine for warm ones."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from contract import Stored, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from contract import Timed

_WGSEARCH = (sys.executable, "-m", "wgsearch.cli")


def ingest(folder: Path, store: Path, timed: Timed) -> Stored:
    """The shipped command, as people call it; its report tells the parts."""
    started = time.perf_counter()
    report = _json("build", "--corpus", str(folder), "--index", str(store))
    took, papers = report["seconds"], report["papers"]
    timed.parts |= {
        "imports": time.perf_counter() - started - took["total"],
        "reading": took["read"],
        "encoding": took["embed"],
        "indexing": took["index"],
    }
    return Stored(chunks=lambda: list(_encoded(store)), papers=papers["read"])


def first(store: Path, question: str, k: int) -> list[str]:
    """The shipped command in a process of its own; starting this one is counted on top."""
    found = _json("search", question, "-k", str(k), "--index", str(store))
    return [hit["text"] for hit in found["hits"]]


def open_store(store: Path) -> Callable[[str, int], list[str]]:
    """The engine in this process, made as the commands make it."""
    from wgsearch.cli.terminal import engine_of, settings_of
    from wgsearch.search import Query

    engine = engine_of(settings_of(index=store))

    def answer(question: str, k: int) -> list[str]:
        hits = engine.search(Query(text=question, k=k)).hits
        return [hit.passage.text for hit in hits]

    return answer


def _encoded(store: Path) -> Iterator[str]:
    """The texts that were encoded."""
    from wgsearch.answers import Filters
    from wgsearch.cli.terminal import engine_of, settings_of
    from wgsearch.passages import embedded_text

    engine = engine_of(settings_of(index=store))
    for entry in engine.papers(Filters()):
        yield from map(embedded_text, engine.passages(entry.symbol, entry.language))


def _json(*arguments: str) -> dict[str, object]:
    """The one object that a command prints."""
    done = subprocess.run([*_WGSEARCH, *arguments, "--json"], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


if __name__ == "__main__":
    run(ingest, open_store, first)
