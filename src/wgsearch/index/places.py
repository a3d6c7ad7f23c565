"""
index folder -> what lies where in it: the generations, and the name of the one in use.

Why apart from publishing: whoever reads an index must know the names, and write nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.errors import IndexDamagedError, IndexMissingError

if TYPE_CHECKING:
    from pathlib import Path

CURRENT = "CURRENT"
GENERATIONS = "generations"
# Editions of the compendium: they belong to the index, and to no generation.
COMPENDIUM = "compendium"
LOCK = "lock"
# Folders that are being written, or removed: the next writer removes what is left of them.
BUILDING = ".building-"
REMOVING = ".removing-"
_NAME = re.compile(r"g(\d{6,})-[0-9a-f]{8}")


class Generation(NamedTuple):
    """A generation in the index folder: its name, and whether CURRENT names it."""

    name: str
    current: bool


def current(index: Path) -> str:
    """
    Name of the generation in use.

    Raises:
        IndexMissingError: None is published.
        IndexDamagedError: CURRENT holds no name of a generation.
    """
    try:
        name = (index / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise IndexMissingError(
            f"no index in {str(index)!r}; run `wgsearch build --index {index}`"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(
            f"{CURRENT} in {str(index)!r} cannot be read ({error}); run `wgsearch build --full`"
        ) from error
    if not is_name(name):
        raise IndexDamagedError(
            f"{CURRENT} in {str(index)!r} names {name!r}, which is no generation; "
            "run `wgsearch build --full`"
        )
    return name


def folder_of(index: Path, name: str) -> Path:
    """Folder of a generation."""
    return index / GENERATIONS / name


def is_name(text: str) -> bool:
    """Whether a text may be the name of a generation; such a text is never a path."""
    return _NAME.fullmatch(text) is not None


def number_of(name: str) -> int:
    """The number in the name of a generation."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(f"{name!r} is no name of a generation")
    return int(found[1])


def names(index: Path) -> list[str]:
    """Names of generations, oldest first."""
    folder = index / GENERATIONS
    found = [each.name for each in folder.iterdir()] if folder.is_dir() else []
    return sorted((name for name in found if is_name(name)), key=lambda n: (number_of(n), n))


def list_generations(index: Path) -> tuple[Generation, ...]:
    """Generations in the index folder, oldest first."""
    try:
        used = current(index)
    except (IndexMissingError, IndexDamagedError):
        used = None
    return tuple(Generation(name, name == used) for name in names(index))


def existing(index: Path, name: str) -> str:
    """
    The name, if there is such a generation.

    Raises:
        IndexMissingError: There is none; those that there are are named.
    """
    if not is_name(name) or not folder_of(index, name).is_dir():
        there = ", ".join(names(index)) or "none"
        raise IndexMissingError(f"no generation {name!r} in {str(index)!r}; there are: {there}")
    return name
