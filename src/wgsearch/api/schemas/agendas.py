"""Agendas -> JSON: as printed, and as listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.api import wire
from wgsearch.api.addresses import item_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.agenda import Agenda, AgendaItem


def agenda_object(agenda: Agenda) -> wire.AgendaObject:
    """An agenda as printed."""
    return wire.AgendaObject(
        items=[
            wire.AgendaItemObject(
                number=item.number,
                title=item.title,
                sub_items=_sub_items(item),
                annotation=item.annotation,
                documents=[
                    wire.DocumentReferenceObject(
                        symbol=each.symbol, title=each.title, sub_item=each.sub_item
                    )
                    for each in item.documents
                ],
                note=item.note,
            )
            for item in agenda.items
        ],
        timetable=timetable(agenda),
    )


def timetable(agenda: Agenda) -> list[wire.SlotObject]:
    """The organization of work."""
    return [
        wire.SlotObject(date=slot.date, start=slot.start, end=slot.end, items=list(slot.items))
        for slot in agenda.timetable
    ]


def agenda_reference(agenda: Agenda) -> wire.AgendaReferenceObject:
    """Which agenda."""
    return wire.AgendaReferenceObject(symbol=agenda.symbol, title=agenda.title)


def item_object(
    agenda_symbol: str, item: AgendaItem, listed: Sequence[bool], base: str = ""
) -> wire.ItemObject:
    """
    An item of an agenda of the index.

    Args:
        agenda_symbol: What the agenda's paper is called by.
        item: The item.
        listed: For each of its documents: it is in the corpus.
        base: What to put before addresses.
    """
    return wire.ItemObject(
        number=item.number,
        title=item.title,
        sub_items=_sub_items(item),
        annotation=item.annotation,
        documents=listed_objects(item, listed),
        passages_url=base + item_url(agenda_symbol, item.number),
    )


def listed_objects(item: AgendaItem, listed: Sequence[bool]) -> list[wire.ListedObject]:
    """Documents of an item, each held or missing."""
    return [
        wire.ListedObject(symbol=each.symbol, title=each.title, in_corpus=held)
        for each, held in zip(item.documents, listed, strict=True)
    ]


def _sub_items(item: AgendaItem) -> list[wire.SubItemObject]:
    return [wire.SubItemObject(number=each.number, title=each.title) for each in item.sub_items]
