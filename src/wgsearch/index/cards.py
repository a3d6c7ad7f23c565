"""
a paper -> its Card: what a build keeps of it in memory, however long the paper is.

Why so little: which file of several is indexed, what belongs to what, and where editions
differ are questions to all papers at once; a corpus of any size has to answer them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from wgsearch.answers import PaperEntry
from wgsearch.index.manifest import IndexedFile, digest_of
from wgsearch.papers.corrections import Correction  # noqa: TC001 - a field of a record
from wgsearch.papers.paper import ReadingWarning  # noqa: TC001 - likewise
from wgsearch.passages import embedded_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wgsearch.index.indexed import IndexedPaper
    from wgsearch.papers.series import Family


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """
    A paper, corrections applied, before it is compared with others.

    Attributes:
        entry: The paper as it is listed, without family and without what comparing shows.
        digest: SHA-256 of its file.
        symbol: Symbol, None where none is printed.
        stars: Stars after its symbol.
        read_as: Symbols as they were read: corrections by symbol are found by them.
        correction: What is stated for it by hand.
        warnings: Warnings of reading and correcting.
        content: SHA-256 over the paper as read, its agenda, and what is embedded of it.
        lengths: Number of terms in each part of its passages, together.
    """

    entry: PaperEntry
    digest: str
    symbol: str | None
    stars: int
    read_as: tuple[str, ...]
    correction: Correction | None
    warnings: tuple[ReadingWarning, ...]
    content: str
    lengths: dict[str, int]

    @property
    def file(self) -> str:
        """Name of its file."""
        return self.entry.file

    @property
    def language(self) -> str:
        """Its language."""
        return self.entry.language

    @property
    def date(self) -> str | None:
        """ISO date of issue."""
        return self.entry.date

    def listed(self, family: Family, findings: Sequence[ReadingWarning]) -> PaperEntry:
        """The paper as it is listed, among all others."""
        warnings = (*self.warnings, *findings)
        return replace(
            self.entry,
            superseded_by=family.superseded_by,
            corrigenda=family.corrigenda,
            warnings=len(warnings),
            warning_codes=tuple(dict.fromkeys(each.code for each in warnings)),
        )

    def recorded(self) -> IndexedFile:
        """The paper as the manifest keeps it."""
        return IndexedFile(
            file=self.file,
            digest=self.digest,
            symbol=self.symbol,
            language=self.language,
            symbols=self.read_as,
            correction=self.correction,
        )


CARD = TypeAdapter(Card)


def card_of(indexed: IndexedPaper, lengths: Mapping[str, int]) -> Card:
    """
    The card of a paper that was not compared yet.

    Args:
        indexed: The paper.
        lengths: Number of terms in each part of its passages.
    """
    paper = indexed.paper
    return Card(
        entry=PaperEntry(
            symbol=paper.key,
            symbols=paper.symbols,
            title=paper.title,
            kind=paper.kind,
            body=paper.body,
            session=paper.session,
            date=paper.date,
            language=paper.language,
            file=paper.file,
            pages=paper.pages,
            paragraphs=len(paper.paragraphs),
            passages=len(indexed.passages),
            has_agenda=indexed.agenda is not None and bool(indexed.agenda.items),
            superseded_by=None,
            warnings=len(paper.warnings),
            warning_codes=tuple(dict.fromkeys(each.code for each in paper.warnings)),
            reader=paper.reader,
        ),
        digest=paper.digest,
        symbol=paper.symbol,
        stars=paper.stars,
        read_as=indexed.as_read.symbols,
        correction=indexed.added.correction,
        warnings=paper.warnings,
        content=digest_of(
            (
                indexed.record(),
                indexed.agenda_record() or "",
                *(embedded_text(each) for each in indexed.passages),
            )
        ),
        lengths=dict(lengths),
    )
