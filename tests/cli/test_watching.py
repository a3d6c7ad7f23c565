"""`wgsearch watch`, run as a service runs it: a process, and a signal to end it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from wgsearch.cli.app import sample_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FAST = ("--every", "0.1", "--quiet", "0.3", "--json")


@contextlib.contextmanager
def watching(corpus: Path, index: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that watches; it is killed when it does not end by itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", "wgsearch.cli", "watch", "--corpus", str(corpus), *FAST],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"WGSEARCH_INDEX": str(index), "HF_HUB_OFFLINE": "1"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def stopped(process: subprocess.Popen[str]) -> str:
    """What it said by its end, which the signal brought, and cleanly."""
    process.send_signal(signal.SIGTERM)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    return said


def put(corpus: Path, name: str) -> None:
    """A paper of the sample."""
    paper = sample_corpus() / f"DEMO_COP_WG.4_{name}"
    (corpus / paper.name).write_bytes(paper.read_bytes())


@pytest.mark.model
def test_what_arrives_is_built_until_it_is_stopped(tmp_path: Path) -> None:
    """A paper, then another one and a bad file; then SIGTERM, and nothing is left over."""
    corpus, index = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    put(corpus, "2022_1.en.pdf")
    with watching(corpus, index) as process:
        assert process.stdout
        first = json.loads(process.stdout.readline())
        assert first["papers"]["read"] == 1
        (corpus / "notes.pdf").write_text("minutes of a lunch")
        put(corpus, "2023_3_Corr.1.en.pdf")
        second = json.loads(process.stdout.readline())
        assert second["papers"]["read"] == 1
        assert [each["file"] for each in second["papers"]["failed"]] == ["notes.pdf"]
        said = stopped(process)
    assert "stopped; the index in use is what it was" in said
    assert "Traceback" not in said
    assert (index / "CURRENT").read_text().strip() == second["generation"]


@pytest.mark.model
def test_a_build_is_left_when_it_is_stopped(tmp_path: Path) -> None:
    """SIGTERM in the middle of the first build: nothing is published, nothing half-done left."""
    index = tmp_path / "index"
    with watching(sample_corpus(), index) as process:
        while not list(index.glob("generations/.*")):
            assert process.poll() is None, process.communicate()
            time.sleep(0.05)
        said = stopped(process)
    assert "stopped" in said
    assert "Traceback" not in said
    assert not (index / "CURRENT").exists()
    assert list((index / "generations").iterdir()) == []


def test_an_empty_folder_is_watched(tmp_path: Path) -> None:
    """The first papers are about to come: it is said once that there are none, and waited."""
    (tmp_path / "corpus").mkdir()
    with watching(tmp_path / "corpus", tmp_path / "index") as process:
        assert process.stdout
        told = json.loads(process.stdout.readline())
        assert "holds no papers" in told["error"]
        time.sleep(0.5)
        said = stopped(process)
    assert said.count("holds no papers") == 1


def test_a_folder_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    """A wrong name is not watched for ever."""
    with watching(tmp_path / "corpus", tmp_path / "index") as process:
        _, said = process.communicate(timeout=20)
        assert process.returncode == 1
    assert "there is no corpus folder" in said
