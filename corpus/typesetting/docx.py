"""Paper -> DOCX: masthead in the header part, real footnotes and headings, as real papers have."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from typesetting.ooxml import (
    OUTDENT,
    Footnotes,
    bleed,
    borders,
    face,
    field,
    lay_out,
    note_styles,
    prune,
    remove,
    reproducible,
    row_properties,
    rule,
)
from typesetting.source import Box, Heading, Paragraph, ParagraphKind, Run, Table, plain
from typesetting.wording import wording_of

if TYPE_CHECKING:
    from docx.section import _Footer, _Header
    from docx.text.paragraph import Paragraph as WordParagraph

    from typesetting.source import Paper

EDGE = Mm(20)
TEXT_WIDTH = Mm(130)
FRAME_WIDTH = Mm(170)
TAB = Mm(10)

_STAR = "*"

# Tables of up to so many rows stay on one page, as in template.typ.
_LONGEST_WHOLE_TABLE = 8

# The contents list names chapters and sections only.
_FIRST_LEVEL_LEFT_OUT = 3
_LOCALE = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}
_SIZES = {
    "Title": 15,
    "Subtitle": 11.5,
    "Heading 1": 14,
    "Heading 2": 12,
    "Heading 3": 10.5,
    "Caption": 10.5,
}


def to_docx(paper: Paper) -> bytes:
    """Return the paper as DOCX: the same bytes on every machine, dated as the paper is."""
    return _Writer(paper).write()


class _Writer:
    """One document under way: its body, and the footnotes called so far."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.front = paper.front
        self.words = wording_of(paper.front, stem=paper.stem)
        self.document = Document()
        self.footnotes = Footnotes()

    def write(self) -> bytes:
        """Set the paper from masthead to closing rule, and return the file."""
        self._properties()
        self._styles()
        self._page()
        self._opening()
        if self.front.contents:
            self._contents()
        for block in self.paper.blocks:
            match block:
                case Heading():
                    self._heading(block)
                case Paragraph():
                    self._paragraph(block)
                case Box():
                    self._box(block)
                case Table():
                    self._table(block)
        closing = self.document.add_paragraph("_" * 14)
        closing.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.footnotes.attach(self.document)
        prune(self.document)
        return reproducible(self.document)

    def _properties(self) -> None:
        front, core = self.front, self.document.core_properties
        moment = dt.datetime.combine(front.date, dt.time(), tzinfo=dt.UTC)
        core.title = f"{front.symbol}: {front.title}"
        core.subject = front.group
        core.author = core.last_modified_by = "wgsearch"
        core.keywords = front.symbol
        core.comments = self.words.notice
        core.language = front.language
        core.created = core.modified = core.last_printed = moment
        core.revision = 1

    def _styles(self) -> None:
        styles = self.document.styles
        language = styles.element.find(f".//{qn('w:lang')}")
        if language is not None:
            language.set(qn("w:val"), _LOCALE[self.front.language])
        normal = styles["Normal"]
        face(normal, Pt(10.5))
        normal.paragraph_format.space_after = Pt(6)
        for name in (
            "Numbered Paragraph",
            "Sub-paragraph",
            "Listed Paragraph",
            "Box Text",
            "Table Text",
        ):
            style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = normal
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        styles["Table Text"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        styles["Table Text"].paragraph_format.space_after = Pt(3)
        styles["Table Text"].font.size = Pt(9)
        note_styles(self.document, Pt(8.5))
        for name, size in _SIZES.items():
            face(styles[name], Pt(size), bold=True)
            styles[name].paragraph_format.keep_with_next = True
            styles[name].paragraph_format.space_before = Pt(12)
            styles[name].paragraph_format.space_after = Pt(6)
        for name in ("Header", "Footer"):
            stops = styles[name].element.pPr.find(qn("w:tabs"))
            stops.getparent().remove(stops)
        border = styles["Title"].element.find(f".//{qn('w:pBdr')}")
        if border is not None:
            border.getparent().remove(border)

    def _page(self) -> None:
        self.document.settings.odd_and_even_pages_header_footer = True
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = EDGE + OUTDENT
        section.top_margin = section.bottom_margin = Mm(31)
        section.header_distance, section.footer_distance = Mm(15), Mm(12)
        section.different_first_page_header_footer = True
        self._masthead(section.first_page_header)
        for header, alignment in (
            (section.header, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_header, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            line = header.paragraphs[0]
            bleed(line)
            line.alignment = alignment
            line.add_run(self.front.symbol).bold = True
            rule(line)
        self._foot(section.first_page_footer, self.words.job_line)
        self._foot(section.even_page_footer, None, self.words.job)
        self._foot(section.footer, self.words.job, None)

    def _masthead(self, header: _Header) -> None:
        """Set the masthead in the header of the first page, where real papers have it."""
        table = header.add_table(rows=2, cols=2, width=FRAME_WIDTH)
        lay_out(table, (Mm(108), Mm(62)), indent=-OUTDENT)
        (series, symbol), (body, distribution) = (row.cells for row in table.rows)
        series.paragraphs[0].add_run(self.words.series).font.size = Pt(12)
        symbol.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        symbol.paragraphs[0].add_run(self.words.symbol_head).font.size = Pt(19)
        symbol.paragraphs[0].add_run(self.words.symbol_rest).font.size = Pt(10.5)
        name = body.paragraphs[0].add_run(self.front.body)
        name.font.size, name.bold = Pt(16), True
        body.paragraphs[0].paragraph_format.space_before = Pt(5)
        for index, line in enumerate(self.words.distribution):
            paragraph = distribution.paragraphs[0] if index == 0 else distribution.add_paragraph()
            paragraph.paragraph_format.space_before = Pt(0 if index else 5)
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.add_run(line)
        table.rows[1].height = Mm(27)
        for cell in (*table.rows[0].cells, *table.rows[1].cells):
            borders(cell, bottom=8)
        remove(header.paragraphs[0])
        header.add_paragraph()

    def _foot(self, footer: _Footer, *cells: str | None) -> None:
        """Set the cells of a foot from left to right (None stands for the page), and the notice."""
        line = footer.paragraphs[0]
        bleed(line)
        line.paragraph_format.tab_stops.add_tab_stop(FRAME_WIDTH - OUTDENT, WD_TAB_ALIGNMENT.RIGHT)
        line.paragraph_format.space_after = Pt(3)
        for index, text in enumerate(cells):
            if index:
                line.add_run("\t")
            if text is not None:
                line.add_run(text)
            else:
                field(line, "PAGE")
                line.add_run("/").bold = True
                field(line, "NUMPAGES")
        notice = footer.add_paragraph()
        notice.alignment = WD_ALIGN_PARAGRAPH.CENTER
        notice.add_run(self.words.notice)
        for run in (*line.runs, *notice.runs):
            run.font.size = Pt(8)

    def _opening(self) -> None:
        front = self.front
        lines = [
            (front.group, True),
            (front.session, True),
            (front.place_dates, False),
            (front.item, False),
            (front.item_title, True),
        ]
        for text, bold in lines:
            if text is None:
                continue
            paragraph = self.document.add_paragraph()
            paragraph.paragraph_format.left_indent = -OUTDENT
            paragraph.paragraph_format.right_indent = Mm(58)
            paragraph.paragraph_format.space_after = Pt(0)
            self._starred(paragraph, text, bold=bold)
        self._starred(self.document.add_paragraph(style="Title"), front.title)
        if front.subtitle:
            self._starred(self.document.add_paragraph(style="Subtitle"), front.subtitle)

    def _starred(self, paragraph: WordParagraph, text: str, *, bold: bool = False) -> None:
        """Add a line whose last sign may be the star of the note at the foot of the first page."""
        paragraph.add_run(text.removesuffix(_STAR)).bold = bold or None
        if text.endswith(_STAR) and self.front.asterisk:
            note = self.footnotes.call(paragraph, mark=_STAR)
            note.add_run(self.front.asterisk)

    def _contents(self) -> None:
        """
        List chapters and sections with the paragraphs below each.

        There is no column of pages: only Word knows them, and a wrong page is worse than none.
        """
        name, paragraphs_word, _ = self.words.contents
        heading = self.document.add_paragraph(style="TOC Heading")
        face(heading.style, Pt(13), bold=True)
        heading.add_run(name)
        self._contents_line("", "", paragraphs_word)
        for block in self.paper.blocks:
            if isinstance(block, Heading) and block.level < _FIRST_LEVEL_LEFT_OUT:
                label = f"{'' if block.level == 1 else chr(9)}{block.label}" if block.label else ""
                self._contents_line(label, plain(block.runs), block.span or "")
        last = self.document.paragraphs[-1]
        last.add_run().add_break(WD_BREAK.PAGE)

    def _contents_line(self, label: str, text: str, span: str) -> None:
        line = self.document.add_paragraph()
        line.paragraph_format.space_after = Pt(3)
        stops = line.paragraph_format.tab_stops
        if label or not text:
            stops.add_tab_stop(Mm(8))
            stops.add_tab_stop(Mm(15))
        if not text:
            stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
            line.add_run(f"\t\t\t{span}").italic = True
            return
        stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        line.add_run(f"{label}\t{text}\t{span}" if label else f"{text}\t{span}")

    def _heading(self, block: Heading) -> None:
        paragraph = self.document.add_paragraph(style=f"Heading {block.level}")
        paragraph.paragraph_format.page_break_before = block.opens_annex or None
        if block.label:
            paragraph.paragraph_format.first_line_indent = Mm(-11)
            paragraph.add_run(f"{block.label}\t")
        self._runs(paragraph, block.runs)

    def _paragraph(self, block: Paragraph) -> None:
        style = {
            ParagraphKind.NUMBERED: "Numbered Paragraph",
            ParagraphKind.LETTERED: "Sub-paragraph",
            ParagraphKind.LISTED: "Listed Paragraph",
            ParagraphKind.PLAIN: "Numbered Paragraph",
        }[block.kind]
        paragraph = self.document.add_paragraph(style=style)
        layout = paragraph.paragraph_format
        edge = TAB * block.depth
        if block.kind is ParagraphKind.LISTED:
            edge, layout.first_line_indent = TAB, -TAB
        layout.left_indent = edge
        if block.label:
            layout.tab_stops.add_tab_stop(
                edge if block.kind is ParagraphKind.LISTED else edge + TAB
            )
            paragraph.add_run(f"{block.label}\t")
        self._runs(paragraph, block.runs)

    def _caption(
        self,
        add: Any,  # noqa: ANN401 - a bound method of a document or of a cell
        caption: str | None,
        title: tuple[Run, ...],
    ) -> None:
        """Add number and title of a table or box, on two lines, through the container's *add*."""
        if caption:
            line = add(style="Caption")
            line.paragraph_format.space_after = Pt(0)
            line.add_run(caption).bold = False
        if title:
            line = add(style="Caption")
            line.paragraph_format.space_before = Pt(0)
            self._runs(line, title)

    def _box(self, block: Box) -> None:
        table = self.document.add_table(rows=1, cols=1)
        lay_out(table, (TEXT_WIDTH,))
        cell = table.cell(0, 0)
        borders(cell, top=4, bottom=4, left=4, right=4)
        empty = cell.paragraphs[0]
        self._caption(cell.add_paragraph, block.caption, block.title)
        remove(empty)
        for runs in block.paragraphs:
            self._runs(cell.add_paragraph(style="Box Text"), runs)
        self._gap()

    def _table(self, block: Table) -> None:
        self._caption(self.document.add_paragraph, block.caption, block.title)
        table = self.document.add_table(rows=0, cols=len(block.head))
        last = len(block.rows)
        together = last <= _LONGEST_WHOLE_TABLE
        for index, cells in enumerate((block.head, *block.rows)):
            row = table.add_row()
            for cell, runs in zip(row.cells, cells, strict=True):
                cell.paragraphs[0].style = "Table Text"
                cell.paragraphs[0].paragraph_format.keep_with_next = together and index < last
                self._runs(cell.paragraphs[0], runs, italic=index == 0)
                if index == 0:
                    borders(cell, top=4, bottom=12)
                elif index == last:
                    borders(cell, bottom=12)
            row_properties(row, "w:cantSplit", *(["w:tblHeader"] if index == 0 else []))
        lay_out(table, tuple(round(TEXT_WIDTH * width) for width in block.widths))
        self._gap()

    def _gap(self) -> None:
        """Part a table from what follows: two tables would otherwise grow together."""
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def _runs(
        self, paragraph: WordParagraph, runs: tuple[Run, ...], *, italic: bool = False
    ) -> None:
        for run in runs:
            if run.note is not None:
                self._runs(self.footnotes.call(paragraph), self.paper.notes[run.note])
                continue
            added = paragraph.add_run(run.text)
            added.bold = run.bold or None
            added.italic = run.italic or italic or None
