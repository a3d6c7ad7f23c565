"""
manifest of the generation in use -> what became of each paper: indexed, left out, or why not.

Why from the manifest: it is what the next build goes by, so that a file which is called
quarantined here is one that the next build does not read.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.index.plan import LEFT_OUT

if TYPE_CHECKING:
    from wgsearch.index.manifest import Manifest


class State(StrEnum):
    """
    What became of a paper.

    Attributes:
        INDEXED: Its passages are found.
        LEFT_OUT: It was read, and another file of the same paper is indexed.
        QUARANTINED: It could not be read, and is not read again until it changes or is asked for.
    """

    INDEXED = "indexed"
    LEFT_OUT = "left_out"
    QUARANTINED = "quarantined"


class PaperState(NamedTuple):
    """
    A file of the corpus, and what became of it.

    Attributes:
        file: Its name.
        state: What became of it.
        digest: SHA-256 of its bytes.
        symbol: Symbol of its paper, where it is indexed and has one.
        language: Language of its paper, where it is indexed.
        code: Why it is not indexed, for programs.
        reason: Why, in words.
        since: ISO time of the build that first found it so.
        failed_before: A build before this one found it so, and this one did not read it again.
    """

    file: str
    state: State
    digest: str
    symbol: str | None = None
    language: str | None = None
    code: str | None = None
    reason: str | None = None
    since: str | None = None
    failed_before: bool = False


def states(manifest: Manifest) -> tuple[PaperState, ...]:
    """All files that a build knew, by name."""
    found = [
        PaperState(
            file=each.file,
            state=State.INDEXED,
            digest=each.digest,
            symbol=each.symbol,
            language=each.language,
        )
        for each in manifest.papers
    ]
    found += [
        PaperState(
            file=each.file,
            state=State.LEFT_OUT if each.code in LEFT_OUT else State.QUARANTINED,
            digest=each.digest,
            code=each.code,
            reason=each.reason,
            since=each.since,
            failed_before=each.code not in LEFT_OUT and each.since not in {None, manifest.built_at},
        )
        for each in manifest.failed
    ]
    return tuple(sorted(found, key=lambda each: each.file))
