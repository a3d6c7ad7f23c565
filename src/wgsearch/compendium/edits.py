"""
a file by an editor -> Edits: names, merges, pins and what is hidden, in TOML.

Why a file: what a person decided must survive every rebuild, be read by others, and say for itself
where it is wrong. A file with a fault is refused as a whole, with every faulty line: half of an
editor's decisions make a compendium that nobody wanted.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wgsearch.errors import EditsUnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

# No name of a topic is longer; what is has lost its closing quotation mark.
_MAX_NAME = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SHAPE = """\
[names]
debt-bondage = "Debt bondage and fees"
[merges]
debt-bondage = ["recruitment-fees"]
[pins]
"DEMO/COP/WG.4/2022/3, para. 11" = "debt-bondage"
[hidden]
topics = ["organizational-matters"]"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """
    One decision of an editor.

    Attributes:
        subject: Id of a topic or theme; for a pin the citation of a paragraph.
        value: The name, or the id of the topic that it goes to; empty where it is hidden.
        line: Line of the file, from 1; None where it could not be found.
    """

    subject: str
    value: str
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """
    What an editor decided.

    Attributes:
        names: Names of topics and themes.
        merges: Topics that go to another one.
        pins: Paragraphs that go to a topic.
        hidden: Topics that are not shown.
    """

    names: tuple[Edit, ...] = ()
    merges: tuple[Edit, ...] = ()
    pins: tuple[Edit, ...] = ()
    hidden: tuple[Edit, ...] = ()


def read_edits(text: bytes, name: str = "edits") -> Edits:
    """
    Edits from a file.

    Args:
        text: The file.
        name: What messages call it.

    Raises:
        EditsUnreadableError: It is no TOML, or a line states nothing that can be done; every such
            line is named, with what would be right.
    """
    try:
        words = text.decode("utf-8-sig")
        tables = tomllib.loads(words)
    except UnicodeDecodeError as error:
        raise EditsUnreadableError(f"{name!r} is no text ({error}); save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise EditsUnreadableError(f"{name!r} is no TOML: {error}; mend that line") from error
    reader = _Reader(words.splitlines())
    found: dict[str, tuple[Edit, ...]] = {}
    for key, table in tables.items():
        if key not in _TABLES:
            reader.fault(reader.table(key) or reader.line(0, key), key, _unknown_table(table))
        elif not isinstance(table, dict):
            reason = f"it is no table; write [{key}] on a line of its own, as in:\n{_SHAPE}"
            reader.fault(reader.line(0, key), key, reason)
        else:
            found[key] = tuple(_TABLES[key](reader, key, table))
    if reader.faults:
        raise EditsUnreadableError("\n".join(f"{name}, {each}" for each in reader.faults))
    return Edits(**found)


class _Reader:
    """Lines of the file, and what is wrong in them."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self.faults: list[str] = []

    def fault(self, line: int | None, what: str, reason: str) -> None:
        """Keep what is wrong."""
        where = "" if line is None else f"line {line}: "
        self.faults.append(f"{where}{what}: {reason}")

    def table(self, name: str) -> int | None:
        """The line of a table's head, from 1; None where it is written otherwise."""
        head = re.compile(rf"\s*\[\s*[\"']?{re.escape(name)}[\"']?\s*\]")
        return self._find(0, head)

    def line(self, table: int | None, key: str) -> int | None:
        """The line of a key below a table's head, from 1."""
        return self._find(table or 0, re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]"))

    def _find(self, after: int, pattern: re.Pattern[str]) -> int | None:
        numbered = enumerate(self._lines[after:], start=after + 1)
        return next((at for at, line in numbered if pattern.match(line)), None)


def _named(reader: _Reader, key: str, table: dict[str, Any]) -> Iterable[Edit]:
    """Names by id."""
    for subject, value in table.items():
        line = reader.line(reader.table(key), subject)
        if (words := _words(value)) is None:
            reason = f"expected a name of one line in quotation marks, found {value!r}"
            reader.fault(line, subject, reason)
        else:
            yield Edit(subject=subject, value=words, line=line)


def _pinned(reader: _Reader, key: str, table: dict[str, Any]) -> Iterable[Edit]:
    """Ids of topics by citation."""
    for subject, value in table.items():
        line = reader.line(reader.table(key), subject)
        if (words := _words(value)) is None:
            reason = f"expected the id of a topic in quotation marks, found {value!r}"
            reader.fault(line, subject, reason)
        else:
            yield Edit(subject=subject, value=words, line=line)


def _merged(reader: _Reader, key: str, table: dict[str, Any]) -> Iterable[Edit]:
    """Ids of topics by the id of the one that they go to."""
    gone: dict[str, str] = {}
    for into, value in table.items():
        line = reader.line(reader.table(key), into)
        for each in _ids(reader, line, into, value):
            if each == into:
                reader.fault(line, into, "it cannot be merged into itself; take it out of its list")
            elif each in gone:
                other = gone[each]
                reason = f"{each!r} goes to {other!r} already; let it stand in one list only"
                reader.fault(line, into, reason)
            else:
                gone[each] = into
                yield Edit(subject=each, value=into, line=line)
    for start, goal in gone.items():
        at, seen = goal, {start}
        while at in gone and at not in seen:
            seen.add(at)
            at = gone[at]
        if at == start:
            line = reader.line(reader.table(key), goal)
            reason = f"it goes to {goal!r} and comes back to itself; take one of them out"
            reader.fault(line, start, reason)


def _hid(reader: _Reader, key: str, table: dict[str, Any]) -> Iterable[Edit]:
    """Ids of topics."""
    for name, value in table.items():
        line = reader.line(reader.table(key), name)
        if name != "topics":
            reader.fault(line, name, 'expected `topics = ["ID", "ID"]` and nothing else')
            continue
        for each in _ids(reader, line, name, value):
            yield Edit(subject=each, value="", line=line)


_TABLES: dict[str, Callable[[_Reader, str, dict[str, Any]], Iterable[Edit]]] = {
    "names": _named,
    "merges": _merged,
    "pins": _pinned,
    "hidden": _hid,
}


def _ids(reader: _Reader, line: int | None, name: str, value: object) -> Iterable[str]:
    """Ids in a list."""
    listed = value if isinstance(value, list) else [None]
    for each in listed:
        if (words := _words(each)) is None:
            reason = f'expected a list of ids, as ["ID", "ID"], found {value!r}'
            reader.fault(line, name, reason)
            return
        yield words


def _words(value: object) -> str | None:
    """Words on one line; None for anything else."""
    if not isinstance(value, str):
        return None
    words = value.strip()
    return words if words and len(words) <= _MAX_NAME and not _CONTROL.search(words) else None


def _unknown_table(table: object) -> str:
    """What to write instead."""
    if isinstance(table, dict):
        return f"there is no such table; the tables are {', '.join(_TABLES)}"
    return f"it stands outside any table; put it under one, as in:\n{_SHAPE}"
