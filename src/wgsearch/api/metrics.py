"""
What was answered -> numbers in the text format of Prometheus, added up over processes.

Why a file a process: a scrape reaches whichever process the system picks, and numbers of one
of several would jump. Each writes its own once a second, and whoever is asked adds them up.
"""

from __future__ import annotations

import json
import logging
import os
import threading
import uuid
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from wgsearch.answers import IndexState

log = logging.getLogger(__name__)

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Upper ends in seconds: an answer that is kept takes 1 ms, a search some tens, a draft seconds.
BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 1.0, 2.5, 5.0, 10.0, 30.0)
# What a crashed or replaced process had counted stays; what it counted last may be lost.
WRITE_EVERY_S = 1.0


class Answered(NamedTuple):
    """What requests are counted by."""

    method: str
    route: str
    status: int


@dataclass(slots=True)
class Times:
    """How often something took how long: by bucket, those longer than the last at the end."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS_S) + 1))
    sum_s: float = 0.0

    def add(self, seconds: float) -> None:
        """Count one more."""
        self.counts[bisect_left(BUCKETS_S, seconds)] += 1
        self.sum_s += seconds

    def merge(self, other: Times) -> None:
        """Count those of another process too."""
        self.counts = [
            mine + theirs for mine, theirs in zip(self.counts, other.counts, strict=True)
        ]
        self.sum_s += other.sum_s


@dataclass(slots=True)
class Numbers:
    """
    What one process, or all of them, have counted since they began.

    Attributes:
        requests: By method, route and status.
        searches: Time within the engine, by mode.
        unanswered: Searches that found nothing, by mode.
    """

    requests: dict[Answered, Times] = field(default_factory=dict)
    searches: dict[str, Times] = field(default_factory=dict)
    unanswered: Counter[str] = field(default_factory=Counter)

    def merge(self, other: Numbers) -> None:
        """Add those of another process."""
        for key, times in other.requests.items():
            self.requests.setdefault(key, Times()).merge(times)
        for mode, times in other.searches.items():
            self.searches.setdefault(mode, Times()).merge(times)
        self.unanswered.update(other.unanswered)

    def to_json(self) -> str:
        """For the file of a process."""
        return json.dumps(
            {
                "requests": [
                    [*key, each.counts, each.sum_s] for key, each in self.requests.items()
                ],
                "searches": [
                    [mode, each.counts, each.sum_s] for mode, each in self.searches.items()
                ],
                "unanswered": self.unanswered,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Numbers:
        """From the file of a process."""
        found = json.loads(text)
        return cls(
            requests={
                Answered(method, route, status): Times(counts, sum_s)
                for method, route, status, counts, sum_s in found["requests"]
            },
            searches={mode: Times(counts, sum_s) for mode, counts, sum_s in found["searches"]},
            unanswered=Counter(found["unanswered"]),
        )


class Measures:
    """
    Counts what a process answers.

    Args:
        folder: Where the processes of one server leave their numbers; None for one process.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._name = f"{uuid.uuid4().hex}.json"
        self._lock = threading.Lock()
        self._numbers = Numbers()
        self._changed = False

    def answered(self, what: Answered, seconds: float) -> None:
        """Count a request."""
        with self._lock:
            self._numbers.requests.setdefault(what, Times()).add(seconds)
            self._changed = True

    def searched(self, mode: str, seconds: float, *, found: bool) -> None:
        """Count a search."""
        with self._lock:
            self._numbers.searches.setdefault(mode, Times()).add(seconds)
            self._numbers.unanswered[mode] += not found

    def total(self) -> Numbers:
        """What all processes have counted; of the others, as of a second ago."""
        with self._lock:
            total = Numbers.from_json(self._numbers.to_json())
        if self._folder is not None:
            for path in sorted(self._folder.glob("*.json")):
                if path.name != self._name:
                    total.merge(Numbers.from_json(path.read_text(encoding="utf-8")))
        return total

    def write(self) -> None:
        """Leave the numbers for the other processes, where there are any and something changed."""
        if self._folder is None:
            return
        with self._lock:
            if not self._changed:
                return
            text = self._numbers.to_json()
            self._changed = False
        beside = self._folder / f"{self._name}.new"
        try:
            beside.write_text(text, encoding="utf-8")
            os.replace(beside, self._folder / self._name)  # noqa: PTH105 - says what it is
        except OSError as error:  # numbers are no reason to answer nobody
            log.warning("numbers for /metrics are not shared: %s", error)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """
    What is served at the moment of a scrape, by the process that is asked.

    Attributes:
        version: Version of the program.
        state: What is searched; None while there is no index.
        edition: Name of the edition of the compendium; None while there is none.
    """

    version: str
    state: IndexState | None
    edition: str | None


def text(total: Numbers, served: Served) -> str:
    """Numbers in the text format of Prometheus."""
    return "".join(f"{line}\n" for line in (*_counted(total), *_gauges(served)))


def _counted(total: Numbers) -> Iterator[str]:
    name = "wgsearch_request_seconds"
    yield from _head(name, "histogram", "Time from a request to the end of its answer.")
    for what, times in sorted(total.requests.items()):
        labels = {"method": what.method, "route": what.route, "status": str(what.status)}
        yield from _histogram(name, labels, times)
    name = "wgsearch_search_seconds"
    yield from _head(name, "histogram", "Time of a search within the engine.")
    for mode, times in sorted(total.searches.items()):
        yield from _histogram(name, {"mode": mode}, times)
    name = "wgsearch_searches_unanswered_total"
    yield from _head(name, "counter", "Searches that found nothing.")
    for mode, count in sorted(total.unanswered.items()):
        yield f"{name}{_labels({'mode': mode})} {count}"


def _gauges(served: Served) -> Iterator[str]:
    state = served.state
    yield from _gauge("wgsearch_build_info", "Version.", {"version": served.version}, 1)
    yield from _gauge(
        "wgsearch_index_ready", "1 where an index is open.", {}, int(state is not None)
    )
    if state is not None:
        info = {
            "generation": state.generation,
            "built_at": state.built_at,
            "encoder": state.encoder,
        }
        yield from _gauge("wgsearch_index_info", "What is searched.", info, 1)
        yield from _gauge(
            "wgsearch_generation_refused",
            "1 where a newer generation is damaged, and this one goes on.",
            {},
            int(state.refused is not None),
        )
        yield from _gauge("wgsearch_passages", "Passages of the index.", {}, state.passages)
        yield from _gauge("wgsearch_papers", "Papers that are found.", {}, state.papers)
        name = "wgsearch_files_not_indexed"
        yield from _head(name, "gauge", "Files of the corpus that are not found, by reason.")
        for code, count in sorted(Counter(each.code for each in state.failed).items()):
            yield f"{name}{_labels({'code': code})} {count}"
    if served.edition is not None:
        yield from _gauge(
            "wgsearch_compendium_info", "Edition in use.", {"edition": served.edition}, 1
        )


def _histogram(name: str, labels: dict[str, str], times: Times) -> Iterator[str]:
    so_far = 0
    ends: Iterable[str] = (*(f"{each:g}" for each in BUCKETS_S), "+Inf")
    for end, count in zip(ends, times.counts, strict=True):
        so_far += count
        yield f"{name}_bucket{_labels({**labels, 'le': end})} {so_far}"
    yield f"{name}_sum{_labels(labels)} {times.sum_s:.6f}"
    yield f"{name}_count{_labels(labels)} {so_far}"


def _gauge(name: str, meaning: str, labels: dict[str, str], value: int) -> Iterator[str]:
    yield from _head(name, "gauge", meaning)
    yield f"{name}{_labels(labels)} {value}"


def _head(name: str, kind: str, meaning: str) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"


def _labels(labels: dict[str, str]) -> str:
    """Labels with backslashes, quotes and line ends escaped, as the format wants."""
    if not labels:
        return ""
    escaped = (
        (key, value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n"))
        for key, value in labels.items()
    )
    return "{" + ",".join(f'{key}="{value}"' for key, value in escaped) + "}"
