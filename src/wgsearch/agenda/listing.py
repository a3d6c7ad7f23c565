"""
Units -> chains of items: the next number opens an item, the next letter a sub-item.

Why chains: `1.` stands before items, paragraphs and lines of contents alike. Whichever chain
of numbers reads as titles with nothing but sub-items and documentation between them is the
list; where there is no list, the headings of the annotations are one with text between.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wgsearch.agenda import documents, wording
from wgsearch.agenda.labels import Label, find_label, find_letter, follows, is_roman
from wgsearch.agenda.titles import alike, begins_title, of_sub_item, pieces_of, plain, split_papers
from wgsearch.agenda.units import SIZE_STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.agenda.records import ListedDocument
    from wgsearch.agenda.units import Unit

# After a lost number the list goes on with the next one printed, at most this far ahead.
MAX_LOST = 2
# Numbers of one list are set under one another, give or take one digit, in points.
ALIGNED = 14.0

_WITHIN = re.compile(
    r"\b(?:paragraphs?|paras?\.|subparagraphs?|articles?|art\.|sections?|rules?|items?|paragraphes?"
    r"|párrafos?|artículos?|пункт\w*|стать\w*)\s+[\d()a-z.,\s]{1,8}$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class SubDraft:
    """A sub-item while it is being read."""

    letter: str
    number: str
    title: str


@dataclass(slots=True)
class Draft:
    """An item while it is being read."""

    number: str
    title: str
    sub_items: list[SubDraft] = field(default_factory=list)
    annotation: list[str] = field(default_factory=list)
    documents: list[ListedDocument] = field(default_factory=list)
    before: list[ListedDocument] = field(default_factory=list)
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a unit opens: an item, or a sub-item of it."""

    number: str
    letter: str | None


@dataclass(slots=True)
class Chain:
    """
    Items by one run of numbers.

    Attributes:
        drafts: Items by number.
        opens: What each unit of the chain opens, by its place.
        prose: Places of units that are text: none between the items of a list.
        start: Place of the first item.
        labelled: How the first item is labelled.
    """

    start: int
    labelled: Label
    drafts: dict[str, Draft] = field(default_factory=dict)
    opens: dict[int, list[Opened]] = field(default_factory=dict)
    prose: list[int] = field(default_factory=list)

    @property
    def last(self) -> int:
        """Place of the last unit that opens an item or a sub-item."""
        return next(reversed(self.opens))  # opened in order

    @property
    def is_list(self) -> bool:
        """Nothing but sub-items, headings and documentation stands between the items."""
        return not self.prose or self.prose[0] > self.last


def read_chains(units: Sequence[Unit]) -> list[Chain]:
    """All chains of the units, in order of their beginnings."""
    chains: list[Chain] = []
    counted: set[int] = set()  # what an earlier chain has opened begins none
    for at in range(len(units)):
        if at in counted or (label := _first_label(units[at])) is None:
            continue
        chain = _Reader(units, Chain(start=at, labelled=label)).read()
        chains.append(chain)
        counted.update(chain.opens)
        if not chain.is_list:
            chains.append(_shortened(units, chain))
    return [chain for chain in chains if chain.drafts]


def read_chain(units: Sequence[Unit], start: int) -> Chain | None:
    """The list that begins with one unit, up to the first text; None where none begins there."""
    label = _first_label(units[start])
    if label is None:
        return None
    chain = _Reader(units, Chain(start=start, labelled=label)).read()
    if not chain.is_list:
        chain = _shortened(units, chain)
    return chain if chain.drafts else None


def _first_label(unit: Unit) -> Label | None:
    """The label of a unit that can be the first of a chain; contents may have lost a line."""
    label = find_label(unit.text)
    if label is None or not begins_title(label.rest, int(label.place.partition(".")[0])):
        return None
    if unit.cells is not None and not _cell_label(unit):
        return None
    first = label.place in ("1", "1.1") or (
        label.place == "2" and (unit.leaders or label.style == "word")
    )
    return label if first else None


def _shortened(units: Sequence[Unit], chain: Chain) -> Chain:
    """The part of a chain before its first text: a list that something else goes on from."""
    return _Reader(
        units[: chain.prose[0]], Chain(start=chain.start, labelled=chain.labelled)
    ).read()


def _cell_label(unit: Unit) -> bool:
    """A row whose first cell is the number of an item and whose second its title."""
    cells = [cell for cell in unit.cells or () if cell]
    return len(cells) >= 2 and bool(
        re.fullmatch(r"(?:item )?\d{1,3}[.)]?", cells[0], re.IGNORECASE)
    )


@dataclass(slots=True)
class _Reader:
    """Walks from the first item on and counts."""

    units: Sequence[Unit]
    chain: Chain
    place: int = 0
    letter: str | None = None
    listed: bool = False
    lettered: bool = False
    grown: bool = False

    def read(self) -> Chain:
        """The chain from its first item to where its numbers end."""
        for at in range(self.chain.start, len(self.units)):
            unit = self.units[at]
            if at > self.chain.start and self._ends(unit):
                break
            if not self._item(at, unit) and not self._sub_item(at, unit):
                self._between(at, unit)
        return self.chain

    def _ends(self, unit: Unit) -> bool:
        """Annotations, an annex, or the first item once more."""
        text = unit.text
        if wording.ANNEX.fullmatch(text) or (
            len(text) < 140 and wording.ANNOTATIONS.fullmatch(text) and wording.is_title(text)
        ):
            return True
        label = find_label(text)
        first = next(iter(self.chain.drafts.values()), None)
        return bool(
            first
            and len(self.chain.drafts) > 1
            and label
            and label.numbers[0] == first.number
            and (not label.rest or alike(label.rest, first.title))
        )

    def _item(self, at: int, unit: Unit) -> bool:
        """Open an item when the unit bears the next number, labelled as the first is."""
        label = find_label(unit.text)
        own = self.chain.labelled
        if label is None or label.style not in (own.style, "dotted"):
            return False
        if label.style == "dotted" and own.style != "dotted":
            return self._dotted(at, label)
        if label.letter and label.place == str(self.place):
            return self._lettered(at, label)
        if own.style == "dotted" or not self._is_due(at, label):
            return False
        if at > self.chain.start and not self._set_alike(unit):
            return False
        rest, consumed = label.rest, 0
        if not rest and label.style == "word":
            rest, consumed = self._title_below(at)
        if not begins_title(rest, int(label.place)) or not self._is_heading_or_entry(unit, rest):
            return False
        self.listed = self.lettered = False
        self._open(at, label.numbers, label.letter, rest, int(label.place))
        for place in range(at + 1, at + 1 + consumed):
            self.chain.opens.setdefault(place, [])
        return True

    def _is_due(self, at: int, label: Label) -> bool:
        """The number is the next one, or numbers were lost and the list goes on."""
        number = int(label.place)
        if at == self.chain.start or number == self.place + 1:
            return True
        if not self.place < number <= self.place + 1 + MAX_LOST or label.style == "bare":
            return False
        if label.style == "word":
            return True
        after = (find_label(each.text) for each in self.units[at + 1 : at + 12])
        return any(
            each and each.place == str(number + 1) and each.style == label.style for each in after
        )

    def _set_alike(self, unit: Unit) -> bool:
        """The number is set as the first one is: weight, size and edge."""
        first = self.units[self.chain.start]
        sized = abs((unit.size or 0) - (first.size or 0)) < SIZE_STEP or unit.leaders
        edge = (
            unit.indent is None
            or first.indent is None
            or abs(unit.indent - first.indent) < ALIGNED
            or unit.page != first.page
        )
        return unit.bold == first.bold and sized and edge

    def _is_heading_or_entry(self, unit: Unit, rest: str) -> bool:
        """
        Between items with text stand headings, and headings have no full stop.

        What follows a list with the next number and a full stop is a numbered paragraph.
        """
        if not self.chain.prose or unit.is_display or not re.search(r"[.;]$", rest):
            return True
        second = next((place for place in self.chain.opens if place > self.chain.start), None)
        texted = second is None or self.chain.prose[0] < second
        return texted and not wording.is_spoken(rest) and len(rest.split()) <= 25

    def _title_below(self, at: int) -> tuple[str, int]:
        """The title that stands under `Item 3` alone on its line, and how many units it takes."""
        if at + 1 >= len(self.units):
            return "", 0
        below = self.units[at + 1]
        if (
            find_label(below.text)
            or wording.is_documentation(below.text)
            or not wording.is_title(below.text)
        ):
            return "", 0
        return below.text, 1

    def _open(
        self, at: int, numbers: Sequence[str], letter: str | None, rest: str, place: int
    ) -> None:
        """Open an item, with what its line holds besides: sub-items, further items."""
        head, *others = pieces_of(rest, place)
        title, papers = split_papers(head)
        number = numbers[0]
        draft = self.chain.drafts.get(number)
        if draft is None:
            # `2. (a) Title` opens the item and its first sub-item; the item has no title.
            draft = Draft(number, "" if letter else title)
            self.chain.drafts[number] = draft
        draft.documents.extend(papers)
        self.place, self.letter, self.grown = place, None, True
        opened = self.chain.opens.setdefault(at, [])
        opened.append(Opened(number, None))
        if letter:
            self._add_letter(at, draft, letter, title)
        for piece in others:
            label, sub = find_label(piece), find_letter(piece)
            if label and label.place == str(self.place + 1):
                self._open(at, label.numbers, label.letter, label.rest, int(label.place))
            elif sub:
                self._add_letter(
                    at, next(reversed(self.chain.drafts.values())), sub.letter, sub.rest
                )

    def _add_letter(self, at: int, draft: Draft, letter: str, rest: str) -> None:
        """Open a sub-item."""
        title, papers = split_papers(rest)
        number = f"{draft.number} ({letter})"
        draft.sub_items.append(SubDraft(letter, number, title))
        draft.documents.extend(of_sub_item(papers, number))
        self.letter = letter
        self.chain.opens.setdefault(at, []).append(Opened(draft.number, letter))

    def _lettered(self, at: int, label: Label) -> bool:
        """`Item 2 (b)`, and a heading that names `item 2 (b)` in brackets, open a sub-item."""
        draft = next(reversed(self.chain.drafts.values()))
        before = self.letter if draft.sub_items else None
        if (
            not label.letter
            or not follows(label.letter, before)
            or not wording.is_title(label.rest)
        ):
            return False
        self.listed, self.grown = False, True
        self._add_letter(at, draft, label.letter, label.rest)
        return True

    def _dotted(self, at: int, label: Label) -> bool:
        """`2.1` under item 2 opens a sub-item as letters do."""
        item, _, count = label.place.partition(".")
        draft = self.chain.drafts.get(item)
        if draft is None or item != str(self.place) or int(count) != len(draft.sub_items) + 1:
            return False
        if not wording.is_title(label.rest):
            return False
        title, papers = split_papers(label.rest)
        draft.sub_items.append(SubDraft(label.place, label.place, title))
        draft.documents.extend(of_sub_item(papers, label.place))
        self.chain.opens.setdefault(at, []).append(Opened(item, label.place))
        self.listed, self.grown = False, True
        return True

    def _sub_item(self, at: int, unit: Unit) -> bool:
        """Open a sub-item when the unit bears the next letter."""
        sub = find_letter(unit.text)
        if sub is None or not self.chain.drafts or unit.cells is not None:
            return False
        draft = next(reversed(self.chain.drafts.values()))
        if sub.item and sub.item != draft.number:
            return False
        before = self.letter if draft.sub_items else None
        if not follows(sub.letter, before) or (self.listed and (before is None or self.lettered)):
            self.lettered = self.lettered or self.listed
            return False
        loose = bool(self.chain.prose) and self.chain.prose[-1] > self._opened_last()
        if not wording.is_title(sub.rest) or (loose and not _is_heading(unit, sub.rest)):
            return False
        if at and _WITHIN.search(self.units[at - 1].text) and not unit.is_display:
            return False
        self.listed, self.grown = False, True
        head, *others = pieces_of(sub.rest, self.place, letter=sub.letter)
        self._add_letter(at, draft, sub.letter, head)
        for piece in others:
            if further := find_letter(piece):
                self._add_letter(at, draft, further.letter, further.rest)
        return True

    def _opened_last(self) -> int:
        """Place of the last item or sub-item so far."""
        return self.chain.last if self.chain.opens else self.chain.start

    def _between(self, at: int, unit: Unit) -> None:
        """What stands between two items: documentation, a heading, the rest of a title, or text."""
        text = unit.text
        if at in self.chain.opens:
            return
        word = wording.DOCUMENTATION.fullmatch(text) or wording.ASKED.fullmatch(text)
        grown, self.grown = self.grown, False
        if wording.REFERENCES.fullmatch(text):
            self.listed = False
        elif word:
            self.listed = True
        elif grown and text[:1].islower() and self._goes_on(unit):
            self._lengthen(text)
            self.chain.opens.setdefault(at, [])
            self.grown = True
        elif (
            documents.lone_entry(text)
            or (self.listed and wording.is_title(text) and not _is_numbered(text))
            or unit.cells is not None
            or is_roman(text)
        ):
            return
        elif text[:1] in "[(" and text[-2:].strip(".")[-1:] in ("]", ")"):
            return  # a note on the item above
        elif _is_heading(unit, text) and len(text.split()) <= 30:
            self.listed = False
        else:
            self.listed = False
            self.chain.prose.append(at)

    def _goes_on(self, unit: Unit) -> bool:
        """A title that a page's end has cut goes on without a capital."""
        title = next(reversed(self.chain.drafts.values())).title
        return (
            bool(title) and not find_letter(unit.text) and wording.is_title(f"{title} {unit.text}")
        )

    def _lengthen(self, text: str) -> None:
        """Take the rest of a title into the item or sub-item that was opened last."""
        draft = next(reversed(self.chain.drafts.values()))
        if draft.sub_items and self.letter:
            last = draft.sub_items[-1]
            last.title = plain(f"{last.title} {text}")
        else:
            draft.title = plain(f"{draft.title} {text}")


def _is_heading(unit: Unit, text: str) -> bool:
    """Display type, or a short line that ends no sentence and begins with a capital."""
    if not wording.is_title(text) or re.search(r"[.;,]$", text):
        return False
    return unit.is_display or (
        len(text.split()) <= 25 and not text[:1].islower() and not wording.is_spoken(text)
    )


def _is_numbered(text: str) -> bool:
    """A numbered paragraph."""
    return bool(re.match(r"\d{1,3}\.\s+[A-ZÀ-ÞА-Я].*\.$", text, re.DOTALL))
