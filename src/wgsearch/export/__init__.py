"""
Pack or Compendium -> a document tree -> DOCX, Markdown, HTML: one content, whatever the format.

Why a tree between: each writer then knows its format and nothing of what is printed.
"""

from wgsearch.export.collection import Collection, collection_document
from wgsearch.export.compendium import compendium_document, topic_document
from wgsearch.export.formats import FORMATS, Format, format_of, written
from wgsearch.export.history import history_document
from wgsearch.export.lengths import Lengths
from wgsearch.export.pack import pack_document

__all__ = [
    "FORMATS",
    "Collection",
    "Format",
    "Lengths",
    "collection_document",
    "compendium_document",
    "format_of",
    "history_document",
    "pack_document",
    "topic_document",
    "written",
]
