"""
`wgsearch serve` on an index -> what it does under each load, against what was asked for.

Loads: sixteen who ask new questions; four times as many; a build running beside; five hundred
connections that say nothing or hardly anything; connections kept with two workers; a start.
Every question is new, so that none is answered from memory.

    python bench/load/loads.py INDEX [--seconds 20] [--only quiet,overload] [--json FILE]

Prints Markdown. What two loads are compared with is measured in the same run.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from load.asking import Outcome, Slow, ask, new_questions, percentile
from machine import machine, warn_when_busy
from serving import ROOT, ask_all, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CLIENTS = 16
SLOW = 500
_WARM_S = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    A line of the table.

    Attributes:
        load: What was done.
        asked: What was asked for.
        reached: What came of it.
        holds: Whether that is what was asked for.
    """

    load: str
    asked: str
    reached: str
    holds: bool


class Loads:
    """
    The loads, one after the other.

    Args:
        index: What is served.
        paths: New questions.
        seconds: How long each load lasts.
    """

    def __init__(self, index: Path, paths: Iterator[str], seconds: float) -> None:
        self._index = index
        self._paths = paths
        self._seconds = seconds

    def _ask(self, port: int, clients: int = CLIENTS, **how: Any) -> Outcome:  # noqa: ANN401 - of `ask`
        seconds = how.pop("seconds", self._seconds)
        return ask(port, self._paths, clients=clients, seconds=seconds, **how)

    def quiet(self) -> Iterator[Row]:
        """Sixteen clients."""
        with serving(self._index, 1, ()) as server:
            self._ask(server.port, seconds=_WARM_S)
            got = self._ask(server.port)
        yield Row(
            load=f"{CLIENTS} clients, new questions",
            asked="60 requests/s, p99 400 ms, no error",
            reached=f"{got.per_s:.1f}/s, p50 {got.p(0.5):.0f} ms, p99 {got.p(0.99):.0f} ms,"
            f" {got.errors} errors",
            holds=got.per_s >= 60 and got.p(0.99) <= 400 and not got.errors,  # noqa: PLR2004 - asked
        )

    def overload(self) -> Iterator[Row]:
        """Four times as many, those who are refused coming again as told, or at once."""
        for polite in (True, False):
            with serving(self._index, 1, ()) as server:
                self._ask(server.port, seconds=_WARM_S)
                before = self._ask(server.port)
                got = self._ask(server.port, 4 * CLIENTS, polite=polite)
                after = self._recovered(server.port, before)
            late = 1 - _within(got.refused_ms, 50)
            median, worst = (percentile(got.refused_ms, share) for share in (0.5, 0.99))
            yield Row(
                load=f"{4 * CLIENTS} clients, "
                + ("come again as told" if polite else "come again at once"),
                asked="the excess refused within 50 ms; p99 of the others at most twice;"
                " recovered in 5 s",
                reached=f"{len(got.refused_ms)} refused, p50 {median:.0f} ms, p99 {worst:.0f} ms,"
                f" {late:.1%} later than 50 ms; p99 of {len(got.took_ms)} others"
                f" {_times(got, before)}; recovered after {after:.1f} s; {got.errors} errors",
                holds=bool(got.refused_ms)
                and late == 0
                and got.p(0.99) <= 2 * before.p(0.99)
                and after <= 5  # noqa: PLR2004 - asked
                and not got.errors,
            )

    def _recovered(self, port: int, before: Outcome) -> float:
        """Seconds until a second's answers are as soon as before."""
        began = time.perf_counter()
        while time.perf_counter() - began < 2 * self._seconds:
            since = time.perf_counter() - began
            if self._ask(port, seconds=1.0).p(0.5) <= 1.5 * before.p(0.5):
                return since
        return float("inf")

    def build(self) -> Iterator[Row]:
        """A build of another index, nothing of it kept from before."""
        with serving(self._index, 1, ()) as server, tempfile.TemporaryDirectory() as folder:
            self._ask(server.port, seconds=_WARM_S)
            before = self._ask(server.port)
            with _building(Path(folder)) as builds:
                got = self._ask(server.port)
            again = self._ask(server.port)
        base = max(before, again, key=lambda each: each.p(0.99))
        yield Row(
            load="a build running beside",
            asked="p99 at most twice",
            reached=f"p99 {_times(got, base)}; {got.per_s:.1f}/s against {before.per_s:.1f};"
            f" {builds()} builds were begun; {got.errors} errors",
            holds=got.p(0.99) <= 2 * base.p(0.99) and not got.errors,
        )

    def slow(self) -> Iterator[Row]:
        """Connections that hardly speak."""
        with serving(self._index, 1, ()) as server:
            self._ask(server.port, seconds=_WARM_S)
            before = self._ask(server.port)
            slow = Slow(server.port, SLOW)
            halt, closed = threading.Event(), [float("inf")]

            def speak() -> None:
                while not halt.wait(0.5):
                    slow.speak()
                    if not slow.left():
                        closed[0] = slow.seconds()
                        return

            speaking = threading.Thread(target=speak)
            speaking.start()
            got = self._ask(server.port, seconds=12)
            speaking.join(10)
            halt.set()
            slow.close()
        yield Row(
            load=f"{SLOW} connections that say nothing, half a head, or a letter now and then",
            asked="p99 of the others at most twice; closed in 15 s",
            reached=f"p99 {_times(got, before)}; the last closed after {closed[0]:.1f} s;"
            f" {got.errors} errors",
            holds=got.p(0.99) <= 2 * before.p(0.99) and closed[0] <= 15 and not got.errors,  # noqa: PLR2004 - asked
        )

    def live(self) -> Iterator[Row]:
        """A connection that is kept, two workers."""
        with serving(self._index, 2, ()) as server:
            got = ask_all(server.port, ["/livez"] * 500, 1, self._seconds)
        yield Row(
            load="/livez on a connection that is kept, two workers",
            asked="p50 under 5 ms",
            reached=f"p50 {got.percentile(0.5):.2f} ms, p99 {got.percentile(0.99):.2f} ms",
            holds=got.percentile(0.5) < 5 and not got.errors,  # noqa: PLR2004 - asked
        )

    def cold(self) -> Iterator[Row]:
        """From the command to ready."""
        took, first = [], []
        for _ in range(3):
            with serving(self._index, 1, ()) as server:
                took.append(server.ready_s)
                first.append(1000 * server.first_s)
        yield Row(
            load="start (median of three)",
            asked="ready within 5 s",
            reached=f"{statistics.median(took):.1f} s; first answer after"
            f" {statistics.median(first):.0f} ms",
            holds=statistics.median(took) <= 5,  # noqa: PLR2004 - asked
        )


def _within(values: list[float], limit_ms: float) -> float:
    """Share of values within a limit."""
    return sum(each <= limit_ms for each in values) / len(values) if values else 1.0


def _times(got: Outcome, base: Outcome) -> str:
    """How much longer the slowest took."""
    ratio = got.p(0.99) / base.p(0.99) if base.took_ms else float("nan")
    return f"{got.p(0.99):.0f} ms, {ratio:.2f} times the {base.p(0.99):.0f} before"


class _building:  # noqa: N801 - used as a statement
    """
    Builds of the sample corpus, one after the other, each from nothing.

    Args:
        folder: Where their indexes lie.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._halt = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._process: subprocess.Popen[bytes] | None = None
        self._count = 0

    def _run(self) -> None:
        while not self._halt.is_set():
            home = self._folder / "index"
            shutil.rmtree(home, ignore_errors=True)
            command = [sys.executable, "-m", "wgsearch.cli", "build", "--index", str(home)]
            self._process = subprocess.Popen(
                [*command, "--corpus", str(ROOT / "corpus/papers")],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            self._count += 1
            if self._process.wait() and not self._halt.is_set():
                raise SystemExit("a build beside failed; try the same command by hand")

    def __enter__(self) -> Callable[[], int]:
        self._thread.start()
        time.sleep(1)
        return lambda: self._count

    def __exit__(self, *_: object) -> None:
        self._halt.set()
        if self._process:
            self._process.terminate()
        self._thread.join()


def markdown(rows: list[Row]) -> str:
    """The table."""
    lines = ["| load | asked | reached | holds |", "|---|---|---|---|"]
    lines += [
        f"| {row.load} | {row.asked} | {row.reached} | {'yes' if row.holds else '**no**'} |"
        for row in rows
    ]
    return "\n".join(lines)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path)
    parser.add_argument("--questions", type=Path, default=ROOT / "tests/evaluation/sample.jsonl")
    parser.add_argument("--seconds", type=float, default=20.0, help="of each load")
    loads = ("quiet", "overload", "build", "slow", "live", "cold")
    parser.add_argument("--only", default=",".join(loads), help="loads, by commas")
    parser.add_argument("--json", type=Path, help="where to write the table")
    options = parser.parse_args()
    before = machine()
    warn_when_busy(before)
    run = Loads(options.index, new_questions(options.questions), options.seconds)
    rows: list[Row] = []
    for name in options.only.split(","):
        rows += getattr(run, name)()
        print(f"{name}: done", file=sys.stderr)
    print(markdown(rows))
    print(f"\nLoad of the machine at the start: {before['load']}")
    if options.json:
        report = {"machine": before, "rows": [vars_of(row) for row in rows]}
        options.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    sys.exit(not all(row.holds for row in rows))


def vars_of(row: Row) -> dict[str, object]:
    """A row as JSON has it."""
    return {name: getattr(row, name) for name in Row.__slots__}


if __name__ == "__main__":
    main()
