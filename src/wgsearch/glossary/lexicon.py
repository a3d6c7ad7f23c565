"""
glossary and index -> Lexicon: what questions are put into other words by.

Why together: a term helps only where papers are of its language, and a word spelt alike only
where papers have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log1p
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wgsearch.glossary.cognates import Cognates
    from wgsearch.glossary.match import Glossary


# Below this share of the passages a language is mostly text that was misread.
_LEAST_SHARE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """
    What an index knows about words.

    Attributes:
        glossary: The terms.
        languages: Languages that a good part of the papers is in, and what a word counts there
            that was typed in another (see `shares`).
        cognates: Words of the papers, by language.
        stems: Text and language to the stems that are looked up.
    """

    glossary: Glossary
    languages: Mapping[str, float]
    cognates: Mapping[str, Cognates]
    stems: Callable[[str, str], Sequence[str]]


def shares(passages: Mapping[str, int]) -> dict[str, float]:
    """
    What words count in each language when they were typed in another.

    Every word of a language of few passages is rare among all passages, and would weigh most;
    the ratio of logarithms makes its weight about that among passages of its own language.

    Args:
        passages: Number of passages by language.

    Returns:
        Nothing for languages of less than a hundredth of the passages.
    """
    total = sum(passages.values())
    return {
        language: log1p(count) / log1p(total)
        for language, count in passages.items()
        if count >= _LEAST_SHARE * total
    }
