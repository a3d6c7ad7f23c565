"""
`wgsearch history`: whether a topic was addressed before, with its timeline.

Why apart from app.py: what it prints is its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from wgsearch.cli.terminal import (
    EncoderOption,
    IndexOption,
    JsonOption,
    console,
    engine_of,
    print_json,
    settings_of,
)
from wgsearch.history.records import VERDICTS

if TYPE_CHECKING:
    from rich.console import Console

    from wgsearch.history import History, Occasion


def history(
    topic: Annotated[str, typer.Argument(help="A topic, or a question about the past.")],
    *,
    before: Annotated[
        str | None,
        typer.Option("--before", help="An ISO date, or the agenda of the session that is asked."),
    ] = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say whether a topic was addressed before: when, under which item, what was recommended."""
    from wgsearch.history import before as unseen_before  # noqa: PLC0415 - reads agendas
    from wgsearch.history import history as history_of  # noqa: PLC0415 - likewise
    from wgsearch.holdings import Holdings  # noqa: PLC0415 - likewise

    engine = engine_of(settings_of(index=index, encoder=encoder))
    unseen = unseen_before(Holdings(engine), before) if before else ()
    found = history_of(engine, topic, unseen=unseen)
    if as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        shown = schemas.past_object(found)
        print_json(shown.model_dump(mode="json"))
    else:
        _print(console(), found)


def _print(out: Console, found: History) -> None:
    """The verdict, the timeline, what was recommended."""
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
    when = "  ".join(each for each in (occasion.date, occasion.session) if each)
    item = f"  item {occasion.item}" if occasion.item else ""
    out.print()
    out.print(Text(f"{when}{item}", style="dim"))
    out.print(Text(occasion.citation, style="cyan"))
    out.print(Text(occasion.words))
