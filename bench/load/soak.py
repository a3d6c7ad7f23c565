"""
A server asked for a long time while new generations are published -> what it holds, and any fault.

    python bench/load/soak.py [--minutes 20] [--publish-s 300] [--json FILE]

Works on a copy of the sample corpus: each publication adds or removes a paper. Every ten seconds:
resident memory of its own, open files, generations still mapped, answers and errors. Memory and
files are judged from a fifth of the time on, when everything that is kept has been filled.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from load.asking import ask, new_questions
from machine import machine, warn_when_busy
from serving import ROOT, Server, serving

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY_S = 10.0
_CLIENTS = 4
# Share of the time after which nothing more should be kept.
_WARM = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """
    What a server holds at a moment.

    Attributes:
        at_s: Since the beginning.
        own_kb: Memory of its own.
        files: Open files, sockets among them.
        generations: Names of generations that it has mapped.
        answered: Answers since the look before.
        p99_ms: Of these.
        errors: Answers since then that were none.
    """

    at_s: float
    own_kb: int
    files: int
    generations: tuple[str, ...]
    answered: int
    p99_ms: float
    errors: int


class Publishing:
    """
    Builds of one index, now with a paper and now without.

    Args:
        folder: Holds corpus and index.
        every_s: Seconds between two.
    """

    def __init__(self, folder: Path, every_s: float) -> None:
        self.index = folder / "index"
        self.count = 0
        self._corpus = folder / "corpus"
        shutil.copytree(ROOT / "corpus/papers", self._corpus)
        self._paper = min(self._corpus.glob("*.pdf"))
        self._aside = folder / self._paper.name
        self._every_s = every_s
        self._halt = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.publish()

    def publish(self) -> None:
        """One build."""
        command = [sys.executable, "-m", "wgsearch.cli", "build"]
        subprocess.run(
            [*command, "--corpus", str(self._corpus), "--index", str(self.index)],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.count += 1

    def _run(self) -> None:
        while not self._halt.wait(self._every_s):
            there = self._paper.exists()
            shutil.move(*((self._paper, self._aside) if there else (self._aside, self._paper)))
            self.publish()

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._halt.set()
        self._thread.join()


def mapped(server: Server) -> tuple[str, ...]:
    """Generations whose files a server has mapped or open."""
    found: set[str] = set()
    for pid in server.pids():
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            _, marked, rest = line.partition("/generations/")
            if marked:
                found.add(rest.partition("/")[0])
    return tuple(sorted(found))


def open_files(server: Server) -> int:
    """Open files of all its processes."""
    return sum(1 for pid in server.pids() for _ in Path(f"/proc/{pid}/fd").iterdir())


def own_kb(server: Server) -> int:
    """Memory that it shares with nobody and that no file backs, in kB."""
    total = 0
    for pid in server.pids():
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Anonymous:"):
                total += int(line.split()[1])
    return total


def soak(server: Server, minutes: float, tell: Callable[[Look], None]) -> list[Look]:
    """Ask, and look now and then."""
    looks: list[Look] = []
    began = time.perf_counter()
    while time.perf_counter() - began < 60 * minutes:
        paths = new_questions(ROOT / "tests/evaluation/sample.jsonl")
        while time.perf_counter() - began < 60 * minutes:
            try:
                got = ask(server.port, paths, clients=_CLIENTS, seconds=_EVERY_S)
            except RuntimeError:  # questions are at an end: once more from the beginning
                break
            looks.append(
                Look(
                    at_s=round(time.perf_counter() - began, 1),
                    own_kb=own_kb(server),
                    files=open_files(server),
                    generations=mapped(server),
                    answered=len(got.took_ms),
                    p99_ms=round(got.p(0.99), 1),
                    errors=got.errors + len(got.refused_ms),
                )
            )
            tell(looks[-1])
    return looks


def slope(looks: list[Look], of: Callable[[Look], float]) -> float:
    """How much a figure grows in an hour, by the straight line nearest to all looks."""
    hours = np.array([each.at_s / 3600 for each in looks])
    return float(np.polyfit(hours, np.array([of(each) for each in looks]), 1)[0])


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--publish-s", type=float, default=300.0)
    parser.add_argument("--json", type=Path, help="where to write all looks")
    options = parser.parse_args()
    before = machine()
    warn_when_busy(before)
    with tempfile.TemporaryDirectory() as name:
        publishing = Publishing(Path(name), options.publish_s)
        with serving(publishing.index, 1, ()) as server, publishing:
            looks = soak(
                server, options.minutes, lambda each: print(json.dumps(asdict(each)), flush=True)
            )
    warm = [each for each in looks if each.at_s >= _WARM * 60 * options.minutes]
    errors = sum(each.errors for each in looks)
    most = max(len(each.generations) for each in looks)
    print(
        f"\n{sum(each.answered for each in looks)} answers in {options.minutes:g} minutes,"
        f" {publishing.count - 1} publications beside, {errors} errors\n"
        f"memory of its own: {warm[0].own_kb / 1024:.1f} MB, then {warm[-1].own_kb / 1024:.1f} MB"
        f" ({slope(warm, lambda each: each.own_kb / 1024):+.1f} MB an hour by the nearest line)\n"
        f"open files: {warm[0].files}, then {warm[-1].files}\n"
        f"generations mapped at a time: at most {most}, at the end"
        f" {len(looks[-1].generations)}"
    )
    if options.json:
        report = {"machine": before, "looks": [asdict(each) for each in looks]}
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    sys.exit(bool(errors))


if __name__ == "__main__":
    main()
