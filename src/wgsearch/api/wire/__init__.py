"""
The JSON that other programs read, one model a thing.

Why apart from the conversions: a program that reads these answers can rely on the
names here; keys may be added, never renamed. Records become these in schemas.
"""

from __future__ import annotations

from wgsearch.api.wire.agendas import (
    AddressedObject,
    AgendaAnswerObject,
    AgendaDocumentObject,
    AgendaItemObject,
    AgendaItemsObject,
    AgendaObject,
    AgendaReferenceObject,
    DocumentReferenceObject,
    ItemAnswerObject,
    ItemObject,
    ItemPassagesObject,
    ListedObject,
    SlotObject,
    SubItemObject,
)
from wgsearch.api.wire.model import (
    Wire,
)
from wgsearch.api.wire.papers import (
    AgendasObject,
    CitedParagraphObject,
    CitingPlaceObject,
    DocumentObject,
    DocumentsObject,
    EditionObject,
    EntryObject,
    FamilyObject,
    FootnoteObject,
    HeadingObject,
    InspectObject,
    ItemReferenceObject,
    LinkedObject,
    NeighbourhoodObject,
    PaperObject,
    ParagraphEditionObject,
    ParagraphObject,
    ParagraphsObject,
    RecommendationObject,
    ReferenceObject,
    RelatedObject,
    WarningObject,
)
from wgsearch.api.wire.searches import (
    HitObject,
    Matched,
    SearchObject,
)
from wgsearch.api.wire.service import (
    FailedObject,
    HealthObject,
    IndexObject,
    ProblemItemObject,
    ProblemObject,
)

__all__ = [
    "AddressedObject",
    "AgendaAnswerObject",
    "AgendaDocumentObject",
    "AgendaItemObject",
    "AgendaItemsObject",
    "AgendaObject",
    "AgendaReferenceObject",
    "AgendasObject",
    "CitedParagraphObject",
    "CitingPlaceObject",
    "DocumentObject",
    "DocumentReferenceObject",
    "DocumentsObject",
    "EditionObject",
    "EntryObject",
    "FailedObject",
    "FamilyObject",
    "FootnoteObject",
    "HeadingObject",
    "HealthObject",
    "HitObject",
    "IndexObject",
    "InspectObject",
    "ItemAnswerObject",
    "ItemObject",
    "ItemPassagesObject",
    "ItemReferenceObject",
    "LinkedObject",
    "ListedObject",
    "Matched",
    "NeighbourhoodObject",
    "PaperObject",
    "ParagraphEditionObject",
    "ParagraphObject",
    "ParagraphsObject",
    "ProblemItemObject",
    "ProblemObject",
    "RecommendationObject",
    "ReferenceObject",
    "RelatedObject",
    "SearchObject",
    "SlotObject",
    "SubItemObject",
    "WarningObject",
    "Wire",
]
