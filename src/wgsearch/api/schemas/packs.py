"""Packs -> JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wgsearch.api import wire
from wgsearch.api.addresses import anchor, paper_url
from wgsearch.api.schemas.agendas import agenda_reference
from wgsearch.api.schemas.papers import entry_object
from wgsearch.api.schemas.register import recommended_object
from wgsearch.api.schemas.searches import hit_objects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.agenda import Agenda, ListedDocument
    from wgsearch.answers import PaperEntry
    from wgsearch.briefing.records import ItemBrief, Pack, PaperPassages
    from wgsearch.history.records import History, Occasion
    from wgsearch.passages import Passage

    Json = dict[str, Any]  # a JSON object on its way out


def pack_json(pack: Pack, base: str = "") -> Json:
    """The object of `brief --format json` and of the API's pack."""
    return pack_object(pack, base).model_dump(mode="json")


def pack_object(pack: Pack, base: str = "") -> wire.PackObject:
    """
    A pack as the API sends it.

    Args:
        pack: The pack.
        base: What to put before addresses, for instance `http://127.0.0.1:8000`.
    """
    return wire.PackObject(
        generation=pack.generation,
        prepared=pack.prepared,
        corpus_digest=pack.corpus_digest,
        papers=pack.papers,
        passages=pack.passages,
        built_at=pack.built_at,
        agenda=agenda_reference(pack.agenda),
        language=pack.language,
        paper=_entry(pack.entry, base),
        missing=[_document(each, None, base) for each in pack.missing],
        notes=list(pack.notes),
        items=[item_brief_object(each, base) for each in pack.items],
    )


def item_brief_object(brief: ItemBrief, base: str = "") -> wire.ItemBriefObject:
    """What the papers hold for an item."""
    item = brief.item
    return wire.ItemBriefObject(
        number=item.number,
        title=item.title,
        sub_items=[wire.SubItemObject(number=e.number, title=e.title) for e in item.sub_items],
        annotation=item.annotation,
        note=item.note,
        slots=[
            wire.SlotObject(date=each.date, start=each.start, end=each.end, items=list(each.items))
            for each in brief.slots
        ],
        is_procedural=brief.is_procedural,
        documents=[_document(each.document, each.entry, base) for each in brief.documents],
        mentions=[
            wire.PackDocumentObject(
                symbol=each.symbol,
                title=each.entry.title if each.entry else None,
                sub_item=None,
                paper=_entry(each.entry, base),
            )
            for each in brief.mentions
        ],
        history=history_object(brief.history, base) if brief.history else None,
        recommended=[recommended_object(each, base) for each in brief.recommended],
        listed=_papers(brief.listed, base),
        earlier=_papers(brief.earlier, base),
        parts=[item_brief_object(each, base) for each in brief.parts],
    )


def history_object(history: History, base: str = "") -> wire.HistoryObject:
    """Whether a topic was addressed before."""
    return wire.HistoryObject(
        topic=history.topic,
        verdict=history.verdict,
        confidence=history.confidence,
        timeline=[_occasion(each, base) for each in history.timeline],
        notes=list(history.notes),
    )


def past_object(
    history: History,
    base: str = "",
    *,
    agenda: Agenda | None = None,
    item: str | None = None,
    before: str | None = None,
) -> wire.PastObject:
    """
    Whether a topic was addressed before, and what was recommended on it.

    Args:
        history: What was found.
        base: What to put before addresses.
        agenda: The agenda whose item was asked about; None for a topic.
        item: Number of that item.
        before: Date or agenda before which it was asked.
    """
    return wire.PastObject(
        **dict(history_object(history, base)),
        generation=history.generation,
        agenda=agenda_reference(agenda) if agenda else None,
        item=item,
        before=before,
        recommended=[recommended_object(each, base) for each in history.recommended],
    )


def _occasion(occasion: Occasion, base: str) -> wire.OccasionObject:
    return wire.OccasionObject(
        kind=occasion.kind,
        session=occasion.session,
        date=occasion.date,
        item=occasion.item,
        item_title=occasion.item_title,
        symbol=occasion.paper.symbol,
        title=occasion.paper.title,
        paragraph=occasion.hit.passage.paragraph if occasion.hit else None,
        part=occasion.hit.passage.part if occasion.hit else None,
        words=occasion.words,
        language=occasion_language(occasion),
        citation=occasion.citation,
        is_about=occasion.is_about,
        url=base + occasion_url(occasion),
    )


def occasion_url(occasion: Occasion) -> str:
    """Where the words of an occasion are read: in their paragraph, or at the head of the paper."""
    if occasion.hit:
        return _url(occasion.hit.passage)
    return paper_url(occasion.paper.symbol, occasion.paper.language)


def occasion_language(occasion: Occasion) -> str:
    """Language of the words of an occasion."""
    passage = occasion.hit.passage if occasion.hit else None
    return (passage.lang or passage.language) if passage else occasion.paper.language


def _papers(papers: Sequence[PaperPassages], base: str) -> list[wire.PaperPassagesObject]:
    return [
        wire.PaperPassagesObject(
            paper=entry_object(each.entry, base), passages=hit_objects(each.hits, base)
        )
        for each in papers
    ]


def _document(
    document: ListedDocument, entry: PaperEntry | None, base: str
) -> wire.PackDocumentObject:
    return wire.PackDocumentObject(
        symbol=document.symbol,
        title=document.title,
        sub_item=document.sub_item,
        paper=_entry(entry, base),
    )


def _entry(entry: PaperEntry | None, base: str) -> wire.EntryObject | None:
    return entry_object(entry, base) if entry else None


def _url(passage: Passage) -> str:
    place = anchor(passage.paragraph, passage.part, passage.index)
    return f"{paper_url(passage.symbol, passage.language)}#{place}"
