"""What an operator who mistypes, forgets or lacks something is told, and what stays as it is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAIN = "from wgsearch.cli import main; main()"
# As where the extra was never installed.
_WITHOUT = "import sys; sys.modules['pymilvus'] = None; " + _MAIN


def run(*words: str, program: str = _MAIN, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command with settings."""
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=os.environ | {"WGSEARCH_" + name.upper(): value for name, value in settings.items()},
    )


@pytest.fixture
def silent() -> Iterator[str]:
    """Address of something that takes connections, and is no Milvus server."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def test_a_missing_extra_is_named(tmp_path: Path) -> None:
    """Without the client of Milvus, the message says what to install."""
    done = run("cluster", "list", program=_WITHOUT, index=str(tmp_path))
    assert done.returncode == 1
    assert "pip install 'wgsearch[milvus]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unsafe_address_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    """Plain text to another machine is refused, whether the extra is there or not."""
    done = run("cluster", "publish", index=str(tmp_path), milvus="http://milvus.example:19530")
    assert done.returncode == 1
    assert "WGSEARCH_MILVUS_TRUSTED=true" in done.stderr


def test_a_wrong_alias_is_no_alias(tmp_path: Path) -> None:
    """An alias with signs that names may not have is told by the name of its setting."""
    done = run("cluster", "list", index=str(tmp_path), milvus_alias="a b")
    assert done.returncode == 2
    assert "WGSEARCH_MILVUS_ALIAS" in done.stderr


def test_a_wrong_address_is_quoted(tmp_path: Path) -> None:
    """Where nothing answers, the address is said, and what to mend; the index is not asked for."""
    pytest.importorskip("pymilvus", reason="the extra `milvus` is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    where = f"http://127.0.0.1:{port}"
    done = run("cluster", "list", index=str(tmp_path), milvus=where)
    assert done.returncode == 1
    assert f"no Milvus server answers at {where!r}" in done.stderr
    assert "mend WGSEARCH_MILVUS" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_server_of_another_kind_is_told(tmp_path: Path, silent: str) -> None:
    """What takes connections and does not answer is given up within seconds, in words."""
    pytest.importorskip("pymilvus", reason="the extra `milvus` is not installed")
    done = run("search", "fees", index=str(tmp_path), engine="milvus", milvus=silent)
    assert done.returncode == 1
    assert f"no Milvus server answers at {silent!r}" in done.stderr
    assert "Traceback" not in done.stderr
