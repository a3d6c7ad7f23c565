"""
a paper as read -> what the index keeps of it: with what was stated by hand and compared.

Why three layers: what was read, what is stated by hand, and what comparing papers shows
change at different times, and each must be taken back without the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from wgsearch.agenda import Agenda
from wgsearch.answers import CitingPlace, PaperEntry
from wgsearch.papers.corrections import Correction, corrected
from wgsearch.papers.paper import Paper, ReadingWarning
from wgsearch.papers.series import Family

if TYPE_CHECKING:
    from wgsearch.papers.paper import Reference
    from wgsearch.passages import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """
    What a build adds to a paper as it was read, so that it can be taken away again.

    Attributes:
        correction: What is stated for it by hand.
        findings: What comparing it with other papers shows.
    """

    correction: Correction | None = None
    findings: tuple[ReadingWarning, ...] = ()

    def to(self, paper: Paper) -> Paper:
        """A paper as read -> the paper as it is shown."""
        mended = corrected(paper, self.correction)
        if not self.findings:
            return mended
        return replace(mended, warnings=(*mended.warnings, *self.findings))

    def to_agenda(self, agenda: Agenda) -> Agenda:
        """An agenda as read -> the agenda as it is shown."""
        stated = self.correction or Correction()
        return replace(
            agenda, symbol=stated.symbol or agenda.symbol, title=stated.title or agenda.title
        )


PAPER = TypeAdapter(Paper)
AGENDA = TypeAdapter(Agenda)
ADDED = TypeAdapter(Added)
ENTRY = TypeAdapter(PaperEntry)
FAMILY = TypeAdapter(Family)
WARNINGS = TypeAdapter(tuple[ReadingWarning, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedPaper:
    """
    A paper with what was made of it.

    Attributes:
        as_read: The paper as it was read.
        agenda: The agenda it holds as read, if any.
        passages: Its passages.
        added: What the build adds to it.
    """

    as_read: Paper
    agenda: Agenda | None
    passages: tuple[Passage, ...]
    added: Added = field(default_factory=Added)

    @property
    def paper(self) -> Paper:
        """The paper as it is shown."""
        return self.added.to(self.as_read)

    def record(self) -> str:
        """The paper as read, as JSON, without its lines; equal for equal papers."""
        return PAPER.dump_json(self.as_read, exclude={"lines"}).decode()

    def added_record(self) -> str:
        """What the build adds, as JSON."""
        return ADDED.dump_json(self.added).decode()

    def agenda_record(self) -> str | None:
        """The agenda as JSON."""
        return None if self.agenda is None else AGENDA.dump_json(self.agenda).decode()


def place_of(paper: Paper, reference: Reference) -> CitingPlace:
    """Where a reference stands in its paper, and what it cites."""
    index = reference.paragraph
    paragraph = None if index is None else paper.paragraphs[index]
    return CitingPlace(
        index=index,
        part=paragraph.part if paragraph else "body",
        number=paragraph.number if paragraph else None,
        note=reference.note,
        first=reference.first,
        last=reference.last,
    )
