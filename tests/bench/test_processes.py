"""Contenders' processes: what they print is timed, what fails is told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from processes import ContenderError, run

if TYPE_CHECKING:
    from pathlib import Path

TWO = """
import os, time
print("a library says hello", flush=True)
print('{"started": %s}' % os.environ["BENCH_STARTED"], flush=True)
time.sleep(0.3)
print('{"offline": %s}' % os.environ["HF_HUB_OFFLINE"], flush=True)
"""


def test_each_object_has_its_time(tmp_path: Path) -> None:
    """The first answer counts when it is printed, not when the process ends; chatter does not."""
    ran = run([sys.executable, "-c", TWO], tmp_path / "log.txt", timeout_s=60)
    first, second = ran.lines
    assert 0 < first.seconds < second.seconds - 0.25
    assert second.found == {"offline": 1}


def test_a_contender_that_fails_says_its_last_words(tmp_path: Path) -> None:
    """The error holds the last lines of what it wrote, so that nobody has to look for them."""
    script = "import sys; print('{}'); sys.exit('no such model')"
    with pytest.raises(ContenderError, match="ended with 1 after 1 lines: no such model"):
        run([sys.executable, "-c", script], tmp_path / "log.txt", timeout_s=60)


def test_a_contender_that_hangs_is_stopped(tmp_path: Path) -> None:
    """One that never ends does not hold up the others."""
    with pytest.raises(ContenderError, match="after 0 lines"):
        run([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path / "l", timeout_s=0.5)


def test_memory_counts_children(tmp_path: Path) -> None:
    """A child that holds 60 MB shows, since it holds them while its parent waits."""
    child = "held = bytearray(60_000_000); import time; time.sleep(1)"
    script = (
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]);"
        "print('{}'); print('{}')"
    )
    ran = run([sys.executable, "-c", script], tmp_path / "log.txt", timeout_s=60)
    if ran.tree_mb is None:
        pytest.skip("this system does not tell the memory of processes")
    assert ran.tree_mb > 60


def test_programs_can_be_kept_from_a_contender(tmp_path: Path) -> None:
    """Without OCR, a contender finds no program but those of its own environment."""
    script = "import json, os; print('{}'); print(json.dumps({'path': os.environ['PATH']}))"
    command = [sys.executable, "-c", script]
    ran = run(command, tmp_path / "log.txt", timeout_s=60, path="/only/here")
    assert ran.lines[1].found == {"path": "/only/here"}
