"""
Agendas -> pages: all of them, one answered item by item, one that somebody brings along.

Why what is brought is answered at once and not kept: an agenda that is not out yet must not lie
on a server; whoever wants its pack sends it again.
"""

from typing import TYPE_CHECKING, Any, cast

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from wgsearch.agenda import Agenda
from wgsearch.answers import Engine, Filters, PaperEntry
from wgsearch.api import addresses, problems, schemas, views
from wgsearch.api.agenda_page import ITEM_PASSAGES, PACKS, packs, shown_item
from wgsearch.api.asking import Asked, Base, only
from wgsearch.api.packing import packed
from wgsearch.api.packs import as_file, made
from wgsearch.api.parameters import FilterParameters
from wgsearch.api.render import base_of
from wgsearch.api.routes import list_agendas
from wgsearch.api.uploads import brought_in, sent
from wgsearch.briefing import item_brief, setting_of
from wgsearch.briefing.source import Brought
from wgsearch.errors import NotAnAgendaError, PaperUnreadableError, WgsearchError
from wgsearch.export import format_of

if TYPE_CHECKING:
    from wgsearch.api.render import Renderer

router = APIRouter(include_in_schema=False)

# What a form may ask an agenda to become, beside its pack in a format.
_PAGE = "page"


@router.get("/agendas")
def agendas(request: Request, engine: Asked) -> Response:
    """All agendas, and where another one is brought along."""
    only(request)
    return _agendas_page(request, engine, "", None)


@router.post("/agendas")
async def brought_agenda(request: Request, engine: Asked) -> Response:
    """An agenda that is not in the corpus: as a page, or as its pack."""
    found = await sent(request, frozenset({"as"}))
    wanted = found.fields.get("as", (_PAGE,))[-1]
    if wanted not in {_PAGE, *PACKS}:
        ways = ", ".join((_PAGE, *PACKS))
        detail = f"`as` is {wanted!r}; it may be {ways}."
        raise problems.RefusedError(problems.Problem(kind=problems.MALFORMED, detail=detail))
    try:
        brought = await run_in_threadpool(brought_in, found)
    except (NotAnAgendaError, PaperUnreadableError) as error:
        return await run_in_threadpool(_agendas_page, request, engine, found.text, error)
    if wanted == _PAGE:
        return await run_in_threadpool(_brought_page, request, engine, brought, found.text)
    return await run_in_threadpool(_pack, engine, brought, wanted, base_of(request))


@router.get("/agendas.json")
def agendas_twin(request: Request, engine: Asked, base: Base) -> Response:
    """All agendas as JSON."""
    only(request)
    return JSONResponse(list_agendas(engine, base, FilterParameters()).model_dump(mode="json"))


@router.get("/agendas/{symbol:path}.json")
def agenda_twin(request: Request, engine: Asked, base: Base, symbol: str) -> Response:
    """An agenda, answered item by item, as `wgsearch agenda --json` prints it."""
    only(request)
    agenda = engine.agenda(symbol)
    setting = setting_of(engine, agenda)
    answers = [
        engine.item(agenda, item, k=ITEM_PASSAGES, filters=Filters()) for item in agenda.items
    ]
    briefs = [item_brief(engine, setting, item) for item in agenda.items]
    return JSONResponse(schemas.agenda_json(agenda, answers, briefs, base))


@router.get("/agendas/{symbol:path}.md")
def agenda_text(request: Request, symbol: str) -> Response:
    """The same as Markdown: its pack."""
    only(request)
    return RedirectResponse(f"{addresses.agenda_url(symbol)}/pack.md", status_code=303)


@router.get("/agendas/{symbol:path}")
def agenda(request: Request, engine: Asked, symbol: str) -> Response:
    """An agenda, answered item by item."""
    only(request)
    found = engine.agenda(symbol)
    key = engine.paper(symbol).key
    if key != symbol:
        return RedirectResponse(addresses.agenda_url(key), status_code=303)
    entry = engine.entry(key)
    language = entry.language.partition("+")[0]
    return _show(
        request, "agenda", _values(engine, found, language, entry, addresses.agenda_url(key))
    )


def _brought_page(request: Request, engine: Engine, brought: Brought, text: str) -> Response:
    """The page of an agenda that is not in the corpus."""
    values = _values(engine, brought.agenda, brought.language, None, None)
    return _show(request, "agenda", {**values, "text": text, "error": None})


def _values(
    engine: Engine, found: Agenda, language: str, entry: PaperEntry | None, url: str | None
) -> dict[str, Any]:
    """What the page of an agenda shows."""
    setting = setting_of(engine, found, language=language)
    items = []
    for at, item in enumerate(found.items, start=1):
        answer = engine.item(found, item, k=ITEM_PASSAGES, filters=Filters()).answer
        items.append(shown_item(item_brief(engine, setting, item), f"item-{at}", answer, url))
    missing = {
        each.document.symbol
        for item in items
        for each in item.brief.documents
        if each.document.symbol and each.entry is None
    }
    return {
        "agenda": found,
        "key": entry.symbol if entry else found.symbol,
        "entry": entry,
        "language": language,
        "url": url,
        "items": items,
        "packs": packs(url) if url else (),
        "missing": sorted(missing),
    }


def _pack(engine: Engine, brought: Brought, wanted: str, base: str) -> Response:
    """The pack of an agenda that was brought along."""
    form = format_of(wanted)
    return as_file(packed(made(engine, brought, (), None), form, base), brought.agenda, form)


def _agendas_page(
    request: Request, engine: Engine, text: str, error: WgsearchError | None
) -> Response:
    """All agendas with the form; what is wrong stands beside the field, nothing typed is lost."""
    entries = tuple(each for each in engine.papers(Filters()) if each.has_agenda)
    problem = problems.of_error(error) if error else None
    values = {
        "years": views.by_year(entries),
        "entries": entries,
        "text": text,
        "error": problem.detail if problem else None,
    }
    return _show(request, "agendas", values, problem.kind.status if problem else 200)


def _show(request: Request, name: str, values: dict[str, Any], status: int = 200) -> Response:
    return cast("Renderer", request.app.state.renderer).page(name, values, status, request)
