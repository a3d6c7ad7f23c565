"""A caller who needs three keys of a hit is sent three keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wgsearch.api import wire

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

API = "/api/v1"


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fields=st.sets(st.sampled_from(sorted(wire.HitObject.model_fields)), min_size=1))
def test_hits_have_the_keys_that_were_asked_for(client: TestClient, fields: set[str]) -> None:
    """Those keys, with what they hold in the whole answer, and no other; the rest stays."""
    asked = f"{API}/search?q=debt+bondage&k=3"
    whole = client.get(asked).json()
    found = client.get(asked, params={"q": "debt bondage", "k": 3, "fields": sorted(fields)}).json()
    assert found["hits"] == [
        {key: each[key] for key in each if key in fields} for each in whole["hits"]
    ]
    assert found["papers"] == whole["papers"]
    assert found.keys() == whole.keys()


def test_keys_come_with_commas_or_repeated(client: TestClient) -> None:
    """Both ways of writing a list mean the same."""
    commas = client.get(f"{API}/documents?fields=symbol,title&fields=url").json()
    repeated = client.get(f"{API}/documents?fields=symbol&fields=title&fields=url").json()
    assert commas == repeated
    assert all(set(each) == {"symbol", "title", "url"} for each in commas["documents"])
    assert commas["count"] == len(commas["documents"]) > 0


def test_bodies_and_batches_take_fields_too(client: TestClient) -> None:
    """What a question in the address may ask for, a question in a body may."""
    asked = {"q": "debt bondage", "k": 2, "fields": ["citation", "rank"]}
    single = client.post(f"{API}/search", json=asked).json()["hits"]
    batch = client.post(f"{API}/search/batch", json={"queries": [asked, {"q": "debt"}]}).json()
    assert [set(each) for each in single] == [{"citation", "rank"}] * 2
    assert batch["answers"][0]["answer"]["hits"] == single
    assert "text" in batch["answers"][1]["answer"]["hits"][0]


@pytest.mark.parametrize(
    ("path", "name", "near"),
    [
        ("/search?q=debt&fields=symbol&fields=citaton", "citaton", "citation"),
        ("/search?q=debt&fields=heading", "heading", "heading_path"),
        ("/search?q=debt&fields=", "", None),
        ("/documents?fields=symbol,titel", "titel", "title"),
        ("/documents?fields=rank", "rank", None),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest(
    client: TestClient, path: str, name: str, near: str | None
) -> None:
    """A misspelt key would leave hits without it and look right: it is refused instead."""
    answer = client.get(f"{API}{path}")
    assert answer.status_code == 422
    (item,) = answer.json()["errors"]
    assert (item["name"], item["near"]) == ("fields", near)
    assert item["detail"].startswith(repr(name))
