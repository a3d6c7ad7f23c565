"""
what a person types -> the agenda or paper that is meant: a file, a symbol, a piece of one.

Why apart from the commands: several take an agenda, and all must take it in the same way.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from wgsearch.answers import Filters
from wgsearch.errors import PaperUnreadableError, UnknownSymbolError
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from wgsearch.answers import Engine
    from wgsearch.briefing.source import Brought

STANDARD_INPUT = "-"
_SUFFIXES = frozenset({".pdf", ".docx", ".txt"})


def resolved(engine: Engine, symbol: str) -> str:
    """The one symbol of the index that a piece of one means; the piece itself where none is."""
    known = tuple(dict.fromkeys(each.symbol for each in engine.papers(Filters())))
    meant = symbols.resolve(symbol, known)
    if len(meant) > 1:
        raise UnknownSymbolError(symbol, meant)
    return meant[0] if meant else symbol


def agenda_of(engine: Engine, source: str) -> Brought:
    """
    The agenda that a file holds, that is pasted, or that a paper of the corpus is.

    Raises:
        PaperUnreadableError: A file is meant and there is none, or it cannot be read.
        UnknownSymbolError: No paper is meant, or several are.
        NotAnAgendaError: What is meant holds no agenda.
    """
    from wgsearch.briefing.source import (  # noqa: PLC0415 - reads papers
        Brought,
        agenda_in_file,
        agenda_in_text,
    )

    if source == STANDARD_INPUT:
        return agenda_in_text(sys.stdin.read())
    path = Path(source)
    if path.exists() and not path.is_dir():
        return agenda_in_file(path)
    try:
        symbol = resolved(engine, source)
        entry = engine.entry(symbol)
    except UnknownSymbolError as error:
        # The name of a file that is not there is no symbol that is unknown.
        if not error.near and (path.is_dir() or path.suffix.casefold() in _SUFFIXES):
            what = "it is a folder" if path.is_dir() else "there is no such file"
            reason = f"{what}; name a PDF, DOCX or text file, or the symbol of an agenda"
            raise PaperUnreadableError(source, "missing", reason) from error
        raise
    return Brought(agenda=engine.agenda(symbol), language=entry.language.partition("+")[0])
