"""LanceDB: a table whose model names its source and its vector, encoded by its registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lancedb
from by_hand import cut, read
from contract import Stored, model_path, papers, run
from lancedb.embeddings import get_registry
from lancedb.pydantic import LanceModel, Vector

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contract import Timed

_ENCODER = get_registry().get("sentence-transformers").create(name=model_path())


class Chunk(LanceModel):
    """One row: a text, and its vector that the registry's encoder makes."""

    text: str = _ENCODER.SourceField()
    vector: Vector(_ENCODER.ndims()) = _ENCODER.VectorField()


def ingest(folder: Path, store: Path, timed: Timed) -> Stored:
    """Read and cut by hand; the table encodes and stores what is added."""
    with timed("reading"):
        texts = read(papers(folder))
    chunks = [chunk for text in texts.values() for chunk in cut(text)]
    with timed("encoding and indexing"):
        table = lancedb.connect(str(store)).create_table("papers", schema=Chunk)
        table.add([{"text": chunk} for chunk in chunks])
    return Stored(chunks=lambda: chunks, papers=len(texts))


def open_store(store: Path) -> Callable[[str, int], list[str]]:
    """The table, opened."""
    table = lancedb.connect(str(store)).open_table("papers")

    def answer(question: str, k: int) -> list[str]:
        return [row.text for row in table.search(question).limit(k).to_pydantic(Chunk)]

    return answer


if __name__ == "__main__":
    run(ingest, open_store)
