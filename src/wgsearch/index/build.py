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

from wgsearch.embedding import EmbeddingCache
from wgsearch.errors import IndexDamagedError, IndexStateError
from wgsearch.glossary import load as glossaries
from wgsearch.index import manifest as manifests
from wgsearch.index import publish
from wgsearch.index.calibration import calibrate
from wgsearch.index.lexical import write_lexical
from wgsearch.index.manifest import Manifest
from wgsearch.index.plan import corpus_digest, plan
from wgsearch.index.reading import PaperReader, Reading, paper_reader, read_corpus, stored
from wgsearch.index.report import BuildReport, CorrectedFile, FileWarning, Seconds
from wgsearch.index.snapshot import GLOSSARY, LEXICAL, STORE, TOKENS, VECTORS, open_folder
from wgsearch.index.store import Store, write_store
from wgsearch.index.tokens import SignCodec, write_tokens
from wgsearch.index.vectors import write_vectors
from wgsearch.passages import embedded_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wgsearch.embedding import CachedVectors, Encoder
    from wgsearch.glossary.entries import Entry
    from wgsearch.index.indexed import IndexedPaper
    from wgsearch.index.reading import Progress
    from wgsearch.papers.corpus import CorpusFile
    from wgsearch.papers.corrections import Corrections, Refusal

__all__ = ["BuildReport", "PaperReader", "Seconds", "build", "paper_reader"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Previous:
    """The generation in use, whole, and its papers by file name."""

    name: str
    manifest: Manifest
    store: Store


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
    tell = progress or _silent
    watch = _Stopwatch()
    files = tuple(reader.scan(corpus))
    corrections = reader.corrections(corpus)
    glossary = reader.glossary(corpus)
    with publish.writing(index):
        previous = _previous(index)
        usable = previous if previous and _reusable(previous, reader, full=full) else None
        if usable and _nothing_changed(usable.manifest, files, corrections, glossary, encoder):
            return _unchanged(usable, files, corrections, watch)
        planned = plan(files, usable.manifest if usable else None, corrections)
        reading = read_corpus(
            reader,
            corpus,
            planned,
            files=files,
            corrections=corrections,
            known=stored(usable.store, planned) if usable else {},
            tell=tell,
        )
        read_s = watch.lap()
        texts = [embedded_text(each) for paper in reading.papers for each in paper.passages]
        vectors = _embed(index, encoder, texts, tell)
        embed_s = watch.lap()
        manifest = _manifest(reader, encoder, files, corrections, reading, glossary=glossary)
        name = _write(
            index, manifest, reading.papers, vectors, encoder=encoder, glossary=glossary, tell=tell
        )
        index_s = watch.lap()
    return BuildReport(
        generation=name,
        published=True,
        read=reading.read,
        unchanged=len(planned.unchanged),
        removed=len(planned.removed),
        failed=reading.failed,
        warned=tuple(
            FileWarning(each.as_read.file, warning.code, warning.message)
            for each in reading.papers
            for warning in each.paper.warnings
        ),
        corrected=_corrected(manifest),
        refused=_refused(manifest, files, corrections),
        passages=len(texts),
        embedded=vectors.encoded,
        reused=len(texts) - vectors.encoded,
        seconds=Seconds(
            read=read_s, embed=embed_s, index=index_s, total=time.perf_counter() - watch.started
        ),
    )


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


def _nothing_changed(
    previous: Manifest,
    files: Sequence[CorpusFile],
    corrections: Corrections,
    glossary: Sequence[Entry],
    encoder: Encoder,
) -> bool:
    """Whether a build would make the same generation again."""
    return (
        previous.encoder == encoder.identity
        and previous.corpus_digest == corpus_digest(files)
        and previous.corrections_digest == corrections.digest
        and previous.glossary_digest == glossaries.digest(glossary)
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
        warned=tuple(
            FileWarning(file, each.code, each.message)
            for file, warnings in previous.store.warned()
            for each in warnings
        ),
        corrected=_corrected(previous.manifest),
        refused=_refused(previous.manifest, files, corrections),
        passages=previous.manifest.passages,
        embedded=0,
        reused=previous.manifest.passages,
        seconds=Seconds(read=0.0, embed=0.0, index=0.0, total=watch.lap()),
    )


def _embed(index: Path, encoder: Encoder, texts: Sequence[str], tell: Progress) -> CachedVectors:
    """Vectors of the texts and of their tokens, and how many were encoded now."""
    cache = EmbeddingCache(index / "embeddings.sqlite")
    try:
        return cache.encode(
            encoder, texts, lambda done, total: tell("embed", done, total), SignCodec()
        )
    finally:
        cache.close()


def _write(
    index: Path,
    manifest: Manifest,
    papers: Sequence[IndexedPaper],
    vectors: CachedVectors,
    *,
    encoder: Encoder,
    glossary: Sequence[Entry],
    tell: Progress,
) -> str:
    """Write the parts beside the generation in use, open them, publish them."""
    passages = [each for paper in papers for each in paper.passages]
    numbers = [number for number, paper in enumerate(papers) for _ in paper.passages]
    with publish.new_folder(index) as folder:
        write_store(folder / STORE, papers)
        (folder / GLOSSARY).write_text(glossaries.pack(glossary), encoding="utf-8")
        tell("index", 1, 3)
        (folder / LEXICAL).mkdir()
        write_lexical(folder / LEXICAL, passages, numbers)
        tell("index", 2, 3)
        written = write_vectors(folder / VECTORS, vectors.rows)
        if vectors.codes is not None:
            (folder / TOKENS).mkdir()
            write_tokens(folder / TOKENS, vectors.codes)
        files = manifests.records_of(folder)
        if any(files[f"{VECTORS}/{name}"] != each for name, each in written.files.items()):
            raise IndexDamagedError(
                f"{VECTORS} on the disk is not what was written; check the disk of {str(index)!r}"
            )
        complete = manifest.model_copy(update={"files": files, "vectors": written.method})
        opened = open_folder(folder, complete)
        opened.store.close()
        complete = complete.model_copy(
            update={
                "calibration": calibrate(
                    encoder,
                    opened.vectors,
                    opened.tokens,
                    opened.readable(encoder.identity),
                )
            }
        )
        name = publish.publish(index, folder, complete)
        tell("index", 3, 3)
    return name


def _manifest(
    reader: PaperReader,
    encoder: Encoder,
    files: Sequence[CorpusFile],
    corrections: Corrections,
    reading: Reading,
    *,
    glossary: Sequence[Entry],
) -> Manifest:
    """What the new generation is built from; its files are named when they are written."""
    terms = glossaries.digest(glossary)
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
        papers=tuple(_manifest_paper(each) for each in reading.papers),
        failed=reading.failed,
        passages=sum(len(each.passages) for each in reading.papers),
        files={},
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _content_digest(encoder: Encoder, terms: str, papers: Sequence[IndexedPaper]) -> str:
    """SHA-256 over what is indexed; times and vectors are left out: they differ by machine."""
    parts = [str(manifests.SCHEMA_VERSION), encoder.identity, str(encoder.dimension), terms]
    for each in papers:
        parts += (each.record(), each.added_record(), each.agenda_record() or "")
        parts += (embedded_text(passage) for passage in each.passages)
    return manifests.digest_of(parts)


def _manifest_paper(indexed: IndexedPaper) -> manifests.IndexedFile:
    """A paper as the manifest keeps it."""
    paper = indexed.paper
    return manifests.IndexedFile(
        file=paper.file,
        digest=paper.digest,
        symbol=paper.symbol,
        language=paper.language,
        symbols=indexed.as_read.symbols,
        correction=indexed.added.correction,
    )


def _silent(stage: str, done: int, total: int) -> None:
    """Tell nobody."""
