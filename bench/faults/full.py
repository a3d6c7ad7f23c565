"""
A disk that is really full -> a message, and the generation in use as it was.

    python bench/faults/full.py --step 4

mounts a file system in memory of a fixed size (needs root), fills it but for a few kilobytes, and
builds, restores and backs up on what is left: from nothing to as much as is needed, so many
kilobytes more each time. What does not fit must be told with a file's name; nothing may be shorter
than it was written, and when there is room again the next build needs no hand.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from calls import NAMED, apart
from tiny import build_edition, edition_read, looked_into

from wgsearch.index.backup import backup, restore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SIZE_KB = 2048
_MOST = 9
# So often it went well: there is room enough.
_ENOUGH = 3


@contextmanager
def mounted(place: Path) -> Iterator[Path]:
    """A file system of a fixed size."""
    options = ["-t", "tmpfs", "-o", f"size={_SIZE_KB}k", "tmpfs", str(place)]
    subprocess.run(["mount", *options], check=True)  # noqa: S607 - wherever it is
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)  # noqa: S607 - likewise


def _fill(place: Path, left_kb: int) -> Path:
    """A file that takes all room but so much."""
    found = os.statvfs(place)
    size = max(0, found.f_bavail * found.f_frsize - left_kb * 1024)
    with (place / "ballast").open("wb") as file:
        file.write(bytes(size))
    return place / "ballast"


def trial(place: Path, act: Callable[[Path], object], left_kb: int, allowed: set[int]) -> str:
    """What came of an operation with so much room: `told`, `done`, or what is wrong."""
    index = place / "index"
    shutil.rmtree(index, ignore_errors=True)
    (place / "backup").unlink(missing_ok=True)

    def prepare() -> None:
        build_edition(index, 1)
        backup(index, place / "backup")

    if apart(prepare):
        return "WRONG: nothing could be prepared"
    ballast = _fill(place, left_kb)
    told, telling = os.pipe()
    status = apart(lambda: act(place), telling)
    os.close(telling)
    with os.fdopen(told) as file:
        said = file.read()
    outcome = "done" if status == 0 else "told"
    if status not in {0, 1} or (status and not NAMED.search(said)):
        outcome = f"WRONG: exit {status}: {said[:200]}"
    read, reading = os.pipe()

    def judge() -> None:
        name, edition = edition_read(index, _MOST)
        assert edition in allowed, f"{name} of edition {edition} is read"
        looked_into(index)
        ballast.unlink()
        build_edition(index, _MOST)
        assert edition_read(index, _MOST)[1] == _MOST
        left = [path.name for path in (index / "generations").iterdir() if path.name[0] == "."]
        assert not left, f"left behind: {left}"
        restore(place / "backup", place / "restored")
        shutil.rmtree(place / "restored")

    wrong = apart(judge, reading)
    os.close(reading)
    with os.fdopen(read) as file:
        said = file.read()
    ballast.unlink(missing_ok=True)
    return f"WRONG afterwards: {said[:200]}" if wrong else outcome


def main() -> None:
    """Fill, try and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--step", type=int, default=4, help="kilobytes")
    asked = parser.parse_args()
    operations: dict[str, tuple[Callable[[Path], object], set[int]]] = {
        "build": (lambda p: build_edition(p / "index", 2), {1, 2}),
        "restore --force": (lambda p: restore(p / "backup", p / "index", force=True), {1}),
        "backup": (lambda p: backup(p / "index", p / "backup"), {1}),
    }
    started, bad = time.perf_counter(), 0
    with tempfile.TemporaryDirectory() as folder, mounted(Path(folder)) as place:
        for name, (act, allowed) in operations.items():
            outcomes: Counter[str] = Counter()
            left = 0
            while outcomes["done"] < _ENOUGH and left < _SIZE_KB:
                outcomes[trial(place, act, left, allowed)] += 1
                left += asked.step
            told = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items())
            print(
                f"{name:<16} {outcomes.total():>4} runs, up to {left} kB of room: {told}",
                flush=True,
            )
            bad += sum(n for outcome, n in outcomes.items() if outcome.startswith("WRONG"))
    print(f"{bad} bad, {time.perf_counter() - started:.0f} s")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
