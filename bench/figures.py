"""
measurements of rounds -> one row a contender: medians, and ratios to the fastest peer.

Why ratios of the same round: the machine is slower at one time than at another, and both
of a pair meet the same.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# Splitters that count words or characters overrun the encoder's window here and there: below
# this share of word pieces read, a contender is marked.
ALL_OF_IT = 0.95
# A peer sets the pace when its encoder reads at least this share. haystack, whose 200 words reach
# 0.83 on real papers and 0.96 on the sample, still does, which makes the harder comparison;
# LlamaIndex, whose chunks reach 0.43 and 0.39, does not.
MOST_OF_IT = 0.75
# Quantities that are compared with the fastest peer's: less is better.
COMPARED = {"ingest_s": "Ingest", "cold_s": "First answer", "p50_ms": "Further answers"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """
    What was measured of one contender.

    Attributes:
        name: Short name.
        title: As tables call it.
        ours: Whether it is this project.
        ingests: One record a round: seconds, parts, chunks and so on, as the contract prints.
        answers: One record a round: cold_s, warm_ms, found, words, peak_mb.
        install_mb: Size of what is installed.
        versions: Of its packages.
    """

    name: str
    title: str
    ours: bool
    ingests: list[dict[str, object]] = field(default_factory=list)
    answers: list[dict[str, object]] = field(default_factory=list)
    install_mb: float | None = None
    versions: dict[str, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether it ingested and answered in at least one round."""
        return bool(self.ingests and self.answers)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of all values does not exceed (nearest rank)."""
    if not values:
        raise ValueError("no values, no percentile")
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def rows(measured: Sequence[Measured], papers: int) -> list[dict[str, object]]:
    """One row for each contender that was measured in full; ours first, then by ingest."""
    done = [each for each in measured if each.complete]
    found = {each.name: _row(each, papers) for each in done}
    for quantity in COMPARED:
        fastest = reference(done, quantity)
        for each in done:
            found[each.name][f"{quantity}_ratio"] = fastest and ratio(fastest, each, quantity)
    order = sorted(done, key=lambda each: (not each.ours, found[each.name]["ingest_s"]))
    return [found[each.name] for each in order]


def reference(measured: Sequence[Measured], quantity: str) -> Measured | None:
    """The peer with the least median among those whose encoder reads most of the text."""
    peers = [each for each in measured if not each.ours and _read_share(each) >= MOST_OF_IT]
    return min(peers, key=lambda each: median(_series(each, quantity)), default=None)


def ratio(fastest: Measured, other: Measured, quantity: str) -> float:
    """How many times as fast as the reference: median over the rounds that both were in."""
    pairs = zip(_series(fastest, quantity), _series(other, quantity), strict=False)
    return median(theirs / own for theirs, own in pairs)


def _series(measured: Measured, quantity: str) -> list[float]:
    """A quantity in each round."""
    taken: Mapping[str, Callable[[], list[float]]] = {
        "ingest_s": lambda: [each["seconds"] for each in measured.ingests],
        "cold_s": lambda: [each["cold_s"] for each in measured.answers],
        "p50_ms": lambda: [percentile(each["warm_ms"], 0.5) for each in measured.answers],
        "p99_ms": lambda: [percentile(each["warm_ms"], 0.99) for each in measured.answers],
    }
    return taken[quantity]()


def _read_share(measured: Measured) -> float:
    """Share of word pieces of its passages that the encoder reads."""
    return median(each["read_share"] for each in measured.ingests)


def _middle(records: Sequence[Mapping[str, object]], key: str) -> float | None:
    """Median of a key over the records that have it; None when none has."""
    values = [each[key] for each in records if each.get(key) is not None]
    return median(values) if values else None


def _row(measured: Measured, papers: int) -> dict[str, object]:
    """Medians of one contender."""
    ingests, answers = measured.ingests, measured.answers
    parts = [each["parts"] for each in ingests]
    seconds = median(_series(measured, "ingest_s"))
    # Stages that overlap add up to more than the whole; they are shown as they are told.
    encoding = [
        sum(took for part, took in each.items() if part not in ("imports", "reading"))
        for each in parts
    ]
    return {
        "contender": measured.title,
        "ours": measured.ours,
        "all_text": _read_share(measured) >= ALL_OF_IT,
        "ingest_s": seconds,
        "papers_per_s": papers / seconds,
        "imports_s": _middle(parts, "imports"),
        "reading_s": _middle(parts, "reading"),
        "encoding_indexing_s": median(encoding),
        "indexing_s": _middle(parts, "indexing"),
        "processor_s": _middle(ingests, "processor_s"),
        "papers": _middle(ingests, "papers"),
        "chunks": _middle(ingests, "chunks"),
        "read_share": _middle(ingests, "read_share"),
        "ingest_mb": _middle(ingests, "tree_mb") or _middle(ingests, "peak_mb"),
        "store_mb": _middle(ingests, "store_bytes") / 1e6,
        "cold_s": median(_series(measured, "cold_s")),
        "p50_ms": median(_series(measured, "p50_ms")),
        "p99_ms": median(_series(measured, "p99_ms")),
        "found": _middle(answers, "found"),
        "words": _middle(answers, "words"),
        "answer_mb": _middle(answers, "peak_mb"),
        "install_mb": measured.install_mb,
        "versions": ", ".join(f"{name} {each}" for name, each in measured.versions.items()),
    }
