"""
passages that somebody collected -> Document: in their order, each word for word, with its note.

Why apart from packs: a pack is made from an agenda by a program, a collection from papers by a
person; both are written in the same formats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.export.citing import Citing
from wgsearch.export.cover import edition_facts
from wgsearch.export.document import Bullets, Document, Facts, Heading, Paragraph, Text
from wgsearch.export.lengths import Lengths
from wgsearch.export.pack import cited_blocks
from wgsearch.export.quoting import place_of, quoted_text
from wgsearch.export.wording import counted, day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.answers import Hit, IndexState
    from wgsearch.export.citing import Permalinks
    from wgsearch.export.document import Block

# Language of what is said about papers.
_LANGUAGE = "en"
_TITLE = "Collected passages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """
    Passages that somebody collected.

    Attributes:
        hits: Whole paragraphs, in the order chosen.
        missing: Places that no paper of the index has.
        state: The index that they were read from.
        prepared: ISO date on which it was made.
    """

    hits: tuple[Hit, ...]
    missing: tuple[str, ...]
    state: IndexState
    prepared: str


def collection_document(collection: Collection, *, links: Permalinks | None = None) -> Document:
    """
    The document that a collection is read as.

    Args:
        collection: The passages.
        links: Where papers are read; None for a document without addresses.
    """
    citing = Citing(links, _LANGUAGE, Lengths().names)
    quoted = [*_quoted(collection, citing)]
    state = collection.state
    count = counted(len(collection.hits), "passage")
    papers = {(each.passage.symbol, each.passage.language) for each in collection.hits}
    return Document(
        title=_TITLE,
        subtitle=Text(text=f"{count} of {counted(len(papers), 'paper')}"),
        language=_LANGUAGE,
        date=collection.prepared,
        subject=f"{count} collected while reading",
        keywords=(state.generation,),
        head=_TITLE,
        foot=f"Prepared {day(collection.prepared)} · not an official record",
        blocks=(
            Facts(
                pairs=(
                    ("Prepared", (Text(text=day(collection.prepared)),)),
                    *edition_facts(
                        state.generation,
                        state.papers,
                        state.passages,
                        state.built_at,
                        state.corpus_digest,
                    ),
                )
            ),
            Paragraph(
                role="notice",
                content=(
                    Text(text="Not an official record. ", is_strong=True),
                    Text(
                        text="Passages were chosen by a person and stand in the order chosen; words"
                        " are shown as they were read from the papers, which alone are"
                        " authoritative."
                    ),
                ),
            ),
            *_missing(collection.missing),
            *quoted,
            *cited_blocks(citing),
        ),
    )


def _missing(missing: tuple[str, ...]) -> Iterator[Block]:
    """Places that were collected and are not held."""
    if missing:
        name = (Text(text="What is missing"),)
        yield Heading(level=1, content=name, ident="missing", is_listed=False)
        yield Paragraph(content=(Text(text="Collected, and in no paper of this index:"),))
        yield Bullets(items=tuple((Text(text=each, is_strong=True),) for each in missing))


def _quoted(collection: Collection, citing: Citing) -> Iterator[Block]:
    """The passages; those of one paper that follow one another under one heading."""
    above: tuple[str, str] | None = None
    for number, hit in enumerate(collection.hits, start=1):
        passage = hit.passage
        paper = (passage.symbol, passage.language)
        if paper != above:
            above = paper
            title = Text(text=passage.title or passage.symbol, lang=passage.language)
            yield Heading(level=1, content=(title,), ident=f"passage-{number}")
        if passage.heading_path:
            path = Text(text=" › ".join(passage.heading_path), lang=passage.language)
            yield Paragraph(role="hint", content=(path,))
        yield quoted_text(
            passage.text,
            passage.lang or passage.language,
            citing.hit(hit),
            place_of(passage),
        )
