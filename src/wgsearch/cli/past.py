"""
`wgsearch history`: whether a topic or an agenda item was addressed before, with its timeline.

Why apart from app.py: what it prints is its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from wgsearch.cli.sources import agenda_of
from wgsearch.cli.terminal import (
    EncoderOption,
    IndexOption,
    JsonOption,
    console,
    engine_of,
    print_json,
    settings_of,
)

if TYPE_CHECKING:
    from rich.console import Console

    from wgsearch.answers import Engine
    from wgsearch.history import History, Occasion


def history(
    topic: Annotated[
        str | None, typer.Argument(help="A topic, or a question about the past.")
    ] = None,
    *,
    agenda: Annotated[
        str | None,
        typer.Option(
            "--agenda",
            help="Instead of a topic: a file, - for a pasted text, or the symbol of an agenda;"
            " --item names its item.",
        ),
    ] = None,
    item: Annotated[
        str | None, typer.Option("--item", help="Number of its item or sub-item, as `2 (a)`.")
    ] = None,
    before: Annotated[
        str | None,
        typer.Option("--before", help="An ISO date, or the agenda of the session that is asked."),
    ] = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say whether a topic was addressed before: when, under which item, what was recommended."""
    _refuse(topic, agenda, item, before)
    engine = engine_of(settings_of(index=index, encoder=encoder))
    brought = None
    if topic is not None:
        found = _of_topic(engine, topic, before)
    else:
        from wgsearch.briefing import item_past  # noqa: PLC0415 - reads agendas

        brought = agenda_of(engine, agenda or "").agenda
        found = item_past(engine, brought, item or "")
    if as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        shown = schemas.past_object(found, agenda=brought, item=item, before=before)
        print_json(shown.model_dump(mode="json"))
    else:
        _print(console(), found)


def _refuse(topic: str | None, agenda: str | None, item: str | None, before: str | None) -> None:
    """Refuse arguments that do not go together."""
    if (topic is None) == (agenda is None and item is None):
        raise typer.BadParameter("give either a topic, or --agenda and --item")
    if (agenda is None) != (item is None):
        raise typer.BadParameter("--agenda and --item go together")
    if agenda is not None and before is not None:
        raise typer.BadParameter(
            "--before goes with a topic: an item is asked before its own session"
        )


def _of_topic(engine: Engine, topic: str, before: str | None) -> History:
    from wgsearch.history import before as unseen_before  # noqa: PLC0415 - reads agendas
    from wgsearch.history import history as history_of  # noqa: PLC0415 - likewise
    from wgsearch.holdings import Holdings  # noqa: PLC0415 - likewise

    if before is None:
        return history_of(engine, topic)
    return history_of(engine, topic, unseen=unseen_before(Holdings(engine), before))


def _print(out: Console, found: History) -> None:
    """The verdict, the timeline, what was recommended."""
    from wgsearch.history.records import VERDICTS  # noqa: PLC0415 - likewise

    out.print(Text(VERDICTS[found.verdict], style="bold"), Text(f"({found.confidence} confidence)"))
    for note in found.notes:
        out.print(Text(note, style="dim"))
    for occasion in found.timeline:
        _print_occasion(out, occasion)
    if found.recommended:
        out.print(Text("\nRecommended before", style="bold"))
    for each in found.recommended:
        state = "" if each.agreed else "  not agreed"
        out.print(Text(f"{each.citation}{state}", style="cyan"))
        out.print(Text(each.text), soft_wrap=False)


def _print_occasion(out: Console, occasion: Occasion) -> None:
    """When, where, and the words that show it."""
    when = "  ".join(each for each in (occasion.date or "undated", occasion.session) if each)
    item = f"  item {occasion.item}" if occasion.item else ""
    out.print()
    out.print(Text(f"{when}{item}", style="dim"))
    out.print(Text(occasion.citation, style="cyan"))
    out.print(Text(occasion.words))
