"""
Records -> JSON: the one place where what wgsearch knows becomes what others read.

Why free of the web framework: the command line prints the same objects (`--json`)
that the API sends. Functions named `..._json` give plain data, the others models.
"""

from __future__ import annotations

from wgsearch.api.schemas.agendas import (
    agenda_answer,
    agenda_json,
    agenda_object,
    agenda_reference,
    item_answer,
    item_object,
    listed_objects,
    timetable,
)
from wgsearch.api.schemas.drafts import checked_object, comparison_object, standing_url
from wgsearch.api.schemas.index import (
    index_json,
    index_object,
)
from wgsearch.api.schemas.papers import (
    document_object,
    entry_object,
    neighbourhood,
    paper_json,
    paragraph_objects,
    same_part,
    warning_object,
)
from wgsearch.api.schemas.searches import (
    also_url,
    hit_objects,
    paper_objects,
    search_json,
    search_object,
)

__all__ = [
    "agenda_answer",
    "agenda_json",
    "agenda_object",
    "agenda_reference",
    "also_url",
    "checked_object",
    "comparison_object",
    "document_object",
    "entry_object",
    "hit_objects",
    "index_json",
    "index_object",
    "item_answer",
    "item_object",
    "listed_objects",
    "neighbourhood",
    "paper_json",
    "paper_objects",
    "paragraph_objects",
    "same_part",
    "search_json",
    "search_object",
    "standing_url",
    "timetable",
    "warning_object",
]
