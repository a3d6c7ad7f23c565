"""
Paragraph of a paper <-> the words that name it in an address: `A/CONF.9/2031/2:p12`.

Why the anchor of the reader and not a position: such an address is written down, mailed and read
by people, and a paper that is read anew keeps its numbers while its positions move.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlencode

from wgsearch.answers import Hit, Match
from wgsearch.api import problems, wire
from wgsearch.api.addresses import anchor, one_language
from wgsearch.errors import UnknownSymbolError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wgsearch.answers import Engine
    from wgsearch.passages import Passage

# A bare number is one as well: `A/CONF.9/2031/2:12`; `#` is what the reader's addresses have.
_NAMED = re.compile(
    r"(?P<symbol>.+?)[:#](?P<ident>i\d+|(?:[\w.'’-]+-)?p[^:#\s][^:#]*|\d[^:#]*)"
    r"(?::(?P<language>[a-z]{2}))?"
)
_LONGEST = 300
# Places in a basket: a pack of fifty passages is twenty pages, and their address has 2,000
# characters, which mail programs leave in one piece.
MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    A paragraph as an address names it.

    Attributes:
        symbol: Symbol of its paper.
        ident: Its anchor in the reader.
        language: Language version, None for the one that is preferred.
    """

    symbol: str
    ident: str
    language: str | None

    def __str__(self) -> str:
        """As it stands in an address; English is not named."""
        spoken = f":{self.language}" if self.language not in {None, "en"} else ""
        return f"{self.symbol}:{self.ident}{spoken}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """
    A place with what stands there.

    Attributes:
        name: The place as an address names it: in canonical form where it is held.
        hit: The whole paragraph; None where no paper of the index has it.
    """

    name: str
    hit: Hit | None


class _Standing(Protocol):
    """Whatever stands in a paragraph of a paper: a passage, a place of the compendium."""

    @property
    def symbol(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def paragraph(self) -> str | None: ...
    @property
    def part(self) -> str: ...
    @property
    def index(self) -> int: ...


def place_of(standing: _Standing) -> str:
    """The name of the paragraph that something stands in."""
    ident = anchor(standing.paragraph, standing.part, standing.index)
    return named(standing.symbol, standing.language, ident)


def named(symbol: str, language: str, ident: str) -> str:
    """The name of a paragraph by its anchor in the reader."""
    return str(Place(symbol=symbol, ident=ident, language=one_language(language)))


def read_place(text: str) -> Place:
    """
    A place as somebody wrote it.

    Raises:
        RefusedError: It is none; the problem says how places are written.
    """
    found = _NAMED.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if found is None:
        item = wire.ProblemItemObject(
            pointer="#/p",
            name="p",
            detail=f"{text[:80]!r} names no paragraph; write a symbol, a colon and the paragraph's"
            " anchor or number, as in A/CONF.9/2031/2:p12",
            near=None,
        )
        raise problems.RefusedError(problems.invalid([item]))
    ident = found["ident"]
    ident = f"p{ident}" if ident[0].isdigit() else ident
    return Place(symbol=found["symbol"], ident=ident, language=found["language"])


def find(engine: Engine, names: Iterable[str]) -> tuple[Found, ...]:
    """
    What stands at each place, in the order given, each once.

    Raises:
        RefusedError: One of them names no paragraph.
    """
    found = {each.name: each for each in by_name(engine, names).values()}
    return tuple(_ranked(found.values()))


def by_name(engine: Engine, names: Iterable[str]) -> dict[str, Found]:
    """
    What stands at each place, by its name as it was written.

    Raises:
        RefusedError: One of them names no paragraph.
    """
    papers: dict[tuple[str, str | None], dict[str, Hit]] = {}
    found: dict[str, Found] = {}
    for written in names:
        place = read_place(written)
        key = (place.symbol, place.language)
        if key not in papers:
            papers[key] = _paragraphs(engine, place)
        hit = papers[key].get(place.ident)
        name = named(hit.passage.symbol, hit.passage.language, place.ident) if hit else str(place)
        found[written] = Found(name=name, hit=hit)
    return found


def address(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    """An address whose places can be read: slashes and colons stand as they are."""
    return f"{path}?{urlencode(pairs, safe='/:', quote_via=quote)}" if pairs else path


def _paragraphs(engine: Engine, place: Place) -> dict[str, Hit]:
    """The paragraphs of a paper by anchor, each whole; none where the paper is not held."""
    try:
        entry = engine.entry(place.symbol, place.language)
    except UnknownSymbolError:
        return {}
    pieces: dict[int, list[Passage]] = {}
    for passage in engine.passages(place.symbol, place.language):
        pieces.setdefault(passage.index, []).append(passage)
    found: dict[str, Hit] = {}
    for index, own in sorted(pieces.items()):
        ident = anchor(own[0].paragraph, own[0].part, index)
        # An anchor that repeats gives way to the position, as in the reader.
        found[f"i{index}" if ident in found else ident] = Hit(
            rank=1,
            score=1.0,
            passage=_whole(own),
            match=Match(lexical_rank=None, dense_rank=None, spans=()),
            superseded_by=entry.superseded_by,
            corrigenda=entry.corrigenda,
            warning_codes=entry.warning_codes,
        )
    return found


def _whole(pieces: Sequence[Passage]) -> Passage:
    """A paragraph put together again, as its paper has it."""
    ordered = sorted(pieces, key=lambda each: each.piece)
    text = ordered[0].text + "".join(each.joint + each.text for each in ordered[1:])
    return replace(
        ordered[0],
        text=text,
        piece=0,
        pieces=1,
        page_last=max(each.page_last for each in ordered),
        boxes=tuple(dict.fromkeys(box for each in ordered for box in each.boxes)),
    )


def _ranked(found: Iterable[Found]) -> Iterable[Found]:
    """Ranks from 1 in the order given."""
    rank = 0
    for each in found:
        if each.hit is None:
            yield each
        else:
            rank += 1
            yield replace(each, hit=replace(each.hit, rank=rank, score=1.0 / rank))
