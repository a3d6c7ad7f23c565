"""
PDF bytes -> plain lines of some pages: the second reader, by pypdf.

Why a second one: the two libraries fail on different files. It gives words without boxes
and is some twenty times slower, so that it is asked only for what the first one lacks.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdf
from pypdf.errors import PyPdfError

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.paper import Line
from wgsearch.papers.pdf import clean

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """
    What the second reader finds.

    Attributes:
        pages: Lines by page, counted from 1; without boxes and sizes.
        heights: Height in points of the same pages.
    """

    pages: dict[int, tuple[Line, ...]]
    heights: dict[int, float]


def read_second(data: bytes, *, file: str, wanted: Collection[int] | None = None) -> SecondReading:
    """
    Lines of a PDF, or of some of its pages.

    Args:
        data: The file's bytes.
        file: Its name, for messages.
        wanted: Pages, counted from 1; all by default.

    Raises:
        PaperUnreadableError: `encrypted`, `damaged`.
    """
    pages: dict[int, tuple[Line, ...]] = {}
    heights: dict[int, float] = {}
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            reason = "the file needs a password; save it without one"
            raise PaperUnreadableError(file, "encrypted", reason)
        for number, page in enumerate(reader.pages, start=1):
            if wanted is not None and number not in wanted:
                continue
            texts = [clean(raw).strip() for raw in page.extract_text().splitlines()]
            pages[number] = tuple(Line(text=text, page=number) for text in texts if text)
            heights[number] = float(page.mediabox.height)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        # What a damaged file makes pypdf raise is not one family of errors.
        reason = f"pypdf cannot read it ({type(error).__name__}: {error})"
        raise PaperUnreadableError(file, "damaged", reason) from error
    return SecondReading(pages=pages, heights=heights)
