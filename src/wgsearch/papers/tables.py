"""
lines -> table rows: which lines stand side by side with others, and what makes one row.

Why before paragraphs: a cell set over several lines would come out as scraps of prose, and
its last line as a paragraph of its own.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.paper import Line

# More than this many letter heights above a line begin a new piece of text: paragraphs are
# set apart by half a line (0.5 to 0.6), rounding and raised marks stay below 0.2.
BLOCK_GAP = 0.3
# Rows are set apart by at least this much more than the lines within a cell.
ROW_GAP = 0.1
# A line that begins this many points to the right of an edge is indented.
INDENT = 9.0
# Cells of a column begin within this many points of one another.
ALIGNED = 1.5
# A row whose first cell alone is filled (a date of a timetable) is set apart by less than this.
SPAN_GAP = 1.0

LABEL = re.compile(
    r"(?:\d{1,3}\.(?:\s|$)|\d{1,3}\.\d{1,3}\.?\s|\([a-z]{1,2}\)\s|\([ivx]{1,5}\)\s|[a-z]\)\s|[•●▪▫◦‣■□➢\uf02d\uf0a7\uf0b7\uf0d8]\s?|[–—]\s)"
)


def find_rows(lines: Sequence[Line]) -> list[list[int]]:
    """
    Rows of all tables.

    Args:
        lines: Body lines in reading order.

    Returns:
        A list a row: the places of its lines.
    """
    rows: list[list[int]] = []
    for table in _tables(lines):
        rows.extend(_rows(lines, table))
    return rows


def row_cells(row: Sequence[Line]) -> list[list[str]]:
    """Cells of a row from left to right; each is the list of its lines."""
    columns: list[float] = []
    for start in sorted(cell.x0 for line in row for cell in line.cells):
        if not columns or start - columns[-1] > INDENT:
            columns.append(start)
    cells: list[list[str]] = [[] for _ in columns]
    for line in row:
        for cell in line.cells:
            at = max((n for n, edge in enumerate(columns) if cell.x0 > edge - INDENT), default=0)
            if cell.text:
                cells[at].append(cell.text)
    return cells


def _tables(lines: Sequence[Line]) -> list[list[int]]:
    """Places of the lines of each table, cells that are set over several lines included."""
    sure = _side_by_side(lines)
    tables: list[list[int]] = []
    for at, line in enumerate(lines):
        table = tables[-1] if tables and tables[-1][-1] == at - 1 else None
        if at in sure:
            if table is None:
                table = [at - 1] if _head_above(lines, at) else []
                tables.append(table)
            table.append(at)
        elif table is not None and (
            _in_column(line, table, lines) or (at + 1 in sure and _spans(at, table, lines))
        ):
            table.append(at)
    return tables


def _side_by_side(lines: Sequence[Line]) -> frozenset[int]:
    """Places of lines of two or more cells that stand beside others of that kind."""

    def wide(line: Line) -> bool:
        cells = [cell for cell in line.cells if cell.text]
        numbered = bool(LABEL.match(line.text)) and len(cells) == 2  # a number and its text
        return (len(cells) > 1 or line.style == "table") and not numbered

    flags = [wide(line) for line in lines]
    found = set()
    for at, flag in enumerate(flags):
        near = flags[max(0, at - 2) : at] + flags[at + 1 : at + 3]
        alone = not any(near) and len(lines[at].cells) < 3 and lines[at].style is None
        if flag and not alone:  # three columns are no prose
            found.add(at)
    return frozenset(found)


def _columns(table: Sequence[int], lines: Sequence[Line]) -> list[float]:
    """Left edges of a table's cells."""
    return sorted({cell.x0 for at in table for cell in lines[at].cells})


def _solid(line: Line) -> bool:
    """A line is set solid under the one above; places are known."""
    return line.box is not None and line.gap is not None and line.gap <= BLOCK_GAP


def _like(one: Line, other: Line) -> bool:
    """Two lines are set in one size."""
    return abs((one.size or 0) - (other.size or 0)) < 0.3


def _in_column(line: Line, table: Sequence[int], lines: Sequence[Line]) -> bool:
    """A single cell under a table: it begins at one of its columns and does not leave it."""
    if not _solid(line) or not _like(line, lines[table[-1]]) or len(line.cells) != 1:
        return False
    cell = line.cells[0]
    columns = _columns(table, lines)
    later = [edge for edge in columns if edge > cell.x0 + ALIGNED]
    aligned = any(abs(edge - cell.x0) < ALIGNED for edge in columns)
    return aligned and (cell.x1 <= later[0] if later else cell.x0 > columns[0] + INDENT)


def _spans(at: int, table: Sequence[int], lines: Sequence[Line]) -> bool:
    """A row of which the first cell alone is filled, set as the row below it is."""
    line = lines[at]
    if line.gap is None or line.gap > SPAN_GAP or len(line.cells) != 1 or line.bold:
        return False
    columns = _columns(table, lines)
    return (
        abs(line.cells[0].x0 - columns[0]) < ALIGNED
        and len(columns) > 1
        and line.cells[0].x1 <= columns[1]
        and _like(line, lines[at + 1])
    )


def _head_above(lines: Sequence[Line], at: int) -> bool:
    """The line above a table's first row is the beginning of one of that row's cells."""
    if at == 0 or not _solid(lines[at]) or not _like(lines[at - 1], lines[at]):
        return False
    above = lines[at - 1].cells
    columns = [cell.x0 for cell in lines[at].cells[1:]]
    return len(above) == 1 and any(abs(above[0].x0 - edge) < ALIGNED for edge in columns)


def _rows(lines: Sequence[Line], table: Sequence[int]) -> list[list[int]]:
    """
    The lines of a table row by row.

    Typesetters set rows apart by more space than the lines of a cell. Where a table does not,
    a row begins with its first cell, or where each of its cells begins as a sentence does.
    """
    edge = _columns(table, lines)[0]
    first = {at for at in table if lines[at].cells[0].x0 <= edge + INDENT}
    closest = min((gap for at in table[1:] if (gap := lines[at].gap) is not None), default=0.0)
    solid = [at for at in table[1:] if not _apart(lines[at], closest)]
    spaced = (
        any(at not in first for at in solid)
        and any(at in first and at not in solid for at in table[1:])
        and not any(at in first and _sentences(lines[at]) for at in solid)
    )
    rows = [[table[0]]]
    for above, at in pairwise(table):
        if spaced:
            starts = at not in solid
        elif not (_solid(lines[at]) and lines[above].style is None):
            starts = True
        else:
            starts = at in first or _sentences(lines[at])
        if starts and not (above == table[0] and _head_above(lines, at)):
            rows.append([at])
        else:
            rows[-1].append(at)
    return rows


def _sentences(line: Line) -> bool:
    """Two or more cells that all begin as sentences do."""
    return len(line.cells) > 1 and all(
        cell.text[:1].isupper() or cell.text[:1].isdigit() for cell in line.cells
    )


def _apart(line: Line, closest: float) -> bool:
    """A line is set apart from the one above; the first of a page counts."""
    return line.gap is None or line.gap > closest + ROW_GAP
