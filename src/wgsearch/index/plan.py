"""
corpus files against manifest -> Plan: what a build will do, and why it is decided here.

Why pure: from names, digests and corrections alone, so that a plan can be printed, tested
and trusted before anything is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.index.manifest import FailedFile, digest_of
from wgsearch.papers.corrections import Corrections

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wgsearch.index.manifest import Manifest
    from wgsearch.papers.corpus import CorpusFile

# Codes of files that were read and left out for another file.
LEFT_OUT = frozenset({"duplicate", "reissued"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """
    What a build will do; file names, ascending.

    Attributes:
        added: Files to read for the first time.
        changed: Files to read again: their bytes differ, or another kind was stated for them
            by hand (whether a paper holds an agenda is seen in its lines, which are not stored).
        removed: Files that were indexed and are gone.
        unchanged: Files whose papers are taken from the generation in use.
        recorrected: Those among the unchanged whose corrections by hand differ.
        retried: Files that were not indexed, to read again: those left out as duplicates, since
            the other file may be gone, and those that failed, where that is asked for.
        failed: Files that could not be read and have not changed since; not read again.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    recorrected: tuple[str, ...]
    retried: tuple[str, ...]
    failed: tuple[FailedFile, ...]

    @property
    def to_read(self) -> tuple[str, ...]:
        """Files to read, ascending."""
        return tuple(sorted((*self.added, *self.changed, *self.retried)))


def plan(
    files: Iterable[CorpusFile],
    previous: Manifest | None,
    corrections: Corrections | None = None,
    *,
    retry_failed: bool = False,
) -> Plan:
    """
    What to do, from names, digests and corrections alone.

    Args:
        files: Files of the corpus.
        previous: Manifest of the generation whose papers may be taken over, or None.
        corrections: What is stated by hand now.
        retry_failed: Read files again that could not be read, though they did not change.
    """
    now = {each.file: each.digest for each in files}
    indexed = {each.file: each.digest for each in previous.papers} if previous else {}
    failed = {each.file: each for each in previous.failed} if previous else {}
    before = indexed | {file: each.digest for file, each in failed.items()}
    same = sorted(file for file, digest in now.items() if before.get(file) == digest)
    again = {file for file, each in failed.items() if retry_failed or each.code in LEFT_OUT}
    other = _recorrected(previous, corrections or Corrections()) if previous else {}
    rekinded = {file for file in same if other.get(file, False)}
    return Plan(
        added=tuple(sorted(now.keys() - before.keys())),
        changed=tuple(sorted((now.keys() & before.keys()) - set(same) | rekinded)),
        removed=tuple(sorted(indexed.keys() - now.keys())),
        unchanged=tuple(file for file in same if file in indexed and file not in rekinded),
        recorrected=tuple(file for file in same if file in other and file not in rekinded),
        retried=tuple(file for file in same if file in again),
        failed=tuple(failed[file] for file in same if file in failed and file not in again),
    )


def _recorrected(previous: Manifest, corrections: Corrections) -> dict[str, bool]:
    """Files whose corrections are not those of the manifest, and whether their kind is."""
    found: dict[str, bool] = {}
    for each in previous.papers:
        now = corrections.of(each.file, each.symbols)
        if now != each.correction:
            kinds = [one.kind if one else None for one in (now, each.correction)]
            found[each.file] = kinds[0] != kinds[1]
    return found


def corpus_digest(files: Iterable[CorpusFile]) -> str:
    """SHA-256 over names and digests, whatever the order of the files."""
    return digest_of(
        part for each in sorted(files, key=lambda f: f.file) for part in (each.file, each.digest)
    )
