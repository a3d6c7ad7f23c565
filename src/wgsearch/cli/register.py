"""
`wgsearch recommendations`: the register of recommendations, and one of them over the years.

Why apart from app.py: what it prints is its own.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from wgsearch.answers import Filters
from wgsearch.cli.terminal import (
    EncoderOption,
    IndexOption,
    JsonOption,
    console,
    engine_of,
    print_json,
    settings_of,
)
from wgsearch.register.records import STRENGTHS, Addressee, Strength, Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from wgsearch.register.records import Lineage, Recommended, Register


class StrengthOption(StrEnum):
    """How strongly recommendations are worded, weakest first."""

    MAY_WISH = "may_wish"
    ENCOURAGED = "encouraged"
    SHOULD_CONSIDER = "should_consider"
    SHOULD = "should"
    SHALL = "shall"


def recommendations(
    text: Annotated[
        str | None, typer.Argument(help="What they should be about; without it, all of them.")
    ] = None,
    *,
    addressee: Annotated[
        list[Addressee] | None, typer.Option(help="Who is asked; may be repeated.")
    ] = None,
    strength: Annotated[
        StrengthOption | None, typer.Option(help="Worded at least so strongly.")
    ] = None,
    agreed: Annotated[
        bool | None, typer.Option("--agreed/--not-agreed", help="Only those agreed, or not agreed.")
    ] = None,
    year_from: Annotated[int | None, typer.Option("--from", help="First year of issue.")] = None,
    year_to: Annotated[int | None, typer.Option("--to", help="Last year of issue.")] = None,
    symbol: Annotated[list[str] | None, typer.Option(help="Symbol, or its beginning.")] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Words of the heading above.")] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(help="Kind of paper.", show_default="report, resolution, decision"),
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Language, where there are several.")
    ] = None,
    lineage: Annotated[
        str | None, typer.Option(metavar="ID", help="Show this one over the years instead.")
    ] = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """List what was recommended to whom, or follow one recommendation over the years."""
    from wgsearch import register  # noqa: PLC0415 - loads what compares

    wanted = Wanted(
        text=text,
        papers=Filters(
            kinds=tuple(kind or ()),
            symbols=tuple(symbol or ()),
            languages=tuple(language or ()),
            year_from=year_from,
            year_to=year_to,
        ),
        addressees=tuple(addressee or ()),
        least=Strength[strength.name] if strength else None,
        agreed=agreed,
        topics=tuple(topic or ()),
    )
    if lineage is not None and wanted != Wanted():
        raise typer.BadParameter("--lineage goes with no text and no filter; leave these out")
    engine = engine_of(settings_of(index=index, encoder=encoder))
    if as_json:
        from wgsearch.api import schemas  # noqa: PLC0415 - for programs

        found = (
            schemas.lineage_json(register.lineage(engine, lineage))
            if lineage is not None
            else schemas.register_json(register.register(engine, wanted))
        )
        print_json(found)
    elif lineage is not None:
        _print_lineage(console(), register.lineage(engine, lineage))
    else:
        _print_register(console(), register.register(engine, wanted))


def _print_register(out: Console, found: Register) -> None:
    """The list: where, who is asked, how strongly, and the words."""
    for each in found.found:
        out.print(_head(each))
        out.print(Text(each.text), style="none")
        out.print()
    count = len(found.found)
    best = "the best " if found.is_cut else ""
    out.print(f"{best}{count} recommendation{'' if count == 1 else 's'}")


def _head(record: Recommended) -> Text:
    """A line on a recommendation, with the id by which it is followed over the years."""
    told = [", ".join(record.addressed), STRENGTHS[record.strength]]
    told += [] if record.agreed else ["NOT AGREED"]
    told += [each for each in (record.passage.date, record.topic) if each]
    head = Text(record.citation, style="bold cyan")
    head.append(f"  {' · '.join(told)}", style="dim")
    return head.append(f"\n{record.id}", style="dim")


def _print_lineage(out: Console, found: Lineage) -> None:
    """Steps, oldest first: what each does to the one it follows, in words marked by signs."""
    texts = {step.recommended.id: step.recommended.text for step in found.steps}
    for step in found.steps:
        out.print(Text(f"{step.mark}: {'; '.join(step.reasons)}", style="bold"))
        out.print(_head(step.recommended))
        changed = step.difference
        out.print(_marked(step.recommended.text, changed.added if changed else (), "+"))
        if changed and changed.removed and step.follows:
            out.print(_marked(texts[step.follows], changed.removed, "-"), style="dim")
        out.print()


def _marked(words: str, spans: Sequence[tuple[int, int]], sign: str) -> Text:
    """Words with spans of them between brackets: a file or a pipe shows no colours."""
    shown, at = Text(), 0
    for start, end in spans:
        shown.append(words[at:start])
        shown.append(f"[{sign}{words[start:end]}{sign}]", style="bold")
        at = end
    return shown.append(words[at:])
