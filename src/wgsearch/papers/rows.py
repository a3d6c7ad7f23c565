"""
Characters of a page -> rows: what stands beside each other is one row, read in its direction.

Why arrays: a page has three thousand characters and fifty lines; what is asked of every
character is asked of all of them at once, and Python works on pieces of lines only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.papers.directions import (
    RIGHT_TO_LEFT,
    Sign,
    directions,
    has_leftward,
    is_leftward,
    reading_order,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Places = NDArray[np.intp]

# A gap of this many letter heights separates cells: word spaces of justified lines stay
# below one height in all papers seen, columns of tables and mastheads are wider.
CELL_GAP = 1.6
# Wider than the space between words, in letter heights: a gutter between two columns.
GUTTER = 0.35
# Raised marks that stand on a row of their own have at most this many characters.
LONGEST_MARK = 8
# Characters whose middle lies within this share of the height of the line are on it.
SAME_LINE = 0.55
# Content order is nearly reading order: only the columns of a table or a masthead come
# back to a line, and never from farther than this many lines.
FAR = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """
    The printed characters of a page in content order, spaces left out.

    All arrays have one value a character, *Shape:* (characters,).

    Attributes:
        codes: Unicode code points, uint32.
        x0: Left edges in points from the page's left, float64, as the page is shown.
        y0: Upper edges in points from the page's top; y grows downwards.
        x1: Right edges.
        y1: Lower edges.
        size: Type sizes in points.
        bold: Set in a bold font.
        italic: Set in an italic font.
        spaced: A space follows the character.
    """

    codes: NDArray[np.uint32]
    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    size: Floats
    bold: Flags
    italic: Flags
    spaced: Flags

    def __len__(self) -> int:
        """Number of characters."""
        return len(self.codes)

    def take(self, order: Places) -> Glyphs:
        """The characters in another order."""
        return Glyphs(**{name: getattr(self, name)[order] for name in self.__slots__})


@dataclass(slots=True)
class _Row:
    """Runs side by side on one line, and the tallest character of them."""

    runs: list[int]
    y0: float
    y1: float
    height: float
    size: float
    spans: list[tuple[float, float]]

    def beside(self, left: float, right: float) -> bool:
        """What reaches from *left* to *right* stands beside, not on, what the row holds."""
        return all(right < x0 + 0.5 or left > x1 - 0.5 for x0, x1 in self.spans)


@dataclass(frozen=True, slots=True)
class Rows:
    """
    Characters of a page in reading order, row after row.

    Attributes:
        glyphs: The characters.
        first: Place of each row's first character. *Shape:* (rows,).
        size: Type size of each row's tallest character. *Shape:* (rows,).
        gap: Space to what stands left of it in its row, 0 for the first. *Shape:* (characters,).
        cell: The character begins a cell for certain: the typesetter came back to its line.
        leftward: The row is read from the right. *Shape:* (rows,).
    """

    glyphs: Glyphs
    first: Places
    size: list[float]
    gap: Floats
    cell: Flags
    leftward: Flags


def _runs(glyphs: Glyphs, ways: NDArray[np.int8] | None) -> Places:
    """
    Where a character is not on the line of the one before it or steps back.

    Args:
        glyphs: The characters.
        ways: How their scripts run; None where all run to the right.
    """
    height = glyphs.y1 - glyphs.y0
    shared = np.minimum(glyphs.y1[1:], glyphs.y1[:-1]) - np.maximum(glyphs.y0[1:], glyphs.y0[:-1])
    same = shared > (1 - SAME_LINE) * np.minimum(height[1:], height[:-1])
    onward = glyphs.x0[1:] >= glyphs.x0[:-1] - 0.3 * glyphs.size[:-1]
    if ways is not None:
        leftward = (ways[1:] == RIGHT_TO_LEFT) | (ways[:-1] == RIGHT_TO_LEFT)
        onward |= leftward & (glyphs.x1[1:] <= glyphs.x1[:-1] + 0.3 * glyphs.size[:-1])
    return np.concatenate(([0], np.flatnonzero(~(same & onward)) + 1))


def make_rows(glyphs: Glyphs) -> Rows:
    """Runs that stand side by side, as rows from the top of the page."""
    ways = directions(glyphs.codes) if has_leftward(glyphs.codes) else None
    starts = _runs(glyphs, ways)
    ends = np.append(starts[1:], len(glyphs))
    height = glyphs.y1 - glyphs.y0
    highest = np.flatnonzero(
        height == np.repeat(np.maximum.reduceat(height, starts), ends - starts)
    )
    tallest = highest[np.searchsorted(highest, starts)]
    returns = np.zeros(len(glyphs), dtype=bool)
    rows = _gathered(
        starts.tolist(),
        ends.tolist(),
        np.stack(
            (
                glyphs.x0[starts] if ways is None else np.minimum.reduceat(glyphs.x0, starts),
                np.maximum.reduceat(glyphs.x1, starts),
                glyphs.y0[tallest],
                glyphs.y1[tallest],
                glyphs.size[tallest],
            ),
            axis=1,
        ).tolist(),
        returns,
    )
    rows.sort(key=lambda row: row.y0)
    order, first = _order(glyphs, rows, starts, ends)
    leftward = np.zeros(len(rows), dtype=bool)
    if ways is not None:
        order = np.arange(len(glyphs)) if order is None else order
        drawn = [[np.arange(starts[run], ends[run]) for run in row.runs] for row in rows]
        leftward[:] = _turn(glyphs, ways, drawn, order, returns)
    if order is not None:
        glyphs, returns = glyphs.take(order), returns[order]
    # The right edge reached so far in a row: rows are set apart so that one pass serves all.
    apart = np.repeat(
        np.arange(len(first)) * (float(glyphs.x1.max() - glyphs.x0.min()) + 1.0),
        np.diff(first, append=len(glyphs)),
    )
    reached = np.maximum.accumulate(glyphs.x1 + apart) - apart
    gap = np.empty(len(glyphs))
    gap[1:] = glyphs.x0[1:] - reached[:-1]
    gap[first] = 0.0
    turned = np.repeat(leftward, np.diff(first, append=len(glyphs)))
    returns &= (gap > -0.5) | turned
    gap[turned] = 0.0
    returns[first] = False
    return Rows(glyphs, first, [row.size for row in rows], gap, returns, leftward)


def _turn(
    glyphs: Glyphs,
    ways: NDArray[np.int8],
    rows: list[list[Places]],
    order: Places,
    returns: Flags,
) -> list[bool]:
    """
    Put right-to-left rows in reading order, and tell which rows they are.

    Args:
        glyphs: The characters; brackets and spaces of turned rows are set in them.
        ways: How their scripts run.
        rows: Characters of each row, piece by piece as they were drawn.
        order: Reading order of the page, row after row; set for turned rows.
        returns: Where cells begin; set for turned rows.
    """
    page = is_leftward(ways, glyphs.codes, page=False)
    turned: list[bool] = []
    first = 0
    for row in rows:
        own = np.concatenate(row)
        turned.append(is_leftward(ways[own], glyphs.codes[own], page=page))
        if turned[-1]:
            cells = reading_order([_signs(glyphs, ways, run) for run in row], cell_gap=CELL_GAP)
            returns[own] = False
            returns[[cell[0].at for cell in cells]] = True
            order[first : first + len(own)] = _settle(glyphs, cells)
        first += len(own)
    return turned


def _signs(glyphs: Glyphs, ways: NDArray[np.int8], run: Places) -> list[Sign]:
    """Characters of a run one by one."""
    fields = (run, ways[run], glyphs.x0[run], glyphs.x1[run], glyphs.size[run], glyphs.spaced[run])
    return [
        Sign(at, chr(code), way, x0, x1, size, spaced)
        for code, at, way, x0, x1, size, spaced in zip(
            glyphs.codes[run].tolist(), *(field.tolist() for field in fields), strict=True
        )
    ]


def _settle(glyphs: Glyphs, cells: list[list[Sign]]) -> list[int]:
    """The order of a right-to-left row; its brackets and spaces are set in the glyphs."""
    order = []
    for sign in (sign for cell in cells for sign in cell):
        glyphs.codes[sign.at] = ord(sign.char)
        glyphs.spaced[sign.at] = sign.spaced
        order.append(sign.at)
    return order


def _gathered(
    starts: list[int], ends: list[int], edges: list[list[float]], returns: Flags
) -> list[_Row]:
    """
    Runs as rows in the order of their first runs.

    Args:
        starts: First character of each run.
        ends: End of each run.
        edges: Left, right, top, foot and size of each run.
        returns: Set where a character begins a cell that was drawn after other lines.
    """
    rows: list[_Row] = []
    drawn: _Row | None = None
    ink = 0
    for at, (left, right, y0, y1, size) in enumerate(edges):
        height = y1 - y0
        host = None
        for row in rows[: -FAR - 1 : -1]:
            if row.y1 <= y0 or y1 <= row.y0:
                continue
            shared = min(row.y1, y1) - max(row.y0, y0)
            if shared > (1 - SAME_LINE) * min(row.height, height) and row.beside(left, right):
                host = row
                break
        if host is None:
            host = _Row([at], y0, y1, height, size, [(left, right)])
            rows.append(host)
        else:
            # A table is drawn cell by cell. A raised mark on a row of its own is no line.
            if drawn is not host and ink > LONGEST_MARK:
                returns[starts[host.runs[0]]] = returns[starts[at]] = True
            host.runs.append(at)
            host.spans.append((left, right))
            if height > host.height:
                host.y0, host.y1, host.height, host.size = y0, y1, height, size
        drawn, ink = host, ends[at] - starts[at]
    return rows


def _order(
    glyphs: Glyphs, rows: list[_Row], starts: Places, ends: Places
) -> tuple[Places | None, Places]:
    """
    Reading order of the characters, None when it is content order; each row's first place.

    A row's runs are put from left to right: columns may have been filled one after the other.
    """
    runs = [run for row in rows for run in row.runs]
    lengths = (ends - starts)[runs]
    row_of_run = np.repeat(np.arange(len(rows)), [len(row.runs) for row in rows])
    counts = np.bincount(row_of_run, weights=lengths, minlength=len(rows)).astype(np.intp)
    first = np.concatenate(([0], np.cumsum(counts)[:-1]))
    drawn = None
    if runs != list(range(len(starts))):
        drawn = _ranges(starts[runs], lengths)
        glyphs = glyphs.take(drawn)
    back = np.zeros(len(glyphs), dtype=bool)
    back[1:] = glyphs.x0[1:] < glyphs.x0[:-1] - glyphs.size[:-1]
    back[first] = True
    pieces = np.flatnonzero(back)
    if len(pieces) == len(rows):
        return drawn, first
    row_of_piece = np.searchsorted(first, pieces, side="right")
    sizes = np.diff(pieces, append=len(glyphs))
    sort = np.lexsort((glyphs.x0[pieces], row_of_piece))
    order = _ranges(pieces[sort], sizes[sort])
    return (order if drawn is None else drawn[order]), first


def _ranges(starts: Places, lengths: Places) -> Places:
    """The places of several ranges, one range after the other."""
    before = np.cumsum(lengths) - lengths
    places: Places = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
    return places


def split_at_columns(rows: Rows) -> None:
    """
    Mark cells that begin, after a narrow gutter, where a cell of a neighbouring row begins.

    Columns are aligned on the left: what stands beside other cells, and begins exactly under or
    above one, is a cell of its own.
    """
    glyphs = rows.glyphs
    row_of = np.searchsorted(rows.first, np.arange(len(glyphs)), side="right") - 1
    begins = rows.cell | (rows.gap > CELL_GAP * glyphs.size)
    starts: dict[int, list[float]] = {}
    places = np.flatnonzero(begins)
    for row, x in zip(row_of[places].tolist(), glyphs.x0[places].tolist(), strict=True):
        starts.setdefault(row, []).append(x)
    if len(starts) < 2:
        return
    gutters = np.flatnonzero((rows.gap > GUTTER * glyphs.size) & ~rows.cell)
    lefts = glyphs.x0[gutters].tolist()
    for place, row, left in zip(gutters.tolist(), row_of[gutters].tolist(), lefts, strict=True):
        if row in starts and any(
            abs(left - x) < 0.3
            for other in range(row - 3, row + 4)
            if other != row and other in starts
            if abs(rows.size[other] - rows.size[row]) < 0.3
            for x in starts[other]
        ):
            rows.cell[place] = True
