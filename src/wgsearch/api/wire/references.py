"""References to papers and paragraphs, as JSON."""

from typing import Any

from pydantic import Field

from wgsearch.api.wire.model import Wire


class CiteObject(Wire):
    """A reference to a paper or a paragraph, in each style."""

    generation: str
    symbol: str
    paragraph: str | None = Field(description="Number as printed; null: the paper as a whole.")
    part: str | None = Field(description="`body`, or the annex; null: the paper as a whole.")
    language: str
    citation: str = Field(description="The way a delegate cites: symbol and paragraph.")
    url: str = Field(description="Where it is read.")
    superseded_by: str | None = Field(description="Symbol of the revision that replaces it.")
    corrigenda: list[str] = Field(description="Corrigenda of the paper that are held.")
    footnote: str = Field(description="As a footnote of a United Nations document.")
    plain: str = Field(description="For any publication: body, title, date, symbol, address.")
    bibtex: str
    ris: str = Field(description="Lines end in CR LF.")
    csl: dict[str, Any] = Field(description="An item of CSL-JSON.")
