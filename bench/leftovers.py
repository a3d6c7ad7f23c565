"""
Lines of running heads, feet and notes that were left within paragraphs.

Measured apart from the reader's own judgement: each line of a paragraph is known by its box;
what pdfium finds printed in that box is furniture when it has the form of a job number, a page
foot or a symbol on its own, or when the same words (numbers aside) are printed at the same
height on most other pages; it is a note when it is set smaller than the paper's text and
begins with a raised mark.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from wgsearch.papers.paper import ParagraphKind

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.papers.paper import Box, Paper

_JOB = re.compile(r"(?:[A-Z]{1,3}\.)?\d{2}-\d{5}(?:\s*\([A-Z]\))?(?:\s+\d{1,3}/\d{1,3})?")
_FOOT = re.compile(r"\d{1,3}/\d{1,3}(?:\s+(?:[A-Z]{1,3}\.)?\d{2}-\d{5})?")
# Running text of notes is set at most this large against the text of the paper.
NOTE_SIZE = 0.93
# A line of a note has at least this many characters: shorter small type is of charts.
NOTE_LINE = 15
_MARKED = re.compile(rf"\s*(?:\d{{1,3}}|\*{{1,4}})\s?[^\d\s].{{{NOTE_LINE},}}", re.DOTALL)
# Words at the same height on more pages than half are furniture only where pages are many.
FEW_PAGES = 3
# Letters whose size tells that of a line.
SAMPLE = 12
# Furniture stands this near the upper or lower edge of the page, as a share of its height.
MARGIN = 0.12


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """
    Counts of one paper.

    Attributes:
        lines: Lines of its paragraphs.
        furniture: Lines of heads and feet among them.
        notes: First lines of notes among them.
    """

    lines: int
    furniture: int
    notes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Printed:
    """What is printed in a box: words, height of its first letters, page height."""

    text: str
    size: float
    raised: bool
    place: float


def leftovers(path: Path, paper: Paper, misses: list[str]) -> Leftovers:
    """Furniture and notes among the lines of a paper's paragraphs; each is named in misses."""
    document = pdfium.PdfDocument(path)
    boxes: dict[int, list[tuple[Box, ParagraphKind]]] = defaultdict(list)
    for paragraph in paper.paragraphs:
        for box in paragraph.boxes:
            boxes[box.page].append((box, paragraph.kind))
    printed: list[tuple[int, _Printed, ParagraphKind]] = []
    for number in sorted(boxes):
        page = document[number - 1]
        printed.extend((number, _printed(page, box), kind) for box, kind in boxes[number])
    own = {re.sub(r"\s+", "", symbol) for symbol in paper.symbols}
    pages = len(document)
    document.close()
    repeated = Counter(
        key for key in {(number, _key(each)) for number, each, _ in printed} for key in [key[1]]
    )
    size = Counter(round(each.size, 1) for _, each, _ in printed).most_common(1)
    usual = size[0][0] if size else 0.0
    furniture = notes = 0
    for heading in paper.headings:
        if re.sub(r"[\s*]+", "", heading.text) in own or _JOB.fullmatch(heading.text):
            furniture += 1
            misses.append(f"{paper.file}: page {heading.page}: head left: {heading.text[:70]!r}")
    for number, each, kind in printed:
        margin = each.place < MARGIN or each.place > 1 - MARGIN
        bare = re.sub(r"[\s*]+", "", each.text)
        fixed = margin and (_JOB.fullmatch(each.text) or _FOOT.fullmatch(each.text) or bare in own)
        often = margin and pages > FEW_PAGES and repeated[_key(each)] > pages / 2
        if fixed or often:
            furniture += 1
            misses.append(f"{paper.file}: page {number}: furniture left: {each.text[:70]!r}")
        elif (
            each.raised
            and each.size < NOTE_SIZE * usual
            and kind not in (ParagraphKind.TABLE_ROW, ParagraphKind.BOX)
        ):
            notes += 1
            misses.append(f"{paper.file}: page {number}: note left: {each.text[:70]!r}")
    return Leftovers(lines=len(printed), furniture=furniture, notes=notes)


def _key(each: _Printed) -> tuple[str, int]:
    """Words without numbers, and the height on the page: equal on all pages for furniture."""
    return re.sub(r"[\d\W]+", " ", each.text).strip().casefold() or "#", round(each.place * 200)


def _printed(page: pdfium.PdfPage, box: Box) -> _Printed:
    """What pdfium finds within a box, by its own text and sizes."""
    left, _, _, top = page.get_bbox()
    height = page.get_height()
    textpage = page.get_textpage()
    text = textpage.get_text_bounded(
        left=left + box.x0 - 1,
        bottom=top - box.y1 - 1,
        right=left + box.x1 + 1,
        top=top - box.y0 + 1,
    )
    sizes: list[tuple[float, float]] = []
    at = textpage.get_index(left + box.x0 + 1, top - (box.y0 + box.y1) / 2, 3, box.y1 - box.y0)
    rect = pdfium_c.FS_RECTF()
    while at is not None and len(sizes) < SAMPLE and at < textpage.count_chars():
        if pdfium_c.FPDFText_GetLooseCharBox(textpage.raw, at, ctypes.byref(rect)):
            sizes.append((rect.top - rect.bottom, rect.bottom))
        at += 1
    textpage.close()
    line = sorted(size for size, _ in sizes)[len(sizes) // 2] if sizes else box.y1 - box.y0
    raised = bool(sizes) and sizes[0][0] < 0.8 * line and bool(_MARKED.match(text))
    return _Printed(
        text=re.sub(r"\s+", " ", text).strip(),
        size=line,
        raised=raised,
        place=(box.y0 + box.y1) / 2 / height,
    )
