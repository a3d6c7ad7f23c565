"""The API describes itself, completely and truly, and its promise does not drift."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from wgsearch.api.docs import good

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

SNAPSHOT = Path(__file__).with_name("openapi.json")
SOURCES = Path(__file__).parents[2] / "src/wgsearch/api"


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    """The OpenAPI document as served."""
    found: dict[str, Any] = client.get("/openapi.json").json()
    found["info"].pop("version")
    return found


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for path in document["paths"].values() for each in path.values()]


def test_the_promise_has_not_changed(document: dict[str, Any]) -> None:
    """A change is seen; to accept one, delete tests/api/openapi.json and run this test."""
    text = json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if not SNAPSHOT.exists():
        SNAPSHOT.write_text(text, encoding="utf-8")
        pytest.fail("wrote tests/api/openapi.json: read the difference, then commit it")
    assert json.loads(SNAPSHOT.read_text(encoding="utf-8")) == document


def test_every_operation_is_complete(document: dict[str, Any]) -> None:
    """OpenAPI 3.1; each operation has a unique name, a tag, a sentence, its problems."""
    assert document["openapi"].startswith("3.1")
    names = [each["operationId"] for each in _operations(document)]
    assert len(names) == len(set(names)) == 47
    tags = {each["name"] for each in document["tags"]}
    for operation in _operations(document):
        assert set(operation["tags"]) <= tags
        assert operation["summary"].endswith(".")
        problem = operation["responses"]["422"]["content"]["application/problem+json"]
        assert problem["schema"] == {"$ref": "#/components/schemas/ProblemObject"}


def test_every_example_is_true_to_its_schema(document: dict[str, Any]) -> None:
    """Each operation that answers JSON shows an example, and it fits the schema."""
    shown = 0
    for operation in _operations(document):
        content = good(operation)["content"].get("application/json")
        if content is None:
            continue
        schema = {**content["schema"], "components": document["components"]}
        jsonschema.Draft202012Validator(schema).validate(content["example"])
        shown += 1
    assert shown == 40


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=debt",
        "/documents",
        "/documents/DEMO/COP/WG.4/2022/2",
        "/documents/DEMO/COP/WG.4/2022/2/paragraphs",
        "/documents/DEMO/COP/WG.4/2022/2/paragraphs/1?context=2",
        "/agendas",
        "/agendas/DEMO/COP/WG.4/2024/1",
        "/agendas/DEMO/COP/WG.4/2024/1/items/2/passages",
        "/index",
    ],
)
def test_answers_fit_the_schema(client: TestClient, document: dict[str, Any], path: str) -> None:
    """What is served is what is described."""
    answer = client.get(f"/api/v1{path}")
    name = next(
        each["operationId"]
        for template, operations in document["paths"].items()
        for method, each in operations.items()
        if _fits(f"/api/v1{path.partition('?')[0]}", template) and method == "get"
    )
    schema = next(
        each["responses"]["200"]["content"]["application/json"]["schema"]
        for each in _operations(document)
        if each["operationId"] == name
    )
    whole = {**schema, "components": document["components"]}
    jsonschema.Draft202012Validator(whole).validate(answer.json())


def _fits(path: str, template: str) -> bool:
    """A path belongs to a template; the longest literal ending decides, as in the router."""
    head, _, tail = template.partition("{symbol}")
    if not tail and "{" not in template:
        return path == template
    pieces = tail.replace("{number}", "\0").split("\0")
    return path.startswith(head) and all(piece in path[len(head) :] for piece in pieces)


def test_the_page_lists_every_operation(client: TestClient, document: dict[str, Any]) -> None:
    """The page for developers shows every operation, without loading anything from elsewhere."""
    page = client.get("/api").text
    for operation in _operations(document):
        assert f'id="{operation["operationId"]}"' in page
    assert "https://" not in page.replace("https://testserver", "")


def test_the_web_knows_nothing_of_the_index() -> None:
    """Routes and pages ask an engine; none of them imports what lies behind it."""
    for file in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert not node.module.startswith(("wgsearch.index", "wgsearch.search")), file.name
