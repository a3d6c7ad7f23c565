"""
Paper: what was read from one file, before anything is indexed.

Why records of their own: every later step (agenda, passages, citations, pages)
works on these and never looks at a file again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

# How a file was read: by the first or second reader of PDFs, by OCR of its pages, as a Word
# document, or as plain text.
Reader = Literal["pdfium", "pypdf", "ocr", "docx", "text"]
READERS: dict[Reader, str] = {
    "pdfium": "PDF",
    "pypdf": "PDF, by the second reader",
    "ocr": "Pictures of pages, by OCR",
    "docx": "Word document",
    "text": "Plain text",
}


class PaperKind(StrEnum):
    """What a paper is, in the words of its masthead."""

    AGENDA = "agenda"
    BACKGROUND_PAPER = "background paper"
    REPORT = "report"
    DRAFT_REPORT = "draft report"
    CONFERENCE_ROOM_PAPER = "conference room paper"
    RESOLUTION = "resolution"
    DRAFT_RESOLUTION = "draft resolution"
    DECISION = "decision"
    DRAFT_DECISION = "draft decision"
    NOTE = "note"
    LETTER = "letter"
    STATEMENT = "statement"
    CORRIGENDUM = "corrigendum"
    OTHER = "other"


class ParagraphKind(StrEnum):
    """What a paragraph is within its paper."""

    PARAGRAPH = "paragraph"
    PREAMBULAR = "preambular paragraph"
    OPERATIVE = "operative paragraph"
    RECOMMENDATION = "recommendation"
    QUOTATION = "quotation"
    TABLE_ROW = "table row"
    BOX = "box"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """
    A rectangle on a page, in PDF points, origin at the top left, y downwards.

    Attributes:
        page: Page, counted from 1 as a PDF viewer counts.
        x0: Left edge.
        y0: Upper edge.
        x1: Right edge.
        y1: Lower edge.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """
    A run of a line between wide gaps: a table cell, or one column of a masthead.

    Attributes:
        text: Its characters.
        x0: Left edge in points from the page's left.
        x1: Right edge.
        size: Size of its largest characters in points; None where unknown.
        bold: Most of its characters are bold.
    """

    text: str
    x0: float
    x1: float
    size: float | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """
    One printed line, as a reader of PDF, DOCX or plain text found it.

    Attributes:
        text: The line's characters, spaces normalised.
        page: Page, counted from 1; 1 for files without pages.
        box: Where it stands; None for files without pages.
        size: Size of most of its characters in points; None where unknown.
        bold: Most of its characters are bold.
        italic: Most of its characters are italic.
        indent: Left edge in points from the page's left; None where unknown.
        marks: Positions (start, end) in `text` of raised characters: footnote marks.
        cells: The line cut at wide gaps; one cell for prose.
        gap: Space above it in letter heights, 0 for a line set solid; None at the top of a page.
        style: Style name that a DOCX gives it, or None.
    """

    text: str
    page: int
    box: Box | None = None
    size: float | None = None
    bold: bool = False
    italic: bool = False
    indent: float | None = None
    marks: tuple[tuple[int, int], ...] = ()
    cells: tuple[Cell, ...] = ()
    gap: float | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """
    A heading of the paper.

    Attributes:
        level: 1 for chapters (I.), 2 for sections (A.), 3 and below for smaller ones.
        label: The printed label without its stop (`I`, `A`, `1`), or None.
        text: The words after the label.
        page: Page where it begins.
        before: Index in `Paper.paragraphs` of the first paragraph after it.
    """

    level: int
    label: str | None
    text: str
    page: int
    before: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """
    Who should do what, in the words of the paragraph that recommends it.

    Attributes:
        addressee: Who is asked, as printed (`States parties`, `the Secretariat`).
        verb: How strongly, as printed (`should`, `may wish to`, `are encouraged to`).
        agreed: False where the report says that no agreement was reached on it.
    """

    addressee: str
    verb: str
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """
    One numbered paragraph with its sub-paragraphs, or one unnumbered paragraph.

    Attributes:
        number: Number as printed (`7`, `115.3`, `16.12`), None where none is printed.
        part: `body`, or the annex it stands in (`annex`, `annex II`): numbers restart there.
        kind: What it is.
        heading_path: Headings above it, outermost first, labels included (`II. Issues`).
        page_first: Page of its first line.
        page_last: Page of its last line.
        text: Its words; each sub-paragraph begins on a line of its own; footnote marks removed.
        boxes: Rectangles of its lines, in reading order; empty for files without pages.
        footnotes: Marks of the footnotes it calls, in order.
        lang: Language of its text (ISO 639-1) where that is not the paper's; None where it is.
        recommendation: What it recommends to whom; None where it recommends nothing.
    """

    number: str | None
    part: str
    kind: ParagraphKind
    heading_path: tuple[str, ...]
    page_first: int
    page_last: int
    text: str
    boxes: tuple[Box, ...] = ()
    footnotes: tuple[str, ...] = ()
    lang: str | None = None
    recommendation: Recommendation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """
    A note at the foot of a page.

    Attributes:
        mark: Number, letter or stars as printed.
        text: Its words.
        page: Page where it begins.
        paragraph: Index in `Paper.paragraphs` of the paragraph that calls it; None where no
            paragraph does (notes of the masthead or of a heading, and notes that lost their mark).
    """

    mark: str
    text: str
    page: int
    paragraph: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReference:
    """
    The agenda item that a paper was issued under, from its masthead.

    Attributes:
        number: Number as printed (`2`, `3 (e)`, `62, 67 and 110`).
        title: The item's title as the masthead repeats it, or None.
    """

    number: str
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """
    Another paper that this one cites by its symbol.

    Attributes:
        symbol: Canonical symbol of the cited paper.
        paragraph: Index in `Paper.paragraphs` of the citing paragraph (for a note: of the
            paragraph that calls it), None where it stands in no paragraph.
        note: Mark of the footnote that holds the citation, None for the text itself.
        first: Number of the first paragraph cited, as printed; None where the paper is cited whole.
        last: Number of the last one.
    """

    symbol: str
    paragraph: int | None
    note: str | None
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingWarning:
    """
    Something a reader of the paper should know was not read well.

    Attributes:
        code: Machine-readable, for instance `no_symbol` or `number_gap`.
        message: The same for people.
    """

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """
    One paper as it was read from one file.

    Attributes:
        file: File name, relative to the corpus folder, with `/` between folders.
        digest: SHA-256 of the file's bytes, in hex.
        symbol: Document symbol in canonical form, None when none is printed.
        symbols: All symbols of the masthead; a joint paper has several.
        title: Title proper, None when none is printed.
        kind: What it is.
        body: The organ that it was issued for, as printed.
        session: Session or meeting as printed, for instance `Eleventh session`.
        meeting: Place and dates of the meeting as printed (`Vienna, 12 and 13 May 2021`).
        date: ISO date of issue; `2025` or `2025-04` where no more is printed.
        language: Language of this text (ISO 639-1); `en+fr` for a bilingual page.
        languages: Languages of the text, one by one.
        original: Language or languages it was written in, ISO 639-1.
        distribution: `General`, `Limited` and so on, as printed.
        agenda_item: The item of the masthead.
        pages: Number of pages; None for files without pages.
        headings: Headings in order.
        paragraphs: Paragraphs in order.
        footnotes: Footnotes in order.
        warnings: What was not read well.
        reader: How the file was read.
        edition: Languages that the masthead names for this edition (`English only`), ISO 639-1.
        job: Job number as printed (`V.21-06003 (E)`), None where none is printed.
        references: Other papers cited in text and notes, in order.
        stars: Stars after its symbol: how often it was reissued for technical reasons.
        lines: Body lines in reading order, furniture and notes removed; for readers of
            particular kinds of paper (agendas), not kept in the index.
    """

    file: str
    digest: str
    symbol: str | None
    symbols: tuple[str, ...]
    title: str | None
    kind: PaperKind
    body: str | None
    session: str | None
    meeting: str | None
    date: str | None
    language: str
    languages: tuple[str, ...]
    original: tuple[str, ...]
    distribution: str | None
    agenda_item: ItemReference | None
    pages: int | None
    headings: tuple[Heading, ...]
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Footnote, ...]
    warnings: tuple[ReadingWarning, ...]
    reader: Reader = "pdfium"
    edition: tuple[str, ...] = ()
    job: str | None = None
    references: tuple[Reference, ...] = ()
    stars: int = 0
    lines: tuple[Line, ...] = ()

    @property
    def key(self) -> str:
        """What the paper is called by: its symbol, or its file name where none is printed."""
        return self.symbol or self.file

    @property
    def year(self) -> int | None:
        """Year of the date of issue."""
        return int(self.date[:4]) if self.date else None
