"""
Requests under /api/v1 -> records as JSON: the API for other applications.

Why thin: a route reads its parameters, asks the engine once or twice and converts;
whatever it raises becomes a problem in app.py.
"""

from collections.abc import Callable
from dataclasses import replace
from types import UnionType
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import PlainTextResponse

from wgsearch.api import addresses, schemas, wire
from wgsearch.api.asking import (
    Asked,
    Base,
    agenda_of,
    editions,
    item_of,
    listed,
    refuse_unknown,
    state_of,
)
from wgsearch.api.cursors import page_of
from wgsearch.api.observing import note
from wgsearch.api.originals import original
from wgsearch.api.parameters import (
    MAX_K,
    FilterParameters,
    Language,
    ListedDocumentParameters,
    ListedRecommendationParameters,
    PagedSearchParameters,
    SearchBody,
)
from wgsearch.api.picking import picked
from wgsearch.briefing import item_brief, setting_of
from wgsearch.register import lineage, register

MAX_CONTEXT = 20

router = APIRouter(prefix=addresses.API, dependencies=[Depends(refuse_unknown)])
service = APIRouter(dependencies=[Depends(refuse_unknown)])

OneLanguage = Annotated[Language | None, Query(description="Language version; English goes first.")]
Part = Annotated[
    str, Query(description="`body`, or the annex as cited.", min_length=1, max_length=40)
]
Count = Annotated[int, Query(ge=1, le=MAX_K, description="How many passages at most.")]


def _get(
    path: str, name: str, tag: str, model: type[wire.Wire] | UnionType
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A GET route of the API, with all that its OpenAPI needs."""
    return router.get(path, operation_id=name, tags=[tag], response_model=model)


@_get("/search", "search", "search", wire.SearchObject | wire.PartialSearchObject)
def search(
    request: Request,
    response: Response,
    engine: Asked,
    base: Base,
    asked: Annotated[PagedSearchParameters, Query()],
) -> wire.Wire | Response:
    """
    Paragraphs that answer a question, each with its citation.

    With `limit`, the hundred best page by page, or as many as `k` says.
    """
    answer = note(request, engine.search(asked.query()))
    found, generation = len(answer.hits), answer.generation
    page = page_of(
        request, f"{base}{addresses.API}/search", generation, found=found, limit=asked.limit
    )
    shown = replace(answer, hits=answer.hits[page.start : page.end])
    sent = schemas.search_object(shown, base).model_copy(update={"count": found, "next": page.next})
    response.headers.update(page.headers)
    return picked(sent, "hits", asked.fields, page.headers)


@router.post(
    "/search",
    operation_id="searchByBody",
    tags=["search"],
    response_model=wire.SearchObject | wire.PartialSearchObject,
)
def search_by_body(
    request: Request, engine: Asked, base: Base, asked: SearchBody
) -> wire.Wire | Response:
    """The same for questions too long for an address."""
    answer = note(request, engine.search(asked.query()))
    return picked(schemas.search_object(answer, base), "hits", asked.fields)


@_get(
    "/documents",
    "listDocuments",
    "documents",
    wire.DocumentsObject | wire.PartialDocumentsObject,
)
def list_documents(
    request: Request,
    response: Response,
    engine: Asked,
    base: Base,
    asked: Annotated[ListedDocumentParameters, Query()],
) -> wire.Wire | Response:
    """Papers of the index, by symbol and language; with `limit`, page by page."""
    entries = engine.papers(asked.filters())
    found, generation = len(entries), engine.state().generation
    page = page_of(
        request, f"{base}{addresses.API}/documents", generation, found=found, limit=asked.limit
    )
    sent = schemas.documents_object(entries[page.start : page.end], generation, base)
    response.headers.update(page.headers)
    sent = sent.model_copy(update={"count": found, "next": page.next})
    return picked(sent, "documents", asked.fields, page.headers)


@_get(
    "/documents/{symbol:path}/paragraphs/{number}",
    "getParagraph",
    "documents",
    wire.NeighbourhoodObject,
)
def get_paragraph(
    *,
    engine: Asked,
    base: Base,
    symbol: str,
    number: str,
    part: Part = "body",
    context: Annotated[int, Query(ge=0, le=MAX_CONTEXT, description="Neighbours a side.")] = 0,
    language: OneLanguage = None,
) -> wire.NeighbourhoodObject:
    """One paragraph, with as many neighbours before and after as asked for."""
    return schemas.neighbourhood(
        engine, symbol, number, part=part, context=context, language=language, base=base
    )


@_get("/documents/{symbol:path}/paragraphs", "listParagraphs", "documents", wire.ParagraphsObject)
def list_paragraphs(
    engine: Asked,
    base: Base,
    symbol: str,
    part: Annotated[Part | None, Query()] = None,
    language: OneLanguage = None,
) -> wire.ParagraphsObject:
    """All paragraphs of a paper in order, each with its citation."""
    paper = engine.paper(symbol, language)
    every = schemas.paragraph_objects(paper, base, engine.relations(symbol, language).sisters)
    return wire.ParagraphsObject(
        generation=engine.state().generation,
        symbol=paper.key,
        language=paper.language,
        paragraphs=[each for each in every if part is None or schemas.same_part(each.part, part)],
    )


@router.get(
    "/documents/{symbol:path}/file",
    operation_id="getFile",
    tags=["documents"],
    response_class=Response,
    responses={
        200: {
            "description": "The file, of whichever type it is.",
            "content": {"application/pdf": {}, "application/octet-stream": {}, "*/*": {}},
        }
    },
)
def get_file(
    request: Request, engine: Asked, symbol: str, language: OneLanguage = None
) -> Response:
    """The file that a paper was read from, as an attachment."""
    return original(engine.paper(symbol, language), request.app.state.corpus)


@_get("/documents/{symbol:path}", "getDocument", "documents", wire.DocumentObject)
def get_document(
    engine: Asked, base: Base, symbol: str, language: OneLanguage = None
) -> wire.DocumentObject:
    """A paper, whole: masthead, headings, paragraphs, footnotes, agenda, warnings."""
    paper = engine.paper(symbol, language)
    return schemas.document_object(
        paper,
        agenda_of(engine, paper),
        generation=engine.state().generation,
        entry=engine.entry(symbol, language),
        editions=editions(engine, paper.key),
        related=engine.relations(symbol, language),
        base=base,
    )


@_get("/recommendations", "listRecommendations", "recommendations", wire.RecommendationsObject)
def list_recommendations(
    request: Request,
    response: Response,
    engine: Asked,
    base: Base,
    asked: Annotated[ListedRecommendationParameters, Query()],
) -> wire.RecommendationsObject:
    """What reports, resolutions and decisions recommend, or papers of the kinds asked for."""
    found = register(engine, asked.wanted())
    page = page_of(
        request,
        f"{base}{addresses.API}/recommendations",
        found.generation,
        found=len(found.found),
        limit=asked.limit,
        start=asked.offset,
    )
    response.headers.update(page.headers)
    return schemas.register_object(
        found, offset=page.start, limit=asked.limit, next_url=page.next, base=base
    )


@_get("/recommendations/{id:path}/lineage", "getLineage", "recommendations", wire.LineageObject)
def get_lineage(engine: Asked, base: Base, id: str) -> wire.LineageObject:  # noqa: A002 - as the address names it
    """A recommendation over the years: repeated, strengthened or weakened, and what changed."""
    return schemas.lineage_object(lineage(engine, id), base)


@_get("/agendas", "listAgendas", "agendas", wire.AgendasObject)
def list_agendas(
    engine: Asked, base: Base, asked: Annotated[FilterParameters, Query()]
) -> wire.AgendasObject:
    """Papers that hold an agenda."""
    entries = [each for each in engine.papers(asked.filters()) if each.has_agenda]
    return wire.AgendasObject(
        generation=engine.state().generation,
        count=len(entries),
        agendas=[schemas.entry_object(each, base) for each in entries],
    )


@_get(
    "/agendas/{symbol:path}/items/{number}/passages",
    "listItemPassages",
    "agendas",
    wire.ItemPassagesObject,
)
def list_item_passages(
    *,
    engine: Asked,
    base: Base,
    symbol: str,
    number: str,
    asked: Annotated[FilterParameters, Query()],
    k: Count = 10,
) -> wire.ItemPassagesObject:
    """
    What the papers hold for one item of an agenda.

    `passages` are those that pass the filters. The rest is what its briefing pack holds, whatever
    the filters: papers listed and earlier papers, whether it was addressed before, what was
    recommended.
    """
    agenda = engine.agenda(symbol)
    item = item_of(agenda, number)
    answer = engine.item(agenda, item, k=k, filters=asked.filters())
    brief = item_brief(engine, setting_of(engine, agenda), item)
    return wire.ItemPassagesObject(
        generation=answer.answer.generation,
        agenda=schemas.agenda_reference(agenda),
        item=schemas.item_answer(answer, brief, base),
    )


@_get("/agendas/{symbol:path}/items", "listItems", "agendas", wire.AgendaItemsObject)
def list_items(engine: Asked, base: Base, symbol: str) -> wire.AgendaItemsObject:
    """Items of an agenda, with their annotations and documents."""
    agenda = engine.agenda(symbol)
    return wire.AgendaItemsObject(
        generation=engine.state().generation,
        agenda=schemas.agenda_reference(agenda),
        items=[
            schemas.item_object(agenda.symbol or symbol, item, listed(engine, item), base)
            for item in agenda.items
        ],
    )


@_get("/agendas/{symbol:path}", "getAgenda", "agendas", wire.AgendaDocumentObject)
def get_agenda(engine: Asked, base: Base, symbol: str) -> wire.AgendaDocumentObject:
    """An agenda, whole: items and timetable."""
    agenda = engine.agenda(symbol)
    items = list_items(engine, base, symbol)
    return wire.AgendaDocumentObject(
        generation=items.generation,
        agenda=items.agenda,
        items=items.items,
        timetable=schemas.timetable(agenda),
        url=f"{base}{addresses.agenda_url(agenda.symbol or symbol)}",
    )


@_get("/index", "getIndex", "index", wire.IndexObject)
def get_index(request: Request, _: Asked) -> wire.IndexObject:
    """What is being searched: generation, counts, encoder, papers that could not be read."""
    return schemas.index_object(state_of(request))


@service.get(
    "/livez",
    operation_id="getLiveness",
    tags=["service"],
    response_model=wire.HealthObject,
)
async def livez() -> wire.HealthObject:
    """The process answers."""
    return wire.HealthObject(status="live")


@service.get(
    "/readyz",
    operation_id="getReadiness",
    tags=["service"],
    response_model=wire.HealthObject,
)
async def readyz(request: Request, _: Asked) -> wire.HealthObject:
    """
    An index is open and may be searched; else 503.

    `degraded`, and why, where a newer generation is damaged and the one before goes on.
    """
    state = state_of(request)
    return wire.HealthObject(
        status="degraded" if state.refused else "ready",
        generation=state.generation,
        reason=state.refused,
    )


@service.get(
    "/llms.txt",
    operation_id="getGuide",
    tags=["service"],
    response_class=PlainTextResponse,
    responses={200: {"content": {"text/plain": {"example": "# wgsearch"}}}},
)
async def llms(base: Base) -> PlainTextResponse:
    """What this service offers, in words for assistants."""
    return PlainTextResponse(GUIDE.format(base=base))


GUIDE = """# wgsearch

> Finds and cites what a working group has already said. Answers are verbatim paragraphs
> of its papers, each with a citation (symbol and paragraph number) and an address.
> Not an official record: the source paper is linked from each.

## Asking
- [{base}/api/v1/search?q=QUESTION]({base}/api/v1/search?q=debt+bondage): passages by words and
  meaning; `"quoted words"` must appear; a symbol, with or without `para. 4`, goes straight to it.
  Filters: kind, from, to, body, symbol, language, recommendations; k, mode; `facets=kind,year`
  counts what matches.
- [{base}/api/v1/documents]({base}/api/v1/documents): papers.
- {base}/api/v1/documents/SYMBOL: a paper, whole; `family` (addenda, corrigenda, revisions),
  `cites`, `cited_by`, `warnings`.
- {base}/api/v1/documents/SYMBOL/paragraphs/NUMBER?context=2: a paragraph and its neighbours.
- {base}/api/v1/cite?symbol=SYMBOL&paragraph=NUMBER&format=plain: how to cite it; `footnote`,
  `bibtex`, `ris`, `csl-json`, or all of them without `format`.
- {base}/api/v1/exports/paragraphs: all paragraphs, one JSON object a line; so too …/documents,
  …/recommendations.
- [{base}/api/v1/suggest?q=BEGINNING]({base}/api/v1/suggest?q=debt): symbols, titles, terms, topics.
- POST {base}/api/v1/search/batch with {{"queries": [{{"q": "…"}}]}}: up to 20 questions at once.
- [{base}/api/v1/recommendations]({base}/api/v1/recommendations?q=debt+bondage): what was
  recommended to whom, how strongly, agreed or not; {base}/api/v1/recommendations/ID/lineage: the
  same one over the years.
- {base}/api/v1/history?topic=TOPIC: whether it was addressed before (`dedicated_item`,
  `within_another_item`, `in_passing`, `not_found`), with a timeline and what was recommended;
  `?agenda=SYMBOL&item=NUMBER` asks it of an agenda item.
- {base}/api/v1/agendas/belonging?q=QUESTION: under which items of all agendas it would come;
  {base}/api/v1/agendas/SYMBOL/belonging?q=QUESTION: of one.
- [{base}/api/v1/compendium/topics]({base}/api/v1/compendium/topics): topics of the compendium;
  …/topics/ID: a topic with its summary, every sentence cited; …/compendium/lookup?q=WORDS or
  ?symbol=SYMBOL&paragraph=NUMBER: the topics on something; …/compendium/changes: what is new.
- [{base}/api/v1/agendas]({base}/api/v1/agendas): agendas; …/SYMBOL/items/NUMBER/passages answers
  one item.
- [{base}/api/v1/questions]({base}/api/v1/questions): saved questions; …/questions/ID: passages of
  papers that are new and answer; {base}/questions/ID.atom: the same as a feed.
- POST {base}/api/v1/compare with {{"text": "…"}}: of each paragraph of a draft, whether it was said
  before (`verbatim`, `paraphrase`, `related`, `new`) and where.
- POST {base}/api/v1/check with {{"text": "…"}}: whether the citations of a text are right.
- POST {base}/api/v1/agendas/brief with `{{"symbol": "SYMBOL"}}` or `{{"text": "…"}}`: the briefing
  pack for an agenda; `?format=docx`, `md`, `html` or `json`, `?item=NUMBER`.

## Rules
- Cite by `citation`; paragraph numbers are equal in all languages, pages are not.
- `text` is verbatim, offsets in `matched.spans` count Unicode code points.
- `superseded_by` names the revision that replaces a paper: prefer that.
- `fields=citation,text,url` sends only these keys of hits; `limit=20` gives pages, `next` leads on.
- Unknown parameters are refused, keys are only ever added.

## More
- [{base}/openapi.json]({base}/openapi.json): OpenAPI 3.1.
- [{base}/api]({base}/api): the same, to read.
- {base}/opensearch.xml: OpenSearch description.
- Pages have twins: {base}/search.json, {base}/documents/SYMBOL.json, {base}/agendas/SYMBOL.json.
"""
