"""
Units under items -> annotations and documentation.

Why a walk of its own: the annotations repeat the items as headings, in fewer words or in
others, and a paper belongs to the item under whose heading it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from wgsearch.agenda import documents, wording
from wgsearch.agenda.labels import find_label, find_letter
from wgsearch.agenda.notes import Notes
from wgsearch.agenda.titles import alike, plain, words
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wgsearch.agenda.listing import Chain, Draft
    from wgsearch.agenda.records import ListedDocument
    from wgsearch.agenda.units import Unit
    from wgsearch.papers.paper import Footnote

# A heading without a number names an item only when it hardly differs from its title.
NAMED = 92
# Longer pieces are text, not headings of annexes.
MAX_HEADING = 140

_HEADED = re.compile(r"(?:[A-Z]|[IVX]{1,5})\.\s+(\S.*)", re.DOTALL)
_ITEM_CELL = re.compile(
    r"(?:(?:agenda )?items?|points?|temas?|пункты?)?\s*(?P<numbers>\d{1,3}(?:\s?\(?[a-z]\))*"
    r"(?:(?:\s*(?:,|and|et|y|и)\s*)(?:\d{1,3})?(?:\s?\(?[a-z]\))*)*)\.?",
    re.IGNORECASE,
)
_ITEM_COLUMN = re.compile(r"(?:agenda )?items?|item no\.?|points?|temas?|пункты?", re.IGNORECASE)


def annotate(
    units: Sequence[Unit],
    chain: Chain,
    notes: Sequence[Footnote],
    series: str | None,
    *,
    annotated: bool,
    timetable: int | None,
) -> None:
    """
    Fill in annotations and documents of a chain's items.

    Args:
        units: All units of the paper.
        chain: Its items.
        notes: The paper's footnotes.
        series: What symbols of the agenda's own series begin with.
        annotated: Annotations may follow the list; in a report none do.
        timetable: The line that the timetable begins with, where nothing is annotated any more.
    """
    walk = _Walk(chain, Notes(notes, series))
    for at in range(chain.start, len(units)):
        if at > chain.last and not (annotated or walk.current):
            break
        if timetable is not None and at > chain.last and units[at].at == timetable:
            walk.leave()
        walk.take(at, units[at], annotated=annotated)
    for draft in chain.drafts.values():
        if chain.is_list:
            _level(draft)
        if not draft.documents:
            draft.documents = _distinct(draft.before)
        draft.documents = _distinct(draft.documents)


def _level(draft: Draft) -> None:
    """
    Papers that a list names under its last sub-item are the item's, where no other has any.

    A list documents either each of its sub-items or, at their end, the item as a whole.
    """
    listed = {each.sub_item for each in draft.documents}
    last = draft.sub_items[-1].number if len(draft.sub_items) > 1 else None
    if listed == {last} and not draft.annotation:
        draft.documents = [replace(each, sub_item=None) for each in draft.documents]


@dataclass(slots=True)
class _Walk:
    """Where the walk stands: under which items, and in which kind of text."""

    chain: Chain
    notes: Notes
    current: list[Draft] = field(default_factory=list)
    sub_item: str | None = None
    documenting: bool = False
    past: bool = False
    annexed: bool = False
    papers: bool = False
    item_column: int | None = None
    annotating: bool = False

    def take(self, at: int, unit: Unit, *, annotated: bool) -> None:
        """Sort one unit."""
        if at in self.chain.opens:
            self._opened(at, unit)
        elif unit.leaders:
            return
        elif wording.ANNEX.fullmatch(unit.text):
            self.leave()
        elif (
            at > self.chain.last
            and (self.annexed or not self.current)
            and self._is_paper_list(unit)
        ):
            self._close()
            self.papers = True
        elif annotated and at > self.chain.last and self._heading(unit):
            return
        elif self.papers:
            self._paper(unit)
        elif not self.annexed and self.current:
            self._under_item(at, unit)

    def leave(self) -> None:
        """The annotations are over: an annex or the timetable begins."""
        self._close()
        self.annexed = True

    def _close(self) -> None:
        """No item is open any more."""
        self.current, self.sub_item = [], None
        self.documenting = self.past = self.papers = False
        self.item_column = None

    def _opened(self, at: int, unit: Unit) -> None:
        """An item or sub-item of the chain begins."""
        for opened in self.chain.opens[at]:
            draft = self.chain.drafts[opened.number]
            self._enter([draft], opened.letter)
        self._add(self.notes.named(unit), before=True)

    def _enter(self, drafts: list[Draft], letter: str | None) -> None:
        """What follows stands under these items."""
        self.current, self.sub_item = drafts, None
        if letter:
            self.sub_item = letter if "." in letter else f"{drafts[0].number} ({letter})"
        self.documenting = self.past = False

    def _is_paper_list(self, unit: Unit) -> bool:
        """The heading above a list of all papers of the session."""
        return len(unit.text) <= MAX_HEADING and bool(
            wording.DOCUMENT_LIST.fullmatch(unit.text) or wording.is_documentation(unit.text)
        )

    def _heading(self, unit: Unit) -> bool:
        """Whether the unit repeats an item or sub-item as a heading; what follows is under it."""
        if unit.cells is not None and self.papers:
            return False
        if self.annexed and not self.papers:
            return False
        if found := self._repeated(unit):
            drafts, letter, rest = found
            self._enter(drafts, letter)
            self.annotating = True
            self.documenting = self.papers
            self._add(self.notes.named(unit), before=True)
            if rest:
                self._text(replace(unit, text=rest, calls=[]))
            return True
        return False

    def _repeated(self, unit: Unit) -> tuple[list[Draft], str | None, str] | None:
        """Items that a unit repeats, the letter of a sub-item, and words that run on from it."""
        text = unit.text
        label = find_label(text)
        if label and all(number in self.chain.drafts for number in label.numbers):
            drafts = [self.chain.drafts[number] for number in label.numbers]
            rest = self._title_cut(unit, label.rest, drafts[0], label.letter)
            if rest is not None and self._in_order(drafts[0], label.rest):
                return drafts, label.letter, rest
            if label.style == "word" and self._words_alone(unit, label.rest):
                return drafts, label.letter, ""
            onwards = not self.current or int(drafts[0].number) > int(self.current[-1].number)
            if (
                onwards
                and unit.bold
                and wording.is_title(label.rest)
                and not re.search(r"[.;:]$", text)
            ):
                return drafts, label.letter, ""
        if sub := self._repeated_letter(unit):
            return sub
        return self._named(unit)

    def _words_alone(self, unit: Unit, rest: str) -> bool:
        """`Item 3`, with a title that is no sentence, or with none."""
        return not rest or (wording.is_title(rest) and not wording.is_spoken(rest)) or unit.bold

    def _in_order(self, draft: Draft, rest: str) -> bool:
        """Annotations follow the list; one that goes back repeats its title word by word."""
        if not self.current or not draft.number.isdigit():
            return True
        back = int(draft.number) < int(self.current[-1].number)
        return not back or fuzz.ratio(words(rest), words(draft.title)) >= NAMED

    def _title_cut(self, unit: Unit, rest: str, draft: Draft, letter: str | None) -> str | None:
        """
        Words of a heading that run on after its title; None where it does not repeat the title.

        Lines of a text without blank lines run on; the title ends where it is most alike.
        """
        titles = [draft.title] if draft.title else []
        titles += [sub.title for sub in draft.sub_items if letter in (sub.letter, None) and letter]
        if any(alike(rest, title) for title in titles) and wording.is_title(rest):
            return ""
        for count in range(1, len(unit.lines)):
            head = find_label(" ".join(unit.lines[:count]))
            if head and any(
                fuzz.ratio(words(head.rest), words(title)) >= NAMED for title in titles
            ):
                return " ".join(unit.lines[count:])
        return None

    def _repeated_letter(self, unit: Unit) -> tuple[list[Draft], str | None, str] | None:
        """The sub-item that a unit repeats as a heading."""
        sub = find_letter(unit.text)
        if sub is None or not (self.current or sub.item):
            return None
        draft = self.chain.drafts.get(sub.item) if sub.item else self.current[0]
        if draft is None:
            return None
        for each in draft.sub_items:
            if each.letter == sub.letter and (alike(sub.rest, each.title) or unit.bold):
                return [draft], sub.letter, ""
        return None

    def _named(self, unit: Unit) -> tuple[list[Draft], str | None, str] | None:
        """The item whose title stands as a heading without its number."""
        text = unit.text
        if len(text) > 400 or re.search(r"[.;:]$", text) or unit.cells is not None:
            return None
        headed = _HEADED.fullmatch(text)
        title = words(headed[1] if headed else text)
        if not title:
            return None
        for draft in self.chain.drafts.values():
            if fuzz.ratio(title, words(draft.title)) >= NAMED and draft not in self.current:
                onwards = not self.current or int(draft.number) > int(self.current[-1].number)
                if onwards:
                    return [draft], None, ""
        return None

    def _under_item(self, at: int, unit: Unit) -> None:
        """Text or documentation of the open item."""
        listed = self.chain.is_list and not self.annotating
        if listed and not self._documents(unit):
            self.documenting = False
            if at > self.chain.last:
                self._close()  # below the list stands something else
            return
        if not listed:
            self._text(unit)

    def _text(self, unit: Unit) -> None:
        """A piece of an annotation, or of the documentation within it."""
        if wording.REFERENCES.fullmatch(unit.text) and len(unit.text) < 2 * MAX_HEADING:
            self.documenting, self.past = False, True
        if self.past and not wording.DOCUMENTATION.fullmatch(unit.text):
            self._say(unit)
        elif not self._documents(unit):
            self.documenting = False
            self._say(unit)
            self._add(documents.put_before(unit.text), before=True)
            self._add(self.notes.named(unit), before=True)

    def _say(self, unit: Unit) -> None:
        """Words of the annotation."""
        for draft in self.current:
            draft.annotation.append(unit.text)
            if draft.note is None and (note := _nothing(unit.text)):
                draft.note = note

    def _documents(self, unit: Unit) -> bool:
        """Take in a piece of documentation; False where the unit is none."""
        text = unit.text
        if unit.cells and wording.is_documentation(unit.cells[0]):
            text = f"{unit.cells[0]}: {' '.join(unit.cells[1:])}"
        word = wording.DOCUMENTATION.fullmatch(text) or wording.ASKED.fullmatch(text)
        if word and not self._is_sentence(word, text):
            self.documenting, self.past = True, False
            self._entries(unit, word["rest"])
            return True
        if unit.cells is not None:
            return self._row(unit)
        if self.documenting and wording.NOTHING.fullmatch(text.strip(" .")):
            self._entries(unit, text)
            return True
        if not self.documenting and not documents.lone_entry(text):
            return False
        if self.documenting and _is_prose(text) and not documents.put_before(text):
            return False
        if self.documenting and unit.bold and not documents.locate(text):
            return False
        self._entries(unit, text)
        return True

    def _is_sentence(self, word: re.Match[str], text: str) -> bool:
        """`Document A/80/1 contains ...` is a sentence, `Documents: ...` is not."""
        sign = word.groupdict().get("sign")
        return sign == "" and bool(word["rest"]) and wording.is_spoken(text)

    def _entries(self, unit: Unit, text: str) -> None:
        """Entries of documentation, or the words that say there are none."""
        bare = text.strip(" .()[]")
        if bare and wording.NOTHING.fullmatch(bare):
            for draft in self.current:
                draft.note = draft.note or plain(unit.text)
            self.documenting = False
            return
        inline = documents.put_before(text)
        found = inline if inline and _is_prose(text) else documents.read_entries(text)
        noted = self.notes.named(unit, entry=True)
        if noted and len(found) == 1 and found[0].symbol is None:
            found = [replace(each, title=found[0].title) for each in noted]
        self._add(found)

    def _row(self, unit: Unit) -> bool:
        """A row that names a paper: its symbol in one cell, its title in another."""
        found = documents.read_row(unit.cells or ())
        if found:
            self._add(found)
        elif self.documenting:
            self._add(documents.read_entries(" ".join(cell for cell in unit.cells or () if cell)))
        return bool(found) or self.documenting

    def _paper(self, unit: Unit) -> None:
        """A row or entry of the list of all papers."""
        if unit.cells is None:
            if self.current:
                self._documents(unit)
            return
        column = next(
            (n for n, cell in enumerate(unit.cells) if _ITEM_COLUMN.fullmatch(cell.strip())), None
        )
        if column is not None:
            self.item_column = column
            return
        if self.item_column is not None and self.item_column < len(unit.cells):
            cell = unit.cells[self.item_column].strip()
            match = _ITEM_CELL.fullmatch(cell)
            numbers = re.findall(r"\d{1,3}", match["numbers"]) if match else []
            drafts = [self.chain.drafts[each] for each in numbers if each in self.chain.drafts]
            if cell:
                letter = re.search(r"([a-z])\)", cell)
                self._enter(drafts, letter[1] if letter and len(drafts) == 1 else None)
            rest = [each for n, each in enumerate(unit.cells) if n != self.item_column]
        else:
            rest = list(unit.cells)
        self._add(documents.read_row(rest))

    def _add(self, found: Iterable[ListedDocument], *, before: bool = False) -> None:
        """Add papers to the open items, for the open sub-item."""
        papers = [
            replace(
                each, sub_item=each.sub_item or (self.sub_item if len(self.current) == 1 else None)
            )
            for each in found
        ]
        for draft in self.current:
            (draft.before if before else draft.documents).extend(papers)


def _nothing(text: str) -> str | None:
    """The sentence of an annotation that says that there is no documentation."""
    if "docum" not in text and "докум" not in text:
        return None
    found = wording.NO_DOCUMENTATION.search(text)
    return documents.sentence_at(text, found.start()) if found else None


def _is_prose(text: str) -> bool:
    """A sentence of the annotation, not an entry of documentation."""
    if re.match(r"\d{1,3}\.\s+[A-ZÀ-ÞА-Я]", text) and re.search(r"[.]$", text):
        return True
    if not re.search(r"[.:。]$", text) or documents.lone_entry(text):
        return False
    return wording.is_spoken(text) and len(text.split()) > 6


def _distinct(papers: Sequence[ListedDocument]) -> list[ListedDocument]:
    """A paper named twice counts once; placeholders name a different paper each time."""
    found: list[ListedDocument] = []
    seen: set[str] = set()
    for each in papers:
        key = symbols.key(each.symbol) if each.symbol else None
        if key is None or "_" in key:
            if each not in found:
                found.append(each)
        elif key not in seen:
            seen.add(key)
            found.append(each)
    return found
