"""
corpus folder -> files with their digests: what there is to read.

Why by content: a change is seen by the bytes of a file, never by its time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.errors import CorpusMissingError

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = (".pdf", ".docx", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusFile:
    """
    One file of the corpus.

    Attributes:
        file: Name relative to the corpus folder, with `/` between folders.
        digest: SHA-256 of its bytes, in hex.
        size: Its size in bytes.
    """

    file: str
    digest: str
    size: int


def scan(root: Path) -> tuple[CorpusFile, ...]:
    """
    The papers of a corpus folder, sub-folders included, by name.

    Hidden files and folders are passed over; files of other kinds too.

    Raises:
        CorpusMissingError: The folder is missing, is no folder, or holds no papers.
    """
    if not root.exists():
        raise CorpusMissingError(
            f"corpus folder {str(root)!r} does not exist; name one with --corpus"
        )
    if not root.is_dir():
        raise CorpusMissingError(
            f"{str(root)!r} is a file; --corpus wants the folder that holds the papers"
        )
    found = [
        CorpusFile(
            file=path.relative_to(root).as_posix(), digest=_digest(path), size=path.stat().st_size
        )
        for path in root.rglob("*")
        if path.suffix.lower() in SUFFIXES
        and path.is_file()
        and not _hidden(path.relative_to(root).parts)
    ]
    if not found:
        kinds = ", ".join(SUFFIXES)
        raise CorpusMissingError(
            f"corpus folder {str(root)!r} holds no papers ({kinds}); put some in it"
        )
    return tuple(sorted(found, key=lambda each: each.file))


def _hidden(parts: tuple[str, ...]) -> bool:
    """A part of the path begins with a dot, or is a lock file of an office program."""
    return any(part.startswith((".", "~$")) for part in parts)


def _digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
