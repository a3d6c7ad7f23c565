"""
finished files -> the generation in use: the writer's lock, the swap, verifying.

Why so: a reader must find the old generation or the new one, whole, whenever the writer
is killed. A generation is written aside, synced, renamed into place, and only then named
by CURRENT, which is itself replaced by a rename.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from wgsearch.errors import BuildBusyError
from wgsearch.index.disk import DISK, Disk, unwritable
from wgsearch.index.lease import Lease
from wgsearch.index.manifest import MANIFEST, Manifest, check_files, read_manifest, sealed
from wgsearch.index.places import (
    BUILDING,
    COMPENDIUM,
    CURRENT,
    GENERATIONS,
    LOCK,
    REMOVING,
    Generation,
    current,
    existing,
    folder_of,
    list_generations,
    names,
    number_of,
)
from wgsearch.index.pruning import prune

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "KEPT",
    "Generation",
    "current",
    "folder_of",
    "list_generations",
    "new_folder",
    "point",
    "publish",
    "put",
    "verify_generation",
    "writing",
]

# Generations kept beside the one in use, to go back to.
KEPT = 3


@contextlib.contextmanager
def writing(index: Path, disk: Disk = DISK) -> Iterator[None]:
    """
    Hold the writer's lock; what a killed writer left behind is put right first.

    Raises:
        BuildBusyError: At once, when another process holds it.
        IndexUnwritableError: Nothing can be written there.
    """
    disk.make_lasting(index / GENERATIONS)
    lock = FileLock(index / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise BuildBusyError(
            f"another build holds {lock.lock_file!r}; wait for it to end"
        ) from error
    except OSError as error:
        raise unwritable(index / LOCK, error) from error
    try:
        _put_right(index, disk)
        yield
    finally:
        lock.release()


def _put_right(index: Path, disk: Disk) -> None:
    """Remove what is half written or half removed; bring back what should have been replaced."""
    replaced = index / f"{REMOVING}{COMPENDIUM}"
    if replaced.is_dir() and not (index / COMPENDIUM).exists():
        disk.move(replaced, index / COMPENDIUM)
    for left in (
        *(index / GENERATIONS).glob(f"{BUILDING}*"),
        *(index / GENERATIONS).glob(f"{REMOVING}*"),
        *index.glob(f"{BUILDING}*"),
        *index.glob(f"{REMOVING}*"),
        *index.glob(f".{CURRENT}"),
    ):
        disk.clear(left)


@contextlib.contextmanager
def new_folder(index: Path, disk: Disk = DISK) -> Iterator[Path]:
    """An empty folder to write a generation in, gone afterwards unless it was published."""
    folder = index / GENERATIONS / f"{BUILDING}{os.getpid()}"
    disk.make(folder)
    try:
        yield folder
    finally:
        if folder.is_dir():
            disk.abandon(folder)


def publish(index: Path, folder: Path, manifest: Manifest, disk: Disk = DISK) -> str:
    """
    Make a written folder the generation in use.

    Args:
        index: The index folder; the caller holds its lock.
        folder: Folder of `new_folder`, with every file but the manifest.
        manifest: Written last: it is the mark that the others are complete.
        disk: What writes.

    Returns:
        Name of the generation.
    """
    disk.settle(folder)
    disk.write(folder / MANIFEST, sealed(manifest))
    disk.sync(folder)
    name = put(index, folder, manifest, disk)
    point(index, name, disk)
    prune(index, keep=KEPT, disk=disk)
    return name


def put(
    index: Path, folder: Path, manifest: Manifest, disk: Disk = DISK, *, name: str | None = None
) -> str:
    """Give a folder that is whole and synced its name among the generations."""
    last = max((number_of(each) for each in names(index)), default=0)
    name = name or f"g{last + 1:06d}-{manifest.content_digest[:8]}"
    disk.move(folder, folder_of(index, name))
    return name


def point(index: Path, name: str, disk: Disk = DISK) -> None:
    """Make a generation the one in use, in one step."""
    disk.replace(index / CURRENT, f"{name}\n".encode())


def verify_generation(index: Path, name: str) -> Manifest:
    """
    A generation's manifest, after comparing every file with it.

    Raises:
        IndexMissingError: There is no such generation.
        IndexDamagedError: A file is missing or is not what was written.
        SchemaMismatchError: Another version of wgsearch wrote it.
    """
    folder = folder_of(index, existing(index, name))
    with contextlib.closing(Lease(folder)):
        manifest = read_manifest(folder)
        check_files(folder, manifest)
    return manifest
