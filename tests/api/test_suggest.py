"""Whoever begins to type is offered what there is: papers, titles, terms, topics."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from hand_made import compendium_of
from hypothesis import given
from hypothesis import strategies as st

from wgsearch.api.app import create_app
from wgsearch.api.suggest import Offered, beginning, ranked
from wgsearch.glossary.entries import Entry
from wgsearch.index.build import build
from wgsearch.search import LocalEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from wgsearch.embedding import Encoder
    from wgsearch.index.reading import PaperReader
    from wgsearch.papers.paper import Paper

SUGGEST = "/api/v1/suggest"


def test_a_symbol_is_offered_from_its_beginning(client: TestClient) -> None:
    """The beginning of a symbol gives the symbols that go on so, each leading to its paper."""
    found = client.get(f"{SUGGEST}?q=demo/cop/wg.4/2022&kind=symbol").json()["suggestions"]
    assert found
    for each in found:
        assert each["text"].startswith("DEMO/COP/WG.4/2022")
        assert each["symbol"] == each["text"]
        assert each["url"] == f"http://testserver/documents/{each['text']}"


def test_a_piece_of_a_symbol_is_enough(client: TestClient) -> None:
    """`2022/2` is typed by those who know the rest; what was typed is marked."""
    found = client.get(f"{SUGGEST}?q=2022/2&kind=symbol").json()["suggestions"][0]
    assert found["text"] == "DEMO/COP/WG.4/2022/2"
    start, end = found["span"]
    assert found["text"][start:end] == "2022/2"


def test_titles_are_offered_by_any_of_their_words(client: TestClient) -> None:
    """Every title in which a word begins so, and no other."""
    listed = client.get("/api/v1/documents").json()["documents"]
    titles = {each["title"] for each in listed if each["title"]}
    word = min(titles).split()[-1][:4]
    found = client.get(f"{SUGGEST}?q={word}&kind=title&k=100").json()["suggestions"]
    expected = {
        each
        for each in titles
        if any(has.casefold().startswith(word.casefold()) for has in each.split())
    }
    assert {each["text"] for each in found} == expected


def test_terms_lead_to_their_search(
    tmp_path: Path,
    encoder: Encoder,
    memory_reader: Callable[[Sequence[Paper]], PaperReader],
    tiny_papers: tuple[Paper, ...],
) -> None:
    """A term is offered in every language that has it, with what it means in English."""
    terms = (Entry(id="db", en=("debt bondage",), abbr=("DB",), fr=("servitude pour dettes",)),)
    reader = replace(memory_reader(tiny_papers), glossary=lambda _: terms)
    build(tmp_path / "corpus", tmp_path / "index", encoder, reader=reader)
    engine = LocalEngine(tmp_path / "index", encoder)
    with TestClient(create_app(engine, hosts=("testserver",))) as client:
        by_typed = {
            typed: client.get(f"{SUGGEST}?q={typed}&kind=term").json()["suggestions"]
            for typed in ("debt bond", "servitude pour", "db")
        }
    (english,), (french,), (short,) = by_typed.values()
    assert (english["text"], english["language"]) == ("debt bondage", "en")
    assert english["url"] == "http://testserver/search?q=debt+bondage"
    assert (french["text"], french["language"]) == ("servitude pour dettes", "fr")
    assert (short["text"], short["language"]) == ("DB", None)
    assert {each["means"] for each in (english, french, short)} == {"debt bondage"}


def test_topics_lead_to_the_compendium(
    tiny_engine: LocalEngine, tiny_papers: tuple[Paper, ...]
) -> None:
    """Topics of the edition in use are offered by their names, and lead to their pages."""
    state = tiny_engine.state()
    edition = compendium_of(tiny_papers[1:5], state.generation, state.content_digest)
    app = create_app(tiny_engine, hosts=("testserver",), compendium=lambda: edition)
    with TestClient(app) as client:
        topics = client.get("/api/v1/compendium/topics").json()["topics"]
        assert topics
        for topic in topics:
            typed = {"q": topic["name"][:3], "kind": "topic"}
            found = client.get(SUGGEST, params=typed).json()["suggestions"]
            assert topic["name"] in {each["text"] for each in found}
            assert client.get(found[0]["url"]).status_code == 200


def test_the_same_is_offered_each_time(client: TestClient) -> None:
    """The list for the same letters is the same, in the same order."""
    asked = f"{SUGGEST}?q=t&k=100"
    assert client.get(asked).json() == client.get(asked).json()


def test_nothing_is_offered_for_what_is_nowhere(client: TestClient) -> None:
    """Letters that begin nothing, and signs, give an empty list."""
    for typed in ("qqqq", "(", ".*", "%5C"):
        answer = client.get(f"{SUGGEST}?q={typed}")
        assert (answer.status_code, answer.json()["suggestions"]) == (200, [])


@pytest.mark.parametrize("query", ["q=", "q=+++", "k=3", "q=debt&kind=terms", "q=debt&k=0"])
def test_what_cannot_be_offered_is_refused(client: TestClient, query: str) -> None:
    """Nothing typed, and unknown kinds, are refused by name."""
    answer = client.get(f"{SUGGEST}?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["name"] in {"q", "kind", "k"}


def test_kinds_take_turns() -> None:
    """What begins as typed goes before what has it within; no kind hides another."""
    offers = [
        *(Offered("symbol", f"DE/{each}", "") for each in range(3)),
        Offered("title", "On debts", ""),
        Offered("title", "Debts", ""),
        Offered("term", "debt bondage", ""),
        Offered("topic", "Recruitment", ""),
    ]
    assert [each.offered.text for each in ranked(beginning("DE"), offers)] == [
        "debt bondage",
        "Debts",
        "DE/0",
        "DE/1",
        "DE/2",
        "On debts",
    ]


_WORDS = st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=6)


@given(st.lists(st.lists(_WORDS, min_size=1, max_size=4).map(" ".join), unique=True), _WORDS)
def test_order_of_papers_does_not_matter(titles: list[str], typed: str) -> None:
    """Files in another order give the same list, and each offered text has what was typed."""
    offers = [Offered("title", each, "") for each in titles]
    begins = beginning(typed)
    found = ranked(begins, offers)
    assert found == ranked(begins, reversed(offers))
    for each in found:
        assert each.end > each.start
        before = each.offered.text[: each.start]
        assert not before or not before[-1].isalnum()
