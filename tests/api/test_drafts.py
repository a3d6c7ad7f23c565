"""Drafts over HTTP: JSON, files and forms; pages without script; what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

_COPIED = "Debt bondage keeps workers from leaving an employer."
_CITED = "See DEMO/COP/WG.4/2022/2, para. 99."
_PAGE = {"accept": "text/html"}


def test_a_draft_is_compared(client: TestClient) -> None:
    """The shape that other programs rely on, with the note to paste."""
    found = client.post("/api/v1/compare", json={"text": f"4. {_COPIED}"}).json()
    (paragraph,) = found["paragraphs"]
    assert (paragraph["number"], paragraph["text"]) == ("4", _COPIED)
    assert paragraph["label"] == "verbatim"
    assert paragraph["sources"][0]["citation"] == "DEMO/COP/WG.4/2022/2, para. 2"
    assert paragraph["note"] == "See DEMO/COP/WG.4/2022/2, para. 2."
    assert found["share_new"] == 0


@pytest.mark.parametrize("path", ["/api/v1/compare", "/api/v1/check"])
def test_a_file_may_be_the_body_or_a_part_of_a_form(client: TestClient, path: str) -> None:
    """The same text as JSON, as a file, and in a form gives the same answer."""
    text = f"{_COPIED}\n\n{_CITED} That is where this was said before, and nowhere else."
    key = "paragraphs" if path.endswith("compare") else "citations"
    whole = client.post(path, json={"text": text}).json()[key]
    body = client.post(path, content=text, headers={"content-type": "text/plain"}).json()[key]
    form = client.post(path, files={"file": ("draft.txt", text.encode())}).json()[key]
    assert len(whole) == len(body) == len(form) > 0
    assert body == form


def test_a_symbol_may_be_excluded(client: TestClient) -> None:
    """The draft's own paper is no source where it is named."""
    asked = {"text": _COPIED, "exclude": ["DEMO/COP/WG.4/2022/2"]}
    found = client.post("/api/v1/compare", json=asked).json()
    assert found["excluded"] == ["DEMO/COP/WG.4/2022/2"]
    assert found["paragraphs"][0]["label"] != "verbatim"


@pytest.mark.parametrize(
    ("sent", "status", "slug"),
    [
        ({"json": {"text": " "}}, 422, "empty-draft"),
        ({"json": {"words": "x"}}, 400, "malformed-request"),
        ({"json": {"text": "x", "colour": "red"}}, 422, "invalid-parameter"),
        (
            {"content": b"{", "headers": {"content-type": "application/json"}},
            400,
            "malformed-request",
        ),
        (
            {"content": b"x", "headers": {"content-type": "image/png"}},
            415,
            "unsupported-media-type",
        ),
        (
            {"content": b"%PDF-x", "headers": {"content-type": "application/pdf"}},
            422,
            "paper-unreadable",
        ),
        ({"json": {"text": "a\n\n" * 2001}}, 422, "draft-too-long"),
    ],
)
def test_what_is_refused(
    client: TestClient, sent: dict[str, object], status: int, slug: str
) -> None:
    """Each bad body has its problem, with what to do; none is a fault of the service."""
    answer = client.post("/api/v1/compare", **sent)  # type: ignore[arg-type] # as httpx takes them
    assert answer.status_code == status
    assert answer.json()["type"].endswith(f"/problems/{slug}")


@pytest.mark.parametrize("path", ["/compare", "/check"])
def test_pages_work_without_script(client: TestClient, path: str) -> None:
    """The form posts to its own page; what was typed is there again; sources stand beside."""
    assert 'enctype="multipart/form-data"' in client.get(path, headers=_PAGE).text
    text = f"{_COPIED} {_CITED}"
    page = client.post(path, data={"text": text}, headers=_PAGE)
    assert page.status_code == 200
    assert _COPIED in page.text
    assert "DEMO/COP/WG.4/2022/2" in page.text


@pytest.mark.parametrize("path", ["/compare", "/check"])
def test_an_empty_form_is_told_beside_its_field(client: TestClient, path: str) -> None:
    """Nothing pasted and no file chosen: the form again, with words beside the field."""
    files = {"text": (None, ""), "file": ("", b"")}
    page = client.post(path, files=files, headers=_PAGE)
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.text
    assert "holds no paragraph with words" in page.text


def test_words_of_a_draft_stay_words(client: TestClient) -> None:
    """Markup that is pasted is shown, never run."""
    page = client.post("/compare", data={"text": f"<script>x</script> {_COPIED}"}, headers=_PAGE)
    assert "<script>x" not in page.text
    assert "&lt;script&gt;x" in page.text
