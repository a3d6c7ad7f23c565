"""
Draft x Engine -> Checked: each citation looked up, each quotation compared.

Why the gravest matter first: a reader of forty citations mends those that lead nowhere before
those whose paper was reissued.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.answers import Filters
from wgsearch.checking.quotations import Quotation, beside, compared, quotations
from wgsearch.checking.records import Checked, CheckedCitation, Quoted, Standing
from wgsearch.errors import UnknownSymbolError
from wgsearch.papers.editions import place
from wgsearch.papers.references import cited_places
from wgsearch.passages import citation, passages_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wgsearch.answers import Engine, PaperEntry
    from wgsearch.checking.records import Status
    from wgsearch.drafts import Draft
    from wgsearch.papers.paper import Paper, Paragraph
    from wgsearch.papers.references import CitedPlace

# Passages that may hold quoted words which do not stand where they are said to.
_LOOKED_AT = 12
# What a text may mean instead, at most.
_MEANT = 3
# More paragraphs in one run are a misread number.
_MOST = 200

# What a correction says it is of.
_NAMED = re.compile(r"(?:paragraph|párrafo|paragraphe|пункт)\w?\s(\d{1,4})", re.IGNORECASE)


class _Place(NamedTuple):
    """A citation of a draft with the quotations beside it."""

    paragraph: int | None
    note: str | None
    text: str
    cited: CitedPlace
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """
    What is held of a citation.

    Attributes:
        entry: The paper; None where it is not held.
        near: Symbols that resemble it, where it is not held.
        paragraphs: What is cited, of what exists.
        missing: Numbers that the paper does not have.
    """

    entry: PaperEntry | None
    near: tuple[str, ...]
    paragraphs: tuple[Standing, ...]
    missing: tuple[str, ...]


def check(engine: Engine, draft: Draft) -> Checked:
    """
    Check the citations of a text.

    Args:
        engine: Where the papers are.
        draft: The text.
    """
    started = time.perf_counter()
    looking = _Looking(engine)
    found = tuple(looking.checked(each) for each in _places(draft))
    notes = list(draft.notes)
    if not found:
        notes.append("no citation was found: a citation has the symbol of a document")
    return Checked(
        draft=draft,
        generation=engine.state().generation,
        took_ms=(time.perf_counter() - started) * 1000,
        citations=found,
        notes=tuple(notes),
    )


def _places(draft: Draft) -> Iterator[_Place]:
    """Citations in the order of the text, those of a note behind the paragraph that calls it."""
    called: dict[int | None, list[int]] = {}
    for number, note in enumerate(draft.footnotes):
        called.setdefault(note.paragraph, []).append(number)
    for index, paragraph in enumerate(draft.paragraphs):
        cited = list(cited_places(paragraph.text))
        found = list(quotations(paragraph.text))
        owned = beside(found, cited)
        for number, each in enumerate(cited):
            yield _Place(index, None, paragraph.text, each, tuple(owned.get(number, ())))
        loose = [each for each in found if not any(each in some for some in owned.values())]
        notes = [draft.footnotes[number] for number in called.get(index, ())]
        listed = [(note, each) for note in notes for each in cited_places(note.text)]
        for number, (note, each) in enumerate(listed):
            # A note does not say which quotation it is called at: of one each, it is plain.
            own = tuple(loose) if len(listed) == 1 else tuple(loose[number : number + 1])
            own = own if len(listed) in {1, len(loose)} else ()
            yield _Place(index, note.mark, note.text, each, own)
    known = range(len(draft.paragraphs))
    for caller, numbers in called.items():
        for number in numbers if caller not in known else ():
            note = draft.footnotes[number]
            for each in cited_places(note.text):
                yield _Place(None, note.mark, note.text, each, ())


class _Read:
    """A paper, and how its paragraphs are cited."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self._citations = {each.index: citation(each) for each in passages_of(paper)}

    def standing(self, index: int) -> Standing:
        """A paragraph."""
        paragraph = self.paper.paragraphs[index]
        return Standing(
            symbol=self.paper.key,
            language=self.paper.language,
            paragraph=paragraph.number,
            part=paragraph.part,
            index=index,
            citation=self._citations.get(index, self.paper.key),
            text=paragraph.text,
            span=None,
        )

    def every(self) -> list[Standing]:
        """All paragraphs."""
        return [self.standing(index) for index in range(len(self.paper.paragraphs))]


class _Looking:
    """Looks citations up; papers are read once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._papers: dict[tuple[str, str], _Read] = {}

    def checked(self, where: _Place) -> CheckedCitation:
        """A citation, checked."""
        cited = where.cited
        held = self._held(cited)
        quoted = tuple(self._quoted(each, held) for each in where.quotations)
        corrected = self._corrected(held, cited)
        superseded = held.entry.superseded_by if held.entry else None
        status = _status(held, quoted, superseded, corrected)
        meant = _meant(held, quoted)
        return CheckedCitation(
            text=where.text[cited.start : cited.end],
            paragraph=where.paragraph,
            note=where.note,
            start=cited.start,
            end=cited.end,
            symbol=cited.symbol,
            runs=cited.runs,
            part=cited.part,
            status=status,
            message=_message(status, held, quoted, (superseded, corrected), cited.symbol),
            cited=held.paragraphs,
            quotations=quoted,
            meant=meant,
            superseded_by=superseded,
            corrected_by=corrected,
        )

    def _held(self, cited: CitedPlace) -> _Held:
        """The paper and the paragraphs that are cited."""
        try:
            entry = self._engine.entry(cited.symbol)
        except UnknownSymbolError as error:
            return _Held(entry=None, near=error.near, paragraphs=(), missing=())
        read = self._read(entry.symbol, entry.language)
        found: list[Standing] = []
        missing: list[str] = []
        for number in _numbers(cited.runs):
            index = _index(read.paper, cited.part, number)
            if index is None:
                missing.append(number)
            else:
                found.append(read.standing(index))
        return _Held(entry=entry, near=(), paragraphs=tuple(found), missing=tuple(missing))

    def _read(self, symbol: str, language: str) -> _Read:
        """A paper, read once."""
        spoken = language.partition("+")[0]
        if (symbol, spoken) not in self._papers:
            self._papers[symbol, spoken] = _Read(self._engine.paper(symbol, spoken))
        return self._papers[symbol, spoken]

    def _quoted(self, quotation: Quotation, held: _Held) -> Quoted:
        """Where quoted words stand: exactly if anywhere, else nearly; where cited first."""
        best: Quoted | None = None
        for each in self._places(quotation, held):
            found = compared(quotation.text, each.text)
            if found is None:
                continue
            told = Quoted(
                text=quotation.text,
                start=quotation.start,
                end=quotation.end,
                stands=replace(each, span=(found.start, found.end)),
                difference=found.difference,
            )
            if not found.difference:
                return told
            best = best or told
        return best or Quoted(
            text=quotation.text,
            start=quotation.start,
            end=quotation.end,
            stands=None,
            difference=(),
        )

    def _places(self, quotation: Quotation, held: _Held) -> Iterator[Standing]:
        """Where quoted words may stand: what is cited, its paper, other papers."""
        yield from held.paragraphs
        if held.entry is not None:
            yield from self._read(held.entry.symbol, held.entry.language).every()
        asked = [quotation.text]
        near = self._engine.nearest(asked, k=_LOOKED_AT, filters=Filters(), mode="lexical")[0]
        for each in near.near:
            passage = each.hit.passage
            yield self._read(passage.symbol, passage.language).standing(passage.index)

    def _corrected(self, held: _Held, cited: CitedPlace) -> tuple[str, ...]:
        """Corrections of corrigenda that name a paragraph that is cited."""
        if held.entry is None:
            return ()
        numbers = {each.paragraph for each in held.paragraphs}
        found: list[str] = []
        for symbol in held.entry.corrigenda:
            paper = self._read(symbol, held.entry.language).paper
            touched = {number for each in paper.paragraphs for number in _named(each)} | {
                number for each in paper.headings for number in _NAMED.findall(each.text)
            }
            if not cited.runs or touched & numbers:
                found.append(paper.key)
        return tuple(found)


def _named(paragraph: Paragraph) -> list[str]:
    """Numbers of the paragraphs that a correction names."""
    return _NAMED.findall("\n".join((*paragraph.heading_path, paragraph.text)))


def _numbers(runs: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The numbers of runs, one by one."""
    for first, last in runs:
        if first.isdigit() and last.isdigit() and 0 <= int(last) - int(first) <= _MOST:
            yield from map(str, range(int(first), int(last) + 1))
        else:
            yield from dict.fromkeys((first, last))


def _listed(numbers: Sequence[str]) -> str:
    """Numbers of paragraphs for people, those that follow one another as a range."""
    runs: list[list[str]] = []
    for each in numbers:
        if (
            runs
            and each.isdigit()
            and runs[-1][-1].isdigit()
            and int(each) == int(runs[-1][-1]) + 1
        ):
            runs[-1] = [runs[-1][0], each]
        else:
            runs.append([each])
    words = ", ".join("–".join(dict.fromkeys(run)) for run in runs)
    return f"paragraph{'s' if len(numbers) > 1 else ''} {words}"


def _index(paper: Paper, part: str, number: str) -> int | None:
    """Position of a numbered paragraph; None where the paper has none such."""
    wanted = place(part, number)
    return next(
        (
            at
            for at, each in enumerate(paper.paragraphs)
            if each.number is not None and place(each.part, each.number) == wanted
        ),
        None,
    )


def _status(
    held: _Held, quoted: Sequence[Quoted], superseded: str | None, corrected: Sequence[str]
) -> Status:
    """The gravest of what is to be done about a citation."""
    if held.entry is None:
        return "no_paper"
    if held.missing:
        return "no_paragraph"
    cited = {(each.symbol, each.index) for each in held.paragraphs}
    for each in quoted:
        if each.stands is None:
            return "not_found"
        here = (each.stands.symbol, each.stands.index)
        is_cited = here in cited if cited else each.stands.symbol == held.entry.symbol
        if not is_cited and not each.difference:
            return "elsewhere"
        if each.difference:
            return "misquoted"
    return "superseded" if superseded or corrected else "right"


def _meant(held: _Held, quoted: Sequence[Quoted]) -> tuple[str, ...]:
    """What was perhaps meant: where the quoted words stand, then papers of a near symbol."""
    cited = {(each.symbol, each.index) for each in held.paragraphs}
    stand = [
        each.stands.citation
        for each in quoted
        if each.stands and (each.stands.symbol, each.stands.index) not in cited
    ]
    if held.entry is not None and not held.missing and not cited:
        stand = []  # the whole paper is cited, and has them
    return tuple(dict.fromkeys((*stand, *held.near)))[:_MEANT]


def _message(
    status: Status,
    held: _Held,
    quoted: Sequence[Quoted],
    changed: tuple[str | None, Sequence[str]],
    symbol: str,
) -> str:
    """What is to be done, in a sentence."""
    stands = next((each.stands.citation for each in quoted if each.stands), "")
    superseded, corrected = changed
    found = f"; the quoted words stand in {stands}" if stands else ""
    near = f"; near it: {', '.join(held.near)}" if held.near else ""
    new = [f"{superseded} replaces it"] if superseded else []
    new += [f"{each} corrects what is cited" for each in corrected]
    messages: dict[Status, str] = {
        "no_paper": f"No paper {symbol} is held{near}{found}.",
        "no_paragraph": f"{symbol} has no {_listed(held.missing)}{found}.",
        "elsewhere": f"The quoted words stand in {stands}, not where they are said to.",
        "misquoted": f"The quoted words differ from those of {stands}.",
        "not_found": "The quoted words stand in no paper that is held.",
        "superseded": f"{'; '.join(new)}.",
        "right": "The quotation matches." if quoted else "It exists.",
    }
    return messages[status]
