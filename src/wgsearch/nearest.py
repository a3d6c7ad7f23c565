"""
many texts -> the passages near to each: by words, by meaning, by late interaction.

Why not a search for each: a draft has hundreds of paragraphs, which are encoded together, are
no questions, and want to know how near a passage is and not only which is nearest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgsearch.answers import Covered, Hit, Match, Near, Neighbours
from wgsearch.correspondence import words_at
from wgsearch.embedding import reads_english_only
from wgsearch.fusion import Ranking, fuse, ranked, standardised
from wgsearch.index.dense import Wanted
from wgsearch.index.lexical import Asked, Within
from wgsearch.index.terms import fields_of, telling_tokens
from wgsearch.index.tokens import AskedTokens
from wgsearch.papers import languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from wgsearch.answers import Filters
    from wgsearch.embedding import Encoder, Tokens, Vectors
    from wgsearch.index.snapshot import Snapshot
    from wgsearch.passages import Passage

# Candidates of each leg; so many of the best of both are compared word by word, which costs most.
DEPTH = 50
LATE_DEPTH = 16
# Of so many of the nearest it is told which words of the text they have.
TOLD = 3
# Texts encoded at a time: vectors of their tokens are 20 MB.
_BATCH = 128


class _Text(NamedTuple):
    """
    A text with its vectors.

    Attributes:
        text: As given.
        vector: None where meaning takes no part.
        tokens: Its tokens as they are compared; None likewise.
        spans: Where each stands in the text. *Shape:* (n, 2).
    """

    text: str
    vector: Vectors | None = None
    tokens: AskedTokens | None = None
    spans: NDArray[np.int32] | None = None


class _Candidates(NamedTuple):
    """
    Rows that may be near to a text.

    Attributes:
        rows: *Shape:* (n,). Ascending.
        words: *Shape:* (n,). Scores by words, 0 without a word in common.
        cosines: *Shape:* (n,). NaN where meaning takes no part.
        coverages: *Shape:* (n,). Likewise; of those that are not compared, the least.
        likenesses: Of each row that is compared, the nearest of its tokens to each of the text's.
            *Shape:* (tokens of the text,).
        lexical: Rank of rows by words.
        dense: Rank of rows by meaning.
    """

    rows: NDArray[np.int64]
    words: NDArray[np.float64]
    cosines: NDArray[np.float64]
    coverages: NDArray[np.float64]
    likenesses: dict[int, NDArray[np.float32]]
    lexical: dict[int, int]
    dense: dict[int, int]


def nearest(
    snapshot: Snapshot,
    texts: Sequence[str],
    *,
    k: int,
    filters: Filters,
    encoder: Encoder | None,
) -> tuple[Neighbours, ...]:
    """
    The passages near to each text.

    Args:
        snapshot: What is searched.
        texts: Paragraphs or sentences.
        k: How many passages a text at most.
        filters: What a passage must be.
        encoder: None for words alone.
    """
    papers = snapshot.store.select(filters)
    if not papers.any():
        return tuple(Neighbours(near=()) for _ in texts)
    within = Within(papers=None if papers.all() else np.flatnonzero(papers).tolist())
    rows = None if papers.all() else papers[snapshot.store.paper_of]
    readable = snapshot.readable(encoder.identity) if encoder else None
    if readable is not None:
        rows = readable if rows is None else rows & readable
    wanted = Wanted(filters, in_force=False, spoken=None if readable is None else "en")
    known: dict[int, Passage] = {}
    found: list[Neighbours] = []
    for text in _encoded(texts, encoder):
        candidates = _candidates(snapshot, text, within, rows, wanted)
        found.append(_neighbours(snapshot, text, candidates, k, known))
    return tuple(found)


def _encoded(texts: Sequence[str], encoder: Encoder | None) -> Iterator[_Text]:
    """The texts with their vectors, some at a time in memory."""
    english = encoder is not None and reads_english_only(encoder.identity)
    for start in range(0, len(texts), _BATCH):
        some = texts[start : start + _BATCH]
        if encoder is None:
            yield from map(_Text, some)
            continue
        found = encoder.encode_tokens(some)
        for at, text in enumerate(some):
            own = found.tokens[at] if found.tokens else None
            if english and languages.detect(text) not in {None, "en"}:
                yield _Text(text)
            elif own is None or not len(own.ids):
                yield _Text(text, found.rows[at])
            else:
                yield _Text(text, found.rows[at], _asked(text, own), own.spans)


def _asked(text: str, tokens: Tokens) -> AskedTokens:
    """Tokens of a text, all counted alike beside how telling they are."""
    return AskedTokens(
        words=words_at(text, tokens.spans),
        ids=tokens.ids,
        vectors=tokens.vectors,
        weights=np.ones(len(tokens.ids)),
    )


def _candidates(
    snapshot: Snapshot,
    text: _Text,
    within: Within,
    rows: NDArray[np.bool_] | None,
    wanted: Wanted,
) -> _Candidates:
    """What words and meaning bring up, each with its scores in all legs."""
    leg = snapshot.vectors.asking()
    lexical = snapshot.lexical.ask((Asked(text.text),)).top(DEPTH, within)
    dense = Ranking(rows=np.empty(0, dtype=np.int64), scores=np.empty(0))
    if text.vector is not None:
        dense = leg.top(text.vector, DEPTH, rows, wanted)
    found = np.union1d(lexical.rows, dense.rows)
    if text.vector is not None and rows is not None:
        # A text is compared within its language: what the encoder does not read is left out.
        found = found[rows[found]]
    by_row = dict(zip(lexical.rows.tolist(), lexical.scores.tolist(), strict=True))
    words = np.array([by_row.get(row, 0.0) for row in found.tolist()], dtype=np.float64)
    cosines = coverages = np.full(len(found), np.nan)
    likenesses: dict[int, NDArray[np.float32]] = {}
    if text.vector is not None and len(found):
        cosines = leg.scores(text.vector, found)
        if text.tokens is not None and snapshot.tokens is not None:
            best = ranked(found, _fused(words, cosines), LATE_DEPTH).rows
            near = snapshot.tokens.compare(text.tokens, best)
            likenesses = {
                row: near.values[part].max(axis=0)
                for row, part in near.parts.items()
                if part.start < part.stop
            }
            # Those that are not compared are as near as the last of the others.
            coverages = np.full(len(found), near.scores.min())
            coverages[np.searchsorted(found, best)] = near.scores
    return _Candidates(
        rows=found,
        words=words,
        cosines=cosines,
        coverages=coverages,
        likenesses=likenesses,
        lexical={row: rank for rank, row in enumerate(lexical.rows.tolist(), 1)},
        dense={row: rank for rank, row in enumerate(dense.rows.tolist(), 1)},
    )


def _neighbours(
    snapshot: Snapshot, text: _Text, found: _Candidates, k: int, known: dict[int, Passage]
) -> Neighbours:
    """The best candidates; passages that were read for another text are not read again."""
    if not len(found.rows):
        return Neighbours(near=())
    best = ranked(found.rows, _fused(found.words, found.cosines, found.coverages), k)
    missing = [row for row in best.rows.tolist() if row not in known]
    known.update(zip(missing, snapshot.store.passages(missing), strict=True))
    places = np.searchsorted(found.rows, best.rows).tolist()
    return Neighbours(
        near=tuple(
            Near(
                hit=_hit(snapshot, found, rank, (row, score), known[row]),
                cosine=_number(found.cosines[place]),
                coverage=_number(found.coverages[place]),
                words=_covered(snapshot, text, found.likenesses[row], known[row])
                if rank <= TOLD and row in found.likenesses
                else (),
            )
            for rank, (row, score, place) in enumerate(
                zip(best.rows.tolist(), best.scores.tolist(), places, strict=True), 1
            )
        )
    )


def _covered(
    snapshot: Snapshot, text: _Text, likenesses: NDArray[np.float32], passage: Passage
) -> tuple[Covered, ...]:
    """The telling words of a text, each as near as its pieces are to a passage's."""
    if text.tokens is None or text.spans is None:
        return ()
    field = fields_of(passage.lang or passage.language)[0]
    own = {term for term, _, _ in telling_tokens(passage.text, field)}
    starts, ends = text.spans[:, 0], text.spans[:, 1]
    found: list[Covered] = []
    for term, start, end in telling_tokens(text.text, field):
        pieces = likenesses[np.searchsorted(starts, start) : np.searchsorted(ends, end, "right")]
        # What is beyond the encoder's reach has no pieces.
        if len(pieces):
            found.append(
                Covered(
                    start=start,
                    end=end,
                    weight=snapshot.lexical.idf(field, term),
                    likeness=float(pieces.mean()),
                    alike=term in own,
                )
            )
    return tuple(found)


def _fused(*legs: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of the legs that take part, each in deviations. *Shape:* (n,)."""
    return fuse(
        [standardised(each, np.sort(each)[::-1]) for each in legs if not np.isnan(each).any()]
    )


def _hit(
    snapshot: Snapshot,
    found: _Candidates,
    rank: int,
    scored: tuple[int, float],
    passage: Passage,
) -> Hit:
    """A candidate as a hit."""
    row, score = scored
    entry = snapshot.store.entries[snapshot.store.paper_of[row]]
    return Hit(
        rank=rank,
        score=score,
        passage=passage,
        match=Match(lexical_rank=found.lexical.get(row), dense_rank=found.dense.get(row), spans=()),
        superseded_by=entry.superseded_by,
        corrigenda=entry.corrigenda,
        warning_codes=entry.warning_codes,
    )


def _number(score: np.float64) -> float | None:
    """A score; None where there is none."""
    return None if np.isnan(score) else float(score)
