"""
a paper of the index -> how it stands to others: its family, what it cites, what cites it.

Why asked paper by paper: which papers are held is known only here, and a paper that is not
held is named all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.answers import Linked, Relations, Sister
from wgsearch.index.indexed import place_of
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.answers import CitingPlace, PaperEntry
    from wgsearch.index.snapshot import Snapshot
    from wgsearch.papers.series import Family


def relations(snapshot: Snapshot, number: int) -> Relations:
    """
    How a paper stands to others.

    Args:
        snapshot: The index.
        number: Number of the paper.
    """
    store = snapshot.store
    own = store.entries[number]
    family = store.family(number)
    held = {name: _held(snapshot, name, own.language) for name in _names(family)}
    return Relations(
        family=family,
        held={name: entry for name, entry in held.items() if entry},
        cites=_cites(snapshot, number),
        cited_by=_cited_by(snapshot, number),
        sisters=tuple(
            Sister(entry=store.entries[other], places=store.places(other))
            for other in store.numbers_of([own.symbol])
            if other != number and store.entries[other].symbol == own.symbol
        ),
    )


def _names(family: Family) -> Iterator[str]:
    """All papers that a family names."""
    yield from (each for each in (family.target, family.superseded_by) if each)
    yield from (*family.supersedes, *family.addenda, *family.corrigenda)
    yield from (*family.amendments, *family.parts)


def _held(snapshot: Snapshot, symbol: str, language: str) -> PaperEntry | None:
    """A paper's entry in a language, else in English, else in the first one; None without any."""
    entries = [snapshot.store.entries[each] for each in snapshot.store.numbers_of([symbol])]
    return min(
        entries,
        key=lambda each: (each.language != language, each.language != "en", each.language),
        default=None,
    )


def _cites(snapshot: Snapshot, number: int) -> tuple[Linked, ...]:
    """Papers that a paper cites, in the order of its text; one cited by two symbols once."""
    paper = snapshot.store.paper(number)
    entries: dict[str, PaperEntry | None] = {}
    places: dict[str, list[CitingPlace]] = {}
    names: dict[str, str] = {}
    for each in paper.references:
        key = symbols.key(each.symbol)
        if key not in names:
            entry = _held(snapshot, each.symbol, paper.language)
            names[key] = entry.symbol if entry else each.symbol
            entries[names[key]] = entry
        places.setdefault(names[key], []).append(place_of(paper, each))
    return tuple(
        Linked(symbol=name, entry=entries[name], places=tuple(found))
        for name, found in places.items()
    )


def _cited_by(snapshot: Snapshot, number: int) -> tuple[Linked, ...]:
    """Papers that cite a paper, newest first; of language versions, one."""
    store = snapshot.store
    own = store.entries[number]
    citing = store.citing(number)
    works: dict[str, list[int]] = {}
    for each in citing:
        works.setdefault(store.entries[each].symbol, []).append(each)
    found: list[Linked] = []
    for symbol, numbers in works.items():
        best = min(
            numbers,
            key=lambda each: (
                store.entries[each].language != own.language,
                store.entries[each].language != "en",
                each,
            ),
        )
        found.append(Linked(symbol=symbol, entry=store.entries[best], places=tuple(citing[best])))
    found.sort(key=lambda each: each.symbol)
    found.sort(key=lambda each: (each.entry and each.entry.date) or "", reverse=True)
    return tuple(found)
