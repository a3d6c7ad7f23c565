"""
Readers that ask all the time, and one writer that publishes -> nobody notices but for the news.

    python bench/faults/readers.py --readers 8 --publishes 500

starts so many servers (the application with its pages and API, asked in its own process), each of
which is asked twenty times a second while an index is built anew, so often. No question may be
answered with an error, no answer may hold passages of two generations, none may be of an earlier
generation than the answer before it, and two seconds after a publication nobody may be answered
from before it.

    python bench/faults/readers.py --builders 50

starts two builds at the same time, so often: one publishes, the other says that it is busy, or
came so late that it had nothing to do.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from tiny import Letters, build_edition, looked_into, mark_of, memory, papers, reader

from wgsearch.api.app import create_app
from wgsearch.api.serving import NewestEngine
from wgsearch.errors import BuildBusyError
from wgsearch.index.build import build
from wgsearch.index.places import current, number_of
from wgsearch.search import LocalEngine

VISIBLE_S = 2.0
_OK = 200
_QUESTION = "/api/v1/search?q=fees+turn+into+debt&k=20&fold=false"


def serve(index: Path, stop: Path, every_s: float) -> None:
    """Be a server that is asked until a file is there; print what was seen, as JSON."""
    newest = NewestEngine(
        lambda: LocalEngine(index, Letters()),
        lambda: current(index),
        open_earlier=lambda: LocalEngine(index, Letters(), earlier=True),
    )
    seen: list[tuple[float, int]] = []
    faults: Counter[str] = Counter()
    # No answer is kept: each is searched.
    with TestClient(create_app(newest, hosts=("testserver",), answer_bytes=0)) as client:
        print("ready", flush=True)
        while not stop.exists():
            time.sleep(every_s)
            asked = time.time()
            answer = client.get(_QUESTION)
            if answer.status_code != _OK:
                faults[f"{answer.status_code}: {answer.text[:200]}"] += 1
                continue
            found = answer.json()
            number = number_of(found["generation"])
            seen.append((asked, number))
            if wrong := _mixed(found, number):
                faults[wrong] += 1
        state = client.get("/readyz").json()["status"]
    print(json.dumps({"seen": seen, "faults": dict(faults), "state": state}), flush=True)


def _mixed(found: dict[str, Any], number: int) -> str:
    """What in an answer is not of its generation; editions are numbered as generations are."""
    marks = {
        text.rpartition("year of the ")[2].partition(",")[0]
        for text in (hit["text"] for hit in found["hits"])
        if "year of the" in text
    }
    return "" if marks == {mark_of(number)} else f"generation {number} holds {sorted(marks)}"


def published(index: Path, publishes: int, pause_s: float) -> list[tuple[float, int]]:
    """Build so often; when each generation was in use, and its number."""
    times = []
    for edition in range(2, publishes + 2):
        name = build_edition(index, edition)
        times.append((time.time(), number_of(name)))
        time.sleep(pause_s)
    return times


def judged(times: list[tuple[float, int]], told: list[dict[str, Any]]) -> tuple[str, list[str]]:
    """A line on what readers saw, and what was wrong."""
    bad, answers, opened, latest = [], 0, 0, 0.0
    numbers = [number for _, number in times]
    for each in told:
        bad += [f"{count} times {fault}" for fault, count in each["faults"].items()]
        bad += [f"a server ended {each['state']}"] if each["state"] != "ready" else []
        seen = each["seen"]
        answers += len(seen)
        opened += len({number for _, number in seen})
        bad += [f"{b} after {a}" for (_, a), (_, b) in pairwise(seen) if b < a]
        for asked, number in seen:
            after = bisect_right(numbers, number)
            late = asked - times[after][0] if after < len(times) else 0.0
            latest = max(latest, late)
            if late > VISIBLE_S:
                bad.append(f"{number} was answered {late:.1f} s after {numbers[after]} was there")
    line = (
        f"{len(told)} readers, {len(times)} publishes in {times[-1][0] - times[0][0]:.0f} s: "
        f"{answers} answers from {opened / len(told):.0f} generations each; the last who was "
        f"answered from before a publication asked {latest:.2f} s after it; {len(bad)} bad"
    )
    return line, bad


def read_while_published(
    work: Path, readers: int, publishes: int, pause_s: float, every_s: float
) -> tuple[str, list[str]]:
    """The campaign; a line, and what was wrong."""
    index, stop = work / "index", work / "stop"
    build_edition(index, 1)
    command = [sys.executable, __file__, "--serve", str(index), "--stop", str(stop)]
    command += ["--every", str(every_s)]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for _ in range(readers)
    ]
    try:
        for each in started:
            assert each.stdout is not None
            each.stdout.readline()
        times = published(index, publishes, pause_s)
        time.sleep(VISIBLE_S + 0.5)
    finally:
        stop.touch()
    told = [json.loads(each.communicate()[0].splitlines()[-1]) for each in started]
    looked_into(index)
    return judged(times, told)


def two_builders(work: Path, times: int) -> tuple[str, list[str]]:
    """Two builds at a time, so often; a line, and what was wrong."""
    index, bad = work / "index", []
    outcomes: Counter[str] = Counter()
    for edition in range(1, times + 1):
        children = []
        for _ in range(2):
            child = os.fork()
            if child == 0:
                status = 3
                try:
                    held = papers(edition)
                    report = build(index, index, Letters(), reader=reader(held))
                    status = 0 if report.published else 1
                except BuildBusyError:
                    status = 75
                finally:
                    os._exit(status)
            children.append(child)
        statuses = sorted(os.waitstatus_to_exitcode(os.waitpid(c, 0)[1]) for c in children)
        outcomes[{75: "one was busy", 1: "one came too late"}.get(statuses[1], "strange")] += 1
        if statuses not in ([0, 75], [0, 1]):
            bad.append(f"edition {edition}: {statuses}")
    child = os.fork()
    if child == 0:
        status = 3
        try:
            looked_into(index)
            status = 0
        finally:
            os._exit(status)
    if os.waitpid(child, 0)[1]:
        bad.append("what was built is not whole")
    numbers = number_of(current(index))
    if numbers != times:
        bad.append(f"{numbers} generations were published, not {times}")
    told = ", ".join(f"{count} times {outcome}" for outcome, count in outcomes.items())
    return f"two builds at a time, {times} times: {told}, {len(bad)} bad", bad


def main() -> None:
    """Start, publish, judge and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--publishes", type=int, default=500)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds between publications")
    parser.add_argument("--every", type=float, default=0.05, help="seconds between questions")
    parser.add_argument("--builders", type=int, default=0, help="so often two builds at a time")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--stop", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        serve(asked.serve, asked.stop, asked.every)
        return
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        if asked.builders:
            line, bad = two_builders(Path(folder), asked.builders)
        else:
            line, bad = read_while_published(
                Path(folder), asked.readers, asked.publishes, asked.pause, asked.every
            )
    print(line)
    for each in bad[:20]:
        print(each)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
