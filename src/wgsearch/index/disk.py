"""
bytes -> files that last: the one module through which an index is written.

Why one: whether a reader finds a whole generation after a loss of power depends on the order of
writing, syncing and renaming alone. Here that order can be read, and a double of this class
drops and reorders what was not synced (bench/faults/power.py).

SQLite and tantivy write files of their own, into a folder that nobody reads yet; `settle`
makes them last before the folder gets its name.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from typing import TYPE_CHECKING, BinaryIO

from wgsearch.errors import IndexUnwritableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Disk:
    """
    The disk as it is.

    `make`, `create`, `sync`, `rename`, `unlink` and `rmdir` are the steps that may be lost; the
    rest is made of them.

    Raises:
        IndexUnwritableError: By every method: the disk is full, fails, or may not be written.
    """

    def make(self, folder: Path) -> None:
        """Make a folder that is not there yet."""
        with told(folder):
            folder.mkdir()

    @contextlib.contextmanager
    def create(self, path: Path) -> Iterator[BinaryIO]:
        """A new file to write; at the end it is on the disk as long as it was written."""
        with told(path), path.open("xb") as file:
            yield file
            file.flush()
            file.seek(0, os.SEEK_END)
            size = file.tell()
            os.fsync(file.fileno())
            if os.fstat(file.fileno()).st_size != size:
                # A disk that takes less than it was given and says nothing.
                raise OSError(errno.EIO, f"{size} bytes were written, fewer are on the disk")

    def sync(self, path: Path) -> None:
        """Make the bytes of a file, or the names of a folder, last through a loss of power."""
        with told(path):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file or folder another name in one step; a file of that name is replaced."""
        with told(new):
            old.replace(new)

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        with told(path):
            path.unlink()

    def rmdir(self, folder: Path) -> None:
        """Remove an empty folder."""
        with told(folder):
            folder.rmdir()

    def write(self, path: Path, data: bytes) -> None:
        """A new file with these bytes."""
        with self.create(path) as file:
            file.write(data)

    def make_lasting(self, folder: Path) -> None:
        """Make a folder and those above it where they are missing, and make their names last."""
        if folder.is_dir():
            return
        if folder.parent != folder:
            self.make_lasting(folder.parent)
        try:
            self.make(folder)
        except IndexUnwritableError:
            if not folder.is_dir():  # another process may have made it meanwhile
                raise
        self.sync(folder.parent)

    def move(self, old: Path, new: Path) -> None:
        """Rename within one folder, and make the name last."""
        self.rename(old, new)
        self.sync(new.parent)

    def replace(self, path: Path, data: bytes) -> None:
        """A file of one name, before and afterwards, with other bytes, in one step."""
        aside = path.with_name(f".{path.name}")
        self.clear(aside)
        self.write(aside, data)
        self.move(aside, path)

    def settle(self, folder: Path) -> None:
        """Make all that lies in a folder last, whoever wrote it."""
        for path in sorted(folder.rglob("*")):
            self.sync(path)
        self.sync(folder)

    def clear(self, path: Path) -> None:
        """Remove a file or a folder with all that is in it; nothing there is no fault."""
        if path.is_dir() and not path.is_symlink():
            for each in sorted(path.iterdir()):
                self.clear(each)
            self.rmdir(path)
        elif path.exists() or path.is_symlink():
            self.unlink(path)

    def abandon(self, folder: Path) -> None:
        """Remove a folder as far as that is possible: something failed that is told already."""
        shutil.rmtree(folder, ignore_errors=True)


DISK = Disk()


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """
    Failures of the system while something is written, with the file at which it failed.

    Raises:
        IndexUnwritableError: Names the file, the cause and what to do.
    """
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, cause: Exception) -> IndexUnwritableError:
    """What failed while a file of an index was written, whoever wrote it."""
    said = (cause.strerror if isinstance(cause, OSError) else None) or str(cause)
    return IndexUnwritableError(
        f"cannot write {str(path)!r}: {said}; make room, or rights to write there, and run the "
        "command again; what was in use is untouched"
    )
