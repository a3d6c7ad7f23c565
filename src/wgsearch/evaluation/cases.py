"""
a file of relevance cases -> Cases: questions with the paragraphs that answer them, or nothing.

Why readable cases: whoever knows the papers writes them by hand, one line a question, and a
wrong line must say what to mend.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from wgsearch.errors import JudgementsError
from wgsearch.evaluation.lines import Line, objects
from wgsearch.index.manifest import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_CASE_KEYS = ("id", "question", "expected", "kind", "language", "split", "note")
_PLACE_KEYS = ("symbol", "paragraph", "begins", "part", "language")


class CaseKind(StrEnum):
    """How a question is put; `marked` says only that experts marked what answers it."""

    PARAPHRASE = "paraphrase"
    DIRECT = "direct"
    ACRONYM = "acronym"
    EXACT_PHRASE = "exact_phrase"
    MISSPELLING = "misspelling"
    SYMBOL = "symbol"
    NEGATIVE = "negative"
    CROSS_LANGUAGE = "cross_language"
    MARKED = "marked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """
    A paragraph that answers; any language version of it does.

    Attributes:
        symbol: Symbol of its paper, however spelled.
        paragraph: Number as printed; None where none is printed.
        begins: Words that it begins with: these name what no number names, the row of a table
            or a box; None where the number is enough.
        part: `body` or the annex; None for any.
        language: Language that it was judged in, None where that is not known.
    """

    symbol: str
    paragraph: str | None
    begins: str | None = None
    part: str | None = None
    language: str | None = None

    def to_json(self) -> dict[str, str | None]:
        """As cases spell it."""
        optional = (("begins", self.begins), ("part", self.part), ("language", self.language))
        return {"symbol": self.symbol, "paragraph": self.paragraph} | {
            name: value for name, value in optional if value is not None
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RelevanceCase:
    """
    A question, and what answers it.

    Attributes:
        id: Its name among the cases.
        question: As a person asks it.
        expected: Any of these is right; none when nothing answers.
        kind: How it is put.
        language: Language of the question, None where it is not stated.
        split: The part of the cases that it belongs to, for instance `dev` for choosing and
            `test` for judging; None where they are not split.
        note: Why it is there, for people.
    """

    id: str
    question: str
    expected: tuple[Expected, ...]
    kind: CaseKind
    language: str | None = None
    split: str | None = None
    note: str | None = None

    def to_json(self) -> dict[str, object]:
        """As a line of a file of cases."""
        shown: dict[str, object] = {
            "id": self.id,
            "question": self.question,
            "expected": [each.to_json() for each in self.expected],
            "kind": self.kind.value,
        }
        optional = (("language", self.language), ("split", self.split), ("note", self.note))
        return shown | {name: value for name, value in optional if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """
    Relevance cases of one file.

    Attributes:
        name: Name of the file, without its ending.
        cases: In their order.
    """

    name: str
    cases: tuple[RelevanceCase, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over questions and what is expected: runs over equal ones can be compared."""
        parts: list[str] = []
        for each in sorted(self.cases, key=lambda case: case.id):
            parts += (each.id, each.question)
            parts += sorted(json.dumps(place.to_json()) for place in each.expected)
        return digest_of(parts)


def read_cases(path: Path) -> Cases:
    """
    The cases of a file of JSON lines.

    Raises:
        JudgementsError: The file is missing or empty, or a line is wrong; the message names
            the line and what to write.
    """
    cases: dict[str, RelevanceCase] = {}
    for line in objects(path):
        case = _case(line)
        if case.id in cases:
            raise line.wrong(f"the id {case.id!r} stands above already; give each case its own")
        cases[case.id] = case
    if not cases:
        raise JudgementsError(f"{str(path)!r} holds no case; write one JSON object a line")
    return Cases(name=path.stem, cases=tuple(cases.values()))


def write_cases(path: Path, cases: Iterable[RelevanceCase]) -> None:
    """Write cases as JSON lines, whole or not at all."""
    lines = (json.dumps(each.to_json(), ensure_ascii=False) + "\n" for each in cases)
    aside = path.with_name(f"{path.name}.new")
    aside.write_text("".join(lines), encoding="utf-8")
    aside.replace(path)


def _case(line: Line) -> RelevanceCase:
    """One case."""
    if "answers" in line.record:
        raise line.wrong("this is a mark; make cases of marks by `wgsearch cases` first")
    _only(line, line.record, _CASE_KEYS)
    kind = line.text("kind")
    if kind not in set(CaseKind):
        raise line.wrong(f"no kind {kind!r}; kinds are {', '.join(CaseKind)}")
    expected = line.record.get("expected")
    if not isinstance(expected, list):
        raise line.wrong("'expected' is no list; write [] when nothing answers")
    if bool(expected) == (kind == CaseKind.NEGATIVE):
        raise line.wrong(
            f"kind {kind!r} with {len(expected)} expected; nothing is expected where, and only "
            "where, the kind is 'negative'"
        )
    return RelevanceCase(
        id=line.text("id"),
        question=line.text("question"),
        expected=tuple(_expected(line, each) for each in expected),
        kind=CaseKind(kind),
        language=line.text_or_none("language"),
        split=line.text_or_none("split"),
        note=line.text_or_none("note"),
    )


def _expected(line: Line, record: object) -> Expected:
    """One paragraph that is expected."""
    if not isinstance(record, dict):
        raise line.wrong('an entry of \'expected\' is no {"symbol": ..., "paragraph": ...}')
    _only(line, record, _PLACE_KEYS)
    place = Line(line.where, record)
    begins = place.text_or_none("begins")
    if begins is None and record.get("paragraph") is None:
        raise line.wrong(
            "'paragraph' is missing; write its number, or null and the words it 'begins' with"
        )
    return Expected(
        symbol=place.text("symbol"),
        paragraph=place.text_or_none("paragraph"),
        begins=begins,
        part=place.text_or_none("part"),
        language=place.text_or_none("language"),
    )


def _only(line: Line, record: Iterable[str], known: tuple[str, ...]) -> None:
    """Refuse names that mean nothing: a misspelt one would widen what is right."""
    if strange := [name for name in record if name not in known]:
        raise line.wrong(f"no field {strange[0]!r}; fields are {', '.join(known)}")
