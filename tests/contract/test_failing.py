"""What is lost, late or half made is said, and answers what it can; nothing waits for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.answers import Filters
from wgsearch.errors import (
    CollectionDamagedError,
    CollectionMissingError,
    IndexMissingError,
    PartGoneError,
)
from wgsearch.index.build import build
from wgsearch.index.places import current
from wgsearch.search import LocalEngine, Query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from conftest import Place
    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper

ASKED = Query(text="contracts protect farms and vessels")
# Publishes the generation in use, tells how far it is, and is killed there.
_PUBLISHING = """
import sys, time
from pathlib import Path
from wgsearch.cluster.address import address_of
from wgsearch.cluster.milvus import Milvus
from wgsearch.cluster.publishing import Pace, publish

def told(done, count):
    print(done, count, flush=True)
    if sys.argv[4] == "half":
        time.sleep(60)

publish(Milvus(address_of(sys.argv[1])), Path(sys.argv[2]), sys.argv[3], Pace(progress=told))
print("whole", flush=True)
time.sleep(60)
"""


def killed_while_publishing(place: Place, index: Path, alias: str, when: str) -> None:
    """Publish in another process; kill it half-way, or once it is done."""
    assert place.server is not None
    with subprocess.Popen(
        [sys.executable, "-c", _PUBLISHING, place.server.name, str(index), alias, when],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as child:
        assert child.stdout
        for line in child.stdout:
            if when == "half" or line.startswith("whole"):
                break
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL


@pytest.fixture
def own_server(place: Place, tmp_path: Path) -> Place:
    """A place that other processes may open, too: a file of its own, or the server."""
    if place.server is None:
        pytest.skip("nothing is published to; tests/faults kills builds of an index folder")
    if place.name != "milvus-lite":
        return place

    class Unopened:
        """The name of a file that is not open."""

        name = str(tmp_path / "killed.db")

    return replace(place, server=Unopened())  # type: ignore[arg-type] # opened by who needs it


def opened(place: Place) -> Place:
    """The place with its server, in this process."""
    from wgsearch.cluster.address import address_of  # noqa: PLC0415 - an extra
    from wgsearch.cluster.milvus import Milvus  # noqa: PLC0415 - an extra

    assert place.server is not None
    return replace(place, server=Milvus(address_of(place.server.name)))


def test_what_was_published_outlives_its_publisher(
    own_server: Place, many_index: Path, encoder: Encoder
) -> None:
    """Killed with -9 after it said that it was done, what it published is whole and answers."""
    alias = f"{own_server.alias}_killed"
    killed_while_publishing(own_server, many_index, alias, "whole")
    place = replace(opened(own_server), alias=alias)
    assert place.count(many_index) == 2000
    answer = place.engine(many_index).search(ASKED)
    assert not answer.partial, answer.notes
    there = answer.hits
    here = LocalEngine(many_index, encoder).search(ASKED).hits
    assert [hit.passage for hit in there] == [hit.passage for hit in here]


def test_a_half_made_collection_is_never_in_use(own_server: Place, many_index: Path) -> None:
    """Killed with -9 half-way, nothing is in use; publishing again tidies up and is whole."""
    from wgsearch.cluster.publishing import publish  # noqa: PLC0415 - an extra

    alias = f"{own_server.alias}_half"
    killed_while_publishing(own_server, many_index, alias, "half")
    place = replace(opened(own_server), alias=alias)
    assert place.server
    with pytest.raises(CollectionMissingError, match="has no alias"):
        place.engine(many_index)
    done = publish(place.server, many_index, alias)
    assert len(done.dropped) == 1
    assert place.count(many_index) == 2000


def test_rows_that_are_lost_are_told(place: Place, many: Path, many_index: Path) -> None:
    """A collection that lost rows is not opened: which, how many, and what to do is said."""
    if place.server is None:
        pytest.skip("an index folder's own parts are compared by tests/index/test_snapshot.py")
    from wgsearch.cluster.publishing import demanded  # noqa: PLC0415 - an extra

    del many
    losing = replace(place, alias=f"{place.alias}_losing")
    losing.publish(many_index)
    assert losing.server
    losing.server.delete(demanded(losing.server, losing.alias).name, [4, 5, 6])
    with pytest.raises(CollectionDamagedError, match=r"has 1997 of 2000 passages; run"):
        losing.engine(many_index)


def test_another_index_is_not_mixed_in(  # noqa: PLR0917 - fixtures
    place: Place,
    many: Path,
    tmp_path: Path,
    encoder: Encoder,
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
    tiny_papers: tuple[Paper, ...],
) -> None:
    """An index folder without the generation that is in use there is refused, with what to do."""
    if place.server is None:
        pytest.skip("an index folder has no other")
    del many
    build(tmp_path, tmp_path, encoder, reader=memory_reader(tiny_papers))
    with pytest.raises(IndexMissingError, match="`wgsearch index restore`"):
        place.engine(tmp_path)


def test_words_answer_when_meaning_is_gone(place: Place, many: Path, many_index: Path) -> None:
    """Where vectors cannot be reached, words answer at once, and the answer says so."""
    if place.server is None:
        pytest.skip("the vectors of an index folder are where its words are")
    from wgsearch.cluster.publishing import demanded  # noqa: PLC0415 - an extra

    del many
    going = replace(place, alias=f"{place.alias}_going")
    going.publish(many_index)
    engine = going.engine(many_index)
    whole = engine.search(ASKED)
    assert not whole.partial
    assert going.server
    name = demanded(going.server, going.alias).name
    going.server.forget(going.alias)
    going.server.drop(name)
    began = time.monotonic()
    part = engine.search(ASKED)
    assert time.monotonic() - began < 2
    assert part.partial
    assert part.verdict is None
    assert "only words were searched" in part.notes[-1]
    words = engine.search(Query(text=ASKED.text, mode="lexical"))
    assert [hit.passage for hit in part.hits] == [hit.passage for hit in words.hits]
    assert not words.partial
    with pytest.raises(PartGoneError, match="cannot answer"):
        engine.search(Query(text=ASKED.text, mode="dense"))
    with pytest.raises(PartGoneError, match="cannot answer"):
        engine.nearest(["Farms keep contracts."], k=3, filters=Filters())


def test_going_back_takes_one_step(
    place: Place,
    tmp_path: Path,
    encoder: Encoder,
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
    tiny_papers: tuple[Paper, ...],
) -> None:
    """After a rollback the papers of before answer; the index folder is not touched."""
    if place.server is None:
        pytest.skip("tests/index/test_publish.py goes back in an index folder")
    from wgsearch.cluster.engine import newest  # noqa: PLC0415 - an extra
    from wgsearch.cluster.publishing import listed, rollback  # noqa: PLC0415 - an extra

    place = replace(place, alias=f"{place.alias}_back")
    assert place.server
    build(tmp_path, tmp_path, encoder, reader=memory_reader(tiny_papers[:5]))
    place.publish(tmp_path)
    first = current(tmp_path)
    build(tmp_path, tmp_path, encoder, reader=memory_reader(tiny_papers))
    place.publish(tmp_path)
    used = newest(place.server, place.alias, 10.0)
    assert place.engine(tmp_path).generation == current(tmp_path) != first
    assert rollback(place.server, place.alias)[0] == used
    assert newest(place.server, place.alias, 10.0) != used
    assert place.engine(tmp_path).generation == first
    assert current(tmp_path) != first
    assert len(listed(place.server, place.alias)) == 2
    with pytest.raises(CollectionMissingError, match="no collection before"):
        rollback(place.server, place.alias)
