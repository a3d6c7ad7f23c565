"""
lines -> blocks: what the typesetter set as one piece, contents lists left out.

Why blocks: numbers, headings and sub-paragraphs are decided for a whole piece; a line
alone ("2003. The Conference also ...") would mislead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wgsearch.papers.contents import without_contents
from wgsearch.papers.marks import Unraised, unmarked, without_raised
from wgsearch.papers.tables import BLOCK_GAP, INDENT, LABEL, find_rows, row_cells
from wgsearch.papers.words import Words, flowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.paper import Footnote, Line

# Type sizes that differ by more points begin a new block.
SIZE_STEP = 0.9
# This share of the lines end at the measure's right edge or before it.
RIGHT_SHARE = 0.9
# A line within a paragraph leaves less than this share of the measure empty.
SHORT = 0.25
# Mean width of a letter, and of a space, in letter heights: prose in Times, rounded down.
LETTER_WIDTH, SPACE_WIDTH = 0.42, 0.22

_TIGHT_LABEL = re.compile(r"\d{1,3}\.[A-Z“]")
# The label of a box, table or figure, which stands on a line of its own above the title.
CAPTION = re.compile(
    r"(?:Box|Table|Figure|Chart|Encadré|Tableau|Graphique|Recuadro|Cuadro|Gráfico|Врезка|Вставка"
    r"|Таблица|Диаграмма)\s(?:(?:\d{1,2}|[IVXL]{1,6}|[A-Z])\.){0,2}(?:\d{1,3}|[IVXL]{1,6})\b"
)
# The name of an annex, which stands on a line of its own above its title.
_NAMES = (
    r"annex|annexe|anexo|appendix|appendice|apéndice|enclosure|pièce jointe|attachment"
    r"|приложение|добавление|附件|附录|附文|附錄|المرفق|مرفق|التذييل|تذييل|الضميمة|ضميمة"
)
ANNEX_NAME = (
    rf"(?P<name>(?i:{_NAMES}))(?P<number>\s*(?:[IVXLC]{{1,6}}|\d{{1,3}}|[A-Z]"
    r"|[一二三四五六七八九十]{1,3})(?![\w’'])|\s+ال\w+)?"
)
ANNEX = re.compile(rf"{ANNEX_NAME}\.?\s*[*\d]{{0,4}}")
LONGEST_NAME = 24
_TERMINAL = re.compile(r"[.?!:;…。？！；：؟]['”\"’»)\]]*$")
_ITEM = re.compile(r"(\d{1,3})\.\s+[^\Wa-z]")
_NUMBERED = re.compile(r"\d{1,3}\.|\(?[a-z]{1,5}\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """
    Lines set as one piece.

    Attributes:
        lines: In order.
        text: Their words as one line, footnote marks removed.
        marks: Footnote marks called in it.
        bold: Set bold throughout.
        italic: Set italic throughout.
        size: Type size, 0 where unknown.
        page: Page of the first line.
        gap: Space above, None at the top of a page.
        indented: It stands to the right of the measure.
        alone: It is one line, or set as one line.
        cells: Cells of a table row, None for running text.
    """

    lines: tuple[Line, ...]
    text: str
    marks: tuple[str, ...]
    bold: bool
    italic: bool
    size: float
    page: int
    gap: float | None
    indented: bool
    alone: bool
    cells: tuple[str, ...] | None

    @property
    def page_last(self) -> int:
        """Page of the last line."""
        return self.lines[-1].page


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """
    What is known of a whole paper when its blocks are made.

    Attributes:
        left: The left edge that most lines share, None where nothing is known.
        right: The right edge of the measure, likewise.
        words: All its words.
        unraised: Notes whose marks were not found yet.
    """

    left: float | None
    right: float | None
    words: Words
    unraised: Unraised


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """
    A paper cut into blocks.

    Attributes:
        blocks: In order, without lists of contents.
        contents: Lines of the lists of contents.
        setting: What is known of the paper as a whole.
    """

    blocks: list[Block]
    contents: list[Line]
    setting: Setting


def blocks_of(
    lines: Sequence[Line], *, body_size: float | None, notes: Sequence[Footnote] = ()
) -> Cut:
    """
    Lines as blocks, without lists of contents.

    Args:
        lines: Body lines in reading order.
        body_size: Size of body text, None where unknown.
        notes: The paper's footnotes: which marks may stand unraised in the text.
    """
    kept, contents = without_contents(lines)
    left, right = _measure(kept, body_size)
    setting = Setting(left=left, right=right, words=Words(kept), unraised=Unraised(notes))
    groups: list[list[Line]] = []
    rows = {at: number for number, row in enumerate(find_rows(kept)) for at in row}
    starts: set[int] = set()
    for at, line in enumerate(kept):
        above = groups[-1] if groups else None
        row, row_above = rows.get(at), rows.get(at - 1)
        if above and row == row_above and (row is not None or _continues(above, line, setting)):
            above.append(line)
        else:
            if row is not None:
                starts.add(len(groups))
            groups.append([line])
    blocks = [_block(group, setting, is_row=at in starts) for at, group in enumerate(groups)]
    return Cut(blocks=[each for each in blocks if each.text], contents=contents, setting=setting)


def is_full(above: Line, below: Line, setting: Setting) -> bool:
    """
    A line has no room left for the first word of the next one: the sentence may go on there.

    The last line of a paragraph ends where its words do, which is hardly ever at the edge.
    """
    if above.box is None or setting.right is None:
        return False
    size = below.size or 0.0
    word = below.text.partition(" ")[0]
    width = (len(word) * LETTER_WIDTH + SPACE_WIDTH) * size
    return above.box.x1 + width > setting.right


def _measure(
    lines: Sequence[Line], body_size: float | None
) -> tuple[float | None, float | None]:
    """The left edge that most body lines share, and the right edge; None where unknown."""
    edges: dict[float, int] = {}
    ends: list[float] = []
    for line in lines:
        if (
            line.indent is not None
            and line.box is not None
            and (body_size is None or abs((line.size or 0) - body_size) < 1)
        ):
            edge = round(line.indent / 2) * 2.0
            edges[edge] = edges.get(edge, 0) + 1
            if len(line.cells) < 2:
                ends.append(line.box.x1)
    ends.sort()
    right = ends[min(int(RIGHT_SHARE * len(ends)), len(ends) - 1)] if ends else None
    return max(edges, key=lambda edge: edges[edge], default=None), right


def _continues(group: Sequence[Line], line: Line, setting: Setting) -> bool:
    """A line goes on with the block above it."""
    above = group[-1]
    if above.size is not None and line.size is not None and abs(above.size - line.size) > SIZE_STEP:
        return False
    if line.style is not None or line.text.strip() == "":
        return False
    if CAPTION.fullmatch(line.text):
        return False
    if CAPTION.fullmatch(group[0].text) and not line.bold:
        return False  # below label and title stands what they name
    if len(group) == 1 and len(above.text) < LONGEST_NAME and ANNEX.fullmatch(above.text):
        return False
    labelled = bool(LABEL.match(line.text))
    if line.gap is None and line.page != above.page:
        return not labelled and _over_page(group, line, setting)
    if line.gap is None:
        # Plain text: lines of one paragraph follow one another, blank lines part them.
        return not labelled
    if abs(line.gap) > BLOCK_GAP and not (line.gap < 0 and line.gap > -1):
        return False
    if labelled:
        return not (_opens(above, line) or _is_next_item(group, line, setting))
    return not (_TIGHT_LABEL.match(line.text) and line.bold)


def _opens(above: Line, line: Line) -> bool:
    """A label set solid under a line opens a block when it hangs or a sentence has ended."""
    hangs = (
        line.indent is not None and above.indent is not None and line.indent < above.indent - INDENT
    )
    ended = bool(_TERMINAL.search(above.text[-8:])) or above.text.endswith(",")
    return hangs or ended


def _is_next_item(group: Sequence[Line], line: Line, setting: Setting) -> bool:
    """Short items of a list are set solid: the next number stands under the number above."""
    first = _ITEM.match(group[0].text)
    match = _ITEM.match(line.text) if first else None
    if not first or not match or int(match[1]) != int(first[1]) + 1:
        return False
    aligned = abs((line.indent or 0.0) - (group[0].indent or 0.0)) < INDENT
    return aligned and not is_full(group[-1], line, setting)


def _over_page(group: Sequence[Line], line: Line, setting: Setting) -> bool:
    """The first line of a page goes on with the last of the page before."""
    above = group[-1]
    ended = bool(_TERMINAL.search(above.text[-8:]))
    if _starts_indented(line, group, setting.left):
        return False
    if line.text[:1].islower():
        return not ended or (above.bold == line.bold and is_full(above, line, setting))
    if not is_full(above, line, setting) or CAPTION.match(line.text) or _is_short(line, setting):
        return False
    # A full line may happen to end a sentence, or be a heading; where paragraphs are numbered, or
    # sub-paragraphs lettered, the next one would have its label.
    if _NUMBERED.match(group[0].text):
        return not ended or above.bold == line.bold
    return not ended and above.bold == line.bold and above.italic == line.italic


def _is_short(line: Line, setting: Setting) -> bool:
    """A line that ends neither at the right edge nor with a stop, as headings do."""
    if line.box is None or setting.right is None or setting.left is None:
        return False
    room = SHORT * (setting.right - setting.left)
    return line.box.x1 < setting.right - room and line.text[-1:].isalnum()


def _starts_indented(line: Line, group: Sequence[Line], left: float | None) -> bool:
    """The line begins to the right of the measure, and of the lines that it would go on with."""
    if len(group) > 1 and line.indent is not None and group[-1].indent is not None:
        return line.indent > group[-1].indent + INDENT
    return _is_indented(line, left)


def _is_indented(line: Line, left: float | None) -> bool:
    """The line begins to the right of the measure."""
    return left is not None and line.indent is not None and line.indent > left + INDENT


def _block(group: Sequence[Line], setting: Setting, *, is_row: bool) -> Block:
    """A block of lines."""
    texts: list[str] = []
    marks: list[str] = []
    for line in group:
        text, found = unmarked(line, setting.unraised)
        texts.append(text)
        marks.extend(found)
    first = group[0]
    left = setting.left
    return Block(
        lines=tuple(group),
        text=flowed(texts, setting.words),
        marks=tuple(marks),
        bold=all(line.bold for line in group),
        italic=all(line.italic for line in group),
        size=first.size or 0.0,
        page=first.page,
        gap=first.gap,
        indented=_is_indented(group[-1], left) or _is_indented(first, left),
        alone=len(group) == 1,
        cells=_row(group, setting.words) if is_row else None,
    )


def _row(group: Sequence[Line], words: Words) -> tuple[str, ...]:
    """Cells of a row, each as running text without marks."""
    plain = [_without_marks(line) if line.marks else line for line in group]
    return tuple(flowed(cell, words) for cell in row_cells(plain))


def _without_marks(line: Line) -> Line:
    """A line whose cells are without raised marks."""
    cells = []
    at = 0
    for cell in line.cells:
        start = line.text.find(cell.text, at)
        if start < 0:
            return line
        at = start + len(cell.text)
        inside = [(a - start, b - start) for a, b in line.marks if start <= a < b <= at]
        text = without_raised(cell.text, inside)[0] if inside else cell.text
        cells.append(replace(cell, text=text))
    return replace(line, cells=tuple(cells))
