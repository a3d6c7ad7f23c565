"""A paper or a paragraph is cited as others need it, and only where it exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

CITE = "/api/v1/cite"
SYMBOL = "DEMO/COP/WG.4/2022/2"


def test_a_paragraph_is_cited_with_its_address(client: TestClient) -> None:
    """Every style tells of the same place, and the address leads to it."""
    found = client.get(f"{CITE}?symbol={SYMBOL}&paragraph=2").json()
    assert found["citation"] == f"{SYMBOL}, para. 2"
    assert found["footnote"] == f"{SYMBOL}, para. 2."
    assert found["url"] == f"http://testserver/documents/{SYMBOL}#p2"
    assert (found["paragraph"], found["part"]) == ("2", "body")
    assert found["csl"]["note"] == "para. 2"
    for style in ("plain", "bibtex", "ris"):
        assert found["url"] in found[style]
        assert "para. 2" in found[style]


def test_a_paper_is_cited_as_a_whole(client: TestClient) -> None:
    """Without a paragraph the paper is meant, and nothing speaks of a place."""
    found = client.get(f"{CITE}?symbol={SYMBOL}").json()
    assert (found["citation"], found["paragraph"], found["part"]) == (SYMBOL, None, None)
    assert found["url"] == f"http://testserver/documents/{SYMBOL}"
    assert "note" not in found["csl"]


@pytest.mark.parametrize(
    ("style", "media_type", "key"),
    [
        ("footnote", "text/plain", "footnote"),
        ("plain", "text/plain", "plain"),
        ("bibtex", "application/x-bibtex", "bibtex"),
        ("ris", "application/x-research-info-systems", "ris"),
    ],
)
def test_one_style_alone_is_the_same(
    client: TestClient, style: str, media_type: str, key: str
) -> None:
    """What a program of references takes comes as its own type, word for word as in the JSON."""
    asked = f"{CITE}?symbol={SYMBOL}&paragraph=2"
    alone = client.get(f"{asked}&format={style}")
    assert alone.headers["content-type"].partition(";")[0] == media_type
    assert alone.content.decode() == client.get(asked).json()[key]


def test_csl_alone_is_a_list(client: TestClient) -> None:
    """A file of CSL-JSON is a list of items."""
    asked = f"{CITE}?symbol={SYMBOL}&paragraph=2"
    alone = client.get(f"{asked}&format=csl-json")
    assert alone.headers["content-type"] == "application/vnd.citationstyles.csl+json"
    assert alone.json() == [client.get(asked).json()["csl"]]


@pytest.mark.parametrize(
    ("query", "status", "slug"),
    [
        (f"symbol={SYMBOL}&paragraph=999", 404, "unknown-paragraph"),
        (f"symbol={SYMBOL}&paragraph=2&part=annex+IX", 404, "unknown-paragraph"),
        ("symbol=DEMO/COP/WG.4/2022/222", 404, "unknown-symbol"),
        (f"symbol={SYMBOL}&part=annex", 422, "invalid-parameter"),
        (f"symbol={SYMBOL}&format=bibtexx", 422, "invalid-parameter"),
        (f"symbol={SYMBOL}&para=2", 422, "invalid-parameter"),
        ("paragraph=2", 422, "invalid-parameter"),
    ],
)
def test_what_is_not_there_is_not_cited(
    client: TestClient, query: str, status: int, slug: str
) -> None:
    """No reference is made up: the answer says what is missing."""
    answer = client.get(f"{CITE}?{query}")
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (status, slug)
