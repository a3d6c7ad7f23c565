"""Where a question belongs -> JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.api import wire
from wgsearch.api.addresses import agenda_item_url
from wgsearch.api.schemas.agendas import agenda_reference
from wgsearch.api.schemas.searches import hit_objects

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.briefing import Belonging


def belongings_object(
    question: str,
    found: Sequence[Belonging],
    *,
    generation: str,
    is_held: bool = True,
    base: str = "",
) -> wire.BelongingsObject:
    """
    Items under which a question may belong, best first.

    Args:
        question: The question.
        found: The items.
        generation: Name of the index generation that answered.
        is_held: Their agendas are papers of the index, so that they have pages.
        base: What to put before addresses.
    """
    return wire.BelongingsObject(
        generation=generation,
        query=question,
        items=[
            wire.BelongingObject(
                agenda=agenda_reference(each.agenda),
                number=each.item.number,
                title=each.item.title,
                sub_item=each.sub_item,
                score=each.score,
                words=each.words,
                url=base + address if is_held and (address := item_address(each)) else None,
                passage=hit_objects([each.hit], base)[0] if each.hit else None,
            )
            for each in found
        ],
    )


def item_address(found: Belonging) -> str | None:
    """Address of an item on the page of its agenda; None for an agenda without a symbol."""
    if found.agenda.symbol is None:
        return None
    return agenda_item_url(found.agenda.symbol, found.agenda.items.index(found.item))
