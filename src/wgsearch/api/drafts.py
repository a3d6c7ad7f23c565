"""
Drafts -> what was said before, and their citations checked: over the API and as pages.

Why a module of its own: these take a body where all others take an address, and read files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, cast

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from wgsearch.api import addresses, problems, schemas, wire
from wgsearch.api.asking import Asked, Base, refuse_unknown
from wgsearch.api.uploads import Sent, draft_of, sent
from wgsearch.api.words import marked
from wgsearch.checking import Checked, check
from wgsearch.checking.records import MEANINGS
from wgsearch.compare import LABELS, Comparison, compare
from wgsearch.errors import PaperUnreadableError, RequestError, WgsearchError

if TYPE_CHECKING:
    from markupsafe import Markup

    from wgsearch.api.render import Renderer
    from wgsearch.compare.records import ComparedParagraph, Source

router = APIRouter(prefix=addresses.API, dependencies=[Depends(refuse_unknown)])
pages = APIRouter(include_in_schema=False)

_EXCLUDE = frozenset({"exclude"})
# What the bodies of both look like, in OpenAPI.
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["text"],
                    "properties": {"text": {"type": "string"}},
                }
            },
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "text": {"type": "string"},
                        "file": {"type": "string", "format": "binary"},
                    },
                }
            },
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
            "text/plain": {"schema": {"type": "string"}},
        },
    }
}


async def _sent_draft(request: Request) -> Sent:
    return await sent(request, _EXCLUDE)


async def _sent_text(request: Request) -> Sent:
    return await sent(request, frozenset())


SentDraft = Annotated[Sent, Depends(_sent_draft)]
SentText = Annotated[Sent, Depends(_sent_text)]


@router.post(
    "/compare",
    operation_id="compareDraft",
    tags=["drafts"],
    response_model=wire.ComparisonObject,
    openapi_extra=_BODY,
)
def compare_draft(engine: Asked, base: Base, found: SentDraft) -> wire.ComparisonObject:
    """Each paragraph of a draft: said before word for word, in other words, related, or new."""
    comparison = compare(engine, draft_of(found), exclude=_excluded(found))
    return schemas.comparison_object(comparison, base)


@router.post(
    "/check",
    operation_id="checkCitations",
    tags=["drafts"],
    response_model=wire.CheckedObject,
    openapi_extra=_BODY,
)
def check_citations(engine: Asked, base: Base, found: SentText) -> wire.CheckedObject:
    """The citations of a text: whether each exists, whether quotations match, what was meant."""
    return schemas.checked_object(check(engine, draft_of(found)), base)


def _excluded(found: Sent) -> tuple[str, ...]:
    """Symbols that are no sources; a field that was left empty names none."""
    return tuple(each.strip() for each in found.fields.get("exclude", ()) if each.strip())


class ShownSource(NamedTuple):
    """A source as the page shows it: where it is read, its words with what is alike marked."""

    source: Source
    url: str
    html: Markup


class ShownParagraph(NamedTuple):
    """A paragraph of a draft as the page shows it, words that its first source has marked."""

    compared: ComparedParagraph
    html: Markup
    sources: tuple[ShownSource, ...]


def shown_paragraph(compared: ComparedParagraph) -> ShownParagraph:
    """A paragraph of a draft beside its sources."""
    spans = compared.sources[0].shared if compared.sources else ()
    return ShownParagraph(
        compared=compared,
        html=marked(compared.paragraph.text, sorted(each.draft for each in spans)),
        sources=tuple(
            ShownSource(
                source=each,
                url=_url(each),
                html=marked(each.hit.passage.text, each.hit.match.spans),
            )
            for each in compared.sources
        ),
    )


def _url(source: Source) -> str:
    passage = source.hit.passage
    place = addresses.anchor(passage.paragraph, passage.part, passage.index)
    return f"{addresses.paper_url(passage.symbol, passage.language)}#{place}"


@pages.get("/compare")
def compare_form(request: Request) -> Response:
    """Where a draft is pasted or handed in."""
    return _compare_page(request, None, "", None)


@pages.post("/compare")
async def compare_page(request: Request, engine: Asked) -> Response:
    """A draft beside its sources."""
    found = await _sent_draft(request)
    try:
        comparison = await run_in_threadpool(
            lambda: compare(engine, draft_of(found), exclude=_excluded(found))
        )
    except (RequestError, PaperUnreadableError) as error:
        return _compare_page(request, None, found.text, error)
    return _compare_page(request, comparison, found.text, None)


@pages.get("/check")
def check_form(request: Request) -> Response:
    """Where a text is pasted or handed in."""
    return _check_page(request, None, "", None)


@pages.post("/check")
async def check_page(request: Request, engine: Asked) -> Response:
    """The citations of a text, one by one."""
    found = await _sent_text(request)
    try:
        checked = await run_in_threadpool(lambda: check(engine, draft_of(found)))
    except (RequestError, PaperUnreadableError) as error:
        return _check_page(request, None, found.text, error)
    return _check_page(request, checked, found.text, None)


def _compare_page(
    request: Request, comparison: Comparison | None, text: str, error: WgsearchError | None
) -> Response:
    values = {
        "comparison": comparison,
        "labels": LABELS,
        "paragraphs": [shown_paragraph(each) for each in comparison.paragraphs]
        if comparison
        else [],
    }
    return _page(request, "compare", values, text, error)


def _check_page(
    request: Request, checked: Checked | None, text: str, error: WgsearchError | None
) -> Response:
    values = {"checked": checked, "meanings": MEANINGS, "standing_url": schemas.standing_url}
    return _page(request, "check", values, text, error)


def _page(
    request: Request, name: str, values: dict[str, Any], text: str, error: WgsearchError | None
) -> Response:
    """A page with its form; what is wrong stands beside the field, and nothing typed is lost."""
    problem = problems.of_error(error) if error else None
    shown = {**values, "text": text, "error": problem.detail if problem else None}
    status = problem.kind.status if problem else 200
    return cast("Renderer", request.app.state.renderer).page(name, shown, status, request)
