"""The interface speaks English and French; papers speak as they do."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from wgsearch.api.languages import LANGUAGES, fixed_words, language_in, negotiated
from wgsearch.api.phrases import Day, kind_phrase, listed, lowered, raised, spoken
from wgsearch.api.texts import messages, nouns, placeholders
from wgsearch.phrases import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi.testclient import TestClient

WEB = Path(__file__).parents[2] / "web"
SOURCES = Path(__file__).parents[2] / "src" / "wgsearch"
OTHERS = [each for each in LANGUAGES if each != "en"]
# The description of the API is in English, and its page says so.
IN_ENGLISH = {"api.html"}
PAPER = "/documents/DEMO/COP/WG.4/2022/2"


def _templates() -> Iterator[str]:
    for path in sorted((WEB / "templates").glob("*.html")):
        if path.name not in IN_ENGLISH:
            yield path.read_text(encoding="utf-8")


def _said() -> Iterator[str]:
    """Phrases that are made in Python."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                first = next(iter(node.args), None)
                if node.func.id == "said" and isinstance(first, ast.Constant):
                    yield str(first.value)


def _wanted() -> set[str]:
    texts = {message for source in _templates() for message in messages(source)}
    return {*texts, *_said(), *fixed_words()}


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated(code: str) -> None:
    """No text of a page is left in English, and none of the catalogue is left over."""
    language = language_in(WEB / "languages", code)
    wanted = _wanted()
    assert wanted - language.messages.keys() == set()
    assert language.messages.keys() - wanted == set()
    counted = {one for source in _templates() for one, _ in nouns(source)}
    assert language.nouns.keys() == counted


@pytest.mark.parametrize("code", OTHERS)
def test_translations_hold_what_their_messages_hold(code: str) -> None:
    """Expressions, links and emphasis: none is lost, none is made up."""
    language = language_in(WEB / "languages", code)
    assert language.messages
    for message, other in language.messages.items():
        assert placeholders(other) == placeholders(message), message
        assert other.strip("\u00a0 ")


def test_french_is_set_as_french_is() -> None:
    """Guillemets with their spaces, no break before high signs, no straight apostrophes."""
    language = language_in(WEB / "languages", "fr")
    words = [
        *language.messages.values(),
        *(form for noun in language.nouns.values() for form in noun),
    ]
    for each in words:
        bare = re.sub(r"<[^>]*>|\{[^}]*\}", "x", each)
        assert "'" not in bare, each
        assert '"' not in bare, each
        assert "“" not in bare, each
        assert not re.search(r"[^\u202f\u00a0][;?!](?!\w)", bare), each
        assert not re.search(r"[^\u00a0\d]:(?![\w/])", bare), each
        assert not re.search(r"«(?!\u00a0\S)|(?<!\S\u00a0)»", bare), each


def test_catalogues_are_kept_in_order() -> None:
    """Sorted, so that two translators seldom touch the same line."""
    for path in sorted((WEB / "languages").iterdir()):
        found = json.loads(path.read_text(encoding="utf-8"))
        for part in ("messages", "nouns"):
            assert [*found[part]] == sorted(found[part])


@pytest.mark.parametrize(
    ("header", "code"),
    [
        *(("", "en"), ("fr", "fr"), ("fr-CH, en;q=0.9", "fr"), ("en, fr;q=0.9", "en")),
        *(("de, fr;q=0.5, en;q=0.4", "fr"), ("de", "en"), ("*", "en"), ("fr;q=0", "en")),
        *(("fr;q=nonsense", "en"), ("fr;q=0.1;x=1, en;q=0.05", "en"), (", ,;q=1", "en")),
    ],
)
def test_the_language_that_a_reader_prefers(header: str, code: str) -> None:
    """By weight, then by order; English where nothing else is spoken here."""
    assert negotiated(header) == code


def test_days_and_numbers_are_written_as_each_language_does() -> None:
    """The first of a month, thousands, shares, nothing and one."""
    french = language_in(WEB / "languages", "fr")
    english = language_in(WEB / "languages", "en")
    assert french.day("2022-04-01") == "1er\u00a0avril 2022"
    assert french.day("2022-08") == "août 2022"
    assert english.day("2022-04-01") == "1 April 2022"
    assert (french.day(None), english.day(None)) == ("sans date", "undated")
    assert (french.number(7312), english.number(7312)) == ("7\u202f312", "7,312")
    assert (french.percent(0.5), english.percent(0.5)) == ("50\u202f%", "50%")
    assert french.language_name("en+fr") == "anglais et français"
    assert [french.noun(n, "paper", "papers") for n in (0, 1, 2)] == [
        *("document", "document", "documents")
    ]
    assert [english.noun(n, "paper", "papers") for n in (0, 1, 2)] == ["papers", "paper", "papers"]


def test_phrases_of_python_are_english_and_more() -> None:
    """They sort and print as plain strings, and a page in French says them in French."""
    french = language_in(WEB / "languages", "fr")
    phrase = said("At most {number}", number=3)
    assert phrase == "At most 3"
    assert french.shown(phrase) == "3 au plus"
    assert french.shown(lowered(kind_phrase("report"))) == "rapport"
    assert (lowered(kind_phrase("report")), raised(spoken("en+fr"))) == (
        *("report", "English and French"),
    )
    assert french.shown(raised(spoken("en+fr"))) == "Anglais et français"
    assert french.shown(said("on {date}", date=Day("2026-06-01"))) == "le 1er\u00a0juin 2026"
    assert said("on {date}", date=Day("2026-06-01")) == "on 1 June 2026"
    words = [said("words"), said("meaning"), "X"]
    assert (listed(words), french.shown(listed(words))) == (
        *("words, meaning and X", "les mots, le sens et X"),
    )
    assert french.shown("All papers") == "All papers"  # words that are not of the interface


PAGES = [
    *("/", "/search?q=recruitment+fees", "/documents", PAPER, "/agendas", "/status", "/basket"),
    *("/recommendations", "/history", "/compare", "/check", "/nowhere", "/api"),
]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_in_the_language_chosen(client: TestClient, path: str) -> None:
    """`ui=fr` in the address, before what the browser prefers; links keep it."""
    mark = "&" if "?" in path else "?"
    headers = {"Accept": "text/html", "Accept-Language": "en"}
    answer = client.get(f"{path}{mark}ui=fr", headers=headers)
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.html is not None
    assert page.html["lang"] == "fr"
    assert answer.headers["content-language"] == "fr"
    assert "Document non officiel" in answer.text
    links = [str(each["href"]) for each in page.select("main a[href^='/'], header a[href^='/']")]
    assert links
    for each in links:
        assert "ui=fr" in each or each.startswith(("/api/", "/openapi", "/llms")), each


def test_a_browser_is_answered_in_its_language(client: TestClient) -> None:
    """Without a choice `Accept-Language` counts; caches know it, and tags differ."""
    headers = {"Accept": "text/html", "Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5"}
    french = client.get("/documents", headers=headers)
    english = client.get("/documents", headers={"Accept": "text/html"})
    assert "du plus récent au plus ancien" in french.text
    assert "newest first" in english.text
    assert french.headers["etag"] != english.headers["etag"]
    for answer in (french, english):
        assert "Accept-Language" in answer.headers["vary"]
    known = {**headers, "If-None-Match": french.headers["etag"]}
    assert client.get("/documents", headers=known).status_code == 304
    crossed = {**headers, "If-None-Match": english.headers["etag"]}
    assert client.get("/documents", headers=crossed).status_code == 200
    assert "ui=" not in BeautifulSoup(french.text, "html.parser").select("header a")[0]["href"]


def test_filters_are_named_as_each_language_begins_a_line(client: TestClient) -> None:
    """Options with a capital, what is in use within a sentence without one; values stay."""
    page = BeautifulSoup(
        client.get("/search?q=fees&kind=report&language=en&ui=fr").text, "html.parser"
    )
    labels = {
        str(each["value"]): each.find_next("span").find(string=True).strip()
        for each in page.select("input[name=kind], input[name=language]")
    }
    assert (labels["report"], labels["en"]) == ("Rapport", "Anglais")
    chips = [each.get_text(" ", strip=True) for each in page.select(".chips a")]
    assert chips[0].startswith("Type\u00a0: rapport")
    assert chips[1].startswith("Langue\u00a0: anglais")


def test_the_api_speaks_english_to_everybody(client: TestClient) -> None:
    """Programs read keys; its answers do not vary with the language of a person."""
    french = client.get("/api/v1/index", headers={"Accept-Language": "fr"})
    english = client.get("/api/v1/index")
    assert french.headers["etag"] == english.headers["etag"]
    assert french.headers["vary"] == "Accept"
    assert french.json() == english.json()


def test_papers_are_never_translated(client: TestClient) -> None:
    """Titles, words and citations are the same bytes on a page in either language."""
    pages = [
        BeautifulSoup(client.get(f"{PAPER}?ui={code}").text, "html.parser") for code in LANGUAGES
    ]
    told = [
        [
            each.get_text()
            for each in page.select("h1, .para .words > p:not(.label, .sisters), .symbol")
        ]
        for page in pages
    ]
    assert told[0]
    assert told[0] == told[1]


@pytest.mark.parametrize("query", ["ui=xx", "ui=fr&ui=en", "ui="])
def test_a_language_that_is_not_spoken_is_refused(client: TestClient, query: str) -> None:
    """The problem names the parameter."""
    answer = client.get(f"/documents?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["name"] == "ui"
