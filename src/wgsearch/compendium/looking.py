"""
Compendium and a symbol, a paragraph or words -> the topics in which it is treated.

Why over the records alone: the document, the pages and the command line ask the same, and none of
them needs an index for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process

from wgsearch.errors import UnknownTopicError
from wgsearch.papers.symbols import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.compendium.records import Compendium, Place, Theme, Topic

# As many near ids are named as a reader compares at a glance.
_NEAR = 3
# Below this similarity (0 to 100) a suggestion confuses more than it helps, as for parameters.
_LIKE = 55


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    A topic in its place.

    Attributes:
        number: Number of theme and topic, from 1: `2.3`.
        theme: Its theme.
        topic: The topic.
    """

    number: str
    theme: Theme
    topic: Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """
    Where the paragraphs of a paper stand.

    Attributes:
        entries: Topics that hold some of them, each with those that it holds.
        unplaced: Those that take part and belong to no topic.
    """

    entries: tuple[tuple[Entry, tuple[Place, ...]], ...]
    unplaced: tuple[Place, ...]


def entries(compendium: Compendium) -> Iterator[Entry]:
    """All topics in reading order."""
    for first, theme in enumerate(compendium.themes, start=1):
        for second, topic in enumerate(theme.topics, start=1):
            yield Entry(number=f"{first}.{second}", theme=theme, topic=topic)


def entry(compendium: Compendium, ident: str) -> Entry:
    """
    The topic of an id.

    Raises:
        UnknownTopicError: The edition has none of this id; near ones are named.
    """
    known = {each.topic.id: each for each in entries(compendium)}
    if ident in known:
        return known[ident]
    near = process.extract(ident.casefold(), known.keys(), limit=_NEAR, score_cutoff=_LIKE)
    raise UnknownTopicError(ident, tuple(name for name, _, _ in near))


def chosen(compendium: Compendium, text: str) -> tuple[Entry, ...]:
    """
    The topic, or the topics of the theme, that an id, a number or a name means.

    Args:
        compendium: The edition.
        text: `2.3` or `2`, an id, or words of a name.

    Raises:
        UnknownTopicError: None is called so, or several are; the nearest, or these, are named.
    """
    wanted = text.strip().rstrip(".").casefold()
    every = tuple(entries(compendium))
    for each in every:
        if wanted in {each.number, each.topic.id}:
            return (each,)
    for each in every:
        if wanted in {each.number.partition(".")[0], each.theme.id}:
            return tuple(other for other in every if other.theme is each.theme)
    for each in every:
        if wanted == each.topic.name.casefold():
            return (each,)
    meant = [each for each in named(compendium, text) if _has(each.topic.name, _words(text))]
    if len(meant) == 1:
        return tuple(meant)
    if meant:
        raise UnknownTopicError(text, tuple(each.topic.id for each in meant[:_NEAR]))
    return (entry(compendium, wanted),)


def holding(
    compendium: Compendium, symbol: str, paragraph: str | None = None, part: str = "body"
) -> Held:
    """
    The topics that a paper, or a paragraph of it, belongs to.

    Args:
        compendium: The edition.
        symbol: Symbol of the paper, in any spelling.
        paragraph: Number of a paragraph; None for the whole paper.
        part: `body`, or the annex as cited; for a paragraph.
    """
    wanted = key(symbol)

    def asked(place: Place) -> bool:
        if key(place.symbol) != wanted:
            return False
        if paragraph is None:
            return True
        return place.paragraph == paragraph and place.part.casefold() == part.casefold()

    held = (
        (each, tuple(place for place in each.topic.places if asked(place)))
        for each in entries(compendium)
    )
    found = (
        (each, tuple(sorted(places, key=lambda place: place.index)))
        for each, places in held
        if places
    )
    return Held(
        entries=tuple(found),
        unplaced=tuple(place for place in compendium.unplaced if asked(place)),
    )


def named(compendium: Compendium, text: str) -> tuple[Entry, ...]:
    """
    The topics whose name, theme or key phrases have all words of a text, as words or beginnings.

    Those come first that have all of them in their name.
    """
    wanted = _words(text)
    if not wanted:
        return ()
    found = [
        (not _has(each.topic.name, wanted), each)
        for each in entries(compendium)
        if _has(" ".join((each.topic.name, each.theme.name, *each.topic.terms)), wanted)
    ]
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0]))


def by_symbol(compendium: Compendium) -> dict[str, tuple[Entry, ...]]:
    """For each paper that has a paragraph in a topic: its topics in reading order, by symbol."""
    found: dict[str, list[Entry]] = {}
    for each in entries(compendium):
        for symbol in sorted({place.symbol for place in each.topic.places}):
            found.setdefault(symbol, []).append(each)
    return {symbol: tuple(found[symbol]) for symbol in sorted(found, key=_natural)}


def by_place(compendium: Compendium) -> dict[tuple[str, str, int], Entry]:
    """For each paragraph of a topic, by symbol, language and index in its paper: the topic."""
    return {
        (place.symbol, place.language, place.index): each
        for each in entries(compendium)
        for place in each.topic.places
    }


def papers_of(topic: Topic) -> frozenset[str]:
    """Symbols of the papers that have a paragraph in a topic."""
    return frozenset(place.symbol for place in topic.places)


def _has(text: str, wanted: tuple[str, ...]) -> bool:
    words = _words(text)
    return all(any(word.startswith(each) for word in words) for each in wanted)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))


def _natural(symbol: str) -> tuple[tuple[int, int | str], ...]:
    """Numbers in a symbol count as numbers: `2022/9` stands before `2022/10`."""
    pieces = re.findall(r"\d+|\D+", symbol)
    return tuple((0, int(each)) if each.isdigit() else (1, each) for each in pieces)
