"""
page of a PDF -> PNG: how it looks, for people who read beside the text.

Why a PNG writer of our own: it is some lines over zlib, and no picture library has to be there.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2 as pdfium

from wgsearch.errors import PageUnreadableError

if TYPE_CHECKING:
    from pathlib import Path

# A4 in the largest width that is offered has 8 million dots; longer pages are drawn narrower.
MAX_DOTS = 12_000_000
# Files that are larger are not opened for a picture: a paper has some hundred kB.
MAX_FILE_BYTES = 200_000_000
SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOUR, _GREY = 2, 0
# Faster than 6 by half, and 5 % larger.
_LEVEL = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """
    A page as it is shown.

    Attributes:
        width: Width of the page in points.
        height: Its height in points.
        png: Its picture; None where only its size was asked for.
    """

    width: float
    height: float
    png: bytes | None


def draw(path: Path, *, digest: str, page: int, dots: int | None) -> Drawn:
    """
    One page of a file.

    Args:
        path: The file.
        digest: SHA-256 that it must have: another file has other pages.
        page: The page, counted from 1.
        dots: How wide the picture is; None for none.

    Raises:
        PageUnreadableError: `changed`, `no_page`, `damaged`, `too_large`.
    """
    if path.stat().st_size > MAX_FILE_BYTES:
        raise PageUnreadableError(path.name, "too_large", "the file is too large to be drawn")
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise PageUnreadableError(path.name, "changed", "the file is not the one that was indexed")
    try:
        document = pdfium.PdfDocument(data)
        try:
            if not 1 <= page <= len(document):
                reason = f"it has {len(document)} pages, none is number {page}"
                raise PageUnreadableError(path.name, "no_page", reason)
            return _drawn(document[page - 1], path.name, dots)
        finally:
            document.close()
    except pdfium.PdfiumError as error:
        reason = f"the page cannot be drawn ({error})"
        raise PageUnreadableError(path.name, "damaged", reason) from error


def _drawn(page: pdfium.PdfPage, file: str, dots: int | None) -> Drawn:
    """A page that could be opened."""
    width, height = page.get_size()
    if min(width, height) < 1:
        raise PageUnreadableError(file, "damaged", "the page has no size")
    if dots is None:
        return Drawn(width=width, height=height, png=None)
    scale = min(dots / width, (MAX_DOTS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    rows = np.frombuffer(bitmap.buffer, dtype=np.uint8).reshape(bitmap.height, bitmap.stride)
    channels = bitmap.n_channels
    picture = rows[:, : bitmap.width * channels].reshape(bitmap.height, bitmap.width, channels)
    return Drawn(width=width, height=height, png=png_of(picture))


def png_of(picture: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> bytes:
    """
    A picture as PNG; one without colours takes a third of the room.

    Args:
        picture: *Shape:* (rows, columns, 1, 3 or 4); red, green, blue; a fourth is left out.
    """
    picture = picture[:, :, :3]
    grey = picture.shape[2] == 1 or bool(
        (picture[:, :, 0] == picture[:, :, 1]).all()
        and (picture[:, :, 1] == picture[:, :, 2]).all()
    )
    flat = picture[:, :, 0] if grey else picture.reshape(picture.shape[0], -1)
    high, wide = picture.shape[:2]
    lines = np.zeros((high, flat.shape[1] + 1), dtype=np.uint8)  # each row begins with its filter
    lines[:, 1:] = flat
    header = struct.pack(">IIBBBBB", wide, high, 8, _GREY if grey else _COLOUR, 0, 0, 0)
    body = zlib.compress(lines.tobytes(), _LEVEL)
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    """A chunk with its length and checksum, after the PNG specification."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
