"""
Requests of whoever watches over the service -> its numbers.

Why not in the OpenAPI: it is no part of the promise to applications, and a proxy may hide it.
"""

from typing import TYPE_CHECKING, Annotated, cast

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from wgsearch.api import metrics
from wgsearch.api.asking import only, state_of

if TYPE_CHECKING:
    from wgsearch.compendium.records import Compendium

router = APIRouter()


async def _current(request: Request) -> metrics.Served:
    """What this process serves now."""
    state = request.scope["state"]
    edition = cast("Compendium | None", state.get("compendium"))
    return metrics.Served(
        version=request.app.version,
        state=None if "no_engine" in state else state_of(request),
        edition=None if edition is None else str(edition.edition),
    )


@router.get("/metrics", include_in_schema=False)
def get_metrics(request: Request, served: Annotated[metrics.Served, Depends(_current)]) -> Response:
    """Numbers in the text format of Prometheus."""
    only(request)
    total = request.app.state.measures.total()
    return Response(
        metrics.text(total, served),
        headers={"Content-Type": metrics.MEDIA_TYPE, "Cache-Control": "no-store"},
    )
