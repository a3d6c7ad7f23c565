"""
The same promises for every place that vectors may lie: embedded, a file of milvus-lite, a server.

A server and a cluster take part where WGSEARCH_TEST_MILVUS or WGSEARCH_TEST_MILVUS_CLUSTER holds
their address; tests/cluster/ has what starts them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest

from wgsearch.index.build import build
from wgsearch.index.places import current
from wgsearch.index.snapshot import open_named
from wgsearch.papers.paper import PaperKind
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from wgsearch.cluster.milvus import Milvus
    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.index.dense import DenseLeg
    from wgsearch.index.snapshot import Snapshot
    from wgsearch.papers.paper import Paper

SERIES = "DEMO/COP/WG.4"
ADDRESSES = {"server": "WGSEARCH_TEST_MILVUS", "cluster": "WGSEARCH_TEST_MILVUS_CLUSTER"}
DEADLINE_S = 20.0
_SUBJECTS = ("contracts", "shelters", "fees", "passports", "inspectors", "hospitals", "vessels")
_VERBS = ("keep", "reach", "protect", "mislead", "return", "register", "interview")
_PLACES = ("harbours", "farms", "kitchens", "quarries", "borders", "courts", "markets", "mines")


@dataclass
class Place:
    """
    Where vectors lie, and what is asked of it.

    Attributes:
        name: How the parameter is called.
        encoder: Encodes questions.
        server: What holds collections; None for the embedded engine.
        alias: Which collection is in use.
    """

    name: str
    encoder: Encoder
    server: Milvus | None = None
    alias: str = "contract"

    def publish(self, index: Path, *, exact_rows: int = 75_000) -> None:
        """Make the generation in use the one that is searched here."""
        if self.server:
            from wgsearch.cluster.publishing import Pace, publish  # noqa: PLC0415 - an extra

            publish(self.server, index, self.alias, Pace(exact_rows=exact_rows))

    def engine(self, index: Path) -> LocalEngine:
        """An engine over what is in use here."""
        if self.server is None:
            return LocalEngine(index, self.encoder)
        from wgsearch.cluster.engine import engine_over  # noqa: PLC0415 - an extra

        return engine_over(
            self.server, index, self.encoder, alias=self.alias, deadline_s=DEADLINE_S
        )

    def leg(self, index: Path) -> tuple[DenseLeg, Snapshot]:
        """What ranks by meaning here, and the same generation with its own vectors."""
        own = open_named(index, current(index))
        if self.server is None:
            return own.vectors, own
        from wgsearch.cluster.leg import CollectionLeg  # noqa: PLC0415 - an extra
        from wgsearch.cluster.publishing import demanded  # noqa: PLC0415 - an extra

        used = demanded(self.server, self.alias)
        dimension = own.manifest.dimension
        return CollectionLeg(self.server, used.name, own.store, dimension, DEADLINE_S), own

    def count(self, index: Path) -> int:
        """How many passages are searched here, as the place itself counts them."""
        if self.server is None:
            return self.leg(index)[0].rows
        from wgsearch.cluster.publishing import demanded  # noqa: PLC0415 - an extra

        return self.server.count(demanded(self.server, self.alias).name)


@pytest.fixture(scope="module", params=["embedded", "milvus-lite", "server", "cluster"])
def place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> Iterator[Place]:
    """Each place that this run can reach."""
    name: str = request.param
    if name == "embedded":
        yield Place(name, encoder)
        return
    pytest.importorskip("pymilvus", reason="the extra `milvus` is not installed")
    if name == "milvus-lite":
        pytest.importorskip("milvus_lite", reason="the extra `milvus` is not installed")
        text = str(tmp_path_factory.mktemp("lite") / "contract.db")
    elif not (text := os.environ.get(ADDRESSES[name], "")):
        pytest.skip(f"{ADDRESSES[name]} names no address; tests/cluster/ starts one")
    from wgsearch.cluster.address import address_of  # noqa: PLC0415 - an extra
    from wgsearch.cluster.milvus import Milvus  # noqa: PLC0415 - an extra

    server = Milvus(address_of(text))
    alias = f"contract_{request.module.__name__.rpartition('.')[2]}_{os.getpid()}"
    found = Place(name, encoder, server, alias)
    yield found
    for collection in server.collections():
        if collection.startswith(found.alias):
            used = collection.partition("_g0")[0]
            if server.collection(used):
                server.forget(used)
            server.drop(collection)
    server.close()


@pytest.fixture(scope="session")
def many_papers(make_paper: Callable[..., Paper]) -> tuple[Paper, ...]:
    """Four hundred papers of five paragraphs: kinds, years, languages and symbols differ."""
    chance = np.random.default_rng(11)
    kinds = (PaperKind.BACKGROUND_PAPER, PaperKind.REPORT, PaperKind.NOTE, PaperKind.RESOLUTION)

    def sentence(paper: int, number: int) -> str:
        words = [chance.choice(each) for each in (_SUBJECTS, _VERBS, _PLACES, _SUBJECTS)]
        return f"The {words[0]} {words[1]} {words[2]} and {words[3]} in case {paper} of {number}."

    return tuple(
        make_paper(
            f"{SERIES}/{2001 + paper % 20}/{paper}",
            [sentence(paper, number) for number in range(5)],
            title=f"Paper {paper} on {chance.choice(_SUBJECTS)}",
            kind=kinds[paper % len(kinds)],
            date=f"{2001 + paper % 20}-03-04",
            language="fr" if paper % 33 == 1 else "en",
        )
        for paper in range(400)
    )


@pytest.fixture(scope="session")
def many_index(
    tmp_path_factory: pytest.TempPathFactory,
    many_papers: tuple[Paper, ...],
    encoder: Encoder,
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
) -> Path:
    """An index of 2,000 passages."""
    index = tmp_path_factory.mktemp("many")
    build(index, index, encoder, reader=memory_reader(many_papers))
    return index


@pytest.fixture(scope="module")
def many(place: Place, many_index: Path) -> Path:
    """The same, published where it is searched."""
    place.publish(many_index)
    return many_index


@pytest.fixture(scope="session")
def questions(encoder: Encoder) -> NDArray[np.float32]:
    """Vectors of thirty questions. *Shape:* (30, dimension)."""
    chance = np.random.default_rng(5)
    texts = [
        f"{chance.choice(_SUBJECTS)} {chance.choice(_VERBS)} {chance.choice(_PLACES)} {number}"
        for number in range(30)
    ]
    found: NDArray[np.float32] = encoder.encode(texts)
    return found
