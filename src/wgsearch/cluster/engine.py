"""
an index folder and a server -> the Engine whose meaning is searched on the server.

Why the alias decides: it is switched in one step for all who answer, forward and back, and each
of them opens the generation that the collection was made of; words and vectors of two
generations never meet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.cluster.leg import CollectionLeg
from wgsearch.cluster.publishing import demand_count, demanded
from wgsearch.errors import CollectionDamagedError, IndexMissingError
from wgsearch.index.snapshot import open_elsewhere
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wgsearch.cluster.milvus import Milvus
    from wgsearch.cluster.publishing import Note
    from wgsearch.embedding import Encoder
    from wgsearch.index.manifest import Manifest
    from wgsearch.index.snapshot import Snapshot
    from wgsearch.index.store import Store
    from wgsearch.reranking import Reranker

NAME = "milvus"


def engine_over(
    server: Milvus,
    index: Path,
    encoder: Encoder | Callable[[], Encoder],
    *,
    alias: str,
    deadline_s: float,
    verify: bool = True,
    reranker: Reranker | None = None,
) -> LocalEngine:
    """
    The engine over the collection that an alias stands for.

    Args:
        server: The server.
        index: The index folder, with the generation that the collection was made of; the folder
            of its vectors may be missing.
        encoder: The encoder of questions, or what makes it.
        alias: What is followed.
        deadline_s: How long one call may take; it is tried once more where it fails.
        verify: Compare the SHA-256 of all files.
        reranker: Reads the best again; None for none.

    Raises:
        CollectionMissingError: The alias stands for none.
        CollectionDamagedError: The collection lacks rows, or is of something else.
        IndexMissingError: The generation is not in the index folder.
        PartGoneError: The server does not answer.
    """

    def opened(identity: str | None) -> Snapshot:
        used = demanded(server, alias)
        note = used.note
        # milvus-lite forgets what was loaded when it is closed; for servers it is loaded already.
        server.load(used.name)
        demand_count(server, used.name, note)

        def leg(manifest: Manifest, store: Store) -> CollectionLeg:
            _demand_same(server, used.name, note, manifest)
            return CollectionLeg(server, used.name, store, manifest.dimension, deadline_s)

        try:
            return open_elsewhere(
                index,
                note.generation,
                identity,
                verify=verify,
                vectors=leg,
                engine=NAME,
                collection=used.name,
            )
        except IndexMissingError as error:
            raise IndexMissingError(
                f"alias {alias!r} at {server.name!r} stands for generation {note.generation!r}, "
                f"which is not in {str(index)!r}; bring it here with `wgsearch index restore`, or "
                "run `wgsearch cluster publish` with the one that is"
            ) from error

    return LocalEngine(index, encoder, reranker=reranker, opening=opened)


def newest(server: Milvus, alias: str, timeout_s: float) -> str:
    """
    Name of the collection that an alias stands for: of one generation there may be several.

    Args:
        server: The server.
        alias: The alias.
        timeout_s: How long it may take to say.

    Raises:
        CollectionMissingError: It stands for none.
        CollectionDamagedError: It stands for one that is not ours.
        PartGoneError: The server does not answer.
    """
    return demanded(server, alias, timeout_s).name


def _demand_same(server: Milvus, name: str, note: Note, manifest: Manifest) -> None:
    """
    A collection is of the very generation that is opened.

    Raises:
        CollectionDamagedError: It is of another one with its name.
    """
    wrong = [
        f"{what} {there!r}, expected {here!r}"
        for what, there, here in (
            ("content digest", note.content_digest, manifest.content_digest),
            ("encoder", note.encoder, manifest.encoder),
            ("passages", note.passages, manifest.passages),
        )
        if there != here
    ]
    if wrong:
        raise CollectionDamagedError(
            f"collection {name!r} at {server.name!r} is of another index than generation "
            f"{note.generation!r} here: {'; '.join(wrong)}; run `wgsearch cluster publish`, or "
            "bring the index here that it was made of"
        )
