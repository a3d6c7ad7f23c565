"""
an earlier generation, or a later one -> the generation in use, in one step.

Why proved before: whoever goes back does so because something is wrong, and must not come
to something worse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.errors import IndexMissingError
from wgsearch.index.disk import DISK, Disk
from wgsearch.index.places import current, existing, folder_of, names, number_of
from wgsearch.index.publish import point, verify_generation, writing
from wgsearch.index.snapshot import check_parts

if TYPE_CHECKING:
    from pathlib import Path


def rollback(
    index: Path, name: str | None = None, *, forward: bool = False, disk: Disk = DISK
) -> tuple[str, str]:
    """
    Make an earlier generation, or a later one, the one in use, once it proved to be whole.

    Args:
        index: The index folder.
        name: Which; None for the one before, or the next.
        forward: The next later one.
        disk: What writes.

    Returns:
        The name in use before, and the one now.

    Raises:
        IndexMissingError: There is no such generation, or none before or after.
        IndexDamagedError: It is not whole; the one in use stays.
        SchemaMismatchError: Another version of wgsearch wrote it; likewise.
        BuildBusyError: A build is at work.
    """
    current(index)  # without an index nothing is made there
    with writing(index, disk):
        used = current(index)
        target = existing(index, name) if name else neighbour(names(index), used, forward=forward)
        manifest = verify_generation(index, target)
        check_parts(folder_of(index, target), manifest)
        if target != used:
            point(index, target, disk)
    return used, target


def neighbour(there: list[str], used: str, *, forward: bool) -> str:
    """
    The generation before or after the one in use.

    Raises:
        IndexMissingError: There is none.
    """
    numbers = [number_of(each) for each in there]
    own = number_of(used)
    if forward:
        found = [name for name, number in zip(there, numbers, strict=True) if number > own][:1]
    else:
        found = [name for name, number in zip(there, numbers, strict=True) if number < own][-1:]
    if not found:
        raise IndexMissingError(
            f"no generation {'after' if forward else 'before'} {used!r}; "
            f"there are: {', '.join(there)}"
        )
    return found[0]
