"""
row -> Passage, number -> Paper: the papers and passages of a generation, and filters.

Why SQLite opened immutable: one file, no locks, no journal; papers are read one at a
time, and only their entries are kept in memory.
"""

from __future__ import annotations

import json
import math
import sqlite3
import weakref
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

import numpy as np

from wgsearch.answers import CitingPlace
from wgsearch.errors import IndexDamagedError
from wgsearch.index.indexed import ADDED, AGENDA, ENTRY, FAMILY, PAPER
from wgsearch.papers import symbols
from wgsearch.papers.editions import Place, place
from wgsearch.papers.paper import Box, PaperKind, ParagraphKind, Recommendation
from wgsearch.passages import Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from wgsearch.agenda import Agenda
    from wgsearch.answers import Facet, Filters, PaperEntry
    from wgsearch.papers.paper import Paper
    from wgsearch.papers.series import Family

_LOOKUP = 500


class Said(NamedTuple):
    """
    What a passage says, and where.

    Attributes:
        symbol: Document symbol, or file name.
        language: Language of its paper.
        part: `body`, or the annex.
        paragraph: Number as printed; None where none is printed.
        text: Its words.
    """

    symbol: str
    language: str
    part: str
    paragraph: str | None
    text: str


class Store:
    """
    Papers and passages of one generation.

    Args:
        path: File of `shelf.merge`.

    Attributes:
        entries: One a paper, in the order of their numbers.
        paper_of: *Shape:* (rows,), int32. Number of the paper of each row.
        recommending: *Shape:* (rows,). The passage recommends something to somebody.
        replaced: *Shape:* (papers,). A revision in the same language replaces the paper.
        rows: Number of passages.
        symbols: All symbols, once each.
        warnings: Number of papers by code of warning.

    Raises:
        IndexDamagedError: The file is no such store.
    """

    def __init__(self, path: Path) -> None:
        try:
            # SQLite itself takes turns between threads.
            self._db = sqlite3.connect(
                f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1",
                uri=True,
                check_same_thread=False,
            )
            weakref.finalize(self, self._db.close)
            listed = self._db.execute("SELECT entry, first_row FROM papers ORDER BY paper")
            found = listed.fetchall()
            self.rows = int(self._db.execute("SELECT count(*) FROM passages").fetchone()[0])
            recommending = self._db.execute("SELECT row FROM passages WHERE verb IS NOT NULL")
            self.recommending = np.zeros(self.rows, dtype=np.bool_)
            self.recommending[[row for (row,) in recommending]] = True
        except sqlite3.Error as error:
            raise IndexDamagedError(
                f"{path.name!r} cannot be read ({error}); run `wgsearch build --full`"
            ) from error
        self.entries = tuple(ENTRY.validate_json(entry) for entry, _ in found)
        self._keys = [_keys(entry) for entry in self.entries]
        self.symbols = tuple(dict.fromkeys(s for e in self.entries for s in (e.symbol, *e.symbols)))
        self._by_file = {entry.file: number for number, entry in enumerate(self.entries)}
        self._columns = _Columns.of(self.entries)
        self.warnings = Counter(code for entry in self.entries for code in entry.warning_codes)
        self._numbers: dict[str, list[int]] = {}
        for number, keys in enumerate(self._keys):
            for key in keys:
                self._numbers.setdefault(key, []).append(number)
        editions = {
            (key, entry.language)
            for entry, keys in zip(self.entries, self._keys, strict=True)
            for key in keys
        }
        # A revision that was not issued in a language replaces nothing in it.
        self.replaced = np.array(
            [
                entry.superseded_by is not None
                and (symbols.key(entry.superseded_by), entry.language) in editions
                for entry in self.entries
            ],
            dtype=np.bool_,
        )
        self._first = [int(first) for _, first in found] + [self.rows]
        sizes = [after - first for first, after in pairwise(self._first)]
        self.paper_of = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def entry_of(self, file: str) -> PaperEntry:
        """The entry of a file that is in the index."""
        return self.entries[self._by_file[file]]

    def rows_of(self, number: int) -> range:
        """Rows of a paper's passages, in order."""
        return range(self._first[number], self._first[number + 1])

    def paper(self, number: int) -> Paper:
        """A paper as it is shown, whole, but for its lines."""
        record, added = self._db.execute(
            "SELECT record, added FROM papers WHERE paper = ?", (number,)
        ).fetchone()
        return ADDED.validate_json(added).to(PAPER.validate_json(record))

    def as_read(self, number: int) -> Paper:
        """A paper as it was read, before anything was corrected."""
        (record,) = self._db.execute(
            "SELECT record FROM papers WHERE paper = ?", (number,)
        ).fetchone()
        return PAPER.validate_json(record)

    def family(self, number: int) -> Family:
        """What belongs to a paper, and what it belongs to."""
        (record,) = self._db.execute(
            "SELECT family FROM papers WHERE paper = ?", (number,)
        ).fetchone()
        return FAMILY.validate_json(record)

    def citing(self, number: int) -> dict[int, list[CitingPlace]]:
        """Papers that cite a paper by any of its symbols, and where, in order."""
        own = sorted(self._keys[number])
        marks = ",".join("?" * len(own))
        found: dict[int, list[CitingPlace]] = {}
        for paper, index, part, printed, note, first, last in self._db.execute(
            "SELECT DISTINCT paper, position, part, number, note, first, last FROM cited"  # noqa: S608 - only question marks are put in
            f" WHERE key IN ({marks}) ORDER BY paper, rowid",
            own,
        ):
            found.setdefault(paper, []).append(
                CitingPlace(
                    index=index, part=part, number=printed, note=note, first=first, last=last
                )
            )
        return found

    def places(self, number: int) -> dict[Place, str]:
        """Numbered paragraphs of a paper, each with its part as stored."""
        rows = self.rows_of(number)
        found = self._db.execute(
            "SELECT DISTINCT part, number FROM passages"
            " WHERE row >= ? AND row < ? AND number IS NOT NULL",
            (rows.start, rows.stop),
        )
        return {place(part, printed): part for part, printed in found}

    def numbers_of(self, wanted: Iterable[str]) -> tuple[int, ...]:
        """Numbers of the papers that have one of the symbols, in whole, ascending."""
        keys = {symbols.key(each) for each in wanted}
        return tuple(sorted({number for key in keys for number in self._numbers.get(key, ())}))

    def agenda(self, number: int) -> Agenda | None:
        """The agenda that a paper holds, as it is shown."""
        found = self.agenda_as_read(number)
        if found is None:
            return None
        (added,) = self._db.execute(
            "SELECT added FROM papers WHERE paper = ?", (number,)
        ).fetchone()
        return ADDED.validate_json(added).to_agenda(found)

    def agenda_as_read(self, number: int) -> Agenda | None:
        """The agenda that a paper holds, before anything was corrected."""
        (record,) = self._db.execute(
            "SELECT agenda FROM papers WHERE paper = ?", (number,)
        ).fetchone()
        return None if record is None else AGENDA.validate_json(record)

    def passages(self, rows: Sequence[int]) -> tuple[Passage, ...]:
        """Passages of named rows, in the order of the rows given."""
        found: dict[int, Passage] = {}
        for some in _lookups(rows):
            marks = ",".join("?" * len(some))
            for columns in self._db.execute(
                f"SELECT * FROM passages WHERE row IN ({marks})",  # noqa: S608 - only question marks are put in
                some,
            ):
                found[columns[0]] = _passage(self.entries[columns[1]], columns[2:])
        return tuple(found[int(row)] for row in rows)

    def said(self, rows: Sequence[int]) -> tuple[Said, ...]:
        """What named rows say, in the order of the rows given; cheaper than `passages`."""
        found: dict[int, Said] = {}
        for some in _lookups(rows):
            marks = ",".join("?" * len(some))
            for row, paper, *rest in self._db.execute(
                f"SELECT row, paper, part, number, text FROM passages WHERE row IN ({marks})",  # noqa: S608 - only question marks are put in
                some,
            ):
                entry = self.entries[paper]
                found[row] = Said(entry.symbol, entry.language, *rest)
        return tuple(found[int(row)] for row in rows)

    def select(self, filters: Filters) -> NDArray[np.bool_]:
        """
        Which papers pass the filters.

        Returns:
            *Shape:* (papers,).
        """
        allowed = self._columns.passing(filters)
        if filters.symbols:
            wanted = [symbols.key(each) for each in filters.symbols]
            allowed &= np.fromiter(
                (any(_begins(own, each) for each in wanted) for own in self._keys),
                dtype=np.bool_,
                count=len(self._keys),
            )
        if filters.recommendations:
            recommend = np.zeros(len(self.entries), dtype=np.bool_)
            recommend[self.paper_of[self.recommending]] = True
            allowed &= recommend
        return allowed & ~self.named(filters.not_symbols)

    def told_apart(self, facet: Facet) -> tuple[str, ...]:
        """What papers have of a kind that filters ask for, each once, in order."""
        return self._columns.told_apart(facet, self.entries)

    def speaks(self, language: str) -> NDArray[np.bool_]:
        """
        Which papers are in a language, bilingual ones in both of theirs.

        Returns:
            *Shape:* (papers,).
        """
        return self._columns.languages.any_of(lambda spoken: language in spoken.split("+"))

    def named(self, wanted: Sequence[str]) -> NDArray[np.bool_]:
        """
        Which papers have one of the symbols, in whole.

        Returns:
            *Shape:* (papers,).
        """
        named = np.zeros(len(self.entries), dtype=np.bool_)
        named[list(self.numbers_of(wanted))] = True
        return named


def _lookups(rows: Sequence[int]) -> Iterator[list[int]]:
    """Rows in as many lists as SQLite takes them."""
    for start in range(0, len(rows), _LOOKUP):
        yield [int(row) for row in rows[start : start + _LOOKUP]]


def _keys(entry: PaperEntry) -> set[str]:
    """What the paper's symbols are compared by."""
    return {symbols.key(each) for each in (entry.symbol, *entry.symbols)}


class _Column(NamedTuple):
    """
    What each paper has of one kind: few different values, asked one by one.

    Attributes:
        values: The different ones.
        codes: Which of them each paper has. *Shape:* (papers,).
    """

    values: tuple[Any, ...]
    codes: NDArray[np.int32]

    @classmethod
    def of(cls, values: Iterable[Any]) -> _Column:
        """The values of papers, in their order."""
        known: dict[Any, int] = {}
        codes = [known.setdefault(each, len(known)) for each in values]
        return cls(tuple(known), np.array(codes, dtype=np.int32))

    def any_of(self, passes: Callable[[Any], bool]) -> NDArray[np.bool_]:
        """Which papers have a value that passes. *Shape:* (papers,)."""
        told = np.array([passes(each) for each in self.values], dtype=np.bool_)
        return told[self.codes] if len(told) else np.zeros(0, dtype=np.bool_)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """What filters ask of papers: a search must not ask each of many thousand by itself."""

    kinds: _Column
    bodies: _Column
    languages: _Column
    years: _Column
    warnings: _Column

    @classmethod
    def of(cls, entries: Sequence[PaperEntry]) -> _Columns:
        """The columns of entries."""
        return cls(
            kinds=_Column.of(each.kind for each in entries),
            bodies=_Column.of((each.body or "").casefold() for each in entries),
            languages=_Column.of(each.language for each in entries),
            years=_Column.of(int(each.date[:4]) if each.date else None for each in entries),
            warnings=_Column.of(each.warning_codes for each in entries),
        )

    def passing(self, filters: Filters) -> NDArray[np.bool_]:
        """
        Which papers pass what is no symbol; without a date none does where years are given.

        Returns:
            *Shape:* (papers,).
        """
        allowed = np.ones(len(self.kinds.codes), dtype=np.bool_)
        if filters.kinds:
            allowed &= self.kinds.any_of(lambda kind: kind in filters.kinds)
        if filters.bodies:
            wanted = [each.casefold() for each in filters.bodies]
            allowed &= self.bodies.any_of(lambda name: any(each in name for each in wanted))
        if filters.languages:
            asked = {*filters.languages}
            allowed &= self.languages.any_of(lambda name: bool({*name.split("+")} & asked))
        if filters.year_from is not None or filters.year_to is not None:
            first = -math.inf if filters.year_from is None else filters.year_from
            last = math.inf if filters.year_to is None else filters.year_to
            allowed &= self.years.any_of(lambda year: year is not None and first <= year <= last)
        if filters.warnings:
            told = {*filters.warnings}
            allowed &= self.warnings.any_of(lambda codes: bool({*codes} & told))
        return allowed

    def told_apart(self, facet: Facet, entries: Sequence[PaperEntry]) -> tuple[str, ...]:
        """The values of a facet, as filters take them, in order."""
        match facet:
            case "kind":
                found = {str(each) for each in self.kinds.values}
            case "year":
                found = {str(each) for each in self.years.values if each is not None}
            case "language":
                found = {one for each in self.languages.values for one in each.split("+")}
            case "body":
                found = {each.body for each in entries if each.body}
            case "recommendations":
                found = {"true"}
        return tuple(sorted(found))


def _begins(own: set[str], wanted: str) -> bool:
    """Whether a key is one of the paper's, or the beginning of one up to a slash."""
    return any(each == wanted or each.startswith(f"{wanted}/") for each in own)


def _passage(entry: PaperEntry, columns: tuple[Any, ...]) -> Passage:
    """A passage from what is stored of it and of its paper."""
    position, piece, pieces, number, part, kind, path, first, last, *rest = columns
    text, boxes, marks, notes, opening, lang, joint, addressee, verb, agreed = rest
    return Passage(
        symbol=entry.symbol,
        file=entry.file,
        language=entry.language,
        title=entry.title,
        kind=PaperKind(entry.kind),
        body=entry.body,
        session=entry.session,
        date=entry.date,
        paragraph=number,
        part=part,
        index=position,
        piece=piece,
        pieces=pieces,
        paragraph_kind=ParagraphKind(kind),
        heading_path=tuple(json.loads(path)),
        page_first=first,
        page_last=last,
        text=text,
        boxes=tuple(
            Box(page=page, x0=x0, y0=y0, x1=x1, y1=y1) for page, x0, y0, x1, y1 in json.loads(boxes)
        ),
        footnotes=tuple(json.loads(marks)),
        notes=tuple(json.loads(notes)),
        opening=opening,
        lang=lang,
        joint=joint,
        recommendation=Recommendation(addressee=addressee, verb=verb, agreed=bool(agreed))
        if verb is not None
        else None,
    )
