"""
a folder that changes -> builds, one after the other, of what has come to rest.

Why by looking again and again: folders on other machines tell nobody that they changed. Why what
changed last is left: a file that is being copied has a name long before it is whole.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, NoReturn, Protocol

from wgsearch.errors import BuildBusyError, WgsearchError
from wgsearch.papers.corpus import names

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

# After a build that failed, twice as long each time, up to this.
_LONGEST_BACKOFF_S = 600.0


class Seen(NamedTuple):
    """How a file looks from outside: its size in bytes, and when it was written."""

    size: int
    written_ns: int


class Look(Protocol):
    """What says how the files of the folder look now."""

    def __call__(self) -> Mapping[str, Seen]:
        """File name to how it looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """
    When is looked and when is built.

    Attributes:
        every_s: Seconds between two looks.
        quiet_s: So long a file must look the same before it is read.
        patience_s: So long is waited for all files to be quiet; then those are built that are.
        anyway_s: So long after a build another one is made, whatever was seen: by content, it
            finds what neither size nor time of a file shows.
    """

    every_s: float = 5.0
    quiet_s: float = 10.0
    patience_s: float = 300.0
    anyway_s: float = 3600.0


@dataclass(slots=True, kw_only=True)
class Watcher:
    """
    What watches one folder.

    Attributes:
        look: How the files look.
        build: Builds what looks as it is told; files that look otherwise are left alone.
        failed: Is told why a look or a build failed; watching goes on.
        rhythm: When.
        now: Seconds that never go back.
        sleep: Waits so many seconds.
    """

    look: Look
    build: Callable[[Mapping[str, Seen]], None]
    failed: Callable[[Exception], None]
    rhythm: Rhythm = field(default_factory=Rhythm)
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _since: dict[str, tuple[Seen | None, float]] = field(default_factory=dict)
    _built: Mapping[str, Seen] | None = None
    _built_at: float = 0.0
    _changed_at: float | None = None
    # What the last build failed on: it waits; what has changed since does not.
    _failed: Mapping[str, Seen] | None = None
    _not_before: float = 0.0
    _failures: int = 0

    def run(self) -> NoReturn:
        """Look and build until the process is stopped."""
        while True:
            self.step()
            self.sleep(self.rhythm.every_s)

    def step(self) -> None:
        """Look once; build where something is due, and wait for it: no two builds at a time."""
        try:
            looks = self.look()
        except (WgsearchError, OSError) as error:
            self._fail(error)
            return
        now = self.now()
        self._note(looks, now)
        settled = {
            file: seen
            for file, (seen, since) in self._since.items()
            if seen is not None and now - since >= self.rhythm.quiet_s
        }
        is_held = now < self._not_before and settled == self._failed
        if self._is_due(settled, now) and not is_held:
            self._make(settled)

    def _note(self, looks: Mapping[str, Seen], now: float) -> None:
        """Since when each file looks as it does; one that is gone looks like nothing."""
        for file in {*looks, *self._since}:
            seen = looks.get(file)
            known = self._since.get(file)
            if known is None or known[0] != seen:
                self._since[file] = (seen, now)
            elif seen is None and now - known[1] >= self.rhythm.quiet_s:
                del self._since[file]

    def _is_due(self, settled: Mapping[str, Seen], now: float) -> bool:
        """Whether there is something to build, and it has come to rest or was waited for."""
        restless = len(settled) < len(self._since)
        if self._built is not None and now - self._built_at >= self.rhythm.anyway_s:
            return True
        if not restless and settled == self._built:
            self._changed_at = None
            return False
        if self._changed_at is None:
            self._changed_at = now
        if not restless:
            return True
        return now - self._changed_at >= self.rhythm.patience_s and settled != self._built

    def _make(self, settled: Mapping[str, Seen]) -> None:
        """One build; what fails is told, and tried again later."""
        try:
            self.build(settled)
        except BuildBusyError as error:
            self.failed(error)  # somebody else builds: the next look asks again
        except Exception as error:  # noqa: BLE001 - the edge of a service that must go on
            self._fail(error)
            self._failed = settled
        else:
            self._built, self._built_at, self._failures = settled, self.now(), 0
            self._changed_at = self._failed = None

    def _fail(self, error: Exception) -> None:
        self.failed(error)
        wait = min(_LONGEST_BACKOFF_S, self.rhythm.every_s * 2.0**self._failures)
        self._failures = min(self._failures + 1, 30)
        self._not_before = self.now() + wait


def looks_of(root: Path, also: tuple[str, ...] = ()) -> dict[str, Seen]:
    """
    How the papers of a corpus folder look, and files beside them.

    Args:
        root: The corpus folder.
        also: Names of files in it that are no papers and matter to a build.

    Raises:
        CorpusMissingError: The folder is missing, or is no folder.
    """
    found = {}
    for file in (*names(root), *also):
        if (seen := seen_of(root, file)) is not None:
            found[file] = seen
    return found


def seen_of(root: Path, file: str) -> Seen | None:
    """How a file looks; None where it is gone, or cannot be looked at."""
    try:
        status = (root / file).stat()
    except (OSError, ValueError):
        return None  # the reader says why, file by file
    return Seen(status.st_size, status.st_mtime_ns)
