"""
Records -> JSON: the one place where what wgsearch knows becomes what others read.

Why free of the web framework: the command line prints the same objects (`--json`)
that the API sends. Functions named `..._json` give plain data, the others models.
"""

from __future__ import annotations

from wgsearch.api.schemas.agendas import (
    agenda_object,
    agenda_reference,
    item_object,
    listed_objects,
    timetable,
)
from wgsearch.api.schemas.answers import agenda_json, item_answer
from wgsearch.api.schemas.belonging import belongings_object, item_address
from wgsearch.api.schemas.compendium import (
    compendium_json,
    compendium_object,
    editions_object,
    gaps_object,
    lookup_object,
    one_topic_object,
    redline_object,
    topic_object,
    topics_object,
)
from wgsearch.api.schemas.drafts import checked_object, comparison_object, standing_url
from wgsearch.api.schemas.index import (
    index_json,
    index_object,
)
from wgsearch.api.schemas.packs import (
    history_object,
    occasion_language,
    occasion_url,
    pack_json,
    pack_object,
    past_object,
)
from wgsearch.api.schemas.papers import (
    document_object,
    documents_object,
    entry_object,
    neighbourhood,
    paper_json,
    paragraph_objects,
    same_part,
    warning_object,
)
from wgsearch.api.schemas.references import cite_object
from wgsearch.api.schemas.register import (
    counts_object,
    lineage_json,
    lineage_object,
    recommended_object,
    register_json,
    register_object,
    strength_name,
)
from wgsearch.api.schemas.searches import (
    also_url,
    hit_objects,
    paper_objects,
    search_json,
    search_object,
)

__all__ = [
    "agenda_json",
    "agenda_object",
    "agenda_reference",
    "also_url",
    "belongings_object",
    "checked_object",
    "cite_object",
    "comparison_object",
    "compendium_json",
    "compendium_object",
    "counts_object",
    "document_object",
    "documents_object",
    "editions_object",
    "entry_object",
    "gaps_object",
    "history_object",
    "hit_objects",
    "index_json",
    "index_object",
    "item_address",
    "item_answer",
    "item_object",
    "lineage_json",
    "lineage_object",
    "listed_objects",
    "lookup_object",
    "neighbourhood",
    "occasion_language",
    "occasion_url",
    "one_topic_object",
    "pack_json",
    "pack_object",
    "paper_json",
    "paper_objects",
    "paragraph_objects",
    "past_object",
    "recommended_object",
    "redline_object",
    "register_json",
    "register_object",
    "same_part",
    "search_json",
    "search_object",
    "standing_url",
    "strength_name",
    "timetable",
    "topic_object",
    "topics_object",
    "warning_object",
]
