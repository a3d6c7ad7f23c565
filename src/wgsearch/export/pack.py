"""Pack -> Document: cover, items, and the papers that are cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.export.citing import Citing
from wgsearch.export.cover import cover_blocks
from wgsearch.export.document import Document, Heading, Table, Text
from wgsearch.export.items import ItemWriter
from wgsearch.export.lengths import Lengths
from wgsearch.export.wording import day, language_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.briefing.records import Pack
    from wgsearch.export.citing import Permalinks
    from wgsearch.export.document import Block, Inlines

# Language of what is said about papers.
_LANGUAGE = "en"


def pack_document(
    pack: Pack, *, links: Permalinks | None = None, lengths: Lengths | None = None
) -> Document:
    """
    The document that a pack is read as.

    Args:
        pack: The pack.
        links: Where papers are read; None for a document without addresses.
        lengths: How much of each thing.
    """
    lengths = lengths or Lengths()
    citing = Citing(links, _LANGUAGE, lengths.names)
    writer = ItemWriter(pack, citing, lengths)
    items = [
        block
        for number, each in enumerate(pack.items, start=1)
        for block in writer.blocks(each, number)
    ]
    agenda = pack.agenda
    language = pack.language
    name = agenda.symbol or "an agenda outside the corpus"
    return Document(
        title="Briefing pack",
        subtitle=Text(text=agenda.title or name, lang=language),
        language=_LANGUAGE,
        date=pack.prepared,
        subject=f"Briefing pack for {name}",
        keywords=tuple(each for each in (agenda.symbol, pack.generation) if each),
        head=f"Briefing pack · {agenda.symbol or agenda.title or 'agenda'}",
        foot=f"Prepared {day(pack.prepared)} · not an official record",
        blocks=(*cover_blocks(pack, citing, lengths), *items, *cited_blocks(citing)),
    )


def cited_blocks(citing: Citing) -> Iterator[Block]:
    """The papers that are quoted or listed and held."""
    if not citing.papers:
        return
    heading = (Text(text="Papers cited"),)
    yield Heading(level=1, content=heading, ident="cited")
    yield Table(
        caption="Papers quoted or listed, by symbol",
        head=("Symbol", "Title", "Kind", "Date"),
        shares=(29, 38, 17, 16),
        rows=tuple(
            (
                (Text(text=each.symbol, href=citing.address(each)),),
                _title(each.title, each.language),
                (Text(text=each.kind),),
                (Text(text=day(each.date)),),
            )
            for each in citing.papers
        ),
    )


def _title(title: str | None, language: str) -> Inlines:
    """A paper's title, and its language where that is not the document's."""
    name = Text(text=title or "Without a title", lang=language)
    if _LANGUAGE in language.split("+"):
        return (name,)
    return (name, Text(text=f" ({language_name(language)})"))
