"""an index folder -> collections of a Milvus server: published, listed, put in use again."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from wgsearch.cli.engines import server_of
from wgsearch.cli.terminal import IndexOption, JsonOption, console, print_json, say, settings_of

cluster_app = typer.Typer(
    no_args_is_help=True,
    help="Vectors of the index on a Milvus server (WGSEARCH_MILVUS; docs/scaling.md).",
)


@cluster_app.command("publish")
def cluster_publish(
    *,
    rows_per_s: Annotated[
        int | None,
        typer.Option(
            min=1, help="Send no more passages a second.", show_default="as many as are taken"
        ),
    ] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Load the generation in use into a collection, compare it, and switch the alias to it."""
    settings = settings_of(index=index)
    server = server_of(settings)
    from wgsearch.cluster.publishing import Pace, publish  # noqa: PLC0415 - loads what opens indexes

    pace = Pace(rows_per_s=rows_per_s, progress=_told)
    done = publish(server, settings.index, settings.milvus_alias, pace)
    if as_json:
        print_json(done._asdict() | {"dropped": list(done.dropped)})
        return
    how = f"{done.loaded} passages loaded" if done.loaded else "it was there, and whole"
    was = f"; it was {done.before}" if done.before not in (None, done.collection) else ""
    console().print(
        f"{settings.milvus_alias} stands for {done.collection}: {how}, {done.seconds:.1f} s{was}"
    )
    for name in done.dropped:
        console().print(f"{name} is dropped")


@cluster_app.command("list")
def cluster_list(*, as_json: JsonOption = False) -> None:
    """List the collections that were made for the alias, oldest generation first."""
    settings = settings_of()
    server = server_of(settings)
    from wgsearch.cluster.publishing import listed  # noqa: PLC0415 - likewise

    found = listed(server, settings.milvus_alias)
    if as_json:
        print_json(
            {
                "server": server.version,
                "alias": settings.milvus_alias,
                "collections": [
                    {
                        "name": each.name,
                        "in_use": each.in_use,
                        "made_of": each.note.model_dump() if each.note else None,
                    }
                    for each in found
                ],
            }
        )
        return
    if not found:
        console().print("no collections; run `wgsearch cluster publish`")
    for each in found:
        what = f"{each.note.passages} passages" if each.note else "not made by this version"
        console().print(f"{each.name}  {what}{', in use' if each.in_use else ''}")


@cluster_app.command("rollback")
def cluster_rollback(*, as_json: JsonOption = False) -> None:
    """Switch the alias to the collection before; servers of answers follow within seconds."""
    settings = settings_of()
    server = server_of(settings)
    from wgsearch.cluster.publishing import rollback  # noqa: PLC0415 - likewise

    before, now = rollback(server, settings.milvus_alias)
    if as_json:
        print_json({"before": before, "collection": now})
    else:
        console().print(f"{settings.milvus_alias} stands for {now}; it was {before}")


def _told(done: int, count: int) -> None:
    """Tells people how far it is; nobody where nobody looks."""
    if sys.stderr.isatty():
        say(f"{done} of {count} passages")
