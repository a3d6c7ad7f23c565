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
from wgsearch.papers.paper import PaperKind

if TYPE_CHECKING:
    from wgsearch.agenda import Agenda


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
    found = read_agenda(paper)
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
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "agenda.txt"
        path.write_text(text, encoding="utf-8")
        paper = read_one(path)
    found = read_agenda(paper) or read_agenda(replace(paper, kind=PaperKind.AGENDA))
    if found is None:
        raise NotAnAgendaError(
            "the text holds no items; give an agenda whose items stand on lines of their own, each"
            " after its number"
        )
    return Brought(agenda=found, language=paper.language.partition("+")[0])


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
