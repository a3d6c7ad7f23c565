"""
Markdown source -> Paper: the one reading of the source format, for both typesetters and the tests.

The format is line based: a paragraph is one line; a box is a run of lines starting with `>`; a
table is a run of lines starting with `|`. Numbers are typed by hand: what is cited is printed.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads the annotation at run time
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NBSP = "\N{NO-BREAK SPACE}"

_HEADING = re.compile(
    r"(?P<marks>#{1,3})\s+(?:(?P<label>[IVXLC]+\.|[A-Z]\.|\d+\.|\(?[a-z]\))\s+)?(?P<text>\S.*)"
)
_NUMBERED = re.compile(r"(?P<number>\d+)\.\s+(?P<text>\S.*)")
_LETTERED = re.compile(r"(?P<label>\(?(?P<letter>[a-z]{1,5})\))\s+(?P<text>\S.*)")
_NOTE = re.compile(r"\[\^(?P<number>\d+)\]:\s+(?P<text>\S.*)")
_INLINE = re.compile(r"\[\^(?P<note>\d+)\]|\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*]+?)\*")
_CAPTION = re.compile(
    r"(?P<label>(?:Table|Tableau|Cuadro|Box|Encadré|Recuadro)\s+\d+)\.\s+(?P<title>\S.*)"
)
_ANNEX = re.compile(r"(?:Annex|Annexe|Anexo)(?: [IVX]+)?")
_ABBREVIATION = re.compile(r"\b([Pp]aras?|[Pp]árrs?|[Pp]ar|[Aa]rts?|No|n[o°]|[Nn]úm)\. (?=\d)")
_ROMAN = re.compile(r"[ivx]+")

# Fields of the front matter that are prose, and get typographic signs.
_PRINTED = {"body", "group", "session", "place_dates", "item", "item_title", "title", "subtitle"}

# Characters on a line of a table as wide as the text column.
_LINE = 72


class SourceError(Exception):
    """A source does not follow the format; the message names the file and what was expected."""


class Kind(StrEnum):
    """The kinds of paper in the series."""

    AGENDA = "agenda"
    BACKGROUND = "background paper"
    REPORT = "report"
    ROOM_PAPER = "conference room paper"
    CORRIGENDUM = "corrigendum"


class ParagraphKind(StrEnum):
    """How a paragraph is set."""

    NUMBERED = "numbered"
    LETTERED = "lettered"
    LISTED = "listed"
    PLAIN = "plain"


class Front(BaseModel):
    """The front matter of a source: what the masthead prints, and how to set the paper."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    symbol: str
    kind: Kind
    language: Literal["en", "fr", "es"]
    original: Literal["English", "English only"]
    date: dt.date
    body: str
    group: str
    session: str
    place_dates: str
    item: str | None
    item_title: str | None
    title: str
    subtitle: str | None
    asterisk: Annotated[str | None, BeforeValidator(lambda value: value or None)]
    format: Literal["pdf", "docx"]
    contents: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text in one face, or the call of a footnote (then without text)."""

    text: str
    bold: bool = False
    italic: bool = False
    note: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """
    A heading of level 1 to 3.

    Attributes:
        label: "I.", "A." or "1." as printed; None for "Annex" and the like.
        span: First and last paragraph below it, until the next heading of its rank ("3-9"); None
            where no paragraph there is numbered.
        opens_annex: Begins a page, and numbering begins again at 1.
    """

    level: int
    label: str | None
    runs: tuple[Run, ...]
    span: str | None
    opens_annex: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """
    A paragraph of running text.

    Attributes:
        kind: How it is set.
        label: "7." or "(a)" as printed; None for plain paragraphs.
        depth: 0 at the text edge, 1 for (a), 2 for (i).
    """

    kind: ParagraphKind
    label: str | None
    depth: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A framed text. *caption* is its number ("Box 1"), if it has one."""

    caption: str | None
    title: tuple[Run, ...]
    paragraphs: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    A table with one head row.

    Attributes:
        caption: "Table 1", or None for the timetable of an agenda.
        title: Empty where there is no caption.
        widths: Share of the width for each column; they add up to 1.
    """

    caption: str | None
    title: tuple[Run, ...]
    head: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    widths: tuple[float, ...]


Block = Heading | Paragraph | Box | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper, ready to be set; *notes* holds the footnotes by number."""

    stem: str
    front: Front
    blocks: tuple[Block, ...]
    notes: dict[int, tuple[Run, ...]]


def read_source(path: Path) -> Paper:
    """
    Read one source.

    Raises:
        SourceError: The file does not follow the format.
    """
    opening, front_text, body = _split_front(path)
    if opening:
        msg = f"{path.name}: expected '---' on the first line, found {opening!r}"
        raise SourceError(msg)
    try:
        front = Front.model_validate(yaml.safe_load(front_text))
    except (ValidationError, yaml.YAMLError) as error:
        msg = f"{path.name}: front matter: {error}"
        raise SourceError(msg) from error
    printed = {
        name: plain(inline(value, language=front.language))
        for name, value in front
        if name in _PRINTED and value is not None
    }
    front = front.model_copy(update=printed)
    reader = _Reader(name=path.name, front=front)
    for line in _groups(body):
        reader.take(line)
    return Paper(
        stem=path.stem, front=front, blocks=tuple(_with_spans(reader.blocks)), notes=reader.notes
    )


def _split_front(path: Path) -> tuple[str, str, str]:
    parts = re.split(r"(?m)^---[ \t]*$", path.read_text(encoding="utf-8"), maxsplit=2)
    if len(parts) != 3:  # noqa: PLR2004 - before, between and after two lines of dashes
        msg = f"{path.name}: expected front matter between two lines '---'"
        raise SourceError(msg)
    return parts[0].strip(), parts[1], parts[2]


def _groups(body: str) -> Iterator[list[str]]:
    """Yield one line at a time, but the lines of a box or table together."""
    group: list[str] = []
    for line in [*body.splitlines(), ""]:
        mark = line[:1] if line[:1] in {">", "|"} else ""
        if group and group[0][:1] != mark:
            yield group
            group = []
        if mark:
            group.append(line)
        elif line.strip():
            yield [line.strip()]


class _Reader:
    """Keeps the counters that decide what a number means: the next one expected is a paragraph."""

    def __init__(self, *, name: str, front: Front) -> None:
        self.name = name
        self.front = front
        self.blocks: list[Block] = []
        self.notes: dict[int, tuple[Run, ...]] = {}
        self._expected = 1
        self._listed = 0
        self._letter = ""

    def take(self, group: list[str]) -> None:
        """Add the block that the lines make."""
        line = group[0]
        if line.startswith(">"):
            self.blocks.append(self._box(group))
        elif line.startswith("|"):
            self.blocks.append(self._table(group))
        elif line.startswith("#"):
            self._heading(line)
        elif note := _NOTE.fullmatch(line):
            self.notes[int(note["number"])] = self._runs(note["text"])
        else:
            self._paragraph(line)

    def _runs(self, text: str) -> tuple[Run, ...]:
        return inline(text, language=self.front.language)

    def _heading(self, line: str) -> None:
        match = _HEADING.fullmatch(line)
        if match is None:
            msg = f"{self.name}: not a heading of level 1 to 3: {line!r}"
            raise SourceError(msg)
        level = len(match["marks"])
        annex = level == 1 and _ANNEX.fullmatch(match["text"]) is not None
        if annex:
            self._expected = 1
        self._listed = 0
        self._letter = ""
        self.blocks.append(
            Heading(
                level=level,
                label=match["label"],
                runs=self._runs(match["text"]),
                span=None,
                opens_annex=annex,
            )
        )

    def _paragraph(self, line: str) -> None:
        if (numbered := _NUMBERED.fullmatch(line)) is not None:
            number, text = int(numbered["number"]), numbered["text"]
            self._letter = ""
            if (
                self.front.kind is Kind.AGENDA
                or number != self._expected
                or self._listed == number - 1 > 0
            ):
                self._listed = number
                self._add(ParagraphKind.LISTED, f"{number}.", 0, text)
            else:
                self._expected += 1
                self._listed = 0
                self._add(ParagraphKind.NUMBERED, f"{number}.", 0, text)
        elif (lettered := _LETTERED.fullmatch(line)) is not None:
            depth = self._depth(lettered["letter"])
            self._add(ParagraphKind.LETTERED, lettered["label"], depth, lettered["text"])
        else:
            self._letter = ""
            self._add(ParagraphKind.PLAIN, None, 0, line)

    def _depth(self, letter: str) -> int:
        """Return 2 for a roman numeral; "(i)" after "(h)" is a letter."""
        follows = letter == "a" if not self._letter else letter == chr(ord(self._letter) + 1)
        if not follows and _ROMAN.fullmatch(letter):
            return 2
        self._letter = letter
        return 1

    def _add(self, kind: ParagraphKind, label: str | None, depth: int, text: str) -> None:
        self.blocks.append(Paragraph(kind=kind, label=label, depth=depth, runs=self._runs(text)))

    def _box(self, group: list[str]) -> Box:
        lines = [text for line in group if (text := line.removeprefix(">").strip())]
        caption, title = self._caption(lines[0].removeprefix("**").removesuffix("**"))
        return Box(
            caption=caption, title=title, paragraphs=tuple(self._runs(line) for line in lines[1:])
        )

    def _caption(self, text: str) -> tuple[str | None, tuple[Run, ...]]:
        text = text.strip().removeprefix("**").removesuffix("**")
        match = _CAPTION.fullmatch(text)
        return (match["label"], self._runs(match["title"])) if match else (None, self._runs(text))

    def _table(self, group: list[str]) -> Table:
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in group]
        rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
        caption: str | None = None
        title: tuple[Run, ...] = ()
        if not any(rows[0][1:]):
            caption, title = self._caption(rows.pop(0)[0])
        columns = len(rows[0])
        for row in rows:
            if len(row) != columns:
                msg = f"{self.name}: expected {columns} cells in the row, found {len(row)}: {row!r}"
                raise SourceError(msg)
        head, *body = [tuple(self._runs(cell) for cell in row) for row in rows]
        return Table(
            caption=caption, title=title, head=head, rows=tuple(body), widths=_widths(rows)
        )


def _widths(rows: list[list[str]]) -> tuple[float, ...]:
    """
    Share the width by the root of each column's text, with room for the longest word of each.

    A row with text in its first cell only (a date of a timetable) spans the table: not counted.
    """
    counted = [row for row in rows if any(row[1:])]
    columns = [[row[column] for row in counted] for column in range(len(rows[0]))]
    weights = [max(map(len, cells)) ** 0.5 for cells in columns]
    floors = [
        (max(len(word) for cell in cells for word in cell.split() or [""]) + 2) / _LINE
        for cells in columns
    ]
    shares = [
        max(weight / sum(weights), floor) for weight, floor in zip(weights, floors, strict=True)
    ]
    return tuple(share / sum(shares) for share in shares)


def _with_spans(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks, each heading with the paragraphs that stand below it."""
    for index, block in enumerate(blocks):
        if not isinstance(block, Heading):
            yield block
            continue
        below: list[str] = []
        for other in blocks[index + 1 :]:
            if isinstance(other, Heading) and other.level <= block.level:
                break
            if (
                isinstance(other, Paragraph)
                and other.kind is ParagraphKind.NUMBERED
                and other.label
            ):
                below.append(other.label.removesuffix("."))
        span = "\N{EN DASH}".join(dict.fromkeys([below[0], below[-1]])) if below else None
        yield Heading(
            level=block.level,
            label=block.label,
            runs=block.runs,
            span=span,
            opens_annex=block.opens_annex,
        )


def inline(text: str, *, language: str) -> tuple[Run, ...]:
    """Return the runs of a line, with typographic quotation marks and spaces."""
    runs: list[Run] = []
    end = 0
    for match in _INLINE.finditer(text):
        if before := text[end : match.start()]:
            runs.append(Run(text=before))
        if match["note"]:
            runs.append(Run(text="", note=int(match["note"])))
        else:
            runs.append(
                Run(
                    text=match["bold"] or match["italic"],
                    bold=bool(match["bold"]),
                    italic=bool(match["italic"]),
                )
            )
        end = match.end()
    if rest := text[end:]:
        runs.append(Run(text=rest))
    return tuple(_typographic(runs, language=language))


def _typographic(runs: list[Run], *, language: str) -> Iterator[Run]:
    before = " "
    for run in runs:
        text = _ABBREVIATION.sub(rf"\1.{NBSP}", run.text)
        if language == "fr":
            text = re.sub(r" ([:;!?»])", rf"{NBSP}\1", text).replace("« ", f"«{NBSP}")
        curled = ""
        for character in text:
            opens = (
                before.isspace()
                or before in "([\N{EM DASH}\N{EN DASH}\N{LEFT DOUBLE QUOTATION MARK}/"
            )
            mark = {'"': "“" if opens else "”", "'": "‘" if opens else "’"}.get(
                character, character
            )
            curled += mark
            before = character
        yield Run(text=curled, bold=run.bold, italic=run.italic, note=run.note)


def plain(runs: tuple[Run, ...]) -> str:
    """Return the text of the runs without faces and footnote calls."""
    return "".join(run.text for run in runs)
