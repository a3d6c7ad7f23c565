"""
PDF bytes -> pictures of pages: which pages are pictures, and how they look.

Why apart from the lines: few papers have such pages, and whether a page is one is asked only
where letters are few, or of some pages of each paper.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What recognises letters is trained on pages of this resolution (dots an inch).
DPI = 300
# Longest side of a picture: A3 at that resolution. Larger pages are drawn coarser.
MAX_SIDE = 5_000
# Objects looked at on one page: drawings of maps and plans have hundreds of thousands.
MAX_OBJECTS = 5_000
# Forms within forms; scanners wrap a picture once.
MAX_DEPTH = 3
_POINTS_AN_INCH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLook:
    """
    What a page is made of.

    Attributes:
        covered: Share of the page that pictures cover, at most 1.
        hidden: It has text, and all of it is invisible or lies under a picture of the page.
        blank: Nothing is drawn on it.
    """

    covered: float
    hidden: bool
    blank: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """
    A page drawn in grey.

    Attributes:
        width: Its width in dots.
        height: Its height in dots.
        grey: One byte a dot, row by row from the top left; 0 is black.
        dpi: Dots an inch.
    """

    width: int
    height: int
    grey: bytes
    dpi: float

    @property
    def points(self) -> float:
        """Points of the page that a dot stands for."""
        return _POINTS_AN_INCH / self.dpi


class Scans:
    """Pages of a PDF that pdfium opens, looked at as pictures."""

    def __init__(self, data: bytes) -> None:
        self._document = pdfium.PdfDocument(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()

    def look(self, number: int) -> PageLook:
        """What a page, counted from 1, is made of."""
        page = self._document[number - 1]
        left, bottom, right, top = page.get_bbox()
        area = max((right - left) * (top - bottom), 1.0)
        drawn = list(_objects(page))
        covered, last_cover = 0.0, -1
        for at, (each, kind) in enumerate(drawn):
            if kind == pdfium_c.FPDF_PAGEOBJ_TEXT or not _is_picture(each, kind):
                continue
            x0, y0, x1, y1 = _bounds(each)
            wide = max(min(x1, right) - max(x0, left), 0.0)
            high = max(min(y1, top) - max(y0, bottom), 0.0)
            covered += wide * high / area
            if wide * high > area / 2 and not pdfium_c.FPDFPageObj_HasTransparency(each):
                last_cover = at
        # Texts are asked only where a picture covers the page: most pages have hundreds of them.
        hidden = last_cover >= 0 and _is_hidden(drawn, last_cover)
        page.close()
        return PageLook(covered=min(covered, 1.0), hidden=hidden, blank=not drawn)

    def picture(self, number: int) -> Picture | None:
        """A page, counted from 1, as it is shown; None when it has no size."""
        page = self._document[number - 1]
        longest = max(page.get_size())
        if min(page.get_size()) < 1:
            return None
        dpi = min(DPI, MAX_SIDE * _POINTS_AN_INCH / longest)
        bitmap = page.render(scale=dpi / _POINTS_AN_INCH, grayscale=True, draw_annots=False)
        rows = bytes(bitmap.buffer)
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        bitmap.close()
        page.close()
        if stride != width:  # rows may be padded
            rows = b"".join(rows[at * stride : at * stride + width] for at in range(height))
        return Picture(width=width, height=height, grey=rows, dpi=dpi)


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[object, int]]:
    """What is drawn on a page, in this order, each with its kind."""
    for at in range(min(pdfium_c.FPDFPage_CountObjects(page.raw), MAX_OBJECTS)):
        each = pdfium_c.FPDFPage_GetObject(page.raw, at)
        yield each, pdfium_c.FPDFPageObj_GetType(each)


def _is_hidden(drawn: Sequence[tuple[object, int]], cover: int) -> bool:
    """Texts are invisible, or were all drawn before the picture that covers the page."""
    texts = [at for at, (_, kind) in enumerate(drawn) if kind == pdfium_c.FPDF_PAGEOBJ_TEXT]
    return bool(texts) and (
        cover > texts[-1]
        or all(
            pdfium_c.FPDFTextObj_GetTextRenderMode(drawn[at][0])
            == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
            for at in texts
        )
    )


def _is_picture(each: object, kind: int, depth: int = 0) -> bool:
    """A picture, or a form that wraps nothing but pictures."""
    if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
        return True
    if kind != pdfium_c.FPDF_PAGEOBJ_FORM or depth == MAX_DEPTH:
        return False
    count = pdfium_c.FPDFFormObj_CountObjects(each)
    inner = [pdfium_c.FPDFFormObj_GetObject(each, at) for at in range(min(count, 20))]
    return 0 < count <= 20 and all(
        _is_picture(part, pdfium_c.FPDFPageObj_GetType(part), depth + 1) for part in inner
    )


def _bounds(each: object) -> tuple[float, float, float, float]:
    """Left, bottom, right and top of what is drawn, in points of the page."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    known = pdfium_c.FPDFPageObj_GetBounds(each, left, bottom, right, top)
    return (left.value, bottom.value, right.value, top.value) if known else (0.0, 0.0, 0.0, 0.0)
