"""An agenda goes in over HTTP, its briefing pack comes out; progress is told on the way."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import jsonschema
import pytest

from wgsearch.api.guard import Limits

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

URL = "/api/v1/agendas/brief"
SYMBOL = "DEMO/COP/WG.4/2024/1"
FILE = Path(__file__).parents[2] / "corpus/papers/DEMO_COP_WG.4_2026_1.en.pdf"
TEXT = "Provisional agenda\n\n1. Opening.\n2. Debt bondage.\n3. Other matters.\n"


def test_a_pack_as_json_is_what_is_described(client: TestClient) -> None:
    """The default is JSON, and it fits its schema; addresses are whole."""
    answer = client.post(URL, json={"symbol": SYMBOL})
    assert answer.status_code == 200
    pack = answer.json()
    document = client.get("/openapi.json").json()
    schema = {**document["components"]["schemas"]["PackObject"]}
    jsonschema.Draft202012Validator({**schema, "components": document["components"]}).validate(pack)
    assert [each["number"] for each in pack["items"]] == ["1", "2"]
    assert [each["symbol"] for each in pack["missing"]] == ["DEMO/COP/WG.4/2024/9"]
    hits = [hit for each in pack["items"][1]["listed"] for hit in each["passages"]]
    assert hits[0]["url"].startswith("http://testserver/documents/DEMO/COP/WG.4/2022/2#p")


@pytest.mark.parametrize(
    ("form", "media_type", "begins"),
    [
        ("docx", "application/vnd.openxmlformats-officedocument", b"PK\x03\x04"),
        ("md", "text/markdown; charset=utf-8", b"# Briefing pack"),
        ("html", "text/html; charset=utf-8", b"<!doctype html>"),
    ],
)
def test_a_pack_as_a_file(client: TestClient, form: str, media_type: str, begins: bytes) -> None:
    """`format` names what the pack is written as; the file has a name."""
    answer = client.post(f"{URL}?format={form}", json={"symbol": SYMBOL})
    assert answer.headers["content-type"].startswith(media_type)
    assert f'filename="DEMO_COP_WG.4_2024_1-pack.{form}"' in answer.headers["content-disposition"]
    assert answer.content.startswith(begins)


def test_one_item_of_many(client: TestClient) -> None:
    """`item` may be repeated; one that there is not is told which there are."""
    answer = client.post(f"{URL}?item=2", json={"symbol": SYMBOL})
    assert [each["number"] for each in answer.json()["items"]] == ["2"]
    wrong = client.post(f"{URL}?item=9", json={"symbol": SYMBOL})
    assert wrong.status_code == 404
    assert "its items are 1, 2" in wrong.json()["detail"]


def test_an_agenda_may_be_sent(client: TestClient) -> None:
    """As a file with its type, or as a text in JSON or by itself."""
    sent = client.post(URL, content=FILE.read_bytes(), headers={"Content-Type": "application/pdf"})
    assert sent.json()["agenda"]["symbol"] == "DEMO/COP/WG.4/2026/1"
    assert sent.json()["paper"] is None
    pasted = client.post(URL, json={"text": TEXT}).json()
    assert [each["title"] for each in pasted["items"]][1] == "Debt bondage"
    plain = client.post(
        URL, content=TEXT.encode(), headers={"Content-Type": "text/plain; charset=utf-8"}
    )
    assert [each["number"] for each in plain.json()["items"]] == ["1", "2", "3"]


def _lines(client: TestClient, url: str, body: dict[str, str]) -> list[dict[str, Any]]:
    with client.stream("POST", url, json=body, headers={"Accept": "application/x-ndjson"}) as sent:
        assert sent.headers["content-type"].startswith("application/x-ndjson")
        return [json.loads(line) for line in sent.iter_lines()]


def test_progress_comes_in_lines_and_the_pack_last(client: TestClient) -> None:
    """A line an item, then one line with the file: text as it is, DOCX in base64."""
    lines = _lines(client, f"{URL}?format=docx", {"symbol": SYMBOL})
    assert lines[:-1] == [
        {"item": "1", "done": 1, "total": 2},
        {"item": "2", "done": 2, "total": 2},
    ]
    last = lines[-1]
    assert last["encoding"] == "base64"
    opened = docx.Document(io.BytesIO(base64.b64decode(last["content"])))
    assert opened.paragraphs[0].text == "Briefing pack"
    text = _lines(client, f"{URL}?format=md", {"symbol": SYMBOL})[-1]
    assert text["encoding"] == "utf-8"
    assert text["content"].startswith("# Briefing pack")


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"symbol": "DEMO/COP/WG.4/2022/2"}, 404, "holds no agenda"),
        ({"symbol": "DEMO/COP/WG.4/2099/1"}, 404, "No paper"),
        ({"text": "Nothing to do."}, 404, "holds no items"),
        ({}, 422, "give either `symbol` or `text`"),
        ({"symbol": SYMBOL, "text": TEXT}, 422, "give either `symbol` or `text`"),
        ({"symbol": SYMBOL, "formt": "md"}, 422, "formt"),
    ],
)
def test_what_cannot_be_briefed_is_told_why(
    client: TestClient, body: dict[str, str], status: int, words: str
) -> None:
    """A paper that is no agenda, a symbol that there is not, nothing at all: a problem each."""
    answer = client.post(URL, json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]


def test_a_refusal_comes_before_the_lines(client: TestClient) -> None:
    """Who asks for lines gets a problem with its status where nothing can be made."""
    answer = client.post(
        URL, json={"symbol": "DEMO/COP/WG.4/2099/1"}, headers={"Accept": "application/x-ndjson"}
    )
    assert answer.status_code == 404


def test_files_of_other_kinds_are_refused(client: TestClient) -> None:
    """What is not read is told what is; what is broken is told so."""
    picture = client.post(URL, content=b"GIF89a", headers={"Content-Type": "image/gif"})
    assert picture.status_code == 415
    assert "application/pdf" in picture.json()["detail"]
    broken = client.post(URL, content=b"lunch", headers={"Content-Type": "application/pdf"})
    assert broken.status_code == 422
    assert broken.json()["type"].endswith("/problems/paper-unreadable")
    wrong = client.post(f"{URL}?format=pdf", json={"symbol": SYMBOL})
    assert wrong.status_code == 422
    assert "docx, md, html, json" in wrong.json()["detail"]


def test_files_may_be_larger_than_questions(client: TestClient) -> None:
    """A file of a megabyte is read where files are brought, and nowhere else."""
    limits = Limits()
    assert limits.body("/api/v1/search") < len(b"x" * 2**20) < limits.body(URL)
    large = client.post(
        "/api/v1/search", content=b"x" * 2**20, headers={"Content-Type": "application/json"}
    )
    assert large.status_code == 413


def test_the_page_of_an_agenda_offers_its_pack(client: TestClient) -> None:
    """Three plain links, no script needed; what is for print opens, the rest is for keeping."""
    page = client.get(f"/agendas/{SYMBOL}", headers={"Accept": "text/html"}).text
    for form, way in (("docx", "attachment"), ("md", "attachment"), ("html", "inline")):
        assert f'href="/agendas/{SYMBOL}/pack.{form}"' in page
        answer = client.get(f"/agendas/{SYMBOL}/pack.{form}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith(way)
        assert answer.headers["cache-control"] == "no-store"


def test_the_page_for_print_may_use_its_own_style(client: TestClient) -> None:
    """It stands alone, so its policy allows the one style within, and is stricter otherwise."""
    policy = client.get(f"/agendas/{SYMBOL}/pack.html").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in policy


def test_a_pack_file_refuses_what_it_does_not_know(client: TestClient) -> None:
    """A mistyped parameter, another format and another paper are each told."""
    assert client.get(f"/agendas/{SYMBOL}/pack.md?itm=2").status_code == 422
    assert client.get(f"/agendas/{SYMBOL}/pack.pdf").status_code == 422
    assert client.get("/agendas/DEMO/COP/WG.4/2022/2/pack.md").status_code == 404
    one = client.get(f"/agendas/{SYMBOL}/pack.md?item=2").text
    assert "Items:** 2 of 2" in one
