"""
Passage -> its words in each part, as they are looked up: all of it but row and paper.

Why apart from writing them: finding words and stems costs ten times what tantivy does, and
depends on the passage alone, so it is done once and kept (`shelf`).
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.index.terms import fields_of, forms, neighbours, plain_words, terms
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wgsearch.passages import Passage

PAIRS = "pairs"
# Parts of a passage that are ranked by, `PAIRS` being neighbours in its text.
PARTS = ("text", "title", "headings", "notes", PAIRS)
# Kept for as long as a generation is: the quickest level already halves it twice.
_LEVEL = 1


class Analysed(NamedTuple):
    """
    What is looked up of one passage.

    Attributes:
        languages: Names of `fields_of` that it is found under.
        symbols: Its paper, and its paragraph of that paper.
        cited: Papers whose symbols stand in it.
        words: Its words without case and accents.
        forms: Its words as they are spelled.
        parts: Terms of each of `PARTS`, with spaces between them.
        recommends: Its paragraph recommends something.
    """

    languages: Sequence[str]
    symbols: Sequence[str]
    cited: Sequence[str]
    words: str
    forms: str
    parts: Sequence[str]
    recommends: bool


def analysed(passage: Passage) -> Analysed:
    """What is looked up of a passage."""
    language = passage.lang or passage.language
    named = []
    # A joint paper has two symbols in one, and is asked for by either.
    for symbol in dict.fromkeys((passage.symbol, *symbols.find(passage.symbol))):
        named.append(symbols.key(symbol))
        if passage.paragraph is not None:
            named.append(place(symbol, passage.part, passage.paragraph))
    return Analysed(
        languages=sorted({*fields_of(passage.language), *fields_of(language)}),
        symbols=named,
        cited=[
            symbols.key(each) for each in symbols.find("\n".join((passage.text, *passage.notes)))
        ],
        words=" ".join(plain_words(passage.text)),
        forms=" ".join(forms(passage.text)),
        parts=[" ".join(each) for each in _parts(passage, language)],
        recommends=passage.recommendation is not None,
    )


def place(symbol: str, part: str, paragraph: str) -> str:
    """A paragraph of a paper as a term."""
    return f"{symbols.key(symbol)}#{part.casefold()}#{paragraph}"


def lengths(passages: Iterable[Analysed]) -> dict[str, int]:
    """Number of terms in each part, of all passages together."""
    found: Counter[str] = Counter(dict.fromkeys(PARTS, 0))
    for each in passages:
        for part, text in zip(PARTS, each.parts, strict=True):
            found[part] += len(text.split())
    return dict(found)


def pack(passages: Sequence[Analysed]) -> bytes:
    """Passages of one paper as bytes."""
    return zlib.compress(json.dumps(passages, ensure_ascii=False).encode(), _LEVEL)


def unpack(packed: bytes) -> list[Analysed]:
    """The passages of `pack`."""
    return [Analysed(*each) for each in json.loads(zlib.decompress(packed))]


def _parts(passage: Passage, language: str) -> list[list[str]]:
    """Terms of each part of a passage, each with its language before it."""
    texts = (
        (passage.text, language),
        (passage.title or "", passage.language),
        ("\n".join(passage.heading_path), passage.language),
        ("\n".join(passage.notes), language),
    )
    parts = [
        [f"{each}:{term}" for each in fields_of(spoken) for term in terms(text, each)]
        for text, spoken in texts
    ]
    pairs = [
        f"{each}:{pair}" for each in fields_of(language) for pair in neighbours(passage.text, each)
    ]
    return [*parts, pairs]
