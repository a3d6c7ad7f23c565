"""Text files become the same lines; what converters left behind is taken off."""

from __future__ import annotations

import pytest

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.plain import read_plain


def _texts(text: str) -> list[str]:
    return [line.text for page in read_plain(text.encode(), file="a.txt") for line in page]


def test_blank_lines_part_paragraphs() -> None:
    """The first line after a blank one is set apart, the next ones are set solid."""
    (lines,) = read_plain(b"One\ntwo\n\n\nThree\n", file="a.txt")
    assert [(line.text, line.gap) for line in lines] == [("One", 1.0), ("two", 0.0), ("Three", 1.0)]


def test_form_feeds_part_pages() -> None:
    """Old papers keep their pages."""
    pages = read_plain(b"one\ftwo\r\nthree", file="a.txt")
    assert [[line.page for line in page] for page in pages] == [[1], [2, 2]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see [the web page](https://example.org)", "see the web page"),
        ("<i>Documentation</i>", "Documentation"),
        ("- (a) Opening of the session;", "(a) Opening of the session;"),
        ("resolution 2331 \\(2016\\)", "resolution 2331 (2016)"),
        ("a\u00a0b   c", "a b c"),
    ],
)
def test_marks_of_converters_are_taken_off(text: str, expected: str) -> None:
    """Links, tags and list signs are not part of a paper."""
    assert _texts(text) == [expected]


def test_tabs_make_cells() -> None:
    """A timetable passed on as text keeps its columns, empty ones too."""
    ((line,),) = read_plain(b"3-6 p.m.\t\tChild victims", file="a.txt")
    assert [cell.text for cell in line.cells] == ["3-6 p.m.", "", "Child victims"]
    assert line.text == "3-6 p.m. Child victims"


def test_any_encoding_in_use_is_read() -> None:
    """UTF-8 with or without a mark, and Windows-1252."""
    for data in ("Réunion".encode(), "Réunion".encode("utf-8-sig"), "Réunion".encode("cp1252")):
        ((line,),) = read_plain(data, file="a.txt")
        assert line.text == "Réunion"


def test_bytes_that_are_no_text_are_refused() -> None:
    """A picture with the name of a text stops nothing."""
    with pytest.raises(PaperUnreadableError, match=r"a\.txt: .*no text \[not_text\]"):
        read_plain(b"\x89PNG\x00", file="a.txt")
