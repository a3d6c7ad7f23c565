"""
hits and papers -> notes that cite them, with addresses; and which papers were cited.

Why one that remembers: the list of papers at the end names those that the document quotes, and
what makes a note is what knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from wgsearch.export.document import Call, Text
from wgsearch.export.wording import joined, language_name
from wgsearch.passages import citation

if TYPE_CHECKING:
    from wgsearch.answers import Hit, PaperEntry
    from wgsearch.history.records import Occasion
    from wgsearch.passages import Passage
    from wgsearch.register.records import Recommended


class Permalinks(Protocol):
    """Where papers are read, as addresses that stay."""

    def paper(self, symbol: str, language: str) -> str:
        """Address of a paper."""

    def passage(self, passage: Passage) -> str:
        """Address of a passage in its paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPaper:
    """
    A paper that is quoted.

    Attributes:
        symbol: What it is called by.
        title: Title proper.
        date: ISO date of issue.
        kind: Kind of paper.
        language: Language of the text quoted.
    """

    symbol: str
    title: str | None
    date: str | None
    kind: str
    language: str


class Citing:
    """
    Makes notes.

    Args:
        links: Where papers are read; None for notes without addresses.
        language: Language of the document: that of a paper is named where it is another.
        names: Places named where the same is said, at most.
    """

    def __init__(self, links: Permalinks | None, language: str, names: int) -> None:
        self._links = links
        self._language = language
        self._names = names
        self._papers: dict[tuple[str, str], CitedPaper] = {}

    @property
    def papers(self) -> tuple[CitedPaper, ...]:
        """Papers cited so far, by symbol and language."""
        return tuple(self._papers[each] for each in sorted(self._papers))

    def hit(self, hit: Hit) -> Call:
        """The note of a passage that was found: its place, and what its reader should know."""
        remarks = []
        if hit.superseded_by:
            remarks.append(f"replaced by {hit.superseded_by}")
        if hit.corrigenda:
            remarks.append(f"corrected by {joined([*hit.corrigenda])}")
        if hit.warning_codes:
            remarks.append("its paper was read with warnings: compare the words with the paper")
        if hit.also_in:
            named = [each.citation for each in hit.also_in[: self._names]]
            more = len(hit.also_in) - len(named)
            remarks.append(f"the same in {joined([*named, *([f'{more} more'] if more else [])])}")
        return self._call(hit.passage, tuple(remarks))

    def recommended(self, recommended: Recommended) -> Call:
        """The note of a recommendation."""
        return self._call(recommended.passage, (), recommended.citation)

    def occasion(self, occasion: Occasion) -> Call:
        """The note of a row of a timeline."""
        if occasion.hit is not None:
            return self._call(occasion.hit.passage, (), occasion.citation)
        return self.entry(occasion.paper, occasion.citation)

    def entry(self, entry: PaperEntry, words: str) -> Call:
        """A note that cites a paper by these words."""
        self.cite(entry)
        return Call(note=(Text(text=words, href=self.address(entry)), Text(text=".")))

    def cite(self, entry: PaperEntry) -> None:
        """Count a paper among those cited."""
        self._papers[entry.symbol, entry.language] = CitedPaper(
            symbol=entry.symbol,
            title=entry.title,
            date=entry.date,
            kind=entry.kind,
            language=entry.language,
        )

    def address(self, paper: PaperEntry | CitedPaper) -> str | None:
        """Where a paper is read; None without addresses."""
        return self._links.paper(paper.symbol, paper.language) if self._links else None

    def _call(self, passage: Passage, remarks: tuple[str, ...], words: str | None = None) -> Call:
        """A note that cites a passage."""
        self._papers[passage.symbol, passage.language] = CitedPaper(
            symbol=passage.symbol,
            title=passage.title,
            date=passage.date,
            kind=str(passage.kind),
            language=passage.language,
        )
        place = f", p. {passage.page_first}" if passage.page_first else ""
        if self._language not in passage.language.split("+"):
            place += f" ({language_name(passage.language)})"
        href = self._links.passage(passage) if self._links else None
        said = "".join(f"; {each}" for each in remarks)
        return Call(
            note=(Text(text=words or citation(passage), href=href), Text(text=f"{place}{said}."))
        )
