"""
masthead lines -> fields, and the blocks of what no field claims.

Why blocks: what is left of a masthead is names, headings and the title, each set as one
piece in one type; the letterhead stands beside the column of the fields, all else below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.papers.fields import (
    Fields,
    is_kind_line,
    is_meeting,
    is_session,
    is_united_nations,
    is_year_line,
    only_symbols,
    take,
)
from wgsearch.papers.items import parse_item_line
from wgsearch.papers.paper import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.paper import Line

# Letterheads (the organ's name) are set at least this much larger than the body, or stand
# beside the fields, in the upper part of the first page (points of an A4 or letter page).
LETTERHEAD = 1.4
LETTERHEAD_FOOT = 210.0
FIELDS_FOOT = 260.0
# So many lines without a field, and there are no more of them.
FIELDLESS = 16
# The column of the fields stands right of the middle of the page.
MIDDLE = 290.0
# A gap of this many letter heights separates two blocks of a masthead.
BLOCK_GAP = 0.45
# What the reader of Word papers calls the paragraphs of a page's head.
HEAD_STYLE = "head"
# Left edges and middles that differ by less, in points, belong to one column.
COLUMN = 25.0
# Running text fills most of a measure, in points, and its lines have more letters than this.
MEASURE = 320.0
TEXT_LETTERS = 60

# A hyphen at a line's end, but no hanging one (`science- and evidence-based`).
_PARTED = re.compile(r"(?<=[^\W\d_])- (?=[^\W\d_])(?!(?:and|or|to|et|ou|y|o|e|и|или)\b)")
_UNENDED = re.compile(r"\b(?:on|of|the|in|from|to|le|du|el|de)$")
_NOTE = re.compile(r"\*{1,4}\s?\S.*")
_NUMBERED_TITLE = re.compile(
    r"(?:decision |resolution )?[\w()\-]{1,12}/[\w.\-]{1,10}\. \S.*", re.IGNORECASE
)


@dataclass(slots=True)
class Piece:
    """A cell of a masthead line that no field has claimed yet."""

    text: str
    line: Line
    at: int
    x0: float
    size: float
    bold: bool


@dataclass(slots=True)
class Block:
    """Unclaimed pieces that belong together: same column, same type, no gap."""

    pieces: list[Piece]

    @property
    def text(self) -> str:
        """The block's words as one line; a word parted at a line's end is joined."""
        text = " ".join(piece.text for piece in self.pieces)
        return re.sub(r"\s+", " ", _PARTED.sub("-", text)).strip()

    @property
    def first(self) -> Piece:
        """Its first piece."""
        return self.pieces[0]

    @property
    def size(self) -> float:
        """Its type size, 0 where unknown."""
        return self.first.size

    @property
    def bold(self) -> bool:
        """Its type is bold."""
        return self.first.bold

    @property
    def end(self) -> int:
        """Index of the line after it."""
        return self.pieces[-1].at + 1


@dataclass(slots=True)
class Sorted:
    """
    A masthead cut up.

    Attributes:
        fields: What had a form of its own.
        letterhead: Pieces of the organ's name.
        blocks: Everything else, in order.
    """

    fields: Fields
    letterhead: list[Piece]
    blocks: list[Block]


def sort_pieces(zone: Sequence[Line], size: float | None) -> Sorted:
    """
    Fields, letterhead and blocks of the lines that a masthead may occupy.

    Args:
        zone: The lines.
        size: Size of body text, None where unknown.
    """
    claimed, pieces, (foot, left) = _claim(zone)
    letterhead: list[Piece] = []
    rest: list[Piece] = []
    for piece in pieces:
        if _is_noise(piece.text) or (not rest and _in_fields(piece, left)):
            continue
        named = _letterhead(piece, size, foot)
        named = named or (foot > 0 and bool(letterhead) and _same_name(letterhead[-1], piece, size))
        (letterhead if named else rest).append(piece)
    return Sorted(fields=claimed, letterhead=letterhead, blocks=_blocks(rest))


class _Column(NamedTuple):
    """The column of the fields: how far down it reaches, and its left edge, in points."""

    foot: float
    left: float


def _in_fields(piece: Piece, left: float) -> bool:
    """Under the fields, in their column, stand only more of them, in forms a scan has spoilt."""
    box = piece.line.box
    return box is not None and box.page == 1 and box.y1 < FIELDS_FOOT and piece.x0 > left - 10


def _claim(zone: Sequence[Line]) -> tuple[Fields, list[Piece], _Column]:
    """
    Fields of a form of their own, the pieces left over, and the column of the fields.

    A cover prints its symbol alone: it has no column of fields, so that they reach nowhere.
    """
    claimed = Fields()
    pieces: list[Piece] = []
    foot, left = 0.0, inf
    last = 0
    for at, line in enumerate(zone):
        if _past_masthead(line, pieces) or at - last > FIELDLESS:
            pieces.extend(
                _piece(Cell(text=each.text, x0=each.indent or 0.0, x1=0.0), each, index)
                for index, each in enumerate(zone[at:], start=at)
            )
            break
        if line.box is None and _NOTE.fullmatch(line.text):
            continue  # a note of the masthead, in a Word paper or a text
        cells = _cells(line)
        if at == 0 and len(cells) > 1 and any(only_symbols(cell.text) for cell in cells):
            # Beside the symbol stands the organization's name, whatever it is.
            cells = [cell for cell in cells if only_symbols(cell.text)]
        elif at == 0 and line.style == HEAD_STYLE and zone[1:] and only_symbols(zone[1].text):
            continue  # likewise: cells of a Word page's head come one after the other
        for cell in cells:
            loose = line.box is None and line.style is None
            rest = take(cell.text, claimed, left=cell.x0, loose=loose)
            field = rest != cell.text and not only_symbols(cell.text)
            if field and line.box is not None and line.page == 1 and line.box.y1 < FIELDS_FOOT:
                foot = max(foot, line.box.y0)
                left = min(left, cell.x0) if cell.x0 > MIDDLE else left
            last = at if rest != cell.text else last
            if rest:
                pieces.append(_piece(replace(cell, text=rest), line, at))
    return claimed, pieces, _Column(foot, left)


def _piece(cell: Cell, line: Line, at: int) -> Piece:
    """A cell with the type it is set in."""
    size = line.size if cell.size is None else cell.size
    bold = line.bold if cell.size is None else cell.bold
    return Piece(cell.text, line, at, cell.x0, size or 0.0, bold)


def _past_masthead(line: Line, pieces: Sequence[Piece]) -> bool:
    """A line that can only be body: long running text over most of a measure."""
    text = line.text
    return (
        len(text) > TEXT_LETTERS
        and bool(pieces)
        and not line.bold
        and len(line.cells) < 2
        and text[-1].islower()
        and line.page == 1
        and line.size is not None
        and line.box is not None
        and line.box.x1 - line.box.x0 > MEASURE
        and not is_session(text)
        and bool(re.search(r"[a-z]{3}.*[a-z]{3}", text))
    )


def _cells(line: Line) -> list[Cell]:
    """The line's cells; a symbol split over two cells is one."""
    if not line.cells:
        return [Cell(text=line.text, x0=line.indent or 0.0, x1=0.0)]
    merged: list[Cell] = []
    for cell in line.cells:
        if merged and cell.text.startswith("/") and re.fullmatch(r"[A-Z]{1,5}", merged[-1].text):
            merged[-1] = replace(merged[-1], text=merged[-1].text + cell.text)
        elif cell.text:
            merged.append(cell)
    return merged


def _is_noise(text: str) -> bool:
    """No two letters beside one another and no number: rules, stamps, specks of a scan."""
    worded = any(a.isalpha() and b.isalpha() for a, b in pairwise(text))
    numbered = any(char.isdigit() for char in text) and (len(text) > 2 or text.endswith("."))
    return not worded and not numbered


def _letterhead(piece: Piece, size: float | None, foot: float) -> bool:
    """The organ's name: beside the fields or in large type at the top, or in a Word page's head."""
    line = piece.line
    if is_united_nations(piece.text) or line.style == HEAD_STYLE:
        return True
    if re.fullmatch(r"[A-Z]{1,4}", piece.text) and piece.at < 4:  # initials of old letterheads
        return True
    if line.box is None or line.page != 1 or not foot:
        return False
    if parse_item_line(piece.text) or is_meeting(piece.text):  # some bodies print them beside
        return False
    large = size is not None and piece.size >= LETTERHEAD * size
    return line.box.y0 <= foot or (large and line.box.y0 < LETTERHEAD_FOOT)


def _same_name(above: Piece, piece: Piece, size: float | None) -> bool:
    """The next cell or line of a letterhead, in its type, which is not that of the text."""
    larger = size is not None and piece.size > 1.1 * size
    return larger and abs(piece.size - above.size) < 0.8 and piece.at - above.at <= 1  # points


def _blocks(pieces: Sequence[Piece]) -> list[Block]:
    """Pieces that belong together."""
    blocks: list[Block] = []
    for piece in pieces:
        # A masthead of two columns comes line by line: the block above may be the last but one.
        above = blocks[:-3:-1] if piece.line.box else blocks[-1:]
        block = next((each for each in above if _continues(each, piece)), None)
        if block:
            block.pieces.append(piece)
        else:
            blocks.append(Block([piece]))
    return blocks


def _continues(block: Block, piece: Piece) -> bool:
    """A piece goes on with the block above: next line, same column and type, no field."""
    above = block.pieces[-1]
    # A line of the fields may stand between.
    if piece.line.page != above.line.page or not 0 < piece.at - above.at <= 2:
        return False
    if _changes_case(above.text, piece.text):
        return False
    # A date after `on` ends a sentence (`Adopted ... at its 5th meeting, on` / `3 June 2024`).
    unended = bool(_UNENDED.search(above.text)) and len(block.text) > TEXT_LETTERS // 2
    if not unended and (_stands_alone(piece.text) or _stands_alone(above.text)):
        return False
    if piece.line.box is None or above.line.box is None:
        # In plain text a blank line parts blocks; Word papers keep one block a paragraph.
        return piece.line.style is None and piece.line.gap == 0.0 and _goes_on(above, piece)
    step = (piece.line.box.y0 - above.line.box.y0) / max(above.size, 1.0)
    same = above.bold == piece.bold and abs(above.size - piece.size) < 0.8  # points
    same = same and above.line.italic == piece.line.italic
    middle = (piece.line.box.x0 + piece.line.box.x1) - (above.line.box.x0 + above.line.box.x1)
    aligned = abs(piece.x0 - above.x0) < COLUMN or abs(middle) < COLUMN
    hanging = bool(_NUMBERED_TITLE.fullmatch(block.first.text)) and piece.x0 > above.x0
    return same and step < 1.2 + BLOCK_GAP and (aligned or hanging)


def _changes_case(above: str, below: str) -> bool:
    """A line in capitals and one in small letters are two names or headings."""
    words = min(len(re.findall(r"[^\W\d_]{2,}", each)) for each in (above, below))
    return words > 1 and above.isupper() != below.isupper()


def _goes_on(above: Piece, piece: Piece) -> bool:
    """A line of plain text that is the rest of the one above, which fills its measure."""
    if is_kind_line(piece.text):
        return False
    return piece.text[:1].islower() or len(above.text) > TEXT_LETTERS // 2


def _stands_alone(text: str) -> bool:
    """A line that is a session, a year, a meeting or an item is never part of a block."""
    if is_year_line(text) and len(text.split()) < 4:  # `Eightieth year`
        return True
    return is_session(text) or is_meeting(text) or parse_item_line(text) is not None
