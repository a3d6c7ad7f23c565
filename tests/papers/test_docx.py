"""Word papers become the same lines: numbers that Word counts, notes, tables, boxes, heads."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.archives import MAX_INFLATED
from wgsearch.papers.contents import without_contents
from wgsearch.papers.docx import read_docx

if TYPE_CHECKING:
    from docx.document import Document

PAPERS = Path(__file__).parents[2] / "corpus" / "papers"


def _bytes(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_paragraphs_are_lines_with_their_type() -> None:
    """Bold, italic and size come from the words or from the style."""
    document = docx.Document()
    style = document.styles.add_style("Chapter", WD_STYLE_TYPE.PARAGRAPH)
    style.font.bold, style.font.size = True, Pt(14)
    document.add_paragraph("I. Introduction", style="Chapter")
    document.add_paragraph().add_run("Documentation").italic = True
    document.add_paragraph("1. The soft\u00adhyphen and the\u00a0space.\tTab.")
    document.add_paragraph("   ")
    lines = read_docx(_bytes(document), file="a.docx").lines
    assert [(line.text, line.bold, line.italic, line.size) for line in lines] == [
        ("I. Introduction", True, False, 14.0),
        ("Documentation", False, True, None),
        ("1. The softhyphen and the space. Tab.", False, False, None),
    ]
    assert {line.page for line in lines} == {1}
    assert all(line.box is None for line in lines)


def test_numbers_that_word_counts_are_printed() -> None:
    """What a reader sees as `1.`, `2.` is there, although the file does not hold it."""
    document = docx.Document()
    for text in ("First paragraph.", "Second paragraph."):
        document.add_paragraph(text, style="List Number")
    lines = read_docx(_bytes(document), file="a.docx").lines
    assert [line.text for line in lines] == ["1. First paragraph.", "2. Second paragraph."]


def test_rows_are_lines_of_cells_and_merged_cells_come_once() -> None:
    """A table is read row by row."""
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row, texts in zip(table.rows, (("Act", "Means", "Purpose"), ("a", "b", "c")), strict=False):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.rows[2].cells[0].merge(table.rows[2].cells[2]).text = "over all"
    lines = read_docx(_bytes(document), file="a.docx").lines
    assert [[cell.text for cell in line.cells] for line in lines] == [
        ["Act", "Means", "Purpose"],
        ["a", "b", "c"],
        ["over all"],
    ]


def test_a_table_of_one_cell_is_a_box() -> None:
    """Word has no boxes: a frame is a table of one cell."""
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "Box 1"
    cell.add_paragraph("Consider a case.")
    lines = read_docx(_bytes(document), file="a.docx").lines
    assert [(line.text, line.style) for line in lines] == [
        ("Box 1", "box"),
        ("Consider a case.", "box"),
    ]


def test_the_head_of_the_first_page_comes_first() -> None:
    """Mastheads of Word papers stand in the page's head."""
    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "DEMO/COP/WG.4/2024/9"
    section.header.paragraphs[0].text = "running head"
    document.add_paragraph("Text.")
    texts = [line.text for line in read_docx(_bytes(document), file="a.docx").lines]
    assert texts == ["DEMO/COP/WG.4/2024/9", "Text."]


def test_notes_are_numbered_as_printed() -> None:
    """Marks stand raised in the text, notes follow in the order of their calls."""
    found = read_docx((PAPERS / "DEMO_COP_WG.4_2022_4.en.docx").read_bytes(), file="a.docx")
    assert [note.mark for note in found.footnotes if note.mark == "*"] == ["*"]
    numbers = [int(note.mark) for note in found.footnotes if note.mark.isdigit()]
    assert numbers == list(range(1, len(numbers) + 1))
    text = "\n".join(line.text for line in found.lines)
    assert all(str(n).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")) in text for n in numbers)


def _archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"readme.txt": b"an archive of something else"}, "not_a_docx"),
        ({"[Content_Types].xml": b"<Types/>"}, "damaged"),
        ({"[Content_Types].xml": b"no XML"}, "damaged"),
        (
            {"[Content_Types].xml": b"<Types/>", "word/bomb.xml": bytes(MAX_INFLATED // 8)},
            "too_large",
        ),
        ({"[Content_Types].xml": b"<Types/>"} | {f"{n}": b"" for n in range(10_001)}, "too_large"),
    ],
    ids=["other archive", "no document", "no xml", "bomb", "many parts"],
)
def test_an_archive_that_is_no_word_paper_is_refused(parts: dict[str, bytes], code: str) -> None:
    """Also one that is small on disk and would unfold beyond measure."""
    data = _archive(parts)
    assert len(data) < 2_000_000
    with pytest.raises(PaperUnreadableError, match=rf"\[{code}\]"):
        read_docx(data, file="a.docx")


def test_half_a_word_paper_is_refused() -> None:
    """A copy that was cut off is no archive."""
    data = (PAPERS / "DEMO_COP_WG.4_2022_4.en.docx").read_bytes()
    with pytest.raises(PaperUnreadableError, match="no Word document"):
        read_docx(data[: len(data) // 2], file="a.docx")


def test_contents_that_word_makes_go_and_typed_ones_keep_their_heading() -> None:
    """Entries in Word's own styles say nothing new; those typed below its heading need it."""
    document = docx.Document()
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Contents", style="TOC Heading")
    document.add_paragraph("Introduction\t2", style="toc 1")
    document.add_paragraph("I.\tBeds for men\t1\N{EN DASH}3")
    document.add_paragraph("I. Beds for men")
    lines = read_docx(_bytes(document), file="a.docx").lines
    assert [line.text for line in lines] == [
        "Contents",
        "I. Beds for men 1\N{EN DASH}3",
        "I. Beds for men",
    ]
    assert [line.text for line in without_contents(lines).body] == ["I. Beds for men"]
