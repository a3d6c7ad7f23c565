"""
Symbol -> address: where a paper, a paragraph, an agenda, a file is read.

Why one module: a citation that someone copied must lead to the same place next year, so
the form of addresses is decided here and nowhere else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from wgsearch.compendium.records import Place
    from wgsearch.passages import Passage

API = "/api/v1"


def one_language(language: str) -> str:
    """A language by which a paper can be asked for: the first of a bilingual one."""
    return language.partition("+")[0]


def paper_url(symbol: str, language: str | None = None) -> str:
    """Address of a paper in the reader; a language is named where it is not English."""
    spoken = one_language(language) if language else "en"
    query = f"?{urlencode({'language': spoken})}" if spoken != "en" else ""
    return f"/documents/{quote(symbol, safe='/')}{query}"


def agenda_url(symbol: str) -> str:
    """Address of an agenda, answered item by item."""
    return f"/agendas/{quote(symbol, safe='/')}"


def file_url(symbol: str, language: str) -> str:
    """Address of the original file."""
    query = urlencode({"language": one_language(language)})
    return f"{API}/documents/{quote(symbol, safe='/')}/file?{query}"


def image_url(symbol: str, language: str, page: int, width: int, digest: str) -> str:
    """Address of the picture of a page; it names the content, and may be kept for good."""
    pairs = [("width", str(width)), ("v", digest[:12]), ("language", one_language(language))]
    return f"{API}/documents/{quote(symbol, safe='/')}/pages/{page}.png?{urlencode(pairs)}"


def page_url(
    symbol: str,
    language: str | None,
    page: int,
    paragraph: str | None = None,
    zoom: bool = False,  # noqa: FBT001, FBT002 - templates pass it by place
) -> str:
    """Address of a page beside its words, with a paragraph marked by its anchor."""
    spoken = one_language(language) if language else "en"
    pairs = [("language", spoken)] if spoken != "en" else []
    pairs += [("paragraph", paragraph)] if paragraph else []
    pairs += [("zoom", "1")] if zoom else []
    return link(f"/documents/{quote(symbol, safe='/')}/pages/{page}", pairs)


def anchor(number: str | None, part: str, index: int) -> str:
    """
    Anchor of a paragraph in the reader: `p12`, `annex-ii-p3`, or `i40` without a number.

    Args:
        number: Number as printed.
        part: `body`, or the annex.
        index: Position in the paper, from 0.
    """
    if number is None:
        return f"i{index}"
    prefix = "" if part == "body" else "-".join(part.casefold().split()) + "-"
    return f"{prefix}p{number}"


def agenda_item_url(symbol: str, position: int) -> str:
    """Address of an item on the page of its agenda, by its position from 0: numbers may repeat."""
    return f"{agenda_url(symbol)}#item-{position + 1}"


def belonging_url(symbol: str | None = None) -> str:
    """Address of the page on which a question finds its item; without a symbol on all agendas."""
    return f"{agenda_url(symbol)}/belonging" if symbol else "/agendas/belonging"


def item_url(symbol: str, number: str) -> str:
    """Address of the passages for an item of an agenda."""
    return f"{API}/agendas/{quote(symbol, safe='/')}/items/{quote(number, safe='')}/passages"


def recommendation_url(name: str) -> str:
    """Address of the page of a recommendation over the years."""
    return f"/recommendations/{quote(name, safe='/:')}"


def lineage_url(name: str) -> str:
    """Address of a recommendation over the years, for programs."""
    return f"{API}/recommendations/{quote(name, safe='/:')}/lineage"


def topic_url(ident: str) -> str:
    """Address of the page of a topic."""
    return f"/compendium/{quote(ident, safe='')}"


def topic_api_url(ident: str) -> str:
    """Address of a topic, for programs."""
    return f"{API}/compendium/topics/{quote(ident, safe='')}"


def place_url(place: Place) -> str:
    """Address of a paragraph of a compendium in its paper."""
    name = anchor(place.paragraph, place.part, place.index)
    return f"{paper_url(place.symbol, place.language)}#{name}"


def link(path: str, pairs: list[tuple[str, str]] | None = None) -> str:
    """An address with its query."""
    return f"{path}?{urlencode(pairs)}" if pairs else path


def near_url(name: str) -> str:
    """Address of a paper that an error names as near: a symbol, or a symbol and `(fr)`."""
    if match := re.fullmatch(r"(.+) \(([a-z]{2})\)", name):
        return paper_url(match[1], match[2])
    return paper_url(name)


class Addresses:
    """
    Whole addresses of papers and passages, for documents that are carried away.

    Args:
        base: Address of the service, without a slash at its end.
    """

    def __init__(self, base: str) -> None:
        self._base = base.rstrip("/")

    def paper(self, symbol: str, language: str) -> str:
        """Address of a paper."""
        return self._base + paper_url(symbol, language)

    def passage(self, passage: Passage) -> str:
        """Address of a passage in its paper."""
        place = anchor(passage.paragraph, passage.part, passage.index)
        return f"{self._base}{paper_url(passage.symbol, passage.language)}#{place}"

    def place(self, place: Place) -> str:
        """Address of a paragraph in its paper."""
        return self._base + place_url(place)
