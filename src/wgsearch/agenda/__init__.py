"""
Paper -> Agenda: items, annotations, documentation, timetable.

Why: the agenda is how a working group asks; each of its items becomes a question,
and the papers that it lists are the first answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.agenda.records import Agenda, AgendaItem, ListedDocument, Slot, SubItem

if TYPE_CHECKING:
    from wgsearch.agenda.reading import read_agenda
    from wgsearch.agenda.wording import is_documentation

__all__ = [
    "Agenda",
    "AgendaItem",
    "ListedDocument",
    "Slot",
    "SubItem",
    "is_documentation",
    "read_agenda",
]


def __getattr__(name: str) -> object:
    """
    What reads agendas, loaded when it is first asked for: a search needs their records only,
    and the patterns of six languages take a tenth of a second to prepare.
    """
    if name == "read_agenda":
        from wgsearch.agenda.reading import read_agenda  # noqa: PLC0415 - as said above

        return read_agenda
    if name == "is_documentation":
        from wgsearch.agenda.wording import is_documentation  # noqa: PLC0415 - likewise

        return is_documentation
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
