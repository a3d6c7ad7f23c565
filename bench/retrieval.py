"""
judged sets -> a table: each leg, their fusion as shipped, and the fusions refused.

Why the refused ones too: a choice of fusion is a comparison, to be printed again by anyone.
They are computed here, from the rankings that the legs of the engine give.

    python bench/retrieval.py FOLDER [--cache DIR] [--sets a,b] [--modes lexical] [--json]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, get_args

import numpy as np

from wgsearch.answers import Mode
from wgsearch.embedding import (
    DEFAULT_ENCODER,
    EmbeddingCache,
    Prompts,
    SentenceTransformerEncoder,
)
from wgsearch.errors import EmptyQuestionError, JudgementsError, QuestionTooLongError
from wgsearch.evaluation import ndcg, read_judged_set, recall
from wgsearch.evaluation.engines import engine_over
from wgsearch.evaluation.runs import DEPTH as DOCUMENTS
from wgsearch.evaluation.runs import hits_for
from wgsearch.evaluation.sets import measured
from wgsearch.evaluation.significance import bootstrap_interval, randomisation_p
from wgsearch.fusion import standardised
from wgsearch.ranking import DEPTH
from wgsearch.search import Query

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.embedding import Role, Vectors
    from wgsearch.evaluation import JudgedSet, Measured
    from wgsearch.search import Hit, LocalEngine

    # File, paragraph and piece of a passage.
    Key = tuple[str, int, int]
    Leg = Sequence[Hit]

# Constant of the reciprocal ranks: Cormack, Clarke and Büttcher, Reciprocal rank fusion
# outperforms Condorcet and individual rank learning methods (2009).
RRF_K = 60
FUSED: Mode = "hybrid"
# The fusion last; a leg that the engine learns is a leg here.
SHIPPED: tuple[Mode, ...] = (*(mode for mode in get_args(Mode) if mode != FUSED), FUSED)
# Fusing may cost at most so much against the better leg.
ALLOWED = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    One way of ranking on one set.

    Attributes:
        name: Name of the set.
        languages: Languages of its documents.
        documents: Number of documents.
        queries: Number of questions with judgements.
        way: The way of ranking.
        shipped: Whether the engine ranks so when asked to.
        ndcg_at_10: Mean over the questions.
        recall_at_100: Likewise.
        p50_ms: Median time of an answer, the question's vector known; None for what is
            computed here.
        p95_ms: Nineteen of twenty answers take no longer; likewise.
        against_hybrid: Mean difference of nDCG@10 from the fusion as shipped, the ends of its
            95 % interval and its p; None for the fusion itself, and where it is not measured.
    """

    name: str
    languages: tuple[str, ...]
    documents: int
    queries: int
    way: str
    shipped: bool
    ndcg_at_10: float
    recall_at_100: float
    p50_ms: float | None = None
    p95_ms: float | None = None
    against_hybrid: tuple[float, float, float, float] | None = None


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


class Remembering:
    """
    An encoder that encodes no text twice, questions included: three ways ask the same ones.

    Args:
        encoder: What encodes.
        kept: The file of vectors.
    """

    def __init__(self, encoder: SentenceTransformerEncoder, kept: Path) -> None:
        self._encoder = encoder
        self._cache = EmbeddingCache(kept)
        self.identity = encoder.identity
        self.dimension = encoder.dimension
        self.has_tokens = encoder.has_tokens
        self.encode_tokens = encoder.encode_tokens
        self.spans_of = encoder.spans_of

    def encode(
        self,
        texts: Sequence[str],
        progress: Callable[[int], None] | None = None,
        *,
        role: Role = "passage",
    ) -> Vectors:
        """Rows in the order of the texts; of questions with a prompt, anew each time."""
        if role == "question" and self._encoder.prompts != Prompts():
            return self._encoder.encode(texts, progress, role=role)
        rows = self._cache.encode(self._encoder, texts).rows
        if progress:
            progress(len(texts))
        return rows


def measure(
    judged: JudgedSet, encoder: SentenceTransformerEncoder, modes: Sequence[Mode], cache: Path
) -> list[Row]:
    """All ways on one set."""
    with tempfile.TemporaryDirectory(prefix="wgsearch-") as aside:
        index = Path(aside)
        # Only embeddings are kept: a kept generation would measure the code that made it.
        kept = cache.resolve() / "embeddings.sqlite"
        (index / kept.name).symlink_to(kept)
        remembering = Remembering(encoder, kept)
        tell = _teller(judged.name)
        with engine_over(judged, remembering, modes=modes, index=index, progress=tell) as engine:
            if modes != ("lexical",):
                _encode_questions(engine, judged, tell)
            started = time.perf_counter()
            found = {
                mode: measured(engine, judged, mode=mode, started=started, progress=tell)
                for mode in modes
            }
            others = _refused(engine, judged) if FUSED in modes else {}
    return _rows(judged, found, others)


def _encode_questions(
    engine: LocalEngine, judged: JudgedSet, tell: Callable[[str, int, int], None]
) -> None:
    """Ask each question once, untimed: the ways that are timed find its vector ready."""
    for done, text in enumerate(judged.queries.values(), start=1):
        with contextlib.suppress(EmptyQuestionError, QuestionTooLongError):
            engine.search(Query(text=text, k=1, mode="dense", fold=False, explain=False))
        tell("encode questions", done, len(judged.queries))


def _rows(
    judged: JudgedSet,
    found: dict[Mode, Measured],
    refused: dict[str, dict[str, list[str]]],
) -> list[Row]:
    """Rows of the ways that ship, then of those refused, each against the fusion."""
    row = partial(
        Row,
        name=judged.name,
        languages=judged.languages,
        documents=len(judged.documents),
        queries=len(judged.queries),
    )
    gains = {
        mode: [each.values["ndcg@10"] for each in one.questions] for mode, one in found.items()
    }
    fused = gains.get(FUSED)
    rows = [
        row(
            way=mode,
            shipped=True,
            ndcg_at_10=one.ndcg_at_10,
            recall_at_100=one.recall_at_100,
            p50_ms=one.latency.p50 if one.latency else None,
            p95_ms=one.latency.p95 if one.latency else None,
            against_hybrid=_difference(gains[mode], fused) if fused and mode != FUSED else None,
        )
        for mode, one in found.items()
    ]
    for way, run in refused.items():
        gained = [ndcg(run[query], judged.qrels[query], 10) for query in judged.queries]
        held = fmean(recall(run[query], judged.qrels[query], 100) for query in judged.queries)
        rows.append(
            row(
                way=way,
                shipped=False,
                ndcg_at_10=fmean(gained),
                recall_at_100=held,
                against_hybrid=_difference(gained, fused) if fused else None,
            )
        )
    return rows


def _refused(engine: LocalEngine, judged: JudgedSet) -> dict[str, dict[str, list[str]]]:
    """Documents by question, best first, by each of the fusions refused."""
    # As deep as the fusion as shipped looks: long documents have several passages.
    k = max(DEPTH, hits_for(engine))
    runs: dict[str, dict[str, list[str]]] = {way: {} for way in REFUSED}
    for query, text in judged.queries.items():
        try:
            legs = [
                engine.search(Query(text=text, k=k, mode=mode, fold=False, explain=False)).hits
                for mode in SHIPPED
                if mode != FUSED
            ]
        except (EmptyQuestionError, QuestionTooLongError):
            legs = []
        for way, fuse in REFUSED.items():
            scores = fuse(legs)
            best = sorted(scores, key=lambda key: (-scores[key], key))
            runs[way][query] = list(dict.fromkeys(file for file, _, _ in best))[:DOCUMENTS]
    return runs


def _key(hit: Hit) -> Key:
    """What tells a passage from all others."""
    return hit.passage.file, hit.passage.index, hit.passage.piece


def _difference(one: Sequence[float], other: Sequence[float]) -> tuple[float, float, float, float]:
    """Mean difference by question, the ends of its 95 % interval, and its p."""
    differences = np.subtract(one, other).tolist()
    return fmean(differences), *bootstrap_interval(differences), randomisation_p(differences)


def _teller(name: str) -> Callable[[str, int, int], None]:
    """Tells on standard error how far a set is, every few seconds."""
    told = {"at": time.monotonic()}

    def tell(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - told["at"] >= 10:  # noqa: PLR2004 - seconds; often enough to see it lives
            told["at"] = now
            print(f"{name}: {stage} {done} of {total}", file=sys.stderr)

    return tell


def _table(rows: Sequence[Row]) -> str:
    """The rows in Markdown."""
    titles = ("set", "languages", "documents", "questions", "ranking", "nDCG@10", "recall@100")
    lines = [
        f"| {' | '.join(titles)} | p50, p95 ms | nDCG@10 against hybrid |",
        "|---|---|---:|---:|---|---:|---:|---:|---|",
    ]
    for row in rows:
        against, took = "", ""
        if row.against_hybrid:
            against = "{:+.3f} [{:+.3f}, {:+.3f}], p {:.3f}".format(*row.against_hybrid)
        if row.p50_ms is not None:
            took = f"{row.p50_ms:.0f}, {row.p95_ms:.0f}"
        way = row.way if row.shipped else f"refused: {row.way}"
        lines.append(
            f"| {row.name} | {' '.join(row.languages)} | {row.documents:,} | {row.queries:,} "
            f"| {way} | {row.ndcg_at_10:.3f} | {row.recall_at_100:.3f} | {took} | {against} |"
        )
    return "\n".join(lines)


def _below(rows: Sequence[Row]) -> list[str]:
    """Sets on which fusing costs more than it may."""
    found = []
    for row in rows:
        if row.way != FUSED:
            continue
        legs = [each for each in rows if each.name == row.name and each.shipped]
        best = max(legs, key=lambda each: each.ndcg_at_10)
        if row.ndcg_at_10 < best.ndcg_at_10 - ALLOWED:
            found.append(
                f"{row.name}: {FUSED} {row.ndcg_at_10:.3f} is below {best.way} "
                f"{best.ndcg_at_10:.3f} by more than {ALLOWED}"
            )
    return found


def _sets(folder: Path, names: str | None) -> list[Path]:
    """Folders of the sets named; else all there are, or the folder itself when it is one."""
    if names:
        return [folder / each.strip() for each in names.split(",")]
    if (folder / "corpus.jsonl").is_file():
        return [folder]
    return sorted(each for each in folder.iterdir() if each.is_dir())


def _asked() -> argparse.Namespace:
    """What the command line names."""
    parser = argparse.ArgumentParser(description="Measure rankings on judged sets.")
    parser.add_argument(
        "folder", type=Path, help="a judged set in BEIR layout, or a folder of them"
    )
    parser.add_argument("--cache", type=Path, help="folder to keep embeddings in")
    parser.add_argument("--sets", help="names of sets, separated by commas; by default all")
    parser.add_argument(
        "--modes", default=",".join(SHIPPED), help="of %(default)s; lexical is quick"
    )
    parser.add_argument("--encoder", default=DEFAULT_ENCODER, help="name or folder of a model")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")
    asked = parser.parse_args()
    asked.modes = tuple(each.strip() for each in asked.modes.split(","))
    if not set(asked.modes) <= set(SHIPPED):
        parser.error(f"modes are {', '.join(SHIPPED)}, asked for {', '.join(asked.modes)}")
    if not asked.folder.is_dir():
        parser.error(f"{str(asked.folder)!r} is no folder; name one that holds judged sets")
    return asked


def main() -> int:
    """Measure the sets that the command line names; 1 when one of them cannot be."""
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="wgsearch-") as aside:
        cache = asked.cache or Path(aside)
        cache.mkdir(parents=True, exist_ok=True)
        rows, notes, left_out = _measured(asked, cache)
    notes += _below(rows)
    if asked.json:
        shown = [asdict(row) for row in rows]
        found = {"encoder": asked.encoder, "rows": shown, "notes": notes, "left_out": left_out}
        print(json.dumps(found, indent=2))
    else:
        print(_table(rows))
        for each in (*notes, *(f"left out: {each}" for each in left_out)):
            print(f"- {each}")
    return 1 if left_out or not rows else 0


def _measured(asked: argparse.Namespace, cache: Path) -> tuple[list[Row], list[str], list[str]]:
    """Rows, what is odd in the sets, and what is no set."""
    encoder = SentenceTransformerEncoder(asked.encoder)
    rows: list[Row] = []
    notes: list[str] = []
    left_out: list[str] = []
    for folder in _sets(asked.folder, asked.sets):
        print(f"{folder.name} ...", file=sys.stderr)
        try:
            judged = read_judged_set(folder)
        except JudgementsError as error:
            left_out.append(f"{folder.name}: {error}")
            print(f"left out: {left_out[-1]}", file=sys.stderr)
            continue
        notes += [f"{judged.name}: {each}" for each in judged.notes]
        rows += measure(judged, encoder, asked.modes, cache)
    return rows, notes, left_out


if __name__ == "__main__":
    sys.exit(main())
