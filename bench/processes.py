"""
command -> the JSON lines that it prints, when each came, and the memory of its process tree.

Why the tree: a contender may read in child processes, and what they hold at one time counts.
"""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# How often memory is looked at: seldom enough to cost nothing, often enough for peaks.
_EVERY_S = 0.2
_PAGE = os.sysconf("SC_PAGE_SIZE")
# A contender must not find what this process was told, nor call home.
_UNSET = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
_SET = {
    "HF_HUB_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
}


class ContenderError(Exception):
    """A contender's process failed; the message holds its last lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One JSON object that was printed, so many seconds after the start of the process."""

    seconds: float
    found: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """
    A process that ended well.

    Attributes:
        lines: What it printed.
        tree_mb: Most memory of it and its children at one time, until its first line; shared
            pages count once a process. None where the system does not tell.
    """

    lines: tuple[Line, ...]
    tree_mb: float | None


def run(
    command: Sequence[str | Path], log: Path, *, timeout_s: float, path: str | None = None
) -> Ran:
    """
    Run one contender.

    Args:
        command: Its command line.
        log: Where its standard error goes.
        timeout_s: It is stopped when it takes longer.
        path: Where it looks for programs, if not where this process does.

    Raises:
        ContenderError: It failed, was stopped, or printed something else than two objects.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _UNSET and not name.startswith("WGSEARCH_")
    }
    if path is not None:
        kept["PATH"] = path
    lines: list[Line] = []
    with log.open("w", encoding="utf-8") as errors:
        started = time.time()
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=kept | _SET | {"BENCH_STARTED": repr(started)},
        )
        timer = threading.Timer(timeout_s, process.kill)
        timer.start()
        with process, _Memory(process.pid) as memory:
            for line in process.stdout or ():
                # Libraries print to standard output, too; only objects are ours.
                if line.startswith("{"):
                    lines.append(Line(seconds=time.time() - started, found=json.loads(line)))
                    memory.stop()
        timer.cancel()
    if process.returncode or len(lines) != 2:  # noqa: PLR2004 - as the contract says
        last = " | ".join(log.read_text(encoding="utf-8").splitlines()[-3:])
        raise ContenderError(f"ended with {process.returncode} after {len(lines)} lines: {last}")
    return Ran(lines=tuple(lines), tree_mb=memory.peak_mb)


class _Memory:
    """Looks at the memory of a process tree until it is told to stop."""

    def __init__(self, pid: int) -> None:
        self.peak_mb: float | None = None
        self._pid = pid
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def _look(self) -> None:
        while not self._stopped.wait(_EVERY_S):
            held = sum(map(_resident_mb, _tree(self._pid)))
            if held:
                self.peak_mb = max(self.peak_mb or 0.0, held)


def _tree(pid: int) -> Iterator[int]:
    """A process and its descendants; nothing where there is no /proc, or where it has ended."""
    yield pid
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [(each / "children").read_text(encoding="ascii").split() for each in threads]
    except OSError:
        return
    for child in (number for listed in children for number in listed):
        yield from _tree(int(child))


def _resident_mb(pid: int) -> float:
    """Resident memory of one process; 0 when it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 1e6
    except OSError:
        return 0.0
