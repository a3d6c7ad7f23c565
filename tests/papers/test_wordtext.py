"""What a reader of a Word paper sees, with all changes accepted."""

from __future__ import annotations

import pytest
from lxml import etree

from wgsearch.papers.wordtext import Calls, mark_is_deleted, printed, text_boxes

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def _element(inner: str) -> etree._Element:
    return etree.fromstring(f"<w:p {NAMES}>{inner}</w:p>")


def _run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (_run("The ") + f"<w:ins>{_run('new ')}</w:ins>" + _run("text"), "The new text"),
        (_run("Kept ") + "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>", "Kept"),
        (f"<w:moveFrom>{_run('was here')}</w:moveFrom>" + _run("stays"), "stays"),
        (_run("seen ") + _run("hidden", "<w:vanish/>"), "seen"),
        (_run("seen", '<w:vanish w:val="0"/>'), "seen"),
        (f"<w:hyperlink>{_run('a link')}</w:hyperlink>", "a link"),
        (
            (
                "<w:r><w:instrText> PAGE </w:instrText></w:r>"
                f'<w:fldSimple w:instr="REF x">{_run("paragraph 7")}</w:fldSimple>'
            ),
            "paragraph 7",
        ),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>", "a b-c"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>' + _run(" point"), "• point"),
    ],
)
def test_only_what_is_printed_is_text(inner: str, text: str) -> None:
    """Insertions and results count; deletions, instructions and hidden words do not."""
    assert printed(_element(inner), Calls()).text == text


def test_raised_characters_are_marked() -> None:
    """A typed mark stands where it is raised, after spaces are normalised."""
    raised = '<w:vertAlign w:val="superscript"/>'
    found = printed(_element(_run("  Shelters") + _run("a", raised) + _run("  open")), Calls())
    assert found.text == "Sheltersa open"
    assert [found.text[start:end] for start, end in found.raised] == ["a"]


def test_notes_are_numbered_in_the_order_of_their_calls() -> None:
    """A note with a star of its own has no number; endnotes count for themselves."""
    calls = Calls()
    inner = (
        '<w:r><w:footnoteReference w:id="8"/></w:r><w:r><w:footnoteReference w:id="3"/></w:r>'
        '<w:r><w:footnoteReference w:id="4" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
        '<w:r><w:endnoteReference w:id="5"/></w:r>'
    )
    assert printed(_element(inner), calls).text == "¹²*¹"
    assert calls.order == {"footnote": ["8", "3"], "endnote": ["5"]}


def test_a_deleted_end_joins_two_paragraphs() -> None:
    """The change is the mark at the end of the paragraph."""
    assert mark_is_deleted(_element("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + _run("one")))
    assert not mark_is_deleted(_element(_run("one")))


def test_a_text_box_is_apart_and_comes_once() -> None:
    """Word keeps each box twice, for new and for old programs."""
    box = f"<w:txbxContent><w:p>{_run('boxed')}</w:p></w:txbxContent>"
    element = _element(
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>" + _run("around")
    )
    assert printed(element, Calls()).text == "around"
    assert [printed(each, Calls()).text for each in text_boxes(element)] == ["boxed"]
