"""
a judged set -> Measured: through the code that serves.

Why the same code: a number measured beside the product says nothing about the product.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.errors import JudgementsError
from wgsearch.evaluation.engines import WordsOnly, engine_over
from wgsearch.evaluation.judged import JudgedSet, read_judged_set
from wgsearch.evaluation.measures import mean, ndcg, recall, reciprocal_rank, success
from wgsearch.evaluation.runs import Latency, Ranked, Run, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from wgsearch.answers import Mode
    from wgsearch.embedding import Encoder
    from wgsearch.index.reading import Progress
    from wgsearch.reranking import Reranker
    from wgsearch.search import LocalEngine

# Each with the name that reports give it; the first tells which questions rose and fell.
MEASURES: dict[str, Callable[[Sequence[str], Mapping[str, int]], float]] = {
    "ndcg@10": lambda found, grades: ndcg(found, grades, 10),
    "recall@100": lambda found, grades: recall(found, grades, 100),
    "mrr@10": lambda found, grades: reciprocal_rank(found, grades, 10),
    "success@5": lambda found, grades: success(found, grades, 5),
}
_FIRST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredQuestion:
    """
    One question of a judged set, asked.

    Attributes:
        id: Its id.
        question: Its text.
        grades: Grades of the relevant documents.
        found: At most a hundred documents, best first.
        values: Measures by name.
    """

    id: str
    question: str
    grades: dict[str, int]
    found: tuple[str, ...]
    values: dict[str, float]

    def to_json(self) -> dict[str, object]:
        """As `--per-query` prints it."""
        return {
            "id": self.id,
            "question": self.question,
            **{name: round(value, 6) for name, value in self.values.items()},
            "found": list(self.found[:_FIRST]),
            "missed": [each for each in self.grades if each not in self.found],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """
    Means over the questions of a judged set.

    Attributes:
        name: Name of the set.
        documents: Number of documents.
        queries: Number of questions with judgements.
        mode: Which legs took part.
        ndcg_at_10: Normalised discounted cumulative gain of the first ten.
        recall_at_100: Share of the relevant documents among the first hundred.
        mrr_at_10: Reciprocal rank of the first relevant document, 0 beyond ten.
        success_at_5: Share of questions with a relevant document among the first five.
        seconds: Building and answering together.
        encoder: Identity of the encoder; None where words alone were asked.
        reranker: Identity of the reranker; None without one.
        languages: Languages of the documents.
        annotated: How many questions were asked with their annotation; None when not wanted.
        latency: How long answering took.
        digest: SHA-256 of questions and judgements.
        notes: What is odd in the set, and which questions could not be asked.
        questions: Each question by itself.
    """

    name: str
    documents: int
    queries: int
    mode: Mode
    ndcg_at_10: float
    recall_at_100: float
    mrr_at_10: float
    success_at_5: float
    seconds: float
    encoder: str | None
    reranker: str | None
    languages: tuple[str, ...]
    annotated: int | None
    latency: Latency | None
    digest: str
    notes: tuple[str, ...]
    questions: tuple[MeasuredQuestion, ...]

    def to_json(self, *, per_query: bool = False) -> dict[str, object]:
        """The measures as `wgsearch evaluate --json` prints them."""
        shown: dict[str, object] = {
            "name": self.name,
            "documents": self.documents,
            "queries": self.queries,
            "mode": self.mode,
            "ndcg@10": round(self.ndcg_at_10, 4),
            "recall@100": round(self.recall_at_100, 4),
            "mrr@10": round(self.mrr_at_10, 4),
            "success@5": round(self.success_at_5, 4),
            "seconds": round(self.seconds, 2),
            "encoder": self.encoder,
            "reranker": self.reranker,
            "languages": list(self.languages),
            "annotated": self.annotated,
            "latency_ms": self.latency.to_json() if self.latency else None,
            "digest": self.digest,
            "notes": list(self.notes),
        }
        if per_query:
            shown["per_query"] = [each.to_json() for each in self.questions]
        return shown


def evaluate(
    folder: Path,
    encoder: Encoder,
    *,
    mode: Mode = "hybrid",
    index: Path | None = None,
    reranker: Reranker | None = None,
    with_annotation: bool = False,
    progress: Progress | None = None,
) -> Measured:
    """
    Measure the search on a judged set.

    Args:
        folder: A set in BEIR layout.
        encoder: The encoder; encodes nothing when words alone are asked.
        mode: Which legs take part.
        index: Where to keep the set's index, so that its vectors serve again; by default it is
            built in a temporary folder.
        reranker: Reads the best of the legs' sum again; None for none.
        with_annotation: Ask a question with `metadata.annotation` as an agenda item is asked.
        progress: Told how far building and asking are.

    Raises:
        JudgementsError: The folder is no such set, or the index is one of papers; the message
            names the file.
    """
    judged = read_judged_set(folder)
    return measure(
        judged,
        encoder,
        mode=mode,
        index=index,
        reranker=reranker,
        with_annotation=with_annotation,
        progress=progress,
    )


def measure(
    judged: JudgedSet,
    encoder: Encoder,
    *,
    mode: Mode = "hybrid",
    index: Path | None = None,
    reranker: Reranker | None = None,
    with_annotation: bool = False,
    progress: Progress | None = None,
) -> Measured:
    """A set that is read already; else as `evaluate`."""
    if with_annotation and not judged.annotations:
        raise JudgementsError(
            f"no judged question of {judged.name!r} has metadata.annotation; "
            "leave out --with-annotation"
        )
    started = time.perf_counter()
    with engine_over(
        judged, encoder, modes=(mode,), index=index, reranker=reranker, progress=progress
    ) as engine:
        return measured(
            engine,
            judged,
            mode=mode,
            with_annotation=with_annotation,
            progress=progress,
            started=started,
        )


def measured(
    engine: LocalEngine,
    judged: JudgedSet,
    *,
    mode: Mode,
    started: float,
    with_annotation: bool = False,
    progress: Progress | None = None,
) -> Measured:
    """
    Measures of an engine over the documents of a set.

    Args:
        engine: The engine.
        judged: The set.
        mode: Which legs take part.
        started: Reading of `time.perf_counter` that seconds are counted from.
        with_annotation: Ask a question with an annotation as an agenda item is asked.
        progress: Told how many questions are asked.
    """
    done = run(engine, judged, mode=mode, with_annotation=with_annotation, progress=progress)
    questions = _questions(judged, done)
    identity = engine.state().encoder
    means = {name: mean(each.values[name] for each in questions) or 0.0 for name in MEASURES}
    return Measured(
        name=judged.name,
        documents=len(judged.documents),
        queries=len(questions),
        mode=mode,
        ndcg_at_10=means["ndcg@10"],
        recall_at_100=means["recall@100"],
        mrr_at_10=means["mrr@10"],
        success_at_5=means["success@5"],
        seconds=time.perf_counter() - started,
        encoder=None if identity == WordsOnly.identity else identity,
        reranker=engine.reranker if mode == "hybrid" else None,
        languages=judged.languages,
        annotated=len(judged.annotations) if with_annotation else None,
        latency=done.latency,
        digest=judged.digest,
        notes=(*judged.notes, *done.notes),
        questions=questions,
    )


def _questions(judged: JudgedSet, done: Run) -> tuple[MeasuredQuestion, ...]:
    """Each question with its measures."""

    def one(name: str, ranked: Ranked) -> MeasuredQuestion:
        grades = judged.qrels[name]
        return MeasuredQuestion(
            id=name,
            question=judged.queries[name],
            grades=grades,
            found=ranked.documents,
            values={each: value(ranked.documents, grades) for each, value in MEASURES.items()},
        )

    return tuple(one(name, ranked) for name, ranked in done.ranked.items())
