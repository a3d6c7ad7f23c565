"""
Bytes from a stranger -> a paper of the corpus folder, or nothing; and a paper -> the bin.

Why a quarantine inside that folder: what comes is hidden from builds until it was read, and then
takes its place by a rename, which no build sees half done.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from wgsearch.errors import CorpusUnwritableError, PaperUnreadableError
from wgsearch.papers.children import read_papers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wgsearch.papers.paper import Paper

QUARANTINE = ".incoming"
BIN = ".bin"
UPLOADED = "uploaded"
# What a killed service left behind is older than any upload that still comes.
_LEFT_S = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """
    A paper that was brought.

    Attributes:
        file: Its name in the corpus folder.
        paper: As it was read.
        is_new: Its bytes had not been brought before.
    """

    file: str
    paper: Paper
    is_new: bool


class Arriving:
    """A file on its way, in the quarantine."""

    def __init__(self, corpus: Path, ending: str) -> None:
        """
        Begin a file.

        Args:
            corpus: Folder of the papers.
            ending: Of its name: `.pdf`, `.docx` or `.txt`.

        Raises:
            CorpusUnwritableError: Nothing can be written there.
        """
        self._corpus = corpus
        self._ending = ending
        self._folder = _own(corpus, QUARANTINE)
        _sweep(self._folder)
        self._path = self._folder / f"{secrets.token_hex(16)}{ending}"
        self._digest = hashlib.sha256()
        with _written(corpus):
            self._stream = self._path.open("xb")

    def write(self, piece: bytes) -> None:
        """Add what came."""
        with _written(self._corpus):
            self._stream.write(piece)
        self._digest.update(piece)

    def accept(self) -> Brought:
        """
        Read it in a child process with limits, and give it its place.

        Raises:
            PaperUnreadableError: It is no paper that can be read; nothing is kept.
            CorpusUnwritableError: It cannot be kept.
        """
        with _written(self._corpus):
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
        (found,) = read_papers(self._folder, [self._path.name], workers=1)
        if isinstance(found, PaperUnreadableError):
            raise PaperUnreadableError("the file that was sent", found.code, found.reason)
        name = f"{UPLOADED}/{self._digest.hexdigest()}{self._ending}"
        place = _own(self._corpus, UPLOADED) / PurePath(name).name
        is_new = not place.exists()
        with _written(self._corpus):
            self._path.replace(place)
        return Brought(file=name, paper=found, is_new=is_new)

    def abandon(self) -> None:
        """Keep nothing of it; after `accept` there is nothing to remove."""
        with contextlib.suppress(OSError):  # a full disk was told of already
            self._stream.close()
        self._path.unlink(missing_ok=True)


def remove(corpus: Path, file: str) -> bool:
    """
    Move a file of the corpus folder to its bin.

    Args:
        corpus: Folder of the papers.
        file: Name below it.

    Returns:
        Whether it was there.

    Raises:
        CorpusUnwritableError: It cannot be moved.
    """
    root = corpus.resolve()
    path = root / file
    # A link that leads out is not followed: what lies elsewhere is not ours to move.
    if path.is_symlink() or not path.resolve().is_relative_to(root) or not path.is_file():
        return False
    own = _own(root, BIN) / f"{time.time_ns()}-{secrets.token_hex(4)}"
    place = own / file
    with _written(root):
        place.parent.mkdir(parents=True)
        try:
            path.replace(place)
        except FileNotFoundError:  # somebody else was faster
            shutil.rmtree(own)
            return False
    return True


def _own(corpus: Path, name: str) -> Path:
    """
    A folder of ours in the corpus folder; a link would lead what is written elsewhere.

    Raises:
        CorpusUnwritableError: It is a link, or cannot be made.
    """
    folder = corpus / name
    with _written(corpus):
        folder.mkdir(mode=0o700 if name.startswith(".") else 0o777, exist_ok=True)
    if folder.is_symlink():
        raise CorpusUnwritableError(f"{str(folder)!r} is a link; make it a folder")
    return folder


@contextlib.contextmanager
def _written(corpus: Path) -> Iterator[None]:
    """Say which folder cannot be written into."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        raise CorpusUnwritableError(
            f"nothing can be written into {str(corpus)!r} ({error.strerror}); make room, or let"
            " wgsearch write there"
        ) from error


def _sweep(folder: Path) -> None:
    """Remove what nobody brings any more."""
    for each in folder.iterdir():
        with contextlib.suppress(OSError):
            if time.time() - each.lstat().st_mtime > _LEFT_S:
                each.unlink()
