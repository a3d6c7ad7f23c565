"""
lines -> blocks: what the typesetter set as one piece, contents lists left out.

Why blocks: numbers, headings and sub-paragraphs are decided for a whole piece; a line
alone ("2003. The Conference also ...") would mislead.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.papers.tables import BLOCK_GAP, INDENT, LABEL, find_rows, row_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.paper import Footnote, Line

# Type sizes that differ by more points begin a new block.
SIZE_STEP = 0.9
# Letters after a line-end hyphen that another word must share to be of the same stem.
STEM = 3

_TIGHT_LABEL = re.compile(r"\d{1,3}\.[A-Z“]")
_LEADERS = re.compile(r"(?:\.\s?){5,}|…{2,}|_{5,}")
_LEADER_END = re.compile(
    r"(?:\.\s?){4,}\s*(?:[\dXivx]{1,4}(?:\s?[-–]\s?\d{1,4})?)?\s*(?:[\dXivx]{1,4})?$"
)
_CONTENTS = re.compile(
    r"(?:table of )?contents|table des matières|sommaire|índice|содержание|оглавление"
    r"|目录|المحتويات",
    re.IGNORECASE,
)
# The label of a box, table or figure, which stands on a line of its own above the title.
CAPTION = re.compile(
    r"(?:Box|Table|Figure|Chart|Encadré|Tableau|Recuadro|Cuadro|Gráfico|Врезка|Таблица)\s\d{1,2}"
)
_TERMINAL = re.compile(r"[.?!:;…。]['”\"’»)\]]*$")
_RAISED = re.compile(r"\d{1,3}|[a-z]|\*{1,3}|[\d,\s]{1,9}|[a-z](?:,\s?[a-z]){0,3}")
# After a number with a stop stands the rest of it (`16.1`), unless the number is a year.
_FUSED = re.compile(
    r"(?<=[a-zà-ÿ.,;:”’)»])(?<!\b\d[.,:])(?<!\b\d\d[.,:])(?<!\b\d\d\d[.,:])(\d{1,3})(?=\s|$)"
)
_PREFIXES = frozenset(
    [
        "anti",
        "co",
        "counter",
        "cross",
        "de",
        "e",
        "ex",
        "inter",
        "intra",
        "macro",
        "micro",
        "multi",
        "non",
        "over",
        "post",
        "pre",
        "pro",
        "re",
        "self",
        "semi",
        "sub",
        "under",
        "well",
    ]
)
# What follows a typesetter's hyphen and is never a word: endings of English, French, Spanish.
_ENDINGS = re.compile(
    r"ments?|mente|tion(?:s|al)?|sions?|ción|ciones|sión|siones|selves|ity|ities|ness|[ae]nces?"
)
_SUPERSCRIPTS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


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


def blocks_of(
    lines: Sequence[Line], *, body_size: float | None, notes: Sequence[Footnote] = ()
) -> list[Block]:
    """
    Lines as blocks, without lists of contents.

    Args:
        lines: Body lines in reading order.
        body_size: Size of body text, None where unknown.
        notes: The paper's footnotes: which marks may stand unraised in the text.
    """
    kept = _without_contents(lines)
    left = _measure(kept, body_size)
    groups: list[list[Line]] = []
    rows = {at: number for number, row in enumerate(find_rows(kept)) for at in row}
    for at, line in enumerate(kept):
        above = groups[-1] if groups else None
        row, row_above = rows.get(at), rows.get(at - 1)
        if above and row == row_above and (row is not None or _continues(above, line, left)):
            above.append(line)
        else:
            groups.append([line])
    starts = {id(kept[at]) for at in rows}
    setting = _Setting(left=left, words=_Words(kept), unraised=_unraised(notes))
    return [
        block
        for group in groups
        if (block := _block(group, setting, is_row=id(group[0]) in starts)).text
    ]


class _Words:
    """All words that a paper prints within lines, with and without hyphens inside."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._known = {
            word.casefold()
            for line in lines
            for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?=[\s.,;:)”’]|$)", line.text)
        }
        self._sorted = sorted(self._known)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def has_stem(self, stem: str) -> bool:
        """Some word begins with these letters."""
        at = bisect_left(self._sorted, stem)
        return at < len(self._sorted) and self._sorted[at].startswith(stem)


@dataclass(slots=True)
class _Setting:
    """What is known of a whole paper when its blocks are made."""

    left: float | None
    words: _Words
    unraised: dict[str, int]


def _unraised(notes: Sequence[Footnote]) -> dict[str, int]:
    """Numbered notes with the page they stand on."""
    return {note.mark: note.page for note in notes if note.mark.isdigit()}


def _without_contents(lines: Sequence[Line]) -> list[Line]:
    """The lines without lists of contents: their entries repeat headings."""
    drop: set[int] = set()
    for at, line in enumerate(lines):
        if not _CONTENTS.fullmatch(line.text.strip()):
            continue
        last = at
        for ahead in range(at + 1, len(lines)):
            if _is_entry(lines[ahead]):
                last = ahead
            elif ahead - last > 4:  # a wrapped entry and column heads
                break
        drop.update(range(at, last + 1))
    stray = {at for at, line in enumerate(lines) if _LEADERS.search(line.text)}
    return [line for at, line in enumerate(lines) if at not in drop | stray]


def _is_entry(line: Line) -> bool:
    """An entry of a list of contents: leaders, or words and a page number at the right edge."""
    if _LEADER_END.search(line.text) or _LEADERS.search(line.text):
        return True
    if re.fullmatch(
        r"(?i)(?:item|page|paragraphs?|chapter|párrafos|página|paragraphes)(?:\s+\w+){0,2}",
        line.text,
    ):
        return True
    if line.style is not None and re.search(r"\s\d{1,3}(?:\s?[-–]\s?\d{1,3})?$", line.text):
        return True
    return len(line.cells) > 1 and bool(
        re.fullmatch(r"[\dXivx]{1,4}(?:\s?[-–]\s?\d{1,4})?", line.cells[-1].text)
    )


def _measure(lines: Sequence[Line], body_size: float | None) -> float | None:
    """The left edge that most body lines share, None where nothing is known."""
    edges: dict[float, int] = {}
    for line in lines:
        if line.indent is not None and (body_size is None or abs((line.size or 0) - body_size) < 1):
            edge = round(line.indent / 2) * 2.0
            edges[edge] = edges.get(edge, 0) + 1
    return max(edges, key=lambda edge: edges[edge], default=None)


def _continues(group: Sequence[Line], line: Line, left: float | None) -> bool:
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
    labelled = bool(LABEL.match(line.text))
    if line.gap is None and line.page != above.page:
        return _over_page(above, line, left, labelled=labelled)
    if line.gap is None:
        # Plain text: lines of one paragraph follow one another, blank lines part them.
        return not labelled
    if abs(line.gap) > BLOCK_GAP and not (line.gap < 0 and line.gap > -1):
        return False
    if labelled:
        return not _opens(above, line)
    return not (_TIGHT_LABEL.match(line.text) and line.bold)


def _opens(above: Line, line: Line) -> bool:
    """A label set solid under a line opens a block when it hangs or a sentence has ended."""
    hangs = (
        line.indent is not None and above.indent is not None and line.indent < above.indent - INDENT
    )
    ended = bool(_TERMINAL.search(above.text)) or above.text.endswith(",")
    return hangs or ended


def _over_page(above: Line, line: Line, left: float | None, *, labelled: bool) -> bool:
    """The first line of a page goes on with the last of the page before."""
    if labelled or above.bold != line.bold or _TERMINAL.search(above.text):
        # A full line that happens to end a sentence: the next one begins at the left edge.
        return not labelled and above.bold == line.bold and _full(above, line, left)
    return bool(re.match(r"[^A-Z\d]|[A-Z]", line.text)) and not _starts_indented(line, left)


def _full(above: Line, line: Line, left: float | None) -> bool:
    """The line above fills the measure, and the next one goes on in small letters."""
    if above.box is None or line.box is None or left is None:
        return False
    return above.box.x1 >= line.box.x1 - 6 and line.text[:1].islower()


def _starts_indented(line: Line, left: float | None) -> bool:
    """The line begins to the right of the measure."""
    return left is not None and line.indent is not None and line.indent > left + INDENT


def _block(group: Sequence[Line], setting: _Setting, *, is_row: bool) -> Block:
    """A block of lines."""
    texts: list[str] = []
    marks: list[str] = []
    for line in group:
        text, found = _unmarked(line)
        plain = not found and line.style is None  # the reader of Word papers raises all marks
        text, fused = _unfused(text, line.page, setting) if plain else (text, [])
        for mark in (*found, *fused):
            setting.unraised.pop(mark, None)
        texts.append(text)
        marks.extend([*found, *fused])
    first = group[0]
    left = setting.left
    return Block(
        lines=tuple(group),
        text=_flowed(texts, setting.words),
        marks=tuple(marks),
        bold=all(line.bold for line in group),
        italic=all(line.italic for line in group),
        size=first.size or 0.0,
        page=first.page,
        gap=first.gap,
        indented=_starts_indented(group[-1], left) or _starts_indented(first, left),
        alone=len(group) == 1,
        cells=tuple(_flowed(cell, setting.words) for cell in row_cells(group)) if is_row else None,
    )


def _flowed(texts: Sequence[str], words: _Words) -> str:
    """Lines as running text."""
    text = ""
    for piece in texts:
        last = text[-1:]  # looked at first: searching all that was read so far takes long
        if last == "-" and re.match(r"\w", text[-2:]) and piece[:1].isalnum():
            text = (text[:-1] if _is_broken(text, piece, words) else text) + piece
        elif (
            last and last in "/_.=&" and not piece[:1].isupper() and re.search(r"https?:\S*$", text)
        ):
            text += piece
        elif last == "/" and re.match(r"\w", text[-2:]):
            # Symbols and pairs of words are broken after a slash, which has no space beside it.
            text += piece
        else:
            text = f"{text} {piece}" if text else piece
    return re.sub(r"\s+", " ", text).strip()


def _is_broken(above: str, below: str, words: _Words) -> bool:
    """
    The hyphen at a line's end was put there by the typesetter.

    Certain only when the paper prints the whole word elsewhere, or another of its stem; when
    what stands before the hyphen is no word of this paper, or what follows is a mere ending.
    A hyphen that belongs to a compound is kept.
    """
    head = re.search(r"([^\W\d_]+)-$", above)
    tail = re.match(r"[^\W\d_]+", below)
    if not head or not tail or not below[:1].islower():
        return False
    first, rest = head[1].casefold(), tail[0].casefold()
    if f"{first}-{rest}" in words:
        return False
    prefix = first in _PREFIXES
    stem = STEM + 2 if prefix else STEM  # "pre-sentence" shares four letters with "presented"
    if _ENDINGS.fullmatch(rest) or (len(rest) >= stem and words.has_stem(first + rest[:stem])):
        return True
    return f"{first}{rest}" in words or not (first in words or prefix)


def _unfused(text: str, page: int, setting: _Setting) -> tuple[str, list[str]]:
    """A line without the marks that are printed at the size of the text: the next expected only."""
    marks: list[str] = []
    if not setting.unraised:
        return text, marks
    for match in reversed(list(_FUSED.finditer(text))):
        if setting.unraised.get(match[1]) == page and match[1] not in marks:
            marks.insert(0, match[1])
            text = text[: match.start()] + text[match.end() :]
    return text, marks


def _unmarked(line: Line) -> tuple[str, list[str]]:
    """A line's text without raised footnote marks, and the marks."""
    text = line.text
    marks: list[str] = []
    for start, end in reversed(line.marks):
        raised = text[start:end]
        if (
            start == 0
            or not _RAISED.fullmatch(raised)
            or (raised.isalpha() and text[end : end + 1].isalpha())
        ):
            continue
        found = re.findall(r"\d{1,3}|[a-z]|\*+", raised)
        marks[:0] = found
        before, after = text[:start].rstrip(), text[end:].lstrip(" ")
        # What follows a mark keeps one space, unless it closes something.
        text = before + ("" if not after or after[0] in ",.;:)]”’»" else " ") + after
    for match in reversed(list(_SUPERSCRIPTS.finditer(text))):
        marks[:0] = [match[0].translate(_PLAIN)]
        text = text[: match.start()] + text[match.end() :]
    return text, marks
