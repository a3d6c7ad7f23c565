"""
Request -> Engine and checked parameters: what every route asks for first.

Why a check of our own: web frameworks drop parameters that they do not know, and a
caller who mistypes a filter would get an unfiltered answer that looks right.
"""

from collections import Counter
from typing import Annotated, Any, cast

from fastapi import Depends
from fastapi.routing import APIRoute
from starlette.requests import Request

from wgsearch.agenda import Agenda, AgendaItem
from wgsearch.answers import Engine, Filters, PaperEntry
from wgsearch.api import problems
from wgsearch.api.render import base_of
from wgsearch.errors import NotAnAgendaError, UnknownItemError, UnknownSymbolError
from wgsearch.papers.paper import Paper
from wgsearch.papers.symbols import key


async def engine_of(request: Request) -> Engine:
    """The engine that answers this request, from its beginning to its end."""
    state: dict[str, Any] = request.scope["state"]
    if "no_engine" in state:
        raise state["no_engine"]
    return cast("Engine", state["engine"])


async def base_url(request: Request) -> str:
    """Address of the service."""
    return base_of(request)


Asked = Annotated[Engine, Depends(engine_of)]
Base = Annotated[str, Depends(base_url)]


async def refuse_unknown(request: Request) -> None:
    """Refuse parameters that the address does not declare, and repeated single ones."""
    route: APIRoute = request.scope["route"]
    declared = _declared(request, route)
    counts = Counter(name for name, _ in request.query_params.multi_items())
    items = [
        problems.unknown_parameter(name, [*declared]) for name in counts if name not in declared
    ]
    items += [
        problems.repeated_parameter(name)
        for name, count in counts.items()
        if count > 1 and not declared.get(name, True)
    ]
    if items:
        raise problems.RefusedError(problems.invalid(items))


def only(request: Request, *names: str) -> None:
    """Refuse parameters that a page does not have."""
    items = [
        problems.unknown_parameter(name, names)
        for name in request.query_params
        if name not in names
    ]
    if items:
        raise problems.RefusedError(problems.invalid(items))


def _declared(request: Request, route: APIRoute) -> dict[str, bool]:
    """Query parameters of a route as its OpenAPI declares them, and whether each may repeat."""
    paths: dict[str, dict[str, dict[str, Any]]] = request.app.openapi()["paths"]
    operation = paths[route.path_format][request.method.lower()]
    return {
        each["name"]: each["schema"].get("type") == "array"
        for each in operation.get("parameters", ())
        if each["in"] == "query"
    }


def editions(engine: Engine, symbol: str) -> list[PaperEntry]:
    """Entries of all language versions of a paper, English first."""
    every = engine.papers(Filters(symbols=(symbol,)))
    found = [each for each in every if each.symbol == symbol]
    return sorted(found, key=lambda each: (each.language != "en", each.language))


def agenda_of(engine: Engine, paper: Paper) -> Agenda | None:
    """The agenda that a paper holds, None without one."""
    try:
        return engine.agenda(paper.key)
    except NotAnAgendaError:
        return None


def item_of(agenda: Agenda, number: str) -> AgendaItem:
    """
    An item of an agenda.

    Raises:
        UnknownItemError: It has no item of this number.
    """
    for item in agenda.items:
        if item.number.casefold() == number.strip().casefold():
            return item
    numbers = ", ".join(item.number for item in agenda.items)
    raise UnknownItemError(f"{agenda.symbol} has no item {number!r}; its items are {numbers}")


def listed(engine: Engine, item: AgendaItem) -> tuple[bool, ...]:
    """For each document that an item lists: it is in the corpus."""
    return tuple(_holds(engine, each.symbol) for each in item.documents)


def _holds(engine: Engine, symbol: str | None) -> bool:
    """A paper of this very symbol is in the index; one that resembles it does not count."""
    if symbol is None:
        return False
    try:
        entry = engine.entry(symbol)
    except UnknownSymbolError:
        return False
    return key(symbol) in {key(each) for each in (entry.symbol, *entry.symbols)}
