"""Every operation that the API describes can be asked from Python, with all its parameters."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import httpx
import pytest

from wgsearch.client import AsyncClient, Client, File, NotFoundError, operations

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import FastAPI

DOCUMENT = json.loads(Path(__file__).parents[1].joinpath("api/openapi.json").read_text("utf-8"))
CORPUS = Path(__file__).parents[2] / "corpus/papers"
PAPER, AGENDA = "DEMO/COP/WG.4/2022/2", "DEMO/COP/WG.4/2026/1"
DRAFT = f"1. Debts are seldom mentioned ({PAPER}, para. 9)."

# Operations that the client leaves out, each with the reason.
LEFT_OUT: dict[str, str] = dict.fromkeys(
    ("exportDocuments", "exportParagraphs", "exportRecommendations"),
    "lines as they come are read with any program; the client reads whole answers",
) | dict.fromkeys(
    ("uploadPaper", "deleteDocument", "startBuild", "rollBack", "listJobs", "getJob", "followJob"),
    "the client reads: what changes an index is sent by the operator's own programs",
)
# Parameters that change what an answer is.
NOT_TAKEN = {
    "search": {"fields"},  # whole objects are what types promise
    "listDocuments": {"fields"},
    "cite": {"format"},  # the object has every style
    "getPageImage": {"v"},  # for browsers, which keep pictures by address
}

# A question to each operation; a new one needs a line here and a function in operations.py.
ASKED: dict[str, Callable[[Any], Any]] = {
    "search": lambda c: c.search("recruitment fees", k=2, kind="background paper"),
    "searchByBody": lambda c: c.search_by_body("fees", k=2, symbol=PAPER, year_from=2020),
    "searchBatch": lambda c: c.search_batch(["recruitment fees", "debt bondage"], k=2),
    "suggest": lambda c: c.suggest("recr", kind="title"),
    "cite": lambda c: c.cite(PAPER, "9"),
    "listDocuments": lambda c: c.list_documents(language=["es", "fr"], warning=()),
    "getDocument": lambda c: c.get_document(PAPER),
    "getPage": lambda c: c.get_page(PAPER, 1),
    "getPageImage": lambda c: c.get_page_image(PAPER, 1, width=800),
    "getFile": lambda c: c.get_file(PAPER),
    "listParagraphs": lambda c: c.list_paragraphs(PAPER, part="body"),
    "getParagraph": lambda c: c.get_paragraph(PAPER, "9", context=1),
    "listRecommendations": lambda c: c.list_recommendations(limit=3, agreed=True),
    "getLineage": lambda c: c.get_lineage("DEMO/COP/WG.4/2024/5:32"),
    "getHistory": lambda c: c.get_history(topic="recruitment fees", before=AGENDA),
    "listAgendas": lambda c: c.list_agendas(year_from=2022, year_to=2024),
    "getAgenda": lambda c: c.get_agenda(AGENDA),
    "listItems": lambda c: c.list_items(AGENDA),
    "listItemPassages": lambda c: c.list_item_passages(AGENDA, "2", k=2, language="en"),
    "findItems": lambda c: c.find_items(AGENDA, "children made to beg", k=1),
    "findItemsAnywhere": lambda c: c.find_items_anywhere("children made to beg"),
    "briefAgenda": lambda c: c.brief_agenda(AGENDA, item="2"),
    "compareDraft": lambda c: c.compare_draft(DRAFT, exclude=PAPER),
    "checkCitations": lambda c: c.check_citations(DRAFT),
    "getCompendium": lambda c: c.get_compendium(),
    "listTopics": lambda c: c.list_topics(),
    "getTopic": lambda c: c.get_topic("consent"),
    "lookUpTopics": lambda c: c.look_up_topics(symbol=PAPER, paragraph="9"),
    "listChanges": lambda c: c.list_changes(),
    "listEditions": lambda c: c.list_editions(),
    "listGaps": lambda c: c.list_gaps(),
    "getIndex": lambda c: c.get_index(),
    "getLiveness": lambda c: c.get_liveness(),
    "getReadiness": lambda c: c.get_readiness(),
    "listQuestions": lambda c: c.list_questions(),
    "getQuestion": lambda c: c.get_question("recruitment-fees", k=1),
    "getGuide": lambda c: c.get_guide(),
}


def _described() -> dict[str, dict[str, Any]]:
    """Operations of the OpenAPI document by name."""
    paths = DOCUMENT["paths"].values()
    return {each["operationId"]: each for path in paths for each in path.values()}


def _method(name: str) -> str:
    """An operation's name as Python writes it."""
    return re.sub(r"(?=[A-Z])", "_", name).lower()


def _answered(name: str) -> str:
    """Name of what an operation answers with."""
    content = _described()[name]["responses"]["200"]["content"]
    schema = content.get("application/json", {}).get("schema", {})
    # Of two shapes the first is the whole one, without `fields`.
    schema = schema.get("anyOf", [schema])[0]
    other = "str" if "text/plain" in content else File.__name__
    return str(schema.get("$ref", other)).rpartition("/")[2]


def _taken(function: Callable[..., object]) -> set[str]:
    """Names of what a function takes, those of its options included."""
    found = set()
    hints = get_type_hints(function)
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:
            (options,) = get_args(hints[name])
            found |= set(options.__annotations__)
        else:
            found.add(name)
    return found


def test_no_operation_is_forgotten() -> None:
    """What the API can be asked, both clients can ask; what they leave out has a reason."""
    described = set(_described())
    assert set(LEFT_OUT) <= described
    assert set(ASKED) == described - set(LEFT_OUT)
    assert all(LEFT_OUT.values())
    for name in ASKED:
        for each in (Client, AsyncClient, operations):
            assert hasattr(each, _method(name)), f"{each.__name__} has no {_method(name)}"


@pytest.mark.parametrize("name", ASKED)
def test_no_parameter_is_forgotten(name: str) -> None:
    """Whatever an operation takes can be given by the name that the document gives it."""
    renamed = {"from": "year_from", "to": "year_to"}
    declared = {
        renamed.get(each["name"], each["name"]) for each in _described()[name].get("parameters", ())
    }
    taken = _taken(getattr(operations, _method(name)))
    if name == "briefAgenda":
        taken |= _taken(operations.brief_agenda_as)
    assert declared - NOT_TAKEN.get(name, set()) <= taken


def test_methods_say_what_they_take() -> None:
    """`help`, editors and notebooks show the parameters and the sentence of each method."""
    asking = Client("http://papers.example").get_paragraph
    for each in (Client.get_paragraph, AsyncClient.get_paragraph, asking):
        assert list(inspect.signature(each).parameters)[:3] == ["symbol", "number", "part"]
        assert inspect.getdoc(each) == operations.get_paragraph.__doc__


@pytest.mark.model
@pytest.mark.parametrize("name", ASKED)
def test_each_operation_answers(client: Client, name: str) -> None:
    """Each question is answered with the object that the document promises."""
    assert type(ASKED[name](client)).__name__ == _answered(name)


@pytest.mark.model
def test_each_operation_answers_those_who_wait(application: FastAPI) -> None:
    """The same over the client for asyncio, all side by side, without a network in between."""

    async def all_asked() -> list[object]:
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport) as http:
            client = AsyncClient("http://testserver", http=http)
            return await asyncio.gather(*(ask(client) for ask in ASKED.values()))

    answers = asyncio.run(all_asked())
    assert [type(each).__name__ for each in answers] == [_answered(name) for name in ASKED]


@pytest.mark.model
def test_a_passage_is_found_and_opened(client: Client, site: str) -> None:
    """What a search finds is opened by what it says, and its words are those of the paper."""
    best = client.search("recruitment fees", k=1).hits[0]
    assert best.paragraph is not None
    opened = client.get_paragraph(best.symbol, best.paragraph)
    assert opened.paragraph.text == best.text
    assert best.url.startswith(site)


@pytest.mark.model
def test_files_keep_their_bytes(client: Client) -> None:
    """An original is what was put into the corpus; a pack comes as Word opens it."""
    original = client.get_file(PAPER)
    name = "DEMO_COP_WG.4_2022_2.en.pdf"
    assert (original.name, original.content) == (name, (CORPUS / name).read_bytes())
    pack = client.brief_agenda_as("docx", AGENDA, item=["2"])
    assert pack.content.startswith(b"PK")
    assert pack.name is not None
    assert pack.name.endswith(".docx")


@pytest.mark.model
def test_a_pack_tells_how_far_it_is(client: Client, application: FastAPI) -> None:
    """Each item is told of when it is done, then the document comes."""
    asked = operations.brief_agenda_in_steps("md", AGENDA, item=["1", "2"])
    *told, file = client.stream(asked)
    assert [(each.item, each.done, each.total) for each in told] == [("1", 1, 2), ("2", 2, 2)]
    assert (file.name, file.media_type) == ("DEMO_COP_WG.4_2026_1-pack.md", "text/markdown")
    assert file.content.startswith(b"# Briefing pack")

    async def waited() -> list[object]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(application)) as http:
            lines = AsyncClient("http://testserver", http=http).stream(asked)
            return [each async for each in lines]

    assert asyncio.run(waited())[:-1] == told
    with pytest.raises(NotFoundError, match="no item"):
        list(client.stream(operations.brief_agenda_in_steps("md", AGENDA, item="77")))


@pytest.mark.model
def test_files_are_sent(client: Client) -> None:
    """An agenda or a draft can be sent as its file; a draft is not compared with itself."""
    file = (CORPUS / "DEMO_COP_WG.4_2026_1.en.pdf").read_bytes()
    assert client.brief_agenda(file=file, item="2").agenda.symbol == AGENDA
    words = client.get_paragraph(PAPER, "9").paragraph.text.encode()
    kinds = [
        {each.label for each in client.compare_draft(words, exclude=excluded).paragraphs}
        for excluded in ((), PAPER)
    ]
    assert kinds[0] == {"verbatim"} != kinds[1]


@pytest.mark.model
def test_pages_hold_each_recommendation_once(client: Client) -> None:
    """Going from page to page gives what one large page gives, in its order."""
    whole = client.list_recommendations(symbol="DEMO/COP/WG.4/2024/5", limit=100)
    first = client.list_recommendations(symbol="DEMO/COP/WG.4/2024/5", limit=7)
    found = [each.id for page in client.pages(first) for each in page.recommendations]
    assert len(found) == whole.count > 7
    assert found == [each.id for each in whole.recommendations]


@pytest.mark.parametrize("symbol", ["", "..", "DEMO/../2022", "./2"])
def test_no_symbol_leads_elsewhere(symbol: str) -> None:
    """A symbol that somebody typed never becomes the address of something else."""
    with pytest.raises(ValueError, match="symbol is"):
        operations.get_document(symbol)


def test_symbols_and_items_are_encoded() -> None:
    """Slashes of symbols stay, all else that has a meaning in addresses is encoded."""
    assert operations.get_document("A/B C?d#e").path == "/api/v1/documents/A/B%20C%3Fd%23e"
    call = operations.list_item_passages("A/1", "2 (a)/b", year_to=2020, kind=["report", "letter"])
    assert call.path == "/api/v1/agendas/A/1/items/2%20%28a%29%2Fb/passages"
    assert call.parameters == (("to", "2020"), ("kind", "report"), ("kind", "letter"))


def test_an_agenda_is_named_once() -> None:
    """An agenda comes as a symbol, a text or a file, never as two of them or none."""
    with pytest.raises(ValueError, match="one of symbol, text and file"):
        operations.brief_agenda()
    with pytest.raises(ValueError, match="one of symbol, text and file"):
        operations.brief_agenda(AGENDA, text="1. Opening")
