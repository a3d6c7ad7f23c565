"""
Question -> ranked rows: two legs and their sum, within what the filters allow.

Why filters first: a leg cut at its best candidates and filtered afterwards loses hits
under a narrow filter, and then says that there are none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.embedding import reads_english_only
from wgsearch.fusion import BEST, Ranking, fuse, ranked, standardised
from wgsearch.index.lexical import Asked, Within
from wgsearch.passages import MAX_WORDS, count_words, embedded_text, split_text
from wgsearch.reranking import rerank

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from wgsearch.answers import Filters, Mode
    from wgsearch.embedding import Encoder, Vectors
    from wgsearch.index.snapshot import Snapshot
    from wgsearch.question import Question
    from wgsearch.reranking import Reranker

# Candidates of each leg. Fewer lose passages that only the sum of both legs brings up.
DEPTH = 200
# Passages of one paper among the first answers for an agenda item: its discussion draws on
# several papers.
PER_PAPER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """
    Rows in the order of the answer, and the legs they come from.

    Attributes:
        answer: The order of the answer.
        lexical: Candidates by words; empty when the leg takes no part.
        dense: Candidates by meaning; likewise.
        reranked: The best of the legs' sum by the reranker alone; None without one.
    """

    answer: Ranking
    lexical: Ranking
    dense: Ranking
    reranked: Ranking | None = None


def rank(
    snapshot: Snapshot,
    question: Question,
    *,
    filters: Filters,
    mode: Mode,
    k: int,
    encoder: Callable[[], Encoder],
) -> Ranked:
    """
    Rank the rows that the filters allow.

    Args:
        snapshot: What is searched.
        question: The question.
        filters: What a hit must be.
        mode: Which legs take part.
        k: At least so many candidates, where there are.
        encoder: Asked for only when the dense leg takes part.
    """
    papers = allowed_papers(snapshot, filters)
    if not papers.any():
        return Ranked(answer=_nothing(), lexical=_nothing(), dense=_nothing())
    within = Within(
        papers=None if papers.all() else np.flatnonzero(papers).tolist(),
        phrases=question.phrases,
        excluded=question.excluded,
        prefixes=question.prefixes,
    )
    asked = asked_of(question)
    depth = max(DEPTH, k)
    lexical = dense = _nothing()
    if mode != "dense":
        lexical = snapshot.lexical.top(asked, depth, within)
    if mode == "lexical":
        return Ranked(answer=lexical, lexical=lexical, dense=dense)
    rows = _allowed_rows(snapshot, papers, within)
    vector = encode_question(encoder(), question)
    dense = snapshot.vectors.top(vector, depth, rows)
    if mode == "dense":
        return Ranked(answer=dense, lexical=lexical, dense=dense)
    union = np.union1d(lexical.rows, dense.rows)
    eligible = snapshot.store.rows if rows is None else int(rows.sum())
    # Both legs can score any row, so a candidate of one leg has its true score in the other.
    words = snapshot.lexical.scores(asked, union)
    meaning = snapshot.vectors.scores(vector, union)
    fused = fuse(
        (standardised(words, _padded(lexical, eligible)), standardised(meaning, dense.scores))
    )
    return Ranked(answer=ranked(union, fused, len(union)), lexical=lexical, dense=dense)


def rerank_best(
    snapshot: Snapshot, question: Question, found: Ranked, reranker: Reranker
) -> Ranked:
    """
    The ranking with its best read again, each with the context that it is embedded with.

    Args:
        snapshot: What is searched.
        question: The question.
        found: The ranking of the legs.
        reranker: What reads question and passages.
    """

    def texts_of(rows: NDArray[np.int64]) -> list[str]:
        return [embedded_text(each) for each in snapshot.store.passages(rows.tolist())]

    asked = "\n".join(part.text for part in question.parts)
    again = rerank(reranker, asked, found.answer, texts_of)
    return replace(found, answer=again.answer, reranked=again.alone)


def allowed_papers(snapshot: Snapshot, filters: Filters) -> NDArray[np.bool_]:
    """
    Papers that pass the filters; one that a revision replaces only where its symbol is named.

    Returns:
        *Shape:* (papers,).
    """
    store = snapshot.store
    allowed = store.select(filters)
    return allowed & (~store.replaced | store.named(filters.symbols))


def asked_of(question: Question) -> tuple[Asked, ...]:
    """What the lexical leg looks for."""
    parts = (*question.parts, *question.added)
    return (
        *(Asked(part.text, part.weight, part.language) for part in parts),
        *(Asked(text, names=True) for text in question.cited),
    )


def encode_question(encoder: Encoder, question: Question) -> Vectors:
    """
    The question as one vector: the mean of its parts by weight, of long parts by pieces.

    An encoder that reads English only gets a question of another language put into English.

    Returns:
        *Shape:* (dimension,), float32, unit length.
    """
    foreign = question.glossed if reads_english_only(encoder.identity) else ()
    pieces = [
        (piece, part.weight * count_words(piece) / max(1, count_words(part.text)))
        for part in foreign or question.parts
        for piece in split_text(part.text, MAX_WORDS)
    ]
    rows = encoder.encode([piece for piece, _ in pieces], role="question")
    mean = np.array([weight for _, weight in pieces], dtype=np.float32) @ rows
    length = max(float(np.linalg.norm(mean)), float(np.finfo(np.float32).tiny))
    vector: Vectors = (mean / length).astype(np.float32)
    return vector


def diverse(snapshot: Snapshot, rows: NDArray[np.int64], k: int) -> Sequence[int]:
    """Positions of the best k rows with at most three of a paper; more only to fill up."""
    taken: dict[int, int] = {}
    first: list[int] = []
    later: list[int] = []
    for position, paper in enumerate(snapshot.store.paper_of[rows].tolist()):
        taken[paper] = taken.get(paper, 0) + 1
        (first if taken[paper] <= PER_PAPER else later).append(position)
    return (first + later)[:k]


def _allowed_rows(
    snapshot: Snapshot, papers: NDArray[np.bool_], within: Within
) -> NDArray[np.bool_] | None:
    """
    Rows to search, None for all.

    Returns:
        *Shape:* (rows,).
    """
    if within.narrows:
        rows = np.zeros(snapshot.store.rows, dtype=np.bool_)
        rows[snapshot.lexical.matching(within)] = True
        return rows
    return None if papers.all() else papers[snapshot.store.paper_of]


def _padded(leg: Ranking, eligible: int) -> NDArray[np.float64]:
    """The leg's best scores; rows without a word in common are at 0 and count among them."""
    missing = max(0, min(BEST, eligible) - len(leg.scores))
    return np.concatenate((leg.scores, np.zeros(missing)))


def _nothing() -> Ranking:
    """The ranking of a leg that takes no part."""
    return Ranking(rows=np.empty(0, dtype=np.int64), scores=np.empty(0))
