"""
Paper -> Agenda: items, annotations, documentation, timetable.

Why: the agenda is how a working group asks; each of its items becomes a question,
and the papers that it lists are the first answers.
"""

from wgsearch.agenda.reading import read_agenda
from wgsearch.agenda.records import Agenda, AgendaItem, ListedDocument, Slot, SubItem
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
