"""
corpus, generation in use, encoder -> Decision: what a build will do, and why, before it does it.

Why apart: `build --dry-run` prints this, and a build follows it; neither could say anything
that the other does not do. Nothing is written here, and no paper is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.errors import IndexDamagedError, IndexMissingError, SchemaMismatchError
from wgsearch.glossary import load as glossaries
from wgsearch.index import publish
from wgsearch.index.plan import LEFT_OUT, Plan, corpus_digest, plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.glossary.entries import Entry
    from wgsearch.index.manifest import Manifest
    from wgsearch.index.reading import PaperReader
    from wgsearch.papers.corpus import CorpusFile
    from wgsearch.papers.corrections import Corrections


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """
    What lies in a corpus folder.

    Attributes:
        files: Its papers with their digests.
        corrections: What is stated by hand.
        glossary: The terms by which its papers are asked.
        terms: SHA-256 over these.
    """

    files: tuple[CorpusFile, ...]
    corrections: Corrections
    glossary: tuple[Entry, ...]
    terms: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The generation in use, whole."""

    name: str
    manifest: Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """
    What a build will do.

    Attributes:
        previous: The generation in use whose papers are taken over; None where all are read.
        plan: What becomes of each file.
        reasons: Why a generation is published; empty where none is, since nothing changed.
    """

    previous: Previous | None
    plan: Plan
    reasons: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """The decision as `wgsearch build --dry-run --json` prints it."""
        planned = self.plan
        return {
            "generation": self.previous.name if self.previous else None,
            "publishes": bool(self.reasons),
            "reasons": list(self.reasons),
            "plan": {
                "added": list(planned.added),
                "changed": list(planned.changed),
                "removed": list(planned.removed),
                "unchanged": list(planned.unchanged),
                "recorrected": list(planned.recorrected),
                "retried": list(planned.retried),
                "failed_before": [
                    {
                        "file": each.file,
                        "code": each.code,
                        "reason": each.reason,
                        "since": each.since,
                    }
                    for each in planned.failed
                ],
            },
        }


def survey(corpus: Path, reader: PaperReader) -> Survey:
    """
    Look at a corpus folder.

    Raises:
        CorpusMissingError: The corpus holds no paper that can be read.
        CorrectionsUnreadableError: What is stated by hand cannot be read.
        GlossaryUnreadableError: The corpus folder's glossary cannot be read.
    """
    files = tuple(reader.scan(corpus))
    glossary = reader.glossary(corpus)
    return Survey(
        files=files,
        corrections=reader.corrections(corpus),
        glossary=glossary,
        terms=glossaries.digest(glossary),
    )


def decide(
    surveyed: Survey,
    index: Path,
    encoder: Encoder,
    *,
    reader_version: int,
    full: bool = False,
    retry_failed: bool = False,
) -> Decision:
    """
    What to do about a corpus.

    Args:
        surveyed: What lies in it.
        index: The index folder; may be missing.
        encoder: What would encode.
        reader_version: Version of what would read.
        full: Read all papers again.
        retry_failed: Read those again that could not be read.
    """
    previous, why = _previous(index)
    if previous and (full or previous.manifest.reader_version != reader_version):
        why = "all papers are asked for" if full else "papers are read by another version"
        previous = None
    manifest = previous.manifest if previous else None
    planned = plan(surveyed.files, manifest, surveyed.corrections, retry_failed=retry_failed)
    reasons = (why,) if manifest is None else _reasons(manifest, surveyed, encoder)
    if retry_failed and (again := _asked_again(planned, manifest)):
        reasons = (*reasons, f"{len(again)} files that could not be read are read again")
    return Decision(previous=previous, plan=planned, reasons=reasons)


def _previous(index: Path) -> tuple[Previous | None, str]:
    """The generation in use, or why there is none to go on from: it is built anew then."""
    try:
        name = publish.current(index)
        return Previous(name=name, manifest=publish.verify_generation(index, name)), ""
    except IndexMissingError:
        return None, "there is no index yet"
    except SchemaMismatchError:
        return None, "the generation in use was written by another version"
    except IndexDamagedError as error:
        return None, f"the generation in use is damaged: {error}"


def _reasons(previous: Manifest, surveyed: Survey, encoder: Encoder) -> tuple[str, ...]:
    """Why a build would not make the same generation again."""
    differs = {
        "the encoder is another one": previous.encoder != encoder.identity,
        "files were added, changed or removed": previous.corpus_digest
        != corpus_digest(surveyed.files),
        "what is stated by hand changed": previous.corrections_digest
        != surveyed.corrections.digest,
        "the terms of the glossary changed": previous.glossary_digest != surveyed.terms,
    }
    return tuple(reason for reason, holds in differs.items() if holds)


def _asked_again(planned: Plan, previous: Manifest | None) -> Sequence[str]:
    """Files that could not be read before, and are read again for that alone."""
    unread = (
        {each.file for each in previous.failed if each.code not in LEFT_OUT} if previous else set()
    )
    return [file for file in planned.retried if file in unread]
