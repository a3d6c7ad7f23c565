"""
PDF bytes -> positioned lines: the first reader, by the glyphs of pdfium.

Why characters and not the library's text: lines, raised marks, table cells and the
boxes of highlights then come from the same glyphs, and cannot disagree.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.characters import PRINTED
from wgsearch.papers.lines import RAISED_SIZE, make_lines
from wgsearch.papers.rows import Glyphs

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from wgsearch.papers.paper import Line

    Floats = NDArray[np.float64]
    Codes = NDArray[np.uint32]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.intp]

MAX_PAGES = 20_000
# Word spaces are a quarter of the type size, and about a fifth where a line is set tight. Of 419
# spaces that pdfium made up between letters of 3,250 real pages, and that are below both bounds,
# 416 stood within words; from 0.55 to 0.65 of the middle space of their page, 2 of 10.
NARROW = 0.17
NARROWER = 0.55

_CLOSING = frozenset("-–,.;:)]’”»")
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"ital|obliq", re.IGNORECASE)
_BOLD_WEIGHT = 600
# pdfium's marks of a hyphen at the end of a line: in single characters, and in the page's text.
_LINE_END_HYPHEN = 2
_TEXT_HYPHEN = 0xFFFE
_SPACE, _INK, _NOTHING = 0, 1, 2


def _kinds() -> NDArray[np.uint8]:
    """What each character of the basic plane is: a space, printed, or nothing to be seen."""
    kinds = np.full(0x10000, _INK, dtype=np.uint8)
    # No space has a higher number than the ideographic one.
    kinds[[code for code in range(0x3001) if chr(code).isspace()]] = _SPACE
    kinds[:32] = _NOTHING
    kinds[[code for code, sign in PRINTED.items() if sign is None]] = _NOTHING
    kinds[_LINE_END_HYPHEN] = _INK
    return kinds


_KINDS = _kinds()


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfText:
    """
    What a PDF holds as text.

    Attributes:
        lines: Lines of each page in reading order.
        heights: Height of each page in points.
        refused: Pages, counted from 1, that pdfium cannot load; they have no lines.
    """

    lines: tuple[tuple[Line, ...], ...]
    heights: tuple[float, ...]
    refused: tuple[int, ...] = ()


def read_pdf(data: bytes, *, file: str) -> PdfText:
    """
    Lines of a PDF.

    Args:
        data: The file's bytes.
        file: Its name, for messages.

    Raises:
        PaperUnreadableError: `not_a_pdf`, `encrypted`, `damaged`, `too_large`.
    """
    if b"%PDF-" not in data[:1024]:
        raise PaperUnreadableError(file, "not_a_pdf", "the file does not begin as a PDF does")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            reason = "the file needs a password; save it without one"
            raise PaperUnreadableError(file, "encrypted", reason) from error
        raise PaperUnreadableError(file, "damaged", f"pdfium cannot open it ({error})") from error
    try:
        if len(document) > MAX_PAGES:
            reason = f"{len(document)} pages; at most {MAX_PAGES} are read"
            raise PaperUnreadableError(file, "too_large", reason)
        room = _Boxes()
        pages: list[tuple[Line, ...]] = []
        heights, refused = [], []
        for number in range(1, len(document) + 1):
            try:
                page = document[number - 1]
            except pdfium.PdfiumError:
                refused.append(number)
                pages.append(())
                heights.append(0.0)
                continue
            glyphs, height = _glyphs(page, room)
            pages.append(make_lines(glyphs, page=number))
            heights.append(height)
            page.close()
    finally:
        document.close()
    return PdfText(lines=tuple(pages), heights=tuple(heights), refused=tuple(refused))


class _Boxes:
    """
    Room for the boxes of a page's characters, kept from page to page.

    pdfium fills in one box a call: the calls are given pointers made once, and what they fill is
    seen as one array.
    """

    def __init__(self) -> None:
        self._grow(4096)  # characters of a full page

    def _grow(self, count: int) -> None:
        """Make room for *count* characters."""
        rects = (pdfium_c.FS_RECTF * count)()
        step = ctypes.sizeof(pdfium_c.FS_RECTF)
        self._pointers = list(map(ctypes.byref, repeat(rects), range(0, step * count, step)))
        self._table = np.frombuffer(rects, dtype=np.float32).reshape(count, 4)

    def read(self, handle: ctypes.c_void_p, places: list[int]) -> tuple[Floats, list[int]]:
        """
        Boxes of the characters at some places, and which of them could be read.

        *Shape:* (4, places): left, top, right, bottom; y grows upwards.
        """
        if len(places) > len(self._pointers):
            self._grow(len(places) * 2)
        read = list(map(_box_at, repeat(handle), places, self._pointers))
        return np.array(self._table[: len(places)].T, dtype=np.float64, order="C"), read


def _direct(function: Callable[..., object], result: type) -> Callable[..., Any]:
    """
    A function of the library that is called without converting each argument.

    For functions called for every character, the conversions take three times as long as the
    function. Arguments must be c_void_p, byref() or small int.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]
    return ctypes.PYFUNCTYPE(result)(address or 0)


_unicode_at = _direct(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint)
_made_up_at = _direct(pdfium_c.FPDFText_IsGenerated, ctypes.c_int)
_box_at = _direct(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int)
_owner_at = _direct(pdfium_c.FPDFText_GetTextObject, ctypes.c_size_t)
_points_at = _direct(pdfium_c.FPDFText_GetFontSize, ctypes.c_double)
_weight_at = _direct(pdfium_c.FPDFText_GetFontWeight, ctypes.c_int)
_font_of = _direct(pdfium_c.FPDFTextObj_GetFont, ctypes.c_size_t)
_size_of = _direct(pdfium_c.FPDFTextObj_GetFontSize, ctypes.c_int)
_matrix_of = _direct(pdfium_c.FPDFPageObj_GetMatrix, ctypes.c_int)


def _glyphs(page: pdfium.PdfPage, room: _Boxes) -> tuple[Glyphs, float]:
    """The printed characters of a page in content order, and its height as it is shown."""
    textpage = page.get_textpage()
    handle = ctypes.cast(textpage.raw, ctypes.c_void_p)
    codes = _codes(handle)
    kinds = np.where(codes < len(_KINDS), _KINDS[codes & 0xFFFF], _INK)
    places = np.flatnonzero(kinds == _INK)
    rects, read = room.read(handle, places.tolist())
    if not all(read):
        kept = np.flatnonzero(read)
        rects, places = rects[:, kept], places[kept]
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation()
    boxes = _upright(rects, (left, bottom, right, top), turn)
    spaces = np.cumsum(kinds == _SPACE)[places]
    spaced = np.zeros(len(places), dtype=bool)
    spaced[:-1] = spaces[1:] > spaces[:-1]
    fonts = _fonts(handle, places, codes[places], spaced, rects)
    glyphs = Glyphs(
        codes=_plain(codes[places]),
        x0=boxes[0],
        y0=boxes[1],
        x1=boxes[2],
        y1=boxes[3],
        size=fonts[0],
        bold=fonts[1] > 0,
        italic=fonts[2] > 0,
        spaced=spaced,
    )
    _mend_words(handle, places, glyphs)
    textpage.close()
    return _opened(glyphs), (top - bottom) if turn in (0, 180) else (right - left)


def _mend_words(handle: ctypes.c_void_p, places: Places, glyphs: Glyphs) -> None:
    """
    Take back spaces that the library made up from gaps between the letters of a word.

    Typesetters print spaces, and widen or narrow them to justify a line: a gap that is both
    narrower than a tight space and much narrower than most of its page parts no words.
    """
    size = glyphs.size[:-1]
    gap = glyphs.x0[1:] - glyphs.x1[:-1]
    between = glyphs.spaced[:-1] & (gap > 0)
    between &= (glyphs.y0[1:] < glyphs.y1[:-1]) & (glyphs.y0[:-1] < glyphs.y1[1:])
    narrow = np.flatnonzero(between & (gap < NARROW * size))
    between &= gap >= NARROW * np.maximum(size, 1.0)
    if not len(narrow) or not between.any():
        return
    usual = np.median(gap[between] / size[between])
    for at in narrow.tolist():
        if (
            gap[at] < NARROWER * usual * size[at]
            and _belong(glyphs, at)
            and all(
                _made_up_at(handle, each) == 1 for each in range(places[at] + 1, places[at + 1])
            )
        ):
            glyphs.spaced[at] = False


def _belong(glyphs: Glyphs, at: int) -> bool:
    """A character and the next one stand together: letters, digits, a mark, closing points."""
    if glyphs.size[at + 1] < RAISED_SIZE * glyphs.size[at]:
        return True
    one, other = chr(glyphs.codes[at]), chr(glyphs.codes[at + 1])
    if other == "." and at + 2 < len(glyphs) and glyphs.codes[at + 2] == ord("."):
        return False  # leaders
    return other in _CLOSING or (one.isalpha() and other.isalpha()) or (one + other).isdigit()


def _codes(handle: ctypes.c_void_p) -> Codes:
    """The characters of a page as pdfium counts them, in one call where its text has as many."""
    page = ctypes.cast(handle, pdfium_c.FPDF_TEXTPAGE)
    count = max(pdfium_c.FPDFText_CountChars(page), 0)
    # Characters outside the basic plane take two places, and the text ends with a zero.
    text = (ctypes.c_ushort * (2 * count + 2))()
    got = pdfium_c.FPDFText_GetText(page, 0, count, text) - 1
    codes = np.frombuffer(text, dtype=np.uint16)[: max(got, 0)].astype(np.uint32)
    if got != count or (codes & 0xF800 == 0xD800).any():
        # Characters without a meaning are missing in the text.
        every = map(_unicode_at, repeat(handle), range(count))
        return np.fromiter(every, dtype=np.uint32, count=count)
    for place in np.flatnonzero(codes == _TEXT_HYPHEN).tolist():
        codes[place] = _unicode_at(handle, place)
    return codes


def _plain(codes: Codes) -> Codes:
    """Every hyphen one plain hyphen; signs that a program took for control characters."""
    for place in np.flatnonzero((codes >= 0x80) & (codes < 0xA0)).tolist():
        codes[place] = ord(PRINTED[int(codes[place])] or " ")
    hyphen = (codes == _LINE_END_HYPHEN) | (codes == 0x2010) | (codes == 0x2011)
    return np.where(hyphen, np.uint32(ord("-")), codes)


def _opened(glyphs: Glyphs) -> Glyphs:
    """Ligatures as the letters they join, each with the box of the whole."""
    joined = (glyphs.codes >= 0xFB00) & (glyphs.codes <= 0xFB06)
    if not joined.any():
        return glyphs
    letters = [unicodedata.normalize("NFKC", chr(code)) for code in glyphs.codes[joined].tolist()]
    counts = np.ones(len(glyphs), dtype=np.intp)
    counts[joined] = [len(each) for each in letters]
    places = np.repeat(np.arange(len(glyphs)), counts)
    opened = glyphs.take(places)
    opened.codes[joined[places]] = [ord(letter) for each in letters for letter in each]
    opened.spaced[:-1] &= places[1:] != places[:-1]
    return opened


def _fonts(
    handle: ctypes.c_void_p, places: Places, codes: Codes, spaced: Flags, rects: Floats
) -> Floats:
    """
    Size in points, weight (1 bold) and slant (1 italic) of characters.

    *Shape:* (3, places). Asked where words begin, with a space or a gap before them, where figures
    and points follow letters or letters them, and where the height of characters changes: fonts do
    not change between two letters of a word or two figures of a number, or the height tells.
    """
    if not len(places):
        return np.empty((3, 0))
    asks = np.ones(len(places), dtype=bool)
    figure = codes < ord("A")
    asks[1:] = spaced[:-1] | (figure[1:] != figure[:-1])
    asks[1:] |= np.abs(rects[0, 1:] - rects[2, :-1]) > 1.0  # points
    for edge in rects[1], rects[3]:
        asks[1:] |= edge[1:] != edge[:-1]
    first = np.flatnonzero(asks)
    asked = places[first].tolist()
    fonts = _Fonts(handle)
    found = [
        fonts.get(owner) or fonts.read(owner, at)
        for at, owner in zip(asked, map(_owner_at, repeat(handle), asked), strict=True)
    ]
    return np.repeat(np.array(found, dtype=np.float64).T, np.diff(first, append=len(asks)), axis=1)


class _Fonts(dict[int, tuple[float, bool, bool]]):
    """Size in points, weight and slant of each text drawn on a page."""

    def __init__(self, handle: ctypes.c_void_p) -> None:
        super().__init__({0: (0.0, False, False)})
        self._page = handle
        self._faces: dict[int, tuple[bool, bool]] = {}
        self._size = ctypes.c_float()
        self._matrix = (ctypes.c_float * 6)()  # a, b, c, d, e, f as PDF counts them
        self._filled = (ctypes.byref(self._size), ctypes.byref(self._matrix))

    def read(self, text: int, at: int) -> tuple[float, bool, bool]:
        """
        Ask the library about a text, and keep what it says.

        Args:
            text: Address of the text object.
            at: Place of one of its characters.
        """
        drawn = ctypes.c_void_p(text)
        if _size_of(drawn, self._filled[0]) and _matrix_of(drawn, self._filled[1]):
            matrix = self._matrix
            points = self._size.value * (abs(matrix[3]) or abs(matrix[1]) or 1.0)
        else:
            points = _points_at(self._page, at)
        font = _font_of(drawn)
        face = self._faces.get(font)
        if face is None:
            face = self._faces[font] = self._face(at)
        self[text] = (points, *face)
        return self[text]

    def _face(self, at: int) -> tuple[bool, bool]:
        """Whether the font of the character at a place is bold, and italic."""
        page = ctypes.cast(self._page, pdfium_c.FPDF_TEXTPAGE)
        flags = ctypes.c_int()
        length = pdfium_c.FPDFText_GetFontInfo(page, at, None, 0, flags)
        name = ctypes.create_string_buffer(length)
        pdfium_c.FPDFText_GetFontInfo(page, at, name, length, flags)
        font = name.value.decode("utf-8", "replace")
        bold = bool(_BOLD_NAME.search(font)) or _weight_at(self._page, at) >= _BOLD_WEIGHT
        return bold, bool(_ITALIC_NAME.search(font))


def _upright(
    rects: Floats, page: tuple[float, float, float, float], turn: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """
    Boxes of a page as a viewer shows it, turned or not: origin at the top left, y downwards.

    Args:
        rects: Left, top, right and bottom edges. *Shape:* (4, boxes).
        page: Left, bottom, right and top of the page.
        turn: Degrees to the right.
    """
    left, bottom, right, top = page
    x0, y1, x1, y0 = rects
    if turn == 90:  # degrees
        return y0 - bottom, x0 - left, y1 - bottom, x1 - left
    if turn == 180:  # degrees
        return right - x1, y0 - bottom, right - x0, y1 - bottom
    if turn == 270:  # degrees
        return top - y1, right - x1, top - y0, right - x0
    return x0 - left, top - y1, x1 - left, top - y0
