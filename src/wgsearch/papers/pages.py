"""
PDF bytes -> lines of its pages, by whichever reader finds them.

Why not one reader: a paper that one library refuses, or of which it loses a page, is often
whole to the other. What was read otherwise than by the glyphs of pdfium is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.paper import ReadingWarning
from wgsearch.papers.pdf import PdfText, read_pdf
from wgsearch.papers.second import read_second

if TYPE_CHECKING:
    from wgsearch.papers.paper import Line, Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPages:
    """
    Pages of a PDF, and how they were read.

    Attributes:
        lines: Lines of each page in reading order.
        heights: Height of each page in points.
        reader: What most of them were read by.
        warnings: What was not read by the first reader.
    """

    lines: tuple[tuple[Line, ...], ...]
    heights: tuple[float, ...]
    reader: Reader
    warnings: tuple[ReadingWarning, ...] = ()


def read_pages(data: bytes, *, file: str) -> PdfPages:
    """
    Lines of a PDF.

    Args:
        data: The file's bytes.
        file: Its name, for messages.

    Raises:
        PaperUnreadableError: `not_a_pdf`, `encrypted`, `damaged`, `too_many_pages`.
    """
    try:
        first = read_pdf(data, file=file)
    except PaperUnreadableError as error:
        if error.code != "damaged":
            raise
        first = PdfText(lines=(), heights=())
        cause = error.reason
    else:
        cause = f"pdfium cannot load pages {first.refused}"
        if not first.refused:
            return PdfPages(lines=first.lines, heights=first.heights, reader="pdfium")
    try:
        second = read_second(data, file=file)
    except PaperUnreadableError as error:
        if error.code == "damaged":
            reason = f"neither reader can open it ({cause}; {error.reason})"
            raise PaperUnreadableError(file, "damaged", reason) from error
        raise
    return PdfPages(
        lines=tuple(second.pages.values()),
        heights=tuple(second.heights.values()),
        reader="pypdf",
        warnings=(
            ReadingWarning(
                code="second_reader",
                message="read by the second reader: no boxes, weaker structure",
            ),
        ),
    )
