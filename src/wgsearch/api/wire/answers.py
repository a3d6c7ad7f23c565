"""
Agendas answered item by item as JSON.

Why beside packs: an item is answered with what its pack holds, under keys that were promised
before there were packs.
"""

from pydantic import Field

from wgsearch.api.wire.agendas import (
    AgendaReferenceObject,
    ListedObject,
    SlotObject,
)
from wgsearch.api.wire.model import Wire
from wgsearch.api.wire.packs import (
    ItemBriefObject,
    OccasionObject,
    PackDocumentObject,
    PaperPassagesObject,
)
from wgsearch.api.wire.register import RecommendedObject
from wgsearch.api.wire.searches import HitObject, PaperScoreObject

_NOT_ASKED = "; null where passages only were asked for."


class AddressedObject(Wire):
    """Whether earlier sessions addressed an item."""

    verdict: str | None = Field(
        description="`dedicated_item`, `within_another_item`, `in_passing` or `not_found`; null:"
        " not judged, as for an item of procedure."
    )
    confidence: str | None = Field(description="`high`, `moderate` or `low`; null: not judged.")
    evidence: list[OccasionObject] = Field(
        description="Where it came up, oldest first: words verbatim, with citation, session, date."
    )
    notes: list[str] = Field(description="What the reader should know about the verdict.")


class ItemAnswerObject(Wire):
    """An item with its documents, its passages, and what earlier sessions said on it."""

    number: str
    title: str
    documents: list[ListedObject]
    passages: list[HitObject]
    addressed_before: AddressedObject
    verdict: str | None = Field(
        description="Whether papers cover the item: as of a search; null: unjudged."
    )
    verdict_note: str | None = Field(description="The verdict in a sentence.")
    papers: list[PaperScoreObject] = Field(description="Papers of the passages, best first.")
    slots: list[SlotObject] | None = Field(
        description=f"Meetings at which it is taken up{_NOT_ASKED}"
    )
    mentions: list[PackDocumentObject] | None = Field(
        description="Papers that its annotation mentions and its documentation does not list"
        f"{_NOT_ASKED}"
    )
    listed: list[PaperPassagesObject] | None = Field(
        description=f"Passages of the papers listed, by paper{_NOT_ASKED}"
    )
    earlier: list[PaperPassagesObject] | None = Field(
        description="Passages of other papers issued before the session, by paper, newest first"
        f"{_NOT_ASKED}"
    )
    recommended: list[RecommendedObject] | None = Field(
        description=f"What was recommended on it before, newest first{_NOT_ASKED}"
    )
    parts: list[ItemBriefObject] | None = Field(
        description=f"Its sub-items, each as in a pack{_NOT_ASKED}"
    )


class AgendaAnswerObject(Wire):
    """An agenda, answered item by item."""

    agenda: AgendaReferenceObject
    items: list[ItemAnswerObject]


class ItemPassagesObject(Wire):
    """What the papers hold for one item."""

    generation: str
    agenda: AgendaReferenceObject
    item: ItemAnswerObject
