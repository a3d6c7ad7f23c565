"""
blocks -> headings and paragraphs: what each piece of a paper's text belongs to.

Why last: which numbers count (counting), what is a heading (headings), and where parts begin
(parts) is known by now. A sentence cut by a page end, a note, a running head, a box, a table
or a figure is one paragraph; sub-paragraphs belong to the paragraph that opens them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wgsearch.papers.blocks import CAPTION, Block, Setting, blocks_of, is_full
from wgsearch.papers.contents import differing
from wgsearch.papers.counting import Counted, count_paragraphs, starts_numbered
from wgsearch.papers.headings import (
    BOX_TITLE,
    DOCUMENTATION,
    MAX_HEADING_WORDS,
    SUB,
    Place,
    goes_on,
    heading_label,
    names_list,
    printed,
)
from wgsearch.papers.paper import Box, Heading, Paragraph, ParagraphKind, ReadingWarning
from wgsearch.papers.parts import openings
from wgsearch.papers.recommendations import asks, is_place, recommends, says_disagreed
from wgsearch.papers.resolutions import enacts, is_organ, is_preambular

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.paper import Footnote, Line

# Boxes are set in smaller type than the body, by at least this many points.
FRAME_STEP = 0.4
# What the reader of Word papers calls the paragraphs of a table of one cell.
BOX_STYLE = "box"

_TERMINAL = re.compile(r"[.?!:;…。？！；：؟]['’\"”»)\]]*$")
_QUOTED = re.compile(r"[“«\"„‘].*[”»\"“’][.,;]?", re.DOTALL)
_FLOWED = re.compile(r"(?<=[.;:!?”»)])\s(?=(\d{1,3})\.\s[A-ZÀ-ÞА-Я“«])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """
    The body of a paper.

    Attributes:
        headings: In order.
        paragraphs: In order.
        warnings: Gaps in the numbers, and the like.
        called: Marks of footnotes that headings call.
    """

    headings: tuple[Heading, ...]
    paragraphs: tuple[Paragraph, ...]
    warnings: tuple[ReadingWarning, ...]
    called: frozenset[str] = frozenset()


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
class _Builder:
    """Walks over the blocks of a paper and keeps what is open."""

    counted: Counted
    annexes: frozenset[int]
    setting: Setting
    body_size: float
    is_agenda: bool
    is_resolution: bool
    part: str = "body"
    headings: list[Heading] = field(default_factory=list)
    drafts: list[_Draft] = field(default_factory=list)
    open_headings: list[Heading] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    box: Block | None = None
    listing: bool = False
    enacting: bool = False

    def take(self, at: int, block: Block) -> None:
        """Sort one block."""
        if self.box and self._has_frame() and not self._in_frame(block):
            self.box = None
        if self.box and self._has_frame():
            self._into_box(block)
        elif block.cells is not None:
            self._row(block)
        elif at in self.annexes:
            self.part = self.counted.parts[at]
            self.listing, self.box, self.enacting = False, None, False
            self._heading(block, level=1, label=None, text=block.text.rstrip("*. "))
        else:
            if at in self.counted.parts:
                self.part = self.counted.parts[at]
                self.enacting = False
            if not self._numbered(at, block):
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
        cut = _unfinished(draft.texts[-1]) and goes_on(block.text) and len(draft.texts) > 1
        draft.add(block, joined=titled or cut)

    def _row(self, block: Block) -> None:
        """A row of a table."""
        text = "\t".join(cell for cell in block.cells or () if cell)
        self._add(block, number=None, kind=ParagraphKind.TABLE_ROW, text=text)

    def _numbered(self, at: int, block: Block) -> bool:
        """Open a paragraph when the block begins with a number that counts."""
        numbered = None if self.listing else self.counted.numbers.get(at)
        if numbered is None:
            return False
        self.box = None
        kind = ParagraphKind.OPERATIVE if self.enacting else ParagraphKind.PARAGRAPH
        self._add(block, number=numbered.number, kind=kind, text=numbered.text)
        return True

    def _unnumbered(self, block: Block) -> None:
        """A heading, a piece of the paragraph above, or a paragraph without a number."""
        text = block.text
        last = self.drafts[-1] if self.drafts and self._open(self.drafts[-1]) else None
        place = Place(self.open_headings, self.body_size, self.is_agenda, self.listing)
        if cut := self._cut(block):
            cut.add(block, joined=True)
        elif last and block.bold and CAPTION.fullmatch("\n".join(last.texts)):
            last.add(block, joined=True)  # below the label of a table stands its title
        elif (label := heading_label(block, place)) is not None:
            self._heading(block, level=label.level, label=label.label, text=label.text)
        elif BOX_TITLE.fullmatch(text) and len(text.split()) < MAX_HEADING_WORDS:
            self.box = block
            self._add(block, number=None, kind=ParagraphKind.BOX, text=text)
        elif self.box:
            self.drafts[-1].add(block, joined=False)
        elif last and self._belongs(last, block):
            last.add(block, joined=False)
        else:
            self._add(block, number=None, kind=self._kind(block), text=text)

    def _belongs(self, last: _Draft, block: Block) -> bool:
        """A sub-paragraph, or an indented piece that the words above announce."""
        if SUB.fullmatch(block.text):
            return bool(last.number) or last.kind in (ParagraphKind.LIST, ParagraphKind.OPERATIVE)
        announced = last.texts[-1].endswith((":", ": “"))
        return bool(last.number) and announced and block.indented

    def _kind(self, block: Block) -> ParagraphKind:
        """What an unnumbered paragraph is."""
        text = block.text
        if self.enacting:
            if is_preambular(text):
                return ParagraphKind.PREAMBULAR
            if enacts(text):
                return ParagraphKind.OPERATIVE
        elif is_organ(text) and not block.bold:
            self.enacting = True
            return ParagraphKind.PARAGRAPH
        if SUB.fullmatch(text):
            return ParagraphKind.LIST
        if block.indented and _QUOTED.fullmatch(text):
            return ParagraphKind.QUOTATION
        return ParagraphKind.PARAGRAPH

    def _cut(self, block: Block) -> _Draft | None:
        """
        The paragraph whose last sentence a block goes on with, None where it goes on with none.

        Boxes, tables and figures are set where there is room, and may stand within a sentence.
        """
        if block.bold or self.listing:
            return None
        lower = goes_on(block.text)
        for draft in reversed(self.drafts):
            if not self._stands(draft):
                return None
            if draft is self.drafts[-1] and draft.texts == [""]:
                return draft  # a number stands alone above its text
            if self._is_aside(draft):
                continue
            above = draft.blocks[-1]
            same = abs(above.size - block.size) < FRAME_STEP
            near = draft is self.drafts[-1]
            if not _unfinished(draft.texts[-1]):
                return None
            if lower:
                return draft if near or same else None
            # A capital goes on with a sentence where the line above has no room for its word.
            full = is_full(above.lines[-1], block.lines[0], self.setting)
            cut = full and same and above.page_last != block.page and not above.bold
            label = SUB.match(block.text) or CAPTION.match(block.text)
            return draft if cut and not block.indented and not label else None
        return None

    def _is_aside(self, draft: _Draft) -> bool:
        """A draft may stand within a paragraph: a row, a box, or the small type of a figure."""
        if draft.kind in (ParagraphKind.TABLE_ROW, ParagraphKind.BOX):
            return True
        small = 0 < draft.blocks[0].size < self.body_size - FRAME_STEP
        return bool(CAPTION.match(draft.texts[0])) or (small and draft.number is None)

    def _stands(self, draft: _Draft) -> bool:
        """No heading and no other part came after a draft."""
        return draft.part == self.part and (
            not self.headings or self.headings[-1].before < len(self.drafts)
        )

    def _open(self, draft: _Draft) -> bool:
        """A draft can grow while no heading and no other part came after it."""
        return draft.kind is not ParagraphKind.TABLE_ROW and self._stands(draft)

    def _heading(self, block: Block, *, level: int, label: str | None, text: str) -> None:
        """Open a heading and close those it ends."""
        heading = Heading(
            level=level, label=label, text=text.strip(), page=block.page, before=len(self.drafts)
        )
        self.headings.append(heading)
        self.called.update(block.marks)
        self.box = None
        # The headings within a resolution do not end it; those of a report that holds one do.
        self.enacting = self.enacting and (self.is_resolution or level > 3)
        self.open_headings = [each for each in self.open_headings if each.level < level] + [heading]
        if self.is_agenda:
            # Some agendas list the documentation of an item within the list itself.
            self.listing = names_list(text) or (
                self.listing and bool(DOCUMENTATION.fullmatch(text))
            )

    def _add(self, block: Block, *, number: str | None, kind: ParagraphKind, text: str) -> None:
        """Begin a paragraph."""
        if self.listing and kind is ParagraphKind.PARAGRAPH:
            kind = ParagraphKind.LIST
        path = tuple(printed(heading) for heading in self.open_headings)
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
    is_resolution: bool = False,
    notes: Sequence[Footnote] = (),
) -> Structure:
    """
    Headings and paragraphs of a paper.

    Args:
        lines: Body lines after the masthead, furniture and notes removed.
        body_size: Size of body text in points, None where unknown.
        is_agenda: The paper is an agenda: numbers of its items are not paragraph numbers.
        is_resolution: The paper is a resolution or decision: its headings do not end it.
        notes: The paper's footnotes.
    """
    cut = blocks_of(lines, body_size=body_size, notes=notes)
    size = body_size or 0.0
    blocks = [piece for block in cut.blocks for piece in _unflowed(block)]
    opened = openings(blocks, body_size=size)
    counted = count_paragraphs(
        blocks,
        opened,
        body_size=size,
        skipped=_listed(blocks) if is_agenda else _framed(blocks),
        is_agenda=is_agenda,
    )
    builder = _Builder(
        counted=counted,
        annexes=frozenset(at for at, each in opened.items() if each.always),
        setting=cut.setting,
        body_size=size,
        is_agenda=is_agenda,
        is_resolution=is_resolution,
    )
    # An agenda without the heading above its list is nothing but the list.
    builder.listing = is_agenda and not any(names_list(block.text) for block in blocks)
    for at, block in enumerate(blocks):
        builder.take(at, block)
    kept = [draft for draft in builder.drafts if "".join(draft.texts).strip()]
    paragraphs = _recommending([_finished(draft) for draft in kept])
    warnings = [*_number_warnings(builder, blocks), *differing(cut.contents, builder.headings)]
    return Structure(
        headings=tuple(builder.headings),
        paragraphs=tuple(paragraphs),
        warnings=tuple(warnings),
        called=frozenset(builder.called),
    )


def _unflowed(block: Block) -> list[Block]:
    """
    Numbered paragraphs that a copy without line breaks runs together, cut apart.

    Only before the expected number, and only where a sentence has ended and another begins.
    """
    if block.size or block.cells is not None or block.lines[0].style is not None:
        return [block]
    match = starts_numbered(block.text)
    if match is None or "count" not in match.groupdict():
        return [block]
    due, cuts = int(match["count"]) + 1, [0]
    for found in _FLOWED.finditer(block.text):
        if int(found[1]) == due:
            cuts.append(found.end())
            due += 1
    return [
        replace(block, text=block.text[first:last].strip())
        for first, last in zip(cuts, [*cuts[1:], len(block.text)], strict=True)
    ]


def _listed(blocks: Sequence[Block]) -> frozenset[int]:
    """Places of the blocks in the list of an agenda: its numbers are those of items."""
    listed: set[int] = set()
    listing = not any(names_list(block.text) for block in blocks)
    for at, block in enumerate(blocks):
        if names_list(block.text):
            listing = True
        elif listing and block.bold and not block.text[:1].isdigit() and not SUB.match(block.text):
            listing = bool(DOCUMENTATION.fullmatch(block.text))
        if listing:
            listed.add(at)
    return frozenset(listed)


def _framed(blocks: Sequence[Block]) -> frozenset[int]:
    """Places of the blocks in the frame of a box."""
    return frozenset(at for at, block in enumerate(blocks) if block.lines[0].style == BOX_STYLE)


def _number_warnings(builder: _Builder, blocks: Sequence[Block]) -> list[ReadingWarning]:
    """Gaps and repeats of the numbers, each with its place."""
    warnings: list[ReadingWarning] = []
    part, last = "body", None
    for at in range(len(blocks)):
        part = builder.counted.parts.get(at, part)
        numbered = builder.counted.numbers.get(at)
        if numbered is None:
            continue
        where = f"({part}, page {blocks[at].page})"
        if numbered.lost:
            message = f"paragraph {last} is followed by {numbered.number} {where}"
            warnings.append(ReadingWarning(code="number_gap", message=message))
        if numbered.repeats:
            message = f"paragraph {numbered.number} is printed twice {where}"
            warnings.append(ReadingWarning(code="number_repeat", message=message))
        last = numbered.number
    return warnings


def _unfinished(text: str) -> bool:
    """The text ends within a sentence."""
    return bool(text) and not _TERMINAL.search(text[-8:])


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
        kind=draft.kind,
        heading_path=draft.path,
        page_first=min(pages),
        page_last=max(pages),
        text=text,
        boxes=tuple(boxes),
        footnotes=tuple(marks),
    )


def _recommending(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Paragraphs with what they recommend: by their heading, their words, and what opens them."""
    found: list[Paragraph] = []
    path: tuple[str, ...] | None = None
    disagreed = False
    for paragraph in paragraphs:
        if paragraph.heading_path != path:
            path = paragraph.heading_path
            disagreed = any(says_disagreed(heading) for heading in path)
        if paragraph.kind is ParagraphKind.OPERATIVE:
            found.append(replace(paragraph, recommendation=asks(paragraph.text)))
            continue
        if paragraph.kind in (ParagraphKind.TABLE_ROW, ParagraphKind.PREAMBULAR):
            found.append(paragraph)
            continue
        opening = paragraph.text.partition("\n")[0]
        disagreed = disagreed or says_disagreed(opening)
        named = paragraph.text.startswith(("Recommendation ", "Recommandation ", "Recomendación "))
        recommended = None
        if named or any(is_place(heading) for heading in paragraph.heading_path):
            recommended = recommends(paragraph.text, agreed=not disagreed)
        if recommended and paragraph.kind in (ParagraphKind.PARAGRAPH, ParagraphKind.LIST):
            paragraph = replace(paragraph, kind=ParagraphKind.RECOMMENDATION)  # noqa: PLW2901 - the same paragraph, told apart
        found.append(replace(paragraph, recommendation=recommended) if recommended else paragraph)
    return found
