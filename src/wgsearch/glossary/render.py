"""
text of one language -> its words in another: terms, words spelt alike, names and numbers.

Why word by word: the words of a question are what the lexical leg needs, in any order; and an
encoder that reads English only finds more by a string of English terms than by a sentence
that it cannot read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from wgsearch.glossary.cognates import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wgsearch.glossary.cognates import Cognates
    from wgsearch.glossary.match import Glossary, Match

# Languages that are written in Latin letters.
_LATIN = ("en", "fr", "es")
_LATIN_LETTER = re.compile(r"[A-Za-zÀ-ÿ]")
_LATIN_WORD = re.compile(r"[A-Za-z0-9À-ÿ\u0660-\u0669\u06f0-\u06f9]+")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)

Kind = Literal["term", "cognate", "name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """
    Words in the target language for words of a text.

    Attributes:
        start: Offset of what it stands for.
        end: Offset after that.
        kind: An entry's form; a word spelt alike; a name, number or any other word as it was.
        text: What to look for.
        spelling: What to read; the same but for words spelt alike.
        others: Further forms of the entry, abbreviations last.
        is_within: Whether it stands for a word of a term, which has a piece of its own.
    """

    start: int
    end: int
    kind: Kind
    text: str
    spelling: str
    others: tuple[str, ...] = ()
    is_within: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """
    A text put into another language word by word.

    Attributes:
        pieces: In the order of the text; a term before its words.
    """

    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gloss:
    """
    A text put into another language, to be read.

    Attributes:
        text: One term for each that is named, words spelt alike, names and numbers, in order.
    """

    text: str


def render(
    text: str, source: str, target: str, glossary: Glossary, cognates: Mapping[str, Cognates]
) -> Rendered:
    """
    What words of a text are called in another language.

    Args:
        text: The text.
        source: Its language.
        target: The other language.
        glossary: The terms.
        cognates: Words of an index by language; languages may be missing.

    Returns:
        Nothing for words of another script that no entry names and that are spelt like none.
    """
    matches = [m for m in glossary.matches(text, [source]) if any(e.of(target) for e in m.entries)]
    pieces = [piece for match in matches for piece in _terms(match, target)]
    used = bytearray(len(text))
    for match in matches:
        used[match.start : match.end] = b"\1" * (match.end - match.start)
    for stem, start, end in _words(text, source, glossary):
        piece = _word(text, (stem, start, end), source, target, cognates)
        if piece:
            pieces.append(replace(piece, is_within=bool(used[start])))
    pieces.sort(key=lambda piece: (piece.start, piece.kind != "term"))
    return Rendered(pieces=tuple(pieces))


def gloss(rendered: Rendered) -> Gloss:
    """A rendered text as a person or an encoder reads it."""
    said: dict[int, str] = {}
    for piece in rendered.pieces:
        if not piece.is_within:
            said.setdefault(piece.start, piece.spelling)
    return Gloss(text=" ".join(said.values()))


def _terms(match: Match, target: str) -> Iterator[Piece]:
    """A piece for each entry that words may mean."""
    for entry in match.entries:
        if forms := entry.of(target):
            yield Piece(
                start=match.start,
                end=match.end,
                kind="term",
                text=forms[0],
                spelling=forms[0],
                others=(*forms[1:], *entry.abbr),
            )


def _words(text: str, source: str, glossary: Glossary) -> Sequence[tuple[str, int, int]]:
    """The telling words, with stem, start and end; of Chinese those in Latin letters."""
    if source == "zh":
        return [(each[0], each.start(), each.end()) for each in _LATIN_WORD.finditer(text)]
    return glossary.tokens(text, source)


def _word(
    text: str,
    token: tuple[str, int, int],
    source: str,
    target: str,
    cognates: Mapping[str, Cognates],
) -> Piece | None:
    """A word in the target language."""
    stem, start, end = token
    word = text[start:end]
    kind: Kind = "name"
    found = spelling = word.translate(_DIGITS)
    is_latin = _LATIN_LETTER.search(word) is not None
    if not any(map(str.isdigit, word)):
        cognate = None
        if target in cognates and is_latin == (source in _LATIN):
            # Endings of Russian cases would hide what a word is spelt like.
            cognate = cognates[target].find(word if is_latin else stem, source)
        if cognate:
            kind, found, spelling = "cognate", cognate.text, cognate.spelling
        elif not is_latin:
            return None
        elif target == "en":
            found = spelling = folded(word)
    return Piece(start=start, end=end, kind=kind, text=found, spelling=spelling)
