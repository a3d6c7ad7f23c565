"""A note knows which paragraph calls it; what does not match is said."""

from __future__ import annotations

from wgsearch.papers.callers import link_notes
from wgsearch.papers.paper import Footnote, Paragraph, ParagraphKind


def _note(mark: str, page: int) -> Footnote:
    return Footnote(mark=mark, text="A note.", page=page)


def _paragraph(*marks: str, page: int = 1, last: int | None = None, row: bool = False) -> Paragraph:
    return Paragraph(
        number=None,
        part="body",
        kind=ParagraphKind.TABLE_ROW if row else ParagraphKind.PARAGRAPH,
        heading_path=(),
        page_first=page,
        page_last=last or page,
        text="Words.",
        footnotes=marks,
    )


def test_notes_belong_to_the_paragraphs_of_their_pages() -> None:
    """A mark that occurs on several pages belongs to the note of its page, or of the next."""
    paragraphs = [_paragraph("1"), _paragraph("1", page=4), _paragraph("2", page=5, last=6)]
    found = link_notes([_note("1", 1), _note("1", 4), _note("2", 7)], paragraphs)
    assert [note.paragraph for note in found.footnotes] == [0, 1, 2]
    assert found.warnings == ()


def test_endnotes_belong_to_their_marks() -> None:
    """Notes at the end of a paper stand pages after what calls them."""
    found = link_notes([_note("1", 9), _note("2", 9)], [_paragraph("1", "2", page=2)])
    assert [note.paragraph for note in found.footnotes] == [0, 0]


def test_without_pages_the_order_decides() -> None:
    """Word papers have no pages: the first free mark is the note's."""
    found = link_notes(
        [_note("a", 1), _note("a", 1)], [_paragraph("a"), _paragraph("a")], has_pages=False
    )
    assert [note.paragraph for note in found.footnotes] == [0, 1]


def test_what_does_not_match_is_named() -> None:
    """A note without its mark, a mark without its note, in one warning."""
    found = link_notes([_note("1", 2), _note("3", 2)], [_paragraph("1", "2", page=2)])
    (warning,) = found.warnings
    assert warning.code == "note_unmatched"
    assert warning.message == "no mark was found for note 3; no note was found for mark 2"


def test_only_what_is_sure_is_warned_of() -> None:
    """Notes of headings and first pages, letters of tables, and raised figures are left alone."""
    notes = [_note("1", 1), _note("2", 3), _note("a", 3), _note("*", 1)]
    assert link_notes(notes, [_paragraph("9", page=3, row=True)], called=["2"]).warnings == ()
