"""LangChain with FAISS: loaders, the recursive splitter of its tutorials, a saved FAISS store."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from contract import Stored, model_path, papers, run
from langchain_community.document_loaders import Docx2txtLoader, PyPDFLoader, TextLoader
from langchain_community.vectorstores import FAISS
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contract import Timed

_LOADERS = {".pdf": PyPDFLoader, ".docx": Docx2txtLoader, ".txt": TextLoader}


def ingest(folder: Path, store: Path, timed: Timed) -> Stored:
    """Load pages, split them at 1,000 characters with 200 of overlap, index, save."""
    pages = []
    with timed("reading"):
        for path in papers(folder):
            try:
                pages += _LOADERS[path.suffix.lower()](str(path)).load()
            except Exception as error:  # noqa: BLE001 - loaders raise whatever a bad file makes them
                print(f"{path.name}: {error}", file=sys.stderr)
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    with timed("splitting"):
        chunks = splitter.split_documents(pages)
    with timed("encoding and indexing"):
        encoder = HuggingFaceEmbeddings(model_name=model_path())
        FAISS.from_documents(chunks, encoder).save_local(str(store))
    names = {chunk.metadata["source"] for chunk in chunks}
    return Stored(chunks=lambda: [chunk.page_content for chunk in chunks], papers=len(names))


def open_store(store: Path) -> Callable[[str, int], list[str]]:
    """The store, loaded; it is a pickle of our own."""
    found = FAISS.load_local(
        str(store),
        HuggingFaceEmbeddings(model_name=model_path()),
        allow_dangerous_deserialization=True,
    )

    def answer(question: str, k: int) -> list[str]:
        return [each.page_content for each in found.similarity_search(question, k=k)]

    return answer


if __name__ == "__main__":
    run(ingest, open_store)
