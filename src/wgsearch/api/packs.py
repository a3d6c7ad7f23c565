"""
An agenda sent or named -> its briefing pack: for programs, with progress, and for people as files.

Why progress as lines of JSON on the way and not a job to ask about: a pack takes seconds, any
process may answer, and nothing is kept that somebody would have to take away again.
"""

import base64
import datetime as dt
import json
import queue
import threading
from collections.abc import Iterator
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from pydantic import ValidationError

from wgsearch.agenda import Agenda
from wgsearch.answers import Engine
from wgsearch.api import addresses, problems, wire
from wgsearch.api.asking import Asked, Base, refuse_unknown
from wgsearch.api.packing import file_name, packed
from wgsearch.api.parameters import BriefBody, Word
from wgsearch.briefing import brief, chosen_items
from wgsearch.briefing.records import Pack
from wgsearch.briefing.source import Brought, agenda_in_text, agenda_in_upload
from wgsearch.errors import WgsearchError
from wgsearch.export import FORMATS, Format, format_of
from wgsearch.export.formats import FormatName
from wgsearch.export.html import POLICY

PATH = "/agendas/brief"
LINES = "application/x-ndjson"
_JSON = "application/json"
# What a file may be that is sent as it is, and the suffix that it is read by.
UPLOADS = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "text/plain": ".txt",
}

router = APIRouter(prefix=addresses.API, dependencies=[Depends(refuse_unknown)])
pages = APIRouter(include_in_schema=False)


async def _body(request: Request) -> bytes:
    """The body, as it came."""
    return await request.body()


_BODY = {
    "required": True,
    "content": {
        _JSON: {"schema": BriefBody.model_json_schema()},
        **{kind: {"schema": {"type": "string", "format": "binary"}} for kind in UPLOADS},
    },
}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": wire.PackObject,
        "description": "The pack. With `Accept: application/x-ndjson` lines of progress, then a"
        " line with the file.",
        "content": {
            LINES: {
                "schema": {
                    "oneOf": [
                        {"$ref": f"#/components/schemas/{model.__name__}"}
                        for model in (wire.BriefProgressObject, wire.BriefFileObject)
                    ]
                }
            },
            **{
                each.media_type.partition(";")[0]: {}
                for each in FORMATS
                if each.media_type != _JSON
            },
        },
    }
}


@router.post(
    PATH,
    operation_id="briefAgenda",
    tags=["agendas"],
    response_class=Response,
    responses=_ANSWERS,
    openapi_extra={"requestBody": _BODY},
)
def brief_agenda(
    *,
    request: Request,
    engine: Asked,
    base: Base,
    body: Annotated[bytes, Depends(_body)],
    form: Annotated[
        FormatName, Query(alias="format", description="What the pack is written as.")
    ] = "json",
    item: Annotated[list[Word], Query(description="Number of an item; none for all.")] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """The briefing pack for an agenda: one of the corpus, a file, or a text."""
    brought = _brought(engine, request, body)
    chosen_items(brought.agenda, item)
    chosen = format_of(form)
    make = partial(made, engine, brought, tuple(item))
    if LINES in request.headers.get("accept", ""):
        lines = _lines(make, brought.agenda, chosen, base, request)
        return StreamingResponse(lines, media_type=LINES)
    return as_file(packed(make(None), chosen, base), brought.agenda, chosen)


def _brought(engine: Engine, request: Request, body: bytes) -> Brought:
    """The agenda that a request names or holds."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if media_type in UPLOADS:
        return agenda_in_upload(body, UPLOADS[media_type])
    if media_type != _JSON:
        kinds = ", ".join((_JSON, *UPLOADS))
        raise problems.RefusedError(
            problems.Problem(
                kind=problems.MEDIA, detail=f"The body is {media_type!r}; read are {kinds}."
            )
        )
    try:
        asked = BriefBody.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error
    if asked.text is not None:
        return agenda_in_text(asked.text)
    return _held(engine, asked.symbol or "")


def _held(engine: Engine, symbol: str) -> Brought:
    """An agenda of the corpus."""
    agenda = engine.agenda(symbol)
    return Brought(agenda=agenda, language=engine.entry(symbol).language.partition("+")[0])


def made(engine: Engine, brought: Brought, items: tuple[str, ...], tell: "Telling | None") -> Pack:
    """The pack of today for an agenda, or for some of its items."""
    return brief(
        engine,
        brought.agenda,
        prepared=dt.datetime.now(tz=dt.UTC).date().isoformat(),
        language=brought.language,
        items=items,
        progress=tell,
    )


class _Stopped(Exception):  # noqa: N818 - no error: nobody listens any more
    """Whoever asked has gone."""


class Telling:
    """
    Progress of a pack that is being made in a thread of its own.

    Why a thread: items are done by a call that tells, and an answer is sent by a generator
    that is asked; a queue stands between them.
    """

    def __init__(self) -> None:
        self.said: queue.SimpleQueue[wire.Wire | Exception | Pack] = queue.SimpleQueue()
        self.stopped = threading.Event()

    def __call__(self, number: str, done: int, total: int, /) -> None:
        """An item is done."""
        if self.stopped.is_set():
            raise _Stopped
        self.said.put(wire.BriefProgressObject(item=number, done=done, total=total))


def _lines(
    make: "partial[Pack]", agenda: Agenda, form: Format, base: str, request: Request
) -> Iterator[str]:
    """Lines of progress, then one with the file, or with the problem that there was."""
    telling = Telling()

    def work() -> None:
        try:
            telling.said.put(make(telling))
        except Exception as error:  # noqa: BLE001 - raised again by whoever listens
            telling.said.put(error)

    threading.Thread(target=work, name="pack").start()
    try:
        while True:
            match telling.said.get():
                case wire.Wire() as line:
                    yield _line(line)
                case WgsearchError() as error:
                    found = problems.of_error(error)
                    yield _line(found.object(base, str(request.scope["state"]["request_id"])))
                    return
                case Exception() as fault:
                    raise fault
                case Pack() as pack:
                    yield _line(_carried(packed(pack, form, base), agenda, form))
                    return
    finally:
        telling.stopped.set()


def _line(said: wire.Wire) -> str:
    return json.dumps(said.model_dump(mode="json"), ensure_ascii=False) + "\n"


def _carried(content: bytes, agenda: Agenda, form: Format) -> wire.BriefFileObject:
    """A file within JSON."""
    text = content.decode() if form.is_text else base64.b64encode(content).decode()
    return wire.BriefFileObject(
        name=file_name(agenda, form),
        media_type=form.media_type,
        encoding="utf-8" if form.is_text else "base64",
        content=text,
    )


def as_file(content: bytes, agenda: Agenda, form: Format) -> Response:
    """A pack as an answer; what is to be printed is shown, the rest is for keeping."""
    way = "inline" if form.name in {"html", "json"} else "attachment"
    headers = {"Content-Disposition": f'{way}; filename="{file_name(agenda, form)}"'}
    if form.name == "html":
        headers["Content-Security-Policy"] = f"{POLICY}; frame-ancestors 'none'"
    return Response(content, media_type=form.media_type, headers=headers)


@pages.get("/agendas/{symbol:path}/pack.{suffix}")
def pack_file(  # noqa: PLR0917 - a path has two parts
    request: Request,
    engine: Asked,
    base: Base,
    symbol: str,
    suffix: str,
    item: Annotated[list[str], Query()] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """The pack for an agenda of the corpus, as a file: what the buttons of its page lead to."""
    unknown = [name for name in request.query_params if name != "item"]
    if unknown:
        items = [problems.unknown_parameter(name, ["item"]) for name in unknown]
        raise problems.RefusedError(problems.invalid(items))
    form = format_of(suffix)
    brought = _held(engine, symbol)
    content = packed(made(engine, brought, tuple(item), None), form, base)
    answer = as_file(content, brought.agenda, form)
    # It bears the day on which it was made, which the address does not tell.
    answer.headers["Cache-Control"] = "no-store"
    return answer
