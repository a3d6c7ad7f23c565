"""Other applications ask over HTTP, and get passages with citations or a clear refusal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wgsearch.index.calibration import PROBES

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

API = "/api/v1"
PAPER = f"{API}/documents/DEMO/COP/WG.4/2022/2"
AGENDA = f"{API}/agendas/DEMO/COP/WG.4/2024/1"


def _get(client: TestClient, path: str) -> Any:  # noqa: ANN401 - JSON
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_search_answers_with_citations(client: TestClient) -> None:
    """A question gets passages, each with its citation and literal address."""
    found = _get(client, f"{API}/search?q=debt+bondage&k=2")
    assert len(found["hits"]) == 2
    assert found["hits"][0]["citation"] == "DEMO/COP/WG.4/2022/2, para. 2"
    assert found["hits"][0]["url"] == "http://testserver/documents/DEMO/COP/WG.4/2022/2#p2"


def test_filters_repeat_for_or(client: TestClient) -> None:
    """A repeated filter means either value; different filters add up."""
    found = _get(client, f"{API}/search?q=victims&kind=report&kind=agenda&from=2022&to=2022")
    assert {hit["kind"] for hit in found["hits"]} == {"report"}


def test_search_by_body_is_the_same_search(client: TestClient) -> None:
    """A question too long for an address goes into the body, with the same answer."""
    asked = {"q": "debt bondage", "k": 2, "from": 2022, "mode": "lexical"}
    posted = client.post(f"{API}/search", json=asked).json()
    got = _get(client, f"{API}/search?q=debt+bondage&k=2&from=2022&mode=lexical")
    assert posted["hits"] == got["hits"]


def test_search_word_by_word(client: TestClient) -> None:
    """`mode=late` ranks by what tokens have in common: that is the order of the answer."""
    found = _get(client, f"{API}/search?q=fees+charged+workers&mode=late&fold=false")
    ranks = [hit["matched"]["late_rank"] for hit in found["hits"]]
    assert ranks == list(range(1, len(ranks) + 1))
    assert found["hits"][0]["citation"] == "DEMO/COP/WG.4/2022/2, para. 1"
    asked = [each["asked"] for each in found["hits"][0]["matched"]["answering"]]
    assert asked == ["fees", "charged", "workers"]


@pytest.mark.parametrize(
    ("query", "name", "near"),
    [
        ("q=debt&kid=report", "kid", "kind"),
        ("q=debt&kind=reprot", "kind", "report"),
        ("q=debt&mode=hybird", "mode", "hybrid"),
        ("q=debt&k=0", "k", None),
        ("q=debt&k=ten", "k", None),
        ("q=debt&k=101", "k", None),
        ("q=debt&from=last", "from", None),
        ("q=debt&language=english", "language", None),
        ("q=debt&k=1&k=2", "k", None),
        ("q=debt&kind=", "kind", None),
        ("k=3", "q", None),
    ],
)
def test_bad_parameters_are_refused_by_name(
    client: TestClient, query: str, name: str, near: str | None
) -> None:
    """Unknown and malformed parameters are never ignored: the answer names them."""
    answer = client.get(f"{API}/search?{query}")
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["type"].endswith("/problems/invalid-parameter")
    assert [(each["name"], each["near"]) for each in problem["errors"]] == [(name, near)]
    assert problem["errors"][0]["pointer"].startswith(f"#/{name}")


def test_bad_members_of_a_body_are_refused_by_pointer(client: TestClient) -> None:
    """An unknown member of a body is refused with its pointer."""
    answer = client.post(f"{API}/search", json={"q": "debt", "kid": 1, "kind": ["agenda", "x"]})
    assert answer.status_code == 422
    assert {each["pointer"] for each in answer.json()["errors"]} == {"#/kid", "#/kind/1"}


@pytest.mark.parametrize("path", ["/index", "/agendas", "/documents/DEMO/COP/WG.4/2022/2"])
def test_other_routes_refuse_unknown_parameters_too(client: TestClient, path: str) -> None:
    """What holds for searches holds for every address."""
    answer = client.get(f"{API}{path}?verbose=1")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["name"] == "verbose"


@pytest.mark.parametrize(
    ("body", "status", "slug"),
    [
        (b"{", 400, "malformed-request"),
        (b"[]", 422, "invalid-parameter"),
        (b"", 422, "invalid-parameter"),
    ],
)
def test_bodies_that_are_no_question(
    client: TestClient, body: bytes, status: int, slug: str
) -> None:
    """A body that is no JSON, or no object, is refused as such."""
    headers = {"Content-Type": "application/json"}
    answer = client.post(f"{API}/search", content=body, headers=headers)
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (status, slug)


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("q=%20%3F", "empty-question"),
        ("q=debt&from=2024&to=2022", "invalid-filter"),
        (f"q={'debt+' * 5000}", "question-too-long"),
    ],
)
def test_questions_that_cannot_be_answered(client: TestClient, query: str, slug: str) -> None:
    """Nothing asked, too much asked, or a filter that cannot be true: each says so."""
    answer = client.get(f"{API}/search?{query}")
    assert answer.status_code == 422
    assert answer.json()["type"].endswith(f"/problems/{slug}")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=80))
def test_no_question_breaks_the_service(client: TestClient, question: str) -> None:
    """Whatever is asked, the answer is an answer or a refusal."""
    answer = client.get(f"{API}/search", params={"q": question, "mode": "lexical"})
    assert answer.status_code in {200, 422}


def test_documents_are_listed_and_filtered(client: TestClient) -> None:
    """Papers are listed with addresses; filters are those of a search."""
    assert _get(client, f"{API}/documents")["count"] == 9
    french = _get(client, f"{API}/documents?language=fr")["documents"]
    assert [each["symbol"] for each in french] == ["DEMO/COP/WG.4/2024/2"]
    assert french[0]["url"] == "http://testserver/documents/DEMO/COP/WG.4/2024/2?language=fr"


def test_a_document_is_whole(client: TestClient) -> None:
    """A paper comes with masthead, paragraphs, language editions and its state."""
    paper = _get(client, f"{API}/documents/DEMO/COP/WG.4/2024/2?language=fr")
    assert paper["paper"]["language"] == "fr"
    assert [each["language"] for each in paper["editions"]] == ["en", "fr"]
    old = _get(client, f"{API}/documents/DEMO/COP/WG.4/2023/3")
    assert old["superseded_by"] == "DEMO/COP/WG.4/2023/3/Rev.1"


def test_slashes_of_a_symbol_may_be_escaped(client: TestClient) -> None:
    """`%2F` and `/` name the same paper."""
    escaped = _get(client, f"{API}/documents/DEMO%2FCOP%2FWG.4%2F2022%2F2")
    assert escaped["symbol"] == "DEMO/COP/WG.4/2022/2"


def test_paragraphs_carry_citations(client: TestClient) -> None:
    """All paragraphs of a paper come in order, each citable."""
    found = _get(client, f"{PAPER}/paragraphs")
    assert [each["number"] for each in found["paragraphs"]] == ["1", "2", "3", "4"]
    assert found["paragraphs"][2]["citation"] == "DEMO/COP/WG.4/2022/2, para. 3"
    assert _get(client, f"{PAPER}/paragraphs?part=annex")["paragraphs"] == []


def test_a_paragraph_comes_with_its_neighbours(client: TestClient) -> None:
    """`context=1` gives one neighbour a side, fewer at the ends."""
    found = _get(client, f"{PAPER}/paragraphs/2?context=1")
    assert found["paragraph"]["number"] == "2"
    assert [each["number"] for each in found["before"] + found["after"]] == ["1", "3"]
    assert _get(client, f"{PAPER}/paragraphs/4?context=5")["after"] == []
    assert _get(client, f"{PAPER}/paragraphs/4")["before"] == []


@pytest.mark.parametrize("path", ["/paragraphs/99", "/paragraphs/1?part=annex%20II"])
def test_a_missing_paragraph_says_what_there_is(client: TestClient, path: str) -> None:
    """Who asks for a paragraph that is not there learns which numbers there are."""
    answer = client.get(f"{PAPER}{path}")
    assert answer.status_code == 404
    assert "from 1 to 4" in answer.json()["detail"] or "parts: body" in answer.json()["detail"]


def test_agendas_and_their_items(client: TestClient) -> None:
    """An agenda comes item by item, with its documents held or missing."""
    listed = _get(client, f"{API}/agendas")
    assert [each["symbol"] for each in listed["agendas"]] == ["DEMO/COP/WG.4/2024/1"]
    agenda = _get(client, AGENDA)
    assert [item["number"] for item in agenda["items"]] == ["1", "2"]
    assert [each["in_corpus"] for each in agenda["items"][1]["documents"]] == [True, False, False]
    assert _get(client, f"{AGENDA}/items")["items"] == agenda["items"]


def test_an_item_is_answered_at_its_address(client: TestClient) -> None:
    """The passages of an item stand where its object says."""
    address = _get(client, f"{AGENDA}/items")["items"][1]["passages_url"]
    found = _get(client, f"{address}?k=2")
    assert found["item"]["title"] == "Recruitment fees and debt bondage"
    assert len(found["item"]["passages"]) == 2


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        (f"{AGENDA}/items/9/passages", "unknown-item"),
        (f"{API}/agendas/DEMO/COP/WG.4/2022/2", "not-an-agenda"),
        (f"{API}/agendas/DEMO/COP/WG.4/2099/1/items", "unknown-symbol"),
    ],
)
def test_what_is_no_agenda_or_no_item(client: TestClient, path: str, slug: str) -> None:
    """A paper without an agenda, or an item that it lacks, is told apart."""
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json()["type"].endswith(f"/problems/{slug}")


def test_the_index_is_named(client: TestClient) -> None:
    """Generation, encoder and counts are open to all."""
    found = _get(client, f"{API}/index")
    assert found["encoder"] == "hashing@1/unit/float32"
    ready = {"status": "ready", "generation": found["generation"], "reason": None}
    assert _get(client, "/readyz") == ready
    assert _get(client, "/livez")["status"] == "live"
    judging = found["judging"]
    assert judging["method"] == "nearness-1"
    assert judging["probes"] == len(PROBES)
    assert judging["not_covered_below"] < judging["covered_from"]


def test_assistants_find_a_guide(client: TestClient) -> None:
    """`/llms.txt` says in words what may be asked, and how to cite."""
    guide = client.get("/llms.txt")
    assert guide.headers["content-type"].startswith("text/plain")
    assert "http://testserver/api/v1/search?q=" in guide.text


def test_every_address_of_the_guide_answers(client: TestClient) -> None:
    """What `/llms.txt` links to is there."""
    guide = client.get("/llms.txt").text
    links = set(re.findall(r"\]\((http://testserver[^)]*)\)", guide))
    assert len(links) > 5
    for link in links:
        # Without an edition of the compendium its topics are 404, with what to do.
        answer = client.get(link)
        assert answer.status_code == (404 if "/compendium/" in link else 200), link


def test_browsers_may_add_the_search(client: TestClient) -> None:
    """Every page names the OpenSearch description; what it says where questions go answers."""
    page = client.get("/", headers={"Accept": "text/html"}).text
    assert 'href="/opensearch.xml"' in page
    answer = client.get("/opensearch.xml")
    assert answer.headers["content-type"] == "application/opensearchdescription+xml"
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    root = ET.fromstring(answer.text)  # noqa: S314 - our own
    assert root.tag == f"{space}OpenSearchDescription"
    assert len(root.findtext(f"{space}ShortName") or "") in range(1, 17)
    for url in root.findall(f"{space}Url"):
        found = client.get(url.attrib["template"].replace("{searchTerms}", "debt+bondage"))
        assert found.status_code == 200
        assert found.headers["content-type"].startswith(url.attrib["type"])


def test_other_methods_are_refused(client: TestClient) -> None:
    """A method that an address does not have is 405, with those that it has."""
    answer = client.delete(f"{API}/index")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"
    assert answer.json()["type"].endswith("/problems/method-not-allowed")


def test_a_document_names_its_family(client: TestClient) -> None:
    """What replaces it and what it replaces, each with its address."""
    older = client.get("/api/v1/documents/DEMO/COP/WG.4/2023/3").json()
    newer = client.get("/api/v1/documents/DEMO/COP/WG.4/2023/3/Rev.1").json()
    assert older["family"]["superseded_by"] == {
        "symbol": "DEMO/COP/WG.4/2023/3/Rev.1",
        "title": "The irrelevance of consent",
        "language": "en",
        "in_corpus": True,
        "url": "http://testserver/documents/DEMO/COP/WG.4/2023/3/Rev.1",
    }
    assert [each["symbol"] for each in newer["family"]["supersedes"]] == [older["symbol"]]
    assert (older["cites"], older["cited_by"]) == ([], [])


def test_papers_are_listed_by_the_code_of_a_warning(client: TestClient) -> None:
    """Those with it, a count by code in the state of the index, and no unknown code."""
    listed = client.get("/api/v1/documents?warning=editions_differ").json()["documents"]
    assert [(each["language"], each["warning_codes"]) for each in listed] == [
        ("en", ["editions_differ"]),
        ("fr", ["editions_differ"]),
    ]
    assert client.get("/api/v1/index").json()["warnings"] == {"editions_differ": 2}
    refused = client.get("/api/v1/documents?warning=editions")
    assert refused.status_code == 422
    assert "editions_differ" in refused.json()["detail"]


def test_a_warning_says_what_to_do(client: TestClient) -> None:
    """Code, what was found, and the remedy."""
    (warning,) = client.get("/api/v1/documents/DEMO/COP/WG.4/2024/2").json()["warnings"]
    assert warning["code"] == "editions_differ"
    assert "(en 2, fr 1)" in warning["message"]
    assert warning["action"].startswith("Compare the numbers named")


def test_a_paragraph_leads_to_its_other_languages(client: TestClient) -> None:
    """Where they have it: the second paragraph was not read in French."""
    path = "/api/v1/documents/DEMO/COP/WG.4/2024/2/paragraphs"
    first, second = client.get(path).json()["paragraphs"]
    address = "http://testserver/documents/DEMO/COP/WG.4/2024/2?language=fr#p1"
    assert first["editions"] == [{"language": "fr", "url": address}]
    assert second["editions"] == []
    assert client.get(f"{path}/1").json()["paragraph"]["editions"] == first["editions"]
