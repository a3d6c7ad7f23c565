"""
text -> the part of it that is shown: all of a short one, the best sentences of a long one.

Why one part and not several: what is shown stays a run of the paper's words, and an ellipsis
stands outside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.passages import count_words
from wgsearch.sentences import Span, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

# About 80 words are read at a glance; a little more is not worth cutting.
EXCERPT_WORDS = 80
WHOLE_WORDS = 100


def excerpt(  # noqa: PLR0917 - text and marks in the order in which a hit has them
    text: str,
    spans: Sequence[tuple[int, int]],
    language: str = "en",
    best: tuple[int, int] | None = None,
    words: int = EXCERPT_WORDS,
    whole: int = WHOLE_WORDS,
) -> tuple[int, int]:
    """
    Where the best part of a text begins and ends: all of it when it is short.

    Long texts are cut at sentences: the best one, else the one with the most matched
    characters, and as many of its neighbours as fit.

    Args:
        text: Verbatim words.
        spans: Offsets of matched words.
        language: Language of the text.
        best: Offsets of the best sentence, None where none is.
        words: Words of a part, at most; a longer sentence is not cut.
        whole: A text of up to so many words is shown whole.
    """
    if count_words(text) <= whole:
        return 0, len(text)
    found = sentences(text, language)
    if not found:
        return 0, 0
    weights = [
        sum(
            max(0, min(end, last) - max(start, first))
            for first, last in (best and (best,)) or spans
        )
        for start, end in found
    ]
    first = last = max(range(len(found)), key=lambda at: (weights[at], -at))
    size = count_words(text[slice(*found[first])])
    grown = True
    while grown:
        grown = False
        for at in (first - 1, last + 1):
            if 0 <= at < len(found) and (fits := _words_with(text, found[at], size, words)):
                first, last, size, grown = min(first, at), max(last, at), fits, True
    return found[first].start, found[last].end


def _words_with(text: str, sentence: Span, size: int, limit: int) -> int:
    """Words together with a sentence, 0 when that is too many."""
    total = size + count_words(text[slice(*sentence)])
    return total if total <= limit else 0
