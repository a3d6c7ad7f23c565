"""
editions of an index -> which there are, and what is new and what is gone between two of them.

Why worked out when asked: a reader who was away for three editions wants one list of what is
new since then, and not three that undo one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.compendium import editions
from wgsearch.compendium.changes import changes, topics_of
from wgsearch.errors import EditionMissingError

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.compendium.records import Change, Compendium


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """
    An edition in a list.

    Attributes:
        edition: Its number.
        generation: Generation of the index that it was made from.
        papers: How many papers took part.
        latest: ISO date of the newest of them.
        themes: How many themes it has.
        topics: How many topics it has.
        in_use: It is the newest.
    """

    edition: int
    generation: str
    papers: int
    latest: str | None
    themes: int
    topics: int
    in_use: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Redline:
    """
    What became of an edition.

    Attributes:
        before: Number of the earlier edition; None where there is no earlier one.
        after: Number of the later one.
        changes: By kind, then by topic.
        names: Names of all topics that changes speak of, by id.
    """

    before: int | None
    after: int
    changes: tuple[Change, ...]
    names: dict[str, str]


class Editions:
    """The editions of an index folder, read when they are asked for; none of them changes."""

    def __init__(self, index: Path) -> None:
        self._index = index
        self._earlier: dict[int, Listed] = {}

    def listed(self, newest: Compendium) -> tuple[Listed, ...]:
        """The newest, and those before it, in this order."""
        earlier = [each for each in editions.numbers(self._index) if each < newest.edition]
        for number in earlier:
            if number not in self._earlier:
                self._earlier[number] = listed_as(editions.read(self._index, number), in_use=False)
        older = tuple(self._earlier[number] for number in reversed(earlier))
        return (listed_as(newest, in_use=True), *older)

    def redlined(self, since: int, until: int) -> Redline:
        """What changed between two of them."""
        return redlined(self._index, since, until)


def stated(edition: Compendium) -> Redline:
    """What an edition itself says of the one before."""
    return Redline(
        before=edition.edition - 1 if edition.edition > 1 else None,
        after=edition.edition,
        changes=edition.changes,
        names={each.id: each.name for each in topics_of(edition).values()},
    )


def listed_as(edition: Compendium, *, in_use: bool) -> Listed:
    """An edition as it stands in a list."""
    return Listed(
        edition=edition.edition,
        generation=edition.generation,
        papers=edition.papers,
        latest=edition.latest,
        themes=len(edition.themes),
        topics=len(topics_of(edition)),
        in_use=in_use,
    )


def redlined(index: Path, since: int | None = None, until: int | None = None) -> Redline:
    """
    What changed between two editions of an index.

    Args:
        index: The index folder.
        since: The earlier one; None for the one before the later.
        until: The later one; None for the newest.

    Raises:
        EditionMissingError: There is no such edition, or the earlier is not the earlier one.
        EditionDamagedError: One of them cannot be read.
    """
    after = editions.current(index) if until is None else editions.read(index, until)
    earlier = [each for each in editions.numbers(index) if each < after.edition]
    if since is None:
        before = editions.read(index, earlier[-1]) if earlier else None
        return between(before, after)
    if since >= after.edition:
        there = ", ".join(map(str, earlier)) or "none"
        raise EditionMissingError(
            f"edition {since} is not before edition {after.edition}; those before it are: {there}"
        )
    return between(editions.read(index, since), after)


def between(before: Compendium | None, after: Compendium) -> Redline:
    """What changed from one edition to another."""
    names = {
        each.id: each.name
        for edition in (before, after)
        if edition is not None
        for each in topics_of(edition).values()
    }
    return Redline(
        before=before.edition if before else None,
        after=after.edition,
        changes=changes(before, after),
        names=names,
    )
