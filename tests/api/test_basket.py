"""What was collected while reading is kept in an address, and leaves as a pack or as citations."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from wgsearch.api.carrying import carried_on, on_page
from wgsearch.api.places import MOST, find, read_place
from wgsearch.api.problems import RefusedError

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from wgsearch.search import LocalEngine

SYMBOL = "DEMO/COP/WG.4/2022/2"
ONE, TWO = f"{SYMBOL}:p1", f"{SYMBOL}:p2"


def test_places_are_read_as_people_write_them() -> None:
    """An anchor, a bare number, the reader's own address: all name one paragraph."""
    for written in (f"{SYMBOL}:p12", f"{SYMBOL}:12", f"{SYMBOL}#p12", f" {SYMBOL}#12 "):
        assert str(read_place(written)) == f"{SYMBOL}:p12"
    assert str(read_place(f"{SYMBOL}:annex-ii-p3:ar")) == f"{SYMBOL}:annex-ii-p3:ar"
    assert str(read_place(f"{SYMBOL}:p1:en")) == ONE


@pytest.mark.parametrize("written", ["fees", SYMBOL, f"{SYMBOL}:", ":p1", "x" * 400 + ":p1"])
def test_what_names_no_paragraph_is_refused(client: TestClient, written: str) -> None:
    """The problem says how places are written."""
    with pytest.raises(RefusedError, match="as in A/CONF"):
        read_place(written)
    answer = client.get("/basket", params={"p": written})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["name"] == "p"


def test_a_paragraph_is_held_whole(tiny_engine: LocalEngine) -> None:
    """However many passages it was cut into, its text is that of the paper."""
    entry = tiny_engine.entry(SYMBOL)
    paper = tiny_engine.paper(entry.symbol)
    numbered = [each for each in paper.paragraphs if each.number and each.part == "body"]
    found = find(tiny_engine, [f"{SYMBOL}:p{each.number}" for each in numbered])
    assert [each.hit.passage.text for each in found if each.hit] == [e.text for e in numbered]
    assert [each.hit.rank for each in found if each.hit] == [*range(1, len(numbered) + 1)]


def test_the_address_is_readable_and_has_one_form(client: TestClient) -> None:
    """Numbers become anchors, what stands twice stands once, and the order is kept."""
    assert client.get("/basket", params=[("p", TWO), ("p", ONE)]).status_code == 200
    moved = client.get("/basket", params=[("p", f"{SYMBOL}#2"), ("p", ONE), ("p", TWO), ("p", "")])
    assert moved.status_code == 303
    assert moved.headers["location"] == f"/basket?p={TWO}&p={ONE}"
    assert client.get(moved.headers["location"]).status_code == 200


def test_order_is_changed_and_passages_removed_by_links(client: TestClient) -> None:
    """Without script: up, down, remove, each a link to the basket as it will be."""
    page = BeautifulSoup(client.get(f"/basket?p={ONE}&p={TWO}").text, "html.parser")
    ways = {
        str(each.get_text(" ", strip=True)): str(each["href"])
        for each in page.select("a[data-basket-way]")
    }
    assert ways[f"Remove : {ONE}"] == f"/basket?p={TWO}"
    assert ways[f"Move down : {ONE}"] == f"/basket?p={TWO}&p={ONE}"
    assert ways[f"Move up : {TWO}"] == f"/basket?p={TWO}&p={ONE}"
    assert f"Move up : {ONE}" not in ways
    assert f"Move down : {TWO}" not in ways
    assert ways["Empty the basket : all passages"] == "/basket"


@pytest.mark.parametrize(
    ("suffix", "media_type", "words"),
    [
        ("txt", "text/plain", f"{SYMBOL}, para. 2.\n{SYMBOL}, para. 1.\n"),
        ("plain.txt", "text/plain", f"{SYMBOL}, para. 2, http://testserver/documents/{SYMBOL}#p2"),
        ("bib", "application/x-bibtex", "@techreport{DEMO-COP-WG-4-2022-2-para-2,"),
        ("ris", "application/x-research-info-systems", "TY  - RPRT\r\n"),
        ("csl", "application/vnd.citationstyles.csl+json", '"number": "DEMO/COP/WG.4/2022/2"'),
        ("md", "text/markdown", "# Collected passages"),
        ("html", "text/html", "Collected passages"),
    ],
)
def test_it_leaves_in_each_form(
    client: TestClient, suffix: str, media_type: str, words: str
) -> None:
    """Citations, footnotes of the United Nations first; packs in each format."""
    answer = client.get(f"/basket.{suffix}?p={TWO}&p={ONE}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media_type)
    assert f'filename="basket.{suffix}"' in answer.headers["content-disposition"]
    assert words in answer.text
    if suffix == "csl":
        assert len(json.loads(answer.text)) == 2
    if suffix in {"bib", "ris"}:
        assert answer.text.count("@techreport") + answer.text.count("TY  -") == 2


def test_the_pack_for_word_is_a_document(client: TestClient) -> None:
    """It is a file to keep, and is not kept by anybody on the way: it bears the day."""
    answer = client.get(f"/basket.docx?p={ONE}")
    assert answer.content.startswith(b"PK")
    assert answer.headers["cache-control"] == "no-store"


def test_the_twin_holds_words_and_citations(client: TestClient) -> None:
    """JSON: passages in order and word for word, lists of citations, what is not held."""
    found = client.get(f"/basket.json?p={TWO}&p={ONE}&p={SYMBOL}:p999").json()
    assert [each["citation"] for each in found["passages"]] == [
        f"{SYMBOL}, para. 2",
        f"{SYMBOL}, para. 1",
    ]
    assert found["missing"] == [f"{SYMBOL}:p999"]
    assert found["citations"]["footnote"].splitlines()[0] == f"{SYMBOL}, para. 2."
    assert found["url"] == f"http://testserver/basket?p={TWO}&p={ONE}&p={SYMBOL}:p999"


def test_what_is_no_longer_held_is_named(client: TestClient) -> None:
    """A bookmark of last year still opens: what is gone is named on the page and in the pack."""
    gone = "DEMO/COP/WG.4/1999/1:p7"
    page = client.get(f"/basket?p={gone}&p={ONE}")
    assert page.status_code == 200
    assert "is in no paper of this index" in page.text
    pack = client.get(f"/basket.md?p={gone}&p={ONE}").text
    assert "What is missing" in pack
    assert gone.replace(".", "\\.") in pack or gone in pack


def test_a_full_basket_says_so(client: TestClient) -> None:
    """One too many: how many it holds, how many there are, and what to do."""
    names = [("p", f"{SYMBOL}:p{number}") for number in range(1, MOST + 2)]
    assert client.get("/basket.json", params=names[:MOST]).status_code == 200
    answer = client.get("/basket.json", params=names)
    assert answer.status_code == 422
    assert answer.json()["title"] == "The basket is full"
    assert f"{MOST} passages" in answer.json()["detail"]
    assert f"{MOST + 1}" in answer.json()["detail"]


def test_an_unknown_form_is_refused_with_those_there_are(client: TestClient) -> None:
    """`/basket.pdf` is none of them."""
    answer = client.get(f"/basket.pdf?p={ONE}")
    assert answer.status_code == 422
    assert "docx, md, html, json, txt" in answer.json()["detail"]


def test_collecting_goes_on_without_script(client: TestClient) -> None:
    """From the basket on, links of pages carry it along, until it comes back with one more."""
    page = BeautifulSoup(client.get(f"/search?q=fees&p={ONE}").text, "html.parser")
    links = {str(each["href"]) for each in page.select("a[href]")}
    assert f"/documents?p={ONE}" in links
    adding = [each for each in links if re.match(rf"/basket\?p={ONE}&p=", each)]
    assert adding
    assert page.select_one(f"form#ask input[type=hidden][name=p][value='{ONE}']")
    assert page.select_one("link[rel=canonical]")["href"] == "/search?q=fees"  # type: ignore[index]
    assert client.get(adding[0]).status_code in {200, 303}
    moved = client.get(f"/search?q=fees&kind=&p={ONE}")
    assert moved.headers["location"] == f"/search?q=fees&p={ONE}"


def test_nothing_is_kept_of_who_collects(client: TestClient) -> None:
    """No cookie is set, whatever is collected, marked or chosen."""
    for path in (f"/basket?p={ONE}", f"/search?q=fees&p={ONE}&ui=fr", f"/marks?q=a&yes={ONE}"):
        assert "set-cookie" not in client.get(path).headers
    assert not client.cookies


def test_links_elsewhere_carry_nothing() -> None:
    """Other hosts, the API and static files are asked as they are."""
    pairs = [("p", ONE)]
    for target in ("https://example.org/", "/api/v1/search?q=a", "/static/style.css", "#main"):
        assert carried_on(target, pairs) == target
    assert carried_on("/documents/A#p1", pairs) == f"/documents/A?p={ONE}#p1"
    html = '<a class="x" href="/status">a</a> href="/a" &quot;<form action="/check" method="post">'
    carried = html.replace('"/status"', f'"/status?p={ONE}"').replace(
        '"/check"', f'"/check?p={ONE}"'
    )
    assert on_page(html, pairs) == carried
