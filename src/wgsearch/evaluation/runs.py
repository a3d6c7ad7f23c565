"""
the questions of a judged set and an engine -> what was found for each, and how long it took.

Why documents: judgements name documents, and of a long one the best passage counts.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgsearch.agenda import Agenda, AgendaItem
from wgsearch.answers import Filters, Query
from wgsearch.errors import EmptyQuestionError, QuestionTooLongError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.answers import Answer, Engine, Hit, Mode
    from wgsearch.evaluation.judged import JudgedSet
    from wgsearch.index.reading import Progress
    from wgsearch.search import LocalEngine

# The deepest measure looks at so many documents.
DEPTH = 100
_NO_AGENDA = Agenda(symbol=None, title=None, items=(), timetable=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """
    How long answering takes, in milliseconds, the question encoded and its hits made.

    Attributes:
        mean: Over the questions.
        p50: Median.
        p95: Of twenty answers nineteen are not slower.
        hits: How many hits were asked for.
    """

    mean: float
    p50: float
    p95: float
    hits: int

    def to_json(self) -> dict[str, float]:
        """As reports print it."""
        shares = {"mean": self.mean, "p50": self.p50, "p95": self.p95}
        return {name: round(value, 2) for name, value in shares.items()} | {"hits": self.hits}


class Place(NamedTuple):
    """A paragraph of an index: its file, and its position in the paper."""

    file: str
    position: int


class Ranked(NamedTuple):
    """
    What was found for one question.

    Attributes:
        documents: At most a hundred, best first, each once.
        took_ms: Milliseconds of the first answer; None when nothing was asked.
        refused: Why nothing was asked: the question is empty or too long.
    """

    documents: tuple[str, ...]
    took_ms: float | None
    refused: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """
    A judged set, asked.

    Attributes:
        ranked: What was found, by query id.
        latency: None when every question was refused.
        notes: Which questions were refused, and why.
    """

    ranked: dict[str, Ranked]
    latency: Latency | None
    notes: tuple[str, ...]


def run(
    engine: LocalEngine,
    judged: JudgedSet,
    *,
    mode: Mode,
    with_annotation: bool = False,
    progress: Progress | None = None,
) -> Run:
    """
    Ask every judged question.

    Args:
        engine: The engine over the set's documents.
        judged: The set.
        mode: Which legs take part.
        with_annotation: Ask a question that has an annotation as an agenda item is asked.
        progress: Told how many questions are asked.
    """
    k = hits_for(engine)
    warm(engine, mode)
    ranked: dict[str, Ranked] = {}
    for done, (name, text) in enumerate(judged.queries.items(), start=1):
        annotation = judged.annotations.get(name) if with_annotation else None
        ranked[name] = _ranked(engine, text, annotation, mode=mode, k=k)
        if progress:
            progress("ask", done, len(judged.queries))
    return Run(
        ranked=ranked,
        latency=latency([each.took_ms for each in ranked.values()], k),
        notes=tuple(
            f"{name!r} finds nothing: {r.refused}" for name, r in ranked.items() if r.refused
        ),
    )


def hits_for(engine: LocalEngine) -> int:
    """How many passages hold a hundred documents, if documents had equally many."""
    state = engine.state()
    return DEPTH * max(1, math.ceil(state.passages / max(1, state.papers)))


def warm(engine: Engine, mode: Mode) -> None:
    """Load what the first question would load, so that its time is that of a question."""
    engine.search(Query(text="a first question", k=1, mode=mode, fold=False, explain=False))


def shown_by(hit: Hit) -> tuple[Place, ...]:
    """Where a hit's paragraph stands, and where those stand that are folded into it."""
    own = Place(hit.passage.file, hit.passage.index)
    return (own, *(Place(each.file, each.index) for each in hit.also_in))


def latency(took_ms: Sequence[float | None], hits: int) -> Latency | None:
    """Mean and percentiles of what was answered, None of nothing."""
    held = [each for each in took_ms if each is not None]
    if not held:
        return None
    half, most = np.percentile(held, (50, 95)).tolist()
    return Latency(mean=math.fsum(held) / len(held), p50=half, p95=most, hits=hits)


def _ranked(
    engine: LocalEngine, text: str, annotation: str | None, *, mode: Mode, k: int
) -> Ranked:
    """Documents for a question: more passages are asked for until enough documents are found."""
    took_ms: float | None = None
    while True:
        try:
            answer = _answer(engine, text, annotation, mode=mode, k=k)
        except (EmptyQuestionError, QuestionTooLongError) as error:
            return Ranked((), None, str(error))
        took_ms = answer.took_ms if took_ms is None else took_ms
        documents = tuple(dict.fromkeys(p.file for hit in answer.hits for p in shown_by(hit)))
        if len(documents) >= DEPTH or len(answer.hits) < k:
            return Ranked(documents[:DEPTH], took_ms)
        k *= 2


def _answer(
    engine: LocalEngine, text: str, annotation: str | None, *, mode: Mode, k: int
) -> Answer:
    """A question, or an agenda item of this title and annotation."""
    if annotation is None:
        return engine.search(Query(text=text, k=k, mode=mode, fold=False, explain=False))
    item = AgendaItem(number="1", title=text, sub_items=(), annotation=annotation, documents=())
    return engine.item(_NO_AGENDA, item, k=k, filters=Filters(), mode=mode).answer
