"""
symbol or citation -> papers and passages in order: looking up, not searching.

Why apart: who types `2021/3, para. 5` wants that paragraph first and its neighbours
after it, whatever they are about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rapidfuzz import fuzz, process

from wgsearch.answers import Hit, Match
from wgsearch.errors import UnknownSymbolError
from wgsearch.papers import symbols
from wgsearch.papers.citations import parse_after, parse_typed
from wgsearch.phrases import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.answers import Query
    from wgsearch.index.snapshot import Snapshot
    from wgsearch.papers.citations import Citation
    from wgsearch.passages import Passage

# No citation is longer.
_MAX_CHARACTERS = 200
_NEAR = 3
# Of 100: one changed digit in a symbol is about 95, another body about 60.
_NEAR_ENOUGH = 70
# A piece of a symbol among other words: segments with slashes between them.
_PIECE = re.compile(
    r"(?<![\w/.\-])[A-Za-z0-9][\w.\-]*(?:/[\w.\-]+(?:\(\w+\))?)+(?<![.\-])(?![\w/])"
)
# A piece of more symbols names none of them.
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """
    What a citation leads to.

    Attributes:
        hits: Passages from the cited paragraph on, in the order of the paper.
        notes: What is not as the citation says.
        verdict: Covered; touched where no paper has the paragraph; None without hits.
    """

    hits: tuple[Hit, ...]
    notes: tuple[str, ...]
    verdict: Literal["covered", "touched"] | None


def number_of(snapshot: Snapshot, symbol: str, language: str | None) -> int:
    """
    Number of a paper.

    Args:
        snapshot: The index.
        symbol: Its symbol in whole, or the file name of a paper without one.
        language: None prefers English, then the first by name.

    Raises:
        UnknownSymbolError: With symbols that resemble it.
    """
    entries = snapshot.store.entries
    found = snapshot.store.named([symbol]).nonzero()[0].tolist()
    if not found:
        raise UnknownSymbolError(symbol, near_symbols(snapshot, symbol))
    spoken = [n for n in found if language is None or language in entries[n].language.split("+")]
    if not spoken:
        near = tuple(f"{entries[n].symbol} ({entries[n].language})" for n in found)
        raise UnknownSymbolError(f"{symbol} ({language})", near)
    return int(min(spoken, key=lambda n: (entries[n].language != "en", entries[n].language, n)))


def near_symbols(snapshot: Snapshot, symbol: str) -> tuple[str, ...]:
    """Symbols that the words may mean: those they are a piece of, then those they resemble."""
    known = snapshot.store.symbols
    keys = {each: symbols.key(each) for each in known}
    alike = process.extract(
        symbols.key(symbol), keys, scorer=fuzz.ratio, limit=_NEAR, score_cutoff=_NEAR_ENOUGH
    )
    pieces = symbols.resolve(symbol, known)
    return tuple(dict.fromkeys((*pieces, *(name for _, _, name in alike))))[:_NEAR]


def look_up(snapshot: Snapshot, query: Query) -> LookedUp | None:
    """
    What a question leads to that is nothing but a symbol or a citation.

    Returns:
        None for any other question, and when no paper of the index is meant.
    """
    text = query.text.strip()
    if len(text) > _MAX_CHARACTERS:
        return None
    cited = parse_typed(text, snapshot.store.symbols)
    if not cited:
        return None
    passages: list[Passage] = []
    notes: list[str] = []
    is_held = False
    for number, citation in _papers(snapshot, query, cited).items():
        entry = snapshot.store.entries[number]
        own = snapshot.store.passages(snapshot.store.rows_of(number))
        at = _position(own, citation)
        is_held = is_held or at is not None
        if at is None:
            notes.append(
                said(
                    "{symbol} has no paragraph {number}: shown from its beginning",
                    symbol=entry.symbol,
                    number=citation.first,
                )
            )
        if entry.superseded_by:
            notes.append(
                said(
                    "{symbol} is replaced by {newer}",
                    symbol=entry.symbol,
                    newer=entry.superseded_by,
                )
            )
        wanted = own[at or 0 :]
        if query.filters.recommendations:
            wanted = tuple(each for each in wanted if each.recommendation)
        passages += wanted
    if not passages:
        notes.append(
            said("{symbol} is in the index, but left out by the filters", symbol=cited[0].symbol)
        )
    hits = _hits(snapshot, passages[: query.k])
    verdict: Literal["covered", "touched"] = "covered" if is_held else "touched"
    return LookedUp(hits=hits, notes=tuple(notes), verdict=verdict if hits else None)


def cited_within(snapshot: Snapshot, text: str) -> tuple[str, ...]:
    """
    Papers and paragraphs that a question names among other words, by symbols in whole or in part.

    Returns:
        Citations with whole symbols, for instance `A/CONF.9/2010/6, para. 4` for `2010/6 para. 4`;
        none for a piece that many symbols have.
    """
    pieces = [match for match in _PIECE.finditer(text) if any(map(str.isdigit, match[0]))]
    if not pieces:
        return ()
    known = snapshot.store.symbols
    cited: list[str] = []
    for match in pieces[:_MOST_NAMED]:
        found = symbols.resolve(match[0], known)
        if not 0 < len(found) <= _MOST_NAMED:
            continue
        runs = parse_after(text, match.end())
        place = f", para. {runs[0][0]}" if runs else ""
        cited += (f"{symbol}{place}" for symbol in found)
    return tuple(dict.fromkeys(cited))


def unknown_note(snapshot: Snapshot, text: str) -> str | None:
    """Words for a question that is a symbol of no paper here."""
    found = symbols.find(text)
    if len(found) != 1 or symbols.key(found[0]) != symbols.key(text):
        return None
    near = near_symbols(snapshot, found[0])
    if not near:
        return said("no paper {symbol} in the index; searched for its words", symbol=found[0])
    return said(
        "no paper {symbol} in the index; near it: {near}; searched for its words",
        symbol=found[0],
        near=", ".join(near),
    )


def _papers(snapshot: Snapshot, query: Query, cited: Sequence[Citation]) -> dict[int, Citation]:
    """Numbers of the papers cited that pass the filters, one language each."""
    allowed = snapshot.store.select(query.filters)
    entries = snapshot.store.entries
    chosen: dict[int, Citation] = {}
    for citation in cited:
        named = snapshot.store.named([citation.symbol]) & allowed
        found = named.nonzero()[0].tolist()
        if found:
            best = min(found, key=lambda n: (entries[n].language != "en", entries[n].language, n))
            chosen.setdefault(int(best), citation)
    return chosen


def _position(passages: Sequence[Passage], citation: Citation) -> int | None:
    """Where the cited paragraph begins: 0 for a whole paper, None when it has none such."""
    if citation.first is None:
        return 0
    numbered = [n for n, each in enumerate(passages) if each.paragraph == citation.first]
    part = citation.part.casefold()
    inside = [n for n in numbered if passages[n].part.casefold() == part]
    return next(iter(inside or numbered), None)


def _hits(snapshot: Snapshot, passages: Sequence[Passage]) -> tuple[Hit, ...]:
    """Hits in the order given; the first is what was asked for."""
    entries = {each.file: snapshot.store.entry_of(each.file) for each in passages}
    return tuple(
        Hit(
            rank=rank,
            score=1.0 / rank,
            passage=passage,
            match=Match(lexical_rank=None, dense_rank=None, spans=()),
            superseded_by=entries[passage.file].superseded_by,
            corrigenda=entries[passage.file].corrigenda,
            warning_codes=entries[passage.file].warning_codes,
        )
        for rank, passage in enumerate(passages, start=1)
    )
