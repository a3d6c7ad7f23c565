"""Lines made by hand, small PDFs, and the sample corpus read once with its sources."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from wgsearch.papers.paper import Box, Cell, Line
from wgsearch.papers.reader import read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.papers.paper import Paper

CORPUS = Path(__file__).parents[2] / "corpus"
# The reading of the sources is no part of the installed package.
sys.path.insert(0, str(CORPUS))
# Makers of bad files; `tests/` mirrors the source without being a package.
sys.path.insert(0, str(Path(__file__).parent / "making"))


def _line(
    text: str,
    *,
    page: int = 1,
    x: float = 113.0,
    x1: float | None = None,
    y: float = 300.0,
    size: float = 11.0,
    gap: float | None = 0.0,
    bold: bool = False,
    italic: bool = False,
    marks: Sequence[str] = (),
    cells: Sequence[tuple[str, float]] = (),
) -> Line:
    """A line as the reader of PDFs gives it; each of *marks* is raised where it stands last."""
    right = x1 or min(x + 0.5 * size * len(text), 482.0)
    words = tuple(
        Cell(text=words, x0=left, x1=left + 0.5 * size * len(words), size=size, bold=bold)
        for words, left in cells
    )
    raised = sorted((text.rindex(mark), text.rindex(mark) + len(mark)) for mark in marks)
    return Line(
        text=text,
        page=page,
        box=Box(page=page, x0=x, y0=y, x1=right, y1=y + size),
        size=size,
        bold=bold,
        italic=italic,
        indent=x,
        marks=tuple(raised),
        cells=words or (Cell(text=text, x0=x, x1=right, size=size, bold=bold),),
        gap=gap,
    )


def _pdf(pages: Sequence[Sequence[tuple[float, float, float, str]]], *, rotate: int = 0) -> bytes:
    """A PDF of A4 pages; each piece of text is (left, top, size, words) and drawn in this order."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for page in pages:
        drawn = b"".join(
            f"BT /F1 {size} Tf {x} {842 - y - size} Td ({words}) Tj ET\n".encode("cp1252")
            for x, y, size, words in page
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate %d /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (rotate, len(objects))
        )
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table, len(objects) + 1, len(out))
    )


@cache
def _sample(stem: str) -> Paper:
    """One paper of the sample corpus, read once."""
    return read_file(next((CORPUS / "papers").glob(f"DEMO_COP_WG.4_{stem}.*")))


@pytest.fixture(scope="session")
def make_line() -> Callable[..., Line]:
    """`make_line(text, *, page, x, x1, y, size, gap, bold, italic, marks, cells)`."""
    return _line


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    """`make_pdf(pages, *, rotate)`: each page is a list of (left, top, size, words)."""
    return _pdf


@pytest.fixture(scope="session")
def sample() -> Callable[[str], Paper]:
    """`sample("2022_2.en")`: that paper of the sample corpus."""
    return _sample
