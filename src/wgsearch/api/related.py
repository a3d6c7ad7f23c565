"""
Relations -> JSON: families, citations and language versions, each with its address.

Why apart: a paper that is not held is named like one that is, and only here it is decided
what then has an address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.api import wire
from wgsearch.api.addresses import anchor, paper_url
from wgsearch.papers.editions import place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.answers import CitingPlace, Linked, PaperEntry, Relations, Sister
    from wgsearch.papers.paper import Paper, Paragraph


def family_object(related: Relations, base: str = "") -> wire.FamilyObject:
    """What belongs to a paper, and what it belongs to."""
    family = related.family

    def one(symbol: str) -> wire.RelatedObject:
        return _related(symbol, related.held.get(symbol), base)

    return wire.FamilyObject(
        relation=family.relation,
        target=one(family.target) if family.target else None,
        superseded_by=one(family.superseded_by) if family.superseded_by else None,
        supersedes=[one(each) for each in family.supersedes],
        addenda=[one(each) for each in family.addenda],
        corrigenda=[one(each) for each in family.corrigenda],
        amendments=[one(each) for each in family.amendments],
        parts=[one(each) for each in family.parts],
        missing=list(family.missing),
    )


def cited_objects(paper: Paper, related: Relations, base: str = "") -> list[wire.LinkedObject]:
    """Papers that a paper cites; the places are its own."""
    url = base + paper_url(paper.key, paper.language)
    return [_linked(each, url, base) for each in related.cites]


def citing_objects(related: Relations, base: str = "") -> list[wire.LinkedObject]:
    """Papers that cite a paper; the places are theirs."""
    return [_linked(each, _url(each.entry, base), base) for each in related.cited_by]


def paragraph_editions(
    paragraph: Paragraph, sisters: Sequence[Sister], base: str = ""
) -> list[wire.ParagraphEditionObject]:
    """The same paragraph in other languages, where it is there."""
    if paragraph.number is None:
        return []
    here = place(paragraph.part, paragraph.number)
    return [
        wire.ParagraphEditionObject(
            language=each.entry.language,
            url=f"{_url(each.entry, base)}#{anchor(paragraph.number, each.places[here], 0)}",
        )
        for each in sisters
        if here in each.places
    ]


def _related(symbol: str, entry: PaperEntry | None, base: str) -> wire.RelatedObject:
    return wire.RelatedObject(
        symbol=symbol,
        title=entry.title if entry else None,
        language=entry.language if entry else None,
        in_corpus=entry is not None,
        url=_url(entry, base),
    )


def _linked(linked: Linked, citing: str | None, base: str) -> wire.LinkedObject:
    """A linked paper; `citing` is the address of the paper that cites."""
    entry = linked.entry
    return wire.LinkedObject(
        symbol=linked.symbol,
        title=entry.title if entry else None,
        date=entry.date if entry else None,
        language=entry.language if entry else None,
        in_corpus=entry is not None,
        url=_url(entry, base),
        places=[_place(each, citing) for each in linked.places],
    )


def _place(found: CitingPlace, citing: str | None) -> wire.CitingPlaceObject:
    at = None if found.index is None else anchor(found.number, found.part, found.index)
    return wire.CitingPlaceObject(
        paragraph=found.number,
        part=found.part,
        note=found.note,
        first=found.first,
        last=found.last,
        url=f"{citing}#{at}" if citing and at else citing,
    )


def _url(entry: PaperEntry | None, base: str) -> str | None:
    return base + paper_url(entry.symbol, entry.language) if entry else None
