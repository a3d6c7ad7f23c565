"""
A saved question and its entries -> an Atom feed.

Source: RFC 4287; characters that XML 1.0 cannot hold are replaced, everything else is verbatim.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from wgsearch.saved.answering import identity_of

if TYPE_CHECKING:
    from wgsearch.saved.records import Entry, Kept, SavedQuestion

MEDIA_TYPE = "application/atom+xml"
# The newest so many; who comes seldom finds the others in the list of the API.
MOST = 100
_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
# What is none of the characters of XML 1.0, section 2.2.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(question: SavedQuestion, kept: Kept, base: str) -> bytes:
    """
    The feed of a question, the newest entry first.

    Args:
        question: The question.
        kept: What became of it.
        base: Address of the service, without a slash at its end.
    """
    ET.register_namespace("", _ATOM)
    newest = kept.entries[::-1][:MOST]
    root = ET.Element(f"{{{_ATOM}}}feed")
    _add(root, "id", identity_of(question))
    _add(root, "title", f"New papers on: {question.text}")
    _add(root, "updated", newest[0].found_at if newest else question.created_at)
    _link(root, "self", f"{base}/questions/{question.id}.atom", MEDIA_TYPE)
    _link(root, "alternate", f"{base}/api/v1/questions/{question.id}", "application/json")
    _add(ET.SubElement(root, f"{{{_ATOM}}}author"), "name", "wgsearch")
    for each in newest:
        _entry(root, each, base)
    found: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return found


def _entry(root: ET.Element, entry: Entry, base: str) -> None:
    """One passage, with its citation as title and its words as content."""
    found = ET.SubElement(root, f"{{{_ATOM}}}entry")
    title = f"{entry.citation}: {entry.title}" if entry.title else entry.citation
    _add(found, "id", entry.id)
    _add(found, "title", title)
    _add(found, "updated", entry.found_at)
    _add(found, "published", entry.found_at)
    _link(found, "alternate", f"{base}{entry.path}", "text/html")
    content = _add(found, "content", entry.text)
    content.set("type", "text")
    content.set(f"{{{_XML}}}lang", entry.language.partition("+")[0])


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    element.text = _UNWRITABLE.sub("\ufffd", text)
    return element


def _link(parent: ET.Element, relation: str, address: str, kind: str) -> None:
    ET.SubElement(parent, f"{{{_ATOM}}}link", {"rel": relation, "href": address, "type": kind})
