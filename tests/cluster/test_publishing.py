"""What is searched is switched only to what proved to be whole, and what was before is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from wgsearch.api.serving import NewestEngine
from wgsearch.cluster.engine import engine_over, newest
from wgsearch.cluster.expression import Expression, OneOf
from wgsearch.cluster.publishing import KEPT, Pace, listed, publish, rollback
from wgsearch.cluster.records import Collection, Found, Shape
from wgsearch.errors import CollectionDamagedError, CollectionMissingError
from wgsearch.index.build import build
from wgsearch.index.places import current
from wgsearch.search import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder, Vectors
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper

ALIAS = "papers"


class Memory:
    """
    A server that keeps rows in memory, and spoils them where it is told.

    Attributes:
        spoils: What it does to a row that is put in; None where it forgets it.
        released: Collections that are on its disk alone.
    """

    name = "http://127.0.0.1:1"

    def __init__(self) -> None:
        self.spoils: Callable[[dict[str, Any]], dict[str, Any] | None] = lambda row: row
        self.released: set[str] = set()
        self._rows: dict[str, dict[int, dict[str, Any]]] = {}
        self._notes: dict[str, str] = {}
        self._aliases: dict[str, str] = {}

    def collection(self, name: str, timeout_s: float = 1.0) -> Collection | None:
        """A collection, by its name or an alias."""
        del timeout_s
        own = self._aliases.get(name, name)
        return Collection(own, self._notes[own]) if own in self._notes else None

    def collections(self) -> tuple[str, ...]:
        """Names of all collections."""
        return tuple(self._notes)

    def create(self, name: str, shape: Shape, note: str, *, exact: bool) -> None:
        """Make an empty collection."""
        assert shape.dimension
        assert exact
        self._notes[name], self._rows[name] = note, {}

    def insert(self, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put rows in, spoilt."""
        for row in map(self.spoils, map(dict, rows)):
            if row is not None:
                self._rows[name][row["row"]] = row

    def seal(self, name: str, *, exact: bool) -> None:
        """Nothing is left to do."""
        assert exact
        self.load(name)

    def load(self, name: str) -> None:
        """Make a collection ready."""
        self.released.discard(name)

    def release(self, name: str) -> None:
        """Keep it on the disk."""
        self.released.add(name)

    def drop(self, name: str) -> None:
        """Remove a collection; none that an alias stands for."""
        assert name not in self._aliases.values()
        del self._notes[name], self._rows[name]

    def point(self, alias: str, name: str) -> None:
        """Make an alias stand for a collection."""
        self._aliases[alias] = name

    def count(self, name: str, *, timeout_s: float = 1.0, now: bool = False) -> int:
        """How many rows there are."""
        del timeout_s, now
        return len(self._rows[name])

    def fetch(
        self, name: str, where: Expression, fields: Sequence[str], timeout_s: float = 1.0
    ) -> list[dict[str, Any]]:
        """Fields of named rows."""
        del fields, timeout_s
        assert isinstance(where, OneOf)
        return [self._rows[name][row] for row in where.values if row in self._rows[name]]

    def search(
        self,
        name: str,
        vector: Vectors,
        k: int,
        where: Expression | None = None,
        timeout_s: float = 1.0,
    ) -> Found:
        """The best of all rows."""
        del where, timeout_s
        rows = np.array(sorted(self._rows[name]), dtype=np.int64)
        scores = np.array([float(self._rows[name][row]["vector"] @ vector) for row in rows])
        best = np.argsort(-scores, kind="stable")[:k]
        return Found(rows[best], scores[best])


@pytest.fixture
def server() -> Memory:
    """A server that holds nothing."""
    return Memory()


@pytest.fixture
def built(
    tmp_path: Path,
    encoder: Encoder,
    tiny_papers: tuple[Paper, ...],
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
) -> Callable[[int], Path]:
    """`built(number)`: the index folder, built of the first papers."""

    def build_of(number: int) -> Path:
        build(tmp_path, tmp_path, encoder, reader=memory_reader(tiny_papers[:number]))
        return tmp_path

    return build_of


def test_progress_is_told_and_the_alias_stands_for_all(
    server: Memory, built: Callable[[int], Path]
) -> None:
    """All passages are put in, it is told how many, and the alias stands for them."""
    index, told = built(9), []
    done = publish(server, index, ALIAS, Pace(progress=lambda *both: told.append(both)))
    assert told == [(15, 15)]
    assert (done.loaded, done.before, done.generation) == (15, None, current(index))
    assert [each.in_use for each in listed(server, ALIAS)] == [True]
    assert publish(server, index, ALIAS).loaded == 0


@pytest.mark.parametrize(
    ("spoils", "words"),
    [
        (lambda row: None if row["row"] == 3 else row, "has 14 of 15 passages"),
        (lambda row: row | {"text": row["text"][:-1]}, "15 of 15 rows looked at, row 0 is another"),
        (lambda row: row | {"paper": row["paper"] + 1}, "row 0 is another one"),
        (lambda row: row | {"vector": -row["vector"]}, "row 0 is another one"),
    ],
)
def test_what_does_not_come_back_is_never_in_use(
    server: Memory,
    built: Callable[[int], Path],
    spoils: Callable[[dict[str, Any]], dict[str, Any] | None],
    words: str,
) -> None:
    """A lost row, another text, another paper or vector: told, and the one before goes on."""
    publish(server, built(8), ALIAS)
    before = server.collection(ALIAS)
    server.spoils = spoils
    with pytest.raises(CollectionDamagedError, match=words):
        publish(server, built(9), ALIAS)
    assert server.collection(ALIAS) == before
    server.spoils = lambda row: row
    done = publish(server, built(9), ALIAS)
    assert done.before == before.name
    assert server.collection(ALIAS).name == done.collection


def test_a_collection_that_is_spoilt_later_is_made_again(
    server: Memory, built: Callable[[int], Path]
) -> None:
    """Publishing the same again finds the collection in use spoilt, and replaces it."""
    index = built(9)
    spoilt = publish(server, index, ALIAS).collection
    server._rows[spoilt][0]["text"] = "Something else."
    done = publish(server, index, ALIAS)
    assert done.loaded == 15
    assert done.dropped == (spoilt,)
    assert server.collection(ALIAS).name == done.collection


def test_who_answers_follows_to_another_collection_of_one_generation(
    server: Memory, built: Callable[[int], Path], encoder: Encoder
) -> None:
    """Made again of the same generation, the new collection is asked, without a restart."""
    index = built(9)
    spoilt = publish(server, index, ALIAS).collection
    engine = NewestEngine(
        lambda: engine_over(server, index, encoder, alias=ALIAS, deadline_s=1.0),
        lambda: newest(server, ALIAS, 1.0),
        check_every_s=0,
    )
    assert engine().state().collection == spoilt
    server._rows[spoilt][0]["text"] = "Something else."
    publish(server, index, ALIAS)
    assert engine().state().collection == newest(server, ALIAS, 1.0) != spoilt
    assert not engine().search(Query(text="debt bondage")).partial


def test_those_before_are_kept_and_one_of_them_loaded(
    server: Memory, built: Callable[[int], Path], encoder: Encoder
) -> None:
    """Going back takes no loading; what nobody goes back to is dropped."""
    for number in (5, 6, 7, 8):
        index = built(number)
        last = publish(server, index, ALIAS)
    there = [each.name for each in listed(server, ALIAS)]
    assert len(there) == KEPT + 1
    assert len(last.dropped) == 1
    assert server.released == {there[0]}
    assert newest(server, ALIAS, 1.0) == there[-1]
    assert rollback(server, ALIAS) == (there[-1], there[-2])
    assert newest(server, ALIAS, 1.0) == there[-2]
    engine = engine_over(server, index, encoder, alias=ALIAS, deadline_s=1.0)
    assert engine.state().collection == there[-2]
    assert engine.generation != current(index)


def test_what_others_made_is_not_taken_for_ours(
    server: Memory, tiny_index: Path, encoder: Encoder
) -> None:
    """An alias that stands for somebody else's collection is refused, and no alias is told."""
    with pytest.raises(CollectionMissingError, match="has no alias 'papers'; run"):
        engine_over(server, tiny_index, encoder, alias=ALIAS, deadline_s=1.0)
    server.create("theirs", _shape(), "{}", exact=True)
    server.point(ALIAS, "theirs")
    with pytest.raises(CollectionDamagedError, match="stands for 'theirs', which wgsearch did not"):
        engine_over(server, tiny_index, encoder, alias=ALIAS, deadline_s=1.0)


def _shape() -> Shape:
    """Of something."""
    return Shape(dimension=2, key_bytes=1, keys=1, body_bytes=1, citation_bytes=1, warnings=1)
