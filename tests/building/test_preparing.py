"""Shards without a cluster: what is done where, once, and that the index is what it would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wordy import WordyEncoder, files_of, write_papers

from wgsearch.building.parts import Parts
from wgsearch.building.preparing import Here, Outcome, prepare
from wgsearch.building.shards import EncodeShard, ReadShard, reads_like
from wgsearch.errors import EncoderMismatchError, PartGoneError, ReaderUnavailableError
from wgsearch.index.build import build
from wgsearch.papers.corpus import scan
from wgsearch.papers.reader import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from wgsearch.building.preparing import Executor, Prepared
    from wgsearch.building.shards import Shard
    from wgsearch.papers.paper import Paper

SHARDS = 5


def read_here(root: Path, files: Sequence[str]) -> Iterator[Paper]:
    """In this process: these papers are ours."""
    return (read_file(root / file, file=file) for file in files)


class Disorder:
    """Does shards in another order, each twice, as where a result is lost after it was made."""

    def run(self, shards: Sequence[Shard]) -> Iterator[Outcome]:
        """Last first."""
        for each in reversed(shards):
            made = each.run()
            assert each.run() == 0
            yield Outcome(shard=each, made=made)


class Dying:
    """Ends after so many shards, as when the machine that asks is switched off."""

    def __init__(self, after: int) -> None:
        self.after = after

    def run(self, shards: Sequence[Shard]) -> Iterator[Outcome]:
        """So many, and then nothing works."""
        for each in shards:
            if not self.after:
                raise PartGoneError("switched off")
            self.after -= 1
            yield Outcome(shard=each, made=each.run())


class Forgetful:
    """Says that all is done, and did it where nobody looks."""

    def run(self, shards: Sequence[Shard]) -> Iterator[Outcome]:
        """Nothing."""
        return (Outcome(shard=each, made=1) for each in shards)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Papers of invented words: three shards to read, two chunks and two shards to encode."""
    return write_papers(tmp_path_factory.mktemp("corpus"), 24)


@pytest.fixture(scope="module")
def alone(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What a build of this machine alone publishes."""
    index = tmp_path_factory.mktemp("alone")
    build(corpus, index, WordyEncoder())
    return files_of(index)


@pytest.fixture
def prepared(corpus: Path, tmp_path: Path) -> Callable[[Executor], Prepared]:
    """Prepares an index in `tmp_path`."""

    def with_executor(executor: Executor) -> Prepared:
        return prepare(
            corpus,
            tmp_path / "index",
            tmp_path / "shards",
            WordyEncoder,
            executor,
            read=read_here,
        )

    return with_executor


def published(corpus: Path, index: Path, prepared: Prepared) -> dict[str, list[str]]:
    """What a build publishes of what was prepared; it encodes nothing itself."""
    report = build(corpus, index, WordyEncoder(), reader=prepared.reader)
    assert report.embedded == 0
    assert report.read == 24
    return files_of(index)


@pytest.mark.parametrize("executor", [Here(), Disorder()], ids=["in order", "out of order, twice"])
def test_an_index_made_of_shards_has_the_bytes_of_a_local_one(
    executor: Executor,
    corpus: Path,
    alone: dict[str, list[str]],
    tmp_path: Path,
    prepared: Callable[[Executor], Prepared],
) -> None:
    """Whatever the order of shards, and however often one is done, the files are the same."""
    done = prepared(executor)
    assert done.papers == 24
    assert done.shards == SHARDS
    assert published(corpus, tmp_path / "index", done) == alone


@pytest.mark.parametrize("after", [2, 4])
def test_what_was_done_before_a_stop_is_not_done_again(
    after: int,
    corpus: Path,
    alone: dict[str, list[str]],
    tmp_path: Path,
    prepared: Callable[[Executor], Prepared],
) -> None:
    """Stopped while papers are read, or while they are encoded, the rest alone is done later."""
    with pytest.raises(PartGoneError, match="switched off"):
        prepared(Dying(after))
    rest = prepared(Disorder())
    assert rest.shards + after == SHARDS
    assert published(corpus, tmp_path / "index", rest) == alone


def test_a_second_preparation_has_nothing_to_do(
    prepared: Callable[[Executor], Prepared],
) -> None:
    """All shards are found by content."""
    first = prepared(Here())
    again = prepared(Here())
    assert first.shards
    assert (again.shards, again.papers) == (0, 24)


def test_a_damaged_part_is_made_again(
    tmp_path: Path,
    corpus: Path,
    alone: dict[str, list[str]],
    prepared: Callable[[Executor], Prepared],
) -> None:
    """A part whose bytes changed on the disk is as good as none: its shard is done once more."""
    prepared(Here())
    parts = sorted(each for each in (tmp_path / "shards").rglob("*") if each.is_file())
    parts[0].write_bytes(parts[0].read_bytes()[:-1] + b"?")
    (tmp_path / "index" / "embeddings.sqlite").unlink()
    again = prepared(Here())
    assert again.shards == 1
    assert published(corpus, tmp_path / "index", again) == alone


def test_a_folder_that_is_not_shared_is_told(prepared: Callable[[Executor], Prepared]) -> None:
    """Where workers write into a folder of their own machine, the message says what is missing."""
    with pytest.raises(PartGoneError, match="sees under the same path"):
        prepared(Forgetful())


def test_a_machine_that_encodes_otherwise_is_refused(tmp_path: Path) -> None:
    """Vectors of another encoder are not taken for those that were asked for."""
    shard = EncodeShard(
        folder=tmp_path, batches=(("words",),), identity="other", open_encoder=WordyEncoder
    )
    with pytest.raises(EncoderMismatchError, match="WGSEARCH_ENCODER"):
        shard.run()
    assert not list(tmp_path.iterdir())


def test_a_machine_that_reads_otherwise_is_refused(tmp_path: Path, corpus: Path) -> None:
    """A worker of another version of the reader, or without OCR, reads nothing."""
    shard = ReadShard(
        folder=tmp_path, corpus=corpus, files=scan(corpus), likeness="reader 1", read=read_here
    )
    with pytest.raises(ReaderUnavailableError, match="install the same there"):
        shard.run()


def test_a_file_that_changed_is_not_read_under_its_old_digest(tmp_path: Path) -> None:
    """A file that is replaced while the cluster works leaves nothing; the build reads it itself."""
    corpus = write_papers(tmp_path / "corpus", 1)
    files = scan(corpus)
    (corpus / files[0].file).write_text("other words")
    shard = ReadShard(
        folder=tmp_path / "shards",
        corpus=corpus,
        files=files,
        likeness=reads_like(),
        read=read_here,
    )
    assert shard.run() == 0
    assert not Parts(tmp_path / "shards").has(shard.addresses[0])
