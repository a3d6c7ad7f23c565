"""
a generation -> Inspected: everything in it compared with everything else, and searched again.

Why beside checksums: they tell that files are what was written, not that what was written is
right. Here each paper's record is digested again, each vector is traced to the text it was made
of, and a sample of rows is looked for in both legs and by plain comparison of all rows.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgsearch.embedding import key_of
from wgsearch.errors import IndexDamagedError
from wgsearch.index.analysis import analysed, pack, unpack
from wgsearch.index.lease import Lease
from wgsearch.index.lexical import Phrase, Within
from wgsearch.index.manifest import (
    MANIFEST,
    check_files,
    content_digest,
    digest_of,
    read_manifest,
    records_of,
)
from wgsearch.index.places import existing, folder_of
from wgsearch.index.shelf import Shelved
from wgsearch.index.snapshot import STORE, open_folder
from wgsearch.passages import embedded_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from wgsearch.index.analysis import Analysed
    from wgsearch.index.manifest import Manifest
    from wgsearch.index.snapshot import Snapshot

# Rows that are searched again, spread evenly over all.
SAMPLED = 64
_BEST = 10
# Words of a passage that are looked for together.
_WORDS = 8
# Cosines of float32 rows, added up in another order.
_TOLERANCE = 1e-5
# Of one check, so many faults are told.
_TOLD = 5


class Check(NamedTuple):
    """
    One thing that was looked at.

    Attributes:
        name: What.
        looked_at: How many of it.
        faults: What is wrong, the first few.
    """

    name: str
    looked_at: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """
    What was found in a generation whose files are what was written.

    Attributes:
        generation: Its name.
        manifest: What it was built from.
        checks: What was looked at.
    """

    generation: str
    manifest: Manifest
    checks: tuple[Check, ...]

    @property
    def whole(self) -> bool:
        """Nothing is wrong."""
        return not any(each.faults for each in self.checks)


def inspect(index: Path, name: str, *, sampled: int = SAMPLED) -> Inspected:
    """
    Look at everything in a generation.

    Args:
        index: The index folder.
        name: Name of the generation.
        sampled: How many rows to search again.

    Raises:
        IndexMissingError: There is no such generation.
        IndexDamagedError: A file is not what was written: nothing is loaded then.
        SchemaMismatchError: Another version of wgsearch wrote it.
    """
    folder = folder_of(index, existing(index, name))
    with contextlib.closing(Lease(folder)):
        manifest = read_manifest(folder)
        check_files(folder, manifest)
        snapshot = open_folder(folder, manifest)
        with (
            contextlib.closing(snapshot.store),
            contextlib.closing(Shelved(folder / STORE)) as shelved,
        ):
            checks = (
                _files(folder, manifest),
                *_papers(snapshot, shelved),
                _meaning(snapshot, _spread(manifest.passages, sampled)),
                _words(snapshot, shelved, _spread(manifest.passages, sampled)),
            )
    return Inspected(generation=name, manifest=manifest, checks=checks)


def demand(inspected: Inspected) -> None:
    """
    Refuse a generation in which something is wrong.

    Raises:
        IndexDamagedError: Names the faults.
    """
    faults = [fault for each in inspected.checks for fault in each.faults]
    if faults:
        raise IndexDamagedError(
            f"generation {inspected.generation!r} is not what it should be: {'; '.join(faults)}; "
            "run `wgsearch build --full`"
        )


def _files(folder: Path, manifest: Manifest) -> Check:
    """No file lies there that the manifest does not know."""
    strange = sorted(records_of(folder).keys() - manifest.files.keys())
    return _check(
        "files", len(manifest.files) + 1, (f"file {s!r} is not in the {MANIFEST}" for s in strange)
    )


def _papers(snapshot: Snapshot, shelved: Shelved) -> Iterator[Check]:
    """Digests of papers, keys of vectors and words of passages, made again from what is stored."""
    store, manifest = snapshot.store, snapshot.manifest
    wrong: dict[str, list[str]] = {"papers": [], "vectors": [], "words": []}
    digests = []
    stored = {each.file: each for each in manifest.papers}
    for held, record, packed in zip(
        shelved.held(), shelved.records(), shelved.words(), strict=True
    ):
        rows = store.rows_of(held.number)
        passages = store.passages(rows)
        texts = [embedded_text(each) for each in passages]
        digests.append((held.card.content, record.added))
        content = digest_of((record.paper, record.agenda or "", *texts))
        if content != held.card.content or stored[held.card.file].digest != held.card.digest:
            wrong["papers"].append(f"the record of {held.card.file!r} is not what was read")
        one = range(held.number, held.number + 1)
        if shelved.keys(one) != [key_of(each) for each in texts]:
            wrong["vectors"].append(f"vectors of {held.card.file!r} are of other texts")
        if unpack(packed) != [_as_unpacked(analysed(each)) for each in passages]:
            # Also where they were written by another version, which read symbols otherwise.
            told = f"words of {held.card.file!r} are not what this version makes of its texts"
            wrong["words"].append(told)
    yield _check("papers", len(digests), wrong["papers"])
    yield _check("provenance of vectors", manifest.passages, wrong["vectors"])
    yield _check("provenance of words", manifest.passages, wrong["words"])
    whole = content_digest(manifest.encoder, manifest.dimension, manifest.glossary_digest, digests)
    differs = whole != manifest.content_digest
    yield _check("content digest", 1, ["the content digest is another one"] if differs else [])


def _meaning(snapshot: Snapshot, rows: Sequence[int]) -> Check:
    """Rows are asked for by their own vectors: the best are those of comparing all."""
    vectors, method = snapshot.vectors, snapshot.manifest.vectors
    every = vectors.stored(range(vectors.rows))
    faults = []
    for row in rows:
        asked = every[row]
        if abs(float(asked @ asked) - 1) > _TOLERANCE:
            faults.append(f"the vector of row {row} has not length 1")
            continue
        # The same product as the index takes: of equal rows, the same digits.
        scores = vectors.scores(asked, np.arange(vectors.rows))
        best = np.sort(scores)[::-1][:_BEST]
        found = vectors.top(asked, _BEST).scores
        # Codes may miss some of the ten; never the row itself.
        exact = len(best) if method.kind == "exact" else 1
        if len(found) != len(best) or np.abs(found[:exact] - best[:exact]).max() > _TOLERANCE:
            faults.append(f"row {row} is not found by its own vector as by comparing all")
    return _check("searched by meaning", len(rows), faults)


def _words(snapshot: Snapshot, shelved: Shelved, rows: Sequence[int]) -> Check:
    """Words of rows are asked for: those that have them are those of reading all."""
    wanted = set(rows)
    asked = {row: _some_words(words) for row, words in _texts(shelved) if row in wanted}
    having: dict[int, list[int]] = {row: [] for row in asked}
    for row, words in _texts(shelved):
        for one, phrase in asked.items():
            if f" {phrase} " in f" {words} ":
                having[one].append(row)
    faults = [
        f"row {row} is not found by its words as by reading all"
        for row, phrase in asked.items()
        if phrase
        and snapshot.lexical.matching(Within(phrases=(Phrase(phrase),))).tolist() != having[row]
    ]
    return _check("searched by words", len(asked), faults)


def _texts(shelved: Shelved) -> Iterator[tuple[int, str]]:
    """Words of all rows, in order."""
    passages = (each for packed in shelved.words() for each in unpack(packed))
    return ((row, each.words) for row, each in enumerate(passages))


def _some_words(words: str) -> str:
    """A few words that follow one another, from the middle."""
    every = words.split()
    start = max(0, (len(every) - _WORDS) // 2)
    return " ".join(every[start : start + _WORDS])


def _as_unpacked(passage: Analysed) -> Analysed:
    """As it comes out of the store: tuples have become lists."""
    return unpack(pack([passage]))[0]


def _spread(rows: int, sampled: int) -> tuple[int, ...]:
    """Some rows, the first and the last among them, the same ones each time."""
    count = min(rows, sampled)
    return tuple(sorted({round(at) for at in np.linspace(0, rows - 1, count).tolist()}))


def _check(name: str, count: int, faults: Iterable[str]) -> Check:
    return Check(name, count, tuple(islice(faults, _TOLD)))
