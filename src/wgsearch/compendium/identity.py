"""
clusters of this run and topics of the edition before -> ids that stay.

Why by paragraphs: names and centres move with every paper, while a topic is the same as long as
most of its paragraphs stay together. Ids are words of the first name and are never used again for
something else, so an address that somebody wrote down leads to what it led to, or nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from wgsearch.compendium.records import Place

# An id is read aloud and typed; a longer name is cut at a word.
_MAX_ID = 48
# "Most of it stays": at least half of the paragraphs that are still there.
_HALF = 2


class Mark(NamedTuple):
    """
    What a paragraph is known by over editions.

    Attributes:
        symbol: Symbol of its paper.
        language: Language of the text.
        part: `body`, or the annex.
        number: Number as printed, which stays when a paper is read anew; `#` and its index where
            none is printed.
    """

    symbol: str
    language: str
    part: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """
    A cluster of this run.

    Attributes:
        name: What this run calls it.
        is_given: The name is a taxonomy's or an editor's, and not to be kept from before.
        marks: Its paragraphs, nearest to its middle first.
    """

    name: str
    is_given: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """
    A topic of the edition before.

    Attributes:
        id: Its id.
        name: Its name.
        marks: Its paragraphs, nearest to its middle first.
    """

    id: str
    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """
    What a cluster is called.

    Attributes:
        id: Its id.
        name: Its name: that of the edition before as long as it is the same topic.
        former: The topic that it continues; None for a new one.
    """

    id: str
    name: str
    former: Former | None


def mark_of(place: Place) -> Mark:
    """What a paragraph is known by."""
    return Mark(place.symbol, place.language, place.part, place.paragraph or f"#{place.index}")


def identified(
    clusters: Sequence[Now], before: Sequence[Former], taken: Collection[str] = ()
) -> tuple[Identity, ...]:
    """
    Ids and names for clusters, in their order.

    A cluster continues the topic of which it holds at least half of what is still there; of several
    such, the one with which it shares most.

    Args:
        clusters: Clusters of this run; no paragraph in two of them.
        before: Topics of the edition before.
        taken: Further ids that were in use once.
    """
    continued = _continued(clusters, before)
    used = {*taken, *(each.id for each in before)}
    made: dict[int, Identity] = {}
    # New ids in an order of their own, so that the order of clusters names nothing.
    for at in sorted(range(len(clusters)), key=lambda at: _order(clusters[at])):
        now, former = clusters[at], continued.get(at)
        if former is None:
            name, own = now.name, slug(now.name, used)
            used.add(own)
        else:
            name, own = now.name if now.is_given else former.name, former.id
        made[at] = Identity(id=own, name=name, former=former)
    return tuple(made[at] for at in range(len(clusters)))


def slug(name: str, used: Collection[str]) -> str:
    """
    An id made of a name: small letters, digits and dashes, unlike all that were used.

    Args:
        name: The name.
        used: Ids in use now or once.
    """
    bare = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(each for each in bare if not unicodedata.combining(each))
    words = re.sub(r"[\W_]+", "-", bare).strip("-")
    if len(words) > _MAX_ID:
        words = words[: _MAX_ID + 1].rpartition("-")[0] or words[:_MAX_ID]
    words = words or "topic"
    number, made = 2, words
    while made in used:
        made, number = f"{words}-{number}", number + 1
    return made


def shares(clusters: Iterable[Sequence[Mark]], former: Sequence[Mark]) -> Counter[int]:
    """How many paragraphs of a former topic each cluster holds, by position."""
    known = frozenset(former)
    return Counter({at: n for at, each in enumerate(clusters) if (n := len(known & {*each}))})


def _continued(clusters: Sequence[Now], before: Sequence[Former]) -> dict[int, Former]:
    """For each cluster that continues a topic, that topic; no topic twice."""
    holder = {mark: at for at, each in enumerate(clusters) for mark in each.marks}
    heirs: dict[int, list[tuple[int, str, Former]]] = {}
    for former in before:
        held = Counter(holder[mark] for mark in former.marks if mark in holder)
        if not held:
            continue
        most = max(held.values())
        if most * _HALF < held.total():
            continue
        # Two halves of a topic: the one with its middle stays.
        ahead = next(holder[m] for m in former.marks if m in holder and held[holder[m]] == most)
        heirs.setdefault(ahead, []).append((-most, former.id, former))
    return {at: min(found, key=lambda each: each[:2])[2] for at, found in heirs.items()}


def _order(now: Now) -> tuple[str, list[Mark]]:
    """By name, then by paragraphs."""
    return now.name, sorted(now.marks)
