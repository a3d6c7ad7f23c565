"""
Document: headings, paragraphs, quotations, lists, tables and notes, free of any format.

Why quotations are blocks of their own: whatever writes them must show the words of a paper
unchanged, in their language and direction, with the note that cites them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """
    A run of text.

    Attributes:
        text: Its characters.
        is_strong: Set apart by weight.
        is_quiet: Set back: what is said about words, rather than said.
        is_verbatim: Words of a paper, a substring of its text.
        lang: Language (ISO 639-1), None for that of the document.
        href: Where it leads: an address, or `#` and the name of a heading; None for nowhere.
    """

    text: str
    is_strong: bool = False
    is_quiet: bool = False
    is_verbatim: bool = False
    lang: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """
    The place where a footnote is called.

    Attributes:
        note: The footnote.
    """

    note: tuple[Text, ...]


Inline = Text | Call
Inlines = tuple[Inline, ...]
# What a paragraph is for: running text, the line over a quotation, a remark in small type, what
# must not be overlooked.
Role = Literal["body", "label", "hint", "notice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """
    A heading.

    Attributes:
        level: From 1.
        content: Its words.
        ident: Its name, unique in the document.
        opens_page: It begins a page where there are pages.
        is_listed: The list of contents names it.
    """

    level: int
    content: tuple[Text, ...]
    ident: str
    opens_page: bool = False
    is_listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph, and what it is for."""

    content: Inlines
    role: Role = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """
    A line of a quotation: sub-paragraphs stand on lines of their own.

    Attributes:
        content: Its words.
        depth: 0 for running text, 1 for a sub-paragraph.
    """

    content: Inlines
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """
    Words of a paper.

    Attributes:
        lines: In order; the last one ends with the call of the note that cites them.
        lang: Their language (ISO 639-1).
        label: Where they stand, as `para. 7`; no words of the paper. None without one.
    """

    lines: tuple[Line, ...]
    lang: str
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list without an order."""

    items: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names and what they stand for, one a line."""

    pairs: tuple[tuple[str, Inlines], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    A table.

    Attributes:
        caption: Its title.
        head: Names of its columns.
        rows: As many cells each.
        shares: Widths of the columns in hundredths of the line.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    shares: tuple[int, ...]

    def __post_init__(self) -> None:
        """Check that all rows have a cell a column."""
        for cells in (self.shares, *self.rows):
            if len(cells) != len(self.head):
                raise ValueError(f"{len(cells)} cells in a table of {len(self.head)} columns")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """
    The list of headings.

    Attributes:
        title: Its heading.
        depth: The last level listed.
    """

    title: str
    depth: int


Block = Heading | Paragraph | Quotation | Bullets | Facts | Table | Contents


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """
    A document.

    Attributes:
        title: Its title.
        subtitle: Under it; None without one.
        language: Language of all that is no quotation (ISO 639-1).
        date: ISO date of its making.
        subject: What it is about, in a line.
        keywords: For whoever files it.
        head: Words at the head of each page but the first.
        foot: Words at the foot of each page.
        blocks: In order.
    """

    title: str
    subtitle: Text | None
    language: str
    date: str
    subject: str
    keywords: tuple[str, ...]
    head: str
    foot: str
    blocks: tuple[Block, ...]


def headings(document: Document, depth: int) -> tuple[Heading, ...]:
    """The headings of a document down to a level that a list of contents names."""
    return tuple(
        each
        for each in document.blocks
        if isinstance(each, Heading) and each.level <= depth and each.is_listed
    )


def text_of(content: Inlines) -> str:
    """The characters of a piece of a document, notes left out."""
    return "".join(each.text for each in content if isinstance(each, Text))
