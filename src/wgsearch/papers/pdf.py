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
from functools import lru_cache
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers.characters import INVISIBLE, PRINTED
from wgsearch.papers.paper import Box, Cell, Line

MAX_PAGES = 20_000
# A gap of this many letter heights separates cells: word spaces of justified lines stay
# below one height in all papers seen, columns of tables and mastheads are wider.
CELL_GAP = 1.6
# Wider than the space between words, in letter heights: a gutter between two columns.
GUTTER = 0.35
# Raised marks that stand on a row of their own have at most this many characters.
LONGEST_MARK = 8
# Characters whose middle lies within this share of the height of the line are on it.
SAME_LINE = 0.55
# Smaller than this share of the line's letters, and raised: a footnote mark.
RAISED_SIZE = 0.8

_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"ital|obliq", re.IGNORECASE)
_BOLD_WEIGHT = 600
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")


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


@dataclass(slots=True)
class _Glyph:
    """One character with its box; y grows downwards."""

    char: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    italic: bool
    space: bool
    returns: bool = False  # it was drawn after other lines: the typesetter came back to its line


@dataclass(slots=True)
class _Row:
    """Characters on one line: runs side by side, and the height of the tallest one."""

    glyphs: list[_Glyph]
    tallest: _Glyph
    spans: list[tuple[float, float]]

    @classmethod
    def of(cls, run: list[_Glyph]) -> _Row:
        """A row of one run."""
        ink = [glyph for glyph in run if not glyph.space]
        tallest = max(ink, key=lambda glyph: glyph.y1 - glyph.y0)
        return cls(run, tallest, [(ink[0].x0, max(glyph.x1 for glyph in ink))])

    def holds(self, other: _Row) -> bool:
        """The other row is on the same line: it overlaps in height and stands beside, not on it."""
        if not _overlap(self.tallest, other.tallest):
            return False
        left, right = other.spans[0]
        return all(right < x0 + 0.5 or left > x1 - 0.5 for x0, x1 in self.spans)

    def add(self, other: _Row, *, returns: bool) -> None:
        """Take in a row of the same line; with *returns* the two are cells of a table."""
        if returns:
            for row in (self, other):
                next(glyph for glyph in row.glyphs if not glyph.space).returns = True
        self.glyphs.extend(other.glyphs)
        self.spans.extend(other.spans)
        self.tallest = max(self.tallest, other.tallest, key=lambda glyph: glyph.y1 - glyph.y0)


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
            glyphs, height = _glyphs(page)
            pages.append(tuple(_lines(glyphs, page=number)))
            heights.append(height)
            page.close()
    finally:
        document.close()
    return PdfText(lines=tuple(pages), heights=tuple(heights), refused=tuple(refused))


def _glyphs(page: pdfium.PdfPage) -> tuple[list[_Glyph], float]:
    """All characters of a page in content order, and the page's height as it is shown."""
    textpage = page.get_textpage()
    raw = textpage.raw
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation()
    rect, size = pdfium_c.FS_RECTF(), ctypes.c_float()
    where = ctypes.byref(rect)
    page_box = (left, bottom, right, top)
    fonts: dict[int | None, tuple[float, bool, bool]] = {}
    glyphs: list[_Glyph] = []
    # The library's functions by local names: they are called for every character.
    unicode_at, box_at = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetLooseCharBox
    owner_at, address = pdfium_c.FPDFText_GetTextObject, ctypes.c_void_p.from_buffer
    for at in range(pdfium_c.FPDFText_CountChars(raw)):
        code = unicode_at(raw, at)
        # 2 is pdfium's mark of a line-end hyphen.
        if code != 2 and (code < 32 or code in INVISIBLE):
            continue
        if not box_at(raw, at, where):
            continue
        char = "-" if code == 2 else chr(code)  # likewise
        owner = owner_at(raw, at)
        handle = address(owner).value
        if handle not in fonts:
            fonts[handle] = _font(raw, at, owner, size)
        points, bold, italic = fonts[handle]
        if turn:
            x0, y0, x1, y1 = _upright(rect, page_box, turn)
        else:
            x0, y0, x1, y1 = rect.left - left, top - rect.top, rect.right - left, top - rect.bottom
        glyphs.append(_Glyph(char, x0, y0, x1, y1, points, bold, italic, char.isspace()))
    textpage.close()
    return glyphs, (top - bottom) if turn in (0, 180) else (right - left)


def _font(raw: object, at: int, owner: object, size: ctypes.c_float) -> tuple[float, bool, bool]:
    """Size in points, weight and slant of the character at a place."""
    points = float(pdfium_c.FPDFText_GetFontSize(raw, at))
    if owner and pdfium_c.FPDFTextObj_GetFontSize(owner, ctypes.byref(size)):
        matrix = pdfium_c.FS_MATRIX()
        pdfium_c.FPDFPageObj_GetMatrix(owner, ctypes.byref(matrix))
        points = size.value * (abs(matrix.d) or abs(matrix.b) or 1.0)
    flags = ctypes.c_int()
    length = pdfium_c.FPDFText_GetFontInfo(raw, at, None, 0, ctypes.byref(flags))
    name = ctypes.create_string_buffer(length)
    pdfium_c.FPDFText_GetFontInfo(raw, at, name, length, ctypes.byref(flags))
    font = name.value.decode("utf-8", "replace")
    weight = pdfium_c.FPDFText_GetFontWeight(raw, at)
    bold = bool(_BOLD_NAME.search(font)) or weight >= _BOLD_WEIGHT
    return points, bold, bool(_ITALIC_NAME.search(font))


def _upright(
    rect: pdfium_c.FS_RECTF, page: tuple[float, float, float, float], turn: int
) -> tuple[float, float, float, float]:
    """A box of a turned page as a viewer shows it: origin at the top left, y downwards."""
    left, bottom, right, top = page
    if turn == 90:  # degrees
        return rect.bottom - bottom, rect.left - left, rect.top - bottom, rect.right - left
    if turn == 180:  # degrees
        return right - rect.right, rect.bottom - bottom, right - rect.left, rect.top - bottom
    return top - rect.top, right - rect.right, top - rect.bottom, right - rect.left


def _lines(glyphs: list[_Glyph], *, page: int) -> list[Line]:
    """Characters as printed lines, from the top of the page to its foot."""
    rows: list[_Row] = []
    drawn: _Row | None = None
    ink = 0
    for run in _runs(glyphs):
        row = _Row.of(run)
        # Content order is nearly reading order: only the columns of a table or a masthead
        # come back to a line, and never from far.
        host = next((known for known in reversed(rows[-40:]) if known.holds(row)), None)
        if host is None:
            rows.append(row)
        else:
            # A table is drawn cell by cell. A raised mark on a row of its own is no line.
            host.add(row, returns=drawn is not host and ink > LONGEST_MARK)
        drawn, ink = host or row, sum(not glyph.space for glyph in run)
    rows.sort(key=lambda row: row.tallest.y0)
    _split_at_columns(rows)
    lines = [line for row in rows if (line := _line(row.glyphs, page=page))]
    return sorted(lines, key=_top)


def _split_at_columns(rows: list[_Row]) -> None:
    """
    Mark cells that begin, after a narrow gutter, where a cell of a neighbouring row begins.

    Columns are aligned on the left: what stands beside other cells, and begins exactly under or
    above one, is a cell of its own.
    """
    starts = [_starts(row) for row in rows]
    for at, row in enumerate(rows):
        if not starts[at]:
            continue
        near = {
            x
            for other in range(max(0, at - 3), min(len(rows), at + 4))
            if other != at and abs(rows[other].tallest.size - row.tallest.size) < 0.3
            for x in starts[other]
        }
        right = row.glyphs[0].x0
        for glyph in _left_to_right(row.glyphs):
            if glyph.space:
                continue
            if glyph.x0 - right > GUTTER * glyph.size and any(
                abs(glyph.x0 - x) < 0.3 for x in near
            ):
                glyph.returns = True
            right = max(right, glyph.x1)


def _starts(row: _Row) -> list[float]:
    """Left edges of a row's cells but the first."""
    starts: list[float] = []
    right: float | None = None
    for glyph in _left_to_right(row.glyphs):
        if glyph.space:
            continue
        if right is not None and (
            glyph.x0 - right > CELL_GAP * glyph.size or (glyph.returns and glyph.x0 > right - 0.5)
        ):
            starts.append(glyph.x0)
        right = glyph.x1 if right is None else max(right, glyph.x1)
    return starts


def _top(line: Line) -> float:
    """The upper edge of a line's box."""
    return line.box.y0 if line.box else 0.0


def _runs(glyphs: list[_Glyph]) -> list[list[_Glyph]]:
    """Characters cut where the next one is not on the same line or steps back."""
    runs: list[list[_Glyph]] = []
    last: _Glyph | None = None
    for glyph in glyphs:
        if glyph.space:
            # Spaces that pdfium makes up have no height of their own.
            if runs:
                runs[-1].append(glyph)
            continue
        if last and _overlap(last, glyph) and glyph.x0 >= last.x0 - 0.3 * last.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
        last = glyph
    return runs


def _overlap(one: _Glyph, other: _Glyph) -> bool:
    """Two characters share a line: their heights overlap by more than half of the lower one."""
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared > (1 - SAME_LINE) * min(one.y1 - one.y0, other.y1 - other.y0)


def _line(row: list[_Glyph], *, page: int) -> Line | None:
    """One printed line from its characters, None when it prints nothing."""
    ink = [glyph for glyph in row if not glyph.space]
    if not ink:
        return None
    ordered = _left_to_right(row)
    size = median(glyph.size for glyph in ink)
    size = max(size, median(glyph.size for glyph in ink if glyph.size >= size))
    cells, marks, text = _cells(ordered, size, ink)
    if not text:
        return None
    return Line(
        text=text,
        page=page,
        box=Box(
            page=page,
            x0=round(min(glyph.x0 for glyph in ink), 1),
            y0=round(min(glyph.y0 for glyph in ink), 1),
            x1=round(max(glyph.x1 for glyph in ink), 1),
            y1=round(max(glyph.y1 for glyph in ink), 1),
        ),
        size=round(size, 1),
        bold=sum(glyph.bold for glyph in ink) * 2 > len(ink),
        italic=sum(glyph.italic for glyph in ink) * 2 > len(ink),
        indent=round(ink[0].x0, 1),
        marks=marks,
        cells=cells,
    )


def _left_to_right(row: list[_Glyph]) -> list[_Glyph]:
    """The row's runs from left to right: columns may have been filled one after the other."""
    runs: list[list[_Glyph]] = [[row[0]]]
    last = row[0]
    for glyph in row[1:]:
        if not glyph.space:
            if glyph.x0 < last.x0 - last.size:
                runs.append([])
            last = glyph
        runs[-1].append(glyph)
    return [glyph for run in sorted(runs, key=lambda run: run[0].x0) for glyph in run]


def _cells(
    row: list[_Glyph], size: float, ink: list[_Glyph]
) -> tuple[tuple[Cell, ...], tuple[tuple[int, int], ...], str]:
    """A row's cells, its raised marks as offsets into the text, and the text."""
    groups: list[list[_Glyph]] = [[]]
    right = ink[0].x0
    for glyph in row:
        if not glyph.space:
            wide = glyph.x0 - right > CELL_GAP * size
            if groups[-1] and (wide or (glyph.returns and glyph.x0 > right - 0.5)):
                groups.append([])
            right = max(right, glyph.x1)
        if groups[-1] or not glyph.space:
            groups[-1].append(glyph)
    chars: list[str] = []
    raised: list[int] = []
    cells: list[Cell] = []
    for group in groups:
        if chars and chars[-1] != " ":
            chars.append(" ")
        cells.append(_cell(group, chars, raised))
    text = "".join(chars).rstrip()
    return tuple(cells), _spans(raised), text


def _cell(group: list[_Glyph], chars: list[str], raised: list[int]) -> Cell:
    """One cell; its characters and raised places are added to those of the line."""
    ink = [glyph for glyph in group if not glyph.space]
    tall = max(glyph.size for glyph in ink)
    size = median(glyph.size for glyph in ink if glyph.size >= RAISED_SIZE * tall)
    base = median(glyph.y1 for glyph in ink if glyph.size >= RAISED_SIZE * tall)
    start = len(chars)
    for glyph in group:
        if glyph.space:
            if chars and chars[-1] != " ":
                chars.append(" ")
            continue
        small = glyph.size < RAISED_SIZE * size and glyph.y1 < base - 0.05 * size
        for char in clean(glyph.char):
            if small:
                raised.append(len(chars))
            chars.append(char)
    return Cell(
        text="".join(chars[start:]).strip(),
        x0=round(ink[0].x0, 1),
        x1=round(max(glyph.x1 for glyph in ink), 1),
        size=round(size, 1),
        bold=sum(glyph.bold for glyph in ink) * 2 > len(ink),
    )


def _spans(places: list[int]) -> tuple[tuple[int, int], ...]:
    """Neighbouring places as spans."""
    spans: list[tuple[int, int]] = []
    for place in places:
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return tuple(spans)


@lru_cache(maxsize=8192)
def clean(text: str) -> str:
    """Ligatures opened, invisible characters dropped, every space one plain space."""
    opened = "".join(
        unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufb06" else char
        for char in text.translate(PRINTED)
    )
    return _SPACES.sub(" ", opened).replace("\u2010", "-").replace("\u2011", "-")
