"""
two editions -> what became of each topic, in records and in sentences.

Why in sentences too: a change log is read by people, in a document, on a page and on a terminal,
and all of them should read the same.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from wgsearch.compendium.identity import mark_of
from wgsearch.compendium.records import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wgsearch.compendium.identity import Mark
    from wgsearch.compendium.records import ChangeKind, Compendium, Place, Topic

# A sentence names so many paragraphs; the record has them all.
_NAMED = 5
# A topic comes of another when at least half of it was there.
_HALF = 2
_ORDER: tuple[ChangeKind, ...] = (
    "born", "split", "merged", "ended", "renamed", "moved", "grew", "shrank",
)  # fmt: skip


def changes(before: Compendium | None, after: Compendium) -> tuple[Change, ...]:
    """
    What became of the topics: by kind of change, then by id.

    Args:
        before: The edition before; None for the first, which changes nothing.
        after: The new edition, with its ids.
    """
    if before is None:
        return ()
    old, new = topics_of(before), topics_of(after)
    homes = {mark_of(place): each.id for each in new.values() for place in each.places}
    origins = {mark_of(place): each.id for each in old.values() for place in each.places}
    found = [
        *_births(old, new, origins),
        *_ends(old, new, homes, {each.id for each in after.found}),
        *_stays(old, new),
        *_moves(before, after),
    ]
    return tuple(sorted(found, key=lambda each: (_ORDER.index(each.kind), each.topic)))


def topics_of(compendium: Compendium) -> dict[str, Topic]:
    """Topics by id, in reading order."""
    return {each.id: each for theme in compendium.themes for each in theme.topics}


def _births(
    old: dict[str, Topic], new: dict[str, Topic], origins: dict[Mark, str]
) -> Iterator[Change]:
    """Topics that are new: of new paragraphs, or out of one that was."""
    parts: dict[str, list[Topic]] = {}
    for topic in new.values():
        if topic.id in old:
            continue
        source = _most(topic.places, origins)
        if source is not None:
            parts.setdefault(source, []).append(topic)
            continue
        count = _paragraphs(len(topic.places))
        yield Change(
            kind="born",
            topic=topic.id,
            joined=_cited(topic.places),
            words=f"“{topic.name}” is new, with {count}: {_named(topic.places)}.",
        )
    for source, topics in parts.items():
        names = _listed([f"“{each.name}” ({_paragraphs(len(each.places))})" for each in topics])
        left = [place for each in topics for place in each.places]
        yield Change(
            kind="split",
            topic=source,
            others=tuple(each.id for each in topics),
            left=_cited(p for p in left if origins.get(mark_of(p)) == source),
            words=f"{names} {'was' if len(topics) == 1 else 'were'} split from "
            f"“{old[source].name}”.",
        )


def _ends(
    old: dict[str, Topic], new: dict[str, Topic], homes: dict[Mark, str], found: set[str]
) -> Iterator[Change]:
    """Topics that are no more: within another one, hidden by an editor, or gone."""
    merged: dict[str, list[Topic]] = {}
    for topic in old.values():
        if topic.id in new:
            continue
        heir = _most([p for p in topic.places if mark_of(p) in homes], homes)
        if heir is not None:
            merged.setdefault(heir, []).append(topic)
            continue
        stay = sum(mark_of(place) in homes for place in topic.places)
        if topic.id in found:
            words = f"“{topic.name}” is no longer shown, as an editor decided."
        elif stay:
            count = _paragraphs(len(topic.places))
            words = f"“{topic.name}” ended: {stay} of its {count} went to other topics."
        else:
            words = f"“{topic.name}” ended: none of its paragraphs is in a topic any more."
        yield Change(kind="ended", topic=topic.id, left=_cited(topic.places), words=words)
    for heir, topics in merged.items():
        names = _listed([f"“{each.name}”" for each in topics])
        places = [place for each in topics for place in each.places]
        yield Change(
            kind="merged",
            topic=heir,
            others=tuple(each.id for each in topics),
            joined=_cited(p for p in places if homes.get(mark_of(p)) == heir),
            words=f"{names} became part of “{new[heir].name}”.",
        )


def _stays(old: dict[str, Topic], new: dict[str, Topic]) -> Iterator[Change]:
    """Topics that grew, shrank or have another name."""
    for topic in new.values():
        if (was := old.get(topic.id)) is None:
            continue
        there, then = ({mark_of(p) for p in each.places} for each in (topic, was))
        joined = [place for place in topic.places if mark_of(place) not in then]
        left = [place for place in was.places if mark_of(place) not in there]
        if joined:
            yield Change(
                kind="grew",
                topic=topic.id,
                joined=_cited(joined),
                words=f"{_paragraphs(len(joined))} joined “{topic.name}”: {_named(joined)}.",
            )
        if left:
            yield Change(
                kind="shrank",
                topic=topic.id,
                left=_cited(left),
                words=f"{_paragraphs(len(left))} left “{topic.name}”: {_named(left)}.",
            )
        if was.name != topic.name:
            yield Change(
                kind="renamed",
                topic=topic.id,
                words=f"“{was.name}” is now called “{topic.name}”.",
            )


def _moves(before: Compendium, after: Compendium) -> Iterator[Change]:
    """Topics that stand under another theme."""
    homes = {topic.id: theme for theme in before.themes for topic in theme.topics}
    for theme in after.themes:
        for topic in theme.topics:
            was = homes.get(topic.id)
            if was is not None and was.id != theme.id:
                yield Change(
                    kind="moved",
                    topic=topic.id,
                    words=f"“{topic.name}” moved from “{was.name}” to “{theme.name}”.",
                )


def _most(places: Sequence[Place], where: dict[Mark, str]) -> str | None:
    """Where at least half of some paragraphs are; None where they are scattered or nowhere."""
    held = Counter(where[mark] for place in places if (mark := mark_of(place)) in where)
    if not held:
        return None
    most, count = min(held.items(), key=lambda each: (-each[1], each[0]))
    return most if count * _HALF >= len(places) else None


def _cited(places: Iterable[Place]) -> tuple[str, ...]:
    """Citations, each once, in the order of papers."""
    ordered = sorted(places, key=lambda each: (each.symbol, each.language, each.index))
    return tuple(dict.fromkeys(each.citation for each in ordered))


def _named(places: Sequence[Place]) -> str:
    """The first few citations, and how many more."""
    cited = _cited(places)
    more = len(cited) - _NAMED
    return "; ".join(cited[:_NAMED]) + (f"; and {more} more" if more > 0 else "")


def _paragraphs(count: int) -> str:
    return "1 paragraph" if count == 1 else f"{count:,} paragraphs"


def _listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them."""
    head, last = names[:-1], names[-1]
    return f"{', '.join(head)} and {last}" if head else last
