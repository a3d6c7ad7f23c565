"""
A key and a wish -> a job, or another generation in use.

Why functions are handed in: what writes an index loads much, and answers need none of it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable  # noqa: TC003 - read at run time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, cast

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.responses import StreamingResponse

from wgsearch.api import addresses, problems, wire
from wgsearch.api.asking import Base, refuse_unknown
from wgsearch.errors import UnknownJobError
from wgsearch.keys import Key, Scope, key_of

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.jobs import Job, Jobs

# Followers of jobs at a time, in one process.
MOST_FOLLOWERS = 32
# How often a stream looks at its job, and says something though nothing changed: a proxy closes
# what is silent for long.
_LOOK_S = 0.25
_SILENT_S = 15.0
_BEARER = re.compile(r"[Bb]earer +([^ ]+) *")
_CHALLENGE = 'Bearer realm="wgsearch"'

router = APIRouter(prefix=addresses.API)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writes:
    """
    What may be changed, and by whom.

    Attributes:
        keys: Gives the keys, as they are now.
        jobs: Long work.
        build: Builds: is given what to tell of progress, whether to read every paper again, and
            whether to read those that failed; returns the generation then in use.
        rollback: Puts a generation in use, the one before without a name: the one before, and now.
        stop: Stops what runs.
        corpus: Folder of the papers.
        paper_bytes: Largest paper that may be brought.
        remove: Moves a file of it to the bin: whether it was there.
    """

    keys: Callable[[], tuple[Key, ...]]
    jobs: Jobs
    build: Callable[[Callable[[str, int, int], None], bool, bool], str]
    rollback: Callable[[str | None], tuple[str, str]]
    stop: Callable[[], None]
    corpus: Path
    paper_bytes: int
    remove: Callable[[str], bool]


def writes_of(request: Request) -> Writes:
    """What may be written; refused where that is off."""
    found = cast("Writes | None", request.app.state.writes)
    if found is None:
        raise problems.RefusedError(
            problems.Problem(kind=problems.WRITES_OFF, detail="Nothing is written over HTTP here.")
        )
    return found


Open = Annotated[Writes, Depends(writes_of)]


def allowed(scope: Scope) -> Callable[[Request, Writes], Key]:
    """Lets in who sends a key with a scope. Cookies and parameters count for nothing."""

    def key(request: Request, writes: Open) -> Key:
        sent = request.headers.getlist("authorization")
        match = _BEARER.fullmatch(sent[0]) if len(sent) == 1 else None
        found = key_of(match[1], writes.keys(), datetime.now(UTC)) if match else None
        if found is None:
            challenge = _CHALLENGE + (', error="invalid_token"' if match else "")
            raise problems.RefusedError(
                problems.Problem(kind=problems.NO_KEY, detail=problems.NO_KEY.remedy),
                {"WWW-Authenticate": challenge},
            )
        if scope not in found.scopes:
            raise problems.RefusedError(
                problems.Problem(
                    kind=problems.NO_SCOPE, detail=f"The key has not the scope {scope.value!r}."
                ),
                {
                    "WWW-Authenticate": f'{_CHALLENGE}, error="insufficient_scope",'
                    f' scope="{scope.value}"'
                },
            )
        return found

    return key


Builder = Annotated[Key, Depends(allowed(Scope.BUILD))]
Known = Depends(refuse_unknown)


@router.post(
    "/index/builds",
    operation_id="startBuild",
    tags=["writes"],
    status_code=202,
    response_description="The job that builds.",
)
def start_build(
    *,
    response: Response,
    base: Base,
    writes: Open,
    key: Builder,
    full: Annotated[bool, Query(description="Read every paper again.")] = False,
    retry_failed: Annotated[bool, Query(description="Read those that could not be read.")] = False,
    _: Annotated[None, Known],
) -> wire.JobObject:
    """Build: read what changed, publish a generation; one job runs at a time."""
    job = writes.jobs.start("build", key.ident, lambda tell: writes.build(tell, full, retry_failed))
    made = job_object(job, base)
    response.headers["Location"] = made.url
    return made


@router.post("/index/rollback", operation_id="rollBack", tags=["writes"])
def roll_back(
    *,
    writes: Open,
    key: Annotated[Key, Depends(allowed(Scope.ROLLBACK))],  # noqa: ARG001 - lets in, or not
    generation: Annotated[
        str | None, Query(max_length=64, description="Which; the one before unless it is named.")
    ] = None,
    _: Annotated[None, Known],
) -> wire.RollbackObject:
    """Put an earlier generation in use, once it proved to be whole."""
    before, now = writes.rollback(generation)
    return wire.RollbackObject(before=before, generation=now)


@router.get("/jobs", operation_id="listJobs", tags=["writes"])
def list_jobs(
    base: Base,
    writes: Open,
    key: Builder,  # noqa: ARG001 - likewise
    _: Annotated[None, Known],
) -> wire.JobsObject:
    """Jobs, the newest first."""
    found = writes.jobs.listed()
    return wire.JobsObject(count=len(found), jobs=[job_object(each, base) for each in found])


@router.get("/jobs/{id}", operation_id="getJob", tags=["writes"])
def get_job(
    base: Base,
    writes: Open,
    key: Builder,  # noqa: ARG001 - likewise
    id: str,  # noqa: A002 - as the address names it
    _: Annotated[None, Known],
) -> wire.JobObject:
    """A job: how far it is, and what became of it."""
    return job_object(writes.jobs.one(id), base)


@router.get(
    "/jobs/{id}/events",
    operation_id="followJob",
    tags=["writes"],
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "`progress` whenever something changed, `end` at the end; data: a job.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        }
    },
)
async def follow_job(
    request: Request,
    base: Base,
    writes: Open,
    key: Builder,  # noqa: ARG001 - likewise
    id: str,  # noqa: A002 - likewise
    _: Annotated[None, Known],
) -> StreamingResponse:
    """A job as server-sent events, until it has ended."""
    job = await run_sync(writes.jobs.one, id)
    followers: set[object] = request.app.state.followers
    if len(followers) >= MOST_FOLLOWERS:
        raise problems.RefusedError(
            problems.Problem(kind=problems.BUSY, detail=problems.BUSY.remedy)
        )
    state = request.app.state

    async def look() -> Job:
        return await run_sync(writes.jobs.one, id)

    return StreamingResponse(
        _events(job, look, base, followers, lambda: bool(state.stopping())),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(
    job: Job,
    look: Callable[[], Awaitable[Job]],
    base: str,
    followers: set[object],
    stopping: Callable[[], bool],
) -> AsyncIterator[str]:
    """A job whenever it changed; ends with it, or with the service."""
    me = object()
    followers.add(me)
    try:
        yield _event(job, base)
        silent_s = 0.0
        while not job.ended and not stopping():
            await asyncio.sleep(_LOOK_S)
            try:
                now = await look()
            except UnknownJobError:  # forgotten meanwhile
                return
            silent_s += _LOOK_S
            if now != job:
                job, silent_s = now, 0.0
                yield _event(job, base)
            elif silent_s >= _SILENT_S:
                silent_s = 0.0
                yield ": still at it\n\n"
    finally:
        followers.discard(me)


def _event(job: Job, base: str) -> str:
    """One event: JSON has no line breaks of its own."""
    name = "end" if job.ended else "progress"
    return f"event: {name}\ndata: {job_object(job, base).model_dump_json()}\n\n"


def job_object(job: Job, base: str) -> wire.JobObject:
    """A job as the API sends it."""
    url = f"{base}{addresses.API}/jobs/{job.id}"
    return wire.JobObject(
        id=job.id,
        kind=job.kind,
        state=job.state.value,
        key=job.key,
        started_at=job.started_at,
        ended_at=job.ended_at,
        stage=job.stage,
        done=job.done,
        total=job.total,
        generation=job.generation,
        failure=job.failure,
        url=url,
        events=f"{url}/events",
    )
