"""
symbols on a command line -> papers in the corpus folder.

Why imports stand in the command: what uses a network is loaded by nothing else.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from wgsearch.cli.sources import agenda_of, brought_along
from wgsearch.cli.terminal import (
    CorpusOption,
    IndexOption,
    JsonOption,
    console,
    encoder_of,
    print_json,
    say,
    settings_of,
)
from wgsearch.errors import IndexMissingError
from wgsearch.fetching.records import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.agenda import Agenda
    from wgsearch.fetching.fetching import Fetcher
    from wgsearch.fetching.records import Outcome, Wanted
    from wgsearch.settings import Settings

_WORDS = {
    State.FETCHED: "fetched",
    State.HELD: "already there",
    State.UNPUBLISHED: "not published",
    State.FAILED: "failed",
    State.WANTED: "to fetch",
}
_THERE = frozenset((State.FETCHED, State.HELD, State.WANTED))


def fetch(
    symbol: Annotated[
        list[str] | None, typer.Argument(help="Symbols of papers.", show_default=False)
    ] = None,
    *,
    listed_in: Annotated[
        str | None,
        typer.Option(
            "--listed-in",
            help="The papers that an agenda lists: a file, a symbol, or - for a pasted one.",
        ),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option("--language", help="Language version; may be repeated.", show_default="en"),
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Fetch those anew that are there.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be asked; ask and write nothing.")
    ] = False,
    corpus: CorpusOption = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fetch papers by symbol into the corpus folder, one at a time (this uses the network)."""
    from wgsearch.fetching.records import wanted as wanted_of  # noqa: PLC0415 - loads what fetches

    settings = settings_of(corpus=corpus, index=index)
    if not symbol and listed_in is None:
        raise typer.BadParameter("name symbols, or an agenda with --listed-in")
    asked = [*(symbol or ()), *(_listed(settings, listed_in) if listed_in else ())]
    wanted = [wanted_of(each, tongue) for each in asked for tongue in language or ("en",)]
    indexed = _indexed(settings)
    fetcher = fetcher_of(settings)
    if dry_run:
        _show_plan(fetcher, wanted, indexed, again=again, as_json=as_json)
        return
    found = []
    for outcome in fetcher.run(wanted, indexed=indexed, again=again, waiting=_waiting):
        found.append(outcome)
        if not as_json:
            _told(outcome, len(found), len(set(wanted)))
    summary(found, as_json=as_json)


def _waiting(wanted: Wanted, reason: str, seconds: float) -> None:
    """Why nothing happens for a while."""
    say(f"{wanted.symbol}: {reason.partition(';')[0]}; asked again in {seconds:.0f} s")


def fetcher_of(settings: Settings) -> Fetcher:
    """What fetches, as the settings say."""
    from wgsearch.fetching.addresses import Access  # noqa: PLC0415 - loads what fetches
    from wgsearch.fetching.fetching import Fetcher  # noqa: PLC0415 - likewise
    from wgsearch.fetching.service import Source  # noqa: PLC0415 - likewise

    return Fetcher(
        settings.corpus,
        access=Access(hosts=settings.fetch_hosts),
        contact=settings.fetch_contact,
        source=Source(address=settings.fetch_address),
        pause_s=settings.fetch_pause_s,
    )


def summary(found: Sequence[Outcome], *, as_json: bool) -> None:
    """How many came; ends with 1 when a paper is not there."""
    counts = Counter(each.state for each in found)
    shown = {state: counts[state] for state in _WORDS if state is not State.WANTED}
    if as_json:
        named = {state.value: number for state, number in shown.items()}
        print_json({"papers": [_wire(each) for each in found], "counts": named})
    else:
        said = ", ".join(f"{number} {_WORDS[state]}" for state, number in shown.items())
        console().print(f"{said}.")
        if counts[State.FETCHED]:
            console().print("[dim]`wgsearch build` makes them found.[/dim]")
    if any(each.state not in _THERE for each in found):
        raise typer.Exit(1)


def _wire(outcome: Outcome) -> dict[str, object]:
    return {
        "symbol": outcome.symbol,
        "language": outcome.language,
        "state": outcome.state.value,
        "file": outcome.file,
        "bytes": outcome.size,
        "code": outcome.code,
        "reason": outcome.reason,
    }


def _told(outcome: Outcome, number: int, total: int) -> None:
    """What became of one paper."""
    what = outcome.file or f"{outcome.reason} [{outcome.code}]"
    size = f"  {outcome.size / 1e6:.1f} MB" if outcome.size else ""
    console().print(
        f"{number} of {total}  [bold]{outcome.symbol}[/bold] {outcome.language}"
        f"  {_WORDS[outcome.state]}{size}  [dim]{escape(what)}[/dim]"
    )


def _show_plan(
    fetcher: Fetcher,
    wanted: Sequence[Wanted],
    indexed: dict[str, tuple[tuple[str, ...], str]],
    *,
    again: bool,
    as_json: bool,
) -> None:
    """What would be asked."""
    planned = list(fetcher.planned(wanted, indexed=indexed, again=again))
    if as_json:
        print_json({"papers": [_wire(each) | {"address": address} for each, address in planned]})
        return
    for each, address in planned:
        where = each.file or address
        console().print(
            f"[bold]{each.symbol}[/bold] {each.language}  {_WORDS[each.state]}"
            f"  [dim]{escape(where)}[/dim]",
            soft_wrap=True,
        )


def _listed(settings: Settings, source: str) -> list[str]:
    """Symbols of the papers that an agenda lists, in its order."""
    found = _agenda(settings, source)
    listed = [each.symbol for item in found.items for each in item.documents if each.symbol]
    fetchable = [each for each in dict.fromkeys(listed) if "_" not in each]
    if skipped := len(set(listed)) - len(fetchable):
        say(f"{skipped} papers of the agenda have no number yet and are not asked for")
    if not fetchable:
        say("the agenda lists no papers by symbol")
    return fetchable


def _agenda(settings: Settings, source: str) -> Agenda:
    """The agenda that a file holds, that is pasted, or that a paper of the index is."""
    from wgsearch.search import LocalEngine  # noqa: PLC0415 - loads FAISS

    if (brought := brought_along(source)) is not None:
        return brought.agenda
    # Not warmed: an agenda is looked up by its symbol, and nothing is encoded.
    engine = LocalEngine(settings.index, lambda: encoder_of(settings))
    return agenda_of(engine, source).agenda


def _indexed(settings: Settings) -> dict[str, tuple[tuple[str, ...], str]]:
    """Symbols and language by file, as far as an index knows them."""
    from wgsearch.index.manifest import read_manifest  # noqa: PLC0415 - loads what reads indexes
    from wgsearch.index.publish import current, folder_of  # noqa: PLC0415 - likewise

    try:
        manifest = read_manifest(folder_of(settings.index, current(settings.index)))
    except IndexMissingError:
        return {}  # the first papers are fetched before anything is built
    return {
        each.file: (
            tuple(dict.fromkeys((*each.symbols, *((each.symbol,) if each.symbol else ())))),
            each.language,
        )
        for each in manifest.papers
    }
