"""txtai: an embeddings database that keeps the texts, saved to a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from by_hand import cut, read
from contract import Stored, model_path, papers, run
from txtai import Embeddings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contract import Timed


def ingest(folder: Path, store: Path, timed: Timed) -> Stored:
    """Read and cut by hand (its own reader of PDF is a Java program); it does the rest."""
    with timed("reading"):
        texts = read(papers(folder))
    chunks = [chunk for text in texts.values() for chunk in cut(text)]
    with timed("encoding and indexing"):
        embeddings = Embeddings(path=model_path(), content=True)
        embeddings.index(chunks)
        embeddings.save(str(store))
    return Stored(chunks=lambda: chunks, papers=len(texts))


def open_store(store: Path) -> Callable[[str, int], list[str]]:
    """The database, loaded."""
    embeddings = Embeddings()
    embeddings.load(str(store))

    def answer(question: str, k: int) -> list[str]:
        return [found["text"] for found in embeddings.search(question, k)]

    return answer


if __name__ == "__main__":
    run(ingest, open_store)
