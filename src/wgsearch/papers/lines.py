"""
Rows of characters -> Lines: text, cells, raised marks and box, all of the same characters.

Why arrays: text and boxes of a page are made at once, and Python works on lines and cells only.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.papers.paper import Box, Cell, Line
from wgsearch.papers.rows import CELL_GAP, make_rows, split_at_columns

if TYPE_CHECKING:
    from wgsearch.papers.rows import Flags, Floats, Glyphs, Places, Rows

# Smaller than this share of the line's letters, and raised: a footnote mark.
RAISED_SIZE = 0.8


def make_lines(glyphs: Glyphs, *, page: int) -> tuple[Line, ...]:
    """
    The printed lines of a page, from its top to its foot.

    Args:
        glyphs: Its characters.
        page: Its number, for the lines' boxes.
    """
    if not len(glyphs):
        return ()
    rows = make_rows(glyphs)
    split_at_columns(rows)
    return tuple(sorted(_lines(rows, page), key=_top))


def _top(line: Line) -> float:
    """The upper edge of a line's box."""
    return line.box.y0 if line.box else 0.0


def _lines(rows: Rows, page: int) -> list[Line]:
    """Rows with their text, cells and marks."""
    glyphs, first = rows.glyphs, rows.first
    ends = np.append(first[1:], len(glyphs))
    sizes = _sizes(glyphs.size, first, ends)
    begins = rows.cell | (rows.gap > CELL_GAP * np.repeat(sizes, ends - first))
    begins[first] = True
    text, place = _text(glyphs, begins, first)
    cells = _cells(rows, np.flatnonzero(begins), text, place)
    done = 0
    counts = np.add.reduceat(begins, first, dtype=np.intp).tolist()
    boxes = np.stack(
        (
            np.minimum.reduceat(glyphs.x0, first),
            np.minimum.reduceat(glyphs.y0, first),
            np.maximum.reduceat(glyphs.x1, first),
            np.maximum.reduceat(glyphs.y1, first),
        ),
        axis=1,
    )
    bold = _mostly(glyphs.bold, first, ends)
    italic = _mostly(glyphs.italic, first, ends)
    indents = np.where(rows.leftward, boxes[:, 0], glyphs.x0[first]).round(1).tolist()
    printed = sizes.round(1).tolist()
    letters = place[first].tolist()
    stops = (place[ends - 1] + 1).tolist()
    lines: list[Line] = []
    for at, (x0, y0, x1, y1) in enumerate(boxes.round(1).tolist()):
        own = cells[done : done + counts[at]]
        done += counts[at]
        begin = letters[at]
        raised = [mark - begin for cell in own for mark in cell.raised]
        lines.append(
            Line(
                text=text[begin : stops[at]],
                page=page,
                box=Box(page=page, x0=x0, y0=y0, x1=x1, y1=y1),
                size=printed[at],
                bold=bold[at],
                italic=italic[at],
                indent=indents[at],
                marks=_spans(raised) if raised else (),
                cells=tuple(cell.cell for cell in own),
            )
        )
    return lines


def _mostly(flags: Flags, first: Places, ends: Places) -> list[bool]:
    """More than half of the characters of each row or cell."""
    found: list[bool] = (np.add.reduceat(flags, first, dtype=np.intp) * 2 > ends - first).tolist()
    return found


def _sizes(size: Floats, first: Places, ends: Places) -> Floats:
    """The size that most characters of each row are set in; of two equal halves the larger."""
    sizes = np.minimum.reduceat(size, first)
    mixed = np.flatnonzero(sizes != np.maximum.reduceat(size, first)).tolist()
    for at in mixed:
        own = size[first[at] : ends[at]].tolist()
        middle = median(own)
        sizes[at] = max(middle, median(each for each in own if each >= middle))
    return sizes


def _text(glyphs: Glyphs, begins: Flags, first: Places) -> tuple[str, Places]:
    """The page's text, one space between words and cells, and the place of each character."""
    space = np.empty(len(glyphs), dtype=bool)
    space[0] = False
    space[1:] = glyphs.spaced[:-1]
    space |= begins
    space[first] = False
    place: Places = np.arange(len(glyphs)) + np.cumsum(space)
    out = np.full(int(place[-1]) + 1, ord(" "), dtype="<u4")
    out[place] = glyphs.codes
    return out.tobytes().decode("utf-32-le", "replace"), place


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell, and the places of its raised characters in the page's text."""

    cell: Cell
    raised: list[int]


def _cells(rows: Rows, first: Places, text: str, place: Places) -> list[_Cell]:
    """The cells of a page with their raised characters."""
    glyphs = rows.glyphs
    ends = np.append(first[1:], len(glyphs))
    tall = np.maximum.reduceat(glyphs.size, first).tolist()
    low = np.minimum.reduceat(glyphs.size, first).tolist()
    edges = glyphs.x0[first]
    if rows.leftward.any():
        edges = np.minimum.reduceat(glyphs.x0, first)
    lefts = edges.round(1).tolist()
    rights = np.maximum.reduceat(glyphs.x1, first).round(1).tolist()
    bold = _mostly(glyphs.bold, first, ends)
    letters = place[first].tolist()
    stops = (place[ends - 1] + 1).tolist()
    cells: list[_Cell] = []
    raised: list[int]
    for at, largest in enumerate(tall):
        size, raised = largest, []
        if low[at] != largest:
            own = slice(int(first[at]), int(ends[at]))
            size, marks = _raised(glyphs.size[own], glyphs.y1[own], largest)
            raised = place[own][marks].tolist()
        cell = Cell(
            text=text[letters[at] : stops[at]],
            x0=lefts[at],
            x1=rights[at],
            size=round(size, 1),
            bold=bold[at],
        )
        cells.append(_Cell(cell, raised))
    return cells


def _raised(sizes: Floats, feet: Floats, tall: float) -> tuple[float, Flags]:
    """The size of a cell's letters, and which of its characters are small and above the line."""
    letters = sizes >= RAISED_SIZE * tall
    size, base = median(sizes[letters].tolist()), median(feet[letters].tolist())
    return size, (sizes < RAISED_SIZE * size) & (feet < base - 0.05 * size)


def _spans(places: list[int]) -> tuple[tuple[int, int], ...]:
    """Neighbouring places as spans."""
    spans: list[tuple[int, int]] = []
    for place in places:
        if spans and spans[-1][1] == place:
            spans[-1] = (spans[-1][0], place + 1)
        else:
            spans.append((place, place + 1))
    return tuple(spans)
