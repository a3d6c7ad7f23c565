"""
text -> its quotations, and quoted words against those of a paper.

Why by words: a quotation is set with other marks, capitals and line breaks, and leaves words out
where it says so; a word that differs is what matters.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.checking.records import Difference
from wgsearch.wording import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wgsearch.papers.references import CitedPlace
    from wgsearch.wording import Word

# Fewer words in quotation marks are a term, not a quotation.
LEAST_WORDS = 4
# So far from its citation a quotation may stand, in characters: the length of a long sentence.
REACH = 400
# Share of a quotation's words, in their order, that a passage must have to be what it misquotes.
NEARLY = 0.6

_QUOTED = re.compile(r"“([^“”]{8,}?)”|«([^«»]{8,}?)»|\"([^\"]{8,}?)\"|„([^„“]{8,}?)“")
# Words left out, and words put in.
_LEFT_OUT = re.compile(r"\[?(?:…|\.\s?\.\s?\.)\]?|\[[^\]\d][^\]]*\]")


class Quotation(NamedTuple):
    """Words in quotation marks, and where they stand without the marks."""

    text: str
    start: int
    end: int


class Found(NamedTuple):
    """
    Where quoted words stand in a text.

    Attributes:
        start: Offset of the first of them.
        end: Offset of the character after the last.
        share: Share of the quoted words that stand there in their order; 1 for all.
        difference: Piece by piece; empty where they match.
    """

    start: int
    end: int
    share: float
    difference: tuple[Difference, ...]


def quotations(text: str) -> Iterator[Quotation]:
    """Quotations of a text, in order."""
    for match in _QUOTED.finditer(text):
        group = next(number for number in range(1, 5) if match[number] is not None)
        if len(words(match[group])) >= LEAST_WORDS:
            yield Quotation(match[group], *match.span(group))


def beside(found: Sequence[Quotation], cited: Sequence[CitedPlace]) -> dict[int, list[Quotation]]:
    """
    Quotations by the citation that they belong to: the nearest one, of equals the one behind.

    Returns:
        By the place of the citation in the sequence.
    """
    owned: dict[int, list[Quotation]] = {}
    for each in found:
        near = [
            (abs(gap), gap < 0, number)
            for number, place in enumerate(cited)
            if abs(gap := _gap(each, place)) <= REACH
        ]
        if near:
            owned.setdefault(min(near)[2], []).append(each)
    return owned


def _gap(quotation: Quotation, place: CitedPlace) -> int:
    """Characters between a quotation and a citation; negative where the citation is before it."""
    if place.start >= quotation.end:
        return place.start - quotation.end
    return min(-1, place.end - quotation.start)


def compared(quoted: str, text: str) -> Found | None:
    """
    Where quoted words stand in a text, all or nearly.

    Args:
        quoted: Words of a quotation; `…` and brackets stand for words left out and put in.
        text: Words of a paragraph.

    Returns:
        None where it has too few of them.
    """
    own = words(text)
    parts = [part for part in (words(each) for each in _LEFT_OUT.split(quoted)) if part]
    if not own or not parts:
        return None
    if spans := _in_order(parts, own):
        return Found(own[spans[0][0]].start, own[spans[-1][1] - 1].end, 1.0, ())
    whole = [word for part in parts for word in part]
    return _nearly(quoted, whole, text, own)


def _in_order(parts: Sequence[Sequence[Word]], own: Sequence[Word]) -> list[tuple[int, int]]:
    """Where the parts of a quotation stand one after the other; empty where one does not."""
    forms = [word.form for word in own]
    found: list[tuple[int, int]] = []
    at = 0
    for part in parts:
        wanted = [word.form for word in part]
        start = next(
            (n for n in range(at, len(forms)) if forms[n : n + len(wanted)] == wanted), None
        )
        if start is None:
            return []
        at = start + len(wanted)
        found.append((start, at))
    return found


def _nearly(quoted: str, whole: Sequence[Word], text: str, own: Sequence[Word]) -> Found | None:
    """Where most of the quoted words stand in their order, with what differs."""
    first, second = [word.form for word in whole], [word.form for word in own]
    blocks = [
        each
        for each in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
        if each.size
    ]
    share = sum(each.size for each in blocks) / len(first)
    if share < NEARLY:
        return None
    start = max(0, blocks[0].b - blocks[0].a)
    end = min(
        len(own), blocks[-1].b + blocks[-1].size + len(first) - blocks[-1].a - blocks[-1].size
    )
    difference: list[Difference] = []
    matcher = SequenceMatcher(None, first, second[start:end], autojunk=False)
    marked = _LEFT_OUT.sub(lambda mark: " " * len(mark[0]), quoted)
    theirs = words(marked)
    for name, a0, a1, b0, b1 in matcher.get_opcodes():
        if name == "equal":
            difference.append(Difference(change="same", text=_slice(quoted, theirs, a0, a1)))
            continue
        if a1 > a0:
            difference.append(Difference(change="added", text=_slice(quoted, theirs, a0, a1)))
        if b1 > b0:
            left = _slice(text, own, start + b0, start + b1)
            difference.append(Difference(change="left_out", text=left))
    return Found(own[start].start, own[end - 1].end, share, tuple(difference))


def _slice(text: str, own: Sequence[Word], first: int, after: int) -> str:
    """Words of a text from one place to another, as printed."""
    return text[own[first].start : own[after - 1].end]
