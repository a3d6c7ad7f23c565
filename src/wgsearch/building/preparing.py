"""
corpus folder -> its papers read and its passages encoded in shards, where a build finds them.

Why a build then publishes as always: it takes what was read and encoded by content, and encodes
nothing itself, so that what it publishes is what it would have published alone.
"""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from wgsearch.building.parts import Parts
from wgsearch.building.shards import (
    EncodeShard,
    ReadShard,
    batch_address,
    paper_address,
    paper_at,
    reads_like,
    runs_of,
    unpacked,
)
from wgsearch.embedding import EmbeddingCache
from wgsearch.embedding.cache import BATCH
from wgsearch.errors import PartGoneError
from wgsearch.index.build import CACHE, known_of
from wgsearch.index.deciding import decide, survey
from wgsearch.index.encoding import Chunks
from wgsearch.index.intake import Intake, read_corpus
from wgsearch.index.reading import paper_reader
from wgsearch.index.tokens import SignCodec
from wgsearch.papers.children import read_papers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from wgsearch.building.shards import Read, Shard
    from wgsearch.embedding import Encoder
    from wgsearch.errors import PaperUnreadableError
    from wgsearch.index.deciding import Decision, Survey
    from wgsearch.index.reading import PaperReader, Progress
    from wgsearch.papers.paper import Paper

# What a lost worker costs: so many files, so many batches of 64 passages, are done again.
FILES_A_SHARD, BATCHES_A_SHARD = 8, 4


class Executor(Protocol):
    """What does shards somewhere."""

    def run(self, shards: Sequence[Shard]) -> Iterator[Outcome]:
        """Do all; one outcome a shard, as they are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """
    A shard that is done.

    Attributes:
        shard: The shard.
        made: How many of its parts were made now, by the worker that finished it.
        again: How often it was begun again, since its worker was lost.
    """

    shard: Shard
    made: int
    again: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """
    What was prepared.

    Attributes:
        reader: Gives the papers that were read; reads others itself.
        shards: Shards that had something to do.
        again: How many times one was begun again.
        papers: Papers that lie ready, those of earlier times too.
        encoded: Passages that were encoded for this build.
    """

    reader: PaperReader
    shards: int
    again: int
    papers: int
    encoded: int


class Here:
    """Does shards in this process, one after the other."""

    def run(self, shards: Sequence[Shard]) -> Iterator[Outcome]:
        """In their order."""
        for each in shards:
            yield Outcome(shard=each, made=each.run())


def prepare(
    corpus: Path,
    index: Path,
    folder: Path,
    open_encoder: Callable[[], Encoder],
    executor: Executor,
    *,
    full: bool = False,
    retry_failed: bool = False,
    reader: PaperReader | None = None,
    read: Read | None = None,
    progress: Progress | None = None,
) -> Prepared:
    """
    Read and encode what a build of the same would.

    Args:
        corpus: Folder of the papers; under the same path on all machines.
        index: The index folder, of this machine.
        folder: Where shards put what they make; under the same path on all machines.
        open_encoder: Gives the encoder, here and there.
        executor: Where shards are done.
        full: As of `build`.
        retry_failed: Likewise.
        reader: How this machine gets papers.
        read: How a worker reads files; by default, one at a time in a child process.
        progress: Told how far each stage is.

    Raises:
        PartGoneError: What a shard made is not seen here.
        WgsearchError: As `build`, and as shards and executors do.
    """
    corpus, folder = corpus.absolute(), folder.absolute()
    reader, tell = reader or paper_reader(), progress or _silent
    surveyed = survey(corpus, reader)
    encoder, likeness = open_encoder(), reads_like()
    decided = decide(
        surveyed,
        index,
        encoder,
        reader_version=reader.version,
        full=full,
        retry_failed=retry_failed,
    )
    parts = Parts(folder)
    files = {each.file: each for each in surveyed.files}
    addresses = {file: paper_address(each, likeness) for file, each in files.items()}
    wanted = decided.plan.to_read if decided.reasons else ()
    lacking = [file for file in wanted if not parts.has(addresses[file])]
    to_read = [
        ReadShard(
            folder=folder,
            corpus=corpus,
            files=tuple(files[file] for file in some),
            likeness=likeness,
            read=read or partial(read_papers, workers=1),
        )
        for some in runs_of(lacking, FILES_A_SHARD)
    ]
    outcomes = _done(executor, to_read, "read", tell)
    ready = replace(reader, read=_ready(reader, parts, addresses))
    batches = (
        _batches(index, encoder, corpus, surveyed=surveyed, decided=decided, reader=ready)
        if decided.reasons
        else []
    )
    to_encode = [
        EncodeShard(
            folder=folder,
            batches=some,
            identity=encoder.identity,
            open_encoder=open_encoder,
        )
        for some in runs_of(
            [each for each in batches if not parts.has(batch_address(each, encoder.identity))],
            BATCHES_A_SHARD,
        )
    ]
    outcomes += _done(executor, to_encode, "embed", tell)
    _fill(index, encoder, parts, batches)
    return Prepared(
        reader=ready,
        shards=len(outcomes),
        again=sum(each.again for each in outcomes),
        papers=sum(parts.has(addresses[file]) for file in wanted),
        encoded=sum(map(len, batches)),
    )


def _done(executor: Executor, shards: Sequence[Shard], stage: str, tell: Progress) -> list[Outcome]:
    """All shards, done."""
    outcomes: list[Outcome] = []
    for each in executor.run(shards) if shards else ():
        outcomes.append(each)
        tell(stage, len(outcomes), len(shards))
    return outcomes


def _ready(reader: PaperReader, parts: Parts, addresses: dict[str, str]) -> Read:
    """Papers from their parts, in the order that is asked for; others are read here."""

    def read(root: Path, files: Sequence[str]) -> Iterator[Paper | PaperUnreadableError]:
        others = [file for file in files if not parts.has(addresses[file])]
        unread, left = iter(reader.read(root, others) if others else ()), {*others}
        for file in files:
            paper = None if file in left else paper_at(parts, addresses[file])
            if paper is not None:
                yield paper
            elif file in left:
                yield next(unread)
            else:  # gone in the meantime
                yield from reader.read(root, [file])

    return read


class _Listed:
    """The chunks that an encoding would encode."""

    def __init__(self) -> None:
        self._chunks = Chunks()
        self._full: list[list[str]] = []

    def all(self) -> list[list[str]]:
        """All of them, after the last paper."""
        return [*self._full, self._chunks.rest()]

    def add(self, texts: Iterable[str]) -> None:
        """Take the texts of a paper."""
        self._full += self._chunks.add(texts)

    def expect(self, texts: int) -> None:
        """Nobody is told how many there will be."""


def _batches(
    index: Path,
    encoder: Encoder,
    corpus: Path,
    *,
    surveyed: Survey,
    decided: Decision,
    reader: PaperReader,
) -> list[tuple[str, ...]]:
    """The batches that a build would encode, each as it would."""
    listed = _Listed()
    with tempfile.TemporaryDirectory(prefix="wgsearch-") as beside:
        intake = Intake(
            reader,
            corpus,
            surveyed.corrections,
            shelf=Path(beside) / "shelf",
            encoding=listed,
            tell=_silent,
        )
        with contextlib.closing(intake), known_of(index, decided.previous) as before:
            read_corpus(intake, decided.plan, files=surveyed.files, known=before)
    index.mkdir(parents=True, exist_ok=True)
    found: list[tuple[str, ...]] = []
    seen: set[str] = set()
    with contextlib.closing(EmbeddingCache(index / CACHE)) as cache:
        for chunk in listed.all():
            waiting = cache.waiting(encoder, chunk, SignCodec())
            found += runs_of([each for each in waiting if each not in seen], BATCH)
            seen.update(waiting)
    return found


def _fill(index: Path, encoder: Encoder, parts: Parts, batches: Sequence[tuple[str, ...]]) -> None:
    """Vectors of all batches, into the cache of the index."""
    if not batches:
        return
    with contextlib.closing(EmbeddingCache(index / CACHE)) as cache:
        for batch in batches:
            body = parts.read(batch_address(batch, encoder.identity))
            if body is None:
                raise PartGoneError(
                    f"a shard was done, and what it made is not in {str(parts.folder)!r}; name a "
                    "folder that every machine of the cluster sees under the same path"
                )
            rows, codes = unpacked(body)
            cache.take(encoder, batch, rows, codes, SignCodec())


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
