"""
marks of experts -> relevance cases: what most of them say answers a question.

Why by majority: experts disagree, and a case must not depend on who marked last.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.errors import JudgementsError
from wgsearch.evaluation.cases import CaseKind, Expected, RelevanceCase
from wgsearch.evaluation.lines import Line, objects
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


class _Place(NamedTuple):
    """What tells one paragraph from all others."""

    symbol: str
    part: str
    paragraph: str | None
    begins: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """
    What one person says of one paragraph and one question.

    Attributes:
        question: As it was asked.
        symbol: Symbol of the paper.
        paragraph: Number as printed; None where none is printed.
        begins: Words that the paragraph begins with; None where the number is enough.
        part: `body` or the annex, None where it is not said.
        language: Language that was read, likewise.
        answers: The paragraph answers the question.
        by: Who says so, likewise.
        at: ISO time, likewise.
    """

    question: str
    symbol: str
    paragraph: str | None
    begins: str | None
    part: str | None
    language: str | None
    answers: bool
    by: str | None
    at: str | None

    @property
    def asked(self) -> str:
        """What two spellings of one question have in common."""
        return " ".join(self.question.split()).casefold()

    @property
    def place(self) -> _Place:
        """Paper, part and paragraph: the same in every language."""
        return _Place(
            symbols.key(self.symbol),
            (self.part or "body").casefold(),
            self.paragraph,
            self.begins if self.paragraph is None else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """
    A paragraph of which some say that it answers and some that it does not.

    Attributes:
        question: The question.
        symbol: The paper.
        paragraph: Its number, or the words that it begins with.
        part: Its part, None where it is not said.
        yes: How many say that it answers.
        no: How many say that it does not.
    """

    question: str
    symbol: str
    paragraph: str
    part: str | None
    yes: int
    no: int

    @property
    def taken_as(self) -> str:
        """What most say: `answers`, `does not answer`, or `undecided`."""
        if self.yes == self.no:
            return "undecided"
        return "answers" if self.yes > self.no else "does not answer"

    def to_json(self) -> dict[str, object]:
        """As reports print it."""
        return {
            "question": self.question,
            "symbol": self.symbol,
            "paragraph": self.paragraph,
            "part": self.part,
            "yes": self.yes,
            "no": self.no,
            "taken_as": self.taken_as,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """
    Cases made of marks.

    Attributes:
        marks: Number of marks read.
        cases: One a question that something answers, in the order of the marks.
        disagreements: Paragraphs that people marked differently.
        notes: Marks and questions that made no case, and why.
    """

    marks: int
    cases: tuple[RelevanceCase, ...]
    disagreements: tuple[Disagreement, ...]
    notes: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """As `wgsearch cases --json` prints it."""
        return {
            "marks": self.marks,
            "cases": len(self.cases),
            "disagreements": [each.to_json() for each in self.disagreements],
            "notes": list(self.notes),
        }


def read_marks(path: Path) -> tuple[Mark, ...]:
    """
    The marks of a file of JSON lines.

    Raises:
        JudgementsError: The file is missing or empty, or a line is wrong; the message names
            the line and what to write.
    """
    marks = tuple(_mark(line) for line in objects(path))
    if not marks:
        raise JudgementsError(f"{str(path)!r} holds no mark; export marks first")
    return marks


def merge(marks: Sequence[Mark]) -> Merged:
    """
    Cases of marks: a paragraph is expected when more people say that it answers than not.

    Of several marks of one person on one paragraph the latest counts: by time where all of
    them state it, else by their order.
    """
    cases: list[RelevanceCase] = []
    differing: list[Disagreement] = []
    notes: list[str] = []
    by_question: dict[str, list[Mark]] = {}
    for mark in marks:
        by_question.setdefault(mark.asked, []).append(mark)
    for own in by_question.values():
        question = " ".join(own[0].question.split())
        expected: list[Expected] = []
        for there in _by_place(own):
            votes = _latest(there)
            yes = sum(mark.answers for mark in votes)
            no = len(votes) - yes
            if yes and no:
                differing.append(_disagreement(question, there[0], yes, no))
            if yes > no:
                expected.append(_expected(there))
        if unnamed := sum(mark.place[2:] == (None, None) for mark in own):
            notes.append(
                f"{question!r}: {unnamed} marks name neither a paragraph's number nor what it "
                "begins with, and are left out"
            )
        if expected:
            cases.append(_case_of(question, own[0].asked, expected))
        else:
            notes.append(
                f"{question!r}: nothing is marked as answering it by a majority, so it makes no "
                "case; whether nothing answers it is for a person to say (kind 'negative')"
            )
    return Merged(
        marks=len(marks),
        cases=tuple(cases),
        disagreements=tuple(differing),
        notes=tuple(notes),
    )


def _mark(line: Line) -> Mark:
    """One mark; fields beyond those known are passed over, since pages may export more."""
    answers = line.record.get("answers")
    if not isinstance(answers, bool):
        raise line.wrong("'answers' is neither true nor false")
    return Mark(
        question=line.text("question"),
        symbol=line.text("symbol"),
        paragraph=line.text_or_none("paragraph"),
        begins=line.text_or_none("begins"),
        part=line.text_or_none("part"),
        language=line.text_or_none("language"),
        answers=answers,
        by=line.text_or_none("by"),
        at=line.text_or_none("at"),
    )


def _by_place(marks: Iterable[Mark]) -> list[list[Mark]]:
    """Marks by paragraph, of those that name one."""
    places: dict[_Place, list[Mark]] = {}
    for mark in marks:
        if mark.paragraph is not None or mark.begins is not None:
            places.setdefault(mark.place, []).append(mark)
    return list(places.values())


def _latest(marks: Sequence[Mark]) -> list[Mark]:
    """One mark a person; those without a name all count."""
    in_time = all(mark.at is not None for mark in marks)
    ordered = sorted(marks, key=lambda mark: mark.at or "") if in_time else marks
    named = {mark.by: mark for mark in ordered if mark.by is not None}
    return [*named.values(), *(mark for mark in marks if mark.by is None)]


def _expected(marks: Iterable[Mark]) -> Expected:
    """The paragraph that marks of one place name; its part where one of them says it."""
    held = list(marks)
    languages = {mark.language for mark in held}
    return Expected(
        symbol=held[0].symbol,
        paragraph=held[0].paragraph,
        begins=held[0].place.begins,
        part=next((mark.part for mark in held if mark.part is not None), None),
        language=languages.pop() if len(languages) == 1 else None,
    )


def _disagreement(question: str, mark: Mark, yes: int, no: int) -> Disagreement:
    """What people differ on."""
    return Disagreement(
        question=question,
        symbol=mark.symbol,
        paragraph=mark.paragraph or f"{mark.begins} ...",
        part=mark.part,
        yes=yes,
        no=no,
    )


def _case_of(question: str, asked: str, expected: Sequence[Expected]) -> RelevanceCase:
    """A case whose id follows from its question: it stays when marks are added."""
    return RelevanceCase(
        id=f"marked-{hashlib.sha256(asked.encode()).hexdigest()[:10]}",
        question=question,
        expected=tuple(expected),
        kind=CaseKind.MARKED,
    )
