"""
A topic, or an agenda item -> whether it was addressed before: over the API, and as a page.

Why the question in the address: a verdict is passed on, and whoever opens it sees its evidence.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, NamedTuple, cast

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from wgsearch.api import addresses, problems, schemas, wire
from wgsearch.api.asking import Asked, Base, only, refuse_unknown
from wgsearch.api.parameters import HistoryParameters
from wgsearch.api.register_page import entry
from wgsearch.briefing import item_past
from wgsearch.errors import InvalidFilterError, RequestError, UnknownItemError
from wgsearch.export import format_of, history_document, written
from wgsearch.export.past import KINDS
from wgsearch.history import History, history
from wgsearch.history import before as unseen_before
from wgsearch.history.records import VERDICTS
from wgsearch.holdings import Holdings, spoken
from wgsearch.phrases import Said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.agenda import Agenda
    from wgsearch.answers import Engine, PaperEntry
    from wgsearch.api.render import Renderer
    from wgsearch.history import Occasion
    from wgsearch.history.records import Addressed

router = APIRouter(prefix=addresses.API, dependencies=[Depends(refuse_unknown)])
pages = APIRouter(include_in_schema=False)

_PATH = "/history"
# Styles of verdicts on pages: told by the line beside them as well as by words.
_SIGNS: dict[Addressed, str] = {
    "dedicated_item": "covered",
    "within_another_item": "covered",
    "in_passing": "touched",
    "not_found": "not_covered",
}
_FIELDS = ("topic", "agenda", "item", "before")


class Found(NamedTuple):
    """What was found, and the agenda whose item was asked about."""

    history: History
    agenda: Agenda | None


@router.get(
    _PATH, operation_id="getHistory", tags=["recommendations"], response_model=wire.PastObject
)
def get_history(
    engine: Asked, base: Base, asked: Annotated[HistoryParameters, Query()]
) -> wire.PastObject:
    """Whether a topic or an agenda item was addressed before: verdict, evidence, timeline."""
    found = _found(engine, asked)
    return schemas.past_object(
        found.history, base, agenda=found.agenda, item=asked.item, before=asked.before
    )


def _found(engine: Engine, asked: HistoryParameters) -> Found:
    """What the papers say on a topic, or on an item before its session."""
    if asked.topic is None:
        symbol = Holdings(engine).meant(asked.agenda or "")
        agenda, language = engine.agenda(symbol), spoken(engine.entry(symbol).language)
        return Found(item_past(engine, agenda, asked.item or "", language=language), agenda)
    unseen = unseen_before(Holdings(engine), asked.before) if asked.before else ()
    return Found(history(engine, asked.topic, unseen=unseen), None)


class ShownOccasion(NamedTuple):
    """
    A place of the timeline as the page shows it.

    Attributes:
        occasion: The place.
        kind: What it is, in words.
        url: Where it is read.
        language: Language of its words.
    """

    occasion: Occasion
    kind: str
    url: str
    language: str


class ShownPaper(NamedTuple):
    """A paper of the timeline, and the places in it."""

    paper: PaperEntry
    places: tuple[ShownOccasion, ...]


@pages.get(f"{_PATH}.json")
def history_twin(engine: Asked, base: Base, request: Request) -> Response:
    """The same as JSON; what is empty counts as not given, as forms send it."""
    found = get_history(engine, base, _parameters(_kept(request)))
    return JSONResponse(found.model_dump(mode="json"))


@pages.get(f"{_PATH}.md")
def history_text(engine: Asked, base: Base, request: Request) -> Response:
    """The same as Markdown, every quotation with its note."""
    found = _found(engine, _parameters(_kept(request)))
    edition = engine.state().built_at.partition("T")[0]
    document = history_document(found.history, edition=edition, links=addresses.Addresses(base))
    form = format_of("md")
    return Response(written(document, form), media_type=form.media_type)


@pages.get(_PATH)
def history_page(engine: Asked, request: Request) -> Response:
    """The form; below it the verdict with its timeline, or what is wrong beside the field."""
    kept = _kept(request)
    found: Found | None = None
    errors: dict[str, str] = {}
    status = 200
    if kept:
        try:
            found = _found(engine, _parameters(kept))
        except problems.RefusedError as refused:
            status = refused.problem.kind.status
            name = "item" if "agenda" in kept or "item" in kept else "topic"
            errors = _beside(refused.problem, name)
        except RequestError as raised:
            problem = problems.of_error(raised)
            status = problem.kind.status
            errors = {_field(raised, kept): problem.detail}
    past = found.history if found else None
    pairs = [*kept.items()]
    values = {
        **{name: kept.get(name, "") for name in _FIELDS},
        "errors": errors,
        "found": past,
        "asked_agenda": found.agenda if found else None,
        "verdict": Said(VERDICTS[past.verdict], {}) if past else None,
        "signs": _SIGNS[past.verdict] if past else "",
        "papers": _by_paper(past.timeline) if past else [],
        "entries": [entry(each) for each in past.recommended] if past else [],
        "twin": addresses.link(f"{_PATH}.json", pairs),
        "text": addresses.link(f"{_PATH}.md", pairs),
    }
    return cast("Renderer", request.app.state.renderer).page("history", values, status, request)


def _kept(request: Request) -> dict[str, str]:
    """The parameters of an address that hold something, in the order of the form."""
    only(request, *_FIELDS)
    repeated = [name for name in _FIELDS if len(request.query_params.getlist(name)) > 1]
    if repeated:
        items = [problems.repeated_parameter(name) for name in repeated]
        raise problems.RefusedError(problems.invalid(items))
    given = {name: request.query_params.get(name, "").strip() for name in _FIELDS}
    return {name: value for name, value in given.items() if value}


def _parameters(kept: dict[str, str]) -> HistoryParameters:
    try:
        return HistoryParameters.model_validate(kept)
    except ValidationError as error:
        placed = [{**each, "loc": ("query", *each["loc"])} for each in error.errors()]
        raise problems.RefusedError(problems.of_validation(placed)) from error


def _beside(problem: problems.Problem, whole: str) -> dict[str, str]:
    """What is wrong, by field; what concerns several fields stands beside one of them."""
    return {each.name if each.name in _FIELDS else whole: each.detail for each in problem.items}


def _field(error: RequestError, kept: dict[str, str]) -> str:
    """The field that an error is about."""
    if isinstance(error, InvalidFilterError):
        return "before"
    if isinstance(error, UnknownItemError):
        return "item"
    return "agenda" if "agenda" in kept else "topic"


def _by_paper(timeline: Sequence[Occasion]) -> list[ShownPaper]:
    """The timeline in its order; what stands in one paper is shown under it."""
    return [
        ShownPaper(paper, tuple(_shown(each) for each in places))
        for paper, places in groupby(timeline, key=lambda each: each.paper)
    ]


def _shown(occasion: Occasion) -> ShownOccasion:
    return ShownOccasion(
        occasion=occasion,
        kind=Said(KINDS[occasion.kind], {}),
        url=schemas.occasion_url(occasion),
        language=schemas.occasion_language(occasion),
    )
