"""LlamaIndex: its folder reader, its default chunks, a vector index kept in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contract import Stored, model_path, run
from llama_index.core import (
    Settings,
    SimpleDirectoryReader,
    StorageContext,
    VectorStoreIndex,
    load_index_from_storage,
)
from llama_index.core.schema import MetadataMode
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contract import Timed


def ingest(folder: Path, store: Path, timed: Timed) -> Stored:
    """Read the folder, index its documents (chunks of 1,024 tokens), keep the index."""
    with timed("reading"):
        documents = SimpleDirectoryReader(str(folder)).load_data()
    with timed("encoding and indexing"):
        Settings.embed_model = HuggingFaceEmbedding(model_name=model_path())
        index = VectorStoreIndex.from_documents(documents)
        index.storage_context.persist(persist_dir=str(store))
    nodes = index.docstore.docs.values()
    return Stored(
        chunks=lambda: [node.get_content(metadata_mode=MetadataMode.EMBED) for node in nodes],
        papers=len({node.metadata["file_name"] for node in nodes}),
    )


def open_store(store: Path) -> Callable[[str, int], list[str]]:
    """The index, loaded, as a retriever."""
    Settings.embed_model = HuggingFaceEmbedding(model_name=model_path())
    index = load_index_from_storage(StorageContext.from_defaults(persist_dir=str(store)))

    def answer(question: str, k: int) -> list[str]:
        found = index.as_retriever(similarity_top_k=k).retrieve(question)
        return [each.node.get_content() for each in found]

    return answer


if __name__ == "__main__":
    run(ingest, open_store)
