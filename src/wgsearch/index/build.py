"""
corpus against manifest -> plan -> new generation.

Why beside the generation in use: reading and embedding take minutes, may fail, and must
not be seen; what is published at the end is whole, and is opened once before that.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wgsearch.agenda import read_agenda
from wgsearch.embedding import EmbeddingCache
from wgsearch.errors import (
    CorpusMissingError,
    IndexDamagedError,
    IndexStateError,
    PaperUnreadableError,
)
from wgsearch.index import manifest as manifests
from wgsearch.index import publish
from wgsearch.index.lexical import write_lexical
from wgsearch.index.manifest import FailedFile, Manifest
from wgsearch.index.plan import Plan, corpus_digest, plan
from wgsearch.index.selection import select
from wgsearch.index.snapshot import LEXICAL, STORE, VECTORS, open_folder
from wgsearch.index.store import IndexedPaper, Store, write_store
from wgsearch.index.vectors import write_vectors
from wgsearch.papers.children import read_papers
from wgsearch.papers.corpus import scan
from wgsearch.papers.reader import READER_VERSION
from wgsearch.passages import embedded_text, passages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from wgsearch.agenda import Agenda
    from wgsearch.embedding import Encoder, Vectors
    from wgsearch.papers.corpus import CorpusFile
    from wgsearch.papers.paper import Paper

    # Stage (`read`, `embed`, `index`), how many are done, how many there are.
    Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperReader:
    """
    How a build gets its papers.

    Attributes:
        version: Raised whenever reading changes: stored papers of another one are read again.
        scan: Corpus folder to files with digests. Raises CorpusMissingError.
        read: Corpus folder and file names to one outcome a file, in their order.
        agenda: The agenda that a paper holds, if any.
    """

    version: int
    scan: Callable[[Path], Sequence[CorpusFile]]
    read: Callable[[Path, Sequence[str]], Iterator[Paper | PaperUnreadableError]]
    agenda: Callable[[Paper], Agenda | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seconds:
    """How long the stages of a build took."""

    read: float
    embed: float
    index: float
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """
    What a build did.

    Attributes:
        generation: Name of the generation in use now.
        published: It is new; otherwise nothing had changed.
        read: Number of papers read now.
        unchanged: Number of papers taken from the generation before.
        removed: Number of papers that are gone.
        failed: Files that are not in the index, by name; none stops a build.
        passages: Number of passages.
        embedded: Number of texts encoded now.
        reused: Number of passages whose vectors were there already.
        seconds: Times.
    """

    generation: str
    published: bool
    read: int
    unchanged: int
    removed: int
    failed: tuple[FailedFile, ...]
    passages: int
    embedded: int
    reused: int
    seconds: Seconds

    def to_json(self) -> dict[str, object]:
        """The report as `wgsearch build --json` prints it."""
        return {
            "generation": self.generation,
            "published": self.published,
            "papers": {
                "read": self.read,
                "unchanged": self.unchanged,
                "removed": self.removed,
                "failed": [
                    {"file": each.file, "code": each.code, "reason": each.reason}
                    for each in self.failed
                ],
            },
            "passages": self.passages,
            "embedded": self.embedded,
            "reused": self.reused,
            "seconds": {
                "read": round(self.seconds.read, 3),
                "embed": round(self.seconds.embed, 3),
                "index": round(self.seconds.index, 3),
                "total": round(self.seconds.total, 3),
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Previous:
    """The generation in use, whole, and its papers by file name."""

    name: str
    manifest: Manifest
    store: Store


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """Papers of the corpus after reading, and files that are not among them."""

    papers: tuple[IndexedPaper, ...]
    failed: tuple[FailedFile, ...]
    read: int


class _Stopwatch:
    """Seconds since the last look."""

    def __init__(self) -> None:
        self.started = self._last = time.perf_counter()

    def lap(self) -> float:
        """Seconds since the last call, or since the beginning."""
        before, self._last = self._last, time.perf_counter()
        return self._last - before


def build(
    corpus: Path,
    index: Path,
    encoder: Encoder,
    *,
    full: bool = False,
    reader: PaperReader | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """
    Bring the index up to date with the corpus, beside the generation in use.

    Nothing is published when corpus, encoder, schema and reader are what they were.

    Args:
        corpus: Folder of the papers.
        index: The index folder; made where it is missing.
        encoder: What encodes passages.
        full: Read all papers again, those that failed too; vectors are still reused.
        reader: How papers are read; by default, files in child processes.
        progress: Told how far each stage is.

    Raises:
        BuildBusyError: Another build is at work.
        CorpusMissingError: The corpus holds no paper that can be read.
        EncoderUnavailableError: Something must be encoded, and the weights are missing.
    """
    reader = reader or paper_reader()
    tell = progress or _silent
    watch = _Stopwatch()
    files = tuple(reader.scan(corpus))
    with publish.writing(index):
        previous = _previous(index)
        usable = previous if previous and _reusable(previous, reader, full=full) else None
        if usable and _nothing_changed(usable.manifest, files, encoder):
            return _unchanged(usable, watch)
        planned = plan(files, usable.manifest if usable else None)
        stored = _stored(usable, planned)
        reading = _read(reader, corpus, planned, files=files, stored=stored, tell=tell)
        read_s = watch.lap()
        texts = [embedded_text(each) for paper in reading.papers for each in paper.passages]
        vectors, embedded = _embed(index, encoder, texts, tell)
        embed_s = watch.lap()
        manifest = _manifest(reader, encoder, files, reading)
        name = _write(index, manifest, reading.papers, vectors, tell)
        index_s = watch.lap()
    return BuildReport(
        generation=name,
        published=True,
        read=reading.read,
        unchanged=len(planned.unchanged),
        removed=len(planned.removed),
        failed=reading.failed,
        passages=len(texts),
        embedded=embedded,
        reused=len(texts) - embedded,
        seconds=Seconds(
            read=read_s, embed=embed_s, index=index_s, total=time.perf_counter() - watch.started
        ),
    )


def paper_reader() -> PaperReader:
    """Files of a folder, read in child processes."""
    return PaperReader(version=READER_VERSION, scan=scan, read=read_papers, agenda=read_agenda)


def _previous(index: Path) -> _Previous | None:
    """The generation in use; None without one, or when it is not whole: it is built anew then."""
    try:
        name = publish.current(index)
        manifest = publish.verify_generation(index, name)
        return _Previous(
            name=name, manifest=manifest, store=Store(publish.folder_of(index, name) / STORE)
        )
    except IndexStateError:
        return None


def _reusable(previous: _Previous, reader: PaperReader, *, full: bool) -> bool:
    """Whether papers stored in a generation are what reading would give."""
    return not full and previous.manifest.reader_version == reader.version


def _nothing_changed(previous: Manifest, files: Sequence[CorpusFile], encoder: Encoder) -> bool:
    """Whether a build would make the same generation again."""
    same_encoder = previous.encoder == encoder.identity
    return same_encoder and previous.corpus_digest == corpus_digest(files)


def _unchanged(previous: _Previous, watch: _Stopwatch) -> BuildReport:
    """The report of a build that had nothing to do."""
    return BuildReport(
        generation=previous.name,
        published=False,
        read=0,
        unchanged=len(previous.manifest.papers),
        removed=0,
        failed=previous.manifest.failed,
        passages=previous.manifest.passages,
        embedded=0,
        reused=previous.manifest.passages,
        seconds=Seconds(read=0.0, embed=0.0, index=0.0, total=watch.lap()),
    )


def _read(
    reader: PaperReader,
    corpus: Path,
    planned: Plan,
    *,
    files: Sequence[CorpusFile],
    stored: dict[str, IndexedPaper],
    tell: Progress,
) -> _Reading:
    """Papers taken over and papers read, one a symbol and language, with their passages."""
    digests = {each.file: each.digest for each in files}
    fresh: dict[str, Paper] = {}
    failed = list(planned.failed)
    to_read = planned.to_read
    for done, outcome in enumerate(reader.read(corpus, to_read), start=1):
        if isinstance(outcome, PaperUnreadableError):
            failed.append(_failed(outcome, digests))
        else:
            fresh[outcome.file] = outcome
        tell("read", done, len(to_read))
    selection = select([*(each.paper for each in stored.values()), *fresh.values()])
    failed += [_failed(each, digests) for each in selection.duplicates]
    papers = tuple(
        IndexedPaper(
            paper=paper,
            agenda=stored[paper.file].agenda if paper.file in stored else reader.agenda(paper),
            passages=passages_of(paper),
        )
        for paper in selection.papers
    )
    if not any(each.passages for each in papers):
        raise CorpusMissingError(
            f"none of the {len(files)} files in {str(corpus)!r} gave a passage; "
            f"{'; '.join(f'{f.file}: {f.reason}' for f in failed[:3]) or 'they hold no text'}"
        )
    return _Reading(
        papers=papers, failed=tuple(sorted(failed, key=lambda f: f.file)), read=len(fresh)
    )


def _stored(usable: _Previous | None, planned: Plan) -> dict[str, IndexedPaper]:
    """Unchanged papers from the generation in use, by file name."""
    if usable is None:
        return {}
    wanted = set(planned.unchanged)
    return {
        entry.file: IndexedPaper(
            paper=usable.store.paper(number), agenda=usable.store.agenda(number), passages=()
        )
        for number, entry in enumerate(usable.store.entries)
        if entry.file in wanted
    }


def _failed(error: PaperUnreadableError, digests: dict[str, str]) -> FailedFile:
    """A failure as the manifest keeps it."""
    return FailedFile(
        file=error.file, digest=digests[error.file], code=error.code, reason=error.reason
    )


def _embed(
    index: Path, encoder: Encoder, texts: Sequence[str], tell: Progress
) -> tuple[Vectors, int]:
    """Vectors of the texts, and how many were encoded now."""
    cache = EmbeddingCache(index / "embeddings.sqlite")
    try:
        cached = cache.encode(encoder, texts, lambda done, total: tell("embed", done, total))
    finally:
        cache.close()
    return cached.rows, cached.encoded


def _write(
    index: Path,
    manifest: Manifest,
    papers: Sequence[IndexedPaper],
    vectors: Vectors,
    tell: Progress,
) -> str:
    """Write the parts beside the generation in use, open them, publish them."""
    passages = [each for paper in papers for each in paper.passages]
    numbers = [number for number, paper in enumerate(papers) for _ in paper.passages]
    with publish.new_folder(index) as folder:
        write_store(folder / STORE, papers)
        tell("index", 1, 3)
        (folder / LEXICAL).mkdir()
        write_lexical(folder / LEXICAL, passages, numbers)
        tell("index", 2, 3)
        written = write_vectors(folder / VECTORS, vectors)
        files = manifests.records_of(folder)
        if files[VECTORS] != written:
            raise IndexDamagedError(
                f"{VECTORS} on the disk is not what was written; check the disk of {str(index)!r}"
            )
        complete = manifest.model_copy(update={"files": files})
        open_folder(folder, complete).store.close()
        name = publish.publish(index, folder, complete)
        tell("index", 3, 3)
    return name


def _manifest(
    reader: PaperReader, encoder: Encoder, files: Sequence[CorpusFile], reading: _Reading
) -> Manifest:
    """What the new generation is built from; its files are named when they are written."""
    return Manifest(
        schema_version=manifests.SCHEMA_VERSION,
        reader_version=reader.version,
        encoder=encoder.identity,
        dimension=encoder.dimension,
        corpus_digest=corpus_digest(files),
        content_digest=_content_digest(encoder, reading.papers),
        papers=tuple(_manifest_paper(each.paper) for each in reading.papers),
        failed=reading.failed,
        passages=sum(len(each.passages) for each in reading.papers),
        files={},
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _content_digest(encoder: Encoder, papers: Sequence[IndexedPaper]) -> str:
    """SHA-256 over what is indexed; times and vectors are left out: they differ by machine."""
    parts = [str(manifests.SCHEMA_VERSION), encoder.identity, str(encoder.dimension)]
    for each in papers:
        parts += (each.record(), each.agenda_record() or "")
        parts += (embedded_text(passage) for passage in each.passages)
    return manifests.digest_of(parts)


def _manifest_paper(paper: Paper) -> manifests.IndexedFile:
    """A paper as the manifest keeps it."""
    return manifests.IndexedFile(
        file=paper.file, digest=paper.digest, symbol=paper.symbol, language=paper.language
    )


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
