"""
generation -> a collection that is whole, and an alias that stands for it.

Why compared before the alias: whoever asks follows the alias, and a collection that was killed
half-way answers as readily as a whole one, with what it has.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from wgsearch.cluster.expression import OneOf, plain, under
from wgsearch.cluster.records import Shape, cut
from wgsearch.errors import CollectionDamagedError, CollectionMissingError
from wgsearch.index.places import current, number_of
from wgsearch.index.snapshot import open_named
from wgsearch.index.vectors import EXACT_ROWS
from wgsearch.papers import symbols
from wgsearch.passages import citation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from wgsearch.answers import PaperEntry
    from wgsearch.cluster.milvus import Milvus
    from wgsearch.index.snapshot import Snapshot
    from wgsearch.passages import Passage

# Rows put in at a time: with vectors of 384 numbers and texts about 2 MB.
_BATCH = 500
# Rows that are read back and searched again before anybody else may.
_SAMPLED = 64
# Collections that are kept beside the one in use, and of these so many ready to be searched.
KEPT, LOADED = 2, 1
# Vectors come back as they were, scores are computed elsewhere in another order.
_TOLERANCE = 1e-4
_VERSION = 1


class Note(BaseModel):
    """
    What a collection was made of, as a property of it holds it.

    Attributes:
        wgsearch: Version of the meaning of its fields.
        generation: Name of the generation.
        content_digest: That of its manifest.
        encoder: Identity of its encoder.
        passages: How many rows it has when it is whole.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    wgsearch: int = _VERSION
    generation: str
    content_digest: str
    encoder: str
    passages: int


class Listed(NamedTuple):
    """
    A collection.

    Attributes:
        name: Its name.
        note: What it was made of; None where that cannot be read.
        in_use: The alias stands for it.
    """

    name: str
    note: Note | None
    in_use: bool


class Used(NamedTuple):
    """
    The collection that an alias stands for.

    Attributes:
        name: Its name.
        note: What it was made of.
    """

    name: str
    note: Note


class Published(NamedTuple):
    """
    What publishing came to.

    Attributes:
        collection: The collection in use now.
        generation: The generation that it is made of.
        before: The collection in use before; None for none.
        loaded: Rows that were put in; 0 where the collection was there and whole.
        dropped: Collections that were removed.
        seconds: How long it took.
    """

    collection: str
    generation: str
    before: str | None
    loaded: int
    dropped: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """
    How rows are put in.

    Attributes:
        rows_per_s: No more than so many a second; None for as many as are taken.
        exact_rows: Up to so many rows are all compared with each question.
        progress: Told how many rows are in, of how many.
    """

    rows_per_s: int | None = None
    exact_rows: int = EXACT_ROWS
    progress: Callable[[int, int], None] = lambda _done, _count: None


def publish(
    server: Milvus,
    index: Path,
    alias: str,
    pace: Pace | None = None,
) -> Published:
    """
    Make the generation in use the one that is searched on a server.

    The generation itself is read only; the collection in use before is kept.

    Args:
        server: The server.
        index: The index folder.
        alias: What servers of answers follow.
        pace: How rows are put in.

    Raises:
        CollectionDamagedError: What was put in does not come back as it was; the alias stays.
        PartGoneError: The server does not answer.
    """
    began = time.monotonic()
    snapshot = open_named(index, current(index))
    note = Note(
        generation=snapshot.name,
        content_digest=snapshot.manifest.content_digest,
        encoder=snapshot.manifest.encoder,
        passages=snapshot.manifest.passages,
    )
    there = listed(server, alias)
    before = next((each.name for each in there if each.in_use), None)
    same = [each.name for each in there if _is_whole(server, each, note)]
    spoilt = [name for name in same if not _is_right(server, name, snapshot, note)]
    right = [name for name in same if name not in spoilt]
    pace, loaded = pace or Pace(), 0
    if right:
        name = right[0]
    else:
        name = _free_name(alias, snapshot.name, [each.name for each in there])
        loaded = _fill(server, name, snapshot, note, pace)
        try:
            check(server, name, snapshot, note)
        except CollectionDamagedError:
            server.drop(name)  # it has all its rows, and would be taken for whole
            raise
    server.point(alias, name)
    for each in spoilt:
        server.drop(each)
    dropped = (*spoilt, *_tidied(server, alias, name))
    return Published(
        collection=name,
        generation=snapshot.name,
        before=before,
        loaded=loaded,
        dropped=dropped,
        seconds=time.monotonic() - began,
    )


def listed(server: Milvus, alias: str) -> tuple[Listed, ...]:
    """Collections that were made for an alias, oldest generation first."""
    used = server.collection(alias)
    names = [name for name in server.collections() if name.startswith(f"{alias}_g")]
    found = [each for each in map(server.collection, names) if each]
    each = [Listed(one.name, _note(one.note), in_use=one == used) for one in found]
    return tuple(
        sorted(
            each,
            key=lambda one: (number_of(one.note.generation) if one.note else -1, one.name),
        )
    )


def demanded(server: Milvus, alias: str, timeout_s: float = 10.0) -> Used:
    """
    The collection that an alias stands for.

    Args:
        server: The server.
        alias: The alias.
        timeout_s: How long it may take to say.

    Raises:
        CollectionMissingError: It stands for none.
        CollectionDamagedError: It stands for one that is not ours.
    """
    found = server.collection(alias, timeout_s)
    if found is None:
        raise CollectionMissingError(
            f"the Milvus server at {server.name!r} has no alias {alias!r}; "
            "run `wgsearch cluster publish`, or mend WGSEARCH_MILVUS_ALIAS"
        )
    note = _note(found.note)
    if note is None:
        raise CollectionDamagedError(
            f"alias {alias!r} at {server.name!r} stands for {found.name!r}, which wgsearch "
            "did not make or a later version did; run `wgsearch cluster publish` with another "
            "WGSEARCH_MILVUS_ALIAS"
        )
    return Used(found.name, note)


def rollback(server: Milvus, alias: str) -> tuple[str, str]:
    """
    Make the collection before the one in use the one in use, once it proved to have all rows.

    Returns:
        The name in use before, and the one now.

    Raises:
        CollectionMissingError: There is none before.
        CollectionDamagedError: It lacks rows; the one in use stays.
    """
    used = demanded(server, alias)
    there = listed(server, alias)
    earlier = there[: [each.name for each in there].index(used.name)]
    if not earlier or earlier[-1].note is None:
        raise CollectionMissingError(
            f"no collection before {used.name!r} at {server.name!r}; there are: "
            f"{', '.join(each.name for each in there)}"
        )
    target, note = earlier[-1].name, earlier[-1].note
    server.load(target)
    demand_count(server, target, note)
    server.point(alias, target)
    return used.name, target


def demand_count(server: Milvus, name: str, note: Note) -> None:
    """
    A collection has all its rows.

    Raises:
        CollectionDamagedError: It has not.
    """
    found = server.count(name)
    if found != note.passages:
        raise CollectionDamagedError(
            f"collection {name!r} at {server.name!r} has {found} of {note.passages} passages; "
            "run `wgsearch cluster publish`"
        )


def check(server: Milvus, name: str, snapshot: Snapshot, note: Note) -> None:
    """
    A collection holds what a generation holds: all rows, and a sample of them word for word.

    Raises:
        CollectionDamagedError: It does not.
    """
    demand_count(server, name, note)
    count = snapshot.manifest.passages
    rows = np.unique(np.linspace(0, count - 1, num=min(count, _SAMPLED), dtype=np.int64)).tolist()
    found = {
        int(each["row"]): each
        for each in server.fetch(name, OneOf("row", tuple(rows)), ("paper", "text", "vector"))
    }
    wrong: list[str] = []
    for row, passage in zip(rows, snapshot.store.passages(rows), strict=True):
        own = snapshot.vectors.stored(range(row, row + 1))[0]
        there = found.get(row)
        if (
            there is None
            or int(there["paper"]) != int(snapshot.store.paper_of[row])
            or there["text"] != cut(passage.text)
            or np.abs(np.asarray(there["vector"], dtype=np.float32) - own).max() > _TOLERANCE
        ):
            wrong.append(f"row {row} is another one")
            continue
        best = server.search(name, own, 1)
        if not len(best.rows) or abs(float(best.scores[0]) - 1) > _TOLERANCE:
            wrong.append(f"row {row} is not found by its own vector")
    if wrong:
        raise CollectionDamagedError(
            f"collection {name!r} at {server.name!r} is not what was put in: {len(wrong)} of "
            f"{len(rows)} rows looked at, {wrong[0]}; the collection in use stays; "
            "run `wgsearch cluster publish` again"
        )


def _fill(server: Milvus, name: str, snapshot: Snapshot, note: Note, pace: Pace) -> int:
    """Make a collection and put all rows in."""
    count = note.passages
    exact = count <= pace.exact_rows
    server.create(name, _shape(snapshot), note.model_dump_json(), exact=exact)
    began, done = time.monotonic(), 0
    records = _records(snapshot)
    while some := list(islice(records, _BATCH)):
        server.insert(name, some)
        done += len(some)
        pace.progress(done, count)
        if pace.rows_per_s:
            time.sleep(max(0.0, done / pace.rows_per_s - (time.monotonic() - began)))
    server.seal(name, exact=exact)
    return done


def _shape(snapshot: Snapshot) -> Shape:
    """How long the longest of each field is."""
    entries = snapshot.store.entries
    keys = [_keys(each) for each in entries]
    return Shape(
        dimension=snapshot.manifest.dimension,
        key_bytes=max((len(key.encode()) for each in keys for key in each), default=1) + 1,
        keys=max((len(under(each)) for each in keys), default=1) + 1,
        body_bytes=max((len((each.body or "").casefold().encode()) for each in entries), default=1)
        + 1,
        citation_bytes=1024,
        warnings=max((len(each.warning_codes) for each in entries), default=1) + 1,
    )


def _records(snapshot: Snapshot) -> Iterator[dict[str, object]]:
    """Rows as they are put in."""
    store = snapshot.store
    for number, entry in enumerate(store.entries):
        own = _of_paper(entry, number, replaced=bool(store.replaced[number]))
        rows = store.rows_of(number)
        vectors = snapshot.vectors.stored(rows)
        for row, passage, vector in zip(rows, store.passages(rows), vectors, strict=True):
            yield own | _of_passage(passage) | {"row": row, "vector": vector}


def _of_paper(entry: PaperEntry, number: int, *, replaced: bool) -> dict[str, object]:
    """Fields that all passages of a paper share."""
    keys = _keys(entry)
    return {
        "paper": number,
        "kind": str(entry.kind),
        "body": plain((entry.body or "").casefold()),
        "year": int(entry.date[:4]) if entry.date else -1,
        "languages": entry.language.split("+"),
        "own": sorted(map(plain, keys)),
        "under": [*map(plain, under(keys))],
        "warnings": list(entry.warning_codes),
        "replaced": replaced,
    }


def _of_passage(passage: Passage) -> dict[str, object]:
    """Fields of one passage."""
    return {
        "text": cut(passage.text),
        "citation": citation(passage)[:256],
        "recommends": passage.recommendation is not None,
    }


def _keys(entry: PaperEntry) -> set[str]:
    """What a paper's symbols are compared by."""
    return {symbols.key(each) for each in (entry.symbol, *entry.symbols)}


def _is_whole(server: Milvus, each: Listed, note: Note) -> bool:
    """Whether a collection is what would be made, and has all its rows."""
    if each.note != note:
        return False
    server.load(each.name)
    return server.count(each.name) == note.passages


def _is_right(server: Milvus, name: str, snapshot: Snapshot, note: Note) -> bool:
    """Whether a collection that is there holds what it should."""
    try:
        check(server, name, snapshot, note)
    except CollectionDamagedError:
        return False
    return True


def _free_name(alias: str, generation: str, taken: list[str]) -> str:
    """A name that no collection has: one that is half made keeps its own until it is dropped."""
    stem = f"{alias}_{generation.replace('-', '_')}"
    number = 1
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"


def _tidied(server: Milvus, alias: str, used: str) -> tuple[str, ...]:
    """Drop collections that nobody goes back to, half-made ones first; let go of some memory."""
    there = listed(server, alias)
    others = [each for each in there if each.name != used]
    whole = [each for each in others if each.note and _has_all(server, each)]
    kept = [each.name for each in whole[-KEPT:]]
    gone = tuple(each.name for each in others if each.name not in kept)
    for name in gone:
        server.drop(name)
    for name in kept[:-LOADED]:
        server.release(name)
    return gone


def _has_all(server: Milvus, each: Listed) -> bool:
    """Whether an earlier collection has all its rows."""
    if each.note is None:
        return False
    server.load(each.name)
    return server.count(each.name) == each.note.passages


def _note(text: str | None) -> Note | None:
    """What a description says; None where wgsearch did not write it, or a later version."""
    try:
        found = Note.model_validate_json(text or "")
    except ValidationError:
        return None
    return found if found.wgsearch == _VERSION else None
