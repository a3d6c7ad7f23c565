"""
Long work -> jobs: one at a time, each a file that tells how far it is, whoever asks.

Why a lock beside each file: a process that was killed writes nothing any more, but the system
takes its lock away. A job that says that it runs, and whose lock is free, was interrupted.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import secrets
import threading
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from wgsearch.errors import BuildBusyError, IndexUnwritableError, UnknownJobError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Tell = Callable[[str, int, int], None]
    Work = Callable[[Tell], str]

log = logging.getLogger(__name__)

_IDENT = re.compile(r"[0-9]{8}T[0-9]{12}-[0-9a-f]{8}")
# Jobs that are remembered.
KEPT = 100
# How often a job's file is written while it runs.
_EVERY_S = 0.2


class JobState(StrEnum):
    """What became of a job."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """
    Long work that somebody asked for.

    Attributes:
        id: By which it is asked for; later ones sort behind earlier ones.
        kind: What is done: `build`.
        state: What became of it.
        key: Ident of the key that asked for it.
        started_at: ISO time.
        ended_at: Likewise; None while it runs, and where it was interrupted.
        stage: What it is at: `read`, `embed`, `index`; None before the first.
        done: How much of the stage is done.
        total: How much there is of it.
        generation: What is in use after it; None before, and where it failed.
        failure: Why it failed, for the caller; None where it did not.
    """

    id: str
    kind: str
    state: JobState
    key: str
    started_at: str
    ended_at: str | None = None
    stage: str | None = None
    done: int = 0
    total: int = 0
    generation: str | None = None
    failure: str | None = None

    @property
    def ended(self) -> bool:
        """It changes no more."""
        return self.state is not JobState.RUNNING


_JOB = TypeAdapter(Job)


class WorkFailedError(Exception):
    """Work of a job ended without what was asked for; its words are shown to the caller."""


class Jobs:
    """
    The jobs of an index folder, those of other processes included.

    Args:
        folder: Where their files are.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def start(self, kind: str, key: str, work: Work) -> Job:
        """
        Begin work in a thread of its own.

        Args:
            kind: What is done.
            key: Ident of the key that asks for it.
            work: Does it: is given what to tell of progress, returns the generation then in use.

        Raises:
            BuildBusyError: Another job runs, here or in another process.
            IndexUnwritableError: Nothing can be written there.
        """
        now = datetime.now(UTC)
        job = Job(
            id=f"{now:%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}",
            kind=kind,
            state=JobState.RUNNING,
            key=key,
            started_at=_iso(now),
        )
        # The thread that does the work gives back what this one takes.
        one = FileLock(self._folder / ".one.lock", timeout=0, thread_local=False)
        own = FileLock(self._lock(job.id), timeout=0, thread_local=False)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            one.acquire()
        except Timeout as error:
            raise BuildBusyError("another job runs; wait for it to end") from error
        except OSError as error:
            raise _unwritable(self._folder) from error
        try:
            own.acquire()
            self._forget()
            self._write(job)
            doing = threading.Thread(
                target=self._do, args=(job, work, (own, one)), name=f"job {job.id}", daemon=True
            )
            doing.start()
        except OSError as error:
            own.release()
            one.release()
            raise _unwritable(self._folder) from error
        return job

    def one(self, ident: str) -> Job:
        """
        A job as it is now.

        Raises:
            UnknownJobError: There is none of this id.
        """
        unknown = UnknownJobError(f"there is no job {ident!r}; GET /api/v1/jobs lists them")
        if not _IDENT.fullmatch(ident):
            raise unknown
        # Asked before its file is read: a job that ends between the two has ended.
        runs = self._runs(ident)
        try:
            job = _JOB.validate_json(self._file(ident).read_bytes())
        except (OSError, ValidationError) as error:
            raise unknown from error
        if job.state is JobState.RUNNING and not runs:
            return replace(job, state=JobState.INTERRUPTED)
        return job

    def listed(self) -> tuple[Job, ...]:
        """Every job that is remembered, the newest first."""
        found = []
        for ident in reversed(self._idents()):
            try:
                found.append(self.one(ident))
            except UnknownJobError:  # forgotten meanwhile
                continue
        return tuple(found)

    def _do(self, job: Job, work: Work, locks: tuple[FileLock, ...]) -> None:
        told_at = 0.0

        def tell(stage: str, done: int, total: int) -> None:
            nonlocal job, told_at
            is_new = stage != job.stage
            job = replace(job, stage=stage, done=done, total=total)
            if is_new or done == total or time.monotonic() - told_at >= _EVERY_S:
                told_at = time.monotonic()
                with contextlib.suppress(OSError):  # how far it is is not worth the work
                    self._write(job)

        try:
            try:
                generation = work(tell)
                ended = replace(job, state=JobState.DONE, generation=generation)
            except WorkFailedError as error:
                ended = replace(job, state=JobState.FAILED, failure=str(error))
            except Exception as error:  # noqa: BLE001 - the edge of this thread
                # An exception's own words may name folders.
                log.error("job %s failed: %s", job.id, type(error).__name__)  # noqa: TRY400
                failure = "the service failed at it; the operator finds why in its log"
                ended = replace(job, state=JobState.FAILED, failure=failure)
            self._write(replace(ended, ended_at=_iso(datetime.now(UTC))))
        finally:
            for lock in locks:
                lock.release()

    def _runs(self, ident: str) -> bool:
        """Whether somebody holds its lock."""
        place = self._lock(ident)
        if not place.exists():
            return False
        lock = FileLock(place, timeout=0, thread_local=False)
        try:
            lock.acquire()
        except Timeout:
            return True
        lock.release()
        return False

    def _forget(self) -> None:
        """Leave room for one more."""
        for ident in self._idents()[: -(KEPT - 1)]:
            self._file(ident).unlink(missing_ok=True)
            self._lock(ident).unlink(missing_ok=True)

    def _idents(self) -> list[str]:
        names = (each.stem for each in self._folder.glob("*.json"))
        return sorted(each for each in names if _IDENT.fullmatch(each))

    def _file(self, ident: str) -> Path:
        return self._folder / f"{ident}.json"

    def _lock(self, ident: str) -> Path:
        return self._folder / f".{ident}.lock"

    def _write(self, job: Job) -> None:
        """Its file, in one step."""
        beside = self._folder / f".{job.id}.part"
        with beside.open("wb") as stream:
            stream.write(_JOB.dump_json(job, indent=1))
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(self._file(job.id))


def _iso(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _unwritable(folder: Path) -> IndexUnwritableError:
    return IndexUnwritableError(
        f"no job can be written into {str(folder)!r}; make room, or let wgsearch write there"
    )
