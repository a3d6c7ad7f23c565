"""
papers as they come -> a Shelf on the disk; shelves -> the store of a generation, in order.

Why twice: the number and the rows of a paper are known when all papers are, and by then they
must not be in memory. Papers of the generation in use are taken from its store, which is a
shelf too: nothing of them is read back into Python.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from wgsearch.index.analysis import pack
from wgsearch.index.cards import CARD
from wgsearch.index.disk import unwritable
from wgsearch.index.indexed import (
    ADDED,
    AGENDA,
    ENTRY,
    FAMILY,
    PAPER,
    WARNINGS,
    Added,
    place_of,
)
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from wgsearch.agenda import Agenda
    from wgsearch.index.analysis import Analysed
    from wgsearch.index.cards import Card
    from wgsearch.index.indexed import IndexedPaper
    from wgsearch.papers.paper import Paper, ReadingWarning
    from wgsearch.papers.series import Family
    from wgsearch.passages import Passage

# Bytes of a key of the cache of vectors.
KEY = 32
# `made` is for the next build; what answers questions does not read it.
_SCHEMA = """
CREATE TABLE papers (paper INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, first_row INTEGER
    NOT NULL, record TEXT NOT NULL, added TEXT NOT NULL, agenda TEXT, entry TEXT NOT NULL,
    family TEXT NOT NULL, warnings TEXT);
CREATE TABLE cited (key TEXT NOT NULL, paper INTEGER NOT NULL, position INTEGER, part TEXT NOT NULL,
    number TEXT, note TEXT, first TEXT, last TEXT);
CREATE TABLE passages (row INTEGER PRIMARY KEY, paper INTEGER NOT NULL, position INTEGER NOT NULL,
    piece INTEGER NOT NULL, pieces INTEGER NOT NULL, number TEXT, part TEXT NOT NULL,
    kind TEXT NOT NULL, heading_path TEXT NOT NULL, page_first INTEGER NOT NULL,
    page_last INTEGER NOT NULL, text TEXT NOT NULL, boxes TEXT NOT NULL,
    footnotes TEXT NOT NULL, notes TEXT NOT NULL, opening TEXT, lang TEXT,
    joint TEXT NOT NULL, addressee TEXT, verb TEXT, agreed INTEGER);
CREATE TABLE made (paper INTEGER PRIMARY KEY, card TEXT NOT NULL, keys BLOB NOT NULL,
    words BLOB NOT NULL);
CREATE TABLE left_out (file TEXT PRIMARY KEY, card TEXT NOT NULL);
"""
_BY_PAPER = "CREATE INDEX cited_paper ON cited (paper)"
_BY_KEY = "CREATE INDEX cited_key ON cited (key)"
# Few passages recommend: they are listed without reading the others.
_RECOMMENDING = "CREATE INDEX recommending ON passages (row) WHERE verb IS NOT NULL"
_PLACED = (
    "position, piece, pieces, number, part, kind, heading_path, page_first, page_last,"
    " text, boxes, footnotes, notes, opening, lang, joint, addressee, verb, agreed"
)
_MARKS = ", ".join("?" * (2 + len(_PLACED.split(","))))


class Held(NamedTuple):
    """
    A paper on a shelf.

    Attributes:
        shelf: File of the shelf.
        number: Its number there.
        row: Row of its first passage there.
        card: What is known of it.
        findings: What comparing it with others showed when the shelf was made.
    """

    shelf: Path
    number: int
    row: int
    card: Card
    findings: tuple[ReadingWarning, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """
    A paper of a generation.

    Attributes:
        held: Where it is taken from.
        findings: What comparing it with others shows.
        family: What belongs to it, and what it belongs to.
    """

    held: Held
    findings: tuple[ReadingWarning, ...]
    family: Family

    def added_record(self) -> str:
        """What the build adds to the paper, as JSON."""
        added = Added(correction=self.held.card.correction, findings=self.findings)
        return ADDED.dump_json(added).decode()


class Record(NamedTuple):
    """
    What is stored of a paper, as it is stored.

    Attributes:
        paper: The paper as read, as JSON.
        agenda: The agenda it holds, as JSON.
        added: What the build added, as JSON.
    """

    paper: str
    agenda: str | None
    added: str


class Shelf:
    """
    Papers in order of arrival.

    Args:
        path: File to make.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = _made(path)
        self._db.execute(_BY_PAPER)
        self._papers = self._rows = 0
        self._closed = False

    def add(
        self, indexed: IndexedPaper, card: Card, keys: bytes, words: Sequence[Analysed]
    ) -> Held:
        """
        Put a paper on the shelf.

        Args:
            indexed: The paper.
            card: Its card.
            keys: Keys of its passages in the cache of vectors, one after the other.
            words: What is looked up of its passages.
        """
        with _told(self.path):
            return self._add(indexed, card, keys, words)

    def _add(
        self, indexed: IndexedPaper, card: Card, keys: bytes, words: Sequence[Analysed]
    ) -> Held:
        number, row, paper = self._papers, self._rows, indexed.paper
        self._db.execute(
            "INSERT INTO papers VALUES (?, ?, ?, ?, '', ?, '', '', NULL)",
            (number, paper.file, row, indexed.record(), indexed.agenda_record()),
        )
        self._db.executemany(
            f"INSERT INTO passages VALUES ({_MARKS})",  # noqa: S608 - only question marks are put in
            [(row + at, number, *_columns(each)) for at, each in enumerate(indexed.passages)],
        )
        self._db.executemany(
            "INSERT INTO cited VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (symbols.key(each.symbol), number, *astuple(place_of(paper, each)))
                for each in paper.references
            ],
        )
        self._db.execute(
            "INSERT INTO made VALUES (?, ?, ?, ?)",
            (number, CARD.dump_json(card).decode(), keys, pack(words)),
        )
        self._papers += 1
        self._rows += len(indexed.passages)
        return Held(shelf=self.path, number=number, row=row, card=card)

    def close(self) -> None:
        """Close the file, after which others may read it; may be called again."""
        if not self._closed:
            self._closed = True
            with contextlib.closing(self._db), _told(self.path):
                self._db.execute("COMMIT")


class Shelved:
    """
    A shelf that is read from: of this build, or the store of a generation.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = sqlite3.connect(_read_only(path), uri=True)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def held(self) -> Iterator[Held]:
        """All papers, in order."""
        for number, row, card, added in self._db.execute(
            "SELECT paper, first_row, card, added FROM papers JOIN made USING (paper)"
            " ORDER BY paper"
        ):
            findings = ADDED.validate_json(added).findings if added else ()
            yield Held(self.path, number, row, CARD.validate_json(card), findings)

    def left_out(self) -> dict[str, Card]:
        """Papers that were left out for another file of them, by file name."""
        found = self._db.execute("SELECT file, card FROM left_out")
        return {file: CARD.validate_json(card) for file, card in found}

    def as_read(self, number: int) -> Paper:
        """A paper as it was read."""
        (record,) = self._db.execute(
            "SELECT record FROM papers WHERE paper = ?", (number,)
        ).fetchone()
        return PAPER.validate_json(record)

    def agenda(self, number: int) -> Agenda | None:
        """The agenda that a paper holds, as it was read."""
        (record,) = self._db.execute(
            "SELECT agenda FROM papers WHERE paper = ?", (number,)
        ).fetchone()
        return None if record is None else AGENDA.validate_json(record)

    def warned(self) -> Iterator[tuple[str, tuple[ReadingWarning, ...]]]:
        """Files whose papers have warnings, and these, by file name."""
        for file, listed in self._db.execute(
            "SELECT file, warnings FROM papers WHERE warnings IS NOT NULL ORDER BY file"
        ):
            yield file, WARNINGS.validate_json(listed)

    def records(self) -> Iterator[Record]:
        """What is stored of all papers, in order."""
        for found in self._db.execute("SELECT record, agenda, added FROM papers ORDER BY paper"):
            yield Record(*found)

    def words(self) -> Iterator[bytes]:
        """What is looked up of each paper's passages, packed, in the order of the papers."""
        for (packed,) in self._db.execute("SELECT words FROM made ORDER BY paper"):
            yield packed

    def keys(self, papers: range) -> list[bytes]:
        """Keys of the passages of some papers in the cache of vectors, in order."""
        found = b"".join(
            keys
            for (keys,) in self._db.execute(
                "SELECT keys FROM made WHERE paper >= ? AND paper < ? ORDER BY paper",
                (papers.start, papers.stop),
            )
        )
        return [found[start : start + KEY] for start in range(0, len(found), KEY)]


def merge(path: Path, papers: Sequence[Placed], left_out: Iterable[Card]) -> None:
    """
    Write the store of a generation; the caller syncs it.

    Args:
        path: File to make.
        papers: Its papers, in the order of their numbers.
        left_out: Papers that other files of them are taken for.
    """
    shelves = list(dict.fromkeys(each.held.shelf for each in papers))
    names = {shelf: f"shelf{at}" for at, shelf in enumerate(shelves)}
    with _told(path), contextlib.closing(_made(path, attach=shelves)) as db:
        row = 0
        for number, each in enumerate(papers):
            _put(db, names[each.held.shelf], number, row, each)
            row += each.held.card.entry.passages
        for run in runs(papers):
            _copy(db, names[run.shelf], run)
        db.executemany(
            "INSERT INTO left_out VALUES (?, ?)",
            [(each.file, CARD.dump_json(each).decode()) for each in left_out],
        )
        db.execute(_BY_KEY)
        db.execute(_RECOMMENDING)
        db.execute("COMMIT")


class Run(NamedTuple):
    """
    Papers that follow one another on a shelf and in the store alike.

    Attributes:
        shelf: File of the shelf.
        taken: Their numbers there.
        papers: Their numbers in the store.
        taken_rows: Rows of their passages there.
        rows: Rows of their passages in the store.
    """

    shelf: Path
    taken: range
    papers: range
    taken_rows: range
    rows: range


def runs(papers: Sequence[Placed]) -> Iterator[Run]:
    """The papers of a generation in as few runs as there are."""
    number = row = 0
    while number < len(papers):
        first = papers[number].held
        count = passages = 0
        for each in papers[number:]:
            here = (first.shelf, first.number + count, first.row + passages)
            if (each.held.shelf, each.held.number, each.held.row) != here:
                break
            passages += each.held.card.entry.passages
            count += 1
        yield Run(
            shelf=first.shelf,
            taken=range(first.number, first.number + count),
            papers=range(number, number + count),
            taken_rows=range(first.row, first.row + passages),
            rows=range(row, row + passages),
        )
        number += count
        row += passages


def _put(db: sqlite3.Connection, shelf: str, number: int, row: int, placed: Placed) -> None:
    """One paper with what comparing shows."""
    card = placed.held.card
    warnings = (*card.warnings, *placed.findings)
    db.execute(
        f"INSERT INTO papers SELECT ?, file, ?, record, ?, agenda, ?, ?, ? FROM {shelf}.papers"  # noqa: S608 - our own names
        " WHERE paper = ?",
        (
            number,
            row,
            placed.added_record(),
            ENTRY.dump_json(card.listed(placed.family, placed.findings)).decode(),
            FAMILY.dump_json(placed.family).decode(),
            WARNINGS.dump_json(warnings).decode() if warnings else None,
            placed.held.number,
        ),
    )


def _copy(db: sqlite3.Connection, shelf: str, run: Run) -> None:
    """What belongs to the papers of a run, numbered anew."""
    papers, rows = run.papers.start - run.taken.start, run.rows.start - run.taken_rows.start
    taken = (run.taken.start, run.taken.stop)
    db.execute(
        f"INSERT INTO passages SELECT row + ?, paper + ?, {_PLACED} FROM {shelf}.passages"  # noqa: S608 - our own names
        " WHERE row >= ? AND row < ? ORDER BY row",
        (rows, papers, run.taken_rows.start, run.taken_rows.stop),
    )
    db.execute(
        "INSERT INTO cited SELECT key, paper + ?, position, part, number, note, first, last"  # noqa: S608 - our own names
        f" FROM {shelf}.cited WHERE paper >= ? AND paper < ? ORDER BY paper, rowid",
        (papers, *taken),
    )
    db.execute(
        f"INSERT INTO made SELECT paper + ?, card, keys, words FROM {shelf}.made"  # noqa: S608 - our own names
        " WHERE paper >= ? AND paper < ? ORDER BY paper",
        (papers, *taken),
    )


def _made(path: Path, attach: Sequence[Path] = ()) -> sqlite3.Connection:
    """A new file with its tables; shelves to copy from are named `shelf0`, `shelf1`."""
    with _told(path):
        db = sqlite3.connect(f"file:{quote(str(path.resolve()))}", isolation_level=None, uri=True)
        with contextlib.ExitStack() as failed:
            failed.callback(db.close)
            _prepare(db, attach)
            failed.pop_all()
    return db


def _prepare(db: sqlite3.Connection, attach: Sequence[Path]) -> None:
    """Tables, and shelves to copy from."""
    # Nobody reads before the generation is published, so there is nothing to roll back.
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.executescript(_SCHEMA)
    for at, shelf in enumerate(attach):
        db.execute(f"ATTACH ? AS shelf{at}", (_read_only(shelf),))
    db.execute("BEGIN")


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """What SQLite cannot write is told as of any other file."""
    try:
        yield
    except sqlite3.Error as error:
        raise unwritable(path, error) from error


def _read_only(path: Path) -> str:
    """How SQLite opens a file that nobody writes to any more."""
    return f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"


def _columns(passage: Passage) -> tuple[object, ...]:
    """What is stored of a passage; what all passages of a paper share is not."""
    boxes = [(box.page, box.x0, box.y0, box.x1, box.y1) for box in passage.boxes]
    asked = passage.recommendation
    return (
        passage.index,
        passage.piece,
        passage.pieces,
        passage.paragraph,
        passage.part,
        passage.paragraph_kind.value,
        json.dumps(passage.heading_path, ensure_ascii=False),
        passage.page_first,
        passage.page_last,
        passage.text,
        json.dumps(boxes),
        json.dumps(passage.footnotes, ensure_ascii=False),
        json.dumps(passage.notes, ensure_ascii=False),
        passage.opening,
        passage.lang,
        passage.joint,
        *((asked.addressee, asked.verb, asked.agreed) if asked else (None, None, None)),
    )
