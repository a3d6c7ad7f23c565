"""
finished files -> the generation in use: the writer's lock, the swap, listing, verifying.

Why so: a reader must find the old generation or the new one, whole, whenever the writer
is killed. A generation is written aside, synced, renamed into place, and only then named
by CURRENT, which is itself replaced by a rename.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

from filelock import FileLock, Timeout

from wgsearch.errors import BuildBusyError, IndexDamagedError, IndexMissingError
from wgsearch.index.manifest import MANIFEST, Manifest, check_files, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Generations kept beside the one in use, to go back to.
KEPT = 3
_CURRENT = "CURRENT"
_GENERATIONS = "generations"
_BUILDING = ".building-"
_NAME = re.compile(r"g(\d{6})-[0-9a-f]{8}")


class Generation(NamedTuple):
    """A generation in the index folder: its name, and whether CURRENT names it."""

    name: str
    current: bool


@contextlib.contextmanager
def writing(index: Path) -> Iterator[None]:
    """
    Hold the writer's lock; what a killed build left behind is removed first.

    Raises:
        BuildBusyError: At once, when another build holds it.
    """
    (index / _GENERATIONS).mkdir(parents=True, exist_ok=True)
    lock = FileLock(index / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise BuildBusyError(
            f"another build holds {lock.lock_file!r}; wait for it to end"
        ) from error
    try:
        for left in (index / _GENERATIONS).glob(f"{_BUILDING}*"):
            shutil.rmtree(left)
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def new_folder(index: Path) -> Iterator[Path]:
    """An empty folder to write a generation in, gone afterwards unless it was published."""
    folder = index / _GENERATIONS / f"{_BUILDING}{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(index: Path, folder: Path, manifest: Manifest) -> str:
    """
    Make a written folder the generation in use.

    Args:
        index: The index folder; the caller holds its lock.
        folder: Folder of `new_folder`, with every file but the manifest.
        manifest: Written last: it is the mark that the others are complete.

    Returns:
        Name of the generation.
    """
    sync(folder)
    path = folder / MANIFEST
    path.write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    _sync_path(path)
    _sync_path(folder)
    numbers = [int(match[1]) for each in _names(index) if (match := _NAME.fullmatch(each))]
    name = f"g{max(numbers, default=0) + 1:06d}-{manifest.content_digest[:8]}"
    generations = index / _GENERATIONS
    folder.rename(generations / name)
    _sync_path(generations)
    _point(index, name)
    _prune(index, name)
    return name


def current(index: Path) -> str:
    """
    Name of the generation in use.

    Raises:
        IndexMissingError: None is published.
        IndexDamagedError: CURRENT holds no name of a generation.
    """
    try:
        name = (index / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise IndexMissingError(
            f"no index in {str(index)!r}; run `wgsearch build --index {index}`"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(
            f"{_CURRENT} in {str(index)!r} cannot be read ({error}); run `wgsearch build --full`"
        ) from error
    if not _NAME.fullmatch(name):
        raise IndexDamagedError(
            f"{_CURRENT} in {str(index)!r} names {name!r}, which is no generation; "
            "run `wgsearch build --full`"
        )
    return name


def folder_of(index: Path, name: str) -> Path:
    """Folder of a generation."""
    return index / _GENERATIONS / name


def list_generations(index: Path) -> tuple[Generation, ...]:
    """Generations in the index folder, oldest first."""
    try:
        used = current(index)
    except (IndexMissingError, IndexDamagedError):
        used = None
    return tuple(Generation(name, name == used) for name in _names(index))


def verify_generation(index: Path, name: str) -> Manifest:
    """
    A generation's manifest, after comparing every file with it.

    Raises:
        IndexMissingError: There is no such generation.
        IndexDamagedError: A file is missing or is not what was written.
        SchemaMismatchError: Another version of wgsearch wrote it.
    """
    if not _NAME.fullmatch(name) or not folder_of(index, name).is_dir():
        there = ", ".join(_names(index)) or "none"
        raise IndexMissingError(f"no generation {name!r} in {str(index)!r}; there are: {there}")
    manifest = read_manifest(folder_of(index, name))
    check_files(folder_of(index, name), manifest)
    return manifest


def sync(folder: Path) -> None:
    """Make all files of a folder, and the folders, last through a loss of power."""
    for path in sorted(folder.rglob("*")):
        _sync_path(path)
    _sync_path(folder)


def _names(index: Path) -> list[str]:
    """Names of generations, oldest first."""
    folder = index / _GENERATIONS
    found = [each.name for each in folder.iterdir()] if folder.is_dir() else []
    return sorted(name for name in found if _NAME.fullmatch(name))


def _point(index: Path, name: str) -> None:
    """Replace CURRENT in one step."""
    aside = index / f".{_CURRENT}"
    aside.write_text(f"{name}\n", encoding="utf-8")
    _sync_path(aside)
    aside.replace(index / _CURRENT)
    _sync_path(index)


def _prune(index: Path, used: str) -> None:
    """Remove generations beyond those kept; readers hold open what they have open."""
    others = [name for name in _names(index) if name != used]
    for name in others[: max(0, len(others) - KEPT)]:
        shutil.rmtree(folder_of(index, name))


def _sync_path(path: Path) -> None:
    """Make one file or folder last."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
