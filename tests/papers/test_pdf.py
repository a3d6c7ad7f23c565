"""Pages become lines: what stands beside, above and raised is where it was printed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pypdf
import pytest

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.pdf import read_pdf

if TYPE_CHECKING:
    from collections.abc import Callable


def _texts(data: bytes) -> list[str]:
    return [line.text for page in read_pdf(data, file="a.pdf").lines for line in page]


def test_lines_come_from_the_top_of_the_page(make_pdf: Callable[..., bytes]) -> None:
    """Whatever is drawn first: reading goes from the top to the foot."""
    data = make_pdf(
        [[(57, 700, 11, "the foot"), (57, 100, 11, "the top"), (57, 400, 11, "middle")]]
    )
    assert _texts(data) == ["the top", "middle", "the foot"]


def test_a_box_says_where_a_line_stands(make_pdf: Callable[..., bytes]) -> None:
    """Points from the top left of the page, as a viewer shows it."""
    ((line,),) = read_pdf(make_pdf([[(57, 100, 11, "a line")]]), file="a.pdf").lines
    assert line.box is not None
    assert (line.page, line.box.page, line.size) == (1, 1, 11.0)
    assert line.box.x0 == pytest.approx(57, abs=1.5)
    assert line.box.y0 < 111 < line.box.y1 < 120
    assert line.indent == line.box.x0


def test_columns_of_a_line_are_cells(make_pdf: Callable[..., bytes]) -> None:
    """A wide gap parts two cells, also when the right column is drawn first."""
    data = make_pdf([[(368, 40, 11, "DEMO/COP/WG.4/2024/2"), (57, 40, 11, "United Nations")]])
    ((line,),) = read_pdf(data, file="a.pdf").lines
    assert [cell.text for cell in line.cells] == ["United Nations", "DEMO/COP/WG.4/2024/2"]
    assert line.text == "United Nations DEMO/COP/WG.4/2024/2"


def test_narrow_columns_are_cells_when_drawn_one_after_the_other(
    make_pdf: Callable[..., bytes],
) -> None:
    """A cell that is drawn after other lines is a cell of its own, however near it stands."""
    data = make_pdf(
        [
            [
                (57, 100, 10, "a kidney was the purpose"),
                (57, 112, 10, "of an organ removal with"),
                (172, 100, 10, "No; the intention"),
                (172, 112, 10, "suffices for it"),
            ]
        ]
    )
    (lines,) = read_pdf(data, file="a.pdf").lines
    assert [[cell.text for cell in line.cells] for line in lines] == [
        ["a kidney was the purpose", "No; the intention"],
        ["of an organ removal with", "suffices for it"],
    ]


def test_a_raised_number_is_a_mark(make_pdf: Callable[..., bytes]) -> None:
    """Small and above the line: the mark of a note, with its place in the text."""
    data = make_pdf(
        [[(57, 100, 11, "the offence,"), (114.6, 99, 6, "12"), (121.3, 100, 11, " once")]]
    )
    ((line,),) = read_pdf(data, file="a.pdf").lines
    assert line.text == "the offence,12 once"
    assert line.marks == ((12, 14),)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages_are_read_as_shown(make_pdf: Callable[..., bytes], rotate: int) -> None:
    """Boxes lie within the page that a viewer shows, whichever way it is turned."""
    found = read_pdf(make_pdf([[(57, 100, 11, "turned")]], rotate=rotate), file="a.pdf")
    (height,) = found.heights
    assert height == (842.0 if rotate in (0, 180) else 595.0)
    boxes = [line.box for page in found.lines for line in page]
    assert boxes
    assert all(box is not None and 0 <= box.y0 < box.y1 <= height for box in boxes)


def test_spaces_and_hyphens_of_typesetters_become_plain(make_pdf: Callable[..., bytes]) -> None:
    """No-break spaces are spaces, and soft hyphens are not printed."""
    data = make_pdf([[(57, 100, 11, "para.\N{NO-BREAK SPACE}4")]])
    assert _texts(data) == ["para. 4"]


def test_a_gap_within_a_word_is_no_space(make_pdf: Callable[..., bytes]) -> None:
    """Words of a stretched line are whole; the narrow spaces of a tight line stay spaces."""
    width = 55.63  # of "Developme" in Helvetica of 11 points
    data = make_pdf(
        [
            [
                (57, 100, 11, "Developme"),
                (57 + width + 1.8, 100, 11, "nt  of  the  rules"),
                (57, 120, 11, "Developme"),
                (57 + width + 2.2, 120, 11, "nt  of  the  rules"),
            ]
        ]
    )
    assert _texts(data) == ["Development of the rules", "Developme nt of the rules"]


def test_a_mark_set_apart_from_its_word_follows_it(make_pdf: Callable[..., bytes]) -> None:
    """A gap before a raised number is no space either: the mark is where it is printed."""
    width = 45.24  # of "the rules." in Helvetica of 11 points
    data = make_pdf(
        [
            [
                (57, 100, 11, "the  rules."),
                (60.06 + width + 1.8, 98, 7, "12"),
                (118, 100, 11, "They  hold"),
            ]
        ]
    )
    ((line,),) = read_pdf(data, file="a.pdf").lines
    assert line.text == "the rules.12 They hold"
    assert line.marks == ((10, 12),)


def test_pages_are_counted_from_one(make_pdf: Callable[..., bytes]) -> None:
    """As a viewer counts; an empty page has no lines."""
    found = read_pdf(make_pdf([[(57, 100, 11, "one")], [], [(57, 100, 11, "three")]]), file="a.pdf")
    assert [[line.page for line in page] for page in found.lines] == [[1], [], [3]]
    assert not found.refused


def test_a_locked_paper_asks_for_an_unlocked_one(make_pdf: Callable[..., bytes]) -> None:
    """A password is nobody's to guess."""
    writer = pypdf.PdfWriter(io.BytesIO(make_pdf([[(57, 100, 11, "secret")]])))
    writer.encrypt("open sesame", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(PaperUnreadableError, match=r"needs a password.*\[encrypted\]"):
        read_pdf(out.getvalue(), file="a.pdf")


def test_a_truncated_paper_is_read_as_far_as_it_goes_or_refused(
    make_pdf: Callable[..., bytes],
) -> None:
    """Half a file never stops the program."""
    data = make_pdf([[(57, 100, 11, "whole")]])
    for cut in range(20, len(data), 97):
        try:
            assert set(_texts(data[:cut])) <= {"whole"}
        except PaperUnreadableError as error:
            assert error.code == "damaged"  # noqa: PT017 - both ends are allowed


def test_what_is_no_pdf_is_refused_by_its_first_bytes() -> None:
    """The name of a file says nothing."""
    with pytest.raises(PaperUnreadableError, match="does not begin as a PDF"):
        read_pdf(b"<html></html>", file="a.pdf")
