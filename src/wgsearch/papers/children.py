"""
files -> Papers, in child processes with limits of time and memory.

Why children: files come from anywhere, and one that makes a PDF library loop, grow or
crash must cost its own reading and nothing else. A child reads many files; it is put
down and replaced when one of them breaks a limit. Parent and child talk in lines of
JSON, so that nothing a file can do in the child is unpickled in the parent.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import IO, TYPE_CHECKING

from pydantic import TypeAdapter

from wgsearch.errors import PaperUnreadableError, ReaderUnavailableError
from wgsearch.papers.child import ANSWER, READY
from wgsearch.papers.limits import AGAIN, Limits
from wgsearch.papers.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

_PAPER = TypeAdapter(Paper)
_CHILD = "wgsearch.papers.child"
# Papers that may wait for each child's next one: while a long file is read, others go on.
_AHEAD = 4


def read_papers(
    root: Path,
    files: Sequence[str],
    *,
    workers: int | None = None,
    limits: Limits | None = None,
) -> Iterator[Paper | PaperUnreadableError]:
    """
    Read files of a corpus, each in a child process.

    Args:
        root: The corpus folder.
        files: Names relative to it.
        workers: Children at work at the same time; as many as there are processors by default.
        limits: What one file may cost.

    Yields:
        For each file, in the order given, the paper or the reason why it could not be read.
    """
    count = min(workers or os.cpu_count() or 1, len(files)) or 1
    children = [Child(limits or Limits()) for _ in range(count)]
    idle: queue.SimpleQueue[Child] = queue.SimpleQueue()
    for child in children:
        idle.put(child)

    def read(file: str) -> Paper | PaperUnreadableError:
        child = idle.get()
        try:
            return child.read(root / file, file)
        finally:
            idle.put(child)

    pool = ThreadPoolExecutor(count)
    # So many are read ahead of whoever listens, and no more: their papers wait in memory.
    ahead: deque[Future[Paper | PaperUnreadableError]] = deque()
    try:
        for file in files:
            if len(ahead) == count * (1 + _AHEAD):
                yield ahead.popleft().result()
            ahead.append(pool.submit(read, file))
        while ahead:
            yield ahead.popleft().result()
    finally:
        # Whoever stops listening does not wait for the files in hand: their children end.
        pool.shutdown(wait=False, cancel_futures=True)
        for child in children:
            child.close()
        pool.shutdown()


def read_one(path: Path, *, limits: Limits | None = None) -> Paper:
    """
    Read one file in a child process.

    Raises:
        PaperUnreadableError: With the code and the reason.
    """
    child = Child(limits or Limits())
    try:
        outcome = child.read(path, path.name)
    finally:
        child.close()
    if isinstance(outcome, PaperUnreadableError):
        raise outcome
    return outcome


class Child:
    """A child process that reads one file after the other, replaced when it dies."""

    def __init__(self, limits: Limits, *, module: str = _CHILD) -> None:
        self._limits = limits
        self._module = module
        self._process: subprocess.Popen[str] | None = None
        self._said: IO[str] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._reading = threading.Lock()
        self._closed = False

    def read(self, path: Path, file: str) -> Paper | PaperUnreadableError:
        """
        The paper that a file holds, or why it could not be read.

        Raises:
            ReaderUnavailableError: The child does not start; that is no file's fault.
        """
        with self._reading:
            if self._closed:
                return PaperUnreadableError(file, "stopped", "reading was stopped")
            return self._read(self._process or self._start(), path, file)

    def close(self) -> None:
        """End the child, whatever it is at; it cannot be used again."""
        self._closed = True
        if (process := self._process) is not None:
            _kill(process)
        with self._reading:
            if self._process is not None:
                self._end(self._process)

    def _read(
        self, process: subprocess.Popen[str], path: Path, file: str
    ) -> Paper | PaperUnreadableError:
        """One file, within the limit of time."""
        deadline = Deadline(process)
        deadline.start(self._limits.wall_s)
        try:
            answer = self._ask(process, path, file, deadline)
        finally:
            deadline.cancel()
        if answer is None or deadline.passed:
            # A child that was stopped just after it had answered must not meet the next file.
            self._end(process)
        if answer is None:
            allowed = deadline.allowed_s if deadline.passed else None
            return died(process, file, allowed_s=allowed, limits=self._limits)
        if isinstance(answer, Paper):
            return answer
        return PaperUnreadableError(file, str(answer["code"]), str(answer["reason"]))

    def _ask(
        self, process: subprocess.Popen[str], path: Path, file: str, deadline: Deadline
    ) -> Paper | dict[str, object] | None:
        """A child's answer for a file, None when it died over it."""
        if process.stdin is None or process.stdout is None:
            raise ValueError("the child was started without pipes")
        try:
            process.stdin.write(json.dumps([str(path.absolute()), file]) + "\n")
            process.stdin.flush()
            for _ in range(self._limits.ocr_pages + 1):
                line = process.stdout.readline()
                if line.startswith(ANSWER) and line.endswith("}\n"):
                    # Read once: a paper is a hundred thousand characters and more.
                    return _PAPER.validate_json(line[len(ANSWER) : -2])
                answer: dict[str, object] = json.loads(line)
                if "recognising" not in answer:
                    return answer
                deadline.start(self._limits.ocr_page_s)
        except (OSError, ValueError):
            # A broken pipe, or half an answer: cut in a line or within a character.
            pass
        return None

    def _start(self) -> subprocess.Popen[str]:
        """A new child that has said that it is ready."""
        self._said = tempfile.TemporaryFile(  # noqa: SIM115 - closed with the child
            "w+", encoding="utf-8", errors="replace"
        )
        self._folder = tempfile.TemporaryDirectory(prefix="wgsearch-", ignore_cleanup_errors=True)
        # -P: a folder of papers may hold a file named as a module; it is never imported.
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", self._module, self._limits.to_json(), self._folder.name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
            encoding="utf-8",
            env={**os.environ, "TMPDIR": self._folder.name, "TMP": self._folder.name},
            cwd=self._folder.name,
            # A group of its own, so that a program which the child started ends with it.
            process_group=None if sys.platform == "win32" else 0,
        )
        self._process = process
        if process.stdout is None or process.stdout.readline() != READY:
            process.kill()
            process.wait()
            self._said.seek(0)
            last = (self._said.read().strip().splitlines() or ["it said nothing"])[-1]
            self._end(process)
            raise ReaderUnavailableError(
                f"the process that reads papers does not start ({last}); install wgsearch again"
            )
        return process

    def _end(self, process: subprocess.Popen[str]) -> None:
        """End a child, and remove what it had for itself."""
        _kill(process)
        process.communicate()
        self._process = None
        if self._said is not None:
            self._said.close()
        if self._folder is not None:
            self._folder.cleanup()
        self._said = self._folder = None


class Deadline:
    """Until when a child may take; then it is killed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._timer: threading.Timer | None = None
        self.passed = False
        self.allowed_s = 0.0

    def start(self, seconds: float) -> None:
        """Allow so much from now on, whatever was left."""
        self.cancel()
        self.allowed_s = seconds
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.start()

    def cancel(self) -> None:
        """No longer wait for it."""
        if self._timer is not None:
            self._timer.cancel()

    def _pass(self) -> None:
        self.passed = True
        _kill(self._process)


def _kill(process: subprocess.Popen[str]) -> None:
    """Kill a child and what it started."""
    if sys.platform == "win32":
        process.kill()
    elif process.poll() is None or process.returncode != 0:
        # The group outlives a child that died and left a program running.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def died(
    process: subprocess.Popen[str], file: str, *, allowed_s: float | None, limits: Limits
) -> PaperUnreadableError:
    """Why a child died over a file."""
    cpu = sys.platform != "win32" and process.returncode == -signal.SIGXCPU
    if allowed_s or cpu:
        allowed = allowed_s or limits.cpu_s
        reason = f"reading took longer than {allowed:g} s; {AGAIN}"
        return PaperUnreadableError(file, "too_slow", reason)
    reason = f"the reader crashed on this file (status {process.returncode}); {AGAIN}"
    return PaperUnreadableError(file, "crashed", reason)
