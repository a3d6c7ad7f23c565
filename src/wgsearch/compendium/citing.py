"""
paragraphs -> what they and their notes cite, and which paragraphs that are.

Why one look for all topics: a paper is read from the store once, and what its paragraphs point to
is asked for topic by topic, by what they relate to, and by what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wgsearch.holdings import spoken
from wgsearch.papers import symbols
from wgsearch.papers.editions import place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wgsearch.answers import Engine
    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.holdings import Holdings
    from wgsearch.papers.paper import Reference

# More paragraphs of a paper cited at once are its whole.
_MOST = 12


class Cited(NamedTuple):
    """
    What a paragraph cites.

    Attributes:
        symbol: Of the paper that is held, else as cited.
        rows: Rows of the paragraphs cited; none where the paper is cited whole, or is not held.
    """

    symbol: str
    rows: tuple[int, ...]


def cited_by(
    engine: Engine, paragraphs: Paragraphs, holdings: Holdings
) -> Mapping[int, tuple[Cited, ...]]:
    """What paragraphs and their notes cite, by row; rows that cite nothing have no entry."""
    rows = {
        (each.symbol, each.language, each.index): row for row, each in enumerate(paragraphs.places)
    }
    numbers = {
        (symbols.key(each.symbol), *place(each.part, each.paragraph)): row
        for row, each in enumerate(paragraphs.places)
        if each.paragraph
    }
    found: dict[int, dict[str, set[int]]] = {}
    for symbol, language in dict.fromkeys((e.symbol, e.language) for e in paragraphs.places):
        for reference in engine.paper(symbol, spoken(language)).references:
            row = rows.get((symbol, language, reference.paragraph or 0))
            if reference.paragraph is None or row is None:
                continue
            held = holdings.of(reference.symbol)
            name = held.symbol if held else reference.symbol
            if symbols.key(name) != symbols.key(symbol):
                there = found.setdefault(row, {}).setdefault(name, set())
                there.update(_cited_rows(numbers, name, reference))
    return {
        row: tuple(Cited(name, tuple(sorted(some))) for name, some in names.items())
        for row, names in found.items()
    }


def _cited_rows(
    numbers: Mapping[tuple[str, str, str], int], symbol: str, reference: Reference
) -> set[int]:
    """Rows of the paragraphs that a reference names."""
    first, last = reference.first, reference.last or reference.first
    if not first or not last:
        return set()
    run = [first, last]
    if first.isdecimal() and last.isdecimal() and int(first) <= int(last) <= int(first) + _MOST:
        run = [str(each) for each in range(int(first), int(last) + 1)]
    keys = ((symbols.key(symbol), *place("body", each)) for each in run)
    return {numbers[each] for each in keys if each in numbers}
