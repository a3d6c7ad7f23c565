"""
generations -> those that go: which, is planned from names and times alone; then they are removed.

Why renamed first: a generation that is half removed must not bear its name, or a reader would
find it and call it damaged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.errors import IndexDamagedError, SchemaMismatchError
from wgsearch.index.disk import DISK, Disk
from wgsearch.index.lease import alone, is_held
from wgsearch.index.manifest import read_manifest
from wgsearch.index.places import REMOVING, current, folder_of, names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Dated(NamedTuple):
    """
    A generation that may be removed.

    Attributes:
        name: Its name.
        built_at: When it was built; None where its manifest does not tell.
    """

    name: str
    built_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pruned:
    """
    What pruning did, or would do.

    Attributes:
        removed: Names of generations that went.
        held: Names of those that would go and are being read; a later pruning removes them.
        kept: Names of those that stay, with the one in use.
    """

    removed: tuple[str, ...]
    held: tuple[str, ...]
    kept: tuple[str, ...]


def chosen(
    generations: Sequence[Dated],
    used: str | None,
    *,
    keep: int | None,
    older_than: timedelta | None,
    now: datetime,
) -> tuple[str, ...]:
    """
    Names of generations to remove, oldest first; never the one in use.

    Args:
        generations: All of them, oldest first.
        used: The one in use.
        keep: So many stay beside it, the newest; None for any number.
        older_than: Only what was built longer ago goes; None for whatever its age.
        now: The time by which they are that old.
    """
    others = [each for each in generations if each.name != used]
    beyond = others[: max(0, len(others) - keep)] if keep is not None else others
    if older_than is None:
        return tuple(each.name for each in beyond) if keep is not None else ()
    return tuple(each.name for each in beyond if each.built_at and now - each.built_at > older_than)


def prune(
    index: Path,
    *,
    keep: int | None,
    older_than: timedelta | None = None,
    dry_run: bool = False,
    disk: Disk = DISK,
) -> Pruned:
    """
    Remove generations; the caller holds the writer's lock, unless it only wants to know.

    Args:
        index: The index folder.
        keep: So many stay beside the one in use; None for any number.
        older_than: Only what was built longer ago goes.
        dry_run: Say what would go, and remove nothing.
        disk: What removes.

    Raises:
        IndexMissingError: CURRENT does not say which one is in use.
        IndexDamagedError: Likewise.
    """
    used = current(index)
    dated = [Dated(name, _built_at(folder_of(index, name))) for name in names(index)]
    wanted = chosen(dated, used, keep=keep, older_than=older_than, now=datetime.now(UTC))
    removed = [
        name
        for name in wanted
        if (_is_free(index, name) if dry_run else remove(folder_of(index, name), disk))
    ]
    return Pruned(
        removed=tuple(removed),
        held=tuple(name for name in wanted if name not in removed),
        kept=tuple(each.name for each in dated if each.name not in wanted),
    )


def remove(generation: Path, disk: Disk = DISK) -> bool:
    """Remove one generation that nobody reads; whether it went."""
    aside = generation.with_name(f"{REMOVING}{generation.name}")
    with alone(generation) as free:
        if not free:
            return False
        disk.move(generation, aside)
    disk.clear(aside)
    return True


def _is_free(index: Path, name: str) -> bool:
    return not is_held(folder_of(index, name))


def _built_at(generation: Path) -> datetime | None:
    """When a generation was built, by its manifest: the clock of the file system may differ."""
    try:
        found = datetime.fromisoformat(read_manifest(generation).built_at)
    except (IndexDamagedError, SchemaMismatchError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
