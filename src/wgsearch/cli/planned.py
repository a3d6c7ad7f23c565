"""
a number of papers -> what they take, as tables for people or one object.

Why every formula and constant is printed: a plan that cannot be checked is a guess.
"""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path  # noqa: TC003 - read at run time, by typer
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from wgsearch.cli.terminal import JsonOption, console, print_json

if TYPE_CHECKING:
    from rich.console import Console

    from wgsearch.planning.records import Figure, Plan, Profile, Way

# As in docs/scaling.md: from where one machine was measured to where nobody has been.
_DECADES = tuple(10**power for power in range(6, 10))


def plan(
    *,
    papers: Annotated[int, typer.Option(min=1, max=10**9, help="Papers of the library.")],
    index: Annotated[
        Path | None,
        typer.Option(
            "--index",
            help="Measure bytes a passage in the generation in use of this index.",
            show_default="figures of docs/performance.md",
        ),
    ] = None,
    passages_per_paper: Annotated[
        float | None,
        typer.Option(min=0.1, max=100_000, help="Passages of a paper.", show_default="measured"),
    ] = None,
    cores: Annotated[int, typer.Option(min=1, max=1024, help="Cores of a machine.")] = 2,
    memory_gb: Annotated[
        float, typer.Option(min=0.1, max=100_000, help="Memory of a machine, 10⁹ bytes.")
    ] = 25.3,
    disk_gb: Annotated[
        float | None,
        typer.Option(min=0.1, help="Disk of a machine, likewise.", show_default="as needed"),
    ] = None,
    questions_per_s: Annotated[
        float,
        typer.Option(min=0, max=1e6, help="Questions a second that were never asked before."),
    ] = 1,
    answer_ms: Annotated[
        float, typer.Option(min=1, help="Milliseconds within which 99 of 100 are answered.")
    ] = 1000,
    build_hours: Annotated[
        float | None,
        typer.Option(min=0.01, help="Hours a build from nothing may take.", show_default="any"),
    ] = None,
    price_machine_hour: Annotated[
        float | None, typer.Option(min=0, help="Price of a machine for an hour.")
    ] = None,
    price_gb_month: Annotated[
        float | None, typer.Option(min=0, help="Price of 10⁹ bytes of disk for a month.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Say what a library of so many papers takes: bytes, machines, hours, what is full first."""
    for name, number in (
        ("--passages-per-paper", passages_per_paper),
        ("--memory-gb", memory_gb),
        ("--disk-gb", disk_gb),
        ("--questions-per-s", questions_per_s),
        ("--answer-ms", answer_ms),
        ("--build-hours", build_hours),
        ("--price-machine-hour", price_machine_hour),
        ("--price-gb-month", price_gb_month),
    ):
        if number is not None and not math.isfinite(number):
            raise typer.BadParameter(f"{name} {number} is no number to plan with; give another")
    from wgsearch.planning.planned import of_passages  # noqa: PLC0415 - this command alone
    from wgsearch.planning.planned import plan as planned  # noqa: PLC0415 - likewise
    from wgsearch.planning.records import Machine, Prices, Wanted  # noqa: PLC0415 - likewise

    profile = _profile(index)
    if passages_per_paper is not None:
        profile = replace(profile, passages_per_paper=passages_per_paper)
    given: dict[str, Any] = {
        "profile": profile,
        "machine": Machine(
            cores=cores,
            memory_bytes=memory_gb * 1e9,
            disk_bytes=None if disk_gb is None else disk_gb * 1e9,
        ),
        "wanted": Wanted(
            questions_per_s=questions_per_s, answer_ms=answer_ms, build_hours=build_hours
        ),
        "prices": Prices(machine_hour=price_machine_hour, gb_month=price_gb_month),
    }
    found = planned(papers, **given)
    decades = [
        of_passages(size, papers=round(size / profile.passages_per_paper), **given)
        for size in _DECADES
    ]
    if as_json:
        print_json(_json(found, decades, profile))
        return
    _printed(found, decades, profile)


def _profile(index: Path | None) -> Profile:
    """Bytes a passage, of an index or as stated."""
    from wgsearch.planning.measured import GENERATED  # noqa: PLC0415 - this command alone

    if index is None:
        return GENERATED
    from wgsearch.index.manifest import read_manifest  # noqa: PLC0415 - loads what writes indexes
    from wgsearch.index.places import current, folder_of  # noqa: PLC0415 - likewise
    from wgsearch.planning.measuring import profile_of  # noqa: PLC0415 - likewise

    folder = folder_of(index, current(index))
    size = (folder / "manifest.json").stat().st_size
    return profile_of(read_manifest(folder), manifest_bytes=size)


def _json(found: Plan, decades: list[Plan], profile: Profile) -> dict[str, object]:
    from wgsearch.planning.measured import CONSTANTS  # noqa: PLC0415 - this command alone

    names = profile.__dataclass_fields__
    return {
        **_plan_json(found),
        "growth": [_plan_json(each) for each in decades],
        "profile": {name: getattr(profile, name) for name in names},
        "constants": [each._asdict() for each in CONSTANTS],
    }


def _plan_json(found: Plan) -> dict[str, object]:
    return {
        "papers": found.papers,
        "passages": found.passages,
        "ways": [
            {
                "name": way.name,
                "indexes": way.indexes,
                "machines": way.machines,
                "figures": [each._asdict() for each in way.figures],
                "full_first": [each._asdict() for each in way.limits],
                "notes": list(way.notes),
            }
            for way in found.ways
        ],
    }


def _printed(found: Plan, decades: list[Plan], profile: Profile) -> None:
    """Tables: what is asked, growth by tens, formulas and constants."""
    out = console()
    out.print(
        f"{found.papers:,} papers, {found.passages:,} passages, measured: {escape(profile.source)}"
    )
    for way in found.ways:
        out.print(f"\n[bold]{way.name}[/bold]: {_first(way)}")
        for each in way.figures:
            out.print(f"  {each.name:<28} {shown(each):>14}")
        for limit in way.limits:
            out.print(f"  {limit.resource:<28} {limit.passages:>14,} passages fill one machine")
        for note in way.notes:
            out.print(f"  {escape(note)}")
    _print_growth(out, decades)
    _print_formulas(out, found, profile)


def _print_growth(out: Console, decades: list[Plan]) -> None:
    """One line a size and way."""
    out.print("\n[bold]growth[/bold]: passages, disk of all, machines, indexes, one is full at")
    for each in decades:
        for way in each.ways:
            disk = next(figure for figure in way.figures if figure.name == "disk of all")
            out.print(
                f"  {each.passages:>13,}  {way.name:<12} {shown(disk):>10} {way.machines:>6,}"
                f" {way.indexes:>4,}  {way.limits[0].passages:>11,} ({way.limits[0].resource})"
            )


def _print_formulas(out: Console, found: Plan, profile: Profile) -> None:
    """What every number was computed by, and from."""
    from wgsearch.planning.measured import CONSTANTS  # noqa: PLC0415 - this command alone

    out.print("\n[bold]formulas[/bold]: P passages of an index, d numbers a vector, W processes")
    for way in found.ways:
        for formula in way.figures:
            out.print(f"  {way.name}: {formula.name} = {escape(formula.formula)}", soft_wrap=True)
    out.print("\n[bold]constants[/bold]")
    for name in profile.__dataclass_fields__:
        out.print(f"  {name:<18} {escape(str(getattr(profile, name)))}")
    for constant in CONSTANTS:
        out.print(
            f"  {constant.name:<18} {constant.value:<12.6g} {constant.unit}"
            f"  [dim]{escape(constant.source)}[/dim]",
            soft_wrap=True,
        )


def _first(way: Way) -> str:
    """What is used up first, and where."""
    first = way.limits[0]
    return f"{first.resource} is full first, at {first.passages:,} passages"


def shown(figure: Figure) -> str:
    """A figure as people read it."""
    if figure.unit != "bytes":
        number = f"{figure.value:,.0f}" if figure.value >= 100 else f"{figure.value:,.3g}"  # noqa: PLR2004 - three digits
        return f"{number} {figure.unit}".strip()
    for power, name in ((12, "TB"), (9, "GB")):
        if figure.value >= 10**power:
            return f"{figure.value / 10**power:,.1f} {name}"
    return f"{figure.value / 1e6:,.1f} MB"
