"""
a generation and the editions of the compendium <-> one file.

Why a tar with a checksum at its end: any tool can look into it, and a file that was cut off or
damaged on its way is refused before anything of it is used. What lies in it is written as a build
writes, and becomes the generation in use as a build's does.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from wgsearch.errors import BackupDamagedError, IndexDamagedError, IndexInTheWayError
from wgsearch.index import publish
from wgsearch.index.disk import DISK, Disk
from wgsearch.index.lease import Lease
from wgsearch.index.manifest import MANIFEST, FileRecord, check_files, read_manifest, record_of
from wgsearch.index.places import (
    BUILDING,
    COMPENDIUM,
    CURRENT,
    REMOVING,
    current,
    existing,
    folder_of,
    is_name,
)
from wgsearch.index.pruning import remove
from wgsearch.index.snapshot import check_parts

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.index.manifest import Manifest

FORMAT = 1
_LIST = "wgsearch-backup.json"
_GENERATION = "generation"
_MARK = b"wgsearch-backup sha256 "
_TRAILER = len(_MARK) + 64 + 1
_CHUNK = 1 << 20
_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """
    What a file of a backup holds.

    Attributes:
        generation: Name of the generation.
        papers: Number of its papers.
        passages: Number of its passages.
        files: Number of files, those of the compendium too.
        size: Bytes of the backup.
    """

    generation: str
    papers: int
    passages: int
    files: int
    size: int


class _Listed(BaseModel):
    """What a backup says it holds: its first member."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    generation: str
    files: dict[str, FileRecord]


class _Source(NamedTuple):
    """A file to put into a backup."""

    name: str
    path: Path
    record: FileRecord


def backup(index: Path, file: Path, *, generation: str | None = None, disk: Disk = DISK) -> Backup:
    """
    Write a generation, and the editions of the compendium, to one file, and read it again.

    Args:
        index: The index folder.
        file: The file; what stood there is replaced when the new one is whole.
        generation: Name of the generation; None for the one in use.
        disk: What writes.

    Raises:
        IndexMissingError: There is no such generation.
        IndexDamagedError: It is not whole: nothing is written.
        IndexUnwritableError: The file cannot be written there.
    """
    name = existing(index, generation or current(index))
    folder = folder_of(index, name)
    with contextlib.closing(Lease(folder)):
        manifest = read_manifest(folder)
        check_files(folder, manifest)
        sources = [
            _Source(f"{_GENERATION}/{each}", folder / each, record_of(folder / each))
            for each in (*sorted(manifest.files), MANIFEST)
        ]
        sources += _compendium(index)
        listed = _Listed(
            format=FORMAT, generation=name, files={each.name: each.record for each in sources}
        )
        aside = file.with_name(f".{file.name}.{os.getpid()}.part")
        try:
            with disk.create(aside) as out:
                _write(out, listed, sources)
            _check_whole(aside)
            disk.move(aside, file)
        finally:
            if aside.exists():
                disk.clear(aside)
    return _told(file, listed, manifest)


def restore(file: Path, index: Path, *, force: bool = False, disk: Disk = DISK) -> Backup:
    """
    Make the generation of a backup the one in use, and its editions those of the compendium.

    Into an empty folder it comes under the name it had; beside others as the newest of them.

    Args:
        file: A file of `backup`.
        index: The index folder; made where it is missing.
        force: There may be an index; its generations stay, to go back to.
        disk: What writes.

    Raises:
        BackupDamagedError: The file is none, or not whole: nothing changes.
        IndexInTheWayError: There is an index, and `force` was not given.
        SchemaMismatchError: Another version of wgsearch wrote it: nothing changes.
        BuildBusyError: A build is at work.
    """
    _check_whole(file)
    if not force:
        _refuse_over(index)
    with publish.writing(index, disk):
        if not force:
            _refuse_over(index)
        empty = not (index / CURRENT).exists()
        with publish.new_folder(index, disk) as folder:
            aside = index / f"{BUILDING}{COMPENDIUM}"
            try:
                listed = _unpack(file, folder, aside, disk)
                manifest = _checked(folder, listed)
                disk.settle(folder)
                name = listed.generation if empty else None
                if name and folder_of(index, name).exists():
                    remove(folder_of(index, name), disk)  # of a restoring that was killed
                name = publish.put(index, folder, manifest, disk, name=name)
                if aside.is_dir():
                    disk.settle(aside)
                    _swap(aside, index / COMPENDIUM, disk)
            finally:
                if aside.exists():
                    disk.abandon(aside)
        publish.point(index, name, disk)
    return _told(file, listed.model_copy(update={"generation": name}), manifest)


def _refuse_over(index: Path) -> None:
    """Leave an index alone, whatever state it is in."""
    for each in (CURRENT, COMPENDIUM):
        if (index / each).exists():
            raise IndexInTheWayError(
                f"there is an index in {str(index)!r}; restore into another folder, or give "
                "--force: what is in use there stays as a generation to go back to"
            )


def _told(file: Path, listed: _Listed, manifest: Manifest) -> Backup:
    return Backup(
        generation=listed.generation,
        papers=len(manifest.papers),
        passages=manifest.passages,
        files=len(listed.files),
        size=file.stat().st_size,
    )


def _compendium(index: Path) -> list[_Source]:
    """Files of the compendium, as they stand together at one time."""
    folder = index / COMPENDIUM
    for _ in range(_TRIES):
        before = _standing(folder)
        found = [
            _Source(path.relative_to(index).as_posix(), path, record_of(path)) for path in before
        ]
        if _standing(folder) == before:
            return found
    raise IndexDamagedError(
        f"{COMPENDIUM!r} in {str(index)!r} changes while it is read; try again when it is done"
    )


def _standing(folder: Path) -> dict[Path, tuple[int, int]]:
    """Files of a folder with what shows that they changed; those that begin with a dot are new."""
    found = {}
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            stat = path.stat()
            found[path] = (stat.st_size, stat.st_mtime_ns)
    return found


class _Hashing:
    """A file that knows the digest of what is written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Write bytes."""
        self.digest.update(data)
        return self._file.write(data)


def _write(out: IO[bytes], listed: _Listed, sources: list[_Source]) -> None:
    """A tar of the files, equal for equal files, and its checksum after its end."""
    hashing: Any = _Hashing(out)
    with tarfile.open(fileobj=hashing, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        head = listed.model_dump_json(indent=1).encode()
        tar.addfile(_member(_LIST, len(head)), BytesIO(head))
        for each in sources:
            with each.path.open("rb") as file:
                tar.addfile(_member(each.name, each.record.size), file)
    out.write(_MARK + hashing.digest.hexdigest().encode() + b"\n")


def _member(name: str, size: int) -> tarfile.TarInfo:
    """A member without owner and time: the same files make the same backup."""
    member = tarfile.TarInfo(name)
    member.size = size
    return member


def _check_whole(file: Path) -> None:
    """The bytes of a backup are those that were written."""
    try:
        size = file.stat().st_size - _TRAILER
        with file.open("rb") as opened:
            digest, left = hashlib.sha256(), size
            while left > 0 and (chunk := opened.read(min(_CHUNK, left))):
                digest.update(chunk)
                left -= len(chunk)
            trailer = opened.read()
    except OSError as error:
        raise _damaged(file, f"it cannot be read ({error.strerror})") from error
    if size < 0 or not trailer.startswith(_MARK):
        raise _damaged(file, "it is none, or its end is missing")
    if trailer != _MARK + digest.hexdigest().encode() + b"\n":
        raise _damaged(file, "it does not have the SHA-256 it was written with")


def _unpack(file: Path, generation: Path, compendium: Path, disk: Disk) -> _Listed:
    """Write the members of a backup where they belong; anything that was not listed is refused."""
    made: set[Path] = set()
    try:
        with tarfile.open(file, mode="r:") as tar:
            members = iter(tar)
            listed = _head(file, tar, next(members, None))
            left = dict(listed.files)
            for member in members:
                record = left.pop(member.name, None)
                if record is None or not member.isreg() or member.issparse():
                    raise _damaged(file, f"{member.name!r} in it was not listed")
                first, *rest = _parts(file, member.name)
                root = {_GENERATION: generation, COMPENDIUM: compendium}[first]
                _make(root, rest[:-1], made, disk)
                content = tar.extractfile(member)
                if content is None or not _copied(content, root.joinpath(*rest), record, disk):
                    raise _damaged(file, f"{member.name!r} in it is not what was listed")
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise _damaged(file, str(error)) from error
    if left:
        raise _damaged(file, f"{min(left)!r} is missing in it")
    return listed


def _head(file: Path, tar: tarfile.TarFile, member: tarfile.TarInfo | None) -> _Listed:
    """What a backup says it holds."""
    content = tar.extractfile(member) if member and member.name == _LIST else None
    if content is None:
        raise _damaged(file, f"{_LIST!r} is missing in it")
    text = content.read()
    try:
        found = json.loads(text)["format"]
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(file, f"{_LIST!r} in it cannot be read") from error
    if found != FORMAT:
        raise _damaged(file, f"it has format {found!r}, this version reads {FORMAT}")
    try:
        listed = _Listed.model_validate_json(text)
    except ValidationError as error:
        raise _damaged(file, f"{_LIST!r} in it has {error.error_count()} faults") from error
    if not is_name(listed.generation):
        raise _damaged(file, f"{listed.generation!r} is no name of a generation")
    for name in listed.files:
        _parts(file, name)
    return listed


def _parts(file: Path, name: str) -> tuple[str, ...]:
    """
    The folders and the file that a member names, none of them outside the place it is put.

    Raises:
        BackupDamagedError: The name leads elsewhere.
    """
    path = PurePosixPath(name)
    strange = (
        name != path.as_posix()
        or path.is_absolute()
        or any(each in {"", ".", ".."} for each in path.parts)
        or any(sign in name for sign in ("\\", "\0", ":"))
        or len(path.parts) < 2  # noqa: PLR2004 - a place and a file in it
        or path.parts[0] not in {_GENERATION, COMPENDIUM}
    )
    if strange:
        raise _damaged(file, f"{name!r} in it leads out of the index")
    return path.parts


def _make(root: Path, folders: list[str], made: set[Path], disk: Disk) -> None:
    """Folders for a file, where they are missing."""
    for depth in range(len(folders) + 1):
        folder = root.joinpath(*folders[:depth])
        if folder not in made and not folder.is_dir():
            disk.make(folder)
        made.add(folder)


def _copied(content: IO[bytes], path: Path, record: FileRecord, disk: Disk) -> bool:
    """Write a file; whether it is the one that was recorded."""
    with disk.create(path) as out:
        hashing = _Hashing(out)
        size = 0
        while chunk := content.read(_CHUNK):
            size += hashing.write(chunk)
    return FileRecord(size=size, sha256=hashing.digest.hexdigest()) == record


def _checked(folder: Path, listed: _Listed) -> Manifest:
    """The manifest of what was unpacked: its files and no others, parts that belong together."""
    manifest = read_manifest(folder)
    own = {f"{_GENERATION}/{name}" for name in (*manifest.files, MANIFEST)}
    there = {name for name in listed.files if name.startswith(f"{_GENERATION}/")}
    if own != there:
        raise IndexDamagedError(
            f"the backup has files that its manifest does not name, or lacks some: "
            f"{', '.join(sorted(own ^ there)[:3])}"
        )
    check_files(folder, manifest)
    check_parts(folder, manifest)
    return manifest


def _swap(aside: Path, place: Path, disk: Disk) -> None:
    """Put a folder in the place of another; a writer that is killed between is put right."""
    replaced = place.with_name(f"{REMOVING}{place.name}")
    if place.exists():
        disk.move(place, replaced)
    disk.move(aside, place)
    disk.clear(replaced)


def _damaged(file: Path, cause: str) -> BackupDamagedError:
    return BackupDamagedError(
        f"{str(file)!r} is no backup that can be restored: {cause}; take another one"
    )
