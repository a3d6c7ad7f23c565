"""
a place -> a whole file there, or none: written beside under another name, then renamed.

Why opened before the work begins: a place that cannot be written is told at once, and not after
all items were looked for.
"""

from __future__ import annotations

import contextlib
import os
from typing import IO, TYPE_CHECKING

from wgsearch.errors import PlaceUnwritableError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def placed(path: Path) -> Iterator[IO[bytes]]:
    """
    A file that appears under its name when all is written, and not at all when anything fails.

    Raises:
        PlaceUnwritableError: Nothing can be written there; what stood there stays.
    """
    if path.is_dir():
        raise PlaceUnwritableError(
            f"{str(path)!r} is a folder; name a file in it, such as {str(path / 'pack.docx')!r}"
        )
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        file = beside.open("xb")
    except OSError as error:
        raise _refused(path, error) from error
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        beside.unlink(missing_ok=True)


def _refused(path: Path, error: OSError) -> PlaceUnwritableError:
    folder = path.parent
    if not folder.exists():
        return PlaceUnwritableError(
            f"cannot write {str(path)!r}: there is no folder {str(folder)!r}; make it, or name"
            " another place"
        )
    return PlaceUnwritableError(
        f"cannot write {str(path)!r}: {error.strerror or error}; name another place, or make room"
        " and rights in this one"
    )
