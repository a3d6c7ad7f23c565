"""haystack: its converters, cleaner and splitter, its in-memory store kept in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract import Stored, model_path, papers, run
from haystack import Pipeline
from haystack.components.converters import DOCXToDocument, PyPDFToDocument, TextFileToDocument
from haystack.components.preprocessors import DocumentCleaner, DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contract import Timed

_CONVERTERS = {".pdf": PyPDFToDocument, ".docx": DOCXToDocument, ".txt": TextFileToDocument}
_FILE = "store.json"


def ingest(folder: Path, store: Path, timed: Timed) -> Stored:
    """Convert, clean, split at 200 words, encode, write; save the store."""
    with timed("reading"):
        documents = [
            document
            for suffix, converter in _CONVERTERS.items()
            if (files := [each for each in papers(folder) if each.suffix.lower() == suffix])
            for document in converter().run(sources=files)["documents"]
        ]
    with timed("splitting"):
        cleaned = DocumentCleaner().run(documents=documents)["documents"]
        chunks = DocumentSplitter(split_by="word").run(documents=cleaned)["documents"]
    with timed("encoding"):
        encoder = SentenceTransformersDocumentEmbedder(model=model_path())
        encoder.warm_up()
        encoded = encoder.run(documents=chunks)["documents"]
    with timed("indexing"):
        written = InMemoryDocumentStore(embedding_similarity_function="cosine")
        DocumentWriter(written).run(documents=encoded)
        store.mkdir(parents=True)
        written.save_to_disk(str(store / _FILE))
    names = {chunk.meta["file_path"] for chunk in chunks}
    return Stored(chunks=lambda: [chunk.content for chunk in chunks], papers=len(names))


def open_store(store: Path) -> Callable[[str, int], list[str]]:
    """A pipeline over the store: encode the question, retrieve."""
    kept = InMemoryDocumentStore.load_from_disk(str(store / _FILE))
    asking = Pipeline()
    encoder = SentenceTransformersTextEmbedder(model=model_path(), progress_bar=False)
    asking.add_component("encoder", encoder)
    asking.add_component("retriever", InMemoryEmbeddingRetriever(kept))
    asking.connect("encoder.embedding", "retriever.query_embedding")

    def answer(question: str, k: int) -> list[str]:
        found = asking.run({"encoder": {"text": question}, "retriever": {"top_k": k}})
        return [document.content for document in found["retriever"]["documents"]]

    return answer


if __name__ == "__main__":
    run(ingest, open_store)
