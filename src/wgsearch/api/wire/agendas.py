"""Agendas as JSON: as printed, and as listed."""

from pydantic import Field

from wgsearch.api.wire.model import Wire


class SubItemObject(Wire):
    """A sub-item of an agenda."""

    number: str
    title: str


class DocumentReferenceObject(Wire):
    """A document that an agenda lists."""

    symbol: str | None
    title: str | None
    sub_item: str | None = Field(description="Sub-item it is listed under, as `1 (a)`.")


class AgendaItemObject(Wire):
    """An item of an agenda as printed."""

    number: str
    title: str
    sub_items: list[SubItemObject]
    annotation: str | None
    documents: list[DocumentReferenceObject]
    note: str | None = Field(description="What is said instead of naming documents.")


class SlotObject(Wire):
    """A meeting in the organization of work."""

    date: str | None
    start: str | None
    end: str | None
    items: list[str]


class AgendaObject(Wire):
    """The agenda a paper holds."""

    items: list[AgendaItemObject]
    timetable: list[SlotObject]


class AgendaReferenceObject(Wire):
    """Which agenda."""

    symbol: str | None
    title: str | None


class ListedObject(Wire):
    """A document that an item lists, and whether it is held."""

    symbol: str | None
    title: str | None
    in_corpus: bool


class ItemObject(Wire):
    """An item of an agenda of the index."""

    number: str
    title: str
    sub_items: list[SubItemObject]
    annotation: str | None
    documents: list[ListedObject]
    passages_url: str


class AgendaItemsObject(Wire):
    """The items of an agenda of the index."""

    generation: str
    agenda: AgendaReferenceObject
    items: list[ItemObject]


class AgendaDocumentObject(AgendaItemsObject):
    """An agenda of the index, whole."""

    timetable: list[SlotObject]
    url: str
