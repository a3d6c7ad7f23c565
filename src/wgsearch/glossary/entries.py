"""
text of a list -> Entries: one term a row, its forms in six languages, checked.

Why every fault is named with its line: the lists are edited by people in spreadsheets, and
a row that is passed over would be missed by nobody until a question finds nothing.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from wgsearch.errors import GlossaryUnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
COLUMNS = ("id", "en", "abbr", "synonyms", "fr", "es", "ru", "ar", "zh")
_NEEDED = ("id", "en")
_ID = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
# The longest name of an instrument has some 150; a cell beyond has lost a quotation mark.
_MAX_CHARACTERS = 300
_MAX_FORMS = 40
MAX_ROWS = 20_000
# Of 100: a mistyped name of a column is about 80, another one about 50.
_NEAR_ENOUGH = 60
# A person mends a few faults at a time.
_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    A term and what it is called; the first form of a language is the usual one.

    Attributes:
        id: Its name among the entries.
        en: English forms: the term, then synonyms and lay words; empty only in an entry that
            takes another away.
        abbr: Abbreviations, of any language.
        fr: French forms.
        es: Spanish forms.
        ru: Russian forms.
        ar: Arabic forms.
        zh: Chinese forms.
    """

    id: str
    en: tuple[str, ...] = ()
    abbr: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()
    es: tuple[str, ...] = ()
    ru: tuple[str, ...] = ()
    ar: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()

    def of(self, language: str) -> tuple[str, ...]:
        """Its forms in a language; none in one that lists do not have."""
        forms: tuple[str, ...] = getattr(self, language) if language in LANGUAGES else ()
        return forms

    @property
    def is_removal(self) -> bool:
        """Whether it only takes away the entry of its id."""
        return not (self.abbr or any(self.of(language) for language in LANGUAGES))


def parse_entries(text: str, name: str, *, removals: bool = False) -> tuple[Entry, ...]:
    """
    The entries of a list.

    Args:
        text: The list: CSV with a header line, alternatives in a cell separated by `|`.
        name: Its name for messages.
        removals: Whether a row with an id and nothing else is meant (it takes an entry away).

    Returns:
        Entries in the order of the list.

    Raises:
        GlossaryUnreadableError: Something is wrong; the first faults are named with their lines.
    """
    rows = _rows(text, name)
    columns = _columns(next(rows, None), name)
    entries: list[Entry] = []
    faults: list[str] = []
    lines: dict[str, int] = {}
    for line, cells in rows:
        if not any(cells):
            continue
        try:
            entry = _entry(columns, cells, removals=removals)
        except ValueError as error:
            faults.append(f"line {line}: {error}")
            continue
        if (first := lines.setdefault(entry.id, line)) != line:
            faults.append(
                f"line {line}: id {entry.id!r} stands in line {first} already; "
                "put both in one row, or give this one another id"
            )
        entries.append(entry)
    if len(entries) > MAX_ROWS:
        faults.append(f"it has {len(entries)} entries, at most {MAX_ROWS} are read; take some away")
    if faults:
        more = f"; and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise GlossaryUnreadableError(f"{name}: {'; '.join(faults[:_SHOWN])}{more}")
    return tuple(entries)


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line of the file that each ends in, from 1; cells without space around."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, [each.strip() for each in cells]
    except csv.Error as error:
        raise GlossaryUnreadableError(
            f"{name}: line {reader.line_num} is no row of a table ({error}); a cell with a comma "
            'stands in quotation marks, and a quotation mark within is doubled: "say ""so"""'
        ) from error


def _columns(first: tuple[int, list[str]] | None, name: str) -> Sequence[str]:
    """The names of the columns, from the header."""
    if first is None:
        raise GlossaryUnreadableError(
            f"{name}: it is empty; its first line names the columns: {','.join(COLUMNS)}"
        )
    columns = [each.casefold() for each in first[1]]
    if len(columns) == 1 and re.search(r"[;\t]", columns[0]):
        raise GlossaryUnreadableError(
            f"{name}: line 1 has its columns separated by semicolons or tabs; "
            "save the list with commas (CSV UTF-8, comma delimited)"
        )
    for each in columns:
        if each not in COLUMNS:
            best = process.extractOne(each, COLUMNS, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH)
            hint = f"; did you mean {best[0]!r}?" if best else ""
            raise GlossaryUnreadableError(
                f"{name}: line 1 names a column {each!r}; columns are {', '.join(COLUMNS)}{hint}"
            )
        if columns.count(each) > 1:
            raise GlossaryUnreadableError(f"{name}: line 1 names {each!r} twice; take one away")
    if missing := [each for each in _NEEDED if each not in columns]:
        raise GlossaryUnreadableError(
            f"{name}: line 1 names no column {missing[0]!r}; "
            f"the first line is {','.join(COLUMNS)}, where all but id and en may be missing"
        )
    return columns


def _entry(columns: Sequence[str], cells: Sequence[str], *, removals: bool) -> Entry:
    """An entry of a row. Raises ValueError with the reason."""
    if len(cells) > len(columns):
        raise ValueError(
            f"it has {len(cells)} cells, the first line names {len(columns)}; "
            "put a cell that holds a comma in quotation marks"
        )
    cell = dict(zip(columns, cells, strict=False))
    name = cell.get("id", "")
    if not _ID.fullmatch(name):
        raise ValueError(
            f"{name!r} is no id; write small letters, digits, and dashes, as debt-bondage"
            if name
            else "it has no id; write small letters, digits and dashes, as debt-bondage"
        )
    forms = {column: _forms(column, cell.get(column, "")) for column in COLUMNS[1:]}
    if not forms["en"] and (any(forms.values()) or not removals):
        raise ValueError(f"entry {name!r} has no English term; write one under en")
    return Entry(
        id=name,
        en=tuple(dict.fromkeys((*forms["en"], *forms["synonyms"]))),
        **{column: forms[column] for column in ("abbr", *LANGUAGES[1:])},
    )


def _forms(column: str, cell: str) -> tuple[str, ...]:
    """The alternatives of a cell. Raises ValueError with the reason."""
    if _CONTROL.search(cell):
        raise ValueError(f"the cell under {column} holds a line break or tab; write one line")
    forms = tuple(dict.fromkeys(" ".join(each.split()) for each in cell.split("|")))
    if len(forms) > _MAX_FORMS:
        raise ValueError(
            f"the cell under {column} has {len(forms)} alternatives, at most {_MAX_FORMS} are read"
        )
    for each in forms:
        if len(each) > _MAX_CHARACTERS:
            raise ValueError(
                f"a form under {column} has {len(each)} characters, at most {_MAX_CHARACTERS} are "
                "read; separate alternatives by |, and look for a lost quotation mark"
            )
    return tuple(each for each in forms if each)


def merged(first: Iterable[Entry], second: Iterable[Entry], name: str) -> tuple[Entry, ...]:
    """
    Entries of one list with those of a person's own put over them.

    Args:
        first: Entries by which questions are asked so far.
        second: Entries that add, replace by id, or take away.
        name: Name of the second list for messages.

    Raises:
        GlossaryUnreadableError: An entry takes away what is not there.
    """
    found = {each.id: each for each in first}
    for each in second:
        if not each.is_removal:
            found[each.id] = each
        elif each.id in found:
            del found[each.id]
        else:
            best = process.extractOne(
                each.id, [*found], scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH
            )
            hint = f"; did you mean {best[0]!r}?" if best else ""
            raise GlossaryUnreadableError(
                f"{name}: the row of id {each.id!r} says nothing, and no entry of this id is there "
                f"to be taken away{hint}"
            )
    return tuple(found.values())
