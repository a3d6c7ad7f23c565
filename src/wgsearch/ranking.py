"""
Question -> ranked rows: three legs and their sum, within what the filters allow.

Words and meaning bring up candidates; late interaction, which compares token with token,
ranks the best of them again.

Why filters first: a leg cut at its best candidates and filtered afterwards loses hits
under a narrow filter, and then says that there are none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from wgsearch.correspondence import words_at
from wgsearch.embedding import reads_english_only
from wgsearch.errors import PartGoneError
from wgsearch.fusion import BEST, Ranking, fuse, ranked, standardised, supported
from wgsearch.index.dense import Wanted
from wgsearch.index.lexical import Asked, Within
from wgsearch.index.terms import fields_of, telling
from wgsearch.index.tokens import LATE_DEPTH, AskedTokens
from wgsearch.papers import symbols
from wgsearch.passages import MAX_WORDS, count_words, embedded_text, split_text
from wgsearch.question import has_words
from wgsearch.reranking import rerank

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from wgsearch.answers import Filters, Mode
    from wgsearch.embedding import Encoded, Encoder, Vectors
    from wgsearch.index.snapshot import Snapshot
    from wgsearch.index.tokens import Compared
    from wgsearch.question import Question
    from wgsearch.reranking import Reranker

# Candidates of each leg. Fewer lose passages that only the sum of both legs brings up.
DEPTH = 200
# Longer questions are pasted texts; comparing all their tokens fell below the pooled vector.
LATE_TOKENS = 256
# Weights of the standardised scores; swept together on five sets, where they lie on a plateau
# (docs/decisions/0013-late-interaction.md).
_DENSE_WEIGHT = 0.75
_LATE_WEIGHT = 1.0
# Words weigh as much as the best passage has of the question's, up to this: where none has
# them, what words bring up is there by accident.
_MOST_TRUST = 2.0
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
        late: The best by late interaction; likewise.
        asked: The question's tokens; None where late interaction takes no part.
        compared: The best, compared with these token by token; likewise.
        reranked: The best of the legs' sum by the reranker alone; None without one.
        uncut: The order before it was cut to rows that match; None where it was not.
        gone: Why meaning took no part, which should have: words alone rank; None where it did.
    """

    answer: Ranking
    lexical: Ranking
    dense: Ranking
    late: Ranking
    asked: AskedTokens | None = None
    compared: Compared | None = None
    reranked: Ranking | None = None
    uncut: Ranking | None = None
    gone: str | None = None

    def only(self, allowed: NDArray[np.bool_]) -> Ranked:
        """The same order with the rows allowed alone; the legs as they were. *Shape:* (rows,)."""
        kept = allowed[self.answer.rows]
        answer = Ranking(rows=self.answer.rows[kept], scores=self.answer.scores[kept])
        return replace(self, answer=answer, uncut=self.answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedQuestion:
    """
    A question as the encoder reads it.

    Attributes:
        vector: *Shape:* (dimension,), float32, unit length.
        tokens: Its tokens; None for a long question, or an encoder without token vectors.
    """

    vector: Vectors
    tokens: AskedTokens | None


def rank(
    snapshot: Snapshot,
    question: Question,
    *,
    filters: Filters,
    mode: Mode,
    k: int,
    encoder: Callable[[], Encoder],
    also: NDArray[np.int64] | None = None,
) -> Ranked:
    """
    Rank the rows that the filters allow.

    Args:
        snapshot: What is searched.
        question: The question.
        filters: What a hit must be.
        mode: Which legs take part; `late` ranks the candidates of the other two alone.
        k: At least so many candidates, where there are.
        encoder: Asked for only when the dense leg takes part.
        also: Rows within the filters that are candidates in any case. *Shape:* (n,).

    Raises:
        PartGoneError: Vectors lie elsewhere and do not come, and words alone are not what is
            asked for.
    """
    papers = allowed_papers(snapshot, filters)
    nothing = _nothing()
    if not papers.any():
        return Ranked(answer=nothing, lexical=nothing, dense=nothing, late=nothing)
    within = replace(
        within_of(question),
        papers=None if papers.all() else np.flatnonzero(papers).tolist(),
        recommends=filters.recommendations,
    )
    asked = snapshot.lexical.ask(asked_of(question))
    depth = max(DEPTH, k)
    lexical = nothing
    if mode != "dense":
        lexical = asked.top(depth, within)
    # A symbol has no meaning to be near to: only who names it is looked for.
    if mode == "lexical" or (mode == "hybrid" and len(lexical.rows) and is_symbols(question)):
        return Ranked(answer=lexical, lexical=lexical, dense=nothing, late=nothing)
    rows = _allowed_rows(snapshot, papers, within)
    encoded = encode_question(encoder(), question)
    leg, wanted = snapshot.vectors.asking(), Wanted(filters, in_force=True)
    if mode == "dense":
        dense = (
            leg.top(encoded.vector, depth, rows, wanted)
            if also is None
            else ranked(also, leg.scores(encoded.vector, also), depth)
        )
        return Ranked(answer=dense, lexical=lexical, dense=dense, late=nothing)
    readable = snapshot.readable(encoder().identity)
    try:
        wanted = wanted._replace(spoken=None if readable is None else "en")
        dense = leg.top(encoded.vector, depth, _both(rows, readable), wanted)
        candidates = np.union1d(lexical.rows, dense.rows)
        if also is not None:
            candidates = np.union1d(candidates, also)
        near = _completed(dense, candidates, lambda rows: leg.scores(encoded.vector, rows))
    except PartGoneError as error:
        if mode != "hybrid":
            raise
        return Ranked(answer=lexical, lexical=lexical, dense=nothing, late=nothing, gone=str(error))
    read = np.ones(len(candidates), np.bool_) if readable is None else readable[candidates]
    eligible = snapshot.store.rows if rows is None else int(rows.sum())
    # Both legs can score any row, so a candidate of one leg has its true score in the other.
    words = _trust(snapshot, question, lexical) * standardised(
        _completed(lexical, candidates, asked.scores), _padded(lexical, eligible)
    )
    meaning = _DENSE_WEIGHT * standardised(near, dense.scores)
    # What the encoder cannot read is judged by its words in every leg; where the question is in
    # another language, translated words must not outdo what is read: the others are as the mean.
    other = np.where(_spoken(snapshot, question, candidates), words, 0.0)
    fused = fuse((words, np.where(read, meaning, other)))
    best = ranked(candidates[read], fused[read], LATE_DEPTH)
    compared = _compared(snapshot, encoded, best)
    late = ranked(best.rows, compared.scores, len(best.rows)) if compared else nothing
    legs = Ranked(
        answer=late,
        lexical=lexical,
        dense=dense,
        late=late,
        asked=encoded.tokens,
        compared=compared,
    )
    if mode == "late":
        return legs
    if len(late.rows):
        tokens = _LATE_WEIGHT * standardised(late.scores, late.scores)
        # Those further down are as near as the last of the best.
        again = np.full(len(candidates), tokens.min())
        again[np.searchsorted(candidates, late.rows)] = tokens
        fused = fuse((fused, np.where(read, again, other)))
    fused = supported(fused, snapshot.store.paper_of[candidates])
    return replace(legs, answer=ranked(candidates, fused, len(candidates)))


def _completed(
    leg: Ranking,
    candidates: NDArray[np.int64],
    scores_of: Callable[[NDArray[np.int64]], NDArray[np.float64]],
) -> NDArray[np.float64]:
    """
    A leg's scores of candidates, ascending; only those that it does not have are asked for.

    Returns:
        *Shape:* (n,).
    """
    scores = np.empty(len(candidates))
    places = np.searchsorted(candidates, leg.rows)
    scores[places] = leg.scores
    others = np.ones(len(candidates), np.bool_)
    others[places] = False
    scores[others] = scores_of(candidates[others])
    return scores


def is_symbols(question: Question) -> bool:
    """Whether a question is nothing but symbols of documents."""
    rest = " ".join(part.text for part in question.parts)
    named = symbols.find(rest)
    for symbol in named:
        rest = rest.replace(symbol, " ")
    return bool(named) and not has_words(rest)


def _trust(snapshot: Snapshot, question: Question, lexical: Ranking) -> float:
    """
    How far words are to be trusted: the best passage's score, of what all words could bring.

    A question in a language that no paper is in was put into theirs, and is judged by that.
    """
    spoken = question.spoken
    index = snapshot.lexical
    fields = [field for field in fields_of(spoken or "en") if field in index.languages]
    if not fields and spoken:
        return _MOST_TRUST
    field = fields[0] if fields else next(iter(index.languages), "en")
    whole = sum(
        part.weight * index.idf(field, term)
        for part in question.parts
        for term in telling(part.text, field, spoken)
    )
    best = float(lexical.scores[0]) if len(lexical.scores) else 0.0
    return min(_MOST_TRUST, best / whole) if whole else _MOST_TRUST


def _spoken(snapshot: Snapshot, question: Question, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """
    Which rows are in the question's language; all, where no paper is or it is not known.

    Returns:
        *Shape:* (n,).
    """
    spoken = question.spoken
    if spoken is None or spoken not in snapshot.lexical.languages:
        return np.ones(len(rows), np.bool_)
    return snapshot.store.speaks(spoken)[snapshot.store.paper_of[rows]]


def _compared(snapshot: Snapshot, encoded: EncodedQuestion, best: Ranking) -> Compared | None:
    """The best rows, compared token by token; None where late interaction takes no part."""
    if snapshot.tokens is None or encoded.tokens is None:
        return None
    return snapshot.tokens.compare(encoded.tokens, best.rows)


def _both(
    one: NDArray[np.bool_] | None, other: NDArray[np.bool_] | None
) -> NDArray[np.bool_] | None:
    """Rows that both allow, None for all."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


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


def within_of(question: Question) -> Within:
    """What rows must be by the question's own operators."""
    return Within(phrases=question.phrases, excluded=question.excluded, prefixes=question.prefixes)


def encode_question(encoder: Encoder, question: Question) -> EncodedQuestion:
    """
    The question as one vector, the mean of its parts by weight, of long parts by pieces; and as
    its tokens.

    An encoder that reads English only gets a question of another language put into English.
    """
    foreign = question.glossed if reads_english_only(encoder.identity) else ()
    pieces = [
        (piece, part.weight * count_words(piece) / max(1, count_words(part.text)), part.weight)
        for part in foreign or question.parts
        for piece in split_text(part.text, MAX_WORDS)
    ]
    texts = [piece for piece, _, _ in pieces]
    encoded = encoder.encode_tokens(texts, role="question")
    mean = np.array([share for _, share, _ in pieces], dtype=np.float32) @ encoded.rows
    length = max(float(np.linalg.norm(mean)), float(np.finfo(np.float32).tiny))
    vector: Vectors = (mean / length).astype(np.float32)
    weights = [weight for _, _, weight in pieces]
    return EncodedQuestion(vector=vector, tokens=_asked_tokens(texts, encoded, weights))


def _asked_tokens(
    texts: Sequence[str], encoded: Encoded, weights: Sequence[float]
) -> AskedTokens | None:
    """The tokens of a question's pieces, each with the weight of its piece."""
    if encoded.tokens is None:
        return None
    counts = [len(each.ids) for each in encoded.tokens]
    if not 0 < sum(counts) <= LATE_TOKENS:
        return None
    words = (words_at(t, each.spans) for t, each in zip(texts, encoded.tokens, strict=True))
    return AskedTokens(
        words=tuple(word for some in words for word in some),
        ids=np.concatenate([each.ids for each in encoded.tokens]),
        vectors=np.concatenate([each.vectors for each in encoded.tokens]),
        weights=np.repeat(np.array(weights, dtype=np.float64), counts),
    )


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
    allowed = None if papers.all() else papers[snapshot.store.paper_of]
    return _both(allowed, snapshot.store.recommending) if within.recommends else allowed


def _padded(leg: Ranking, eligible: int) -> NDArray[np.float64]:
    """The leg's best scores; rows without a word in common are at 0 and count among them."""
    missing = max(0, min(BEST, eligible) - len(leg.scores))
    return np.concatenate((leg.scores, np.zeros(missing)))


def _nothing() -> Ranking:
    """The ranking of a leg that takes no part."""
    return Ranking(rows=np.empty(0, dtype=np.int64), scores=np.empty(0))
