"""
Pack -> a file of any format: the one place that knows both documents and JSON.

Why free of the web framework: the command line writes the same bytes that the API sends.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from wgsearch.api import schemas
from wgsearch.api.addresses import Addresses
from wgsearch.export import pack_document, written

if TYPE_CHECKING:
    from wgsearch.agenda import Agenda
    from wgsearch.briefing.records import Pack
    from wgsearch.export import Format


def packed(pack: Pack, form: Format, base: str = "") -> bytes:
    """
    A pack in a format: the same bytes for the same pack.

    Args:
        pack: The pack.
        form: The format.
        base: Address of the service that papers are read at; empty for a pack that leads
            nowhere.
    """
    if form.name == "json":
        made = schemas.pack_json(pack, base)
        return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()
    return written(pack_document(pack, links=Addresses(base) if base else None), form)


def file_name(agenda: Agenda, form: Format) -> str:
    """What the file of a pack is called: `DEMO_COP_WG.4_2026_1-pack.docx`."""
    name = re.sub(r"[^\w.-]+", "_", agenda.symbol or "agenda")
    return f"{name}-pack.{form.name}"
