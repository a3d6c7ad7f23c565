"""The compendium over the API and as files: true to its schema, looked up, renewed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import jsonschema
import pytest
from fastapi.testclient import TestClient
from hand_made import compendium_of

from wgsearch.api.app import create_app
from wgsearch.api.serving import NewestEdition
from wgsearch.compendium import editions
from wgsearch.compendium.redline import Editions
from wgsearch.errors import EditionDamagedError
from wgsearch.index.build import build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from wgsearch.compendium.records import Compendium
    from wgsearch.embedding import Encoder
    from wgsearch.index.build import PaperReader
    from wgsearch.papers.paper import Paper

SERIES = "DEMO/COP/WG.4"
API = "/api/v1/compendium"


@pytest.fixture(scope="module")
def edition(tiny_papers: tuple[Paper, ...], tiny_engine: LocalEngine) -> Compendium:
    """A compendium over the small index as it is."""
    state = tiny_engine.state()
    return compendium_of(tiny_papers[1:5], state.generation, state.content_digest)


@pytest.fixture(scope="module")
def caller(tiny_engine: LocalEngine, edition: Compendium) -> Iterator[TestClient]:
    """A caller of an application that serves it."""
    app = create_app(tiny_engine, hosts=("testserver",), compendium=lambda: edition)
    with TestClient(app, follow_redirects=False) as caller:
        yield caller


def test_a_compendium_that_is_not_made_is_explained(client: TestClient) -> None:
    """Before the first edition each address says which command makes one."""
    for path in (API, f"{API}/topics", f"{API}/changes", f"{API}/lookup?q=debt", "/compendium.md"):
        answer = client.get(path)
        assert answer.status_code == 404
        problem = answer.json()
        assert problem["type"].endswith("/problems/no-compendium")
        assert "wgsearch compendium" in problem["detail"]
    page = client.get("/compendium", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "wgsearch compendium" in page.text


@pytest.mark.parametrize(
    "path", ["", "/topics", "/topics/consent", "/changes", "/gaps", "/editions", "/lookup?q=fees",
             f"/lookup?symbol={SERIES}/2022/2&paragraph=1"],
)  # fmt: skip
def test_answers_fit_the_schema(caller: TestClient, path: str) -> None:
    """What is served is what is described."""
    document = caller.get("/openapi.json").json()
    template = f"{API}{path}".partition("?")[0].replace("/consent", "/{id}")
    schema = document["paths"][template]["get"]["responses"]["200"]["content"]["application/json"]
    whole = {**schema["schema"], "components": document["components"]}
    jsonschema.Draft202012Validator(whole).validate(caller.get(f"{API}{path}").json())


def test_sentences_are_verbatim_and_lead_to_their_paragraph(caller: TestClient) -> None:
    """Each sentence of each summary is part of the paragraph that its citation names."""
    sent = caller.get(API).json()
    sentences = [
        each for theme in sent["themes"] for topic in theme["topics"] for each in topic["summary"]
    ]
    assert len(sentences) >= 5
    for each in sentences:
        place = each["place"]
        read = caller.get(
            f"/api/v1/documents/{place['symbol']}/paragraphs/{place['paragraph']}",
            params={"part": place["part"]},
        ).json()
        assert each["text"] in read["paragraph"]["text"]
        assert place["url"] == read["paragraph"]["url"]


def test_a_topic_is_served_by_its_id(caller: TestClient) -> None:
    """Its relations are named, its paragraphs counted; an id that is mistyped names near ones."""
    topic = caller.get(f"{API}/topics/recruitment-fees").json()["topic"]
    assert topic["related"][0]["name"] == "Consent & its limits"
    assert topic["paragraphs"] == len(topic["places"]) == len(topic["closeness"])
    assert caller.get(topic["url"], headers={"Accept": "text/html"}).status_code == 200
    answer = caller.get(f"{API}/topics/recruitment-fee")
    assert answer.status_code == 404
    assert answer.json()["near"][0] == "recruitment-fees"


def test_topics_are_looked_up(caller: TestClient) -> None:
    """By paragraph, by paper and by words; what makes no sense is refused by name."""
    sent = caller.get(f"{API}/lookup?symbol=demo/cop/wg.4/2022/2&paragraph=2").json()
    assert [each["id"] for each in sent["topics"]] == ["recruitment-fees"]
    assert sent["topics"][0]["places"][0]["citation"] == f"{SERIES}/2022/2, para. 2"
    assert caller.get(f"{API}/lookup?q=consent").json()["topics"][0]["id"] == "consent"
    for query, status in (
        ("", 422),
        ("q=fees&symbol=2022/2", 422),
        ("q=fees&paragraph=1", 422),
        ("q=?!", 422),
        ("simbol=x", 422),
        (f"symbol={SERIES}/2031/1", 404),
        (f"symbol={SERIES}/2022/2&paragraph=99", 404),
    ):
        assert caller.get(f"{API}/lookup?{query}").status_code == status, query


@pytest.mark.parametrize(
    ("suffix", "begins"),
    [
        ("docx", b"PK"),
        ("md", b"# Thematic"),
        ("html", b"<!doctype"),
        ("json", b"{\n"),
        ("svg", b"<svg "),
    ],
)
def test_files_are_handed_out(caller: TestClient, suffix: str, begins: bytes) -> None:
    """The whole in every format, under a name that tells the edition."""
    answer = caller.get(f"/compendium.{suffix}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert f'filename="compendium-3.{suffix}"' in answer.headers["content-disposition"]
    assert caller.get("/compendium.pdf").status_code == 422


def test_an_older_edition_says_so(tiny_engine: LocalEngine, edition: Compendium) -> None:
    """Where papers came after the edition was made, program and reader are told."""
    older = replace(edition, content_digest="f" * 64)
    app = create_app(tiny_engine, hosts=("testserver",), compendium=lambda: older)
    with TestClient(app) as caller:
        assert caller.get(f"{API}/topics").json()["is_current"] is False
        page = caller.get("/compendium", headers={"Accept": "text/html"}).text
        assert "Papers came or changed after edition 3 was made" in page


def test_a_new_edition_is_never_answered_with_the_old_one(
    tiny_engine: LocalEngine, edition: Compendium
) -> None:
    """The tag of an answer changes with the edition; the same edition is not sent twice."""
    used = [edition]
    app = create_app(tiny_engine, hosts=("testserver",), compendium=lambda: used[0])
    with TestClient(app) as caller:
        first = caller.get(f"{API}/topics")
        known = {"If-None-Match": first.headers["etag"]}
        assert caller.get(f"{API}/topics", headers=known).status_code == 304
        theme = replace(edition.themes[0], name="Another name")
        used[0] = replace(edition, themes=(theme,))
        second = caller.get(f"{API}/topics", headers=known)
        assert second.status_code == 200
        assert second.json()["topics"][0]["theme_name"] == "Another name"


def test_the_edition_in_use_is_read_once(edition: Compendium) -> None:
    """It is read again only when another is in use; without one there is none."""
    newest: list[object | None] = [None]
    reads: list[object] = []

    def read() -> Compendium:
        reads.append(newest[0])
        return edition

    source = NewestEdition(read, lambda: newest[0], check_every_s=0)
    assert source() is None
    newest[0] = 1
    assert source() is source() is edition
    newest[0] = 2
    assert source() is edition
    assert reads == [1, 2]


def test_a_damaged_edition_is_said_and_search_goes_on(tiny_engine: LocalEngine) -> None:
    """Only the compendium fails, with its own problem."""

    def damaged() -> Compendium:
        raise EditionDamagedError("'e000001.json' is no edition")

    app = create_app(tiny_engine, hosts=("testserver",), compendium=damaged)
    with TestClient(app) as caller:
        answer = caller.get(API)
        assert answer.status_code == 503
        assert answer.json()["type"].endswith("/problems/compendium-damaged")
        assert caller.get("/api/v1/search?q=fees").status_code == 200


def test_a_withdrawn_paper_is_gone_with_its_generation(
    tmp_path: Path,
    encoder: Encoder,
    tiny_papers: tuple[Paper, ...],
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
) -> None:
    """Before the next edition is made, no answer, page or file holds its words or leads to it."""
    papers = tiny_papers[1:5]

    def published(some: Sequence[Paper]) -> LocalEngine:
        build(tmp_path / "corpus", tmp_path / "index", encoder, reader=memory_reader(some))
        return LocalEngine(tmp_path / "index", encoder)

    used = [published(papers)]
    state = used[0].state()
    edition = compendium_of(papers, state.generation, state.content_digest)
    app = create_app(lambda: used[0], hosts=("testserver",), compendium=lambda: edition)
    with TestClient(app) as caller:
        assert papers[0].key in caller.get(API).text
        known = {"If-None-Match": caller.get(f"{API}/topics").headers["etag"]}
        used[0] = published(papers[1:])
        after = caller.get(f"{API}/topics", headers=known)
        assert after.status_code == 200
        assert after.json()["is_current"] is False
        assert "recruitment-fees" not in {each["id"] for each in after.json()["topics"]}
        words = papers[0].paragraphs[0].text
        for path in (API, f"{API}/gaps", "/compendium", "/compendium/gaps", "/compendium.md"):
            sent = caller.get(path).text
            assert words not in sent, path
            assert f"documents/{papers[0].key}#" not in sent, path
        assert caller.get(f"{API}/topics/recruitment-fees").status_code == 404


def test_changes_since_any_edition_and_their_list(
    tmp_path: Path, tiny_engine: LocalEngine, edition: Compendium
) -> None:
    """Who was away for some editions gets one list; an edition that never was is refused."""
    with editions.writing(tmp_path):
        for themes in (edition.themes, edition.themes[:1], edition.themes[1:]):
            made = editions.save(tmp_path, replace(edition, themes=themes, changes=()))
    app = create_app(
        tiny_engine,
        hosts=("testserver",),
        compendium=lambda: made,
        earlier=Editions(tmp_path),
    )
    with TestClient(app) as caller:
        listed = caller.get(f"{API}/editions").json()["editions"]
        assert [(each["edition"], each["topics"]) for each in listed] == [(3, 1), (2, 2), (1, 3)]
        since = caller.get(f"{API}/changes?since=1").json()
        assert (since["since"], since["edition"]) == (1, 3)
        assert {(each["kind"], each["topic"]) for each in since["changes"]} == {
            ("ended", "consent"),
            ("ended", "recruitment-fees"),
        }
        assert {each["name"] for each in since["changes"]} == {
            "Consent & its limits",
            "Recruitment fees",
        }
        assert caller.get(f"{API}/changes?since=9").status_code == 404
        assert caller.get(f"{API}/changes?since=x").status_code == 422
        page = caller.get("/compendium/changes?since=1", headers={"Accept": "text/html"}).text
        assert "Edition 3 against edition 1." in page
        assert "/compendium/changes?since=2" in page
        assert caller.get("/compendium/changes.json?since=1").json() == since


def test_a_topic_is_handed_out_as_markdown(caller: TestClient, edition: Compendium) -> None:
    """Its title, its sentences and all of its paragraphs, leading to their papers."""
    topic = edition.themes[0].topics[0]
    answer = caller.get("/compendium/recruitment-fees.md")
    assert answer.headers["content-type"].startswith("text/markdown")
    assert answer.text.startswith("# Recruitment fees\n")
    for each in topic.summary:
        assert each.text in answer.text
    for each in topic.places:
        assert f"[{each.citation}](http://testserver/documents/{each.symbol}#" in answer.text
    assert caller.get("/compendium/recruitment-fee.md").status_code == 404
