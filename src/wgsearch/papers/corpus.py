"""
corpus folder -> files with their digests: what there is to read.

Why by content: a change is seen by the bytes of a file, never by its time.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wgsearch.errors import CorpusMissingError

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = (".pdf", ".docx", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusFile:
    """
    One file of the corpus.

    Attributes:
        file: Name relative to the corpus folder, with `/` between folders.
        digest: SHA-256 of its bytes, in hex; empty when it cannot be opened.
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
    _demand(root)
    found = [_corpus_file(path, root) for path in _papers(root)]
    if not found:
        kinds = ", ".join(SUFFIXES)
        raise CorpusMissingError(
            f"corpus folder {str(root)!r} holds no papers ({kinds}); put some in it"
        )
    return tuple(sorted(found, key=lambda each: each.file))


def names(root: Path) -> tuple[str, ...]:
    """
    Names of the papers of a corpus folder, as `scan` gives them, none of them opened.

    Raises:
        CorpusMissingError: The folder is missing, or is no folder.
    """
    _demand(root)
    return tuple(sorted(_written(path, root) for path in _papers(root)))


def _demand(root: Path) -> None:
    """
    There is a folder.

    Raises:
        CorpusMissingError: There is none.
    """
    if not root.exists():
        raise CorpusMissingError(
            f"corpus folder {str(root)!r} does not exist; name one with --corpus"
        )
    if not root.is_dir():
        raise CorpusMissingError(
            f"{str(root)!r} is a file; --corpus wants the folder that holds the papers"
        )


def _hidden(parts: tuple[str, ...]) -> bool:
    """A part of the path begins with a dot, or is a lock file of an office program."""
    return any(part.startswith((".", "~$")) for part in parts)


def _papers(root: Path) -> Iterator[Path]:
    """Paths of papers below a folder; a folder that cannot be listed stands for what it holds."""
    unlisted: list[str] = []
    for folder, folders, files in os.walk(
        root, onerror=lambda error: unlisted.append(error.filename)
    ):
        folders[:] = [name for name in folders if not _hidden((name,))]
        for name in files:
            path = Path(folder, name)
            if path.suffix.lower() in SUFFIXES and not _hidden((name,)):
                yield path
    yield from map(Path, unlisted)


def _corpus_file(path: Path, root: Path) -> CorpusFile:
    """
    A file with its digest.

    One that cannot be opened, that is a pipe or a device, or whose name cannot be written
    down, has no digest: reading it will say why, and it is tried again once it has one.
    """
    name, written = path.relative_to(root).as_posix(), _written(path, root)
    try:
        if written == name and path.is_file():
            return CorpusFile(file=name, digest=_digest(path), size=path.stat().st_size)
    except OSError:
        pass  # said by the reader, file by file
    return CorpusFile(file=written, digest="", size=0)


def _written(path: Path, root: Path) -> str:
    """A file's name below a folder, such that it can be written down."""
    name = path.relative_to(root).as_posix()
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
