"""
Many questions -> their answers, in order, all of one generation.

Why one that fails harms no other: who asks for twenty agenda items at once wants the other
nineteen, and to know what is wrong with the one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue  # noqa: TC002 - pydantic reads it

from wgsearch.api import addresses, problems, schemas, wire
from wgsearch.api.asking import Asked, Base, refuse_unknown
from wgsearch.api.guard import request_id_of
from wgsearch.api.parameters import SearchBody
from wgsearch.api.picking import keep
from wgsearch.errors import WgsearchError

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

    from wgsearch.answers import Engine

router = APIRouter(prefix=addresses.API, dependencies=[Depends(refuse_unknown)])

# An agenda has fewer items; twenty answers take a second or two of one thread.
MAX_QUERIES = 20


class _Asking:
    """Describes a search, and lets any object pass: what is wrong with it is told in its place."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """A search, or whatever else is an object."""
        return {"anyOf": [handler(SearchBody.__pydantic_core_schema__), handler(schema)]}


class BatchBody(BaseModel):
    """Questions, each as the body of a search."""

    model_config = ConfigDict(extra="forbid")

    queries: list[Annotated[dict[str, Any], _Asking()]] = Field(
        min_length=1,
        max_length=MAX_QUERIES,
        description="Each as `POST /search` takes it; one that it would refuse gets its problem.",
    )


@router.post(
    "/search/batch",
    operation_id="searchBatch",
    tags=["search"],
    response_model=wire.BatchObject,
)
def search_batch(request: Request, engine: Asked, base: Base, asked: BatchBody) -> JSONResponse:
    """Many questions at once: answers in their order, each with its own problem where it fails."""
    answers = []
    for number, each in enumerate(asked.queries):
        found = _answered(engine, each, f"queries/{number}", base)
        if isinstance(found, problems.Problem):
            problem = found.object(base, request_id_of(request)).model_dump(mode="json")
            answers.append({"answer": None, "problem": problem})
        else:
            answers.append({"answer": found, "problem": None})
    return JSONResponse({"generation": engine.state().generation, "answers": answers})


def _answered(
    engine: Engine, asked: dict[str, Any], place: str, base: str
) -> dict[str, Any] | problems.Problem:
    """The answer to one question, or what is wrong with it; `place` is where it stands."""
    try:
        body = SearchBody.model_validate(asked)
        answer = schemas.search_json(engine.search(body.query()), base)
        return keep(answer, "hits", body.fields) if body.fields else answer
    except ValidationError as error:
        problem = problems.of_validation(error.errors())
        items = (
            each.model_copy(update={"pointer": f"#/{place}{each.pointer.removeprefix('#')}"})
            for each in problem.items
        )
        return replace(problem, items=tuple(items))
    except WgsearchError as error:
        return problems.of_error(error)
