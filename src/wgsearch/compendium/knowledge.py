"""
the paragraphs of a topic -> what they and their notes point to, counted.

Why counted by paragraphs: a work that many paragraphs lean on is where an expert should begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.compendium.records import Knowledge
from wgsearch.compendium.works import key, works
from wgsearch.papers import symbols
from wgsearch.papers.paper import PaperKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wgsearch.compendium.citing import Cited
    from wgsearch.compendium.gather import Paragraphs
    from wgsearch.compendium.grouping import Cluster
    from wgsearch.holdings import Holdings

# Papers point to the agenda they were issued under; nothing is to be learnt from it.
_NO_KNOWLEDGE = (PaperKind.AGENDA, PaperKind.CORRIGENDUM)


def knowledge(
    paragraphs: Paragraphs,
    cluster: Cluster,
    cited: Mapping[int, Sequence[Cited]],
    holdings: Holdings,
) -> tuple[Knowledge, ...]:
    """
    Papers, resolutions, toolkits, treaties and cases that a topic's paragraphs point to.

    Args:
        paragraphs: All paragraphs.
        cluster: The topic.
        cited: What paragraphs cite, by row.
        holdings: The papers held.

    Returns:
        Most often pointed to first. A work without a symbol is called by the words of the first
        note that names it.
    """
    rows = sorted(cluster.rows, key=lambda row: _order(paragraphs, row))
    names: dict[str, str] = {}
    pointing: dict[str, list[int]] = {}
    for row in rows:
        named = {symbols.key(each.symbol): each.symbol for each in cited.get(row, ())}
        for note in paragraphs.passages[row].notes:
            for work in works(note):
                named.setdefault(key(work), work)
        for each, name in named.items():
            names.setdefault(each, name)
            pointing.setdefault(each, []).append(row)
    found = []
    for each, name in names.items():
        entry = holdings.of(name)
        if entry is not None and entry.kind in _NO_KNOWLEDGE:
            continue
        found.append(
            Knowledge(
                symbol=name,
                title=entry.title if entry else None,
                held=entry is not None,
                count=len(pointing[each]),
                places=tuple(paragraphs.places[row] for row in pointing[each]),
            )
        )
    return tuple(sorted(found, key=lambda each: (-each.count, not each.held, each.symbol)))


def _order(paragraphs: Paragraphs, row: int) -> tuple[str, str, int]:
    """By date, paper and paragraph."""
    place = paragraphs.places[row]
    return place.date or "9999", place.symbol, place.index
