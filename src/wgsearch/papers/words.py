"""
lines -> running text: words cut at line ends are mended where that is certain.

Why certain only: a hyphen that a compound has anyway (`long-term`) must stay, and a search
for the words of a paper must find them as the paper prints them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.paper import Line

# Letters after a line-end hyphen that another word must share to be of the same stem.
STEM = 3
# Longest piece at a text's end that says how the next line goes on: an address, a word.
TAIL = 120

# A word with its hyphens; tried at its beginning only, since long ones take long otherwise.
_WORD = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)[^\W\d_]+(?:-[^\W\d_]+)*(?=[\s.,;:)”’]|$)")
_PREFIXES = frozenset(
    [
        "anti",
        "co",
        "counter",
        "cross",
        "de",
        "e",
        "ex",
        "inter",
        "intra",
        "macro",
        "micro",
        "multi",
        "non",
        "over",
        "post",
        "pre",
        "pro",
        "re",
        "self",
        "semi",
        "sub",
        "under",
        "well",
    ]
)
# What follows a typesetter's hyphen and is never a word: endings of English, French, Spanish.
_ENDINGS = re.compile(
    r"ments?|mente|tion(?:s|al)?|sions?|ción|ciones|sión|siones|selves|ity|ities|ness|[ae]nces?"
)
_HYPHENED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-$")
_LETTERS = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"https?:\S*[/_.=&]$")


class Words:
    """All words that a paper prints within lines, with and without hyphens inside."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._known: set[str] | None = None
        self._sorted: list[str] = []

    def __contains__(self, word: str) -> bool:
        return word in self._all()

    def has_stem(self, stem: str) -> bool:
        """Some word begins with these letters."""
        self._all()
        at = bisect_left(self._sorted, stem)
        return at < len(self._sorted) and self._sorted[at].startswith(stem)

    def _all(self) -> set[str]:
        """The words, collected when first asked for: most papers break none."""
        if self._known is None:
            text = "\n".join(line.text for line in self._lines).casefold()
            self._known = set(_WORD.findall(text))
            self._sorted = sorted(self._known)
        return self._known


def flowed(texts: Sequence[str], words: Words) -> str:
    """Lines as running text."""
    if len(texts) == 1:
        return " ".join(texts[0].split())
    pieces: list[str] = []
    tail = ""
    for piece in texts:
        if not tail:
            pieces.append(piece)
        elif tail[-1] == "-" and piece[:1].isalnum() and tail[-2:-1].isalnum():
            if is_broken(tail, piece, words):
                pieces[-1] = pieces[-1][:-1]
            pieces.append(piece)
        elif (tail[-1] == "/" and tail[-2:-1].isalnum()) or (
            "http" in tail and not piece[:1].isupper() and _ADDRESS.search(tail)
        ):
            # Addresses, symbols and pairs of words are broken after a sign without a space.
            pieces.append(piece)
        else:
            pieces.extend((" ", piece))
        tail = piece if len(piece) > TAIL or not tail else (tail + piece)[-TAIL:]
    return " ".join("".join(pieces).split())


def is_broken(above: str, below: str, words: Words) -> bool:
    """
    The hyphen at a line's end was put there by the typesetter.

    Certain only when the paper prints the whole word elsewhere, or another of its stem; when
    what stands before the hyphen is no word of this paper, or what follows is a mere ending.
    A hyphen that belongs to a compound is kept.
    """
    head = _HYPHENED.search(above)
    tail = _LETTERS.match(below)
    if not head or not tail or not below[:1].islower():
        return False
    first, rest = head[1].casefold(), tail[0].casefold()
    if f"{first}-{rest}" in words:
        return False
    prefix = first in _PREFIXES
    stem = STEM + 2 if prefix else STEM  # "pre-sentence" shares four letters with "presented"
    if _ENDINGS.fullmatch(rest) or (len(rest) >= stem and words.has_stem(first + rest[:stem])):
        return True
    return f"{first}{rest}" in words or not (first in words or prefix)
