"""
passages of indexes and judged sets -> how many pairs of them are near, and what folding costs.

Why beside what is folded: the difference is what says something else, to be read by a person.

    python bench/folding.py --index DIR --set DIR

Prints the table of docs/decisions/0012-folding.md.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from wgsearch.duplicates import fold, shingles, telling
from wgsearch.index.sayings import words_of
from wgsearch.index.snapshot import open_current
from wgsearch.index.store import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

LENGTHS = (2, 3, 5)
THRESHOLDS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.7)
# A run that so many passages share is a formula; pairs that share only such are not near.
_COMMON = 2000


def main() -> None:
    """Print a table of pairs a set, and what folding costs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=Path, action="append", default=[], help="an index folder")
    parser.add_argument("--set", type=Path, action="append", default=[], help="a judged set")
    given = parser.parse_args()
    sets = {folder.name: _of_index(folder) for folder in given.index}
    sets |= {folder.name: _of_set(folder) for folder in given.set}
    print("pairs with at least such a share of runs in common / of these, folded\n")
    print("| set | passages | words a run |", *(f" {each} |" for each in THRESHOLDS), sep="")
    print("|---|---:|---:|" + "---:|" * len(THRESHOLDS))
    for name, said in sets.items():
        for length in LENGTHS:
            near, folded = _pairs(said, length)
            cells = (
                f" {_at_least(least, near)} / {_at_least(least, folded)} |" for least in THRESHOLDS
            )
            print(f"| {name} | {len(said):,} | {length} |", *cells, sep="")
    for name, said in sets.items():
        print(f"\n{name}: {_cost(said):.2f} ms to fold 100 passages of 200 words")


def _at_least(least: float, values: Sequence[float]) -> int:
    return sum(each >= least for each in values)


def _of_index(folder: Path) -> tuple[Said, ...]:
    store = open_current(folder, None, verify=False).store
    return store.said(range(store.rows))


def _of_set(folder: Path) -> tuple[Said, ...]:
    lines = (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    documents = [each for each in map(json.loads, lines) if each["text"].strip()]
    languages = [(each.get("metadata") or {}).get("language", "en") for each in documents]
    return tuple(
        Said(each["_id"], language, "body", "1", each["text"])
        for each, language in zip(documents, languages, strict=True)
    )


def _pairs(said: Sequence[Said], length: int) -> tuple[list[float], list[float]]:
    """Likeness of all pairs that share at least half their runs, and of those that are folded."""
    words = [words_of(each) for each in said]
    runs = [shingles(each, length) for each in words]
    having: defaultdict[tuple[bytes, ...], list[int]] = defaultdict(list)
    for at, each in enumerate(runs):
        for run in each:
            having[run].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for places in having.values():
        if len(places) < _COMMON:
            shared.update(combinations(places, 2))
    near: list[float] = []
    folded: list[float] = []
    for one, two in shared:
        likeness = len(runs[one] & runs[two]) / len(runs[one] | runs[two])
        if likeness < min(THRESHOLDS):
            continue
        near.append(likeness)
        narrow, wide = sorted((set(words[one]), set(words[two])), key=len)
        if narrow <= wide and telling(words[one]) == telling(words[two]):
            folded.append(likeness)
    return near, folded


def _cost(said: Sequence[Said]) -> float:
    """Milliseconds of processor time, the best of thirty, for passages made long."""
    some = said[:: max(1, len(said) // 100)][:100]
    long = [
        each._replace(text=" ".join((each.text.split() * 200)[:200]), paragraph=None)
        for each in some
    ]
    spent: list[float] = []
    for _ in range(30):
        started = time.process_time()
        fold(long)
        spent.append(time.process_time() - started)
    return min(spent) * 1000


if __name__ == "__main__":
    main()
