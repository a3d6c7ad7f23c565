"""Jobs: files that tell the truth even where a process was killed."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import pytest

from wgsearch.errors import UnknownJobError
from wgsearch.jobs import KEPT, Jobs, JobState

if TYPE_CHECKING:
    from pathlib import Path

_KILLED = """
import os, sys, time
from pathlib import Path
from wgsearch.jobs import Jobs
job = Jobs(Path(sys.argv[1])).start("build", "k", lambda tell: time.sleep(60))
print(job.id, flush=True)
sys.stdin.read()
os._exit(1)
"""


def test_a_job_whose_process_is_gone_was_interrupted(tmp_path: Path) -> None:
    """While its process lives it runs; killed, it was interrupted, and the next may begin."""
    jobs = Jobs(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout
        ident = child.stdout.readline().strip()
        assert jobs.one(ident).state is JobState.RUNNING
        child.kill()
    assert jobs.one(ident).state is JobState.INTERRUPTED
    _done(jobs)
    assert [each.state for each in jobs.listed()] == [JobState.DONE, JobState.INTERRUPTED]


def test_so_many_are_remembered(tmp_path: Path) -> None:
    """The oldest are forgotten, their files and locks too."""
    jobs = Jobs(tmp_path)
    for number in range(KEPT + 2):
        name = f"20260101T000000000000-{number:08x}"
        text = (
            f'{{"id":"{name}","kind":"build","state":"done","key":"k","started_at":"2026-01-01"}}'
        )
        (tmp_path / f"{name}.json").write_text(text, "utf-8")
    _done(jobs)
    assert len(jobs.listed()) == KEPT
    assert len(list(tmp_path.glob("*.json"))) == KEPT


@pytest.mark.parametrize("ident", ["", "x", "../keys", "20260101T000000000000-00000000"])
def test_an_unknown_job_is_refused(tmp_path: Path, ident: str) -> None:
    """What is no id of a job names no file."""
    (tmp_path / "keys.json").write_text("[]", "utf-8")
    with pytest.raises(UnknownJobError, match="there is no job"):
        Jobs(tmp_path / "jobs").one(ident)


def _done(jobs: Jobs) -> None:
    jobs.start("build", "k", lambda _: "g1")
    for each in threading.enumerate():
        if each.name.startswith("job "):
            each.join(5)


def test_a_fault_is_no_interruption(tmp_path: Path) -> None:
    """Whatever goes wrong, the job says that it failed, and the next may begin."""
    jobs = Jobs(tmp_path)

    def work(_: object) -> str:
        raise OSError(28, "no space left", "/some/folder")

    for _ in range(2):
        job = jobs.start("build", "k", work)
        for _ in range(500):
            if jobs.one(job.id).state is not JobState.RUNNING:
                break
            time.sleep(0.01)
        found = jobs.one(job.id)
        assert found.state is JobState.FAILED
        assert found.failure
        assert "/some/folder" not in found.failure
