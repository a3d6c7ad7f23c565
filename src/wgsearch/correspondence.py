"""
tokens of a question and of a passage -> which words of the passage answer which of the question.

Why words and sentences, not tokens: a token may be a piece of a word, and nobody reads pieces.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgsearch.answers import Answering
from wgsearch.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from wgsearch.index.tokens import AskedTokens
    from wgsearch.sentences import Span

_IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
_NO_LETTER = re.compile(r"[\W_\u3400-\u9fff]")
# Words of a question that tell less than this share of its most telling one answer nothing:
# "of" is near to every "of".
_TELLING = 0.25
# Signs keep about 0.8 of a cosine; below this, the nearest word of a passage is near by chance.
_NEAR = 0.4
_MOST = 8


class Corresponding(NamedTuple):
    """
    How a passage answers a question, word by word.

    Attributes:
        words: Its words that answer, each with the question's, in their order in the passage.
        sentence: The sentence that answers best; None where there is none.
    """

    words: tuple[Answering, ...]
    sentence: Span | None


class Correspondence:
    """
    What of a question's tokens counts, made ready once for all passages of an answer.

    Args:
        asked: Tokens of the question.
        weights: How telling each is. *Shape:* (n,), float64.
    """

    def __init__(self, asked: AskedTokens, weights: NDArray[np.float64]) -> None:
        self._weights = weights
        least = _TELLING * weights.max()
        groups = {
            word: tokens
            for word, tokens in _grouped(asked.words).items()
            if weights[tokens].max() >= least
        }
        self._words = tuple(groups)
        # What each token counts in each word. *Shape:* (tokens, words).
        self._shares = np.zeros((len(weights), len(groups)))
        for group, tokens in enumerate(groups.values()):
            self._shares[tokens, group] = weights[tokens] / weights[tokens].sum()

    def of(
        self,
        values: NDArray[np.float32],
        starts: NDArray[np.int32],
        *,
        text: str,
        before: int,
        language: str,
    ) -> Corresponding:
        """
        Read off what corresponds.

        Args:
            values: Likenesses of the passage's tokens with the question's. *Shape:* (m, n).
            starts: Where these begin in the text that was encoded, context included.
                *Shape:* (m,).
            text: The passage's own text.
            before: How many characters of context stand before it.
            language: Its language.
        """
        starts = starts - before
        own = np.flatnonzero(starts >= 0)
        if not len(own):
            return Corresponding((), None)
        values, starts = values[own], starts[own]
        return Corresponding(
            self._answering(values, starts, text),
            _sentence(values, self._weights, starts, sentences(text, language)),
        )

    def _answering(
        self, values: NDArray[np.float32], starts: NDArray[np.int32], text: str
    ) -> tuple[Answering, ...]:
        """For each telling word of the question, the nearest word of the text."""
        best: dict[tuple[int, int], Answering] = {}
        likeness = values @ self._shares
        places = likeness.argmax(axis=0)
        nearest = likeness[places, np.arange(len(places))].tolist()
        for word, start, near in zip(self._words, starts[places].tolist(), nearest, strict=True):
            span = _around(text, start) if near >= _NEAR else None
            if span and (span not in best or best[span].likeness < near):
                best[span] = Answering(asked=word, start=span[0], end=span[1], likeness=near)
        shown = sorted(best.values(), key=lambda each: -each.likeness)[:_MOST]
        return tuple(sorted(shown, key=lambda each: each.start))


def _sentence(
    values: NDArray[np.float32],
    weights: NDArray[np.float64],
    starts: NDArray[np.int32],
    spans: Sequence[Span],
) -> Span | None:
    """The sentence whose tokens are nearest to the question's; the first of equals."""
    # Tokens are in the order of the text, so that those of a sentence are one slice.
    firsts = np.searchsorted(starts, [span.start for span in spans]).tolist()
    afters = np.searchsorted(starts, [span.end for span in spans]).tolist()
    scored = [
        (float(values[first:after].max(axis=0) @ weights), span)
        for span, first, after in zip(spans, firsts, afters, strict=True)
        if first < after
    ]
    return max(scored, key=lambda each: each[0])[1] if scored else None


def _grouped(words: Sequence[str]) -> dict[str, list[int]]:
    """Tokens by the word that they are pieces of."""
    groups: dict[str, list[int]] = {}
    for token, word in enumerate(words):
        if word:
            groups.setdefault(word, []).append(token)
    return groups


def _around(text: str, at: int) -> tuple[int, int] | None:
    """The word in which a character stands; each ideograph is one."""
    if at >= len(text) or not text[at].isalnum():
        return None
    if _IDEOGRAPH.match(text, at):
        return at, at + 1
    start = at
    while start and text[start - 1].isalnum() and not _IDEOGRAPH.match(text, start - 1):
        start -= 1
    rest = _NO_LETTER.search(text, at)
    return start, rest.start() if rest else len(text)


def words_at(text: str, spans: NDArray[np.int32]) -> tuple[str, ...]:
    """
    The word that each token of a text is a piece of; empty for a mark.

    Args:
        text: The text.
        spans: Of its tokens. *Shape:* (n, 2).
    """
    found = (_around(text, start) for start in spans[:, 0].tolist())
    return tuple(text[span[0] : span[1]] if span else "" for span in found)
