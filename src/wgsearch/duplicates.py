"""
ranked passages -> groups that say the same: what is shown once, and where else it stands.

Why at answer time: which of two equal paragraphs a reader should see is the one that ranks
best, and whether both stand in the answer is known only then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wgsearch.index.sayings import comparable, words_of
from wgsearch.papers import symbols
from wgsearch.papers.editions import place

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from wgsearch.index.sayings import Sayings
    from wgsearch.index.store import Said

# Runs of so many words are compared, and so many in a hundred of them must be in both.
# Swept in docs/decisions/0012-folding.md.
SHINGLE_WORDS = 3
LIKENESS = 0.9

_LETTERS = ord("9") + 1
# Words that turn a statement round, or bound it: passages that differ in them differ.
_TURNING = frozenset(
    b"not no nor neither never without cannot except unless only".split()
    + b"ne n pas non sans sauf aucun aucune jamais seulement".split()
    + "sin salvo excepto nunca ni ningún ninguna solo".encode().split()
    + "не ни нет без кроме никогда только".encode().split()
    + "لا لم لن ليس ليست غير دون بدون إلا".encode().split()
    + "不 没 無 无 非 未 勿 否 仅".encode().split()
)


class Also(NamedTuple):
    """
    A passage that another one stands for.

    Attributes:
        position: Its place among the passages, from 0.
        likeness: Share of the runs of words that both have, from `LIKENESS` to 1; None for
            the same paragraph in another language.
    """

    position: int
    likeness: float | None


class Group(NamedTuple):
    """
    A passage and those that it stands for.

    Attributes:
        position: Place of the best-ranked one, from 0.
        also: The others, in their order.
    """

    position: int
    also: tuple[Also, ...] = ()


def fold_rows(
    rows: Sequence[int], known: Sayings, said: Callable[[Sequence[int]], Sequence[Said]]
) -> tuple[Group, ...]:
    """
    Fold each row as `fold` does; texts are read of those only that may say the same.

    Args:
        rows: Best first.
        known: Their numbers.
        said: Reads what rows say.
    """
    may = comparable(known.of(rows))
    places = np.flatnonzero(may.any(axis=0) | may.any(axis=1)).tolist()
    folded = fold(said([rows[at] for at in places])) if places else ()
    # Positions among those that were read are positions among all.
    groups = {
        places[group.position]: Group(
            places[group.position],
            tuple(Also(places[each.position], each.likeness) for each in group.also),
        )
        for group in folded
    }
    read = set(places)
    return tuple(
        groups.get(at, Group(at)) for at in range(len(rows)) if at in groups or at not in read
    )


def fold(passages: Sequence[Said]) -> tuple[Group, ...]:
    """
    Fold each passage under the best-ranked one that says the same.

    Args:
        passages: Best first.

    Returns:
        Groups in the order of their first passage; each passage is in one of them. It is folded
        under a passage that

        - is the same numbered paragraph of the same paper in another language, or
        - has all its words, at least nine in ten of the runs of three words that either has,
          and as many figures and words that turn a statement round.
    """
    kept: list[_Kept] = []
    vocabularies: list[frozenset[bytes]] = []
    editions: dict[Hashable, list[_Kept]] = {}
    also: dict[int, list[Also]] = {}
    is_in_several = len({passage.language for passage in passages}) > 1
    for position, passage in enumerate(passages):
        this = _Kept(position, passage.language, words_of(passage))
        numbered = _place(passage) if is_in_several else None
        vocabulary = frozenset(this.words)
        # What has a word of its own says more: this leaves out almost all pairs, and quickly.
        wider = [at for at, each in enumerate(vocabularies) if vocabulary <= each]
        under = _version(this, editions.get(numbered, ())) or _repeated(
            this, [kept[at] for at in wider]
        )
        if under:
            also.setdefault(under.position, []).append(Also(position, under.likeness))
            continue
        kept.append(this)
        vocabularies.append(vocabulary)
        if numbered is not None:
            editions.setdefault(numbered, []).append(this)
    return tuple(Group(each.position, tuple(also.get(each.position, ()))) for each in kept)


class _Kept(NamedTuple):
    """A passage, made ready to be compared."""

    position: int
    language: str
    words: list[bytes]


class _Under(NamedTuple):
    """Which better-ranked passage stands for another one, and how like it that is."""

    position: int
    likeness: float | None


def _version(this: _Kept, same: Sequence[_Kept]) -> _Under | None:
    """Of better-ranked passages of the same paragraph, the first in another language."""
    others = (each for each in same if each.language != this.language)
    return next((_Under(each.position, None) for each in others), None)


def _repeated(this: _Kept, wider: Sequence[_Kept]) -> _Under | None:
    """Of better-ranked passages that have all its words, the first that says the same."""
    for other in wider:
        if this.words == other.words:
            return _Under(other.position, 1.0)
        one, two = shingles(this.words), shingles(other.words)
        likeness = len(one & two) / len(one | two)
        if likeness >= LIKENESS and telling(this.words) == telling(other.words):
            return _Under(other.position, likeness)
    return None


def _place(passage: Said) -> Hashable | None:
    """The numbered paragraph that a passage is of, whatever its language."""
    if passage.paragraph is None:
        return None
    return symbols.key(passage.symbol), place(passage.part, passage.paragraph)


def shingles(words: Sequence[bytes], length: int = SHINGLE_WORDS) -> set[tuple[bytes, ...]]:
    """Runs of so many words; of a shorter text, all of it."""
    if len(words) < length:
        return {tuple(words)}
    return set(zip(*(words[at:] for at in range(length)), strict=False))


def telling(words: Sequence[bytes]) -> list[bytes]:
    """Figures and words that turn a statement round, each as often as it stands there."""
    # Figures are all that begins or ends below the letters.
    return sorted(w for w in words if w in _TURNING or w[0] < _LETTERS or w[-1] < _LETTERS)
