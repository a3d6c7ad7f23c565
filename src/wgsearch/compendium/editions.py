"""
Compendium <-> an edition kept in the index folder: one file each, and a pointer to the latest.

Why as generations are: a reader finds the old edition or the new one, whole, whenever the writer is
killed. The pointer is replaced last; it also names the generation for which the edition was last
found to hold, so that a build that changes no topic writes no edition.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from wgsearch.compendium import serial
from wgsearch.errors import BuildBusyError, EditionDamagedError, EditionMissingError
from wgsearch.index.disk import DISK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wgsearch.compendium.records import Compendium

_FOLDER = "compendium"
_POINTER = "CURRENT"
_EDITION = re.compile(r"e(\d{6})\.json")
# Raised when records change so that earlier files cannot be read.
_VERSION = 1
_ANEW = "take the folder {folder!r} away and run `wgsearch compendium`: it is made anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """
    What is in use.

    Attributes:
        edition: Number of the edition.
        generation: Generation for which it holds.
        content_digest: SHA-256 over what that generation indexes.
        made_of: SHA-256 over what else it was made of: taxonomy, editor's file, program.
    """

    edition: int
    generation: str
    content_digest: str
    made_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """
    A file that editions are made with, kept so that a build uses it too.

    Attributes:
        name: Its name, with the suffix that says how it is read.
        text: What it holds.
    """

    name: str
    text: bytes


def folder_of(index: Path) -> Path:
    """Where the editions of an index are."""
    return index / _FOLDER


@contextlib.contextmanager
def writing(index: Path) -> Iterator[None]:
    """
    Hold the lock of editions; what a killed writer left behind is removed first.

    Raises:
        BuildBusyError: At once, when another one holds it.
    """
    folder = folder_of(index)
    DISK.make_lasting(folder)
    lock = FileLock(folder / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise BuildBusyError(
            f"another edition of the compendium is being made: {lock.lock_file!r} is held; wait for"
            " it to end"
        ) from error
    try:
        for left in folder.glob(".*"):
            DISK.clear(left)
        yield
    finally:
        lock.release()


def save(index: Path, compendium: Compendium, made_of: str = "") -> Compendium:
    """
    Make a compendium the current edition, unless it says what the current one says.

    Args:
        index: The index folder; the caller holds the lock of `writing`.
        compendium: Its number and its changes are as the edition before asks for.
        made_of: SHA-256 over what it was made of beside the papers.

    Returns:
        The current edition: the one that was, for the generation in use, where nothing changed.

    Raises:
        EditionDamagedError: The edition before cannot be read.
    """
    used = pointer(index)
    number = 1 if used is None else used.edition + 1
    if used is not None and _same(before := read(index, used.edition), compendium):
        saved = replace(
            before, generation=compendium.generation, content_digest=compendium.content_digest
        )
    else:
        saved = replace(compendium, edition=number)
        DISK.replace(folder_of(index) / f"e{number:06d}.json", _packed(saved))
    made = {
        "edition": saved.edition,
        "generation": saved.generation,
        "content_digest": saved.content_digest,
        "made_of": made_of,
    }
    DISK.replace(folder_of(index) / _POINTER, json.dumps(made, indent=1, sort_keys=True).encode())
    return saved


def pointer(index: Path) -> Pointer | None:
    """
    What is in use; None where no edition was ever made.

    Raises:
        EditionDamagedError: The pointer is damaged, or gone while editions are there.
    """
    folder = folder_of(index)
    path = folder / _POINTER
    try:
        return Pointer(**_checked(json.loads(path.read_text(encoding="utf-8"))))
    except FileNotFoundError as error:
        # The first edition may have been written by a process that was killed before the pointer.
        if len(files := _files(folder)) > 1:
            raise EditionDamagedError(
                f"{str(path)!r} is missing, but {len(files)} editions are there; put it back, or"
                f" {_ANEW.format(folder=str(folder))}"
            ) from error
        return None
    except (OSError, ValueError, TypeError) as error:
        raise EditionDamagedError(
            f"{str(path)!r} names no edition ({error}); {_ANEW.format(folder=str(folder))}"
        ) from error


def current(index: Path) -> Compendium:
    """
    The edition in use, for the generation for which it was last found to hold.

    Raises:
        EditionMissingError: None was made.
        EditionDamagedError: It is missing or damaged.
    """
    if (used := pointer(index)) is None:
        raise EditionMissingError(
            f"no compendium was made in {str(index)!r}; run `wgsearch compendium --index {index}`"
        )
    found = read(index, used.edition)
    return replace(found, generation=used.generation, content_digest=used.content_digest)


def numbers(index: Path) -> tuple[int, ...]:
    """Numbers of the editions that were in use, oldest first."""
    used = pointer(index)
    found = sorted(int(_number(name)) for name in _files(folder_of(index)))
    return tuple(each for each in found if used is not None and each <= used.edition)


def read(index: Path, number: int) -> Compendium:
    """
    One edition.

    Raises:
        EditionMissingError: There never was one of this number.
        EditionDamagedError: It is missing, damaged, or of another version of wgsearch.
    """
    known, used = numbers(index), pointer(index)
    path = folder_of(index) / f"e{number:06d}.json"
    if number not in known and (used is None or number != used.edition):
        there = ", ".join(map(str, known)) or "none"
        raise EditionMissingError(f"no edition {number} in {str(index)!r}; there are: {there}")
    anew = _ANEW.format(folder=str(path.parent))
    try:
        found = json.loads(path.read_bytes())
        if found["version"] != _VERSION:
            raise EditionDamagedError(
                f"{str(path)!r} was written by another version of wgsearch; {anew}"
            )
        made = serial.from_object(found["compendium"])
        whole = found["digest"] == _digest(made)
    except FileNotFoundError as error:
        raise EditionDamagedError(f"edition {number}, {str(path)!r}, is missing; {anew}") from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise EditionDamagedError(f"{str(path)!r} is no edition ({error}); {anew}") from error
    if not whole:
        raise EditionDamagedError(f"{str(path)!r} is not what was written; {anew}")
    return made


def kept(index: Path, stem: str) -> Kept | None:
    """The file of a stem, `edits` or `taxonomy`, as it was last given; None without one."""
    found = sorted(folder_of(index).glob(f"{stem}.*"))
    return Kept(name=found[0].name, text=found[0].read_bytes()) if found else None


def keep(index: Path, stem: str, given: Path) -> Kept:
    """
    Keep a copy of a file under a stem, in place of the one before.

    Args:
        index: The index folder; the caller holds the lock of `writing`.
        stem: `edits` or `taxonomy`.
        given: The file.
    """
    text = given.read_bytes()
    path = folder_of(index) / f"{stem}{given.suffix.casefold() or '.txt'}"
    DISK.replace(path, text)
    for other in folder_of(index).glob(f"{stem}.*"):
        if other != path:
            DISK.unlink(other)
    return Kept(name=path.name, text=text)


def forget(index: Path, stem: str) -> None:
    """Take away what was kept under a stem; the caller holds the lock of `writing`."""
    for each in folder_of(index).glob(f"{stem}.*"):
        DISK.unlink(each)


def _same(before: Compendium, after: Compendium) -> bool:
    """Whether both say the same, whatever they were made from."""
    return _digest(_bare(before)) == _digest(_bare(after))


def _bare(compendium: Compendium) -> Compendium:
    """A compendium without what is of its edition alone."""
    return replace(compendium, edition=0, generation="", content_digest="", changes=())


def _packed(compendium: Compendium) -> bytes:
    made = {
        "version": _VERSION,
        "digest": _digest(compendium),
        "compendium": serial.to_object(compendium),
    }
    return (json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _digest(compendium: Compendium) -> str:
    return hashlib.sha256(serial.to_json(compendium)).hexdigest()


def _checked(found: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a file holds
    """What a pointer holds. Raises ValueError or TypeError for anything else."""
    if not isinstance(found["edition"], int) or not all(
        isinstance(found[each], str) for each in ("generation", "content_digest", "made_of")
    ):
        raise ValueError("a value is of another kind than it should be")
    return {each: found[each] for each in ("edition", "generation", "content_digest", "made_of")}


def _files(folder: Path) -> list[str]:
    names = [each.name for each in folder.iterdir()] if folder.is_dir() else []
    return [each for each in names if _EDITION.fullmatch(each)]


def _number(name: str) -> str:
    return name[1:7]
