"""
pypdf, sentence-transformers and FAISS Flat, put together by hand.

It also makes the questions of the comparison: sentences of the papers, as its own reader
(not ours) gives them.

    python hand_peer.py questions FOLDER COUNT > questions.json
"""

from __future__ import annotations

import json
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import faiss
from by_hand import cut, read
from contract import Stored, model_path, papers, run
from sentence_transformers import SentenceTransformer

if TYPE_CHECKING:
    from collections.abc import Callable

    from contract import Timed

# Words of a sentence that is asked: long enough to be found again, as short as questions are.
_FEWEST, _MOST = 8, 25


def ingest(folder: Path, store: Path, timed: Timed) -> Stored:
    """Read, cut, encode, write a FAISS index and the texts beside it."""
    with timed("reading"):
        texts = read(papers(folder))
    chunks = [chunk for text in texts.values() for chunk in cut(text)]
    with timed("encoding"):
        vectors = SentenceTransformer(model_path()).encode(chunks, normalize_embeddings=True)
    with timed("indexing"):
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        store.mkdir(parents=True)
        faiss.write_index(index, str(store / "vectors.faiss"))
        (store / "texts.json").write_text(json.dumps(chunks), encoding="utf-8")
    return Stored(chunks=lambda: chunks, papers=len(texts))


def open_store(store: Path) -> Callable[[str, int], list[str]]:
    """The index, the texts and the encoder, loaded."""
    model = SentenceTransformer(model_path())
    index = faiss.read_index(str(store / "vectors.faiss"))
    chunks = json.loads((store / "texts.json").read_text(encoding="utf-8"))

    def answer(question: str, k: int) -> list[str]:
        _, rows = index.search(model.encode([question], normalize_embeddings=True), k)
        return [chunks[row] for row in rows[0] if row >= 0]

    return answer


def sentences(folder: Path, count: int) -> list[str]:
    """So many sentences of the papers, no two alike, the same ones each time."""
    found = {}
    for text in read(papers(folder)).values():
        for each in re.split(r"(?<=[.;:])\s+", " ".join(text.split())):
            if len(re.findall(r"[^\W\d_]{2,}", each)) >= _FEWEST and len(each.split()) <= _MOST:
                found[each] = None
    return random.Random(0).sample(list(found), min(count, len(found)))  # noqa: S311 - a sample


if __name__ == "__main__":
    if sys.argv[1:2] == ["questions"]:
        print(json.dumps(sentences(Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        run(ingest, open_store)
