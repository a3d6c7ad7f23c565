"""
files -> Papers, in child processes with limits of time and memory.

Why children: files come from anywhere, and one that makes a PDF library loop, grow or
crash must cost its own reading and nothing else. A child reads many files; it is put
down and replaced when one of them breaks a limit. Parent and child talk in lines of
JSON, so that nothing a file can do in the child is unpickled in the parent.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, TextIO

from pydantic import TypeAdapter

from wgsearch.errors import PaperUnreadableError, ReaderUnavailableError
from wgsearch.papers.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

if sys.platform != "win32":
    import resource

_PAPER = TypeAdapter(Paper)
_READY = "ready\n"
# A file that broke a limit is not read again by itself: it would cost as much each time.
_AGAIN = "it is left out until it changes, or until `wgsearch build --full`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    What one file may cost.

    Attributes:
        memory_bytes: Memory of the child that reads it.
        cpu_s: Seconds of processor time.
        wall_s: Seconds by the clock.
    """

    memory_bytes: int = 1 << 30
    cpu_s: int = 60
    wall_s: float = 90.0


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
    children = [_Child(limits or Limits()) for _ in range(count)]
    idle: queue.SimpleQueue[_Child] = queue.SimpleQueue()
    for child in children:
        idle.put(child)

    def read(file: str) -> Paper | PaperUnreadableError:
        child = idle.get()
        try:
            return child.read(root / file, file)
        finally:
            idle.put(child)

    pool = ThreadPoolExecutor(count)
    try:
        yield from pool.map(read, files)
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
    child = _Child(limits or Limits())
    try:
        outcome = child.read(path, path.name)
    finally:
        child.close()
    if isinstance(outcome, PaperUnreadableError):
        raise outcome
    return outcome


class _Child:
    """A child process that reads one file after the other, replaced when it dies."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[str] | None = None
        self._said: IO[str] | None = None
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
            process.kill()
        with self._reading:
            if self._process is not None:
                self._process.communicate()
                self._process = None
            if self._said is not None:
                self._said.close()
                self._said = None

    def _read(
        self, process: subprocess.Popen[str], path: Path, file: str
    ) -> Paper | PaperUnreadableError:
        """One file, within the limit of time."""
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._limits.wall_s, stop)
        timer.start()
        try:
            answer = _ask(process, path, file)
        finally:
            timer.cancel()
        if answer is None or late.is_set():
            # A child that was stopped just after it had answered must not meet the next file.
            process.kill()
            process.communicate()
            self._process = None
        if answer is None:
            return _died(process, file, late=late.is_set(), limits=self._limits)
        if "paper" in answer:
            return _PAPER.validate_python(answer["paper"])
        return PaperUnreadableError(file, str(answer["code"]), str(answer["reason"]))

    def _start(self) -> subprocess.Popen[str]:
        """A new child that has said that it is ready."""
        limits = self._limits
        if self._said is not None:
            self._said.close()
        self._said = tempfile.TemporaryFile(  # noqa: SIM115 - closed with the child
            "w+", encoding="utf-8", errors="replace"
        )
        # -P: a folder of papers may hold a file named as a module; it is never imported.
        arguments = (str(limits.memory_bytes), str(limits.cpu_s), str(limits.wall_s))
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", __name__, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
            encoding="utf-8",
        )
        if process.stdout is None or process.stdout.readline() != _READY:
            process.kill()
            process.communicate()
            self._said.seek(0)
            last = (self._said.read().strip().splitlines() or ["it said nothing"])[-1]
            raise ReaderUnavailableError(
                f"the process that reads papers does not start ({last}); install wgsearch again"
            )
        self._process = process
        return process


def _ask(process: subprocess.Popen[str], path: Path, file: str) -> dict[str, object] | None:
    """A child's answer for a file, None when it died over it."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the child was started without pipes")
    try:
        process.stdin.write(json.dumps([str(path), file]) + "\n")
        process.stdin.flush()
        answer: dict[str, object] = json.loads(process.stdout.readline())
    except (OSError, ValueError):
        # A broken pipe, or half an answer: cut in a line or within a character.
        return None
    return answer


def _died(
    process: subprocess.Popen[str], file: str, *, late: bool, limits: Limits
) -> PaperUnreadableError:
    """Why a child died over a file."""
    cpu = sys.platform != "win32" and process.returncode == -signal.SIGXCPU
    if late or cpu:
        allowed = limits.wall_s if late else limits.cpu_s
        reason = f"reading took longer than {allowed:g} s; {_AGAIN}"
        return PaperUnreadableError(file, "too_slow", reason)
    reason = f"the reader crashed on this file (status {process.returncode}); {_AGAIN}"
    return PaperUnreadableError(file, "crashed", reason)


def _serve(memory_bytes: int, cpu_s: int, wall_s: float) -> None:
    """The child: read each file that is named on standard input, answer on standard output."""
    from wgsearch.papers.reader import read_file  # noqa: PLC0415 - only children load the PDF libraries

    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    with _own_output() as out:
        out.write(_READY)
        out.flush()
        for line in sys.stdin:
            path, file = json.loads(line)
            _renew(cpu_s, wall_s)
            try:
                paper = read_file(Path(path), file=file)
                answer = b'{"paper":' + _PAPER.dump_json(paper) + b"}"
            except PaperUnreadableError as error:
                answer = json.dumps({"code": error.code, "reason": error.reason}).encode()
            except MemoryError:
                reason = f"reading needs more than {memory_bytes >> 20} MB; {_AGAIN}"
                answer = json.dumps({"code": "too_large", "reason": reason}).encode()
            except Exception as error:  # noqa: BLE001 - the process edge: a file nobody foresaw stops nothing
                reason = f"the file cannot be read ({type(error).__name__}: {error})"
                answer = json.dumps({"code": "damaged", "reason": reason}).encode()
            out.write(answer.decode() + "\n")
            out.flush()
            _rest()


@contextmanager
def _own_output() -> Iterator[TextIO]:
    """Standard output for answers alone: what libraries print goes to standard error."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)
        yield out


def _renew(cpu_s: int, wall_s: float) -> None:
    """
    Allow the next file its time on top of what is used up.

    The parent keeps the time by the clock; the alarm ends a child whose parent is gone.
    """
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime) + 1
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + cpu_s, hard))
        signal.setitimer(signal.ITIMER_REAL, 2 * wall_s)


def _rest() -> None:
    """Nothing is being read: waiting for the next file takes as long as it takes."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
