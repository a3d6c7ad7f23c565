"""
The thematic compendium over HTTP: whole, by topic, looked up, what changed; as JSON and as files.

Why the edition comes with the request: an edition made between two questions of one answer would
mix two of them.
"""

from typing import TYPE_CHECKING, Annotated, cast

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse

from wgsearch.answers import Engine
from wgsearch.api import addresses, compendium_page, problems, schemas, wire
from wgsearch.api.asking import Asked, Base, refuse_unknown
from wgsearch.api.compending import compendium_file, compendium_file_name, topic_file
from wgsearch.compendium.finding import Found, found_by_symbol, found_by_words
from wgsearch.compendium.looking import entry
from wgsearch.compendium.records import Compendium
from wgsearch.compendium.redline import Listed, Redline, listed_as, stated
from wgsearch.compendium.remaining import is_current
from wgsearch.errors import EditionMissingError, RequestError
from wgsearch.export import format_of
from wgsearch.export.charts import SHEET_POLICY
from wgsearch.export.html import POLICY

if TYPE_CHECKING:
    from wgsearch.api.render import Renderer
    from wgsearch.compendium.redline import Editions

router = APIRouter(prefix=addresses.API, dependencies=[Depends(refuse_unknown)])
pages = APIRouter(include_in_schema=False)
_TAG = "compendium"
_LOOKED_UP = ("symbol", "paragraph", "part", "q")


async def edition_of(request: Request) -> Compendium:
    """The edition that this request began with."""
    state = request.scope["state"]
    if "no_compendium" in state:
        raise state["no_compendium"]
    if state.get("compendium") is None:
        raise EditionMissingError("no compendium was made; run `wgsearch compendium`")
    return cast("Compendium", state["compendium"])


Edition = Annotated[Compendium, Depends(edition_of)]
Symbol = Annotated[str | None, Query(description="Symbol of a paper.", min_length=1)]
Number = Annotated[
    str | None, Query(description="Number of one of its paragraphs.", min_length=1, max_length=20)
]
Part = Annotated[
    str, Query(description="`body`, or the annex as cited.", min_length=1, max_length=40)
]
Since = Annotated[
    int | None, Query(description="Number of an earlier edition; the one before.", ge=1)
]
Words = Annotated[
    str | None, Query(description="What the topics should be on.", min_length=1, max_length=2000)
]


@router.get(
    "/compendium",
    operation_id="getCompendium",
    tags=[_TAG],
    response_model=wire.CompendiumObject,
)
def get_compendium(engine: Asked, edition: Edition, base: Base) -> wire.CompendiumObject:
    """The newest edition of the compendium, whole."""
    return schemas.compendium_object(edition, base, is_current=is_current(edition, engine))


@router.get(
    "/compendium/topics",
    operation_id="listTopics",
    tags=[_TAG],
    response_model=wire.TopicsObject,
)
def list_topics(engine: Asked, edition: Edition, base: Base) -> wire.TopicsObject:
    """All topics by theme, in reading order."""
    return schemas.topics_object(edition, base, is_current=is_current(edition, engine))


@router.get(
    "/compendium/topics/{id}",
    operation_id="getTopic",
    tags=[_TAG],
    response_model=wire.OneTopicObject,
)
def get_topic(engine: Asked, edition: Edition, base: Base, id: str) -> wire.OneTopicObject:  # noqa: A002 - as the address names it
    """A topic: its summary, questions, recommendations, what it points to, its paragraphs."""
    return schemas.one_topic_object(
        edition, entry(edition, id), base, is_current=is_current(edition, engine)
    )


@router.get(
    "/compendium/lookup",
    operation_id="lookUpTopics",
    tags=[_TAG],
    response_model=wire.LookupObject,
)
def look_up_topics(
    *,
    engine: Asked,
    edition: Edition,
    base: Base,
    symbol: Symbol = None,
    paragraph: Number = None,
    part: Part = "body",
    q: Words = None,
) -> wire.LookupObject:
    """The topics that a paper or a paragraph is in, or those on something."""
    found = looked_up(engine, edition, symbol=symbol, paragraph=paragraph, part=part, q=q)
    return schemas.lookup_object(edition, found, base, is_current=is_current(edition, engine))


@router.get(
    "/compendium/gaps",
    operation_id="listGaps",
    tags=[_TAG],
    response_model=wire.GapsObject,
)
def list_gaps(engine: Asked, edition: Edition, base: Base) -> wire.GapsObject:
    """What is missing, what is said more than once, and what belongs to no topic."""
    return schemas.gaps_object(edition, base, is_current=is_current(edition, engine))


@router.get(
    "/compendium/editions",
    operation_id="listEditions",
    tags=[_TAG],
    response_model=wire.CompendiumEditionsObject,
)
def list_editions(request: Request, edition: Edition) -> wire.CompendiumEditionsObject:
    """Editions that were made, newest first."""
    return schemas.editions_object(editions_of(request, edition))


@router.get(
    "/compendium/changes",
    operation_id="listChanges",
    tags=[_TAG],
    response_model=wire.ChangesObject,
)
def list_changes(request: Request, edition: Edition, since: Since = None) -> wire.ChangesObject:
    """What changed since the edition before, or since an earlier one."""
    return schemas.redline_object(redline_of(request, edition, since))


def editions_of(request: Request, edition: Compendium) -> tuple[Listed, ...]:
    """Editions that are kept, newest first."""
    kept = cast("Editions | None", request.app.state.editions)
    return kept.listed(edition) if kept else (listed_as(edition, in_use=True),)


def redline_of(request: Request, edition: Compendium, since: int | None) -> Redline:
    """
    What changed since an edition.

    Raises:
        EditionMissingError: There is none of this number before the newest.
    """
    kept = cast("Editions | None", request.app.state.editions)
    if since is None:
        return stated(edition)
    if kept is None:
        raise EditionMissingError(
            f"edition {since} is not kept here; leave `since` out for the edition before"
        )
    return kept.redlined(since, edition.edition)


def looked_up(
    engine: Engine,
    edition: Compendium,
    *,
    symbol: str | None,
    paragraph: str | None,
    part: str,
    q: str | None,
) -> Found:
    """
    What is looked up, by paper or by words.

    Raises:
        RefusedError: Neither is given, or both are, or a paragraph of no paper.
    """
    if (symbol is None) == (q is None) or (paragraph is not None and symbol is None):
        name = "paragraph" if paragraph is not None and symbol is None else "q"
        detail = "give `symbol`, with `paragraph` for one of its paragraphs, or `q`, and not both"
        item = wire.ProblemItemObject(pointer=f"#/{name}", name=name, detail=detail, near=None)
        raise problems.RefusedError(problems.invalid([item]))
    if symbol is not None:
        return found_by_symbol(engine, edition, symbol, paragraph, part)
    return found_by_words(engine, edition, q or "")


def _show(
    request: Request, shown: compendium_page.Shown, engine: Engine, edition: Compendium
) -> Response:
    about = {"edition": edition, "is_current": is_current(edition, engine)}
    renderer = cast("Renderer", request.app.state.renderer)
    return renderer.page(shown.template, {**about, **shown.values}, shown.status, request)


def _only(request: Request, *names: str) -> None:
    """Refuse parameters that a page does not have."""
    items = [
        problems.unknown_parameter(name, names)
        for name in request.query_params
        if name not in names
    ]
    if items:
        raise problems.RefusedError(problems.invalid(items))


@pages.get("/compendium.{suffix}")
def compendium_as_file(
    request: Request, engine: Asked, edition: Edition, base: Base, suffix: str
) -> Response:
    """The whole as a file: what the buttons of its page lead to."""
    _only(request)
    form = format_of(suffix, has_plots=True)
    content = compendium_file(edition, form, base, is_current=is_current(edition, engine))
    way = "inline" if form.name in {"html", "json", "svg"} else "attachment"
    named = f'{way}; filename="{compendium_file_name(edition, form)}"'
    headers = {"Content-Disposition": named}
    if policy := {"html": POLICY, "svg": SHEET_POLICY}.get(form.name):
        headers["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
    return Response(content, media_type=form.media_type, headers=headers)


@pages.get("/compendium")
def compendium_front(request: Request, engine: Asked, edition: Edition) -> Response:
    """Themes and topics; with words or a symbol, those that were looked up."""
    _only(request, *_LOOKED_UP)
    asked = {name: request.query_params.get(name, "").strip() for name in _LOOKED_UP}
    found, error = None, None
    if asked["q"] or asked["symbol"]:
        try:
            found = looked_up(
                engine,
                edition,
                symbol=asked["symbol"] or None,
                paragraph=asked["paragraph"] or None,
                part=asked["part"] or "body",
                q=asked["q"] or None,
            )
        except RequestError as refused:
            error = refused
    return _show(request, compendium_page.front(edition, asked, found, error), engine, edition)


@pages.get("/compendium/gaps")
def compendium_gaps(request: Request, engine: Asked, edition: Edition) -> Response:
    """Topics by years, and what is missing."""
    _only(request)
    return _show(request, compendium_page.gaps(edition), engine, edition)


@pages.get("/compendium/changes")
def compendium_changes(
    request: Request, engine: Asked, edition: Edition, since: Since = None
) -> Response:
    """What became of topics since the edition before, or since an earlier one."""
    _only(request, "since")
    shown = compendium_page.changes(
        edition, redline_of(request, edition, since), editions_of(request, edition)
    )
    return _show(request, shown, engine, edition)


@pages.get("/compendium/changes.json")
def changes_twin(request: Request, edition: Edition, since: Since = None) -> Response:
    """The same as JSON."""
    _only(request, "since")
    return JSONResponse(list_changes(request, edition, since).model_dump(mode="json"))


@pages.get("/compendium/gaps.json")
def gaps_twin(request: Request, engine: Asked, edition: Edition, base: Base) -> Response:
    """Gaps as JSON."""
    _only(request)
    return JSONResponse(list_gaps(engine, edition, base).model_dump(mode="json"))


@pages.get("/compendium/{ident}.json")
def topic_twin(
    request: Request, engine: Asked, edition: Edition, base: Base, ident: str
) -> Response:
    """A topic as the API gives it."""
    _only(request)
    return JSONResponse(get_topic(engine, edition, base, ident).model_dump(mode="json"))


@pages.get("/compendium/{ident}.md")
def topic_as_markdown(request: Request, edition: Edition, base: Base, ident: str) -> Response:
    """A topic as Markdown."""
    _only(request)
    content = topic_file(edition, entry(edition, ident), format_of("md"), base)
    return Response(content, media_type="text/markdown; charset=utf-8")


@pages.get("/compendium/{ident}")
def compendium_topic(request: Request, engine: Asked, edition: Edition, ident: str) -> Response:
    """A topic."""
    _only(request)
    shown = compendium_page.topic(edition, entry(edition, ident))
    return _show(request, shown, engine, edition)
