"""Chroma: a persistent client, a collection with its sentence-transformers function."""

from __future__ import annotations

from typing import TYPE_CHECKING

import chromadb
from by_hand import cut, read
from chromadb.utils.embedding_functions import SentenceTransformerEmbeddingFunction
from contract import Stored, model_path, papers, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from chromadb.api.models.Collection import Collection
    from contract import Timed


def _collection(store: Path) -> tuple[chromadb.ClientAPI, Collection]:
    """The collection of a store, made where there is none."""
    client = chromadb.PersistentClient(
        path=str(store), settings=chromadb.Settings(anonymized_telemetry=False)
    )
    encoder = SentenceTransformerEmbeddingFunction(model_name=model_path())
    return client, client.get_or_create_collection("papers", embedding_function=encoder)


def ingest(folder: Path, store: Path, timed: Timed) -> Stored:
    """Read and cut by hand; the collection encodes and indexes what is added."""
    with timed("reading"):
        texts = read(papers(folder))
    chunks = [chunk for text in texts.values() for chunk in cut(text)]
    with timed("encoding and indexing"):
        client, collection = _collection(store)
        most = client.get_max_batch_size()
        for at in range(0, len(chunks), most):
            batch = chunks[at : at + most]
            collection.add(ids=[str(at + row) for row in range(len(batch))], documents=batch)
    return Stored(chunks=lambda: chunks, papers=len(texts))


def open_store(store: Path) -> Callable[[str, int], list[str]]:
    """The collection, opened."""
    _, collection = _collection(store)

    def answer(question: str, k: int) -> list[str]:
        return collection.query(query_texts=[question], n_results=k)["documents"][0]

    return answer


if __name__ == "__main__":
    run(ingest, open_store)
