"""
DOCX -> the same lines: the only module that knows the DOCX library.

Why lines again: mastheads, headings and paragraphs are then read by one set of rules,
whatever the file. A paragraph is one line here; its number is printed text, or counted
from the document's own numbering where Word counts it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.opc.part import PartFactory
from docx.oxml.exceptions import XmlchemyError
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.archives import refuse_bombs
from wgsearch.papers.paper import Cell, Footnote, Line
from wgsearch.papers.wordcount import W, WordCount
from wgsearch.papers.wordtext import Calls, clean, mark_is_deleted, printed, text_boxes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document

# What a damaged package makes the library raise is not one family of errors.
_DAMAGE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
    OpcError,
    PythonDocxError,
    XmlchemyError,
)
# Main parts that are documents too (ECMA-376, and Word's own types).
for _kind in (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
):
    PartFactory.part_type_for[_kind] = DocumentPart

# Styles based on styles, at most: far more than any template nests.
MAX_LINEAGE = 20

# Numbers are often typed although the style would count them.
_TYPED_LABEL = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*\.?|\([a-z]+\)|[IVXL]+\.|[A-Z]\.)\s")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Styles of the entries of a list of contents, which Word makes up from the headings. That of
# its heading is kept: entries may be typed below it.
_CONTENTS_STYLE = re.compile(r"toc(?! heading)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxText:
    """
    What a DOCX holds as text.

    Attributes:
        lines: Head of the first page, then the body, one line a paragraph.
        footnotes: Notes in order.
        size: Size of body text in points, None where styles leave it open.
    """

    lines: tuple[Line, ...]
    footnotes: tuple[Footnote, ...]
    size: float | None


def read_docx(data: bytes, *, file: str) -> DocxText:
    """
    Lines of a DOCX.

    Args:
        data: The file's bytes.
        file: Its name, for messages.

    Raises:
        PaperUnreadableError: `not_a_docx`, `encrypted`, `damaged`, `too_large`.
    """
    refuse_bombs(data, file=file)
    try:
        return _read(_opened(data))
    except _DAMAGE as error:
        reason = f"the file is no readable Word document ({type(error).__name__}: {error})"
        raise PaperUnreadableError(file, "damaged", reason) from error


def _opened(data: bytes) -> Document:
    """
    The document of a package; that of a template or with macros too.

    Macros are parts that nobody opens. The library itself refuses such packages by their type.
    """
    package = Package.open(io.BytesIO(data))
    part = package.main_document_part
    if not isinstance(part, DocumentPart):
        raise TypeError(f"its main part is {part.content_type!r}")
    return part.document


def _read(document: Document) -> DocxText:
    """Lines and notes of a document."""
    reading = _Reading(document)
    lines = [*_head_lines(document), *reading.lines(document.element.body)]
    sizes = [
        line.size for line in lines if line.size and not line.bold and len(line.text) > 80
    ]  # running text
    return DocxText(
        lines=tuple(lines),
        footnotes=tuple(reading.notes()),
        size=max(sizes, key=sizes.count) if sizes else None,
    )


def _head_lines(document: Document) -> Iterator[Line]:
    """Lines of the first page's head, where mastheads of Word papers stand."""
    if not document.sections:  # a body may end without saying how its pages look
        return
    section = document.sections[0]
    head = (
        section.first_page_header if section.different_first_page_header_footer else section.header
    )
    for paragraph in head._element.iter(f"{W}p"):  # noqa: SLF001 - the library lists no nested tables
        # A text box is kept twice, in its new form and in the one for old programs.
        if next(paragraph.iterancestors(_FALLBACK), None) is not None:
            continue
        if text := printed(paragraph, Calls()).text:
            yield Line(text=text, page=1, style="head")


class _Reading:
    """Walks over a document and keeps what Word counts: lists and notes."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._count = WordCount.of(_part(document, "numbering"))
        self._calls = Calls()
        self._lineages: dict[str | None, tuple[Any, ...]] = {}
        self._carried = ""

    def lines(self, container: Any) -> Iterator[Line]:  # noqa: ANN401 - lxml elements have no public type
        """Lines of a body, a control or a cell, tables row by row."""
        for element in container:
            tag = element.tag
            if tag == f"{W}p":
                yield from self._paragraph(element)
            elif tag == f"{W}tbl":
                yield from self._table(element)
            elif tag == f"{W}sdt":
                if not _is_contents(element):
                    content = element.find(f"{W}sdtContent")
                    yield from self.lines(content if content is not None else ())
            elif tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                yield from self.lines(element)

    def notes(self) -> Iterator[Footnote]:
        """Notes in the order of their calls; those with a star of their own first."""
        for kind in ("footnote", "endnote"):
            texts = _notes(self._document, kind)
            order = self._calls.order[kind]
            for key, text in texts.items():
                if key not in order and (match := re.fullmatch(r"(\*+)\s*(\S.*)", text)):
                    yield Footnote(mark=match[1], text=match[2], page=1)
            for at, key in enumerate(order, start=1):
                if texts.get(key):
                    yield Footnote(mark=str(at), text=texts[key], page=1)

    def _paragraph(self, element: Any, style_name: str | None = None) -> Iterator[Line]:  # noqa: ANN401 - likewise
        """A Word paragraph as a line, and the lines of text boxes that hang on it."""
        text, raised = printed(element, self._calls)
        if mark_is_deleted(element):
            self._carried = f"{self._carried} {text}".strip()
            return
        paragraph = WordParagraph(element, self._document)
        lineage = self._lineage(paragraph)
        style = lineage[0] if lineage else None
        label = self._label(paragraph, lineage)
        if self._carried:
            text, raised, self._carried = f"{self._carried} {text}".strip(), (), ""
        if text and not _is_contents_style(style):
            if label and not _TYPED_LABEL.match(text):
                shift = len(label) + 1
                text = f"{label} {text}"
                raised = tuple((start + shift, end + shift) for start, end in raised)
            yield Line(
                text=text,
                page=1,
                size=_size(paragraph, lineage),
                bold=_all(paragraph, "bold", lineage),
                italic=_all(paragraph, "italic", lineage),
                marks=raised,
                style=style_name or (style.name if style is not None else None) or "Normal",
                gap=1.0,
            )
        for inner in text_boxes(element):
            if inside := printed(inner, self._calls).text:
                boxed = WordParagraph(inner, self._document)
                bold = _all(boxed, "bold", self._lineage(boxed))
                yield Line(text=inside, page=1, style="box", gap=1.0, bold=bold)

    def _table(self, table: Any) -> Iterator[Line]:  # noqa: ANN401 - likewise
        """Rows of a table as lines of cells; a table of one column is a box."""
        rows = [row.findall(f".//{W}tc") for row in _rows(table)]
        rows = [[cell for cell in row if _owner(cell) is table] for row in rows]
        if all(len(row) == 1 for row in rows):
            for (cell,) in rows:
                for line in self.lines(cell):
                    boxed = line.style not in ("table", "head")
                    yield _restyled(line, "box") if boxed else line
            return
        for row in rows:
            cells = [self._cell(cell) for cell in row]
            if any(text for text, _ in cells):
                yield _row_line(cells)

    def _cell(self, cell: Any) -> tuple[str, tuple[tuple[int, int], ...]]:  # noqa: ANN401 - likewise
        """The text of a cell, nested tables included; none where it goes on with the one above."""
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        if merged is not None and merged.get(f"{W}val") != "restart":
            return "", ()
        text = ""
        raised: list[tuple[int, int]] = []
        for paragraph in cell.iter(f"{W}p"):
            piece = printed(paragraph, self._calls)
            label = None
            if piece.text:
                word = WordParagraph(paragraph, self._document)
                label = self._label(word, self._lineage(word))
            if label and not _TYPED_LABEL.match(piece.text):
                text = f"{text} {label}".strip()
            shift = len(text) + 1 if text else 0
            raised.extend((start + shift, end + shift) for start, end in piece.raised)
            text = f"{text} {piece.text}".strip()
        return text, tuple(raised)

    def _lineage(self, paragraph: WordParagraph) -> tuple[Any, ...]:
        """
        The style of a paragraph and what it is based on, by its number.

        The library searches all styles at each question.
        """
        name = paragraph._p.style  # noqa: SLF001 - the library has no public way to the number
        if name not in self._lineages:
            self._lineages[name] = tuple(_lineage(paragraph.style))
        return self._lineages[name]

    def _label(self, paragraph: WordParagraph, lineage: Sequence[Any]) -> str | None:
        """The label that Word prints before a paragraph; counts on."""
        properties = paragraph._p.pPr  # noqa: SLF001 - the library has no public way to numbering
        own = None if properties is None else properties.numPr
        name = None if own is None or own.numId is None else str(own.numId.val)
        depth = None if own is None or own.ilvl is None else int(own.ilvl.val)
        styled = None
        for each in lineage if name is None else ():
            inherited = each.element.pPr
            number = None if inherited is None else inherited.numPr
            if number is not None and number.numId is not None:
                name, styled = str(number.numId.val), each.style_id
                if depth is None and number.ilvl is not None:
                    depth = int(number.ilvl.val)
                break
        return None if name is None else self._count.label(name, depth, styled)


def _rows(table: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml elements have no public type
    """Rows of a table that were not deleted, also within controls."""
    for row in table.iter(f"{W}tr"):
        if _owner(row) is table and row.find(f"{W}trPr/{W}del") is None:
            yield row


def _owner(element: Any) -> Any:  # noqa: ANN401 - likewise
    """The table that a row or cell stands in."""
    return next(element.iterancestors(f"{W}tbl"), None)


def _row_line(cells: list[tuple[str, tuple[tuple[int, int], ...]]]) -> Line:
    """A row as a line; its cells stand in columns that are made up."""
    text = ""
    marks: list[tuple[int, int]] = []
    for words, raised in cells:
        if words:
            shift = len(text) + 1 if text else 0
            marks.extend((start + shift, end + shift) for start, end in raised)
            text = f"{text} {words}".strip()
    return Line(
        text=text,
        page=1,
        style="table",
        gap=1.0,
        marks=tuple(marks),
        cells=tuple(
            Cell(text=words, x0=at * 100.0, x1=at * 100.0 + 90)
            for at, (words, _) in enumerate(cells)
        ),
    )


def _restyled(line: Line, style: str) -> Line:
    """A line with another style's name."""
    return Line(text=line.text, page=1, marks=line.marks, style=style, gap=line.gap, bold=line.bold)


def _is_contents(control: Any) -> bool:  # noqa: ANN401 - likewise
    """A control that holds a list of contents."""
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and gallery.get(f"{W}val") == "Table of Contents"


def _is_contents_style(style: Any) -> bool:  # noqa: ANN401 - styles have no common public type
    """The style of an entry of a list of contents."""
    return style is not None and bool(_CONTENTS_STYLE.match(style.name or ""))


def _part(document: Document, kind: str) -> Any | None:  # noqa: ANN401 - lxml elements have no public type
    """The root of a part of the package by the end of its kind, None without one."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            return etree.fromstring(relation.target_part.blob, parser)
    return None


def _notes(document: Document, kind: str) -> dict[str, str]:
    """Texts of the footnotes or endnotes by their number in the file."""
    root = _part(document, f"{kind}s")
    if root is None:
        return {}
    notes: dict[str, str] = {}
    for note in root.findall(f"{W}{kind}"):
        if note.get(f"{W}type") in ("separator", "continuationSeparator", "continuationNotice"):
            continue
        texts = [printed(paragraph, Calls()).text for paragraph in note.iter(f"{W}p")]
        notes[note.get(f"{W}id") or ""] = clean(" ".join(text for text in texts if text))
    return notes


def _all(paragraph: WordParagraph, what: str, lineage: Sequence[Any]) -> bool:
    """All printed runs of a paragraph are bold (or italic), by themselves or by its style."""
    inherited = False
    for each in lineage:
        if getattr(each.font, what) is not None:
            inherited = bool(getattr(each.font, what))
            break
    printed_run = False
    for run in paragraph.runs:
        own = getattr(run, what)
        # Finding the words of a run takes longest.
        if not (inherited if own is None else own) and run.text.strip():
            return False
        printed_run = printed_run or bool(own is not None and run.text.strip())
    return printed_run or inherited


def _size(paragraph: WordParagraph, lineage: Sequence[Any]) -> float | None:
    """Type size of a paragraph in points, by its runs or its style."""
    for run in paragraph.runs:
        if run.font.size is not None:
            return float(run.font.size.pt)
    for each in lineage:
        if each.font.size is not None:
            return float(each.font.size.pt)
    return None


def _lineage(style: Any) -> Iterator[Any]:  # noqa: ANN401 - styles have no common public type
    """A style, what it is based on, and so on; damaged files may go round in a ring."""
    for _ in range(MAX_LINEAGE):
        if style is None:
            return
        yield style
        style = style.base_style
