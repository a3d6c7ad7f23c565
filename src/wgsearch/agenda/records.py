"""
Agenda: what an agenda says, item by item.

Why records of their own: they are kept in the index, asked about and printed long after
the lines they were read from are gone.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SubItem:
    """
    A sub-item of an agenda.

    Attributes:
        number: With the item's number, for instance `1 (a)`.
        title: Without its final mark.
    """

    number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDocument:
    """
    An entry of an item's documentation.

    Attributes:
        symbol: Canonical symbol; None where the agenda names a document without one.
        title: The entry's words without the symbol, None where there are none.
        sub_item: The sub-item that it is listed for (`3 (a)`); None where it is listed for the
            item as a whole.
    """

    symbol: str | None
    title: str | None
    sub_item: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """
    One item of an agenda.

    Attributes:
        number: As printed, for instance `2`.
        title: Without its final mark.
        sub_items: In order.
        annotation: Words of the annotation, paragraphs separated by blank lines; None without one.
        documents: The item's documentation; symbols that the annotation merely mentions are not.
        note: What the agenda says instead of naming documents (`No documentation is expected`);
            None where it says nothing of the kind.
    """

    number: str
    title: str
    sub_items: tuple[SubItem, ...]
    annotation: str | None
    documents: tuple[ListedDocument, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """
    One meeting in the organization of work.

    Attributes:
        date: ISO date, None where the table gives none.
        start: `HH:MM`, 24 hours, None where the table gives none (`Morning`).
        end: Likewise.
        items: Numbers of the items taken up, as printed (`1 (a)`, `2`).
    """

    date: str | None
    start: str | None
    end: str | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """
    The agenda that a paper holds.

    Attributes:
        symbol: Symbol of the paper, None when it prints none.
        title: Title of the paper; for the agenda of a coming session within a report, the
            words that announce it.
        items: In order.
        timetable: The organization of work, in order of time as printed.
    """

    symbol: str | None
    title: str | None
    items: tuple[AgendaItem, ...]
    timetable: tuple[Slot, ...]
