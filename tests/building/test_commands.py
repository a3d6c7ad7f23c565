"""What an operator who mistypes, forgets or lacks something is told, and what stays as it is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from wordy import write_papers

if TYPE_CHECKING:
    from pathlib import Path

_MAIN = "from wgsearch.cli import main; main()"
# As where the extra was never installed.
_WITHOUT = "import sys; sys.modules['ray'] = None; " + _MAIN


def refused(folder: Path, address: str, *, program: str = _MAIN) -> str:
    """What `build --ray ADDRESS` says when it fails; it leaves no index."""
    write_papers(folder / "corpus", 1)
    words = ["--corpus", str(folder / "corpus"), "--index", str(folder / "index")]
    done = subprocess.run(
        [sys.executable, "-c", program, "build", *words, "--ray", address],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={k: v for k, v in os.environ.items() if not k.startswith("RAY_")},
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (folder / "index").exists()
    return done.stderr


def test_a_missing_extra_is_named(tmp_path: Path) -> None:
    """Without Ray, the message says what to install."""
    said = refused(tmp_path, "127.0.0.1:6379", program=_WITHOUT)
    assert "pip install 'wgsearch[ray]'" in said


def test_an_unsafe_cluster_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    """Another machine without a token is refused, whether the extra is there or not."""
    assert "--ray-trusted" in refused(tmp_path, "ray.example:6379", program=_WITHOUT)


@pytest.mark.ray
def test_a_wrong_address_is_quoted(tmp_path: Path) -> None:
    """Where nothing answers, the address is said, and how a cluster is started and joined."""
    pytest.importorskip("ray", reason="the extra `ray` is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = refused(tmp_path, f"127.0.0.1:{port}")
    assert f"127.0.0.1:{port}" in said
    assert "ray start --head" in said
