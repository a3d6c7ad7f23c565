"""
decision -> new generation.

Why beside the generation in use: reading and embedding take minutes, may fail, and must
not be seen; what is published at the end is whole, and is opened once before that.
"""

from __future__ import annotations

import contextlib
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wgsearch.index import manifest as manifests
from wgsearch.index import publish
from wgsearch.index.deciding import decide, survey
from wgsearch.index.disk import DISK, Disk
from wgsearch.index.encoding import Encoding
from wgsearch.index.intake import Intake, known_from, read_corpus
from wgsearch.index.manifest import Manifest, content_digest
from wgsearch.index.plan import corpus_digest
from wgsearch.index.reading import PaperReader, paper_reader
from wgsearch.index.report import BuildReport, CorrectedFile, FileWarning, Seconds
from wgsearch.index.shelf import Shelved
from wgsearch.index.snapshot import STORE
from wgsearch.index.tokens import SignCodec
from wgsearch.index.writing import SHELF, packed_terms, write_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.index.deciding import Decision, Previous, Survey
    from wgsearch.index.intake import Known, Reading
    from wgsearch.index.manifest import FailedFile
    from wgsearch.index.reading import Progress
    from wgsearch.papers.corpus import CorpusFile
    from wgsearch.papers.corrections import Corrections, Refusal

__all__ = ["BuildReport", "PaperReader", "Seconds", "build", "paper_reader", "planned"]

CACHE = "embeddings.sqlite"


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
    retry_failed: bool = False,
    reader: PaperReader | None = None,
    progress: Progress | None = None,
    disk: Disk = DISK,
) -> BuildReport:
    """
    Bring the index up to date with the corpus, beside the generation in use.

    Nothing is published when corpus, glossary, encoder, schema and reader are what they were.

    Args:
        corpus: Folder of the papers.
        index: The index folder; made where it is missing.
        encoder: What encodes passages.
        full: Read all papers again, those that failed too; vectors are still reused.
        retry_failed: Read those again that could not be read, though they did not change.
        reader: How papers are read; by default, files in child processes.
        progress: Told how far each stage is.
        disk: What writes.

    Raises:
        BuildBusyError: Another build is at work.
        CorpusMissingError: The corpus holds no paper that can be read.
        GlossaryUnreadableError: The corpus folder's glossary cannot be read.
        EncoderUnavailableError: Something must be encoded, and the weights are missing.
        IndexUnwritableError: The disk is full or fails; the generation in use stays.
    """
    reader = reader or paper_reader()
    tell = _one_at_a_time(progress or _silent)
    watch = _Stopwatch()
    surveyed = survey(corpus, reader)
    files, corrections, terms = surveyed.files, surveyed.corrections, surveyed.terms
    with publish.writing(index, disk):
        decided = decide(
            surveyed,
            index,
            encoder,
            reader_version=reader.version,
            full=full,
            retry_failed=retry_failed,
        )
        usable, todo = decided.previous, decided.plan
        if usable and not decided.reasons:
            return _unchanged(usable, index, files, corrections, watch)
        with (
            publish.new_folder(index, disk) as folder,
            Encoding(index / CACHE, encoder, lambda *done: tell("embed", *done)) as encoding,
        ):
            intake = Intake(
                reader,
                corpus,
                corrections,
                shelf=folder / SHELF,
                encoding=encoding,
                tell=tell,
            )
            with contextlib.closing(intake), known_of(index, usable) as known:
                reading = read_corpus(intake, todo, files=files, known=known)
            read_s = watch.lap()
            encoding.finish()
            embed_s = watch.lap()
            manifest = _manifest(reader, encoder, surveyed, reading, usable)
            complete = write_parts(
                folder,
                reading,
                encoding,
                manifest,
                encoder=encoder,
                previous=_same_vectors(index, usable, encoder),
                glossary=packed_terms(surveyed.glossary, _same_terms(index, usable, terms)),
                tell=tell,
                disk=disk,
            )
            warned = _warned(folder / STORE)
            name = publish.publish(index, folder, complete, disk)
            tell("index", 3, 3)
            index_s = watch.lap()
    return BuildReport(
        generation=name,
        published=True,
        read=reading.read,
        unchanged=len(todo.unchanged),
        removed=len(todo.removed),
        failed=manifest.failed,
        warned=warned,
        corrected=_corrected(manifest),
        refused=_refused(manifest, files, corrections),
        passages=reading.passages,
        embedded=encoding.encoded,
        # A paper that gave way to another file of it may have been encoded before that was known.
        reused=max(0, reading.passages - encoding.encoded),
        seconds=Seconds(
            read=read_s,
            embed=embed_s,
            index=index_s,
            total=time.perf_counter() - watch.started,
            encoding=encoding.busy_s,
        ),
    )


def planned(
    corpus: Path,
    index: Path,
    encoder: Encoder,
    *,
    full: bool = False,
    retry_failed: bool = False,
    reader: PaperReader | None = None,
) -> Decision:
    """
    What `build` would do now, given the same; nothing is read or written.

    Raises:
        CorpusMissingError: The corpus holds no paper that can be read.
        GlossaryUnreadableError: The corpus folder's glossary cannot be read.
    """
    reader = reader or paper_reader()
    return decide(
        survey(corpus, reader),
        index,
        encoder,
        reader_version=reader.version,
        full=full,
        retry_failed=retry_failed,
    )


def _same_vectors(index: Path, previous: Previous | None, encoder: Encoder) -> Path | None:
    """Folder of a generation whose vectors are the encoder's, and its tokens as they are kept."""
    codec = SignCodec.identity if encoder.has_tokens else None
    if previous is None or (previous.manifest.encoder, previous.manifest.token_codec) != (
        encoder.identity,
        codec,
    ):
        return None
    return publish.folder_of(index, previous.name)


def _same_terms(index: Path, previous: Previous | None, terms: str) -> Path | None:
    """Folder of a generation that keeps the same terms."""
    if previous is None or previous.manifest.glossary_digest != terms:
        return None
    return publish.folder_of(index, previous.name)


@contextlib.contextmanager
def known_of(index: Path, previous: Previous | None) -> Iterator[Known | None]:
    """What a generation knows, as long as papers are read."""
    if previous is None:
        yield None
        return
    with contextlib.closing(Shelved(publish.folder_of(index, previous.name) / STORE)) as store:
        yield known_from(store)


def _corrected(manifest: Manifest) -> tuple[CorrectedFile, ...]:
    """Files with corrections by hand."""
    return tuple(
        CorrectedFile(each.file, each.correction.named)
        for each in manifest.papers
        if each.correction
    )


def _refused(
    manifest: Manifest, files: Sequence[CorpusFile], corrections: Corrections
) -> tuple[Refusal, ...]:
    """What is stated by hand and not applied."""
    known = {
        each
        for paper in manifest.papers
        for each in (*paper.symbols, *((paper.symbol,) if paper.symbol else ()))
    }
    strange = corrections.unknown([each.file for each in files], sorted(known))
    return (*corrections.refused, *strange)


def _unchanged(
    previous: Previous,
    index: Path,
    files: Sequence[CorpusFile],
    corrections: Corrections,
    watch: _Stopwatch,
) -> BuildReport:
    """The report of a build that had nothing to do."""
    return BuildReport(
        generation=previous.name,
        published=False,
        read=0,
        unchanged=len(previous.manifest.papers),
        removed=0,
        failed=previous.manifest.failed,
        warned=_warned(publish.folder_of(index, previous.name) / STORE),
        corrected=_corrected(previous.manifest),
        refused=_refused(previous.manifest, files, corrections),
        passages=previous.manifest.passages,
        embedded=0,
        reused=previous.manifest.passages,
        seconds=Seconds(read=0.0, embed=0.0, index=0.0, total=watch.lap(), encoding=0.0),
    )


def _warned(path: Path) -> tuple[FileWarning, ...]:
    """What readers of the papers of a store should know."""
    with contextlib.closing(Shelved(path)) as store:
        return tuple(
            FileWarning(file, each.code, each.message)
            for file, warnings in store.warned()
            for each in warnings
        )


def _manifest(
    reader: PaperReader,
    encoder: Encoder,
    surveyed: Survey,
    reading: Reading,
    previous: Previous | None,
) -> Manifest:
    """What the new generation is built from; its files are named when they are written."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Manifest(
        schema_version=manifests.SCHEMA_VERSION,
        reader_version=reader.version,
        encoder=encoder.identity,
        dimension=encoder.dimension,
        token_codec=SignCodec.identity if encoder.has_tokens else None,
        corpus_digest=corpus_digest(surveyed.files),
        corrections_digest=surveyed.corrections.digest,
        glossary_digest=surveyed.terms,
        content_digest=content_digest(
            encoder.identity,
            encoder.dimension,
            surveyed.terms,
            ((each.held.card.content, each.added_record()) for each in reading.papers),
        ),
        papers=tuple(each.held.card.recorded() for each in reading.papers),
        failed=_since(reading.failed, now, previous),
        passages=reading.passages,
        files={},
        built_at=now,
    )


def _since(
    failed: Sequence[FailedFile], now: str, previous: Previous | None
) -> tuple[FailedFile, ...]:
    """Files that could not be read, and since when: as long as their bytes are the same."""
    before = {(e.file, e.digest): e.since for e in previous.manifest.failed} if previous else {}
    return tuple(
        each.model_copy(update={"since": before.get((each.file, each.digest)) or now})
        for each in failed
    )


def _one_at_a_time(tell: Progress) -> Progress:
    """Progress of papers and of encoding comes from two threads."""
    lock = threading.Lock()

    def told(stage: str, done: int, total: int) -> None:
        with lock:
            tell(stage, done, total)

    return told


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
