"""
words that cite -> the papers and runs of paragraphs that they mean.

Why apart from searching: who looks up a citation wants these paragraphs and no neighbours, several
runs of them, and is told which of them the paper does not have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.papers.citations import PARAGRAPHS, parse_after, parse_citation, parse_typed
from wgsearch.papers.symbols import locate, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(rf"[\s,:]*(?<!\w){PARAGRAPHS}\s?\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """
    A paper and what of it is cited.

    Attributes:
        symbol: Its symbol; as cited where the index has none such.
        runs: First and last paragraph of each run; none for the whole paper.
        part: `body`, or the annex.
    """

    symbol: str
    runs: tuple[tuple[str, str], ...]
    part: str = "body"

    @property
    def words(self) -> str:
        """As a delegate would cite it."""
        if not self.runs:
            return self.symbol
        is_one = len(self.runs) == 1 and self.runs[0][0] == self.runs[0][1]
        places = ", ".join(
            first if first == last else f"{first}-{last}" for first, last in self.runs
        )
        part = "" if self.part == "body" else f", {self.part}"
        return f"{self.symbol}{part}, para{'' if is_one else 's'}. {places}"


def meant(text: str, known: Sequence[str]) -> tuple[Meant, ...]:
    """
    What a citation, or a text with citations, means.

    Args:
        text: `2022/3, paras. 4-6`, or a sentence with whole symbols.
        known: Symbols of the index.

    Returns:
        In the order of the text, once each; several papers where a piece of a symbol fits several;
        none where nothing is cited.
    """
    found = _located(text, known) or _typed(text, known) or _piece(text, known)
    return tuple(dict.fromkeys(found))


def _located(text: str, known: Sequence[str]) -> list[Meant]:
    """Whole symbols, wherever they stand."""
    pairs = zip(locate(text), parse_citation(text), strict=True)
    return [
        Meant(symbol=symbol, runs=parse_after(text, place.end), part=cited.part)
        for place, cited in pairs
        for symbol in resolve(cited.symbol, known) or (cited.symbol,)
    ]


def _typed(text: str, known: Sequence[str]) -> list[Meant]:
    """A piece of a symbol with one run."""
    return [
        Meant(
            symbol=each.symbol,
            runs=((each.first, each.last or each.first),) if each.first else (),
            part=each.part,
        )
        for each in parse_typed(text, known)
    ]


def _piece(text: str, known: Sequence[str]) -> list[Meant]:
    """A piece of a symbol with several runs."""
    match = _WORD.search(text)
    if match is None:
        return []
    rest = text[match.start() :]
    return [
        Meant(symbol=symbol, runs=parse_after(symbol + rest, len(symbol)))
        for symbol in resolve(text[: match.start()].strip(), known)
    ]
