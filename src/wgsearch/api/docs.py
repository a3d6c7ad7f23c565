"""
Application -> OpenAPI 3.1, and the same as a page that people read.

Why rendered here: the usual documentation pages load scripts from elsewhere; this one
works offline and under a strict content security policy.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fastapi.openapi.utils import get_openapi

from wgsearch.api import examples, problems, wire
from wgsearch.api.example_edition import TOPIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

TAGS = (
    ("search", "Ask in everyday words; passages with citations come back."),
    ("documents", "Papers, their paragraphs, their originals. Slashes in symbols stay slashes."),
    ("recommendations", "What was recommended to whom, how strongly, and over the years."),
    ("compendium", "What all papers say, by theme and topic, each sentence with its citation."),
    ("agendas", "Agendas, answered item by item."),
    ("drafts", "A draft or a text is sent; what was said before, and its citations, come back."),
    ("index", "What is being searched."),
    ("questions", "Saved questions, and what new papers answer them."),
    ("writes", "Builds, their jobs, and the way back; with keys, where the operator allows it."),
    ("service", "Whether the service lives and is ready; a guide for assistants."),
)
_DESCRIPTION = (
    "Finds and cites what a working group has already said. Passages are verbatim and carry"
    " their citation; they are not an official record. Keys are only ever added within a"
    " version: ignore those you do not know. Unknown or malformed parameters are refused."
    " Errors are problems after RFC 9457. Answers name the index generation they come from"
    " and carry a strong ETag."
)
# Addresses that name something which may not be there.
_NAMING = ("{symbol}", "{id}", "/compendium", "/cite", "/history", "/brief", "/rollback")
# What no operation answers as JSON: problems, and lines of streams.
_BESIDE = (wire.ProblemObject, wire.ProblemItemObject, wire.ExportedParagraphObject)
# Path parameters as the examples on the page fill them in.
_SAMPLE = {"symbol": "DEMO/COP/WG.4/2022/2", "number": "8", "id": "DEMO/COP/WG.4/2023/4:17"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """
    A parameter as the page lists it.

    Attributes:
        name: As sent.
        place: `path` or `query`.
        required: The request is refused without it.
        kind: Its type in words.
        description: What it means; empty where the name says it.
    """

    name: str
    place: str
    required: bool
    kind: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """
    An operation as the page lists it.

    Attributes:
        ident: Its operationId, and its anchor.
        tag: What it belongs to.
        method: HTTP method.
        path: With parameters in braces.
        summary: One sentence.
        parameters: In order.
        body: Example of a body, or None.
        example: Example of a good answer, or None.
    """

    ident: str
    tag: str
    method: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    body: str | None
    example: str | None


def openapi(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title,
            version=app.version,
            openapi_version="3.1.0",
            description=_DESCRIPTION,
            routes=app.routes,
            tags=[{"name": name, "description": text} for name, text in TAGS],
        )
        schemas = document["components"]["schemas"]
        schemas.pop("HTTPValidationError", None)
        schemas.pop("ValidationError", None)
        for model in _BESIDE:
            schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
            schema.pop("$defs", None)
            schemas[model.__name__] = schema
        for path, operations in document["paths"].items():
            for operation in operations.values():
                _complete(operation, path)
        app.openapi_schema = document
    return app.openapi_schema


def _complete(operation: dict[str, Any], path: str) -> None:
    """Give an operation its problems, and a body its example."""
    operation["summary"] = operation.pop("description").partition("\n")[0]
    answers = operation["responses"]
    answers.pop("422", None)
    # Whatever is asked may be malformed, too long, or too much at a time.
    statuses = [400, 414, 422, 429]
    statuses += [408, 413, 415] if "requestBody" in operation else []
    statuses += [404] if any(each in path for each in _NAMING) else []
    statuses += [409] if path.endswith("/file") else []
    if any(each["name"] == "cursor" for each in operation.get("parameters", ())):
        statuses.append(410)
        answers["200"]["headers"] = {
            "Link": {
                "description": 'The page that follows, `rel="next"`; absent at the end.',
                "schema": {"type": "string"},
            }
        }
    statuses += [401, 403] if "writes" in operation["tags"] else []
    statuses += [503] if path not in {"/livez", "/llms.txt"} else []
    for status in sorted(statuses):
        answers[str(status)] = {
            "description": "A problem.",
            "content": {
                problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemObject"}}
            },
        }
    # Added last: making the document drops what is null, which an example must show.
    example = examples.BY_OPERATION.get(operation["operationId"])
    if example is not None:
        good(operation)["content"]["application/json"]["example"] = example
    body = operation.get("requestBody")
    if body and "application/json" in body["content"]:
        body["content"]["application/json"]["example"] = examples.BODIES[operation["operationId"]]


def good(operation: dict[str, Any]) -> dict[str, Any]:
    """The answer of an operation when all goes well."""
    answers: dict[str, dict[str, Any]] = operation["responses"]
    return next(answer for status, answer in answers.items() if status.startswith("2"))


def operations(document: dict[str, Any]) -> tuple[Operation, ...]:
    """The operations of an OpenAPI document, in order of their tags."""
    found = tuple(_operations(document))
    order = [name for name, _ in TAGS]
    return tuple(sorted(found, key=lambda each: order.index(each.tag)))


def _operations(document: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            content = good(operation).get("content", {})
            example = content.get("application/json", {}).get("example")
            body = examples.BODIES.get(operation["operationId"])
            yield Operation(
                ident=operation["operationId"],
                tag=operation["tags"][0],
                method=method.upper(),
                path=path,
                summary=operation["summary"],
                parameters=tuple(
                    _parameter(each, document) for each in operation.get("parameters", ())
                ),
                body=_pretty(body) if body else None,
                example=_pretty(example) if example else None,
            )


def _parameter(declared: dict[str, Any], document: dict[str, Any]) -> Parameter:
    schema = declared["schema"]
    default = schema.get("default")
    words = [schema.get("description") or declared.get("description") or ""]
    if default not in (None, []):
        words.append(f"Default {str(default).lower() if default is True else default}.")
    return Parameter(
        name=declared["name"],
        place=declared["in"],
        required=declared.get("required", False),
        kind=_type(schema, document),
        description=" ".join(word for word in words if word),
    )


def _type(schema: dict[str, Any], document: dict[str, Any]) -> str:
    """A JSON schema's type in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _type(document["components"]["schemas"][name], document)
    if "anyOf" in schema:
        return _type(next(each for each in schema["anyOf"] if each.get("type") != "null"), document)
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return _type(schema["items"], document) + "; may be repeated"
    low, high = schema.get("minimum"), schema.get("maximum")
    limits = f" from {low} to {high}" if low is not None and high is not None else ""
    return str(schema.get("type", "text")).replace("string", "text") + limits


def _pretty(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def sample_path(path: str) -> str:
    """A path with its parameters filled in, for a command that can be copied."""
    path = path.replace("/topics/{id}", f"/topics/{TOPIC}")
    for name, value in _SAMPLE.items():
        path = path.replace(f"{{{name}}}", quote(value, safe="/"))
    return path
