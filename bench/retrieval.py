"""
judged sets -> a Markdown table: each leg, their fusion as shipped, and the fusions refused.

Why the refused ones too: a choice of fusion is a comparison, to be printed again by anyone.
They are computed here, from the rankings that the two legs of the engine give.

    python bench/retrieval.py FOLDER [--cache DIR] [--sets a,b] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.embedding import SentenceTransformerEncoder
from wgsearch.errors import EmptyQuestionError
from wgsearch.evaluation import evaluate, ndcg, read_judged_set, recall
from wgsearch.fusion import standardised
from wgsearch.ranking import DEPTH
from wgsearch.search import LocalEngine, Query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.embedding import Encoder
    from wgsearch.search import Hit, Mode

    # File, paragraph and piece of a passage.
    Key = tuple[str, int, int]
    Leg = Sequence[Hit]

# Constant of the reciprocal ranks: Cormack, Clarke and Büttcher, Reciprocal rank fusion
# outperforms Condorcet and individual rank learning methods (2009).
RRF_K = 60
SHIPPED: tuple[Mode, ...] = ("lexical", "dense", "hybrid")
RESAMPLES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    One way of ranking on one set.

    Attributes:
        name: Name of the set.
        documents: Number of documents.
        queries: Number of questions with judgements.
        way: The way of ranking.
        ndcg_at_10: Mean over the questions.
        recall_at_100: Likewise.
        against_hybrid: Mean difference of nDCG@10 from the fusion as shipped, and the ends of
            its 95 % interval; None for what is measured as a whole.
    """

    name: str
    documents: int
    queries: int
    way: str
    ndcg_at_10: float
    recall_at_100: float
    against_hybrid: tuple[float, float, float] | None = None


def reciprocal_ranks(legs: Sequence[Leg]) -> dict[Key, float]:
    """Sum over the legs of 1 / (60 + rank)."""
    scores: dict[Key, float] = {}
    for hit in (hit for leg in legs for hit in leg):
        scores[_key(hit)] = scores.get(_key(hit), 0.0) + 1 / (RRF_K + hit.rank)
    return scores


def lowest_for_missing(legs: Sequence[Leg]) -> dict[Key, float]:
    """Sum of standardised scores, a leg's lowest for what is not among its candidates."""
    scores = dict.fromkeys((_key(hit) for leg in legs for hit in leg), 0.0)
    for leg in legs:
        if not leg:
            continue
        own = np.array([hit.score for hit in leg])
        placed = standardised(own, own).tolist()
        by_key = dict(zip(map(_key, leg), placed, strict=True))
        for key in scores:
            scores[key] += by_key.get(key, placed[-1])
    return scores


REFUSED: dict[str, Callable[[Sequence[Leg]], dict[Key, float]]] = {
    f"reciprocal ranks, k={RRF_K}": reciprocal_ranks,
    "standardised, lowest for a missing leg": lowest_for_missing,
}


def measure(folder: Path, encoder: Encoder, cache: Path | None) -> list[Row]:
    """All ways on one set; embeddings are kept in the cache, where there is one."""
    judged = read_judged_set(folder)
    with tempfile.TemporaryDirectory(prefix="wgsearch-") as aside:
        index = Path(aside)
        if cache:
            # Only embeddings are kept: a kept generation would measure the code that made it.
            cache.mkdir(parents=True, exist_ok=True)
            kept = cache.resolve() / "embeddings.sqlite"
            (index / kept.name).symlink_to(kept)
        shipped = [evaluate(folder, encoder, mode=mode, index=index) for mode in SHIPPED]
        engine = LocalEngine(index, encoder)
        runs = {query: _rankings(engine, text) for query, text in judged.queries.items()}

    row = partial(
        Row, name=judged.name, documents=len(judged.documents), queries=len(judged.queries)
    )
    rows = [
        row(way=each.mode, ndcg_at_10=each.ndcg_at_10, recall_at_100=each.recall_at_100)
        for each in shipped
    ]
    gains = {
        way: [ndcg(run[way], judged.qrels[query], 10) for query, run in runs.items()]
        for way in ("hybrid", *REFUSED)
    }
    for way in REFUSED:
        found = fmean(recall(run[way], judged.qrels[query], 100) for query, run in runs.items())
        against = _difference(gains[way], gains["hybrid"])
        rows.append(
            row(way=way, ndcg_at_10=fmean(gains[way]), recall_at_100=found, against_hybrid=against)
        )
    return rows


def _rankings(engine: LocalEngine, text: str) -> dict[str, list[str]]:
    """Documents for a question, best first, by the fusion as shipped and by those refused."""
    state = engine.state()
    # As deep as the fusion as shipped looks: long documents have several passages.
    k = max(DEPTH, 100 * -(-state.passages // state.papers))
    try:
        legs = {mode: engine.search(Query(text=text, k=k, mode=mode)).hits for mode in SHIPPED}
    except EmptyQuestionError:
        return {way: [] for way in ("hybrid", *REFUSED)}
    found = {"hybrid": list(dict.fromkeys(hit.passage.file for hit in legs["hybrid"]))}
    for way, fuse in REFUSED.items():
        scores = fuse((legs["lexical"], legs["dense"]))
        best = sorted(scores, key=lambda key: (-scores[key], key))
        found[way] = list(dict.fromkeys(file for file, _, _ in best))
    return found


def _key(hit: Hit) -> Key:
    """What tells a passage from all others."""
    return hit.passage.file, hit.passage.index, hit.passage.piece


def _difference(one: Sequence[float], other: Sequence[float]) -> tuple[float, float, float]:
    """Mean difference by question, with its 95 % interval by resampling the questions."""
    differences = np.subtract(one, other)
    drawn = np.random.default_rng(0).choice(differences, (RESAMPLES, len(differences)))
    low, high = np.percentile(drawn.mean(axis=1), (2.5, 97.5)).tolist()
    return float(differences.mean()), low, high


def _table(rows: Sequence[Row]) -> str:
    """The rows in Markdown."""
    lines = [
        "| set | documents | questions | ranking | nDCG@10 | recall@100 | nDCG@10 against hybrid |",
        "|---|---:|---:|---|---:|---:|---|",
    ]
    for row in rows:
        against = "{:+.3f} [{:+.3f}, {:+.3f}]".format(*row.against_hybrid or (0, 0, 0))
        lines.append(
            f"| {row.name} | {row.documents:,} | {row.queries} | {row.way} | {row.ndcg_at_10:.3f} "
            f"| {row.recall_at_100:.3f} | {against if row.against_hybrid else ''} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Measure the sets that the command line names."""
    parser = argparse.ArgumentParser(description="Measure rankings on judged sets.")
    parser.add_argument("folder", type=Path, help="folder of judged sets in BEIR layout")
    parser.add_argument("--cache", type=Path, help="folder to keep embeddings in")
    parser.add_argument("--sets", help="names of sets, separated by commas; by default all")
    parser.add_argument("--json", action="store_true", help="print one JSON array instead")
    asked = parser.parse_args()
    there = sorted(path.parents[1].name for path in asked.folder.glob("*/qrels/test.tsv"))
    names = asked.sets.split(",") if asked.sets else there
    if not names or not set(names) <= set(there):
        parser.error(f"{str(asked.folder)!r} holds the sets {there}, asked for {names}")
    encoder = SentenceTransformerEncoder()
    rows: list[Row] = []
    for name in names:
        print(f"{name} ...", file=sys.stderr)
        rows += measure(asked.folder / name, encoder, asked.cache)
    print(json.dumps([asdict(row) for row in rows], indent=2) if asked.json else _table(rows))


if __name__ == "__main__":
    main()
