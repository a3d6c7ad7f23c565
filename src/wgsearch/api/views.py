"""
Records -> what a page shows of them: outlines, blocks, lists. Results have results.py.

Why functions and not template code: what is shown must stay verbatim and safe, and
that is tested here, without a browser.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from wgsearch.api.addresses import anchor
from wgsearch.api.places import named
from wgsearch.api.related import paragraph_editions
from wgsearch.api.words import ShownLine, lines
from wgsearch.papers.callers import notes_of
from wgsearch.papers.paper import ParagraphKind
from wgsearch.passages import citation, passages_of
from wgsearch.phrases import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wgsearch.answers import PaperEntry, Sister
    from wgsearch.api.wire import ParagraphEditionObject
    from wgsearch.papers.paper import Heading, Paper, Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNote:
    """
    A footnote.

    Attributes:
        ident: Anchor of the note.
        mark: As printed.
        text: Its words.
        page: Page where it begins.
        back: Anchor of the paragraph that calls it, None when none does.
    """

    ident: str
    mark: str
    text: str
    page: int
    back: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHeading:
    """
    A heading of the reader.

    Attributes:
        ident: Its anchor.
        level: 2 for a chapter and so on: HTML counts the paper's title as 1.
        text: Label and words.
    """

    ident: str
    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownParagraph:
    """
    A paragraph of the reader.

    Attributes:
        ident: Its anchor.
        number: As printed, None without one.
        kind: What it is.
        lines: Its words.
        cells: Its cells, for a table row.
        notes: Footnotes it calls.
        page: Page it begins on, where that differs from the paragraph before, else None.
        citation: How it is cited.
        lang: Its language where that is not the paper's, else None.
        recommends: To whom it recommends something, and whether that was agreed; None where it
            recommends nothing.
        editions: The same paragraph in other languages.
        place: Its name in a basket; None for what is no passage, and for rows.
    """

    ident: str
    number: str | None
    kind: str
    lines: tuple[ShownLine, ...]
    cells: tuple[str, ...]
    notes: tuple[ShownNote, ...]
    page: int | None
    citation: str
    lang: str | None = None
    recommends: str | None = None
    editions: tuple[ParagraphEditionObject, ...] = ()
    place: str | None = None


class Block(NamedTuple):
    """What stands together in the reader: a heading, or paragraphs of one kind."""

    kind: Literal["heading", "table", "box", "paragraphs"]
    heading: ShownHeading | None
    paragraphs: tuple[ShownParagraph, ...]


# Papers


def outline(paper: Paper) -> tuple[ShownHeading, ...]:
    """The headings of a paper, with anchors."""
    return tuple(_heading(heading, at) for at, heading in enumerate(paper.headings))


def _heading(heading: Heading, at: int) -> ShownHeading:
    text = f"{heading.label}. {heading.text}" if heading.label else heading.text
    return ShownHeading(ident=f"h{at + 1}", level=min(heading.level + 1, 6), text=text)


def footnotes(paper: Paper) -> tuple[ShownNote, ...]:
    """The footnotes of a paper, each with the way back to its paragraph."""
    callers: dict[int, str] = {}
    for index, paragraph in enumerate(paper.paragraphs):
        for note in notes_of(paper, index):
            callers.setdefault(id(note), anchor(paragraph.number, paragraph.part, index))
    return tuple(
        ShownNote(
            ident=f"n{at + 1}",
            mark=note.mark,
            text=note.text,
            page=note.page,
            back=callers.get(id(note)),
        )
        for at, note in enumerate(paper.footnotes)
    )


def citations(paper: Paper) -> dict[int, str]:
    """How paragraphs are cited, by their position."""
    return {each.index: citation(each) for each in passages_of(paper)}


def blocks(paper: Paper, sisters: Sequence[Sister] = ()) -> tuple[Block, ...]:
    """
    A paper as the reader shows it, from top to bottom.

    Args:
        paper: The paper.
        sisters: Its other language versions.
    """
    return tuple(_blocks(paper, sisters))


def _blocks(paper: Paper, sisters: Sequence[Sister]) -> Iterator[Block]:
    headings = outline(paper)
    before: dict[int, list[ShownHeading]] = {}
    for shown, heading in zip(headings, paper.headings, strict=True):
        before.setdefault(heading.before, []).append(shown)
    shown_paragraphs = tuple(_paragraphs(paper, sisters))
    run: list[ShownParagraph] = []
    kind: Literal["table", "box", "paragraphs"] = "paragraphs"
    for index, (paragraph, shown_one) in enumerate(
        zip(paper.paragraphs, shown_paragraphs, strict=True)
    ):
        here = _block_kind(paragraph)
        if run and (index in before or here != kind):
            yield Block(kind, None, tuple(run))
            run = []
        for each in before.get(index, ()):
            yield Block("heading", each, ())
        kind = here
        run.append(shown_one)
    if run:
        yield Block(kind, None, tuple(run))
    for at in sorted(each for each in before if each >= len(paper.paragraphs)):
        for each in before[at]:
            yield Block("heading", each, ())


def _block_kind(paragraph: Paragraph) -> Literal["table", "box", "paragraphs"]:
    if paragraph.kind is ParagraphKind.TABLE_ROW:
        return "table"
    return "box" if paragraph.kind is ParagraphKind.BOX else "paragraphs"


def _recommends(paragraph: Paragraph) -> str | None:
    """`Recommendation to States parties`, and that it was not agreed on."""
    found = paragraph.recommendation
    if found is None:
        return said("Recommendation") if paragraph.kind is ParagraphKind.RECOMMENDATION else None
    if found.agreed:
        return said("Recommendation to {addressee}", addressee=found.addressee)
    return said("Recommendation to {addressee} (not agreed)", addressee=found.addressee)


def _paragraphs(paper: Paper, sisters: Sequence[Sister]) -> Iterator[ShownParagraph]:
    """The paragraphs of a paper; an anchor that repeats gives way to the position."""
    notes = dict(zip(map(id, paper.footnotes), footnotes(paper), strict=True))
    cited = citations(paper)
    taken: set[str] = set()
    page = 0
    for index, paragraph in enumerate(paper.paragraphs):
        ident = anchor(paragraph.number, paragraph.part, index)
        ident = f"i{index}" if ident in taken else ident
        taken.add(ident)
        row = paragraph.kind is ParagraphKind.TABLE_ROW
        yield ShownParagraph(
            ident=ident,
            number=paragraph.number,
            kind=str(paragraph.kind),
            lines=lines(paragraph.text),
            cells=tuple(paragraph.text.split("\t")) if row else (),
            notes=tuple(notes[id(each)] for each in notes_of(paper, index)),
            page=paragraph.page_first if paragraph.page_first != page else None,
            citation=cited.get(index, paper.key),
            lang=paragraph.lang,
            recommends=_recommends(paragraph),
            editions=tuple(paragraph_editions(paragraph, sisters)),
            place=named(paper.key, paper.language, ident) if index in cited and not row else None,
        )
        page = paragraph.page_first


# Lists and names


class Year(NamedTuple):
    """Papers of one year, by session."""

    year: str
    sessions: tuple[tuple[str, tuple[PaperEntry, ...]], ...]


def by_year(entries: Sequence[PaperEntry]) -> tuple[Year, ...]:
    """Papers by year, newest first, and by session within a year; undated ones last."""
    years: dict[str, dict[str, list[PaperEntry]]] = {}
    for entry in sorted(entries, key=lambda each: (each.date or "", each.symbol)):
        year = entry.date[:4] if entry.date else said("Undated")
        sessions = years.setdefault(year, {})
        sessions.setdefault(entry.session or "", []).append(entry)
    return tuple(
        Year(year, tuple((session, tuple(papers)) for session, papers in years[year].items()))
        for year in sorted(years, key=lambda each: (each.isdigit(), each), reverse=True)
    )
