"""
Addresses for people -> HTML: search, papers, status, and what explains the API.

Why the whole state is in the address: back works, a copied link shows the same thing,
and nothing needs a script or a session.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from wgsearch.answers import Filters
from wgsearch.api import addresses, docs, problems, register_page, schemas, views
from wgsearch.api.asking import Asked, Base, agenda_of, editions, only, state_of
from wgsearch.api.observing import note
from wgsearch.api.related import cited_objects, citing_objects, family_object
from wgsearch.api.routes import (
    get_document,
    get_lineage,
    list_recommendations,
)
from wgsearch.api.search_page import asked_of, read, search_page, searched
from wgsearch.compendium.looking import Entry, holding
from wgsearch.papers.paper import READERS, Paper
from wgsearch.papers.warnings import WARNINGS
from wgsearch.register import lineage

if TYPE_CHECKING:
    from wgsearch.answers import Answer
    from wgsearch.api.render import Renderer
    from wgsearch.compendium.records import Compendium

router = APIRouter(include_in_schema=False)


def _show(request: Request, name: str, values: dict[str, Any], status: int = 200) -> Response:
    return cast("Renderer", request.app.state.renderer).page(name, values, status, request)


def _topics(request: Request) -> Mapping[tuple[str, str, int], Entry]:
    """The topic of each paragraph that is in one, by symbol, language and index."""
    return cast("Mapping[tuple[str, str, int], Entry]", request.scope["state"].get("topics") or {})


@router.get("/")
def home(request: Request, engine: Asked) -> Response:
    """The question box, sample questions, and how much there is to ask."""
    only(request)
    return _show(request, *search_page(engine, read([])))


@router.get("/search")
def search(request: Request, engine: Asked) -> Response:
    """Results, or the empty box."""
    asked = read(request.query_params.multi_items())
    if asked.tidy is not None:
        return RedirectResponse(asked.tidy, status_code=303)
    name, values, code = search_page(engine, asked)
    if answer := values["answer"]:
        note(request, cast("Answer", answer))
    return _show(request, name, {**values, "topics": _topics(request)}, code)


@router.get("/search.json")
def search_twin(request: Request, engine: Asked, base: Base) -> Response:
    """The results as the API gives them."""
    asked = asked_of(request.query_params.multi_items())
    return JSONResponse(schemas.search_json(note(request, searched(engine, asked)), base))


@router.get("/documents")
def documents(request: Request, engine: Asked, warning: str | None = None) -> Response:
    """All papers by year and session, or those with one warning."""
    only(request, "warning")
    entries = engine.papers(Filters(warnings=(warning,) if warning else ()))
    return _show(
        request,
        "documents",
        {
            "years": views.by_year(entries),
            "entries": entries,
            "state": engine.state(),
            "warning": warning,
            "explained": WARNINGS.get(warning or ""),
        },
    )


@router.get("/documents.json")
def documents_twin(request: Request, engine: Asked, base: Base) -> Response:
    """The same as JSON."""
    only(request)
    entries = engine.papers(Filters())
    found = schemas.documents_object(entries, engine.state().generation, base)
    return JSONResponse(found.model_dump(mode="json"))


@router.get("/documents/{symbol:path}.json")
def document_twin(
    request: Request, engine: Asked, base: Base, symbol: str, language: str | None = None
) -> Response:
    """A paper as the API gives it."""
    only(request, "language")
    return JSONResponse(
        get_document(engine, base, symbol, language or None).model_dump(mode="json")
    )


@router.get("/documents/{symbol:path}")
def document(request: Request, engine: Asked, symbol: str, language: str | None = None) -> Response:
    """The paper reader."""
    only(request, "language")
    paper = engine.paper(symbol, language or None)
    related = engine.relations(symbol, language or None)
    if paper.key != symbol:  # one address a paper, so that links and citations agree
        return RedirectResponse(addresses.paper_url(paper.key, language), status_code=303)
    others = editions(engine, paper.key)
    agenda = agenda_of(engine, paper)
    corpus = request.app.state.corpus
    return _show(
        request,
        "paper",
        {
            "paper": paper,
            "entry": engine.entry(symbol, language or None),
            "outline": views.outline(paper),
            "blocks": views.blocks(paper, related.sisters),
            "notes": views.footnotes(paper),
            "others": [each for each in others if each.language != paper.language],
            "agenda": agenda,
            "family": family_object(related),
            "cites": cited_objects(paper, related),
            "cited_by": citing_objects(related),
            "warnings": [schemas.warning_object(each) for each in paper.warnings],
            "read_from": READERS[paper.reader],
            "original": corpus is not None,
            "topics": _topics_of(request, paper),
            "topic_url": addresses.topic_url,
        },
    )


@router.get("/recommendations")
def recommendations(request: Request, engine: Asked) -> Response:
    """What was recommended to whom, with filters."""
    asked = register_page.read(request.query_params.multi_items())
    if asked.tidy is not None:
        return RedirectResponse(asked.tidy, status_code=303)
    return _show(request, *register_page.register_page(engine, asked))


@router.get("/recommendations.json")
def recommendations_twin(request: Request, engine: Asked, base: Base) -> Response:
    """The same as the API gives it."""
    asked = register_page.twin_of(request.query_params.multi_items())
    found = list_recommendations(request, Response(), engine, base, asked)
    return JSONResponse(found.model_dump(mode="json"))


@router.get("/recommendations/{name:path}.json")
def recommendation_twin(request: Request, engine: Asked, base: Base, name: str) -> Response:
    """A recommendation over the years, as the API gives it."""
    only(request)
    return JSONResponse(get_lineage(engine, base, name).model_dump(mode="json"))


@router.get("/recommendations/{name:path}")
def recommendation(request: Request, engine: Asked, name: str) -> Response:
    """A recommendation over the years."""
    only(request)
    return _show(request, *register_page.lineage_page(lineage(engine, name)))


@router.get("/status")
def status(request: Request, engine: Asked) -> Response:
    """What is being searched, and which papers could not be read well."""
    only(request)
    entries = engine.papers(Filters())
    return _show(
        request,
        "status",
        {
            "state": state_of(request),
            "warned": [each for each in entries if each.warnings],
            "explained": WARNINGS,
            "edition": request.scope["state"].get("compendium"),
            "no_edition": request.scope["state"].get("no_compendium"),
        },
    )


@router.get("/status.json")
def status_twin(request: Request, _: Asked) -> Response:
    """The same as JSON."""
    only(request)
    return JSONResponse(schemas.index_json(state_of(request)))


@router.get("/help")
def help_page(request: Request, _: Asked) -> Response:
    """How to ask, what is shown, how to take it along."""
    only(request)
    return _show(request, "help", {})


@router.get("/api")
def api(request: Request, base: Base) -> Response:
    """The operations of the API, to read."""
    only(request)
    document = request.app.openapi()
    return _show(
        request,
        "api",
        {
            "base": base,
            "tags": docs.TAGS,
            "about": document["info"]["description"],
            "operations": docs.operations(document),
            "sample_path": docs.sample_path,
            "kinds": problems.KINDS,
        },
    )


@router.get("/problems/{slug}")
def problem_kind(request: Request, slug: str) -> Response:
    """What a kind of problem means and what to do: the address in a problem's `type`."""
    only(request)
    for kind in problems.KINDS:
        if kind.slug == slug:
            return _show(request, "problem", {"kind": kind, "problem": None})
    raise problems.RefusedError(
        problems.Problem(kind=problems.NOT_FOUND, detail=f"No kind of problem is named {slug!r}.")
    )


def _topics_of(request: Request, paper: Paper) -> tuple[Entry, ...]:
    """The topics that a paper is in, in whichever of its languages."""
    edition = cast("Compendium | None", request.scope["state"].get("compendium"))
    return tuple(each for each, _ in holding(edition, paper.key).entries) if edition else ()
