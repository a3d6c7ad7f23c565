"""Originals are handed out as attachments, and no request reaches any other file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from wgsearch.api.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from wgsearch.search import LocalEngine

FILE = "/api/v1/documents/DEMO/COP/WG.4/2022/2/file"
UP = ("..", "%2e%2e", "..%2f..", "....//", "..\\..", "%252e%252e", "..%00", ".%2e")
TARGETS = ("etc/passwd", "secret.txt", "notes/../../secret.txt", "%2fetc%2fpasswd")
TRAVERSALS = [
    f"/{root}/{up}/{up}/{target}{end}"
    for root, end in (
        ("api/v1/documents", "/file"),
        ("api/v1/documents", ""),
        ("documents", ""),
        ("static", ""),
    )
    for up in UP
    for target in TARGETS
]


def test_the_original_is_an_attachment(client: TestClient) -> None:
    """The source paper comes whole, with its name, never shown inside the site."""
    answer = client.get(FILE)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''DEMO_COP_WG.4_2022_2.en.pdf"
    )
    assert answer.headers["etag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'


def test_the_language_chooses_the_file(client: TestClient) -> None:
    """Each language edition has its own file."""
    answer = client.get("/api/v1/documents/DEMO/COP/WG.4/2024/2/file?language=fr")
    assert answer.headers["content-disposition"].endswith("DEMO_COP_WG.4_2024_2.fr.pdf")


def test_a_paper_without_symbol_has_a_file_too(client: TestClient) -> None:
    """A paper that prints no symbol is reached by its file name in the index."""
    answer = client.get("/api/v1/documents/notes/drafter.txt/file")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].endswith("drafter.txt")


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_out(client: TestClient, path: str) -> None:
    """A symbol never becomes a path: none of these forms finds a file."""
    assert client.get(path).status_code in {404, 422}


def test_a_changed_file_is_not_passed_off(tiny_engine: LocalEngine, tmp_path: Path) -> None:
    """A file that is not the one indexed is refused: its passages may differ."""
    (tmp_path / "DEMO_COP_WG.4_2022_2.en.pdf").write_bytes(b"other words")
    answer = _client(tiny_engine, tmp_path).get(FILE)
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("/problems/file-changed")


def test_a_missing_file_is_told(tiny_engine: LocalEngine, tmp_path: Path) -> None:
    """A file that is gone from the corpus is 404, though its words are searched."""
    answer = _client(tiny_engine, tmp_path).get(FILE)
    assert answer.status_code == 404
    assert answer.json()["type"].endswith("/problems/file-missing")


def test_originals_can_be_kept_back(tiny_engine: LocalEngine) -> None:
    """Without a corpus folder no file is handed out, and pages offer none."""
    caller = _client(tiny_engine, None)
    assert caller.get(FILE).status_code == 404
    assert FILE not in caller.get("/documents/DEMO/COP/WG.4/2022/2").text


def test_links_out_of_the_corpus_are_not_followed(tiny_engine: LocalEngine, tmp_path: Path) -> None:
    """A link in the corpus folder that leads elsewhere is no paper of it."""
    corpus, outside = tmp_path / "corpus", tmp_path / "outside.pdf"
    corpus.mkdir()
    outside.write_bytes(b"secret")
    (corpus / "DEMO_COP_WG.4_2022_2.en.pdf").symlink_to(outside)
    assert _client(tiny_engine, corpus).get(FILE).status_code == 404


def _client(engine: LocalEngine, corpus: Path | None) -> TestClient:
    return TestClient(create_app(engine, corpus_dir=corpus, hosts=("testserver",)))
