"""A Ray cluster of a head and two nodes on this machine, one of which is killed."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import wordy
from wordy import WordyEncoder, files_of, slow, write_papers

from wgsearch.building.address import head_of
from wgsearch.building.parts import Parts
from wgsearch.building.preparing import prepare
from wgsearch.building.shards import EncodeShard
from wgsearch.errors import EncoderMismatchError
from wgsearch.index.build import build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ray.cluster_utils import Cluster

    from wgsearch.building.address import Head

pytestmark = [
    pytest.mark.ray,
    pytest.mark.filterwarnings("ignore"),  # Ray leaves sockets and files to be collected
]


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A head that does nothing itself, and two nodes of one processor."""
    utils = pytest.importorskip("ray.cluster_utils", reason="the extra `ray` is not installed")
    made = Path(wordy.__file__).parent
    monkeypatch.setenv("PYTHONPATH", f"{os.environ.get('PYTHONPATH', '')}:{made}")
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("RAY_enable_metrics_collection", "0")
    small = {"object_store_memory": 80 * 2**20, "include_dashboard": False}
    soon = {"_system_config": {"health_check_period_ms": 500, "health_check_timeout_ms": 1000}}
    found = utils.Cluster(initialize_head=True, head_node_args={"num_cpus": 0, **small, **soon})
    try:
        for _ in range(2):
            found.add_node(num_cpus=1, object_store_memory=small["object_store_memory"])
        found.wait_for_nodes(timeout=30)
        yield found
    finally:
        found.shutdown()


def head(cluster: Cluster) -> Head:
    """Where the cluster is: on this machine, by whatever number it has in its network."""
    return head_of(cluster.address, {}, home=Path("nowhere"), trusted=True)


def node_of(worker: int) -> int:
    """Process of the node that started a worker."""
    return int(Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[1])


def test_a_node_killed_half_way_costs_one_shard_and_no_byte(
    cluster: Cluster, tmp_path: Path
) -> None:
    """
    With one of two nodes killed by its id at a third of the work, the index is the same byte for
    byte, and no more than one shard was done twice.
    """
    from wgsearch.building.nodes import Nodes  # noqa: PLC0415 - an extra

    corpus = write_papers(tmp_path / "corpus", 60)
    build(corpus, tmp_path / "alone", WordyEncoder())
    begun = tmp_path / "begun"
    begun.mkdir()
    killed: list[int] = []

    def kill() -> None:
        """Kill a node that is at work, with its worker, when a third of all batches were begun."""
        while len(notes := sorted(begun.iterdir(), key=lambda each: each.stat().st_mtime)) < 4:
            time.sleep(0.02)
        worker = int(notes[-1].name.split(".")[1])
        node = node_of(worker)
        assert node in {
            each.all_processes["raylet"][0].process.pid for each in cluster.worker_nodes
        }
        os.kill(node, signal.SIGKILL)
        os.kill(worker, signal.SIGKILL)
        killed.append(node)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    with Nodes(head(cluster)) as nodes:
        prepared = prepare(
            corpus,
            tmp_path / "index",
            tmp_path / "shards",
            partial(slow, str(begun), 0.4),
            nodes,
        )
    killer.join(timeout=5)
    assert killed
    report = build(corpus, tmp_path / "index", WordyEncoder(), reader=prepared.reader)
    assert report.embedded == 0
    assert files_of(tmp_path / "index") == files_of(tmp_path / "alone")
    assert prepared.again == 1
    # Four batches are a shard: those that it had begun, at most, were begun again.
    twice = list(Counter(f.name.split(".")[0] for f in begun.iterdir()).values())
    assert max(twice) <= 2
    assert twice.count(2) <= 1
    assert len({f.name.split(".")[1] for f in begun.iterdir()}) > 1


def test_what_a_worker_refuses_is_told_here(cluster: Cluster, tmp_path: Path) -> None:
    """An error on another machine is that error here, with its words."""
    from wgsearch.building.nodes import Nodes  # noqa: PLC0415 - an extra

    shard = EncodeShard(
        folder=tmp_path, batches=(("words",),), identity="other", open_encoder=WordyEncoder
    )
    with (
        Nodes(head(cluster)) as nodes,
        pytest.raises(EncoderMismatchError, match="WGSEARCH_ENCODER"),
    ):
        list(nodes.run([shard]))
    assert not Parts(tmp_path).has(shard.addresses[0])


def test_what_encodes_goes_to_the_machine_with_a_card(cluster: Cluster, tmp_path: Path) -> None:
    """Where one machine of the cluster has a graphics card, it alone encodes."""
    from wgsearch.building.nodes import Nodes  # noqa: PLC0415 - an extra

    small = 80 * 2**20
    with_card = cluster.add_node(num_cpus=1, num_gpus=1, object_store_memory=small)
    cluster.wait_for_nodes(timeout=30)
    begun = tmp_path / "begun"
    begun.mkdir()
    shards = [
        EncodeShard(
            folder=tmp_path / "shards",
            batches=((f"words {number}",),),
            identity=WordyEncoder.identity,
            open_encoder=partial(slow, str(begun), 0.1),
        )
        for number in range(4)
    ]
    with Nodes(head(cluster)) as nodes:
        workers = set()
        for _ in nodes.run(shards):
            workers |= {node_of(int(each.name.split(".")[1])) for each in begun.iterdir()}
    assert len(list(begun.iterdir())) == 4
    assert workers == {with_card.all_processes["raylet"][0].process.pid}
