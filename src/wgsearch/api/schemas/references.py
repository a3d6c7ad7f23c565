"""References -> JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.api import wire
from wgsearch.export import references

if TYPE_CHECKING:
    from wgsearch.answers import PaperEntry


def cite_object(
    cited: references.Cited,
    entry: PaperEntry,
    *,
    generation: str,
    paragraph: str | None,
    part: str | None,
) -> wire.CiteObject:
    """
    A reference in each style.

    Args:
        cited: What is referred to.
        entry: Its paper.
        generation: Name of the index generation that knows it.
        paragraph: Number as printed, None for the paper as a whole.
        part: Where the number stands.
    """
    return wire.CiteObject(
        generation=generation,
        symbol=cited.symbol,
        paragraph=paragraph,
        part=part,
        language=cited.language,
        citation=cited.citation,
        url=cited.url,
        superseded_by=entry.superseded_by,
        corrigenda=list(entry.corrigenda),
        footnote=references.footnote(cited),
        plain=references.plain(cited),
        bibtex=references.bibtex(cited),
        ris=references.ris(cited),
        csl=references.csl(cited),
    )
