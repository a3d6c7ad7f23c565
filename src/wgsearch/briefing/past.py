"""
An item of an agenda, by its number -> whether it was addressed before its session.

Why beside packs: one item is asked for far more often than a whole pack is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.briefing.items import parts_of, past_of, within
from wgsearch.briefing.pack import setting_of
from wgsearch.errors import UnknownItemError

if TYPE_CHECKING:
    from wgsearch.agenda import Agenda, AgendaItem
    from wgsearch.answers import Engine
    from wgsearch.history import History


def item_past(engine: Engine, agenda: Agenda, number: str, *, language: str = "en") -> History:
    """
    Whether an item, or a sub-item, was addressed before; papers of its own session do not count.

    Args:
        engine: Whose papers.
        agenda: The agenda, of the corpus or not.
        number: Number of the item, or of the sub-item as `2 (a)`.
        language: Language of an agenda that is not in the corpus (ISO 639-1).

    Raises:
        UnknownItemError: The agenda has no item of such a number.
    """
    item = _asked(agenda, number)
    return past_of(engine, setting_of(engine, agenda, language=language), item)


def _asked(agenda: Agenda, number: str) -> AgendaItem:
    """The item or sub-item of a number, as its past is asked for."""
    known: list[str] = []
    for item in agenda.items:
        for each, asked in ((item, item), *((part, within(item, part)) for part in parts_of(item))):
            if _same(each.number, number):
                return asked
            known.append(each.number)
    name = agenda.symbol or "the agenda"
    raise UnknownItemError(f"{name} has no item {number!r}; its items are {', '.join(known)}")


def _same(one: str, other: str) -> bool:
    """Numbers are typed with and without their spaces."""
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()
