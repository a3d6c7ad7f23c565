"""
body lines -> headings and paragraphs: counters decide, not shapes.

Why counters: `1.` may open a paragraph, a heading, an agenda item or a list. A number
opens a paragraph only when it is the next one of its part; every other number is a
heading or stays text. A sentence cut by a page end, a footnote or a running head is one
paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wgsearch.papers.blocks import CAPTION, Block, blocks_of
from wgsearch.papers.paper import Box, Heading, Paragraph, ParagraphKind, ReadingWarning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.paper import Footnote, Line

# Headings are short; longer blocks in bold are emphasised paragraphs.
MAX_HEADING_WORDS = 40
MAX_LABELLED_HEADING_WORDS = 50
# After a lost number the count goes on with the next one printed, at most this far ahead.
MAX_LOST = 3
# Boxes are set in smaller type than the body, by at least this many points.
FRAME_STEP = 0.4
# What the reader of Word papers calls the paragraphs of a table of one cell.
BOX_STYLE = "box"

_NUMBER = re.compile(r"(?P<number>\d{1,3})\.(?:\s+(?P<text>\S.*)|$)", re.DOTALL)
_TIGHT = re.compile(r"(?P<number>\d{1,3})\.(?P<text>[A-ZÀ-Þ“\"«(\[].*)", re.DOTALL)
_DOTTED = re.compile(
    r"(?P<number>(?P<chapter>\d{1,3})\.(?P<count>\d{1,3}))\.?\s+(?P<text>\S.*)", re.DOTALL
)
_ROMAN = re.compile(r"(?P<label>[IVXL]{1,6})\.\s*(?P<text>\S.*)", re.DOTALL)
_LETTER = re.compile(r"(?P<label>[A-Z])\.\s*(?P<text>\S.*)", re.DOTALL)
_SUB_LABEL = re.compile(r"\(?(?P<label>[a-z]{1,2}|[ivx]{1,5})\)\s*(?P<text>\S.*)", re.DOTALL)
_SUB = re.compile(
    r"(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)|[a-z]\)|[ivx]{1,4}\)|[•\-–—●▪o]\s)\s*\S.*", re.DOTALL
)
_ANNEX = re.compile(
    r"(?P<name>annex|annexe|anexo|appendix|appendice|apéndice|enclosure|приложение|附件|المرفق)"
    r"(?P<number>\s+[IVXLC\d]{1,5})?\.?\*{0,3}",
    re.IGNORECASE,
)
_CHAPTER_WORD = re.compile(
    r"(?:chapter|chapitre|capítulo|part|section|глава)\s+[IVXLC\d]+\.?.*", re.IGNORECASE
)
_SIGNED = re.compile(r"\(Signed\)|\(Signé\)|\(Firmado\)|\(Подпись\)")
_ACTOR = (
    r"(?:States(?: parties| Parties)?|Member States|Governments|Parties|UNODC|Les États|Los Estados"
    r"|The [A-Z][^.,;]{0,90}?)"
)
_SHOULD = (
    r"(?:should|shall|may wish|are encouraged|is encouraged|are invited|is invited|are urged"
    r"|is requested|are requested|must|devraient|deberían)"
)
_RECOMMENDATION = re.compile(rf"{_ACTOR}\s(?:[^.;]{{0,60}}\s)?{_SHOULD}\b")
_RECOMMENDING = re.compile(r"recommend|recommand|recomend", re.IGNORECASE)
_AGENDA_PART = re.compile(
    r"(?:(?:proposed )?(?:provisional |preliminary )?agenda|annotations|annotations to .*)",
    re.IGNORECASE,
)
_DOCUMENTATION = re.compile(r"documentation|documentación|документация", re.IGNORECASE)
_DOCUMENTATION = re.compile(r"documentation|documents|documentación", re.IGNORECASE)
_TERMINAL = re.compile(r"[.?!:;…。]['”\"’»)\]]*$")
_BOX_TITLE = re.compile(r"(?:box|encadré|recuadro)\s+\d{1,2}\b.*", re.IGNORECASE)
_TABLE_TITLE = re.compile(
    r"(?:table|figure|tableau|cuadro|gráfico|таблица)\s+\d{1,2}\b.*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """
    The body of a paper.

    Attributes:
        headings: In order.
        paragraphs: In order.
        warnings: Gaps in the numbers, and the like.
    """

    headings: tuple[Heading, ...]
    paragraphs: tuple[Paragraph, ...]
    warnings: tuple[ReadingWarning, ...]


@dataclass(slots=True)
class _Draft:
    """A paragraph that may still grow."""

    number: str | None
    part: str
    kind: ParagraphKind
    path: tuple[str, ...]
    blocks: list[Block]
    texts: list[str]

    def add(self, block: Block, *, joined: bool) -> None:
        """Take in a block: as the rest of the last sentence, or on a line of its own."""
        self.blocks.append(block)
        if joined:
            self.texts[-1] = _joined(self.texts[-1], block.text)
        else:
            self.texts.append(block.text)


@dataclass(slots=True)
class _Count:
    """The running counters of one part."""

    last: int = 0
    chapter: str | None = None
    dotted: int = 0
    started: bool = False


@dataclass(slots=True)
class _Builder:
    """Walks over the blocks of a paper and keeps what is open."""

    first_number: int
    body_size: float
    restarts: bool
    part: str = "body"
    count: _Count = field(default_factory=_Count)
    headings: list[Heading] = field(default_factory=list)
    drafts: list[_Draft] = field(default_factory=list)
    warnings: list[ReadingWarning] = field(default_factory=list)
    open_headings: list[Heading] = field(default_factory=list)
    box: Block | None = None
    listing: bool = False

    def take(self, block: Block) -> None:
        """Sort one block."""
        if self.box and self._has_frame() and not self._in_frame(block):
            self.box = None
        if self.box and self._has_frame():
            self._into_box(block)
        elif block.cells is not None:
            self._row(block)
        elif match := _ANNEX.fullmatch(block.text):
            self._annex(block, match)
        elif not self._numbered(block):
            self._unnumbered(block)

    def _has_frame(self) -> bool:
        """The open box is set off from the text: by its frame in Word, by smaller type in print."""
        box = self.box
        return box is not None and (
            box.lines[0].style == BOX_STYLE or 0 < box.size < self.body_size - FRAME_STEP
        )

    def _in_frame(self, block: Block) -> bool:
        """A block stands in the open box: same frame, or same type at the box's edge or within."""
        box = self.box
        if box is None or box.lines[0].style != block.lines[0].style:
            return False
        edge, left = box.lines[0].indent, block.lines[0].indent
        inside = edge is None or left is None or left > edge - 3  # points
        return inside and abs(box.size - block.size) < FRAME_STEP

    def _into_box(self, block: Block) -> None:
        """Take a block into the open box; its numbers are none of the paper's."""
        draft = self.drafts[-1]
        titled = bool(CAPTION.fullmatch(draft.texts[-1])) and block.bold
        cut = _unfinished(draft.texts[-1]) and _goes_on(block.text) and len(draft.texts) > 1
        draft.add(block, joined=titled or cut)

    def _row(self, block: Block) -> None:
        """A row of a table."""
        text = "\t".join(cell for cell in block.cells or () if cell)
        self._add(block, number=None, kind=ParagraphKind.TABLE_ROW, text=text)

    def _annex(self, block: Block, match: re.Match[str]) -> None:
        """An annex begins: numbers restart."""
        number = (match["number"] or "").strip()
        self.part = f"{match['name'].casefold()} {number}".strip()
        self.count = _Count()
        self.listing, self.box = False, None
        self._heading(block, level=1, label=None, text=block.text.rstrip("*. "))

    def _numbered(self, block: Block) -> bool:
        """Open a paragraph when the block begins with the next number."""
        if self.listing:
            return False
        match = _NUMBER.match(block.text) or (_TIGHT.match(block.text) if not block.bold else None)
        if match:
            number, text = int(match["number"]), match["text"] or ""
            if not self._is_next(number, block, text):
                return False
            self._note_gap(number)
            self.count.last, self.count.started = number, True
            self.box = None
            self._add(block, number=str(number), kind=ParagraphKind.PARAGRAPH, text=text)
            return True
        if match := _DOTTED.match(block.text):
            return self._dotted(block, match)
        return False

    def _is_next(self, number: int, block: Block, text: str) -> bool:
        """The number is the next of its part, or the count goes on after lost numbers."""
        due = self.count.last + 1 if self.count.started else self.first_number
        if block.bold and _looks_like_heading(text) and not self._bold_numbers(block):
            return False
        if self.restarts and _looks_like_heading(text):
            # Annotations repeat the items of the agenda as headings, numbers included.
            return False
        if number == due:
            return True
        lost = self.count.started and due < number <= due + MAX_LOST
        return (
            lost and not block.bold and block.gap != 0 and len(text.split()) > 6
        )  # not a list item

    def _bold_numbers(self, block: Block) -> bool:
        """Recommendations are often set bold throughout: a full sentence is no heading."""
        return bool(re.search(r"[.;:]$", block.text))

    def _dotted(self, block: Block, match: re.Match[str]) -> bool:
        """Open a paragraph numbered within its chapter (`16.12`) or its paragraph (`115.3`)."""
        chapter, count = match["chapter"], int(match["count"])
        if chapter == self.count.chapter:
            due = self.count.dotted < count <= self.count.dotted + MAX_LOST
        else:
            due = count == 1 and (not self.count.started or int(chapter) == self.count.last)
        if not due or (block.bold and _looks_like_heading(match["text"])):
            return False
        self.count.chapter, self.count.dotted = chapter, count
        self._add(block, number=match["number"], kind=ParagraphKind.PARAGRAPH, text=match["text"])
        return True

    def _note_gap(self, number: int) -> None:
        """Say that numbers are missing."""
        if self.count.started and number > self.count.last + 1:
            message = f"paragraph {self.count.last} is followed by {number} ({self.part})"
            self.warnings.append(ReadingWarning(code="number_gap", message=message))

    def _unnumbered(self, block: Block) -> None:
        """A heading, a piece of the paragraph above, or a paragraph without a number."""
        text = block.text
        last = self.drafts[-1] if self.drafts and self._open(self.drafts[-1]) else None
        if cut := self._cut(block):
            cut.add(block, joined=True)
        elif last and block.bold and CAPTION.fullmatch("\n".join(last.texts)):
            last.add(block, joined=True)  # below the label of a table stands its title
        elif (label := self._heading_label(block)) is not None:
            level, name, words = label
            self._heading(block, level=level, label=name, text=words)
        elif _BOX_TITLE.fullmatch(text) and len(text.split()) < MAX_HEADING_WORDS:
            self.box = block
            self._add(block, number=None, kind=ParagraphKind.BOX, text=text)
        elif self.box:
            self.drafts[-1].add(block, joined=False)
        elif (
            last and _SUB.fullmatch(text) and (last.number or last.kind is ParagraphKind.LIST)
        ) or (last and last.number and last.texts[-1].endswith((":", ": “")) and block.indented):
            last.add(block, joined=False)
        else:
            kind = ParagraphKind.LIST if _SUB.fullmatch(text) else ParagraphKind.PARAGRAPH
            self._add(block, number=None, kind=kind, text=text)

    def _cut(self, block: Block) -> _Draft | None:
        """
        The paragraph whose last sentence a block goes on with, None where it goes on with none.

        Boxes and tables are set where there is room, and may stand within a sentence.
        """
        if block.bold or not _goes_on(block.text):
            return None
        for draft in reversed(self.drafts):
            if not self._stands(draft):
                return None
            aside = draft.kind in (ParagraphKind.TABLE_ROW, ParagraphKind.BOX)
            if aside or CAPTION.match(draft.texts[0]):
                continue
            same = abs(draft.blocks[-1].size - block.size) < FRAME_STEP
            near = draft is self.drafts[-1]
            return draft if _unfinished(draft.texts[-1]) and (near or same) else None
        return None

    def _stands(self, draft: _Draft) -> bool:
        """No heading and no other part came after a draft."""
        return draft.part == self.part and (
            not self.headings or self.headings[-1].before < len(self.drafts)
        )

    def _open(self, draft: _Draft) -> bool:
        """A draft can grow while no heading and no other part came after it."""
        return draft.kind is not ParagraphKind.TABLE_ROW and self._stands(draft)

    def _heading_label(self, block: Block) -> tuple[int, str | None, str] | None:
        """Level, label and words of a heading; None for any other block."""
        text = block.text
        words = len(text.split())
        if self.listing and (_NUMBER.match(text) or _SUB.fullmatch(text)):
            return None
        if words > MAX_LABELLED_HEADING_WORDS or re.search(r"[;,]$", text):
            return None
        display = block.bold or block.size > 1.1 * self.body_size or text.isupper()
        plain = self.body_size == 0
        if (
            (match := _ROMAN.fullmatch(text))
            and (display or plain)
            and not text.endswith(".")
            and not self._is_letter(match["label"])
        ):
            return 1, match["label"], match["text"]
        if _CHAPTER_WORD.fullmatch(text) and display and words < MAX_HEADING_WORDS:
            return 1, None, text
        if (match := _LETTER.fullmatch(text)) and (display or plain) and not text.endswith("."):
            return 2, match["label"], match["text"]
        if (
            (match := _NUMBER.match(text) or _TIGHT.match(text))
            and match["text"]
            and (display or plain or block.italic)
        ):
            if self.restarts or not re.search(r"[.;:]$", text):
                return (
                    3,
                    match["number"],
                    match["text"].rstrip(".") if self.restarts else match["text"],
                )
            return None
        if (
            (match := _SUB_LABEL.fullmatch(text))
            and (display or block.italic or (plain and words < 14))
            and not re.search(r"[.;:]$", text)
        ):
            return 4, match["label"], match["text"]
        if self._bare_heading(block, words, display=display, plain=plain):
            return self._bare_level(block), None, text
        return None

    def _is_letter(self, label: str) -> bool:
        """A numeral that is the next letter of the open section: `I.` after `H.`"""
        before = chr(ord(label) - 1) if len(label) == 1 else None
        return any(each.level == 2 and each.label == before for each in self.open_headings)

    def _bare_heading(self, block: Block, words: int, *, display: bool, plain: bool) -> bool:
        """A heading without a label: display type, or a short line that ends no sentence."""
        text = block.text
        if (
            words > MAX_HEADING_WORDS
            or not re.match(r"[\[“\"«]?[^\W\d_]", text)
            or _SIGNED.search(text)
        ):
            return False
        if _BOX_TITLE.fullmatch(text) or (plain and self._documents()):
            return False
        if re.search(r"[.;:,]$", text) and not (block.size > 1.25 * self.body_size > 0):
            return False
        if plain:
            return block.alone and words <= 16 and text[0].isupper() and not _goes_on(text)  # words
        return display or (block.italic and block.alone and words <= 20)  # words

    def _documents(self) -> bool:
        """Under the word Documentation of an agenda stand entries, which have no full stop."""
        above = self.open_headings[-1].text if self.open_headings else ""
        return self.restarts and bool(_DOCUMENTATION.fullmatch(above))

    def _bare_level(self, block: Block) -> int:
        """Level of a heading without a label: by its type size against the body's."""
        if not self.body_size:
            above = self.open_headings[-1] if self.open_headings else None
            return (
                1
                if above is None or _AGENDA_PART.fullmatch(block.text)
                else above.level + (above.label is not None)
            )
        if block.size >= 1.3 * self.body_size:
            return 1
        if block.size > 1.1 * self.body_size:
            return 2
        return 4 if block.bold else 5

    def _heading(self, block: Block, *, level: int, label: str | None, text: str) -> None:
        """Open a heading and close those it ends."""
        heading = Heading(
            level=level, label=label, text=text.strip(), page=block.page, before=len(self.drafts)
        )
        self.headings.append(heading)
        self.box = None
        self.open_headings = [each for each in self.open_headings if each.level < level] + [heading]
        if self.restarts:
            # Some agendas list the documentation of an item within the list itself.
            self.listing = _names_list(text) or (
                self.listing and bool(_DOCUMENTATION.fullmatch(text))
            )

    def _add(self, block: Block, *, number: str | None, kind: ParagraphKind, text: str) -> None:
        """Begin a paragraph."""
        if self.listing and kind is ParagraphKind.PARAGRAPH:
            kind = ParagraphKind.LIST
        path = tuple(_printed(heading) for heading in self.open_headings)
        self.drafts.append(
            _Draft(
                number=number,
                part=self.part,
                kind=kind,
                path=path,
                blocks=[block],
                texts=[text] if text else [""],
            )
        )


def read_structure(
    lines: Sequence[Line],
    *,
    body_size: float | None,
    is_agenda: bool,
    notes: Sequence[Footnote] = (),
) -> Structure:
    """
    Headings and paragraphs of a paper.

    Args:
        lines: Body lines after the masthead, furniture and notes removed.
        body_size: Size of body text in points, None where unknown.
        is_agenda: The paper is an agenda: numbers of its items are not paragraph numbers.
        notes: The paper's footnotes.
    """
    blocks = blocks_of(lines, body_size=body_size, notes=notes)
    builder = _Builder(
        first_number=_first_number(blocks), body_size=body_size or 0.0, restarts=is_agenda
    )
    # An agenda without the heading above its list is nothing but the list.
    builder.listing = is_agenda and not any(_names_list(block.text) for block in blocks)
    for block in blocks:
        builder.take(block)
    paragraphs = tuple(_finished(draft) for draft in builder.drafts if "".join(draft.texts).strip())
    return Structure(
        headings=tuple(builder.headings),
        paragraphs=paragraphs,
        warnings=tuple(builder.warnings),
    )


def _names_list(text: str) -> bool:
    """The heading above the list of an agenda, not the one above its annotations."""
    return bool(_AGENDA_PART.fullmatch(text)) and "annotation" not in text.casefold()


def _first_number(blocks: Sequence[Block]) -> int:
    """The number that the first numbered paragraph bears: 1, but for parts of a longer report."""
    numbers = [
        int(match["number"])
        for block in blocks
        if not block.bold and (match := _NUMBER.match(block.text))
    ]
    if not numbers or 1 in numbers:
        return 1
    present = set(numbers)
    return next((number for number in numbers if {number + 1, number + 2} <= present), 1)


def _looks_like_heading(text: str) -> bool:
    """Short display type that ends no sentence."""
    return len(text.split()) <= MAX_HEADING_WORDS and not re.search(r"[.;:]$", text)


def _printed(heading: Heading) -> str:
    """A heading as printed, label first."""
    if heading.label is None:
        return heading.text
    mark = f"({heading.label})" if heading.label.islower() else f"{heading.label}."
    return f"{mark} {heading.text}"


def _unfinished(text: str) -> bool:
    """The text ends within a sentence."""
    return bool(text) and not _TERMINAL.search(text)


def _goes_on(text: str) -> bool:
    """The text can only be the rest of a sentence."""
    return bool(re.match(r"[a-zà-ÿа-я(,;]", text)) and not _SUB.match(text)


def _joined(above: str, below: str) -> str:
    """Two pieces of one sentence; a word cut at the line's end is mended where that is certain."""
    if above.endswith("-") and below[:1].islower() and re.search(r"\w-$", above):
        return above + below
    return f"{above} {below}".strip()


def _finished(draft: _Draft) -> Paragraph:
    """The record of a draft."""
    text = "\n".join(part.strip() for part in draft.texts if part.strip())
    boxes: list[Box] = []
    marks: list[str] = []
    for block in draft.blocks:
        boxes.extend(line.box for line in block.lines if line.box)
        marks.extend(mark for mark in block.marks if mark not in marks)
    pages = [line.page for block in draft.blocks for line in block.lines]
    return Paragraph(
        number=draft.number,
        part=draft.part,
        kind=_kind(draft, text),
        heading_path=draft.path,
        page_first=min(pages),
        page_last=max(pages),
        text=text,
        boxes=tuple(boxes),
        footnotes=tuple(marks),
    )


def _kind(draft: _Draft, text: str) -> ParagraphKind:
    """A recommendation stands under a heading that says so and names who should do what."""
    if draft.kind is not ParagraphKind.PARAGRAPH:
        return draft.kind
    under = any(_RECOMMENDING.search(heading) for heading in draft.path)
    if under and _RECOMMENDATION.match(text):
        return ParagraphKind.RECOMMENDATION
    return ParagraphKind.PARAGRAPH
