"""
A question -> the items of an agenda, or of all agendas, under which it belongs.

Why beside the routes of agendas: the page asks what the API asks, and both go before addresses
that end in a symbol.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple, cast

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from wgsearch.answers import Filters
from wgsearch.api import addresses, problems, schemas, wire
from wgsearch.api.asking import Asked, Base, only, refuse_unknown
from wgsearch.api.parameters import MAX_K, Text
from wgsearch.api.results import shown_hit
from wgsearch.briefing import belonging, belonging_anywhere
from wgsearch.errors import RequestError
from wgsearch.holdings import Holdings, spoken

if TYPE_CHECKING:
    from wgsearch.answers import Engine
    from wgsearch.api.render import Renderer
    from wgsearch.api.results import ShownHit
    from wgsearch.briefing import Belonging

router = APIRouter(prefix=addresses.API, dependencies=[Depends(refuse_unknown)])
pages = APIRouter(include_in_schema=False)

# A group holds agendas of ten items; over all agendas the fifth is seldom the one meant.
_SHOWN = 5

Question = Annotated[Text, Query(description="The question, or a proposal.")]
Count = Annotated[int, Query(ge=1, le=MAX_K, description="How many items at most.")]


@router.get(
    "/agendas/belonging",
    operation_id="findItemsAnywhere",
    tags=["agendas"],
    response_model=wire.BelongingsObject,
)
def find_items_anywhere(
    engine: Asked, base: Base, q: Question, k: Count = 10
) -> wire.BelongingsObject:
    """Where on any agenda a question would belong, best first."""
    return _object(engine, q, _found(engine, None, q)[:k], base)


@router.get(
    "/agendas/{symbol:path}/belonging",
    operation_id="findItems",
    tags=["agendas"],
    response_model=wire.BelongingsObject,
)
def find_items(
    engine: Asked, base: Base, symbol: str, q: Question, k: Count = 10
) -> wire.BelongingsObject:
    """Where on an agenda a question would belong: its items, best first."""
    return _object(engine, q, _found(engine, symbol, q)[:k], base)


def _found(engine: Engine, symbol: str | None, question: str) -> tuple[Belonging, ...]:
    """Items of one agenda, or of all."""
    holdings = Holdings(engine)
    if symbol is not None:
        return belonging(engine, engine.agenda(symbol), question, holdings)
    held = dict.fromkeys(each.symbol for each in engine.papers(Filters()) if each.has_agenda)
    return belonging_anywhere(engine, map(engine.agenda, held), question, holdings)


def _object(
    engine: Engine, question: str, found: tuple[Belonging, ...], base: str
) -> wire.BelongingsObject:
    return schemas.belongings_object(
        question, found, generation=engine.state().generation, base=base
    )


class ShownItem(NamedTuple):
    """
    An item as the page shows it.

    Attributes:
        found: The item.
        url: Where it is read; None where its agenda has no symbol.
        language: Language of its agenda.
        hit: The best passage of its papers.
    """

    found: Belonging
    url: str | None
    language: str
    hit: ShownHit | None


@pages.get("/agendas/belonging.json")
def anywhere_twin(engine: Asked, base: Base, request: Request, q: Question) -> Response:
    """The same as JSON."""
    only(request, "q")
    return JSONResponse(find_items_anywhere(engine, base, q).model_dump(mode="json"))


@pages.get("/agendas/{symbol:path}/belonging.json")
def twin(engine: Asked, base: Base, request: Request, symbol: str, q: Question) -> Response:
    """The same as JSON."""
    only(request, "q")
    return JSONResponse(find_items(engine, base, symbol, q).model_dump(mode="json"))


@pages.get("/agendas/belonging")
def anywhere_page(engine: Asked, request: Request, q: str = "") -> Response:
    """Where on any agenda a question would belong."""
    only(request, "q")
    return _page(engine, request, None, q.strip())


@pages.get("/agendas/{symbol:path}/belonging")
def page(engine: Asked, request: Request, symbol: str, q: str = "") -> Response:
    """Where on an agenda a question would belong."""
    only(request, "q")
    key = engine.paper(symbol).key
    if key != symbol:
        pairs = [("q", q)] if q else None
        return RedirectResponse(addresses.link(addresses.belonging_url(key), pairs), 303)
    engine.agenda(key)
    return _page(engine, request, key, q.strip())


def _page(engine: Engine, request: Request, key: str | None, question: str) -> Response:
    """The form; below it the items, or what is wrong beside the field."""
    found: tuple[Belonging, ...] = ()
    error: problems.Problem | None = None
    if question:
        try:
            found = _found(engine, key, question)
        except RequestError as raised:
            error = problems.of_error(raised)
    address = addresses.belonging_url(key)
    values = {
        "key": key,
        "q": question,
        "error": error.detail if error else None,
        "items": [_shown(engine, each) for each in found[:_SHOWN]],
        "action": address,
        "twin": addresses.link(f"{address}.json", [("q", question)]),
    }
    renderer = cast("Renderer", request.app.state.renderer)
    return renderer.page("belonging", values, error.kind.status if error else 200, request)


def _shown(engine: Engine, found: Belonging) -> ShownItem:
    symbol = found.agenda.symbol
    return ShownItem(
        found=found,
        url=schemas.item_address(found),
        language=spoken(engine.entry(symbol).language) if symbol else "en",
        hit=shown_hit(found.hit, None) if found.hit else None,
    )
