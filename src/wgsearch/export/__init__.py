"""
Pack -> a document tree -> DOCX, Markdown, HTML for print: one content, whatever the format.

Why a tree between: each writer then knows its format and nothing of packs, and what else is
printed some day (a compendium) uses the same writers.
"""

from wgsearch.export.formats import FORMATS, Format, format_of, written
from wgsearch.export.history import history_document
from wgsearch.export.lengths import Lengths
from wgsearch.export.pack import pack_document

__all__ = [
    "FORMATS",
    "Format",
    "Lengths",
    "format_of",
    "history_document",
    "pack_document",
    "written",
]
