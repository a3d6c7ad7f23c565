"""
a generation -> a hold on it, for as long as somebody reads it.

Why a lock of the system on the manifest: it is gone with the process that held it, however
that ended, and whoever only reads needs no right to write. Who prunes asks for the same lock
alone, and leaves what others hold.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import weakref
from typing import TYPE_CHECKING

from wgsearch.errors import IndexDamagedError
from wgsearch.index.manifest import MANIFEST

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What file systems say that know no such locks: they are read and pruned as if nobody read.
_NO_LOCKS = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}


class Lease:
    """
    A hold on a generation, shared with all who read it; it ends when it is closed or forgotten.

    Args:
        generation: Folder of the generation.

    Raises:
        IndexDamagedError: It is not there, or is being removed.
    """

    def __init__(self, generation: Path) -> None:
        path = generation / MANIFEST
        try:
            handle = os.open(path, os.O_RDONLY)
        except OSError as error:
            raise _gone(generation, str(error)) from error
        self._close = weakref.finalize(self, os.close, handle)
        if not _locked(handle, alone=False):
            self._close()
            raise _gone(generation, "it is being removed")
        try:
            same = os.path.samestat(os.fstat(handle), path.stat())
        except OSError:
            same = False
        if not same:  # removed between opening and locking
            self._close()
            raise _gone(generation, "it was removed")

    def close(self) -> None:
        """Let go; may be called again."""
        self._close()


@contextlib.contextmanager
def alone(generation: Path) -> Iterator[bool]:
    """Whether nobody reads a generation; where that is so, nobody can begin to meanwhile."""
    try:
        handle = os.open(generation / MANIFEST, os.O_RDONLY)
    except OSError:
        yield True  # without a manifest nobody can open it
        return
    try:
        yield _locked(handle, alone=True)
    finally:
        os.close(handle)


def is_held(generation: Path) -> bool:
    """Whether somebody reads a generation."""
    with alone(generation) as free:
        return not free


def _locked(handle: int, *, alone: bool) -> bool:
    """Take a lock at once, or say that it is not to be had."""
    if sys.platform == "win32":  # files that are open cannot be removed there
        return True
    kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    return True


def _gone(generation: Path, cause: str) -> IndexDamagedError:
    return IndexDamagedError(
        f"the manifest of generation {generation.name!r} cannot be read ({cause}); "
        "run `wgsearch build --full`"
    )
