"""
`wgsearch agenda --for`: under which items of an agenda, or of all agendas, a question belongs.

Why apart from app.py: what it prints is its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from wgsearch.answers import Filters
from wgsearch.cli.sources import agenda_of
from wgsearch.cli.terminal import console, print_json
from wgsearch.passages import citation

if TYPE_CHECKING:
    from rich.console import Console

    from wgsearch.answers import Engine
    from wgsearch.briefing import Belonging


def belonging(engine: Engine, source: str | None, question: str, *, k: int, as_json: bool) -> None:
    """
    Print the items under which a question belongs, best first.

    Args:
        engine: Whose papers.
        source: A file, or the symbol of an agenda; None for all agendas of the corpus.
        question: The question, or a proposal.
        k: How many items at most.
        as_json: Print the object that the API sends.
    """
    from wgsearch.briefing import belonging as of_one  # noqa: PLC0415 - other commands start faster
    from wgsearch.briefing import belonging_anywhere as of_all  # noqa: PLC0415 - likewise
    from wgsearch.holdings import Holdings  # noqa: PLC0415 - likewise

    is_held = True
    holdings = Holdings(engine)
    if source is None:
        held = dict.fromkeys(each.symbol for each in engine.papers(Filters()) if each.has_agenda)
        found = of_all(engine, map(engine.agenda, held), question, holdings)[:k]
    else:
        agenda = agenda_of(engine, source).agenda
        is_held = agenda.symbol is not None and holdings.of(agenda.symbol) is not None
        found = of_one(engine, agenda, question, holdings)[:k]
    if as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        shown = schemas.belongings_object(
            question, found, generation=engine.state().generation, is_held=is_held
        )
        print_json(shown.model_dump(mode="json"))
    else:
        _print(console(), found, is_one=source is not None)


def _print(out: Console, found: tuple[Belonging, ...], *, is_one: bool) -> None:
    """The items, the words of the agenda that are nearest, the best passage of their papers."""
    if not found:
        out.print("No item: there are none but those of procedure.")
    for each in found:
        agenda = "" if is_one else f"{each.agenda.symbol}, item "
        out.print(Text(f"{agenda}{each.item.number}. {each.item.title}", style="bold"))
        if each.sub_item:
            out.print(Text(f"nearest: sub-item {each.sub_item}", style="dim"))
        if each.words != each.item.title:
            out.print(Text(each.words))
        if each.hit:
            out.print(Text(f"best passage: {citation(each.hit.passage)}", style="cyan"))
        out.print()
