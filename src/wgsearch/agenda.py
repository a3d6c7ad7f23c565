"""
Paper -> Agenda: items, annotations, documentation, timetable.

Why: the agenda is how a working group asks; each of its items becomes a question,
and the papers that it lists are the first answers.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wgsearch.papers import symbols
from wgsearch.papers.dates import find_dates, find_day, find_times
from wgsearch.papers.paper import PaperKind, ParagraphKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wgsearch.papers.paper import Heading, Paper, Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class SubItem:
    """
    A sub-item of an agenda.

    Attributes:
        number: With the item's number, for instance `1 (a)`.
        title: Without its final mark.
    """

    number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDocument:
    """
    An entry of an item's documentation.

    Attributes:
        symbol: Canonical symbol; None where the agenda names a document without one.
        title: The entry's words before the symbol, None where there are none.
    """

    symbol: str | None
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """
    One item of an agenda.

    Attributes:
        number: As printed, for instance `2`.
        title: Without its final mark.
        sub_items: In order.
        annotation: Words of the annotation, paragraphs separated by blank lines; None without one.
        documents: The item's documentation; symbols that the annotation merely mentions are not.
    """

    number: str
    title: str
    sub_items: tuple[SubItem, ...]
    annotation: str | None
    documents: tuple[ListedDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """
    One meeting in the organization of work.

    Attributes:
        date: ISO date, None where the table gives none.
        start: `HH:MM`, 24 hours, None where the table gives none.
        end: Likewise.
        items: Numbers of the items taken up, as printed (`1 (a)`, `2`).
    """

    date: str | None
    start: str | None
    end: str | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """
    The agenda that a paper holds.

    Attributes:
        symbol: Symbol of the paper, None when it prints none.
        title: Title of the paper.
        items: In order.
        timetable: The organization of work, in order of time as printed.
    """

    symbol: str | None
    title: str | None
    items: tuple[AgendaItem, ...]
    timetable: tuple[Slot, ...]


_PART = re.compile(
    r"(?:proposed )?(?:provisional |preliminary )?(?:agenda|list of items).*"
    r"|ordre du jour.*|programa.*",
    re.IGNORECASE,
)
_ANNOTATIONS = re.compile(r"annotations\b.*|anotaciones.*", re.IGNORECASE)
_ITEM = re.compile(
    r"(?:item\s+)?(?P<number>\d{1,3})[.:]?\s+(?P<title>\S.*)", re.IGNORECASE | re.DOTALL
)
_ITEM_ALONE = re.compile(r"item\s+(?P<number>\d{1,3})[.:]?", re.IGNORECASE)
_SUB_ITEM = re.compile(r"\(?(?P<letter>[a-z]{1,2})\)\s*(?P<title>\S.*)", re.DOTALL)
_DOCUMENTATION = re.compile(
    r"(?P<word>documentation|documents?|documentación)\s*[:.]?\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NONE = re.compile(r"none|no (?:advance )?documentation.*|sin documentación.*|néant", re.IGNORECASE)
_TIMETABLE = re.compile(
    r".*\b(?:organization of work|timetable|programme of work|workplan|organisation des travaux"
    r"|organización de los trabajos|calendrier)\b.*",
    re.IGNORECASE,
)
_CELL_ITEM = re.compile(
    r"(?P<number>\d{1,2}(?:\s?\([a-z]\))?)(?P<more>(?:\s?(?:-|–|,|and|et|y)\s?(?:\d{1,2}\s?)?(?:\([a-z]\)|\d{1,2}))*)(?:\s+\D.*)?"
)
_MARKS = re.compile(r"(?<![\s.:;,*])[\s.:;,*]+$")
_ENTRY_END = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)[\s.;*]*$")


def is_documentation(heading: str) -> bool:
    """Whether a heading opens a block of documentation: entries name papers and say nothing."""
    match = _DOCUMENTATION.fullmatch(heading)
    return match is not None and not match["rest"]


def read_agenda(paper: Paper) -> Agenda | None:
    """
    The agenda that a paper holds.

    The list gives numbers and titles, the annotations repeat them as headings: an item is
    matched by its number. A symbol is documentation when it stands in a documentation
    block, in an entry that ends with it, or alone in a footnote in the agenda's own
    series; a symbol within a sentence is a mention.

    Returns:
        None when the paper is no agenda, or no item could be read.
    """
    if paper.kind is not PaperKind.AGENDA:
        return None
    drafts = _listed(paper) or _headed(paper)
    if not drafts:
        return None
    _annotate(paper, drafts)
    return Agenda(
        symbol=paper.symbol or _inferred(paper, drafts),
        title=paper.title,
        items=tuple(draft.item() for draft in drafts.values()),
        timetable=tuple(_timetable(paper)),
    )


@dataclass(slots=True)
class _Draft:
    """An item while it is being read."""

    number: str
    title: str
    sub_items: list[SubItem] = field(default_factory=list)
    annotation: list[str] = field(default_factory=list)
    documents: list[ListedDocument] = field(default_factory=list)

    def item(self) -> AgendaItem:
        """The record."""
        return AgendaItem(
            number=self.number,
            title=self.title,
            sub_items=tuple(self.sub_items),
            annotation="\n\n".join(self.annotation) or None,
            documents=tuple(self.documents),
        )

    def add_documents(self, found: Iterable[ListedDocument]) -> None:
        """Take in entries; a document named twice counts once."""
        for each in found:
            if each.symbol is None or all(each.symbol != known.symbol for known in self.documents):
                self.documents.append(each)


def _plain(title: str) -> str:
    """A title without its final mark."""
    return re.sub(r"\s+", " ", _MARKS.sub("", title))


def _listed(paper: Paper) -> dict[str, _Draft]:
    """Items of the list, by number: the next number opens an item, the next letter a sub-item."""
    drafts: dict[str, _Draft] = {}
    for paragraph in paper.paragraphs:
        above = paragraph.heading_path[-1] if paragraph.heading_path else ""
        under_list = not above or _PART.fullmatch(above) or is_documentation(above)
        if paragraph.part != "body" or paragraph.kind is not ParagraphKind.LIST or not under_list:
            continue
        for line in paragraph.text.split("\n"):
            last = next(reversed(drafts.values()), None)
            if (match := _ITEM.fullmatch(line)) and int(match["number"]) == len(drafts) + 1:
                drafts[match["number"]] = _Draft(match["number"], _plain(match["title"]))
            elif last and (match := _SUB_ITEM.fullmatch(line)):
                number = f"{last.number} ({match['letter']})"
                last.sub_items.append(SubItem(number=number, title=_plain(match["title"])))
    return drafts


def _headed(paper: Paper) -> dict[str, _Draft]:
    """Items by the headings of the annotations, where a paper has no list."""
    drafts: dict[str, _Draft] = {}
    for heading in paper.headings:
        number = _number(heading)
        if number and int(number) == len(drafts) + 1:
            match = _ITEM.fullmatch(heading.text)
            drafts[number] = _Draft(
                number, _plain(match["title"] if match and not heading.label else heading.text)
            )
    return drafts


def _number(heading: Heading) -> str | None:
    """The item's number that a heading bears."""
    if heading.label and heading.label.isdigit():
        return heading.label
    match = _ITEM_ALONE.fullmatch(heading.text) or re.match(
        r"item\s+(?P<number>\d{1,3})\b", heading.text, re.IGNORECASE
    )
    return match["number"] if match else None


def _annotate(paper: Paper, drafts: dict[str, _Draft]) -> None:
    """Annotations and documentation, paragraph by paragraph, under the headings above each."""
    notes = {note.mark: note.text for note in paper.footnotes if note.mark.isdigit()}
    series = (
        symbols.parse(paper.symbol).base.rpartition("/")[0].casefold() if paper.symbol else None
    )
    opened: _Draft | None = None  # the item whose documentation a paragraph has opened
    for draft, documentation, paragraph in _under_items(paper, drafts):
        text = paragraph.text
        word = _DOCUMENTATION.fullmatch(text)
        if word and (not word["rest"] or _NONE.fullmatch(word["rest"].strip(" ."))):
            opened = None if word["rest"] else draft
        elif documentation or opened is draft:
            draft.add_documents(_entries(text))
        elif alone := _lone_entry(text):
            draft.add_documents([alone])
        else:
            draft.annotation.append(text)
            draft.add_documents(_noted(paragraph.footnotes, notes, series))


def _under_items(
    paper: Paper, drafts: dict[str, _Draft]
) -> Iterator[tuple[_Draft, bool, Paragraph]]:
    """Paragraphs with the item they stand under, and whether they stand in its documentation."""
    start = next((h.before for h in paper.headings if _ANNOTATIONS.fullmatch(h.text)), 0)
    headings = deque(sorted(paper.headings, key=lambda heading: heading.before))
    current: _Draft | None = None
    documentation = False
    for at, paragraph in enumerate(paper.paragraphs):
        while headings and headings[0].before <= at:
            heading = headings.popleft()
            number = _number(heading)
            if number in drafts and at >= start:
                current = drafts[number]
            documentation = is_documentation(heading.text)
        if paragraph.part != "body" or at < start:
            continue
        if entry := _list_entry(paragraph, drafts):
            current, documentation = entry, False
        elif current is not None:
            yield current, documentation, paragraph


def _list_entry(paragraph: Paragraph, drafts: dict[str, _Draft]) -> _Draft | None:
    """The item that an entry of the list opens, for agendas that document items in their list."""
    match = _ITEM.fullmatch(paragraph.text.partition("\n")[0])
    if paragraph.kind is not ParagraphKind.LIST or match is None:
        return None
    draft = drafts.get(match["number"])
    return draft if draft and _plain(match["title"]) == draft.title else None


def _entries(text: str) -> list[ListedDocument]:
    """Documents of an entry: its words, and the symbols in its last brackets or at its end."""
    if _NONE.fullmatch(text.strip(" .")):
        return []
    found: list[ListedDocument] = []
    for line in text.split("\n"):
        located = symbols.locate(line)
        if not located:
            if line.strip():
                found.append(ListedDocument(symbol=None, title=_plain(line)))
            continue
        bracket = _ENTRY_END.search(line)
        inside = [each for each in located if bracket and each.start >= bracket.start()]
        chosen = inside or located
        words = line[: bracket.start()] if inside and bracket else line[: chosen[0].start]
        title = _plain(words.strip(" (–—-")) or None
        found.extend(ListedDocument(symbol=each.text, title=title) for each in chosen)
    return found


def _lone_entry(text: str) -> ListedDocument | None:
    """A line that names one document and ends with its symbol in brackets, no sentence."""
    bracket = _ENTRY_END.search(text)
    if (
        not bracket or len(text.split()) > 60 or re.search(r"[.;]\s+[A-Z]", text[: bracket.start()])
    ):  # words of an entry
        return None
    located = symbols.locate(bracket[1])
    if len(located) != 1 or located[0].text != bracket[1].strip(" *"):
        return None
    words = text[: bracket.start()].strip()
    if re.search(r"\b(?:will|may|shall|is|are|was|were|has|have|had|see)\b", words):
        return None
    return ListedDocument(symbol=located[0].text, title=_plain(words) or None)


def _noted(marks: Iterable[str], notes: dict[str, str], series: str | None) -> list[ListedDocument]:
    """Documents whose symbol, of the agenda's own series, is all that a footnote says."""
    found = []
    for mark in marks:
        text = notes.get(mark, "").strip(" .")
        located = symbols.locate(text)
        if (
            series
            and len(located) == 1
            and located[0].text == text
            and text.casefold().startswith(f"{series}/")
        ):
            found.append(ListedDocument(symbol=text, title=None))
    return found


def _inferred(paper: Paper, drafts: dict[str, _Draft]) -> str | None:
    """The symbol that an agenda does not print: file name and documentation agree on its series."""
    named = symbols.find(
        re.sub(r"\.[a-z]{2}\.\w+$|\.\w+$", "", paper.file.rpartition("/")[2]).replace("_", "/")
    )
    if len(named) != 1:
        return None
    series = named[0].rpartition("/")[0]
    listed = [each.symbol for draft in drafts.values() for each in draft.documents if each.symbol]
    return named[0] if any(each.rpartition("/")[0] == series for each in listed) else None


def _timetable(paper: Paper) -> list[Slot]:
    """Meetings of the organization of work: a row without a time belongs to the meeting above."""
    place = next(
        (
            n
            for n, line in enumerate(paper.lines)
            if _TIMETABLE.fullmatch(line.text)
            and len(line.text) < 80
            and any(find_times(after.text) for after in paper.lines[n + 1 : n + 12])
        ),
        None,
    )
    if place is None:
        return []
    dates = find_dates(paper.meeting or "")
    year = int((dates[0] if dates else paper.date or "0")[:4]) or None
    slots: list[Slot] = []
    day: str | None = None
    for line in paper.lines[place + 1 :]:
        cells = [cell.text for cell in line.cells if cell.text] or [line.text]
        times = find_times(cells[0]) if re.match(r"\d", cells[0]) else None
        if times:
            slots.append(Slot(date=day, start=times[0], end=times[1], items=()))
            cells = cells[1:]
        elif found := find_day(line.text, year=year) if len(line.text) < 60 else None:  # a date row
            day = found
            continue
        if slots and cells and (numbers := _cell_items(cells[0])):
            items = tuple(dict.fromkeys([*slots[-1].items, *numbers]))
            slots[-1] = replace(slots[-1], items=items)
    return slots


def _cell_items(cell: str) -> list[str]:
    """Items of a table cell: `2`, `1 (a)`, `1 (a)–(c)`, `3 and 4`."""
    match = _CELL_ITEM.fullmatch(cell)
    if not match:
        return []
    number = re.sub(r"\s?\(", " (", match["number"])
    numbers = [number]
    parent = number.split()[0]
    for sign, digits, letter in re.findall(
        r"(-|–|,|and|et|y)\s?(\d{1,2})?\s?(?:\(([a-z])\))?", match["more"]
    ):
        parent = digits or parent
        if letter and sign in "-–" and " (" in numbers[-1]:
            first = ord(numbers[-1][-2]) + 1
            numbers.extend(f"{parent} ({chr(code)})" for code in range(first, ord(letter) + 1))
        elif digits and sign in "-–" and numbers[-1].isdigit():
            numbers.extend(str(each) for each in range(int(numbers[-1]) + 1, int(digits) + 1))
        else:
            numbers.append(f"{parent} ({letter})" if letter else parent)
    return numbers
