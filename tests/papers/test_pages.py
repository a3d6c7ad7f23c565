"""A page is read by whichever reader finds its words, and it is said by which."""

from __future__ import annotations

import bad_pdf
import pytest

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.pages import PdfPages, read_pages
from wgsearch.papers.scans import Scans
from wgsearch.papers.second import SecondReader

# Letters of no size are nothing to pdfium.
SIZELESS = bad_pdf.one_page(
    bad_pdf.stream(bad_pdf.show(bad_pdf.WORDS).replace(b" 11 Tf", b" 0 Tf"))
)
BLANK = bad_pdf.one_page(bad_pdf.stream(b""))


def _codes(pages: PdfPages) -> dict[str, str]:
    return {warning.code: warning.message for warning in pages.warnings}


def _texts(pages: PdfPages) -> list[list[str]]:
    return [[line.text for line in page] for page in pages.lines]


def test_a_good_paper_is_read_by_the_first_reader() -> None:
    """Blank pages between the others are no fault."""
    found = read_pages(bad_pdf.joined(bad_pdf.plain(), BLANK, bad_pdf.plain()), file="a.pdf")
    assert (found.reader, found.warnings) == ("pdfium", ())
    assert _texts(found) == [[bad_pdf.WORDS], [], [bad_pdf.WORDS]]


def test_a_paper_that_the_first_reader_refuses_is_read_by_the_second() -> None:
    """Words are there, boxes are not, and it is said."""
    found = read_pages(bad_pdf.without_root(), file="a.pdf")
    assert (found.reader, found.heights, list(_codes(found))) == (
        "pypdf",
        (842.0,),
        ["second_reader"],
    )
    assert _texts(found) == [[bad_pdf.WORDS]]
    assert found.lines[0][0].box is None


def test_a_page_that_the_first_reader_loses_is_read_by_the_second() -> None:
    """The other pages stay as they are, with boxes; the page is named."""
    data = bad_pdf.joined(bad_pdf.plain(), SIZELESS, bad_pdf.plain())
    found = read_pages(data, file="a.pdf")
    assert _texts(found) == [[bad_pdf.WORDS]] * 3
    assert [page[0].box is None for page in found.lines] == [False, True, False]
    assert found.reader == "pdfium"
    assert _codes(found)["second_reader"].startswith("page 2 read by the second reader")


def test_a_page_that_neither_reader_can_load_is_named() -> None:
    """What is missing from a damaged paper is said."""
    data = bad_pdf.assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 99 0 R] /Count 2 >>",
            bad_pdf.PAGE,
            bad_pdf.stream(bad_pdf.show(bad_pdf.WORDS)),
            bad_pdf.FONT,
        ]
    )
    found = read_pages(data, file="a.pdf")
    assert _texts(found) == [[bad_pdf.WORDS], []]
    assert _codes(found)["lost_pages"].startswith("page 2 cannot be read")


def test_what_neither_reader_opens_is_damaged() -> None:
    """The reason says what both of them met."""
    with pytest.raises(PaperUnreadableError, match=r"neither reader.*pdfium.*pypdf.*\[damaged\]"):
        read_pages(b"%PDF-1.7\n" + bytes(400), file="a.pdf")


def test_pages_that_are_pictures_are_named() -> None:
    """A paper with scanned annexes is read, and says which pages are not there."""
    data = bad_pdf.joined(bad_pdf.plain(), *[bad_pdf.scan()] * 3, bad_pdf.plain(), bad_pdf.scan())
    assert _codes(read_pages(data, file="a.pdf")) == {
        "picture_pages": "pages 2-4, 6 not read: a picture without text"
    }


def test_a_layer_of_recognised_words_is_told_from_print() -> None:
    """Invisible letters over a scan, or letters under it, were recognised by some program."""
    over = bad_pdf.scan(bad_pdf.WORDS)
    found = read_pages(bad_pdf.joined(over, over), file="a.pdf")
    assert found.reader == "pdfium"
    assert _codes(found)["ocr_layer"].startswith("pages 1-2 scanned")
    under = bad_pdf.one_page(
        bad_pdf.stream(bad_pdf.show(bad_pdf.WORDS) + b"q 595 0 0 842 0 0 cm /I1 Do Q"),
        resources=b"/XObject << /I1 6 0 R >>",
        more=[bad_pdf.GREY],
    )
    assert "ocr_layer" in _codes(read_pages(under, file="a.pdf"))
    printed = bad_pdf.scan(bad_pdf.WORDS, letters=0)
    assert _codes(read_pages(printed, file="a.pdf")) == {}


def test_a_picture_is_the_page_as_it_is_shown() -> None:
    """Grey dots, row by row, at the resolution that letters are recognised at."""
    with Scans(bad_pdf.plain()) as scans:
        picture = scans.picture(1)
        look = scans.look(1)
    assert picture is not None
    assert (picture.width, picture.height) == (2480, 3509)
    assert len(picture.grey) == picture.width * picture.height
    assert picture.points == pytest.approx(0.24)
    assert picture.grey[0] == 255
    assert min(picture.grey) < 64
    assert (look.covered, look.hidden, look.blank) == (0.0, False, False)


def test_a_page_of_a_poster_is_drawn_coarser() -> None:
    """A page of many metres costs no more memory than one of A3."""
    wide = bad_pdf.plain().replace(b"[0 0 595 842]", b"[0 0 9999 99]")
    with Scans(wide) as scans:
        picture = scans.picture(1)
    assert picture is not None
    assert max(picture.width, picture.height) <= 5001


def test_the_second_reader_holds_streams_to_a_limit() -> None:
    """What unfolds without end is refused, page by page."""
    reader = SecondReader(bad_pdf.unfolding(200_000_000), file="a.pdf")
    with pytest.raises(PaperUnreadableError, match=r"pypdf cannot read it .*\[damaged\]"):
        reader.page(1)
