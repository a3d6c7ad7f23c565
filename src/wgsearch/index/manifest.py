"""
generation -> Manifest: what an index was built from, and whether it may be opened.

Why: text, vectors and metadata of different builds look alike one by one; only their
common record tells that they belong together.
"""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from wgsearch.errors import IndexDamagedError, SchemaMismatchError
from wgsearch.index.calibration import Calibration  # noqa: TC001 - a field of a model
from wgsearch.papers.corrections import Correction  # noqa: TC001 - a field of a model

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# One up whenever files of a generation change their meaning, or passages are cut otherwise.
SCHEMA_VERSION = 6
MANIFEST = "manifest.json"
# tantivy makes these whenever it opens a folder; they hold nothing.
# Files that are read at a time when their digests are compared.
_HASHING = 4
_CHECKSUM = '"checksum": "'
_LOCKS = (".tantivy-writer.lock", ".tantivy-meta.lock")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class FileRecord(_Record):
    """Size in bytes and SHA-256 of one file of a generation."""

    size: int
    sha256: str


class IndexedFile(_Record):
    """
    A file whose paper is in the index.

    Attributes:
        file: Its name in the corpus folder.
        digest: SHA-256 of its bytes.
        symbol: Symbol of its paper, corrections applied.
        language: Language of its paper, likewise.
        symbols: Symbols as they were read: corrections by symbol are found by them.
        correction: What was stated by hand and is applied; None for nothing.
    """

    file: str
    digest: str
    symbol: str | None
    language: str
    symbols: tuple[str, ...] = ()
    correction: Correction | None = None


class FailedFile(_Record):
    """
    A file of the corpus that is not in the index.

    Attributes:
        file: Its name in the corpus folder.
        digest: SHA-256 of its bytes.
        code: Why, for programs.
        reason: Why, in words.
        since: ISO time, UTC, of the build that found it so; None where that was not kept.
    """

    file: str
    digest: str
    code: str
    reason: str
    since: str | None = None


class VectorMethod(_Record):
    """
    How the rows of a generation are searched by meaning.

    Attributes:
        kind: `exact`: all rows are compared. `coded`: their codes are, and the best of these.
        bits: Bits of a code for each number; None where there are none.
        question_bits: Bits of a question's numbers beside codes; likewise.
        factor: So many times more rows than asked are taken by their codes.
        recall: Share of the ten nearest rows found, when it was built; 1 where all are compared.
    """

    kind: Literal["exact", "coded"]
    bits: int | None = None
    question_bits: int | None = None
    factor: int = 1
    recall: float = 1.0


class Manifest(_Record):
    """
    What a generation was built from; its files' digests stand in it, its own at its end.

    Attributes:
        schema_version: Meaning of the generation's files.
        reader_version: Version of what read the papers.
        encoder: Identity of the encoder.
        dimension: Length of a vector.
        token_codec: How tokens are kept; None for an encoder without token vectors.
        vectors: How rows are searched by meaning; known when they are written.
        corpus_digest: SHA-256 over names and digests of the corpus' files.
        corrections_digest: SHA-256 over what is stated by hand.
        glossary_digest: SHA-256 over the terms of the glossary.
        content_digest: SHA-256 over what is indexed; equal on any machine.
        papers: Papers by file name.
        failed: Files that are not in the index, by file name.
        passages: Number of rows of each part.
        files: Files of the generation by name.
        built_at: ISO time, UTC.
        calibration: What verdicts are measured by; None where there is nothing to measure.
        checksum: SHA-256 of the manifest's own text with nothing between these quotes; empty in
            memory, and in manifests that were written before there was one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: int
    reader_version: int
    encoder: str
    dimension: int
    token_codec: str | None = None
    vectors: VectorMethod = VectorMethod(kind="exact")
    corpus_digest: str
    corrections_digest: str = ""
    glossary_digest: str = ""
    content_digest: str
    papers: tuple[IndexedFile, ...]
    failed: tuple[FailedFile, ...]
    passages: int
    files: dict[str, FileRecord]
    built_at: str
    calibration: Calibration | None = None
    checksum: str = ""


def sealed(manifest: Manifest) -> bytes:
    """A manifest as it is written, with its own checksum."""
    text = manifest.model_copy(update={"checksum": ""}).model_dump_json(indent=1)
    before, after = _around_checksum(text)
    return f"{before}{hashlib.sha256(text.encode()).hexdigest()}{after}".encode()


def _around_checksum(text: str) -> tuple[str, str]:
    """What stands before and after the checksum of a manifest, which comes last in it."""
    before, mark, last = text.rpartition(_CHECKSUM)
    return f"{before}{mark}", last[last.index('"') :]


def _is_as_sealed(text: str) -> bool:
    """Whether a manifest's text is the one that its checksum was made of."""
    if _CHECKSUM not in text:
        return True  # written before there were any
    try:
        before, after = _around_checksum(text)
    except ValueError:
        return False
    written = text[len(before) : len(text) - len(after)]
    found = hashlib.sha256(f"{before}{after}".encode()).hexdigest()
    return written in ("", found)


def read_manifest(generation: Path) -> Manifest:
    """
    The manifest of a generation.

    Raises:
        IndexDamagedError: It is missing or cannot be read.
        SchemaMismatchError: Another version of wgsearch wrote it.
    """
    try:
        text = (generation / MANIFEST).read_text(encoding="utf-8")
        found = json.loads(text)["schema_version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamagedError(
            f"the manifest of generation {generation.name!r} cannot be read ({error}); "
            "run `wgsearch build --full`"
        ) from error
    if found != SCHEMA_VERSION:
        raise SchemaMismatchError(
            f"generation {generation.name!r} has schema {found!r}, this version reads "
            f"{SCHEMA_VERSION}; run `wgsearch build` (nothing is embedded again)"
        )
    if not _is_as_sealed(text):
        raise IndexDamagedError(
            f"the manifest of generation {generation.name!r} does not have the SHA-256 it was "
            "written with; run `wgsearch build --full`"
        )
    try:
        return Manifest.model_validate_json(text).model_copy(update={"checksum": ""})
    except ValidationError as error:
        raise IndexDamagedError(
            f"the manifest of generation {generation.name!r} is not whole "
            f"({error.error_count()} faults); run `wgsearch build --full`"
        ) from error


def check_files(
    generation: Path, manifest: Manifest, *, verify: bool = True, without: str | None = None
) -> None:
    """
    Every file of a generation is there and is what was written.

    Args:
        generation: Folder of the generation.
        manifest: Its manifest.
        verify: Compare digests too, not sizes only.
        without: A folder of it that need not be there, and is not looked at.

    Raises:
        IndexDamagedError: A file is missing, or differs in size or digest.
    """
    files = {
        name: expected
        for name, expected in manifest.files.items()
        if without is None or not name.startswith(f"{without}/")
    }
    for name, expected in files.items():
        path = generation / name
        found = path.stat().st_size if path.is_file() else None
        if found != expected.size:
            wrong = "is missing" if found is None else f"has {found} bytes, not {expected.size}"
            raise _wrong(generation, name, wrong)
    if not verify:
        return
    # Digests are computed without Python, so that two files are read in the time of one.
    with ThreadPoolExecutor(_HASHING) as pool:
        records = pool.map(lambda name: record_of(generation / name), files)
        for (name, expected), found_now in zip(files.items(), records, strict=True):
            if found_now.sha256 != expected.sha256:
                raise _wrong(generation, name, "does not have the SHA-256 it was written with")


def _wrong(generation: Path, name: str, fault: str) -> IndexDamagedError:
    return IndexDamagedError(
        f"file {name!r} of generation {generation.name!r} {fault}; run `wgsearch build --full`"
    )


def record_of(path: Path) -> FileRecord:
    """Size and SHA-256 of a file as it is now."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileRecord(size=path.stat().st_size, sha256=digest)


def records_of(generation: Path) -> dict[str, FileRecord]:
    """All files of a generation by name, but the manifest and empty locks."""
    paths = sorted(path for path in generation.rglob("*") if path.is_file())
    return {
        path.relative_to(generation).as_posix(): record_of(path)
        for path in paths
        if path.name not in (MANIFEST, *_LOCKS)
    }


def content_digest(
    encoder: str, dimension: int, terms: str, papers: Iterable[tuple[str, str]]
) -> str:
    """
    SHA-256 over what is indexed; times and vectors are left out: they differ by machine.

    Args:
        encoder: Identity of the encoder.
        dimension: Length of a vector.
        terms: SHA-256 over the terms of the glossary.
        papers: Of each paper, SHA-256 over what was read, and what the build added, as JSON.
    """
    parts = [str(SCHEMA_VERSION), encoder, str(dimension), terms]
    return digest_of((*parts, *(part for paper in papers for part in paper)))


def digest_of(parts: Iterable[str]) -> str:
    """SHA-256 over texts in order, each with its length, so that none runs into another."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode()
        whole.update(f"{len(data)}:".encode())
        whole.update(data)
    return whole.hexdigest()
