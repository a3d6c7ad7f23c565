"""
corpus against manifest -> plan -> new generation.

Why beside the generation in use: reading and embedding take minutes, may fail, and must
not be seen; what is published at the end is whole, and is opened once before that.
"""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wgsearch.errors import IndexStateError
from wgsearch.glossary import load as glossaries
from wgsearch.index import manifest as manifests
from wgsearch.index import publish
from wgsearch.index.encoding import Encoding
from wgsearch.index.intake import Intake, known_from, read_corpus
from wgsearch.index.manifest import Manifest
from wgsearch.index.plan import corpus_digest, plan
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
    from wgsearch.index.intake import Known, Reading
    from wgsearch.index.reading import Progress
    from wgsearch.index.shelf import Placed
    from wgsearch.papers.corpus import CorpusFile
    from wgsearch.papers.corrections import Corrections, Refusal

__all__ = ["BuildReport", "PaperReader", "Seconds", "build", "paper_reader"]

_CACHE = "embeddings.sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Previous:
    """The generation in use, whole."""

    name: str
    manifest: Manifest


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

    Nothing is published when corpus, glossary, encoder, schema and reader are what they were.

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
        GlossaryUnreadableError: The corpus folder's glossary cannot be read.
        EncoderUnavailableError: Something must be encoded, and the weights are missing.
    """
    reader = reader or paper_reader()
    tell = _one_at_a_time(progress or _silent)
    watch = _Stopwatch()
    files = tuple(reader.scan(corpus))
    corrections = reader.corrections(corpus)
    glossary = reader.glossary(corpus)
    terms = glossaries.digest(glossary)
    with publish.writing(index):
        previous = _previous(index)
        usable = previous if previous and _reusable(previous, reader, full=full) else None
        if usable and _nothing_changed(usable.manifest, files, corrections, terms, encoder):
            return _unchanged(usable, index, files, corrections, watch)
        planned = plan(files, usable.manifest if usable else None, corrections)
        with (
            publish.new_folder(index) as folder,
            Encoding(index / _CACHE, encoder, lambda *done: tell("embed", *done)) as encoding,
        ):
            intake = Intake(
                reader,
                corpus,
                corrections,
                shelf=folder / SHELF,
                encoding=encoding,
                tell=tell,
            )
            with contextlib.closing(intake), _known(index, usable) as known:
                reading = read_corpus(intake, planned, files=files, known=known)
            read_s = watch.lap()
            encoding.finish()
            embed_s = watch.lap()
            manifest = _manifest(reader, encoder, files, corrections, reading, terms=terms)
            complete = write_parts(
                folder,
                reading,
                encoding,
                manifest,
                encoder=encoder,
                previous=_same_vectors(index, usable, encoder),
                glossary=packed_terms(glossary, _same_terms(index, usable, terms)),
                tell=tell,
            )
            warned = _warned(folder / STORE)
            name = publish.publish(index, folder, complete)
            tell("index", 3, 3)
            index_s = watch.lap()
    return BuildReport(
        generation=name,
        published=True,
        read=reading.read,
        unchanged=len(planned.unchanged),
        removed=len(planned.removed),
        failed=reading.failed,
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


def _previous(index: Path) -> _Previous | None:
    """The generation in use; None without one, or when it is not whole: it is built anew then."""
    try:
        name = publish.current(index)
        return _Previous(name=name, manifest=publish.verify_generation(index, name))
    except IndexStateError:
        return None


def _same_vectors(index: Path, previous: _Previous | None, encoder: Encoder) -> Path | None:
    """Folder of a generation whose vectors are the encoder's, and its tokens as they are kept."""
    codec = SignCodec.identity if encoder.has_tokens else None
    if previous is None or (previous.manifest.encoder, previous.manifest.token_codec) != (
        encoder.identity,
        codec,
    ):
        return None
    return publish.folder_of(index, previous.name)


def _same_terms(index: Path, previous: _Previous | None, terms: str) -> Path | None:
    """Folder of a generation that keeps the same terms."""
    if previous is None or previous.manifest.glossary_digest != terms:
        return None
    return publish.folder_of(index, previous.name)


@contextlib.contextmanager
def _known(index: Path, previous: _Previous | None) -> Iterator[Known | None]:
    """What a generation knows, as long as papers are read."""
    if previous is None:
        yield None
        return
    with contextlib.closing(Shelved(publish.folder_of(index, previous.name) / STORE)) as store:
        yield known_from(store)


def _reusable(previous: _Previous, reader: PaperReader, *, full: bool) -> bool:
    """Whether papers stored in a generation are what reading would give."""
    return not full and previous.manifest.reader_version == reader.version


def _nothing_changed(
    previous: Manifest,
    files: Sequence[CorpusFile],
    corrections: Corrections,
    terms: str,
    encoder: Encoder,
) -> bool:
    """Whether a build would make the same generation again."""
    return (
        previous.encoder == encoder.identity
        and previous.corpus_digest == corpus_digest(files)
        and previous.corrections_digest == corrections.digest
        and previous.glossary_digest == terms
    )


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
    previous: _Previous,
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
    files: Sequence[CorpusFile],
    corrections: Corrections,
    reading: Reading,
    *,
    terms: str,
) -> Manifest:
    """What the new generation is built from; its files are named when they are written."""
    return Manifest(
        schema_version=manifests.SCHEMA_VERSION,
        reader_version=reader.version,
        encoder=encoder.identity,
        dimension=encoder.dimension,
        token_codec=SignCodec.identity if encoder.has_tokens else None,
        corpus_digest=corpus_digest(files),
        corrections_digest=corrections.digest,
        glossary_digest=terms,
        content_digest=_content_digest(encoder, terms, reading.papers),
        papers=tuple(each.held.card.recorded() for each in reading.papers),
        failed=reading.failed,
        passages=reading.passages,
        files={},
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _content_digest(encoder: Encoder, terms: str, papers: Sequence[Placed]) -> str:
    """SHA-256 over what is indexed; times and vectors are left out: they differ by machine."""
    parts = [str(manifests.SCHEMA_VERSION), encoder.identity, str(encoder.dimension), terms]
    for each in papers:
        parts += (each.held.card.content, each.added_record())
    return manifests.digest_of(parts)


def _one_at_a_time(tell: Progress) -> Progress:
    """Progress of papers and of encoding comes from two threads."""
    lock = threading.Lock()

    def told(stage: str, done: int, total: int) -> None:
        with lock:
            tell(stage, done, total)

    return told


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
