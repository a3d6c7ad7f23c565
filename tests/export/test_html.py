"""A pack for print stands alone: no script, nothing loaded, every note reached."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from wgsearch.export.document import Quotation, Text
from wgsearch.export.html import POLICY, to_html

if TYPE_CHECKING:
    from wgsearch.export.document import Document


def _page(document: Document) -> BeautifulSoup:
    return BeautifulSoup(to_html(document).decode(), "html.parser")


def test_its_policy_allows_its_style_and_nothing_else(document: Document) -> None:
    """The style within is the one whose digest the policy names; there is no script."""
    page = _page(document)
    style = page.find("style").string
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in POLICY
    assert POLICY.startswith("default-src 'none'")
    assert page.find("meta", {"http-equiv": "Content-Security-Policy"})["content"] == POLICY
    assert page.find_all(["script", "link", "img", "iframe"]) == []
    assert page.find_all(attrs={"style": True}) == []


def test_every_link_within_leads_somewhere(document: Document) -> None:
    """Contents lead to headings, calls to notes and notes back to calls."""
    page = _page(document)
    idents = [each["id"] for each in page.find_all(id=True)]
    assert len(idents) == len(set(idents))
    inner = [each["href"][1:] for each in page.find_all("a", href=True) if each["href"][0] == "#"]
    assert len(inner) > 30
    assert set(inner) <= set(idents)


def test_quotations_are_verbatim_on_the_page(document: Document) -> None:
    """Markup in a paper is shown as the text that it is."""
    text = _page(document).get_text()
    quoted = [
        each.text
        for block in document.blocks
        if isinstance(block, Quotation)
        for line in block.lines
        for each in line.content
        if isinstance(each, Text) and each.is_verbatim
    ]
    assert len(quoted) > 15
    assert [each for each in quoted if each not in text] == []


def test_notes_stand_at_the_end_of_their_item(document: Document) -> None:
    """On paper nobody leafs to the last page: notes go on counting, item by item."""
    sections = _page(document).find_all("section", class_="notes")
    counts = [len(each.find_all("li")) for each in sections]
    assert sum(counts) == 15
    starts = [int(each.ol["start"]) for each in sections]
    assert starts == [1 + sum(counts[:at]) for at in range(len(counts))]


def test_languages_and_directions_are_stated(document: Document) -> None:
    """The page is English; Arabic is marked and runs from right to left."""
    page = _page(document)
    assert page.html["lang"] == "en"
    arabic = page.find("blockquote", lang="ar")
    assert arabic["dir"] == "rtl"


def test_tables_have_heads_and_captions(document: Document) -> None:
    """Each table says what its columns are."""
    for table in _page(document).find_all("table"):
        assert table.find_all("th", scope="col")
        assert table.parent.figcaption.get_text()
