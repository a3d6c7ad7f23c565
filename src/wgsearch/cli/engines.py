"""
settings -> what answers: the index folder alone, or with a server that holds its vectors.

Why one place: the command line, the API and tools for assistants must all follow the same alias.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.errors import ExtraMissingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.cluster.milvus import Milvus
    from wgsearch.embedding import Encoder
    from wgsearch.reranking import Reranker
    from wgsearch.search import LocalEngine
    from wgsearch.settings import Settings

_LIBRARIES = {"pymilvus", "grpc", "milvus_lite"}


def server_of(settings: Settings) -> Milvus:
    """
    The server that the settings name, connected.

    Raises:
        ExtraMissingError: Its client is not installed.
        PartGoneError: Nothing answers there.
        ServerRefusedError: It is not one that is asked.
    """
    from wgsearch.cluster.address import address_of  # noqa: PLC0415 - an extra

    address = address_of(
        settings.milvus, token=settings.milvus_token, trusted=settings.milvus_trusted
    )
    try:
        from wgsearch.cluster.milvus import Milvus  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _LIBRARIES:
            raise
        raise ExtraMissingError(
            "a Milvus server is asked by the extra `milvus`; pip install 'wgsearch[milvus]', or "
            "set WGSEARCH_ENGINE=embedded"
        ) from error
    return Milvus(address)


def connected(settings: Settings) -> Milvus | None:
    """The server that answers need; None where the index folder is enough."""
    return server_of(settings) if settings.engine == "milvus" else None


def local_engine(
    settings: Settings,
    server: Milvus | None,
    encoder: Encoder | Callable[[], Encoder],
    reranker: Reranker | None,
    *,
    earlier: bool = False,
) -> LocalEngine:
    """
    The engine over the generation in use.

    Args:
        settings: The settings.
        server: Of `connected`.
        encoder: The encoder of questions, or what makes it.
        reranker: Reads the best again.
        earlier: Where the generation in use is damaged, the newest that is whole answers; with a
            server, its alias decides instead.
    """
    if server is None:
        from wgsearch.search import LocalEngine  # noqa: PLC0415 - commands that need none start faster

        return LocalEngine(settings.index, encoder, reranker=reranker, earlier=earlier)
    from wgsearch.cluster.engine import engine_over  # noqa: PLC0415 - likewise

    return engine_over(
        server,
        settings.index,
        encoder,
        alias=settings.milvus_alias,
        deadline_s=settings.milvus_deadline_s,
        reranker=reranker,
    )


def newest_of(settings: Settings, server: Milvus | None) -> Callable[[], str]:
    """What says which generation is in use, or which collection of a server."""
    if server is None:
        from wgsearch.index.places import current  # noqa: PLC0415 - likewise

        return lambda: current(settings.index)
    from wgsearch.cluster.engine import newest  # noqa: PLC0415 - likewise

    return lambda: newest(server, settings.milvus_alias, settings.milvus_deadline_s)
