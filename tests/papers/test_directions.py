"""Lines of right-to-left scripts are read from the right, however a file holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.papers.directions import NEITHER, Sign, directions, reading_order
from wgsearch.papers.pdf import read_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

WORDS = "الفريق العامل"
SPOKEN = "الفريق العامل 12-15 bis"
PRINTED = "bis 12-15 " + WORDS[::-1]


def _pdf(pieces: Sequence[tuple[float, float, str]], make_pdf: Callable[..., bytes]) -> bytes:
    """A page of pieces (left, top, characters from left to right), with a map to Unicode."""
    chars = sorted({char for _, _, text in pieces for char in text})
    codes = {char: chr(ord("A") + at) for at, char in enumerate(chars)}
    pairs = " ".join(f"<{ord(code):02X}> <{ord(char):04X}>" for char, code in codes.items())
    names = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def"
        " 1 begincodespacerange <00> <FF> endcodespacerange"
        f" {len(codes)} beginbfchar {pairs} endbfchar endcmap end end"
    ).encode()
    drawn = [(x, y, 10, "".join(codes[char] for char in text)) for x, y, text in pieces]
    widths = b" ".join([b"500"] * 256)
    font = b"/Type /Font /Subtype /Type1 /BaseFont /Helvetica"
    data: bytes = make_pdf([drawn])
    body = data[: data.index(b"xref\n")].replace(
        font, font + b" /FirstChar 0 /LastChar 255 /Widths [%s] /ToUnicode 9 0 R" % widths
    )
    # Without a table of places the reader looks for the objects itself.
    stream = b"9 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (len(names), names)
    return body + stream + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"


@pytest.mark.parametrize(
    "pieces",
    [
        [(100, 100, PRINTED)],
        [(395 - 5 * at, 100, char) for at, char in enumerate(WORDS)]
        + [(295, 100, "12-15"), (275, 100, "bis")],
        [(275, 100, "bis 12-15"), (330, 100, WORDS[7:][::-1]), (370, 100, WORDS[:6][::-1])],
    ],
    ids=["as printed", "letter by letter", "word by word"],
)
def test_a_line_is_read_from_the_right(
    pieces: list[tuple[float, float, str]], make_pdf: Callable[..., bytes]
) -> None:
    """Words from right to left, numbers and Latin words from left to right, on one line."""
    ((line,),) = read_pdf(_pdf(pieces, make_pdf), file="a.pdf").lines
    assert line.text == SPOKEN
    assert line.box is not None
    assert line.indent == line.box.x0
    assert len(line.cells) == 1


def test_cells_are_read_from_the_right(make_pdf: Callable[..., bytes]) -> None:
    """The first column of a table is the right one; columns of numbers follow the words."""
    pieces = [
        (57, 100, "34"),
        (300, 100, "12"),
        (480, 100, WORDS[:6][::-1]),
        (57, 120, "20"),
        (300, 120, "10"),
    ]
    (lines,) = read_pdf(_pdf(pieces, make_pdf), file="a.pdf").lines
    cells = [[cell.text for cell in line.cells] for line in lines]
    assert cells == [[WORDS[:6], "12", "34"], ["10", "20"]]
    assert [cell.x0 for cell in lines[0].cells] == sorted(
        (cell.x0 for cell in lines[0].cells), reverse=True
    )


def test_what_a_file_holds_as_printed_is_turned() -> None:
    """Letters that go on to the right are turned; numbers, Latin words and spaces are not."""
    text = "(our WG) 12-15 " + WORDS[::-1]
    codes = [ord(char) for char in text]
    ways = directions(_array(codes))
    signs = [
        Sign(at, char, int(way), 5.0 * at, 5.0 * at + 5, 10.0, text[at + 1 : at + 2] == " ")
        for at, (char, way) in enumerate(zip(text, ways, strict=True))
        if char != " "
    ]
    (cell,) = reading_order([signs], cell_gap=1.6)
    assert "".join(sign.char + " " * sign.spaced for sign in cell) == WORDS + " 12-15 (our WG)"


def _array(codes: list[int]) -> NDArray[np.uint32]:
    return np.array(codes, dtype=np.uint32)


def test_digits_of_every_script_run_to_the_right() -> None:
    """Arabic digits stand among Arabic letters, and are read from the left."""
    assert directions(_array([0x0661, 0x06F1, 0x31, 0x0627, 0x05D0, 0x2D])).tolist() == [
        *(2, 2, 2, 1, 1),
        NEITHER,
    ]
