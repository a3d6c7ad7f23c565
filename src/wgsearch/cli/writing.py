"""
Settings -> what may be written over HTTP: keys, jobs, a build in a child process, the way back.

Why a child: a build takes memory and processors for minutes; it runs at low priority beside the
answers, and whatever becomes of it, they go on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from wgsearch.errors import KeysMissingError
from wgsearch.incoming import remove
from wgsearch.jobs import Jobs, WorkFailedError
from wgsearch.keys import read_keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.api.writing import Writes
    from wgsearch.settings import Settings

    Tell = Callable[[str, int, int], None]

# As far as a program may step back without stopping for everybody else: half of the range.
_NICE = 10
_STOP_S = 5.0


def demand_key(settings: Settings) -> None:
    """
    Refuse to begin where writing is on and nobody could write.

    Not asked again where a process of several is replaced: that the last key has gone must not
    end reading.

    Raises:
        KeysMissingError: It is on, and no key holds.
        KeysUnreadableError: The file of keys cannot be read.
    """
    now = datetime.now(UTC)
    if settings.writes and not any(each.holds(now) for each in read_keys(settings.keys_file)):
        raise KeysMissingError(
            f"WGSEARCH_WRITES is on, and {str(settings.keys_file)!r} holds no key that is taken;"
            " make one with `wgsearch keys add NAME --scope build`, or turn WGSEARCH_WRITES off"
        )


def writes_of(settings: Settings) -> Writes | None:
    """What may be written; None where writing is off."""
    from wgsearch.api.writing import Writes  # noqa: PLC0415 - loads the web framework
    from wgsearch.index.rollback import rollback  # noqa: PLC0415 - loads what writes indexes

    if not settings.writes:
        return None
    named = {"corpus": settings.corpus, "index": settings.index, "encoder": settings.encoder}
    options = [word for name, value in named.items() for word in (f"--{name}", str(value))]
    builds = Builds(options)
    return Writes(
        keys=lambda: read_keys(settings.keys_file),
        jobs=Jobs(settings.index / "jobs"),
        build=builds.build,
        rollback=lambda name: rollback(settings.index, name),
        stop=builds.stop,
        corpus=settings.corpus,
        paper_bytes=settings.paper_mb * 1024 * 1024,
        remove=lambda file: remove(settings.corpus, file),
    )


class Builds:
    """
    `wgsearch build`, as a child that is stopped with its parent.

    Args:
        options: What it is told beside what a caller asks for.
    """

    def __init__(self, options: list[str]) -> None:
        self._options = options
        self._child: subprocess.Popen[str] | None = None
        self._stopping = threading.Event()

    def build(self, tell: Tell, full: bool, retry_failed: bool) -> str:  # noqa: FBT001 - as it is called
        """
        Build: the generation that is in use afterwards.

        Raises:
            WorkFailedError: It ended with an error.
        """
        asked = ["--full"] * full + ["--retry-failed"] * retry_failed
        command = [sys.executable, "-m", "wgsearch.cli", "build", "--json", "--progress-lines"]
        with subprocess.Popen(
            [*command, *self._options, *asked],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as child:
            self._child = child
            if self._stopping.is_set():
                child.terminate()
            # A service that is itself further back may not bring its child forward.
            nice = max(_NICE, os.getpriority(os.PRIO_PROCESS, child.pid))
            os.setpriority(os.PRIO_PROCESS, child.pid, nice)
            assert child.stderr  # noqa: S101 - asked for above
            assert child.stdout  # noqa: S101 - likewise
            # Its one object is read beside its lines, so that neither pipe fills up.
            printed: list[str] = []
            reading = threading.Thread(target=lambda: printed.append(child.stdout.read()))  # type: ignore[union-attr] # asserted
            reading.start()
            for line in child.stderr:
                _told(line, tell)
            reading.join()
        if self._stopping.is_set() and child.returncode:
            raise WorkFailedError("the service was stopped; ask again when it is back")
        if child.returncode:
            raise WorkFailedError(
                f"`wgsearch build` ended with status {child.returncode}; the generation before"
                " stays in use. The operator finds why by running it."
            )
        return str(json.loads(printed[0])["generation"])

    def stop(self) -> None:
        """Stop the child, if there is one; its generation is not published."""
        self._stopping.set()
        child = self._child
        if child is None or child.poll() is not None:
            return
        child.terminate()
        try:
            child.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            child.kill()


def _told(line: str, tell: Tell) -> None:
    """Tell of a line of progress; others are warnings for people."""
    try:
        found = json.loads(line)
        tell(found["stage"], found["done"], found["total"])
    except (ValueError, KeyError, TypeError):
        sys.stderr.write(line)
