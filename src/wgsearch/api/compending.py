"""
Compendium -> a file of any format: the one place that knows both its document and its JSON.

Why free of the web framework: the command line writes the same bytes that the API sends.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wgsearch.api import schemas
from wgsearch.api.addresses import Addresses
from wgsearch.export import compendium_document, topic_document, written
from wgsearch.export.charts import plots_sheet

if TYPE_CHECKING:
    from wgsearch.compendium.looking import Entry
    from wgsearch.compendium.records import Compendium
    from wgsearch.export import Format


def compendium_file(
    compendium: Compendium, form: Format, base: str = "", *, is_current: bool = True
) -> bytes:
    """
    An edition in a format: the same bytes for the same edition.

    Args:
        compendium: The edition.
        form: The format.
        base: Address of the service that papers are read at; empty for a document that leads
            nowhere.
        is_current: The index still holds what it was made from.
    """
    if form.name == "json":
        made = schemas.compendium_json(compendium, base, is_current=is_current)
        return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()
    if form.name == "svg":
        return plots_sheet(compendium).encode()
    links = Addresses(base) if base else None
    return written(compendium_document(compendium, links=links), form)


def topic_file(compendium: Compendium, entry: Entry, form: Format, base: str = "") -> bytes:
    """One topic of an edition in a format that documents are written in."""
    links = Addresses(base) if base else None
    return written(topic_document(compendium, entry, links=links), form)


def compendium_file_name(compendium: Compendium, form: Format) -> str:
    """What the file of an edition is called: `compendium-3.docx`."""
    return f"compendium-{compendium.edition}.{form.name}"
