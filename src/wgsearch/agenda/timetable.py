"""
Lines -> slots: the organization of work, whatever table or list it is set as.

Why by cells: a day, an hour, an item and its title stand side by side, each may be set over
several lines, and an empty cell means what stands above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from wgsearch.agenda import wording
from wgsearch.agenda.labels import find_label, follows
from wgsearch.agenda.records import AgendaItem, Slot
from wgsearch.agenda.titles import words
from wgsearch.papers.dates import find_dates, find_day, find_times
from wgsearch.papers.paper import Cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.paper import Line, Paper

# Under the heading of a timetable its first hour stands within this many lines.
NEAR = 16
# A heading has at most this many characters, a cell with a day at most this many.
MAX_HEADING = 130
MAX_DAY = 60
# A title set without its number is the item's when it hardly differs.
SAME_TITLE = 90
# A row dated more than this many months before the paper is of the next year.
MONTHS_BACK = 2

_HOUR = (
    r"\d{1,2}(?:\s?[.:h]\s?\d{2})?(?:\s?(?:h|noon))?(?:\s?[ap]\.?\s?m\.?)?(?:\s?(?:noon|hours))?"
)
_TIMES = re.compile(
    rf"(?:from |de |с |las |a las )*(?P<times>{_HOUR}\s?(?:[-–—]|to|à|a|до|y)\s?{_HOUR})"
    r"(?:\s?(?:hours|horas|heures))?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_TIME_BEGINS = re.compile(rf"(?P<start>{_HOUR})\s?[-–—]", re.IGNORECASE)
_TIME_ENDS = re.compile(rf"[-–—]?\s?(?P<end>{_HOUR})", re.IGNORECASE)
_HALF = re.compile(
    r"(?:morning|afternoon|evening|matin(?:ée)?|après-midi|mañana|tarde|утро|утреннее"
    r"|вторая половина дня|上午|下午|صباحا|بعد الظهر)"
    r"(?: (?:session|meeting|séance|sesión|заседание))?:?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|понедельник|вторник|среда|четверг|пятница"
    r"|суббота|воскресенье|星期.|周.",
    re.IGNORECASE,
)
_CHINESE_DAY = re.compile(r"(\d{1,2})月(\d{1,2})日")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_RIGHT_TO_LEFT = re.compile(r"(\d{2})/(\d{1,2})\s?[-–]\s?(\d{2})/(\d{1,2})")
_NOON = re.compile(r"\b(?:12 )?(?:noon|midday|midi|mediodía|полдень)\b", re.IGNORECASE)
_HOURS = re.compile(r"(?<=\d)\s*(?:heures?|horas?|hrs?|ч(?:\.|ас\w*)?)(?![^\W\d_])", re.IGNORECASE)
_MINUTES = re.compile(r"(?<=\d)\s*(?:мин\.?|м\.|min\.?)")
_UNTIL = re.compile(r"(?<=[\dhm.])\s*\b(?:to|à|a|до)\s+(?=\d)")
_LEADING = re.compile(
    r"(?:agenda items?|items?|points?|temas?|пункты?|项目|البند)\s*:?\s*", re.IGNORECASE
)
_NUMBER = re.compile(r"(?P<item>\d{1,3}(?:\.\d{1,2})?)(?:\s?\(?(?P<letter>[a-z])\))?")
_NEXT = re.compile(
    r"\s?(?P<sign>-|–|,|;|and|et|y|и|to|à|a)\s?(?:(?P<item>\d{1,3}(?:\.\d{1,2})?)\s?)?(?:\(?(?P<letter>[a-z])\))?"
)
_ITEM_COLUMN = re.compile(r"(?:agenda )?items?(?: no\.?)?|points?|temas?|пункты?.*", re.IGNORECASE)


def read_timetable(paper: Paper, items: Sequence[AgendaItem], place: int | None) -> list[Slot]:
    """
    Meetings of the organization of work.

    Args:
        paper: An agenda.
        items: Its items: numbers and titles that rows may name.
        place: Where its heading stands among the lines, None where there is none.
    """
    if place is None:
        return []
    table = _Table(paper=paper, items=items)
    for line in paper.lines[place + 1 :]:
        if table.meetings and wording.DOCUMENT_LIST.fullmatch(line.text):
            break
        table.take(line)
    return table.slots()


def find_timetable(lines: Sequence[Line]) -> int | None:
    """
    Place of the heading of the timetable: hours stand in the lines below it.

    An annex of that name comes before a subheading of the annotations.
    """
    places = [at for at, line in enumerate(lines) if _is_heading(line) and _hours_below(lines, at)]
    annexed = (
        at
        for at in places
        if any(wording.ANNEX.fullmatch(line.text) for line in lines[max(0, at - 3) : at])
    )
    return next(annexed, places[0] if places else None)


def _is_heading(line: Line) -> bool:
    """A short line that names a timetable and is no sentence."""
    text = line.text
    if len(text) > MAX_HEADING or text[:1].islower() or text[-1:] in (".", ";", ","):
        return False
    return bool(wording.TIMETABLE.search(text)) and not wording.is_spoken(text)


def _hours_below(lines: Sequence[Line], at: int) -> bool:
    """Hours at the head of a cell or line; hours within a sentence are no row."""
    for line in lines[at + 1 : at + 1 + NEAR]:
        cells = _cells(line)
        for cell in cells[:3]:
            match = _times(cell.text)
            if match and not match["rest"][:1].islower():
                return True
            if len(cells) > 1 and len(cell.text) < MAX_DAY and _TIMES.search(_clock(cell.text)):
                return True
    return False


def _cells(line: Line) -> list[Cell]:
    """Cells with words; a line of running text is one cell."""
    cells = [cell for cell in line.cells if cell.text]
    return cells or [Cell(text=line.text, x0=line.indent or 0.0, x1=0.0)]


@dataclass(slots=True)
class _Meeting:
    """A meeting while it is being read."""

    date: str | None
    start: str | None
    end: str | None
    opening: str | None = None
    edge: float = 0.0
    numbers: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    """Walks over the lines of a timetable."""

    paper: Paper
    items: Sequence[AgendaItem]
    meetings: list[_Meeting] = field(default_factory=list)
    day: str | None = None
    dayless: int | None = None
    columns: list[tuple[float, tuple[str, str] | str]] = field(default_factory=list)
    item_edge: float | None = None

    def take(self, line: Line) -> None:
        """Sort the cells of a line."""
        cells = _cells(line)
        if len(cells) > 1 and self._grid(cells):
            return
        if len(cells) > 1 and (edge := _item_column(cells)) is not None:
            self.item_edge = edge
            return
        if self.columns:
            self._across(cells)
            return
        free = True
        for cell in cells:
            rest = self._when(cell, alone=len(cells) == 1)
            if rest and self.meetings:
                if free and self._may_number(cell, len(cells)):
                    self._number(rest)
                self.meetings[-1].texts.append(rest)
                free = False

    def _may_number(self, cell: Cell, count: int) -> bool:
        """A cell that can hold numbers of items: of that column, or any with the word Item."""
        if _LEADING.match(cell.text):
            return True
        return count > 1 or self.item_edge is None or abs(cell.x0 - self.item_edge) < 40  # points

    def _when(self, cell: Cell, *, alone: bool) -> str:
        """Take day and hour off a cell; the words that are left."""
        text = cell.text.strip()
        if self._is_day(text):
            return ""
        if match := _times(text):
            found = find_times(_clock(match["times"]))
            if found:
                self._open(found[0], found[1], cell)
                return match["rest"].strip(" :–-")
        if (begun := _TIME_BEGINS.fullmatch(text)) and not alone:
            self._open(None, None, cell)
            self.meetings[-1].opening = begun["start"]
            return ""
        if self.meetings and (last := self.meetings[-1]).opening and abs(cell.x0 - last.edge) < 12:
            ended = _TIME_ENDS.fullmatch(text)
            found = find_times(_clock(f"{last.opening}-{ended['end']}")) if ended else None
            if found:
                last.start, last.end, last.opening = found[0], found[1], None
                return ""
        if _HALF.fullmatch(text):
            self._open(None, None, cell)
            return ""
        return text

    def _is_day(self, text: str) -> bool:
        """A cell that is a date, whole or a piece of one; sets the day of what follows."""
        if len(text) > MAX_DAY:
            return False
        day = self._date(text)
        named = _WEEKDAY.match(text)
        if named and day is None:
            if len(text.split()) > 1:
                return False
            self.dayless = len(self.meetings)
            return True
        bare = re.sub(r"\W|\d", "", _WEEKDAY.sub("", text))
        if day is None or not (named or len(bare) <= 14) or _TIMES.match(text):
            return False
        self.day = day
        if self.dayless is not None:
            for meeting in self.meetings[self.dayless :]:
                meeting.date = day
            self.dayless = None
        return True

    def _date(self, text: str) -> str | None:
        """ISO date of a cell; the year is its own, the meeting's, or the paper's."""
        text = _CHINESE_DAY.sub(
            lambda match: (
                f"{match[2]} {_ENGLISH[int(match[1]) - 1] if 0 < int(match[1]) < 13 else ''}"
            ),
            text,
        )
        if year := _YEAR.search(text):
            return find_day(text, year=int(year[0]))
        dates = find_dates(self.paper.meeting or "")
        if dates:
            return find_day(text, year=int(dates[0][:4]))
        issued = self.paper.date or ""
        if not issued[:4].isdigit():
            return None
        found = find_day(text, year=int(issued[:4]))
        if found and len(issued) >= 7 and int(found[5:7]) + MONTHS_BACK < int(issued[5:7]):
            return find_day(text, year=int(issued[:4]) + 1)
        return found

    def _open(self, start: str | None, end: str | None, cell: Cell) -> None:
        """A meeting begins."""
        self.meetings.append(_Meeting(self.day, start, end, edge=cell.x0))

    def _number(self, text: str) -> None:
        """Items that a cell names."""
        for number in cell_items(text):
            known = {item.number for item in self.items} | {
                sub.number for item in self.items for sub in item.sub_items
            }
            if number in known or number.split(" (")[0] in known:
                self.meetings[-1].numbers.append(number)

    def _grid(self, cells: Sequence[Cell]) -> bool:
        """A row of hours (or of days) at the head of columns: each column is a meeting."""
        hours = [(cell.x0, found) for cell in cells if (found := self._head_hours(cell.text))]
        if len(hours) > 1 and len(hours) >= len(cells) - 1:
            self.columns = list(hours)
            return True
        days = [
            (cell.x0, day)
            for cell in cells
            if len(cell.text) < MAX_DAY and (day := self._date(cell.text)) and not _times(cell.text)
        ]
        if len(days) > 1 and len(days) >= len(cells) - 1:
            self.columns = list(days)
            return True
        return False

    def _head_hours(self, text: str) -> tuple[str, str] | None:
        """Hours of a column's head."""
        match = _TIMES.search(text)
        return find_times(_clock(match["times"])) if match and len(text) < MAX_DAY else None

    def _across(self, cells: Sequence[Cell]) -> None:
        """A row of a grid: its head is a day (or hours), each further cell one meeting."""
        head = cells[0]
        hours: tuple[str, str] | None = None
        if self.columns and isinstance(self.columns[0][1], tuple):
            headed = self._is_day(head.text.strip())
        else:
            match = _times(head.text)
            hours = find_times(_clock(match["times"])) if match else None
            headed = hours is not None
        if headed:
            for edge, what in self.columns:
                if isinstance(what, tuple):
                    self.meetings.append(_Meeting(self.day, what[0], what[1], edge=edge))
                else:
                    start, end = hours or (None, None)
                    self.meetings.append(_Meeting(what, start, end, edge=edge))
        row = self.meetings[-len(self.columns) :]
        for cell in cells[1:] if headed else cells:
            if not row:
                return
            meeting = min(row, key=lambda each: abs(each.edge - cell.x0))
            meeting.texts.append(cell.text)
            pieces = re.split(r";\s*", cell.text)
            for number in (number for piece in pieces for number in cell_items(piece)):
                if any(number.split(" (")[0] == item.number for item in self.items):
                    meeting.numbers.append(number)

    def slots(self) -> list[Slot]:
        """The records; where no row of a meeting names a number, titles name the items."""
        for meeting in self.meetings:
            if not meeting.numbers:
                meeting.numbers = [
                    number for text in meeting.texts for number in self._titled(text)
                ]
        return [
            Slot(
                date=meeting.date,
                start=meeting.start,
                end=meeting.end,
                items=tuple(dict.fromkeys(meeting.numbers)),
            )
            for meeting in self.meetings
        ]

    def _titled(self, text: str) -> list[str]:
        """The item or sub-item whose title a cell repeats."""
        label = find_label(text)
        title = words(re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*$", "", label.rest if label else text))
        named = {item.number: item.title for item in self.items} | {
            sub.number: sub.title for item in self.items for sub in item.sub_items
        }
        return [
            number for number, each in named.items() if fuzz.ratio(words(each), title) >= SAME_TITLE
        ]


_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _item_column(cells: Sequence[Cell]) -> float | None:
    """Left edge of the column of items, when the cells are heads of columns."""
    return next((cell.x0 for cell in cells if _ITEM_COLUMN.fullmatch(cell.text.strip())), None)


def _times(text: str) -> re.Match[str] | None:
    """Hours at the head of a cell: `10 a.m.–1 p.m.`, `10 h - 13 h`, `from 10 a.m. to noon`."""
    match = _TIMES.fullmatch(_clock(text))
    if match is None or not re.search(
        r"[ap]\.?\s?m|h|noon|[.:]\d\d|\d", match["times"], re.IGNORECASE
    ):
        return None
    plain_numbers = re.fullmatch(r"\d{1,2}\s?[-–—]\s?\d{1,2}", match["times"].strip())
    # `3-5` alone are items, `3-5 p.m.` are hours.
    return None if plain_numbers else match


def _clock(text: str) -> str:
    """Hours in figures and one sign: noon, `heures`, `to` and right-to-left hours rewritten."""
    if not any(char.isdigit() for char in text):
        return text
    text = _RIGHT_TO_LEFT.sub(r"\2:\1-\4:\3", text)
    text = _NOON.sub("12 p.m.", text)
    text = _HOURS.sub(" h", text)
    text = _MINUTES.sub("", text)
    return _UNTIL.sub("-", text)


def cell_items(cell: str) -> list[str]:
    """Items of a table cell: `2`, `1 (a)`, `1 (a)–(c)`, `3 and 4`, `Item 2 (continued)`."""
    word = _LEADING.match(cell)
    text = cell[word.end() :] if word else cell.strip()
    match = _NUMBER.match(text)
    if match is None:
        return []
    parent = match["item"]
    numbers = [_of(parent, match["letter"])]
    at = match.end()
    while (more := _NEXT.match(text, at)) and more.end() > at and (more["item"] or more["letter"]):
        parent = more["item"] or parent
        _extend(numbers, parent, more)
        at = more.end()
    rest = text[at:].lstrip()
    # `3 minutes each` is no item; a title, a bracket or nothing follows a number.
    if rest and not word and not re.match(r"[(:.,–*-]|[^\W\d_a-zà-ÿа-я]|cont|suite|прод", rest):
        return []
    return numbers


def _extend(numbers: list[str], parent: str, more: re.Match[str]) -> None:
    """Add one further number, or the numbers up to it."""
    letter, sign = more["letter"], more["sign"]
    if letter and sign in ("-", "–", "to", "à", "a") and not more["item"] and " (" in numbers[-1]:
        last = numbers[-1][-2]
        while last < letter and follows(following := chr(ord(last) + 1), last):
            numbers.append(f"{parent} ({following})")
            last = following
    elif (
        more["item"] and not letter and sign in ("-", "–", "to", "à", "a") and numbers[-1].isdigit()
    ):
        numbers.extend(str(each) for each in range(int(numbers[-1]) + 1, int(parent) + 1))
    else:
        numbers.append(_of(parent, letter))


def _of(item: str, letter: str | None) -> str:
    """A number as printed in lists."""
    return f"{item} ({letter})" if letter else item
