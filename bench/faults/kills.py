"""
A build that is killed at random, again and again -> one more build ends as if nothing had been.

    python bench/faults/kills.py --kills 200

kills a build of 240 papers at a random moment of its way, and starts it again, so often; then it
is left alone. Its result must have the digest of an undisturbed build, and the same vectors; no
text may have been encoded more often than kills explain: at most one batch for each of them.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tiny import Letters, looked_into, memory, papers, reader

from wgsearch.embedding import cache
from wgsearch.index.build import build
from wgsearch.index.manifest import read_manifest, record_of
from wgsearch.index.places import current, folder_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.embedding import Encoded, Role

PAPERS = 240
BATCH = cache.BATCH  # what a killed build may lose


class Counting(Letters):
    """
    Letters, with a note of each text that was encoded.

    Args:
        notes: File that notes are added to; it outlives the process.
    """

    def __init__(self, notes: Path) -> None:
        self._notes = notes

    def encode_tokens(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Encoded:
        """Likewise; some time passes, as it does with a real encoder."""
        time.sleep(0.02)
        with self._notes.open("a") as notes:
            notes.writelines(f"{hashlib.sha256(t.encode()).hexdigest()}\n" for t in texts)
        return super().encode_tokens(texts, progress, role=role)


def _child(act: Callable[[], object]) -> int:
    """Start something in a process of its own."""
    child = os.fork()
    if child == 0:
        status = 3
        try:
            act()
            status = 0
        finally:
            os._exit(status)
    return child


def killed(work: Path, kills: int, seed: int) -> str:
    """Kill so many builds; a line on how it went."""
    dice = random.Random(seed)  # noqa: S311 - moments of a test
    held = papers(3, PAPERS)

    def built(index: Path, notes: Path) -> int:
        act = lambda: build(index, index, Counting(notes), reader=reader(held))  # noqa: E731
        return _child(act)

    started = time.perf_counter()
    if os.waitpid(built(work / "whole", work / "whole.txt"), 0)[1]:
        raise SystemExit("the undisturbed build failed")
    took = time.perf_counter() - started
    index, notes = work / "index", work / "notes.txt"
    stopped = 0
    while stopped < kills:
        child = built(index, notes)
        time.sleep(dice.random() * took)
        os.kill(child, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status == -signal.SIGKILL:
            stopped += 1
        elif status:
            raise SystemExit(f"a build failed with {status}")
        if status == 0 or (index / "CURRENT").exists():
            # It was faster: begin anew, with the vectors that there are half the time.
            _child_done(lambda: looked_into(index))
            _clear(index, keep_cache=dice.random() < 0.5)  # noqa: PLR2004 - a coin
    if os.waitpid(built(index, notes), 0)[1]:
        raise SystemExit("the last build failed")
    _child_done(lambda: looked_into(index))
    return _compared(work / "whole", index, notes, stopped)


def _child_done(act: Callable[[], object]) -> None:
    if os.waitpid(_child(act), 0)[1]:
        raise SystemExit("what was built is not whole")


def _clear(index: Path, *, keep_cache: bool) -> None:
    """Take the generations away, and perhaps the vectors."""
    for path in sorted(index.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        elif not (keep_cache and path.name.startswith("embeddings")):
            path.unlink()
    if not keep_cache:
        (index.parent / "notes.txt").unlink(missing_ok=True)


def _compared(whole: Path, index: Path, notes: Path, kills: int) -> str:
    """What was built and what should have been."""
    manifests = [read_manifest(folder_of(each, current(each))) for each in (whole, index)]
    rows = [record_of(folder_of(e, current(e)) / "vectors" / "rows.npy") for e in (whole, index)]
    noted = notes.read_text().split()
    again = len(noted) - len(set(noted))
    digests = {each.content_digest for each in manifests}
    if len(digests) > 1 or rows[0] != rows[1]:
        raise SystemExit(f"after {kills} kills the index is another one: {digests}, {rows}")
    if again > kills * BATCH:
        raise SystemExit(f"{again} texts were encoded again, more than {kills} batches of {BATCH}")
    left = [path.name for path in (index / "generations").iterdir() if path.name[0] == "."]
    if left:
        raise SystemExit(f"left behind: {left}")
    return (
        f"{kills} builds of {PAPERS} papers killed; digest and vectors equal to an undisturbed "
        f"build; {again} texts encoded again since the vectors were last cleared"
    )


def main() -> None:
    """Kill and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=4)
    asked = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        print(killed(Path(folder), asked.kills, asked.seed))
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
