"""
what a person types -> the agenda or paper that is meant: a file, a symbol, a piece of one.

Why apart from the commands: several take an agenda, and all must take it in the same way.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from wgsearch.answers import Filters
from wgsearch.errors import UnknownSymbolError
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from wgsearch.answers import Engine
    from wgsearch.briefing.source import Brought


def resolved(engine: Engine, symbol: str) -> str:
    """The one symbol of the index that a piece of one means; the piece itself where none is."""
    known = tuple(dict.fromkeys(each.symbol for each in engine.papers(Filters())))
    meant = symbols.resolve(symbol, known)
    if len(meant) > 1:
        raise UnknownSymbolError(symbol, meant)
    return meant[0] if meant else symbol


def agenda_of(engine: Engine, source: str) -> Brought:
    """The agenda that a file holds, or that a paper of the corpus is."""
    from wgsearch.briefing.source import Brought, agenda_in_file  # noqa: PLC0415 - reads papers

    path = Path(source)
    if path.exists():
        return agenda_in_file(path)
    symbol = resolved(engine, source)
    entry = engine.entry(symbol)
    return Brought(agenda=engine.agenda(symbol), language=entry.language.partition("+")[0])
