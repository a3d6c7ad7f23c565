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
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.opc.part import PartFactory
from docx.oxml.exceptions import XmlchemyError
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.archives import refuse_bombs
from wgsearch.papers.characters import PRINTED
from wgsearch.papers.paper import Cell, Footnote, Line

if TYPE_CHECKING:
    from collections.abc import Iterator

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

_SPACES = re.compile(r"[ \t\u00a0\u2002-\u200a\u202f]+")
# Numbers are often typed although the style would count them.
_TYPED_LABEL = re.compile(r"(?:\d{1,3}\.|\([a-z]+\)|[IVXL]+\.|[A-Z]\.)\s")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


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
    numbering = _Numbering.of(document)
    styles = _Styles()
    notes = _notes(document)
    order: list[str] = []
    lines = list(_head_lines(document))
    for element in document.element.body.iterchildren():
        if element.tag == qn("w:p"):
            line = _line(WordParagraph(element, document), numbering, order, styles)
            if line:
                lines.append(line)
        elif element.tag == qn("w:tbl"):
            lines.extend(_table_lines(Table(element, document), order, styles))
        elif element.tag == qn("w:sdt"):
            for paragraph in element.iter(qn("w:p")):
                line = _line(WordParagraph(paragraph, document), numbering, order, styles)
                if line:
                    lines.append(line)
    starred = [
        Footnote(mark=match[1], text=match[2], page=1)
        for key, text in notes.items()
        if key not in order and (match := re.fullmatch(r"(\*+)\s*(\S.*)", text))
    ]
    numbered = [
        Footnote(mark=str(at), text=notes[key], page=1)
        for at, key in enumerate(order, start=1)
        if notes.get(key)
    ]
    sizes = [
        line.size for line in lines if line.size and not line.bold and len(line.text) > 80
    ]  # running text
    return DocxText(
        lines=tuple(lines),
        footnotes=(*starred, *numbered),
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
    for paragraph in head.paragraphs:
        if text := _clean(paragraph.text):
            yield Line(text=text, page=1, style="head")
    for table in head.tables:
        for row in table.rows:
            seen: set[int] = set()
            for cell in row.cells:
                if id(cell._tc) in seen:  # noqa: SLF001 - merged cells come back as one element
                    continue
                seen.add(id(cell._tc))  # noqa: SLF001 - likewise
                for raw in cell.text.split("\n"):
                    if text := _clean(raw):
                        yield Line(text=text, page=1, style="head")


def _table_lines(table: Table, order: list[str], styles: _Styles) -> Iterator[Line]:
    """Rows of a table as lines of cells; a table of one cell is a box."""
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) in seen:  # noqa: SLF001 - merged cells come back as one element
                continue
            seen.add(id(cell._tc))  # noqa: SLF001 - likewise
            cells.append(_clean(" ".join(_text(paragraph, order) for paragraph in cell.paragraphs)))
        if len(table.columns) == 1:
            for cell in row.cells[:1]:
                for paragraph in cell.paragraphs:
                    if text := _clean(paragraph.text):
                        bold = _all(paragraph, "bold", styles.of(paragraph))
                        yield Line(text=text, page=1, style="box", gap=1.0, bold=bold)
        elif any(cells):
            yield Line(
                text=" ".join(cell for cell in cells if cell),
                page=1,
                style="table",
                gap=1.0,
                cells=tuple(
                    Cell(text=cell, x0=at * 100.0, x1=at * 100.0 + 90)
                    for at, cell in enumerate(cells)
                ),
            )


class _Styles:
    """Styles by their number in the file: the library searches all of them at each question."""

    def __init__(self) -> None:
        self._known: dict[str | None, Any] = {}

    def of(self, paragraph: WordParagraph) -> Any:  # noqa: ANN401 - styles have no common public type
        """The style of a paragraph, None without one."""
        name = paragraph._p.style  # noqa: SLF001 - the library has no public way to the number
        if name not in self._known:
            self._known[name] = paragraph.style
        return self._known[name]


def _line(
    paragraph: WordParagraph, numbering: _Numbering, order: list[str], styles: _Styles
) -> Line | None:
    """A Word paragraph as a line, None when it prints nothing."""
    text = _clean(_text(paragraph, order))
    style = styles.of(paragraph)
    label = numbering.label(paragraph, style)
    if not text:
        return None
    if label and not _TYPED_LABEL.match(text):
        text = f"{label} {text}"
    return Line(
        text=text,
        page=1,
        size=_size(paragraph, style),
        bold=_all(paragraph, "bold", style),
        italic=_all(paragraph, "italic", style),
        style=(style.name if style is not None else None) or "Normal",
        gap=1.0,
    )


def _text(paragraph: WordParagraph, order: list[str]) -> str:
    """Printed characters of a paragraph; marks of notes are raised digits."""
    parts: list[str] = []
    for node in paragraph._p.iter():  # noqa: SLF001 - runs inside links and insertions count too
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")) and node.getparent().tag == qn(
            "w:r"
        ):
            parts.append(" ")
        elif node.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif node.tag == qn("w:footnoteReference"):
            key = node.get(qn("w:id")) or ""
            if node.get(qn("w:customMarkFollows")) in ("1", "true", "on"):
                continue  # the mark, a star, is printed text of its own
            if key not in order:
                order.append(key)
            parts.append(_raised(order.index(key) + 1))
    return "".join(parts)


def _raised(number: int) -> str:
    """A number in raised digits, the form in which plain text carries a note's mark."""
    return str(number).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _notes(document: Document) -> dict[str, str]:
    """Texts of the footnotes by their number in the file."""
    notes: dict[str, str] = {}
    for relation in document.part.rels.values():
        if not relation.reltype.endswith("/footnotes") or relation.is_external:
            continue
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(relation.target_part.blob, parser)
        for note in root.findall(qn("w:footnote")):
            texts = [
                _clean("".join(t.text or "" for t in p.iter(qn("w:t"))))
                for p in note.iter(qn("w:p"))
            ]
            notes[note.get(qn("w:id")) or ""] = " ".join(text for text in texts if text)
    return notes


def _clean(text: str) -> str:
    """Spaces normalised, soft hyphens dropped."""
    return _SPACES.sub(
        " ", text.translate(PRINTED).replace("\u2011", "-").replace("\n", " ")
    ).strip()


def _all(paragraph: WordParagraph, what: str, style: Any) -> bool:  # noqa: ANN401 - styles have no common public type
    """All printed runs of a paragraph are bold (or italic), by themselves or by its style."""
    inherited = False
    for each in _lineage(style):
        if getattr(each.font, what) is not None:
            inherited = bool(getattr(each.font, what))
            break
    runs = [run for run in paragraph.runs if run.text.strip()]
    if not runs:
        return inherited
    return all(
        inherited if getattr(run, what) is None else bool(getattr(run, what)) for run in runs
    )


def _size(paragraph: WordParagraph, style: Any) -> float | None:  # noqa: ANN401 - styles have no common public type
    """Type size of a paragraph in points, by its runs or its style."""
    for run in paragraph.runs:
        if run.font.size is not None:
            return float(run.font.size.pt)
    for each in _lineage(style):
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


@dataclass(slots=True)
class _Numbering:
    """Word's own counting: which label a numbered paragraph prints."""

    levels: dict[str, dict[int, tuple[str, str, int]]]
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, document: Document) -> _Numbering:
        """The numbering that a document defines; empty without one."""
        levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        part: Any = next(
            (
                r.target_part
                for r in document.part.rels.values()
                if r.reltype.endswith("/numbering") and not r.is_external
            ),
            None,
        )
        if part is None:
            return cls(levels)
        root = part.element
        abstract = {
            each.get(qn("w:abstractNumId")): {
                int(level.get(qn("w:ilvl"))): (
                    _value(level, "w:numFmt") or "decimal",
                    _value(level, "w:lvlText") or "",
                    int(_value(level, "w:start") or 1),
                )
                for level in each.findall(qn("w:lvl"))
            }
            for each in root.findall(qn("w:abstractNum"))
        }
        for number in root.findall(qn("w:num")):
            levels[number.get(qn("w:numId"))] = abstract.get(_value(number, "w:abstractNumId"), {})
        return cls(levels)

    def label(self, paragraph: WordParagraph, style: Any) -> str | None:  # noqa: ANN401 - styles have no common public type
        """The label that Word prints before a paragraph; counts on."""
        numbered = _numbered(paragraph, style)
        if numbered is None or numbered.numId is None:
            return None
        name = str(numbered.numId.val)
        depth = int(numbered.ilvl.val) if numbered.ilvl is not None else 0
        if depth not in self.levels.get(name, {}):
            return None
        counts = self.counts[name]
        kind, pattern, start = self.levels[name][depth]
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if kind in ("bullet", "none"):
            return "•" if kind == "bullet" else None
        label = pattern
        for level in range(depth + 1):
            shape = self.levels[name].get(level, ("decimal", "", 1))
            label = label.replace(f"%{level + 1}", _shaped(counts.get(level, shape[2]), shape[0]))
        return label.strip() or None


def _numbered(paragraph: WordParagraph, style: Any) -> Any:  # noqa: ANN401 - lxml elements and styles have no public type
    """The numbering of a paragraph, by itself or by its style; None without one."""
    properties = paragraph._p.pPr  # noqa: SLF001 - the library has no public way to numbering
    for each in _lineage(style):
        if properties is not None and properties.numPr is not None:
            break
        properties = each.element.pPr
    return None if properties is None else properties.numPr


def _value(element: Any, tag: str) -> str | None:  # noqa: ANN401 - lxml elements have no public type
    """The `w:val` of a child."""
    child = element.find(qn(tag))
    return None if child is None else child.get(qn("w:val"))


def _shaped(number: int, kind: str) -> str:
    """A count as Word prints it."""
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if kind == "lowerLetter" else letter.upper()
    if kind in ("lowerRoman", "upperRoman"):
        text, rest = "", number
        for value, sign in _ROMAN:
            while rest >= value:
                text, rest = text + sign, rest - value
        return text if kind == "lowerRoman" else text.upper()
    return str(number)
