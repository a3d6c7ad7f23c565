"""
A file -> a paper of the corpus; a paper -> the bin. Both are searched, or not, after a build.

Why the body is read here and not before: it may be larger than memory should hold.
"""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Request

from wgsearch.api import addresses, problems, wire
from wgsearch.api.asking import Asked, editions, refuse_unknown
from wgsearch.api.writing import Open, allowed
from wgsearch.incoming import Arriving
from wgsearch.keys import Key, Scope
from wgsearch.papers.corpus import SUFFIXES

# Seconds in which a whole file must have come.
BODY_S = 100.0

router = APIRouter(prefix=addresses.API)
Known = Depends(refuse_unknown)


@router.post(
    "/papers",
    operation_id="uploadPaper",
    tags=["writes"],
    status_code=201,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    },
)
async def upload_paper(
    *,
    request: Request,
    writes: Open,
    key: Annotated[Key, Depends(allowed(Scope.UPLOAD))],  # noqa: ARG001 - lets in, or not
    name: Annotated[
        str, Query(max_length=255, description="File name; its ending says what it is.")
    ],
    _: Annotated[None, Known],
) -> wire.UploadedObject:
    """Bring a paper: it is read, and searched after the next build."""
    ending = PurePath(name).suffix.lower()
    if ending not in SUFFIXES:
        item = wire.ProblemItemObject(
            pointer="#/name", name="name", detail=f"must end in {', '.join(SUFFIXES)}", near=None
        )
        raise problems.RefusedError(problems.invalid([item]))
    arriving = await run_sync(Arriving, writes.corpus, ending)
    try:
        await _received(request, arriving, writes.paper_bytes)
        brought = await run_sync(arriving.accept, limiter=request.app.state.reading)
    finally:
        await run_sync(arriving.abandon)
    return wire.UploadedObject(
        file=brought.file,
        symbol=brought.paper.symbol,
        title=brought.paper.title,
        language=brought.paper.language,
        paragraphs=len(brought.paper.paragraphs),
        warnings=[each.code for each in brought.paper.warnings],
        is_new=brought.is_new,
    )


async def _received(request: Request, arriving: Arriving, limit: int) -> None:
    """Write what comes, counted: chunked bodies do not say how long they are."""
    too_large = problems.RefusedError(
        problems.Problem(
            kind=problems.BODY_TOO_LARGE, detail=f"At most {limit} bytes of a paper are read."
        )
    )
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        raise too_large
    size = 0
    try:
        async with asyncio.timeout(BODY_S):
            async for piece in request.stream():
                size += len(piece)
                if size > limit:
                    raise too_large
                await run_sync(arriving.write, piece)
    except TimeoutError as error:
        detail = f"Its body was not there after {BODY_S:g} seconds."
        raise problems.RefusedError(
            problems.Problem(kind=problems.TOO_SLOW, detail=detail)
        ) from error


@router.delete("/documents/{symbol:path}", operation_id="deleteDocument", tags=["writes"])
def delete_document(
    *,
    engine: Asked,
    writes: Open,
    key: Annotated[Key, Depends(allowed(Scope.DELETE))],  # noqa: ARG001 - lets in, or not
    symbol: str,
    _: Annotated[None, Known],
) -> wire.DeletedObject:
    """Move the files of a paper, all its languages, to the bin; found until the next build."""
    entry = engine.entry(symbol)
    files = [each.file for each in editions(engine, entry.symbol)]
    return wire.DeletedObject(
        symbol=entry.symbol, files=[each for each in files if writes.remove(each)]
    )
