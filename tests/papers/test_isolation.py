"""What reads papers is cut off: it reaches no network, and writes into its own folder only."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_PROLOGUE = """
import os, socket, sys, ctypes
from pathlib import Path
from wgsearch.papers import isolation
"""


def _run(code: str, *arguments: object) -> str:
    """What a process of its own prints."""
    done = subprocess.run(
        [sys.executable, "-c", _PROLOGUE + code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


_CONNECT = """
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[2])), timeout=5).close()
    print("connected")
except OSError as error:
    print(type(error).__name__)
"""


def test_no_connection_is_made(tmp_path: Path) -> None:
    """A program that listens on this machine is reached before, and not after."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert _run(_CONNECT, tmp_path, port) == "connected"
        cut = "isolation.isolate(Path(sys.argv[1]))\n"
        assert _run(cut + _CONNECT, tmp_path, port) in {"OSError", "PermissionError"}


def test_without_a_namespace_python_opens_no_socket(tmp_path: Path) -> None:
    """Where the kernel grants no network of its own, Python code is refused sockets."""
    code = "isolation._leave_network = lambda: False\nisolation.isolate(Path(sys.argv[1]))\n"
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert _run(code + _CONNECT, tmp_path, port) == "PermissionError"


def test_files_are_written_below_the_folder_only(tmp_path: Path) -> None:
    """Its own folder is open to it; the papers beside it are read, and neither changed nor gone."""
    own = tmp_path / "own"
    own.mkdir()
    paper = tmp_path / "paper.txt"
    paper.write_text("words")
    said = _run(
        """
own, paper = Path(sys.argv[1]), Path(sys.argv[2])
print(isolation.isolate(own).disk)
print(paper.read_text())
(own / "note.txt").write_text("mine")
for change in (
    lambda: paper.write_text("other"),
    lambda: paper.unlink(),
    lambda: os.truncate(paper, 1),
    lambda: paper.with_name("new.txt").write_text("new"),
    lambda: paper.with_name("folder").mkdir(),
    lambda: (own / "note.txt").rename(paper),
):
    try:
        change()
        print("changed")
    except OSError:
        print("refused")
""",
        own,
        paper,
    ).splitlines()
    if said[0] == "False":
        pytest.skip("this kernel has no Landlock")
    assert said == ["True", "words", *["refused"] * 6]
    assert paper.read_text() == "words"
    assert [each.name for each in tmp_path.iterdir() if each not in (own, paper)] == []


def test_programs_that_are_started_are_cut_off_too(tmp_path: Path) -> None:
    """The program that recognises letters is held by the same walls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = f"""
import subprocess
if not isolation.isolate(Path(sys.argv[1])).network:
    print("no namespace")
    raise SystemExit
print(subprocess.run([sys.executable, "-c", {"import socket, sys" + _CONNECT!r}, *sys.argv[1:]],
      capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout)
"""
        said = _run(code, tmp_path, server.getsockname()[1])
    if said == "no namespace":
        pytest.skip("this system grants no network namespace")
    assert said in {"OSError", "PermissionError"}
