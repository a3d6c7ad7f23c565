"""
Lines -> units: what was set as one piece of an agenda.

Why not the paragraphs of the paper: there the next number opens a paragraph; here it opens
an item, and a line of the list, an entry of documentation or a row of a table is a piece of
its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wgsearch.agenda import wording
from wgsearch.agenda.labels import find_label, find_letter, is_roman
from wgsearch.papers.words import Words, is_broken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.paper import Line

# Paragraphs are set apart by half a line (0.5 to 0.6), lines of one by less than this.
PARAGRAPH_GAP = 0.3
# Lines of a text that is wrapped by hand end before this many characters.
WRAPPED = 140
# A size differs by more than rounding, in points.
SIZE_STEP = 0.6
# The end of a text, long enough for its last word and mark.
TAIL = 16
# Cells of a column begin within this many points of one another.
ALIGNED = 6.0

_RAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ENDS = re.compile(r"[.?!:;。）)\]*_]['”\"’»]*$")
_LEAST_DOTS = 4
_PAGE_DIGITS = 3


@dataclass(slots=True, kw_only=True)
class Unit:
    """
    A piece of an agenda.

    Attributes:
        text: Its words; marks of notes removed.
        calls: Marks of the notes it calls, each with its place in the text.
        lines: Its lines, words only, for titles that a text runs on from.
        cells: Cells of a table's row, None for running text.
        bold: Set in bold.
        italic: Set in italics.
        size: Size of its first line in points, None where unknown.
        indent: Left edge of its first line, None where unknown.
        page: Page of its first line.
        at: Place of its first line among the paper's.
        leaders: It was a line of a table of contents.
        edges: Left edges of its cells.
    """

    text: str
    bold: bool
    italic: bool
    size: float | None
    indent: float | None
    page: int
    at: int
    calls: list[tuple[int, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    cells: tuple[str, ...] | None = None
    leaders: bool = False
    edges: tuple[float, ...] = ()

    def add(self, line: Line, known: Words) -> None:
        """Take in the next line of this piece; a word cut at the end of a line is mended."""
        words, calls = _plain(line)
        if self.cells is not None:
            self._fill(line)
            return
        apart = "" if re.search(r"\w-$", self.text) and words[:1].islower() else " "
        if not apart and is_broken(self.text, words, known):
            self.text = self.text[:-1]
        at = len(self.text) + len(apart)
        self.calls.extend((at + place, mark) for place, mark in calls)
        self.text = f"{self.text}{apart}{words}"
        self.lines.append(words)

    def _fill(self, line: Line) -> None:
        """Take a line into the cells that it stands under."""
        cells = list(self.cells or ())
        for cell in line.cells:
            at = max(
                (n for n, edge in enumerate(self.edges) if cell.x0 > edge - ALIGNED), default=0
            )
            cells[at] = f"{cells[at]} {cell.text}".strip()
        self.cells = tuple(cells)
        self.text = " ".join(cell for cell in cells if cell)

    @property
    def is_display(self) -> bool:
        """Set as headings are."""
        return self.bold or self.italic or self.text.isupper()


def units_of(lines: Sequence[Line], *, wrapped: bool) -> list[Unit]:
    """
    Pieces of an agenda.

    Args:
        lines: Body lines in reading order.
        wrapped: Lines end where the measure ends; False where each line is a paragraph.
    """
    units: list[Unit] = []
    known = Words(lines)
    last: Line | None = None
    for at, line in enumerate(lines):
        if not line.text.strip():
            continue
        if units and last and _goes_on(line, last, units[-1], wrapped=wrapped):
            units[-1].add(line, known)
        else:
            units.append(_opened(line, at))
        last = line
    for unit in units:
        _close(unit)
    return units


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Whether lines are printed lines, or a text is wrapped by hand; else each is a paragraph."""
    if any(line.box for line in lines):
        return True
    if any(line.style for line in lines):
        return False
    return max((len(line.text) for line in lines), default=0) <= WRAPPED


def _opened(line: Line, at: int) -> Unit:
    """A unit that begins with a line."""
    words, calls = _plain(line)
    cells = [cell for cell in line.cells if cell.text]
    row = _is_row(line)
    return Unit(
        text=words,
        bold=line.bold,
        italic=line.italic,
        size=line.size,
        indent=line.indent,
        page=line.page,
        at=at,
        calls=calls,
        lines=[words],
        cells=tuple(cell.text for cell in line.cells) if row else None,
        edges=tuple(cell.x0 for cell in line.cells) if row else (),
        leaders=bool(cells and _has_leaders(line.text)),
    )


def _close(unit: Unit) -> None:
    """Take dot leaders and page numbers off the lines of a table of contents."""
    if _has_leaders(unit.text):
        unit.leaders = True
        unit.text = _without_leaders(unit.text).strip()
        unit.cells = None


def _is_row(line: Line) -> bool:
    """A line of cells that is neither a number with its text nor a line of contents."""
    cells = [cell.text for cell in line.cells if cell.text]
    if len(cells) < 2 or _has_leaders(line.text):
        return False
    if len(cells) > 2 or len(line.cells) > 2:
        return True
    label = re.fullmatch(
        r"(?:item )?\d{1,3}[.):]?|\(?[a-z]{1,2}\)|[•–—-]|[A-Z]\.|[IVX]+\.", cells[0], re.IGNORECASE
    )
    return label is None


def _goes_on(line: Line, last: Line, unit: Unit, *, wrapped: bool) -> bool:
    """Whether a line belongs to the piece above it."""
    if unit.cells is not None:
        return _fills(line, unit)
    if _is_row(line) or _stands_alone(unit.text) or _stands_alone(line.text):
        return False
    lower = line.text[:1].islower() and not find_letter(line.text)
    alike = line.bold == last.bold and abs((line.size or 0) - (last.size or 0)) < SIZE_STEP
    if unit.leaders and _has_leaders(unit.text):
        return False
    if _has_leaders(line.text) and not unit.leaders:
        alike = True  # leaders are set in a size of their own
    open_end = not _ENDS.search(unit.text[-TAIL:])
    if line.gap is None or not wrapped or line.gap > PARAGRAPH_GAP:
        return lower and open_end and alike and bool(line.box or line.gap)
    return alike and not _labelled(line, last, unit)


def _labelled(line: Line, last: Line, unit: Unit) -> bool:
    """A line set solid opens a piece when its label stands where labels stand."""
    text = line.text
    if find_letter(text) or is_roman(text) or text[:1] in "•●▪":
        apart = line.gap is not None and line.gap > 0.1
        ended = bool(re.search(r"[;:.,]$|\b(?:and|et|y|и)$", unit.text[-TAIL:]))
        moved = line.indent is None or abs(line.indent - (last.indent or 0)) > 2
        return apart or ended or moved
    label = find_label(text)
    if label is None or label.style in ("bracket", "bare"):
        return bool(label and label.style == "bare" and len(line.cells) > 1)
    return label.style != "word" or not re.search(
        r"\b(?:under|agenda|and|of|for|see)$", unit.text[-TAIL:]
    )


def _fills(line: Line, unit: Unit) -> bool:
    """A line set solid under a row whose cells all begin at edges of the row."""
    if (
        line.gap is None
        or line.gap > PARAGRAPH_GAP
        or line.box is None
        or len(line.cells) > len(unit.edges)
    ):
        return False
    return all(any(abs(cell.x0 - edge) < ALIGNED for edge in unit.edges) for cell in line.cells)


def _has_leaders(text: str) -> bool:
    """A line of contents: dots lead to the number of a page."""
    return (".." in text or ". ." in text or "…" in text) and _without_leaders(text) != text


def _without_leaders(text: str) -> str:
    """
    A line of contents without its dots and the number of its page; others as they are.

    Read from the end: a pattern tries every way to share a run of dots out, and two hundred dots
    took seconds.
    """
    end = text.rstrip()
    digits = 0
    while digits < min(_PAGE_DIGITS, len(end)) and end[-1 - digits].isdecimal():
        digits += 1
    before = end[: len(end) - digits].rstrip()
    at = len(before)
    while at and (before[at - 1] == "." or before[at - 1].isspace()):
        at -= 1
    if before.count(".", at) >= _LEAST_DOTS:
        return before[:at]
    return before.rstrip("…").rstrip() if digits and before.endswith("…") else text


def _stands_alone(text: str) -> bool:
    """Words that stand on a line of their own wherever they stand: parts of an agenda."""
    if len(text) > 60:
        return False
    return bool(
        wording.is_documentation(text)
        or wording.ANNEX.fullmatch(text)
        or re.fullmatch(r"annotations?|anotaciones|аннотации", text, re.IGNORECASE)
    )


def _plain(line: Line) -> tuple[str, list[tuple[int, str]]]:
    """Words of a line without the marks of notes, and the marks with their places."""
    spans = [
        (start, end)
        for start, end in line.marks
        if re.fullmatch(r"[\d,\s*]+|[a-z]", line.text[start:end].strip())
    ]
    spans += [match.span() for match in _RAISED.finditer(line.text)]
    text, at = "", 0
    calls: list[tuple[int, str]] = []
    for start, end in sorted(set(spans)):
        if start < at:
            continue
        text += (
            line.text[at:start].rstrip()
            if line.text[end : end + 1] in ("", " ")
            else line.text[at:start]
        )
        marks = re.findall(r"\d{1,3}|\*+|[a-z]", line.text[start:end].translate(_DIGITS))
        calls.extend((len(text), mark) for mark in marks)
        at = end
        if line.text[end : end + 1].isalpha():
            text += " "
    text += line.text[at:]
    return text.strip(), calls
