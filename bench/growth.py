"""
numbers of passages -> how long an answer takes, stage by stage, and what it holds in memory.

Why generated papers: no corpus of working groups has a million passages, and encoding as many
would take half a day. Why each size in a process of its own: memory is what one server has.

    python bench/growth.py --work DIR [--sizes 1000,10000,100000] [--questions 200] [--json FILE]

Prints Markdown. Indexes are kept in DIR and used again.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from generated import (
    BODIES,
    Generated,
    Remembering,
    default_encoder,
    sample_sentences,
)
from machine import machine

from wgsearch import results, search
from wgsearch.answers import Filters, Query
from wgsearch.glossary import load as glossaries
from wgsearch.index import manifest as manifests
from wgsearch.index import publish
from wgsearch.index.analysis import analysed, lengths, unpack
from wgsearch.index.calibration import calibrate
from wgsearch.index.cards import card_of
from wgsearch.index.manifest import IndexedFile, Manifest
from wgsearch.index.posting import write_analysed
from wgsearch.index.sayings import SAYINGS, sayings, write_sayings
from wgsearch.index.shelf import Placed, Shelf, Shelved, merge
from wgsearch.index.snapshot import GLOSSARY, LEXICAL, STORE, TOKENS, VECTORS, open_folder
from wgsearch.index.store import Store
from wgsearch.index.tokens import SignCodec, write_tokens
from wgsearch.index.vectors import write_vectors
from wgsearch.index.writing import SHELF, packed_terms
from wgsearch.papers.series import families

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent
_SAID = 4096
# Words of a stage, and the calls that are it.
STAGES = (
    "understanding", "encoding", "words", "meaning", "late interaction", "reading and folding",
    "hits", "verdict", "rest",
)  # fmt: skip


def build_generated(home: Path, papers: Generated, count: int, encoder: Any) -> dict[str, float]:  # noqa: ANN401 - an encoder
    """
    Publish an index of generated papers through the writers of any build.

    Returns:
        Seconds by part.
    """
    seconds: dict[str, float] = {}
    clock = time.perf_counter

    def part(name: str, write: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever it makes
        started = clock()
        made = write()
        seconds[name] = clock() - started
        return made

    with publish.writing(home), publish.new_folder(home) as folder:
        terms = part("store", lambda: _write_store(folder, papers))
        packed = packed_terms(glossaries.read_bundled(), None)
        (folder / GLOSSARY).write_text(packed, encoding="utf-8")
        part("words", lambda: _write_words(folder, terms, count))
        written = part("vectors", lambda: write_vectors(folder / VECTORS, papers.vectors()))
        (folder / TOKENS).mkdir()
        part("tokens", lambda: write_tokens(folder / TOKENS, papers.codes()))
        part("sayings", lambda: _write_sayings(folder, count))
        files = part("digests", lambda: manifests.records_of(folder))
        complete = _manifest(papers, count, encoder, files).model_copy(
            update={"vectors": written.method}
        )
        opened = open_folder(folder, complete)
        opened.store.close()
        scale = calibrate(encoder, opened.vectors, opened.tokens, None)
        publish.publish(home, folder, complete.model_copy(update={"calibration": scale}))
    return seconds


def _write_store(folder: Path, papers: Generated) -> Counter[str]:
    """Papers by way of a shelf, as a build writes them; how many terms their parts have."""
    shelf = Shelf(folder / SHELF)
    terms: Counter[str] = Counter()
    held = []
    for each in papers:
        words = [analysed(passage) for passage in each.passages]
        card = card_of(each, lengths(words))
        terms.update(card.lengths)
        held.append(shelf.add(each, card, bytes(32 * len(words)), words))
    shelf.close()
    related = families({each.card.entry.symbol: each.card.entry.symbols for each in held})
    placed = [
        Placed(held=each, findings=(), family=related[each.card.entry.symbol]) for each in held
    ]
    merge(folder / STORE, placed, left_out=())
    (folder / SHELF).unlink()
    return terms


def _write_words(folder: Path, terms: Counter[str], count: int) -> None:
    """The index of words, from what the store knows of passages."""
    (folder / LEXICAL).mkdir()
    with contextlib.closing(Shelved(folder / STORE)) as store:
        passages = (
            (number, passage)
            for number, words in enumerate(store.words())
            for passage in unpack(words)
        )
        write_analysed(folder / LEXICAL, passages, terms, count)


def _write_sayings(folder: Path, count: int) -> None:
    """What passages cannot repeat, from what they say."""
    with contextlib.closing(Store(folder / STORE)) as store:
        some = (range(at, min(at + _SAID, count)) for at in range(0, count, _SAID))
        write_sayings(folder / SAYINGS, count, (sayings(store.said(rows)) for rows in some))


def _manifest(papers: Generated, count: int, encoder: Any, files: Any) -> Manifest:  # noqa: ANN401 - an encoder, a table
    listed = tuple(
        IndexedFile(file=each.file, digest=each.digest, symbol=each.symbol, language="en")
        for each in (papers.head(number) for number in range(len(papers)))
    )
    return Manifest(
        schema_version=manifests.SCHEMA_VERSION,
        reader_version=0,
        encoder=encoder.identity,
        dimension=encoder.dimension,
        token_codec=SignCodec.identity,
        corpus_digest=f"generated {count}",
        content_digest=manifests.digest_of([f"generated {count}"]),
        papers=listed,
        failed=(),
        passages=count,
        files=files,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


class Stopwatch:
    """
    Seconds spent in functions by the name of their stage; nested ones count once.

    Args:
        clock: The clock on the wall, or that of the thread: on a machine with other work, what a
            stage costs is seen in the second only.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._clock = clock
        self._open: list[float] = []

    def watched(self, stage: str, call: Callable[..., Any]) -> Callable[..., Any]:
        """The function, watched."""

        def measured(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it takes
            self._open.append(0.0)
            started = self._clock()
            try:
                return call(*args, **named)
            finally:
                took = self._clock() - started
                self.spent[stage] += took - self._open.pop()
                if self._open:
                    self._open[-1] += took

        return measured


def watch_engine(engine: search.LocalEngine, watch: Stopwatch) -> None:
    """Put watches around the stages of an engine: it has no hooks of its own for this."""
    snapshot = engine._snapshot  # noqa: SLF001 - measured from within
    stages = (
        (snapshot.lexical, "words", ("ask", "best", "score", "matching")),
        (snapshot.vectors, "meaning", ("top", "scores")),
        (snapshot.tokens, "late interaction", ("compare",)),
        (snapshot.store, "reading and folding", ("said",)),
        (search, "understanding", ("look_up", "understand")),
        (search, "verdict", ("_verdict",)),
        (results, "reading and folding", ("fold_rows",)),
        (results, "hits", ("hits",)),
    )
    for part, stage, names in stages:
        for name in names:
            setattr(part, name, watch.watched(stage, getattr(part, name)))


def questions(most: int) -> list[str]:
    """Judged questions of the sample, evenly chosen."""
    lines = (ROOT / "tests/evaluation/sample.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line)["question"] for line in lines]
    return found[:: max(1, len(found) // most)][:most]


def memory() -> dict[str, float]:
    """Resident and proportional megabytes of this process, and what of it is of its own."""
    found: dict[str, float] = {}
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines():
        name, _, rest = line.partition(":")
        if name in {"Rss", "Pss", "Private_Dirty", "Anonymous"}:
            found[name.lower()] = int(rest.split()[0]) / 1024
    return found


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """Median and 99th percentile in milliseconds."""
    p50, p99 = np.percentile(np.array(values) * 1000, (50, 99)).tolist()
    return {"p50": round(p50, 2), "p99": round(p99, 2)}


def measure(home: Path, asked: Sequence[str], encoder: Any) -> dict[str, Any]:  # noqa: ANN401 - an encoder
    """One size: time by stage, filters, memory."""
    started = time.perf_counter()
    engine = search.LocalEngine(home, encoder, verify=False)
    opened_s = time.perf_counter() - started
    opened = memory()
    watches = Stopwatch(time.perf_counter), Stopwatch(time.thread_time)
    for watch in watches:
        watch_engine(engine, watch)
        encoder.encode_tokens = watch.watched("encoding", encoder.encode_tokens)
    for text in asked:
        engine.search(Query(text=text))
    wall: list[float] = []
    own: list[float] = []
    spent: tuple[dict[str, list[float]], ...] = (defaultdict(list), defaultdict(list))
    cpu = time.process_time()
    for text in asked:
        for watch in watches:
            watch.spent.clear()
        before = time.perf_counter(), time.thread_time()
        engine.search(Query(text=text))
        wall.append(time.perf_counter() - before[0])
        own.append(time.thread_time() - before[1])
        for took, watch, whole in zip(spent, watches, (wall[-1], own[-1]), strict=True):
            for stage in STAGES[:-1]:
                took[stage].append(watch.spent[stage])
            took["rest"].append(whole - sum(watch.spent.values()))
    cpu = time.process_time() - cpu
    row: dict[str, Any] = {
        "passages": engine.state().passages,
        "papers": engine.state().papers,
        "answer_ms": percentiles(wall),
        "cpu_ms": round(1000 * cpu / len(asked), 2),
        "answer_thread_ms": percentiles(own),
        "stages_ms": {stage: percentiles(spent[0][stage]) for stage in STAGES},
        "stages_thread_ms": {stage: percentiles(spent[1][stage]) for stage in STAGES},
        "open_s": round(opened_s, 2),
        "memory_mb": {
            "opened": {name: round(value) for name, value in opened.items()},
            "served": {name: round(value) for name, value in memory().items()},
        },
    }
    row["filters"] = _filtered(engine, asked)
    row["modes_thread_ms"] = {
        mode: percentiles([_timed(engine, Query(text=text, mode=mode)) for text in asked[::2]])
        for mode in ("lexical", "dense")
    }
    row["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return row


def _filtered(engine: search.LocalEngine, asked: Sequence[str]) -> list[dict[str, Any]]:
    """Likewise under filters."""
    found = []
    for body in reversed(BODIES):
        filters = Filters(bodies=(body,))
        kept = sum(each.passages for each in engine.papers(filters))
        times = [_timed(engine, Query(text=text, filters=filters)) for text in asked[::2]]
        share = kept / engine.state().passages
        found.append({"kept": round(share, 5), "thread_ms": percentiles(times)})
    return found


def _timed(engine: search.LocalEngine, query: Query) -> float:
    """Seconds of the thread."""
    started = time.thread_time()
    engine.search(query)
    return time.thread_time() - started


def run_size(work: Path, count: int, most: int) -> dict[str, Any]:
    """Build what is missing in a process of its own, then measure in this one."""
    home = work / f"generated-{count}"
    built = home / "built.json"
    if not built.is_file():
        command = [sys.executable, __file__, "--work", str(work), "--build", str(count)]
        subprocess.run(command, check=True)
    row = measure(home, questions(most), default_encoder())
    row["build"] = json.loads(built.read_text(encoding="utf-8"))
    row["vectors"] = search.open_current(home, None, verify=False).manifest.vectors.model_dump()
    files = [path for path in (home / "generations").rglob("*") if path.is_file()]
    row["index_mb"] = round(sum(path.stat().st_size for path in files) / 1e6, 1)
    row["index_parts_mb"] = _parts(files)
    return row


def _parts(files: Sequence[Path]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for path in files:
        name = path.parent.name if path.parent.name in {LEXICAL, TOKENS, VECTORS} else path.name
        found[name] += path.stat().st_size / 1e6
    return {name: round(size, 1) for name, size in sorted(found.items())}


def _build(work: Path, count: int) -> None:
    """Build one size, and say how long it took."""
    encoder = Remembering(default_encoder())
    pool = sample_sentences(ROOT / "corpus/papers", work / "sentences.sqlite", default_encoder())
    home = work / f"generated-{count}"
    home.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    seconds = build_generated(home, Generated(pool, count), count, encoder)
    report = {
        "seconds": round(time.perf_counter() - started, 1),
        "by_part": {name: round(each, 1) for name, each in seconds.items()},
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    (home / "built.json").write_text(json.dumps(report), encoding="utf-8")


def markdown(rows: Sequence[dict[str, Any]]) -> str:
    """The rows as tables."""
    lines = [
        "| passages | p50 ms | p99 ms | thread p50 | p99 | RSS MB | own MB | index MB | built s |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        answer, own = row["answer_ms"], row["answer_thread_ms"]
        served = row["memory_mb"]["served"]
        lines.append(
            f"| {row['passages']:,} | {answer['p50']} | {answer['p99']} "
            f"| {own['p50']} | {own['p99']} | {served['rss']} | {served['anonymous']} "
            f"| {row['index_mb']:,} | {row['build']['seconds']} |"
        )
    sizes = "".join(f" {row['passages']:,} |" for row in rows)
    lines += ["", f"| p50 / p99 ms of the thread |{sizes}"]
    lines.append("|---|" + "---:|" * len(rows))
    for stage in STAGES:
        cells = (row["stages_thread_ms"][stage] for row in rows)
        lines.append(f"| {stage} |" + "".join(f" {c['p50']} / {c['p99']} |" for c in cells))
    lines += ["", f"| filters, p50 / p99 ms of the thread |{sizes}"]
    lines.append("|---|" + "---:|" * len(rows))
    for at in range(len(BODIES)):
        cells = (row["filters"][at] for row in rows)
        lines.append(
            f"| filter {at + 1} |"
            + "".join(
                f" {100 * c['kept']:.2g} %: {c['thread_ms']['p50']} / {c['thread_ms']['p99']} |"
                for c in cells
            )
        )
    return "\n".join(lines)


def main() -> None:
    """Measure each size in a process of its own; print tables, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--work", type=Path, required=True, help="folder for the indexes")
    parser.add_argument("--sizes", default="1000,10000,100000", help="numbers of passages")
    parser.add_argument("--questions", type=int, default=200, help="how many are asked")
    parser.add_argument("--json", type=Path, help="file to write the figures to")
    parser.add_argument("--build", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    if given.build:
        _build(given.work, given.build)
        return
    if given.one:
        print(json.dumps(run_size(given.work, given.one, given.questions)))
        return
    rows = []
    for size in given.sizes.split(","):
        command = [
            sys.executable, __file__, "--work", str(given.work), "--one", size,
            "--questions", str(given.questions),
        ]  # fmt: skip
        # Idle threads of OpenMP would be counted as work.
        env = os.environ | {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=env)
        rows.append(json.loads(done.stdout.splitlines()[-1]))
    print(markdown(rows))
    if given.json:
        found = {"part": "growth", "machine": machine(), "rows": rows}
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
