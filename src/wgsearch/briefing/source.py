"""
file or text -> Agenda: an agenda that is not in the corpus, read as papers are.

Why by way of a file: what somebody sends is read where all papers are, in a process of its own
with limits.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from wgsearch.agenda import read_agenda
from wgsearch.errors import NotAnAgendaError
from wgsearch.papers.children import read_one
from wgsearch.papers.kinds import kind_of
from wgsearch.papers.paper import PaperKind

if TYPE_CHECKING:
    from wgsearch.agenda import Agenda
    from wgsearch.papers.paper import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """
    An agenda that was brought along.

    Attributes:
        agenda: The agenda.
        language: Its language (ISO 639-1).
    """

    agenda: Agenda
    language: str


def agenda_in_file(path: Path) -> Brought:
    """
    The agenda that a file holds.

    Raises:
        PaperUnreadableError: It cannot be read.
        NotAnAgendaError: It was read, and holds no agenda.
    """
    paper = read_one(path)
    found = read_agenda(paper) or _called_one(paper)
    if found is None:
        raise NotAnAgendaError(
            f"{path.name!r} was read as a {paper.kind}, but it holds no agenda with items; give an"
            " agenda, or the symbol of one"
        )
    return Brought(agenda=found, language=paper.language.partition("+")[0])


def agenda_in_text(text: str) -> Brought:
    """
    The agenda that a text is: whoever pastes one need not paste its masthead.

    Raises:
        NotAnAgendaError: No items are found in it.
    """
    paper = _read(text)
    found = read_agenda(paper) or read_agenda(replace(paper, kind=PaperKind.AGENDA))
    if found is None and (below := _from_title(text)):
        # A symbol right over the title is half a masthead; items are lost with what it lacks.
        found = read_agenda(replace(_read(below), kind=PaperKind.AGENDA, symbol=paper.symbol))
    if found is None:
        raise NotAnAgendaError(
            "the text holds no items; give an agenda whose items stand on lines of their own, each"
            " after its number"
        )
    return Brought(agenda=found, language=paper.language.partition("+")[0])


def _read(text: str) -> Paper:
    """A text as papers are read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "agenda.txt"
        path.write_text(text, encoding="utf-8")
        return read_one(path)


def _called_one(paper: Paper) -> Agenda | None:
    """The agenda in a file without a masthead whose first heading calls it one."""
    if paper.kind is PaperKind.OTHER and paper.headings and _names_one(paper.headings[0].text):
        return read_agenda(replace(paper, kind=PaperKind.AGENDA))
    return None


def _from_title(text: str) -> str | None:
    """A text from the line on that calls it an agenda; None where no line does, or the first."""
    lines = text.strip().splitlines(keepends=True)
    named = (at for at, line in enumerate(lines) if _names_one(line.strip()))
    first = next(named, 0)
    return "".join(lines[first:]) if first else None


def _names_one(line: str) -> bool:
    return kind_of((), line, (), ()) is PaperKind.AGENDA


def agenda_in_upload(content: bytes, suffix: str) -> Brought:
    """
    The agenda that the bytes of a file hold.

    Args:
        content: The bytes.
        suffix: That of the file's name, with its dot: `.pdf`, `.docx`, `.txt`.

    Raises:
        PaperUnreadableError: They cannot be read.
        NotAnAgendaError: They were read, and hold no agenda.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"agenda{suffix}"
        path.write_bytes(content)
        return agenda_in_file(path)
