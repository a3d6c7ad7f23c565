"""
papers and vectors -> the parts of a generation, in a folder beside the one in use.

Why at the same time: tantivy, FAISS and SQLite compute without Python, so that words are
written while vectors are put in order and verdicts are calibrated.
"""

from __future__ import annotations

import contextlib
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.errors import IndexDamagedError
from wgsearch.glossary import load as glossaries
from wgsearch.glossary.match import all_stems
from wgsearch.index import manifest as manifests
from wgsearch.index.analysis import unpack
from wgsearch.index.calibration import calibrate
from wgsearch.index.disk import DISK, Disk
from wgsearch.index.manifest import VectorMethod
from wgsearch.index.posting import write_analysed
from wgsearch.index.sayings import SAYINGS, Sayings, sayings, write_sayings
from wgsearch.index.shelf import Shelved, merge, runs
from wgsearch.index.snapshot import (
    GLOSSARY,
    LEXICAL,
    STORE,
    TOKENS,
    VECTORS,
    check_parts,
    readable_rows,
)
from wgsearch.index.store import Store
from wgsearch.index.terms import telling_tokens
from wgsearch.index.tokens import StoredTokens, TokenIndex, token_rows, write_token_rows
from wgsearch.index.vectors import VectorIndex, write_vectors
from wgsearch.passages import embedded_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from wgsearch.embedding import Encoder, Vectors
    from wgsearch.glossary.entries import Entry
    from wgsearch.index.encoding import Encoding
    from wgsearch.index.intake import Reading
    from wgsearch.index.manifest import Manifest
    from wgsearch.index.reading import Progress
    from wgsearch.index.tokens import TokenRows
    from wgsearch.index.vectors import WrittenVectors

# Papers as they come; gone before the generation is published.
SHELF = "shelf.sqlite"
# So many passages at a time are read again.
_SAID = 1024


def write_parts(
    folder: Path,
    reading: Reading,
    encoding: Encoding,
    manifest: Manifest,
    *,
    encoder: Encoder,
    previous: Path | None,
    glossary: str,
    tell: Progress,
    disk: Disk = DISK,
) -> Manifest:
    """Write all parts, words and vectors at the same time; the manifest with what was written."""
    merge(folder / STORE, reading.papers, reading.left_out)
    disk.unlink(folder / SHELF)
    disk.write(folder / GLOSSARY, glossary.encode())
    _write_sayings(folder, reading, previous, disk)
    tell("index", 1, 3)
    # tantivy, FAISS and SQLite compute without Python, so that one hardly waits for the other.
    with ThreadPoolExecutor(1) as beside, contextlib.closing(Store(folder / STORE)) as store:
        words = beside.submit(_write_words, folder, reading, disk)
        written = _write_vectors(folder, reading, encoding, encoder, previous, disk=disk)
        tell("embed", reading.passages, reading.passages)
        calibration = calibrate(
            encoder,
            VectorIndex(folder / VECTORS, written.method),
            TokenIndex(folder / TOKENS) if encoder.has_tokens else None,
            readable_rows(store, encoder.identity),
        )
        words.result()
    complete = manifest.model_copy(
        update={
            "files": manifests.records_of(folder),
            "calibration": calibration,
            "vectors": written.method,
        }
    )
    if any(complete.files[f"{VECTORS}/{name}"] != each for name, each in written.files.items()):
        raise IndexDamagedError(
            f"{VECTORS} on the disk is not what was written; check the disk of {str(folder)!r}"
        )
    check_parts(folder, complete)
    tell("index", 2, 3)
    return complete


def packed_terms(glossary: Sequence[Entry], same: Path | None) -> str:
    """
    The terms as a generation keeps them, with their stems.

    Args:
        glossary: The terms.
        same: Folder of a generation that keeps the same ones: cutting their stems again would
            take half a second.
    """
    if same:
        return (same / GLOSSARY).read_text(encoding="utf-8")
    return glossaries.pack(glossary, all_stems(glossary, telling_tokens))


def _write_words(folder: Path, reading: Reading, disk: Disk) -> None:
    """The index of words, from what the store knows of passages."""
    disk.make(folder / LEXICAL)
    terms: Counter[str] = Counter()
    for each in reading.papers:
        terms.update(each.held.card.lengths)
    with contextlib.closing(Shelved(folder / STORE)) as store:
        passages = (
            (number, passage)
            for number, packed in enumerate(store.words())
            for passage in unpack(packed)
        )
        write_analysed(folder / LEXICAL, passages, terms, reading.passages)


def _write_sayings(folder: Path, reading: Reading, previous: Path | None, disk: Disk) -> None:
    """What passages cannot repeat: of papers that did not change from the generation before."""
    with contextlib.closing(Store(folder / STORE)) as store:
        parts = _saying_parts(store, reading, previous)
        write_sayings(folder / SAYINGS, reading.passages, parts, disk)


def _saying_parts(
    store: Store, reading: Reading, previous: Path | None
) -> Iterator[NDArray[np.uint64]]:
    """The numbers of all rows, in order; some at a time."""
    old = previous and Sayings(previous / SAYINGS)
    for run in runs(reading.papers):
        if old and previous and run.shelf == previous / STORE:
            yield old.of(run.taken_rows)
            continue
        for start in range(run.rows.start, run.rows.stop, _SAID):
            yield sayings(store.said(range(start, min(start + _SAID, run.rows.stop))))


def _write_vectors(
    folder: Path,
    reading: Reading,
    encoding: Encoding,
    encoder: Encoder,
    previous: Path | None,
    *,
    disk: Disk,
) -> WrittenVectors:
    """
    Vectors and tokens: of papers that did not change from the generation before, else from the
    cache.

    Args:
        folder: Where to.
        reading: The papers.
        encoding: What knows the cache.
        encoder: What encoded them.
        previous: Folder of the generation before; None where its encoder was another one.
        disk: What writes.
    """
    rows = np.zeros((reading.passages, encoder.dimension), dtype=np.float32)
    parts = _vector_parts(folder, reading, encoding, previous, rows)
    if encoder.has_tokens:
        disk.make(folder / TOKENS)
        write_token_rows(folder / TOKENS, parts, disk)
    else:
        deque(parts, maxlen=0)
    return write_vectors(folder / VECTORS, rows, disk=disk)


def _vector_parts(
    folder: Path, reading: Reading, encoding: Encoding, previous: Path | None, into: Vectors
) -> Iterator[TokenRows]:
    """Tokens of all rows, in order, while vectors are put where they belong."""
    old = previous and VectorIndex(previous / VECTORS, VectorMethod(kind="exact"))
    old_tokens = previous and (previous / TOKENS).is_dir() and StoredTokens(previous / TOKENS)
    with (
        contextlib.closing(Shelved(folder / STORE)) as shelved,
        contextlib.closing(Store(folder / STORE)) as store,
    ):
        for run in runs(reading.papers):
            start = run.rows.start
            here = into[start : run.rows.stop]
            if old and previous and run.shelf == previous / STORE:
                here[:] = old.stored(run.taken_rows)
                if old_tokens:
                    yield from old_tokens.rows(run.taken_rows)
                continue

            def texts_of(places: Sequence[int], start: int = start) -> list[str]:
                return [embedded_text(p) for p in store.passages([start + at for at in places])]

            yield from token_rows(encoding.gather(shelved.keys(run.papers), texts_of, here))
