"""
The beginning of a word -> symbols, titles, terms and topics that have it.

Why by letters alone: whoever types a key wants the same list as yesterday at once, and nothing is
encoded for it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Query, Request

from wgsearch.answers import Engine, Filters
from wgsearch.api import addresses, wire
from wgsearch.api.asking import Asked, Base, refuse_unknown
from wgsearch.api.parameters import SuggestionKind, SuggestParameters
from wgsearch.compendium.looking import entries
from wgsearch.compendium.records import Compendium

router = APIRouter(prefix=addresses.API, dependencies=[Depends(refuse_unknown)])

# What is told first where all else is equal: the rarer kind is the likelier to be meant.
_ORDER: tuple[SuggestionKind, ...] = ("topic", "term", "title", "symbol")


class Offered(NamedTuple):
    """
    Something that could be meant.

    Attributes:
        kind: What it is.
        text: Its words.
        url: Where it leads, without the address of the service.
        language: Language of its words; None for those of any.
        symbol: Symbol of the one paper that it is of; None for none, or several.
        means: The usual English form of a term; None for what is no term.
    """

    kind: SuggestionKind
    text: str
    url: str
    language: str | None = None
    symbol: str | None = None
    means: str | None = None


class Placed(NamedTuple):
    """Something offered, and the part of its words that was typed."""

    offered: Offered
    start: int
    end: int


@router.get(
    "/suggest",
    operation_id="suggest",
    tags=["search"],
    response_model=wire.SuggestionsObject,
)
def suggest(
    request: Request, engine: Asked, base: Base, asked: Annotated[SuggestParameters, Query()]
) -> wire.SuggestionsObject:
    """Symbols, titles, terms and topics in which a word begins as typed, best first."""
    edition: Compendium | None = request.scope["state"].get("compendium")
    begins = beginning(asked.q)
    kinds = asked.kind or _ORDER
    offers = (each for kind in kinds for each in _offered(engine, edition, kind, begins))
    return suggestions_object(
        asked.q,
        ranked(begins, offers)[: asked.k],
        generation=engine.state().generation,
        base=base,
    )


def suggestions_object(
    typed: str, found: Iterable[Placed], *, generation: str, base: str = ""
) -> wire.SuggestionsObject:
    """
    What is offered, as JSON.

    Args:
        typed: What was typed.
        found: Best first.
        generation: Name of the index generation.
        base: What to put before addresses.
    """
    return wire.SuggestionsObject(
        generation=generation,
        query=typed,
        suggestions=[
            wire.SuggestionObject(
                kind=offered.kind,
                text=offered.text,
                span=(start, end),
                url=base + offered.url,
                language=offered.language,
                symbol=offered.symbol,
                means=offered.means,
            )
            for offered, start, end in found
        ],
    )


def beginning(typed: str) -> re.Pattern[str]:
    """Finds where words begin as typed: one or more words, the last perhaps not whole."""
    words = r"\s+".join(map(re.escape, typed.split()))
    return re.compile(rf"(?<!\w){words}", re.IGNORECASE)


def ranked(begins: re.Pattern[str], offers: Iterable[Offered]) -> tuple[Placed, ...]:
    """
    Those in which a word begins as typed.

    Those that begin so themselves go first; kinds take turns, so that no kind with many hides
    another; within one, the shorter goes first, then by letters.

    Args:
        begins: What was typed.
        offers: What there is.
    """
    placed = (
        Placed(offered, *match.span())
        for offered in dict.fromkeys(offers)
        if (match := begins.search(offered.text))
    )
    turns: Counter[tuple[SuggestionKind, bool]] = Counter()
    ordered: list[tuple[bool, int, int, Placed]] = []
    for each in sorted(placed, key=_within):
        later = each.start > 0
        turn = (each.offered.kind, later)
        ordered.append((later, turns[turn], _ORDER.index(each.offered.kind), each))
        turns[turn] += 1
    return tuple(each for *_, each in sorted(ordered, key=lambda place: place[:-1]))


def _within(placed: Placed) -> tuple[int, str, str, str]:
    """The order within a kind; symbols by number, which their length keeps."""
    offered = placed.offered
    return (len(offered.text), offered.text.casefold(), offered.text, offered.language or "")


def _offered(
    engine: Engine, edition: Compendium | None, kind: SuggestionKind, begins: re.Pattern[str]
) -> Iterator[Offered]:
    """All of a kind; of terms, which are tens of thousands, only those that begin so."""
    if kind == "topic":
        for entry in entries(edition) if edition else ():
            yield Offered("topic", entry.topic.name, addresses.topic_url(entry.topic.id))
    elif kind == "term":
        for term in engine.terms():
            if begins.search(term.words):
                url = _asking(term.words)
                yield Offered("term", term.words, url, term.language, means=term.means)
    elif kind == "title":
        yield from _titles(engine)
    else:
        for paper in engine.papers(Filters()):
            yield Offered(
                "symbol", paper.symbol, addresses.paper_url(paper.symbol), symbol=paper.symbol
            )


def _titles(engine: Engine) -> Iterator[Offered]:
    """Titles of papers, each once; one that several papers have leads to a search."""
    papers = engine.papers(Filters())
    shared = Counter(each.title for each in papers)
    for each in papers:
        language = addresses.one_language(each.language)
        if each.title and shared[each.title] == 1:
            url = addresses.paper_url(each.symbol, each.language)
            yield Offered("title", each.title, url, language, each.symbol)
        elif each.title:
            yield Offered("title", each.title, _asking(each.title), language)


def _asking(words: str) -> str:
    """Address of the search for some words."""
    return addresses.link("/search", [("q", words)])
