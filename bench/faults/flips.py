"""
One flipped bit, or a missing end, of each kind of file -> refused before it is loaded.

    python bench/faults/flips.py --flips 2000 --cuts 200

harms one file at a time of the newer of two generations (all bits of a file that has fewer), and
opens the index as a reader does. The newer generation must be refused before anything of it is
loaded, and the earlier one must answer; where a change is not noticed (a space after a name), all
answers must be equal. The cache of vectors is harmed too: what a build gets from it must be what
the encoder gives. Each kind of file has a process of its own: one that dies is a crash.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tiny import Letters, build_edition, mark_of, memory

from wgsearch.answers import Query
from wgsearch.embedding import EmbeddingCache
from wgsearch.errors import BackupDamagedError, IndexStateError
from wgsearch.index.backup import backup, restore
from wgsearch.index.places import current, folder_of
from wgsearch.index.snapshot import open_current
from wgsearch.index.tokens import SignCodec
from wgsearch.passages import embedded_text
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EDITIONS = (1, 2)
# So many that most files have more than 2,000 bits.
PAPERS = 40
_QUESTIONS = ("Fees turn into debt", f"the year of the {mark_of(2)}", "DEMO/COP/WG.4/2022/3")
# Of what is refused, one in so many is also opened with what was before, and asked.
_ASKED_TOO = 20


def kinds(index: Path) -> dict[str, Path]:
    """Files of an index, one a kind."""
    generation = folder_of(index, current(index))
    found: dict[str, Path] = {}
    for path in sorted(generation.rglob("*")):
        if path.is_file() and not path.name.endswith(".lock"):
            name = path.relative_to(generation).as_posix()
            # Names of tantivy's files are random.
            found[re.sub(r"/[0-9a-f]{32}", "/*", name)] = path
    return found | {"CURRENT": index / "CURRENT", "embeddings.sqlite": index / "embeddings.sqlite"}


def harmed(data: bytes, flips: int, cuts: int) -> Iterator[tuple[str, bytes]]:
    """A file with one bit flipped, and with its end cut off, at different places."""
    dice = random.Random(len(data))  # noqa: S311 - places in a test
    bits = range(8 * len(data))
    chosen = bits if len(bits) <= flips else dice.sample(bits, flips)
    for bit in chosen:
        at = bit // 8
        yield "flip", data[:at] + bytes([data[at] ^ 1 << bit % 8]) + data[at + 1 :]
    places = range(len(data))
    for at in places if len(places) <= cuts else dice.sample(places, cuts):
        yield "cut", data[:at]


def answers(engine: LocalEngine) -> list[Any]:
    """What an engine answers to all questions."""
    return [
        [(hit.passage, hit.score) for hit in engine.search(query).hits]
        for query in (Query(text=text) for text in _QUESTIONS)
    ]


class Judge:
    """
    What becomes of an index in which one file was harmed.

    Args:
        index: The index, whole.
    """

    def __init__(self, index: Path) -> None:
        self._index = index
        self._encoder = Letters()
        self._name = current(index)
        engine = LocalEngine(index, self._encoder)
        self._good = answers(engine)
        count = engine.state().papers
        del engine
        with tempfile.TemporaryDirectory(dir=memory()) as folder:
            build_edition(Path(folder), EDITIONS[0], count=count)
            self._before = answers(LocalEngine(Path(folder), self._encoder))
        self._count = 0

    def opened(self) -> str:
        """The outcome: `refused` or `the same answers` are good."""
        self._count += 1
        try:
            snapshot = open_current(self._index, self._encoder.identity)
        except IndexStateError:
            if self._count % _ASKED_TOO:
                return "refused"
            return self._earlier()
        if snapshot.name != self._name:
            return f"WRONG: {snapshot.name} opened"
        same = answers(LocalEngine(self._index, self._encoder)) == self._good
        return "the same answers" if same else "WRONG answers"

    def _earlier(self) -> str:
        """What answers where the newer generation does not open."""
        engine = LocalEngine(self._index, self._encoder, earlier=True)
        # With a pointer that cannot be read, the newest that is whole answers.
        wanted = self._good if engine.generation == self._name else self._before
        right = answers(engine) == wanted and engine.state().refused
        return "refused" if right else "WRONG answers from the earlier generation"


def _judge(index: Path, kind: str, flips: int, cuts: int, told: Any) -> None:  # noqa: ANN401 - a pipe
    """In a process of its own: all changes of one kind of file."""
    path, counts = kinds(index)[kind], Counter[tuple[str, str]]()
    data = path.read_bytes()
    outcome = _cache_judge(index, path) if kind == "embeddings.sqlite" else Judge(index).opened
    for how, bad in harmed(data, flips, cuts):
        path.write_bytes(bad)
        try:
            counts[how, outcome()] += 1
        except Exception as error:  # noqa: BLE001 - whatever it is, it is counted
            counts[how, f"WRONG: {type(error).__name__}: {error}"] += 1
        path.write_bytes(data)
    told.send((len(data), dict(counts)))


def _cache_judge(index: Path, cache: Path) -> Callable[[], str]:
    """What a build gets from a harmed cache, and what from a good one."""
    opened = open_current(index, Letters.identity)
    passages = opened.store.passages(range(opened.store.rows))
    texts = [embedded_text(each) for each in passages]
    del opened
    good = Letters().encode_tokens(texts)
    codes = [SignCodec().pack(tokens) for tokens in good.tokens or ()]

    def judge() -> str:
        for path in cache.parent.glob(f"{cache.name}-*"):
            path.unlink()
        with closing(EmbeddingCache(cache)) as harmed_cache:
            found = harmed_cache.encode(Letters(), texts, None, SignCodec())
        same = np.array_equal(found.rows, good.rows) and list(found.codes or ()) == codes
        return "the same answers" if same else "WRONG vectors"

    return judge


def backups(work: Path, flips: int, cuts: int) -> tuple[int, dict[tuple[str, str], int]]:
    """A harmed backup is refused, and makes nothing."""
    counts: Counter[tuple[str, str]] = Counter()
    file, into = work / "backup", work / "into"
    backup(work / "index", file)
    data = file.read_bytes()
    for how, bad in harmed(data, flips, cuts):
        file.write_bytes(bad)
        try:
            restore(file, into)
            counts[how, "WRONG: restored"] += 1
        except BackupDamagedError:
            counts[how, "WRONG: a folder was made" if into.exists() else "refused"] += 1
    return len(data), dict(counts)


def campaign(
    work: Path, flips: int, cuts: int, only: list[str]
) -> Iterator[tuple[str, int, dict[Any, int]]]:
    """For each kind of file: its size, and outcomes."""
    index = work / "index"
    for edition in EDITIONS:
        build_edition(index, edition, count=PAPERS)
    context = multiprocessing.get_context("spawn")
    for kind in kinds(index):
        if only and kind not in only:
            continue
        told, telling = context.Pipe(duplex=False)
        process = context.Process(target=_judge, args=(index, kind, flips, cuts, telling))
        process.start()
        telling.close()
        try:
            size, counts = told.recv()
        except EOFError:
            process.join()
            size, counts = 0, {("flip", f"CRASH: exit {process.exitcode}"): 1}
        process.join()
        yield kind, size, counts
    if not only or "a backup" in only:
        yield "a backup", *backups(work, flips, cuts)


def main() -> None:
    """Harm, open and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--flips", type=int, default=2000)
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--only", action="append", default=[], help="a kind; may be repeated")
    asked = parser.parse_args()
    started, every, bad = time.perf_counter(), 0, 0
    with tempfile.TemporaryDirectory(dir=memory()) as folder:
        for kind, size, counts in campaign(Path(folder), asked.flips, asked.cuts, asked.only):
            sums = {
                how: sum(n for (h, _), n in counts.items() if h == how) for how in ("flip", "cut")
            }
            outcomes = Counter[str]()
            for (_, outcome), count in counts.items():
                outcomes[outcome] += count
            told = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
            print(
                f"{kind:<24} {size:>7} bytes {sums['flip']:>5} flips {sums['cut']:>4} cuts: {told}",
                flush=True,
            )
            every += sum(counts.values())
            bad += sum(n for (_, outcome), n in counts.items() if outcome[0].isupper())
    print(f"{every} changes, {bad} bad, {time.perf_counter() - started:.0f} s")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
