"""
Run a command beside a Milvus cluster 2.3.5 of eight processes that nobody else can reach.

Beside the package `milvus` it needs confluent-kafka, whose mock broker carries the log, and
Debian's etcd-server:

    apt-get install etcd-server
    python -m venv /tmp/server
    /tmp/server/bin/pip install 'setuptools<70' milvus==2.3.5 confluent-kafka
    /tmp/server/bin/python tests/cluster/eight.py -- .venv/bin/pytest tests/contract

The mock broker keeps 5 MB a partition and forgets what is older: load no more than 1,000 rows a
second. The command finds the address in WGSEARCH_TEST_MILVUS_CLUSTER, and the ids of the two query
nodes in WGSEARCH_TEST_QUERY_NODES.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from namespace import command, enter

ETCD, PROXY = 2379, 19530
# Role, its port, and the port of its health: what is asked of the others starts first.
ROLES = (
    ("rootcoord", 53100, 9091),
    ("datacoord", 13333, 9092),
    ("querycoord", 19531, 9093),
    ("datanode", 21124, 9094),
    ("indexnode", 21121, 9095),
    ("querynode", 21123, 9096),
    ("querynode", 21133, 9097),
    ("proxy", PROXY, 9098),
)
UP_S = 120.0


def main() -> int:
    """Start everything, run the command, stop everything that was started."""
    asked = command(__doc__)
    enter()
    from confluent_kafka import Producer  # noqa: PLC0415 - of the environment of the server alone
    from milvus import MilvusServer  # noqa: PLC0415 - likewise

    began = time.monotonic()
    broker = Producer({"bootstrap.servers": "mock", "test.mock.num.brokers": 1})
    kafka = str(next(iter(broker.list_topics(timeout=10).brokers.values()))).split("/")[0]
    with tempfile.TemporaryDirectory(prefix="milvus-") as text:
        folder = Path(text)
        server = MilvusServer()
        server.set_base_dir(text)
        _unpack(server, folder)
        started = [_etcd(folder)]
        try:
            _healthy(f"http://127.0.0.1:{ETCD}/health", started)
            for role, port, health in ROLES:
                started.append(_role(folder, role, port, health, kafka))
            for _, _, health in ROLES:
                _healthy(f"http://127.0.0.1:{health}/healthz", started)
            sys.stderr.write(f"cluster up after {time.monotonic() - began:.1f} s\n")
            nodes = [
                str(process.pid)
                for process, (role, *_) in zip(started[1:], ROLES, strict=True)
                if role == "querynode"
            ]
            told = {
                "WGSEARCH_TEST_MILVUS_CLUSTER": f"http://127.0.0.1:{PROXY}",
                "WGSEARCH_TEST_QUERY_NODES": ",".join(nodes),
            }
            return subprocess.call(asked, env=os.environ | told)
        finally:
            for process in reversed(started):
                process.kill()
                process.wait()
            if logs := os.environ.get("WGSEARCH_TEST_LOGS"):
                for log in folder.glob("*.log"):
                    Path(logs, log.name).write_bytes(log.read_bytes())


def _unpack(server: object, folder: Path) -> None:
    """What the package carries: the program, its libraries, its settings."""
    from milvus import _initialize_data_files  # noqa: PLC0415 - of the server's environment

    server.config.resolve()  # type: ignore[attr-defined] # untyped
    _initialize_data_files(str(folder))


def _etcd(folder: Path) -> subprocess.Popen[bytes]:
    """Where the parts find one another."""
    with (folder / "etcd.log").open("wb") as log:
        return subprocess.Popen(
            [  # noqa: S607 - where it lies differs
                "etcd",
                f"--data-dir={folder / 'etcd'}",
                f"--listen-client-urls=http://127.0.0.1:{ETCD}",
                f"--advertise-client-urls=http://127.0.0.1:{ETCD}",
                "--listen-peer-urls=http://127.0.0.1:2380",
            ],
            stdout=log,
            stderr=log,
        )


def _role(folder: Path, role: str, port: int, health: int, kafka: str) -> subprocess.Popen[bytes]:
    """One part of the cluster; settings by environment go before its file."""
    section = {"rootcoord": "ROOTCOORD", "proxy": "PROXY"}.get(role, role.upper())
    settings = {
        "DEPLOY_MODE": "DISTRIBUTED",
        "METRICS_PORT": str(health),
        "MILVUS_RUN_DIR": str(folder / f"run-{role}-{port}"),
        "LD_LIBRARY_PATH": str(folder / "bin"),
        "ETCD_USE_EMBED": "false",
        "ETCD_ENDPOINTS": f"127.0.0.1:{ETCD}",
        "MQ_TYPE": "kafka",
        "KAFKA_BROKERLIST": kafka,
        "COMMON_STORAGETYPE": "local",
        "LOCALSTORAGE_PATH": str(folder / "data"),
        f"{section}_PORT": str(port),
    }
    with (folder / f"{role}-{port}.log").open("wb") as log:
        return subprocess.Popen(
            [str(folder / "bin" / "milvus"), "run", role],
            cwd=folder,
            env=os.environ | settings,
            stdout=log,
            stderr=log,
        )


def _healthy(address: str, started: list[subprocess.Popen[bytes]]) -> None:
    """Wait until something says that it is well."""
    ends = time.monotonic() + UP_S
    while time.monotonic() < ends:
        if any(process.poll() is not None for process in started):
            break
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 - of this machine
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.2)
    ended = [process.args for process in started if process.poll() is not None]
    raise SystemExit(f"{address} is not well; ended: {ended}")


if __name__ == "__main__":
    sys.exit(main())
