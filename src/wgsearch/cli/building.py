"""
arguments -> papers read and encoded on a Ray cluster, before a build publishes them.

Why an option of `build` and no command of its own: what is published, told and kept up to date
afterwards is the same.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wgsearch.cli.terminal import encoder_of, say
from wgsearch.errors import ExtraMissingError

if TYPE_CHECKING:
    from wgsearch.index.reading import PaperReader, Progress
    from wgsearch.settings import Settings

RayOption = Annotated[
    str | None,
    typer.Option(
        "--ray",
        metavar="HOST:PORT",
        help="Read and encode on this Ray cluster (the extra `ray`; docs/scaling.md).",
    ),
]
SharedOption = Annotated[
    Path | None,
    typer.Option(
        help="With --ray: folder of shards, seen by all machines; by default in the index folder."
    ),
]
TrustedOption = Annotated[
    bool,
    typer.Option("--ray-trusted", help="With --ray: the network is closed, no token is needed."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    What a build on a cluster was asked for.

    Attributes:
        trusted: The network to the cluster is closed.
        full: As of `build`.
        retry_failed: Likewise.
    """

    trusted: bool
    full: bool
    retry_failed: bool


def reader_on_ray(
    settings: Settings,
    address: str,
    shared: Path,
    asked: Asked,
    tell: Progress,
) -> PaperReader:
    """
    What gives a build the papers that a cluster has read; their vectors are in the cache.

    Raises:
        ExtraMissingError: Ray is not installed.
        PartGoneError: The cluster does not answer, or shards are lost again and again.
        ServerRefusedError: It is not one that is joined.
    """
    from wgsearch.building.address import head_of  # noqa: PLC0415 - an extra

    head = head_of(address, os.environ, home=Path.home(), trusted=asked.trusted)
    try:
        from wgsearch.building.nodes import Nodes  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "ray":
            raise
        raise ExtraMissingError(
            "papers are read and encoded on a cluster by the extra `ray`; pip install "
            "'wgsearch[ray]', or leave out --ray"
        ) from error
    from wgsearch.building.preparing import prepare  # noqa: PLC0415 - likewise

    with Nodes(head) as nodes:
        # One pass at a time: a worker is one of as many as its machine has processors.
        prepared = prepare(
            settings.corpus,
            settings.index,
            shared,
            partial(encoder_of, settings, streams=1),
            nodes,
            full=asked.full,
            retry_failed=asked.retry_failed,
            progress=tell,
        )
    say(
        f"on the cluster: {prepared.papers} papers ready, {prepared.encoded} passages encoded; "
        f"{prepared.shards} shards, {prepared.again} begun again"
    )
    return prepared.reader
