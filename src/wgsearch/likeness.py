"""
a question and texts beside it -> how near each is in meaning, wherever it comes from.

Why beside ranking: titles, headings and single sentences are no rows of the index, and whether
one of them is on a topic tells more than the passage that it stands in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgsearch.answers import Likeness
from wgsearch.index.tokens import AskedTokens
from wgsearch.ranking import encode_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wgsearch.embedding import Encoder, Tokens
    from wgsearch.index.tokens import TokenIndex
    from wgsearch.question import Question

# Words that are less telling than this share of the most telling one need not be found.
_TELLING = 0.5


def likenesses(
    encoder: Encoder, question: Question, texts: Sequence[str], index: TokenIndex | None
) -> tuple[Likeness, ...]:
    """
    How near texts are to a question, as a whole and word by word.

    Args:
        encoder: The encoder of questions and passages.
        question: The question.
        texts: Titles, headings, sentences.
        index: Knows how telling each token is; None where nothing is compared word by word.
    """
    if not texts:
        return ()
    once = list(dict.fromkeys(texts))
    asked = encode_question(encoder, question)
    encoded = encoder.encode_tokens(once, role="passage")
    cosines = (encoded.rows @ asked.vector).tolist()
    found: dict[str, Likeness] = {}
    for place, text in enumerate(once):
        words = _Words(None, None, None)
        if index is not None and encoded.tokens is not None and asked.tokens is not None:
            words = _words(index, asked.tokens, encoded.tokens[place])
        found[text] = Likeness(cosine=cosines[place], **words._asdict())
    return tuple(found[text] for text in texts)


class _Words(NamedTuple):
    """What is told word by word; None for texts without words."""

    covered: float | None
    covers: float | None
    least: float | None


def _words(index: TokenIndex, asked: AskedTokens, tokens: Tokens) -> _Words:
    """How far the question's words are found in a text's, and the text's in the question's."""
    if not len(asked.ids) or not len(tokens.ids):
        return _Words(None, None, None)
    near = asked.vectors @ tokens.vectors.T
    own = AskedTokens(
        words=("",) * len(tokens.ids),
        ids=tokens.ids,
        vectors=tokens.vectors,
        weights=np.ones(len(tokens.ids)),
    )
    weights = index.telling(asked)
    best = near.max(axis=1)
    return _Words(
        covered=_mean(best, weights),
        covers=_mean(near.max(axis=0), index.telling(own)),
        least=_least(asked.words, best, weights),
    )


def _least(
    words: Sequence[str], best: NDArray[np.float32], weights: NDArray[np.float64]
) -> float | None:
    """How far the least found of the telling words is found."""
    groups: dict[str, list[int]] = {}
    for token, word in enumerate(words):
        if word:
            groups.setdefault(word.casefold(), []).append(token)
    most = max((weights[group].max() for group in groups.values()), default=0.0)
    found = [
        _mean(best[group], weights[group])
        for group in groups.values()
        if weights[group].max() >= _TELLING * most
    ]
    return min((each for each in found if each is not None), default=None)


def _mean(values: NDArray[np.float32], weights: NDArray[np.float64]) -> float | None:
    """The mean by weight; None where nothing weighs."""
    total = weights.sum()
    return float(values @ weights / total) if total else None
