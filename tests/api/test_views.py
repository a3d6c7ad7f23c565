"""Pages show papers as they are: in order, with their notes, in the right direction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.answers import Filters
from wgsearch.api.views import blocks, by_year, footnotes, outline
from wgsearch.papers.paper import Footnote, Heading, Paragraph, ParagraphKind

if TYPE_CHECKING:
    from wgsearch.papers.paper import Paper
    from wgsearch.search import LocalEngine


def _paragraph(number: str | None, kind: ParagraphKind, text: str, **fields: object) -> Paragraph:
    given: dict[str, object] = {"part": "body", "heading_path": (), "page_first": 1, "page_last": 1}
    return Paragraph(number=number, kind=kind, text=text, **(given | fields))  # type: ignore[arg-type] # fields by name


@pytest.fixture
def mixed(tiny_papers: tuple[Paper, ...]) -> Paper:
    """A paper with headings, a table, a box, an annex and notes."""
    return replace(
        tiny_papers[1],
        headings=(
            Heading(level=1, label="I", text="First", page=1, before=0),
            Heading(level=2, label=None, text="Inner", page=1, before=1),
            Heading(level=1, label=None, text="Empty end", page=3, before=6),
        ),
        paragraphs=(
            _paragraph("1", ParagraphKind.PARAGRAPH, "One.", footnotes=("1",)),
            _paragraph(None, ParagraphKind.TABLE_ROW, "Act\tWhere it is found"),
            _paragraph(None, ParagraphKind.TABLE_ROW, "Receipt\tRosters | lists"),
            _paragraph(None, ParagraphKind.BOX, "A case.", page_first=2, page_last=2),
            _paragraph("1", ParagraphKind.PARAGRAPH, "Annexed.", part="annex"),
            _paragraph("1", ParagraphKind.PARAGRAPH, "Numbered twice by mistake."),
        ),
        footnotes=(Footnote(mark="1", text="A note.", page=1),),
    )


def test_blocks_follow_the_paper(mixed: Paper) -> None:
    """Headings stand before their paragraphs, rows of a table together, boxes apart."""
    assert [block.kind for block in blocks(mixed)] == [
        *("heading", "paragraphs", "heading", "table", "box", "paragraphs", "heading")
    ]
    table = blocks(mixed)[3]
    assert [row.cells for row in table.paragraphs] == [
        ("Act", "Where it is found"),
        ("Receipt", "Rosters | lists"),
    ]


def test_anchors_of_a_page_are_unique(mixed: Paper) -> None:
    """Two paragraphs that print the same number never share an anchor."""
    idents = [each.ident for block in blocks(mixed) for each in block.paragraphs]
    assert idents == ["p1", "i1", "i2", "i3", "annex-p1", "i5"]


def test_pages_are_named_where_they_begin(mixed: Paper) -> None:
    """The page is told at its first paragraph, not at each."""
    pages = [each.page for block in blocks(mixed) for each in block.paragraphs]
    assert pages == [1, None, None, 2, 1, None]


def test_outline_has_the_labels(mixed: Paper) -> None:
    """The outline shows headings as printed, chapters at level 2."""
    assert [(each.level, each.text) for each in outline(mixed)] == [
        (2, "I. First"),
        (3, "Inner"),
        (2, "Empty end"),
    ]


def test_footnotes_lead_back(mixed: Paper) -> None:
    """A note leads back to the paragraph that calls it."""
    assert [(note.ident, note.back) for note in footnotes(mixed)] == [("n1", "p1")]
    called = blocks(mixed)[1].paragraphs[0].notes
    assert [note.ident for note in called] == ["n1"]


def test_papers_by_year_newest_first(tiny_engine: LocalEngine) -> None:
    """Lists run from the newest year to the oldest; undated papers come last."""
    years = by_year(tiny_engine.papers(Filters()))
    assert [each.year for each in years] == ["2024", "2023", "2022", "Undated"]
