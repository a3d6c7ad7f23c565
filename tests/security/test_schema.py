"""
Whatever the description of the API allows, and what it does not, is answered as it says.

`SCHEMA_EXAMPLES=10000 pytest tests/security/test_schema.py` is the long campaign: so many requests
made from the description, shared out among the operations.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from hand_made import compendium_of
from httpx2 import InvalidURL
from hypothesis import HealthCheck, Phase, given, reject, settings
from hypothesis import strategies as st

from wgsearch.answers import Filters
from wgsearch.api.app import create_app
from wgsearch.saved.keeping import Questions
from wgsearch.saved.records import Kept, SavedQuestion

schemathesis = pytest.importorskip(
    "schemathesis", reason="makes requests from the description: pip install 'wgsearch[test]'"
)
# Which writes them: what it makes is meant for this library.
Request = pytest.importorskip("requests").Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.search import LocalEngine

EXAMPLES = int(os.environ.get("SCHEMA_EXAMPLES", "200"))
DOCUMENT = json.loads((Path(__file__).parents[1] / "api" / "openapi.json").read_text("utf-8"))
OPERATIONS = sorted(
    each["operationId"] for path in DOCUMENT["paths"].values() for each in path.values()
)
# A pack, a history or an export reads much: seconds instead of milliseconds.
SLOW = {
    *("briefAgenda", "compareDraft", "checkCitations", "getHistory", "listItemPassages"),
    *("exportDocuments", "exportParagraphs", "exportRecommendations", "findItemsAnywhere"),
}
_SHARE = 10
_UNITS = len(OPERATIONS) * _SHARE - len(SLOW) * (_SHARE - 1)


@pytest.fixture(scope="module")
def sample(
    sample_engine: LocalEngine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestClient]:
    """A caller of an application over the sample corpus, to whom a fault is an answer."""
    papers = Path(__file__).parents[2] / "corpus" / "papers"
    saved = Questions(tmp_path_factory.mktemp("saved") / "questions")
    first = SavedQuestion(id="fees", text="recruitment fees", created_at="2026-05-01T08:00:00Z")
    saved.add(first, Kept())
    some = [sample_engine.paper(f"DEMO/COP/WG.4/2022/{number}") for number in (2, 3, 4, 5)]
    state = sample_engine.state()
    edition = compendium_of(some, state.generation, state.content_digest)
    app = create_app(
        sample_engine,
        corpus_dir=papers,
        hosts=("testserver",),
        saved=saved,
        compendium=lambda: edition,
    )
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as made:
        yield made


@pytest.fixture(scope="module")
def statuses(request: pytest.FixtureRequest) -> Iterator[Counter[int]]:
    """How many requests were answered with which status; told at the end."""
    counts: Counter[int] = Counter()
    yield counts
    told = ", ".join(f"{status}: {count}" for status, count in sorted(counts.items()))
    line = f"{counts.total()} requests from the description ({told})"
    request.config.get_terminal_writer().line(line)


@pytest.fixture(scope="module")
def operations(sample: TestClient) -> dict[str, Any]:
    """The operations by name, as the running application describes them."""
    schema = schemathesis.openapi.from_dict(sample.get("/openapi.json").json())
    found = (each.ok() for each in schema.get_all_operations())
    return {each.definition.raw["operationId"]: each for each in found}


@pytest.fixture(scope="module")
def held(sample_engine: LocalEngine) -> dict[str, list[str]]:
    """What stands in the place of made-up parameters half of the time, so that much is found."""
    entries = sample_engine.papers(Filters())
    symbols = [each.symbol for each in entries]
    return {
        "symbol": [*symbols, *(each.symbol for each in entries if each.has_agenda)],
        "number": ["1", "2", "3", "4", "2 (a)", "17"],
        "q": ["recruitment fees", '"debt bondage" -fees', "recruit*", symbols[0]],
        "topic": ["recruitment fees", "organ removal"],
        "id": ["fees", "consent", "DEMO/COP/WG.4/2024/5:32"],
        "agenda": [each.symbol for each in entries if each.has_agenda],
    }


@pytest.mark.model
@pytest.mark.parametrize("name", OPERATIONS)
def test_answers_are_as_described(
    sample: TestClient,
    operations: dict[str, Any],
    held: dict[str, list[str]],
    statuses: Counter[int],
    name: str,
) -> None:
    """Every request gets a status, a type and a body that the description has, and never a 5xx."""
    operation = operations[name]
    share = max(3, EXAMPLES * (1 if name in SLOW else _SHARE) // _UNITS)
    modes = schemathesis.GenerationMode
    # Described are shapes, not meaning: years may be exchanged, a question may hold no letter.
    checks = schemathesis.checks.CHECKS.get_by_names(
        [
            *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
            *("response_headers_conformance", "response_schema_conformance"),
        ]
    )

    @settings(
        max_examples=share,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(
        case=st.one_of(
            operation.as_strategy(generation_mode=modes.POSITIVE),
            operation.as_strategy(generation_mode=modes.POSITIVE),
            operation.as_strategy(generation_mode=modes.NEGATIVE)
            if any(operation.iter_parameters()) or operation.body
            else st.nothing(),
        ),
        data=st.data(),
    )
    def asked(case: Any, data: st.DataObject) -> None:  # noqa: ANN401 - has no public type
        for place in (case.path_parameters, case.query):
            for known in held.keys() & dict(place or {}).keys():
                if data.draw(st.booleans()):
                    place[known] = data.draw(st.sampled_from(held[known]))
        written = case.as_transport_kwargs(base_url="http://testserver")
        request = Request(
            **{name: value for name, value in written.items() if name not in {"timeout", "cookies"}}
        ).prepare()
        try:
            answer = sample.request(
                request.method, request.url, content=request.body, headers=request.headers
            )
        except InvalidURL:
            reject()  # longer than the caller itself can write
        statuses[answer.status_code] += 1
        assert answer.status_code < 500, (request.url, request.body, answer.text)
        case.validate_response(answer, checks=checks)

    asked()
