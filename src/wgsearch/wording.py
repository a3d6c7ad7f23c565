"""
two texts -> the runs of words that both have, with their places.

Why words and not characters: a copy is set in other capitals, quotation marks, hyphens and line
breaks, and calls other footnotes; its words are the same.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Shorter runs are turns of phrase that any two texts on a subject have.
LEAST_RUN = 5

# A figure with its parts (`1,000`, `0.5`), one ideograph, or a word with its apostrophes and
# hyphens. A hyphen counts for nothing: at the end of a line nobody knows whether it is the word's.
_WORD = re.compile(
    r"\d+(?:[.,]\d+)*|[\u3400-\u9fff]"
    r"|[^\W\d_\u3400-\u9fff]+(?:(?:['’]|[-\u2010\u2011](?:\s*\n\s*)?)[^\W\d_\u3400-\u9fff]+)*"
)
_HYPHEN = re.compile(r"[-\u2010\u2011]\s*")
# Marks of notes: raised figures, figures in brackets, figures set against a word or its stop.
# A letter alone before a figure is no word: `A4`, `L.2`, `WG.4` are names.
_MARKS = re.compile(
    r"[¹²³⁰⁴-⁹]+|\[\^?\d{1,3}\]|(?<=[^\W\d_]{3}[.,;:!?\"”’»)])\d{1,3}(?![\d.,/]*[\w/])"
    r"|(?<=[^\W\d_A-Z]{3})\d{1,2}(?![\w/])"
)


class Word(NamedTuple):
    """
    A word as it is compared.

    Attributes:
        form: In small letters, apostrophes alike, without hyphens.
        start: Offset of its first character.
        end: Offset of the character after its last.
    """

    form: str
    start: int
    end: int


class Run(NamedTuple):
    """
    Words that follow one another in both texts.

    Attributes:
        first: Place of the first word in the one text.
        second: Its place in the other.
        length: How many words.
    """

    first: int
    second: int
    length: int


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order; marks of footnotes are none."""
    marked = _MARKS.sub(lambda mark: " " * len(mark[0]), text)
    return tuple(
        Word(_form(match[0]), match.start(), match.end()) for match in _WORD.finditer(marked)
    )


def _form(word: str) -> str:
    """A word as it is compared."""
    whole = _HYPHEN.sub("", word) if not word.isalpha() else word
    return unicodedata.normalize("NFKC", whole).casefold().replace("’", "'")


def places(text: Sequence[Word], length: int = LEAST_RUN) -> Mapping[tuple[str, ...], list[int]]:
    """Where each run of so many words begins."""
    found: dict[tuple[str, ...], list[int]] = {}
    forms = [word.form for word in text]
    for at in range(len(forms) - length + 1):
        found.setdefault(tuple(forms[at : at + length]), []).append(at)
    return found


def runs(
    first: Sequence[Word], second: Sequence[Word], known: Mapping[tuple[str, ...], list[int]]
) -> tuple[Run, ...]:
    """
    Runs of words of the first text that the second has, from left to right, the longest each.

    Args:
        first: Words of the one text.
        second: Words of the other.
        known: `places` of the second, which is compared with many.
    """
    length = len(next(iter(known), ()))
    found: list[Run] = []
    at = 0
    while length and at <= len(first) - length:
        key = tuple(word.form for word in first[at : at + length])
        best = max(
            (Run(at, there, _reach(first, second, at, there)) for there in known.get(key, ())),
            key=lambda run: run.length,
            default=None,
        )
        if best is None:
            at += 1
        else:
            found.append(best)
            at += best.length
    return tuple(found)


def _reach(first: Sequence[Word], second: Sequence[Word], at: int, there: int) -> int:
    """How many words follow one another alike from two places on."""
    length = 0
    while (
        at + length < len(first)
        and there + length < len(second)
        and first[at + length].form == second[there + length].form
    ):
        length += 1
    return length
