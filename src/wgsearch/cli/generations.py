"""
an index folder -> its generations: listed, verified, put in use, removed, backed up; its papers.

Why imports stand in the commands: what writes indexes takes half a second to load.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path  # noqa: TC003 - read at run time, by typer
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from wgsearch.cli.terminal import IndexOption, JsonOption, console, print_json, settings_of
from wgsearch.errors import IndexMissingError

if TYPE_CHECKING:
    from wgsearch.index.backup import Backup
    from wgsearch.index.manifest import Manifest

index_app = typer.Typer(no_args_is_help=True, help="Generations of the index.")

GenerationArgument = Annotated[
    str | None, typer.Argument(help="Name; the one in use by default.", show_default=False)
]


@index_app.command("list")
def index_list(*, index: IndexOption = None, as_json: JsonOption = False) -> None:
    """List the generations that the index folder holds."""
    from wgsearch.index.lease import is_held  # noqa: PLC0415 - loads what writes indexes
    from wgsearch.index.places import folder_of, list_generations  # noqa: PLC0415 - likewise

    folder = _folder(index)
    found = list_generations(folder)
    if as_json:
        listed = [
            each._asdict() | {"read_now": is_held(folder_of(folder, each.name))} for each in found
        ]
        print_json({"generations": listed})
        return
    if not found:
        console().print(f"no generations in {str(folder)!r}; run `wgsearch build`")
    for each in found:
        size = sum(
            path.stat().st_size
            for path in folder_of(folder, each.name).rglob("*")
            if path.is_file()
        )
        marks = ["in use"] if each.current else []
        marks += ["being read"] if is_held(folder_of(folder, each.name)) else []
        console().print(f"{each.name}  {size / 1e6:8.1f} MB  {', '.join(marks)}")


@index_app.command("verify")
def index_verify(
    generation: GenerationArgument = None,
    *,
    deep: Annotated[
        bool,
        typer.Option(
            "--deep",
            help="Also make digests of all papers again, trace each vector to its text, and"
            " search a sample again in both legs.",
        ),
    ] = False,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare every file of a generation with its manifest."""
    from wgsearch.index.publish import current, verify_generation  # noqa: PLC0415 - loads what writes indexes

    folder = _folder(index)
    name = generation or current(folder)
    if deep:
        _inspect(folder, name, as_json=as_json)
        return
    manifest = verify_generation(folder, name)
    if as_json:
        print_json(_verified(name, manifest))
    else:
        console().print(
            f"{name} is whole: {len(manifest.papers)} papers, {manifest.passages} passages"
        )


def _inspect(folder: Path, name: str, *, as_json: bool) -> None:
    """Look at everything; what is wrong is told, and ends with an error."""
    from wgsearch.index.inspection import demand, inspect  # noqa: PLC0415 - loads what writes indexes

    found = inspect(folder, name)
    if as_json:
        checks = [
            {"name": each.name, "count": each.looked_at, "faults": list(each.faults)}
            for each in found.checks
        ]
        print_json(_verified(name, found.manifest) | {"verified": found.whole, "checks": checks})
    else:
        for each in found.checks:
            console().print(
                f"{each.name:>22}  {each.looked_at:>8}  {'; '.join(each.faults) or 'right'}"
            )
    demand(found)
    if not as_json:
        console().print(f"{name} is whole, and answers as it should")


def _verified(name: str, manifest: Manifest) -> dict[str, object]:
    return {
        "generation": name,
        "verified": True,
        "papers": len(manifest.papers),
        "passages": manifest.passages,
        "encoder": manifest.encoder,
        "content_digest": manifest.content_digest,
    }


@index_app.command("rollback")
def index_rollback(
    generation: Annotated[
        str | None, typer.Argument(help="Name; the one before by default.", show_default=False)
    ] = None,
    *,
    forward: Annotated[
        bool, typer.Option("--forward", help="The next later one instead of the one before.")
    ] = False,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put another generation in use, once it proved to be whole; servers follow within seconds."""
    from wgsearch.index.rollback import rollback  # noqa: PLC0415 - loads what writes indexes

    if generation and forward:
        raise typer.BadParameter("a name says already which one; leave out --forward")
    before, now = rollback(_folder(index), generation, forward=forward)
    if as_json:
        print_json({"before": before, "generation": now})
    else:
        console().print(f"{now} is in use; it was {before}")


@index_app.command("prune")
def index_prune(
    *,
    keep: Annotated[
        int | None,
        typer.Option(min=0, help="So many stay beside the one in use.", show_default=False),
    ] = None,
    older_than: Annotated[
        float | None,
        typer.Option(min=0, help="Only those built so many days ago.", show_default=False),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go; remove nothing.")
    ] = False,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remove generations; never the one in use, nor one that is being read."""
    from wgsearch.index.pruning import prune  # noqa: PLC0415 - loads what writes indexes
    from wgsearch.index.publish import current, writing  # noqa: PLC0415 - likewise

    if keep is None and older_than is None:
        raise typer.BadParameter("say which: --keep N, --older-than DAYS, or both")
    folder = _folder(index)
    current(folder)
    age = None if older_than is None else timedelta(days=older_than)
    if dry_run:
        found = prune(folder, keep=keep, older_than=age, dry_run=True)
    else:
        with writing(folder):
            found = prune(folder, keep=keep, older_than=age)
    if as_json:
        print_json(
            {
                "removed": list(found.removed),
                "held": list(found.held),
                "kept": list(found.kept),
                "dry_run": dry_run,
            }
        )
        return
    out = console()
    for name in found.removed:
        out.print(f"{name}  {'would go' if dry_run else 'removed'}")
    for name in found.held:
        out.print(f"{name}  stays: it is being read")
    out.print(f"{len(found.kept) + len(found.held)} generations stay")


@index_app.command("backup")
def index_backup(
    file: Annotated[Path, typer.Argument(help="File to write; one that is there is replaced.")],
    *,
    generation: Annotated[
        str | None, typer.Option(help="Name; the one in use by default.", show_default=False)
    ] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write a generation, and the editions of the compendium, to one file."""
    from wgsearch.index.backup import backup  # noqa: PLC0415 - loads what writes indexes

    _told(backup(_folder(index), file, generation=generation), "is in", file, as_json=as_json)


@index_app.command("restore")
def index_restore(
    file: Annotated[Path, typer.Argument(help="A file of `wgsearch index backup`.")],
    *,
    force: Annotated[
        bool,
        typer.Option("--force", help="There may be an index; its generations stay."),
    ] = False,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put the generation of a backup in use."""
    from wgsearch.index.backup import restore  # noqa: PLC0415 - loads what writes indexes

    folder = settings_of(index=index).index
    _told(restore(file, folder, force=force), "is in use, from", file, as_json=as_json)


def _told(found: Backup, verb: str, file: Path, *, as_json: bool) -> None:
    """What a backup holds."""
    if as_json:
        print_json(
            {
                "generation": found.generation,
                "file": str(file),
                "papers": found.papers,
                "passages": found.passages,
                "files": found.files,
                "bytes": found.size,
            }
        )
        return
    console().print(
        f"{found.generation} {verb} {str(file)!r}: {found.papers} papers, "
        f"{found.passages} passages, {found.size / 1e6:.1f} MB"
    )


@index_app.command("papers")
def index_papers(
    *,
    not_indexed: Annotated[
        bool, typer.Option("--not-indexed", help="Only those that are not found.")
    ] = False,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what became of each paper: indexed, left out for another file of it, quarantined."""
    from wgsearch.index.manifest import read_manifest  # noqa: PLC0415 - loads what writes indexes
    from wgsearch.index.places import current, folder_of  # noqa: PLC0415 - likewise
    from wgsearch.index.states import State, states  # noqa: PLC0415 - likewise

    folder = _folder(index)
    name = current(folder)
    every = states(read_manifest(folder_of(folder, name)))
    counts = Counter(each.state.value for each in every)
    shown = [each for each in every if not (not_indexed and each.state is State.INDEXED)]
    if as_json:
        print_json(
            {
                "generation": name,
                "counts": {state.value: counts[state.value] for state in State},
                "papers": [each._asdict() for each in shown],
            }
        )
        return
    out = console()
    for each in shown:
        what = each.symbol or "" if each.state is State.INDEXED else f"{each.reason} [{each.code}]"
        again = "  (failed before)" if each.failed_before else ""
        out.print(f"{each.state.value:<12} {escape(each.file)}  [dim]{escape(what)}[/dim]{again}")
    out.print(", ".join(f"{counts[state.value]} {state.value}" for state in State))
    if counts[State.QUARANTINED.value]:
        out.print("quarantined ones are read again when they change, or by build --retry-failed")


def _folder(index: Path | None) -> Path:
    """The index folder that settings and options name."""
    folder = settings_of(index=index).index
    if not folder.is_dir():
        raise IndexMissingError(
            f"no index folder {str(folder)!r}; run `wgsearch build` to make one"
        )
    return folder
