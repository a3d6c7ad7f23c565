"""Meaning asked for elsewhere: what a question waits for, and what it believes."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from wgsearch.answers import Filters
from wgsearch.api.app import create_app
from wgsearch.cluster.expression import Between, OneOf
from wgsearch.cluster.leg import CollectionLeg
from wgsearch.cluster.records import Found
from wgsearch.errors import PartGoneError
from wgsearch.index.dense import Wanted
from wgsearch.index.places import current
from wgsearch.index.snapshot import open_named
from wgsearch.search import LocalEngine, Query

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wgsearch.cluster.expression import Expression
    from wgsearch.embedding import Encoder, Vectors
    from wgsearch.index.snapshot import Snapshot

DEADLINE_S = 0.2
ASKED = Query(text="recruitment fees and debt")


class Server:
    """
    A server that compares all rows, as slowly and as seldom as it is told.

    Attributes:
        fails: So many calls more fail.
        hangs: Calls take all their time, and fail.
        lost: Rows that it does not have any more.
        calls: How many it was asked.
    """

    name = "http://127.0.0.1:1"

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self.fails = 0
        self.hangs = False
        self.lost: frozenset[int] = frozenset()
        self.calls = 0
        self.told: list[Expression | None] = []

    def search(
        self, name: str, vector: Vectors, k: int, where: Expression | None, timeout_s: float
    ) -> Found:
        """The best of all rows, whatever the expression: what is not allowed comes, too."""
        del name
        self._answers(timeout_s)
        self.told.append(where)
        named = isinstance(where, OneOf) and where.field == "row"
        rows = where.values if named else range(len(self._vectors))
        kept = np.array([row for row in rows if row not in self.lost], dtype=np.int64)
        scores = (self._vectors[kept] @ vector).astype(np.float64)
        best = np.argsort(-scores, kind="stable")[: max(k, len(kept) if not named else k)]
        return Found(kept[best], scores[best])

    def fetch(
        self, name: str, where: Expression, fields: Sequence[str], timeout_s: float
    ) -> list[dict[str, Any]]:
        """Vectors of rows."""
        del name, fields
        self._answers(timeout_s)
        rows = range(where.first, (where.last or 0) + 1) if isinstance(where, Between) else ()
        wanted = where.values if isinstance(where, OneOf) else rows
        there = [row for row in wanted if row not in self.lost]
        return [{"row": row, "vector": self._vectors[row].tolist()} for row in there]

    def count(self, name: str, *, timeout_s: float, now: bool) -> int:
        """Rows that are not lost."""
        assert now
        del name
        self._answers(timeout_s)
        return len(self._vectors) - len(self.lost)

    def _answers(self, timeout_s: float) -> None:
        self.calls += 1
        if self.hangs:
            time.sleep(timeout_s)
        if self.hangs or self.fails > 0:
            self.fails -= 1
            raise PartGoneError(f"the Milvus server at {self.name!r} cannot answer (test)")


@pytest.fixture
def own(tiny_index: Path) -> Snapshot:
    """The generation with its own vectors."""
    return open_named(tiny_index, current(tiny_index))


@pytest.fixture
def server(own: Snapshot) -> Server:
    """A server with the vectors of the generation."""
    return Server(own.vectors.stored(range(own.store.rows)))


@pytest.fixture
def engine(tiny_index: Path, encoder: Encoder, own: Snapshot, server: Server) -> LocalEngine:
    """An engine that asks it."""
    leg = CollectionLeg(server, "c", own.store, own.manifest.dimension, DEADLINE_S)

    def opening(_: str | None) -> Snapshot:
        return replace(own, vectors=leg, engine="milvus")

    return LocalEngine(tiny_index, encoder, opening=opening)


def test_the_same_answer_comes_from_elsewhere(
    engine: LocalEngine, tiny_engine: LocalEngine, own: Snapshot
) -> None:
    """Passages, scores and verdict are those of the index folder."""
    here = tiny_engine.search(ASKED)
    there = engine.search(ASKED)
    assert [hit.passage for hit in there.hits] == [hit.passage for hit in here.hits]
    assert there.verdict == here.verdict
    assert engine.state().engine == "milvus"
    assert own.name == there.generation


def test_one_failure_is_not_noticed(engine: LocalEngine, server: Server) -> None:
    """A call that fails is made once more."""
    server.fails = 1
    assert not engine.search(ASKED).partial


def test_two_failures_leave_words(engine: LocalEngine, server: Server) -> None:
    """After a second failure words answer alone, and no third call is made."""
    server.fails = 2
    answer = engine.search(ASKED)
    assert answer.partial
    assert answer.hits
    assert answer.verdict is None
    assert answer.notes[-1].startswith("only words were searched, not meaning: the Milvus server")
    assert server.calls == 2
    assert not engine.search(ASKED).partial


def test_no_question_waits_longer_than_twice_the_deadline(
    engine: LocalEngine, server: Server
) -> None:
    """Where nothing comes back, the question has its answer after one deadline and one retry."""
    engine.search(ASKED)
    server.hangs = True
    began = time.monotonic()
    assert engine.search(ASKED).partial
    assert 2 * DEADLINE_S <= time.monotonic() - began < 2 * DEADLINE_S + 0.5


def test_meaning_alone_is_not_answered_by_words(engine: LocalEngine, server: Server) -> None:
    """Who asks for meaning alone, or what is near to a draft, is told that it is gone."""
    server.fails = 100
    for mode in ("dense", "late"):
        with pytest.raises(PartGoneError, match="cannot answer"):
            engine.search(replace(ASKED, mode=mode))
    with pytest.raises(PartGoneError, match="cannot answer"):
        engine.nearest(["Debt keeps workers."], k=3, filters=Filters())


def test_rows_that_are_not_allowed_are_not_believed(
    engine: LocalEngine, own: Snapshot, server: Server, encoder: Encoder
) -> None:
    """A server that gives everything for a filter shows nothing that does not pass."""
    filters = Filters(languages=("fr",))
    assert {
        hit.passage.language for hit in engine.search(replace(ASKED, filters=filters)).hits
    } == {"fr"}
    leg = CollectionLeg(server, "c", own.store, own.manifest.dimension, DEADLINE_S)
    allowed = own.store.select(filters)[own.store.paper_of]
    vector = encoder.encode([ASKED.text])[0]
    assert allowed[leg.top(vector, 5, allowed, Wanted(filters, in_force=False)).rows].all()


def test_an_answer_from_a_part_of_the_rows_says_so(engine: LocalEngine, server: Server) -> None:
    """A server that goes on with some of its rows, and reports no failure, is not believed."""
    server.lost = frozenset(range(3, 9))
    answer = engine.search(ASKED)
    assert answer.partial
    assert "searches 9 of 15 passages" in answer.notes[-1]


def test_lost_rows_are_no_answer(own: Snapshot, server: Server) -> None:
    """Where a row that is asked for by its number does not come, nothing is made up for it."""
    leg = CollectionLeg(server, "c", own.store, own.manifest.dimension, DEADLINE_S)
    server.lost = frozenset({3})
    with pytest.raises(PartGoneError, match="lacks 1 rows of collection 'c' just now, the first 3"):
        leg.scores(server._vectors[0], np.array([1, 3], dtype=np.int64))
    with pytest.raises(PartGoneError, match="lacks 1 rows"):
        leg.stored(range(own.store.rows))


def test_rows_of_another_index_are_no_answer(own: Snapshot) -> None:
    """A collection with more rows than the index has is not searched."""
    rows = own.vectors.stored(range(own.store.rows))
    leg = CollectionLeg(Server(rows), "c", own.store, own.manifest.dimension, DEADLINE_S)
    leg.rows -= 1
    with pytest.raises(PartGoneError, match=f"searches {len(rows)} of {len(rows) - 1}"):
        leg.top(rows[0], 5)


@pytest.mark.parametrize("path", ["/api/v1/search?q=debt+bondage", "/search?q=debt+bondage"])
def test_a_partial_answer_is_never_kept(engine: LocalEngine, server: Server, path: str) -> None:
    """What was found while meaning was gone has no tag; asked again later, the whole comes."""
    with TestClient(create_app(engine), base_url="http://127.0.0.1") as client:
        server.fails = 2
        part = client.get(path)
        assert part.status_code == 200
        assert part.headers["cache-control"] == "no-store"
        assert "etag" not in part.headers
        assert "nly words were searched" in part.text
        whole = client.get(path)
        assert "etag" in whole.headers
        assert "nly words were searched" not in whole.text
        if path.startswith("/api"):
            assert part.json()["partial"] is True
            assert whole.json()["partial"] is False
