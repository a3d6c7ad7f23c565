"""
The operations of the API, each as the `Call` that asks it: written once, for both clients.

A function is named as its operationId in the OpenAPI document, in snake case. Parameters keep
the names that they have there, but for `from` and `to`, which Python cannot name: `year_from`,
`year_to`. What may be repeated takes one value or several.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypedDict, TypeVar, Unpack

import httpx
from pydantic import ValidationError

from wgsearch.api import wire
from wgsearch.client.calls import (
    Call,
    File,
    Stream,
    Value,
    W,
    as_it_is,
    parameters_of,
    path_of,
    read_file,
    read_text,
    reading,
)
from wgsearch.client.errors import UnexpectedAnswerError

T = TypeVar("T")

API = "/api/v1"
Several = str | Sequence[str]
Mode = Literal["hybrid", "dense", "lexical", "late"]
Strength = Literal["may_wish", "encouraged", "should_consider", "should", "shall"]
FileFormat = Literal["docx", "md", "html"]

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What a file is, by the bytes that it begins with; anything else is text.
_BEGINNINGS = ((b"%PDF-", "application/pdf"), (b"PK\x03\x04", _DOCX))


class Filters(TypedDict, total=False):
    """
    Which papers; several values of one name mean either.

    Attributes:
        kind: Kinds of paper, as `background paper`.
        year_from: First year of issue.
        year_to: Last year of issue.
        body: Words of the name of the issuing body.
        symbol: Symbols, or beginnings of them up to a slash.
        language: Languages, ISO 639-1.
    """

    kind: Several
    year_from: int
    year_to: int
    body: Several
    symbol: Several
    language: Several


class SearchOptions(Filters, total=False):
    """
    How a question is asked, and of which papers.

    Attributes:
        k: How many passages at most, 10 unless stated.
        mode: By words and meaning (`hybrid`), or by one leg alone.
        per_paper: At most so many passages of one paper.
        fold: Give once what several passages say.
        recommendations: Only paragraphs that recommend something.
        facets: Count what matches by these; hits end where it ends.
    """

    k: int
    mode: Mode
    per_paper: int
    fold: bool
    recommendations: bool
    facets: Several


class RecommendationOptions(Filters, total=False):
    """
    Which recommendations.

    Attributes:
        q: What they should be about.
        addressee: Classes of addressee.
        strength: Worded at least so strongly.
        agreed: Agreed or not; both without it.
        topic: Words of the heading they stand under.
        limit: How many at most.
        offset: How many to leave out first.
        cursor: Where the page begins, as the page before says; instead of `offset`.
    """

    q: str
    addressee: Several
    strength: Strength
    agreed: bool
    topic: Several
    limit: int
    offset: int
    cursor: str


_RENAMED = {"year_from": "from", "year_to": "to"}


def _get(
    operation: str, model: type[W], path: str, given: Mapping[str, Value | Sequence[Value] | None]
) -> Call[W]:
    return Call(
        operation=operation,
        method="GET",
        path=path,
        read=reading(model),
        parameters=parameters_of({_RENAMED.get(name, name): given[name] for name in given}),
    )


def _json(found: object) -> bytes:
    return json.dumps(found, ensure_ascii=False).encode()


# Searching


def search(
    q: str,
    *,
    limit: int | None = None,
    cursor: str | None = None,
    **options: Unpack[SearchOptions],
) -> Call[wire.SearchObject]:
    """Paragraphs that answer a question, each with its citation; with `limit`, in `pages`."""
    given = {"q": q, "limit": limit, "cursor": cursor, **options}
    return _get("search", wire.SearchObject, f"{API}/search", given)  # type: ignore[arg-type] # a TypedDict forgets its values


def search_by_body(q: str, **options: Unpack[SearchOptions]) -> Call[wire.SearchObject]:
    """The same for questions too long for an address."""
    return Call(
        operation="searchByBody",
        method="POST",
        path=f"{API}/search",
        read=reading(wire.SearchObject),
        content=_json(_asked(q, options)),
    )


def search_batch(
    questions: Sequence[str], **options: Unpack[SearchOptions]
) -> Call[wire.BatchObject]:
    """Up to twenty questions at once, all asked in one way; each has its answer or its problem."""
    return Call(
        operation="searchBatch",
        method="POST",
        path=f"{API}/search/batch",
        read=reading(wire.BatchObject),
        content=_json({"queries": [_asked(each, options) for each in questions]}),
    )


def _asked(q: str, options: SearchOptions) -> dict[str, object]:
    """A question as a body has it."""
    several = {"kind", "body", "symbol", "language", "facets"}
    given = {
        _RENAMED.get(name, name): [value] if name in several and isinstance(value, str) else value
        for name, value in options.items()
    }
    return {"q": q, **given}


def suggest(q: str, *, kind: Several = (), k: int | None = None) -> Call[wire.SuggestionsObject]:
    """What the beginning of a word may mean: symbols, titles, terms, topics."""
    given = {"q": q, "kind": kind, "k": k}
    return _get("suggest", wire.SuggestionsObject, f"{API}/suggest", given)


def cite(
    symbol: str,
    paragraph: str | None = None,
    *,
    part: str | None = None,
    language: str | None = None,
) -> Call[wire.CiteObject]:
    """A paper or a paragraph as people cite it, in every style."""
    given = {"symbol": symbol, "paragraph": paragraph, "part": part, "language": language}
    return _get("cite", wire.CiteObject, f"{API}/cite", given)


# Papers


def list_documents(
    *,
    warning: Several = (),
    limit: int | None = None,
    cursor: str | None = None,
    **filters: Unpack[Filters],
) -> Call[wire.DocumentsObject]:
    """Papers of the index, by symbol and language; with `limit`, in `pages`."""
    given = {**filters, "warning": warning, "limit": limit, "cursor": cursor}
    return _get("listDocuments", wire.DocumentsObject, f"{API}/documents", given)  # type: ignore[arg-type] # likewise


def get_document(symbol: str, *, language: str | None = None) -> Call[wire.DocumentObject]:
    """A paper, whole: masthead, headings, paragraphs, footnotes, agenda, warnings."""
    path = path_of(f"{API}/documents/{{symbol}}", symbol=symbol)
    return _get("getDocument", wire.DocumentObject, path, {"language": language})


def get_page(symbol: str, page: int, *, language: str | None = None) -> Call[wire.PageObject]:
    """A page of a paper: its paragraphs with the rectangles of their lines, its pictures."""
    path = path_of(f"{API}/documents/{{symbol}}/pages/{{page}}", symbol=symbol, page=str(page))
    return _get("getPage", wire.PageObject, path, {"language": language})


def get_page_image(
    symbol: str, page: int, *, width: int | None = None, language: str | None = None
) -> Call[File]:
    """The picture of a page: 800, 1200, 1600 or 2400 dots wide, 1200 unless stated."""
    return Call(
        operation="getPageImage",
        method="GET",
        path=path_of(
            f"{API}/documents/{{symbol}}/pages/{{page}}.png", symbol=symbol, page=str(page)
        ),
        read=read_file,
        parameters=parameters_of({"width": width, "language": language}),
    )


def get_file(symbol: str, *, language: str | None = None) -> Call[File]:
    """The file that a paper was read from."""
    return Call(
        operation="getFile",
        method="GET",
        path=path_of(f"{API}/documents/{{symbol}}/file", symbol=symbol),
        read=read_file,
        parameters=parameters_of({"language": language}),
    )


def list_paragraphs(
    symbol: str, *, part: str | None = None, language: str | None = None
) -> Call[wire.ParagraphsObject]:
    """All paragraphs of a paper in order, each with its citation."""
    path = path_of(f"{API}/documents/{{symbol}}/paragraphs", symbol=symbol)
    given = {"part": part, "language": language}
    return _get("listParagraphs", wire.ParagraphsObject, path, {**given})


def get_paragraph(
    symbol: str,
    number: str,
    *,
    part: str | None = None,
    context: int | None = None,
    language: str | None = None,
) -> Call[wire.NeighbourhoodObject]:
    """One paragraph, with as many neighbours before and after as asked for."""
    path = path_of(
        f"{API}/documents/{{symbol}}/paragraphs/{{number}}", symbol=symbol, number=number
    )
    given = {"part": part, "context": context, "language": language}
    return _get("getParagraph", wire.NeighbourhoodObject, path, {**given})


# Recommendations, and the past


def list_recommendations(
    **options: Unpack[RecommendationOptions],
) -> Call[wire.RecommendationsObject]:
    """What was recommended; `pages` goes through all of them."""
    path = f"{API}/recommendations"
    return _get("listRecommendations", wire.RecommendationsObject, path, {**options})  # type: ignore[dict-item] # likewise


def get_lineage(id: str) -> Call[wire.LineageObject]:  # noqa: A002 - as the API names it
    """A recommendation over the years: repeated, strengthened or weakened, and what changed."""
    path = path_of(f"{API}/recommendations/{{id}}/lineage", id=id)
    return _get("getLineage", wire.LineageObject, path, {})


def get_history(
    *,
    topic: str | None = None,
    agenda: str | None = None,
    item: str | None = None,
    before: str | None = None,
) -> Call[wire.PastObject]:
    """Whether a topic, or an item of an agenda, was addressed before; a timeline."""
    given = {"topic": topic, "agenda": agenda, "item": item, "before": before}
    return _get("getHistory", wire.PastObject, f"{API}/history", {**given})


# Agendas


def list_agendas(**filters: Unpack[Filters]) -> Call[wire.AgendasObject]:
    """Papers that hold an agenda."""
    return _get("listAgendas", wire.AgendasObject, f"{API}/agendas", {**filters})  # type: ignore[dict-item] # likewise


def get_agenda(symbol: str) -> Call[wire.AgendaDocumentObject]:
    """An agenda, whole: items and timetable."""
    path = path_of(f"{API}/agendas/{{symbol}}", symbol=symbol)
    return _get("getAgenda", wire.AgendaDocumentObject, path, {})


def list_items(symbol: str) -> Call[wire.AgendaItemsObject]:
    """Items of an agenda, with their annotations and documents."""
    path = path_of(f"{API}/agendas/{{symbol}}/items", symbol=symbol)
    return _get("listItems", wire.AgendaItemsObject, path, {})


def list_item_passages(
    agenda: str, number: str, *, k: int | None = None, **filters: Unpack[Filters]
) -> Call[wire.ItemPassagesObject]:
    """What the papers hold for one item; `symbol` filters papers, `agenda` names the agenda."""
    path = path_of(
        f"{API}/agendas/{{symbol}}/items/{{number}}/passages", symbol=agenda, number=number
    )
    return _get("listItemPassages", wire.ItemPassagesObject, path, {**filters, "k": k})  # type: ignore[dict-item] # likewise


def find_items(symbol: str, q: str, *, k: int | None = None) -> Call[wire.BelongingsObject]:
    """Under which items of an agenda a question would come."""
    path = path_of(f"{API}/agendas/{{symbol}}/belonging", symbol=symbol)
    return _get("findItems", wire.BelongingsObject, path, {"q": q, "k": k})


def find_items_anywhere(q: str, *, k: int | None = None) -> Call[wire.BelongingsObject]:
    """Under which items of all agendas a question would come."""
    path = f"{API}/agendas/belonging"
    return _get("findItemsAnywhere", wire.BelongingsObject, path, {"q": q, "k": k})


def brief_agenda(
    symbol: str | None = None,
    *,
    text: str | None = None,
    file: bytes | None = None,
    item: Several = (),
) -> Call[wire.PackObject]:
    """The briefing pack for an agenda: of the corpus by its symbol, or its text, or its file."""
    return _brief(_agenda(symbol, text, file), {"item": item}, reading(wire.PackObject))


def brief_agenda_as(
    format: FileFormat,  # noqa: A002 - as the API names it
    symbol: str | None = None,
    *,
    text: str | None = None,
    file: bytes | None = None,
    item: Several = (),
) -> Call[File]:
    """The same pack as a document: DOCX, Markdown, HTML for print."""
    return _brief(_agenda(symbol, text, file), {"format": format, "item": item}, read_file)


def brief_agenda_in_steps(
    format: FileFormat,  # noqa: A002 - as the API names it
    symbol: str | None = None,
    *,
    text: str | None = None,
    file: bytes | None = None,
    item: Several = (),
) -> Stream[wire.BriefProgressObject | File]:
    """Likewise, for `stream`: a line for each item that is done, then the document."""
    call = _brief(_agenda(symbol, text, file), {"format": format, "item": item}, as_it_is)
    return Stream(call=replace(call, accept="application/x-ndjson"), read_line=_step)


def _brief(
    agenda: tuple[bytes, str],
    given: dict[str, Several],
    read: Callable[[httpx.Response], T],
) -> Call[T]:
    """The request for a pack, by the body that names or holds an agenda and its type."""
    content, media_type = agenda
    return Call(
        operation="briefAgenda",
        method="POST",
        path=f"{API}/agendas/brief",
        read=read,
        parameters=parameters_of({**given}),
        content=content,
        media_type=media_type,
    )


def _step(line: str) -> wire.BriefProgressObject | File:
    """A line of progress, or the last one, which holds the document."""
    try:
        if '"content"' not in line:
            return wire.BriefProgressObject.model_validate_json(line)
        found = wire.BriefFileObject.model_validate_json(line)
    except ValidationError as error:
        raise UnexpectedAnswerError(
            f"a line of the answer is neither progress nor a file: {line[:200]!r}"
        ) from error
    content = found.content.encode()
    return File(
        name=found.name,
        media_type=found.media_type.partition(";")[0],
        content=b64decode(content) if found.encoding == "base64" else content,
    )


def _agenda(symbol: str | None, text: str | None, file: bytes | None) -> tuple[bytes, str]:
    """The body that names or holds an agenda, and its type."""
    if sum(each is not None for each in (symbol, text, file)) != 1:
        raise ValueError("give one of symbol, text and file")
    if file is None:
        named = {"symbol": symbol} if symbol is not None else {"text": text}
        return _json(named), "application/json"
    kinds = (kind for beginning, kind in _BEGINNINGS if file.startswith(beginning))
    return file, next(kinds, "text/plain")


# Drafts


def compare_draft(draft: str | bytes, *, exclude: Several = ()) -> Call[wire.ComparisonObject]:
    """
    Each paragraph of a draft: said before word for word, in other words, related, or new.

    Args:
        draft: Its text, or the bytes of its file (PDF, DOCX, text).
        exclude: Symbols of papers that are no sources, as the one that the draft will be.
    """
    fields = [exclude] if isinstance(exclude, str) else [*exclude]
    return _sending("compareDraft", wire.ComparisonObject, f"{API}/compare", draft, fields)


def check_citations(text: str | bytes) -> Call[wire.CheckedObject]:
    """The citations of a text or a file: whether each exists, whether quotations match."""
    return _sending("checkCitations", wire.CheckedObject, f"{API}/check", text, [])


def _sending(
    operation: str, model: type[W], path: str, draft: str | bytes, exclude: list[str]
) -> Call[W]:
    """A text goes as JSON, a file as a form in parts, beside which fields may stand."""
    if isinstance(draft, str):
        named = {"exclude": exclude} if exclude else {}
        content, media_type = _json({"text": draft, **named}), "application/json"
    else:
        form = httpx.Request(
            "POST",
            "http://form",
            files={"file": ("draft", draft)},
            data={"exclude": exclude} if exclude else None,
        )
        content, media_type = form.read(), form.headers["Content-Type"]
    return Call(
        operation=operation,
        method="POST",
        path=path,
        read=reading(model),
        content=content,
        media_type=media_type,
    )


# The compendium


def get_compendium() -> Call[wire.CompendiumObject]:
    """The compendium: its themes and topics, with what each edition says of itself."""
    return _get("getCompendium", wire.CompendiumObject, f"{API}/compendium", {})


def list_topics() -> Call[wire.TopicsObject]:
    """Topics of the compendium."""
    return _get("listTopics", wire.TopicsObject, f"{API}/compendium/topics", {})


def get_topic(id: str) -> Call[wire.OneTopicObject]:  # noqa: A002 - as the API names it
    """A topic with its summary, each sentence with its citation."""
    path = path_of(f"{API}/compendium/topics/{{id}}", id=id)
    return _get("getTopic", wire.OneTopicObject, path, {})


def look_up_topics(
    *,
    q: str | None = None,
    symbol: str | None = None,
    paragraph: str | None = None,
    part: str | None = None,
) -> Call[wire.LookupObject]:
    """The topics on something: on words, on a paper, on a paragraph."""
    given = {"q": q, "symbol": symbol, "paragraph": paragraph, "part": part}
    return _get("lookUpTopics", wire.LookupObject, f"{API}/compendium/lookup", {**given})


def list_changes(*, since: int | None = None) -> Call[wire.ChangesObject]:
    """What changed since an earlier edition, the one before unless it is named."""
    return _get("listChanges", wire.ChangesObject, f"{API}/compendium/changes", {"since": since})


def list_editions() -> Call[wire.CompendiumEditionsObject]:
    """Editions that there are."""
    path = f"{API}/compendium/editions"
    return _get("listEditions", wire.CompendiumEditionsObject, path, {})


def list_gaps() -> Call[wire.GapsObject]:
    """What the papers do not say: by topic, by item of an agenda, by paper."""
    return _get("listGaps", wire.GapsObject, f"{API}/compendium/gaps", {})


# The service


def get_index() -> Call[wire.IndexObject]:
    """What is being searched: generation, counts, encoder, papers that could not be read."""
    return _get("getIndex", wire.IndexObject, f"{API}/index", {})


def get_liveness() -> Call[wire.HealthObject]:
    """The process answers."""
    return _get("getLiveness", wire.HealthObject, "/livez", {})


def get_readiness() -> Call[wire.HealthObject]:
    """An index is open and may be searched; else an `UnavailableError`."""
    return _get("getReadiness", wire.HealthObject, "/readyz", {})


def list_questions() -> Call[wire.SavedQuestionsObject]:
    """Saved questions: what is asked again whenever papers are indexed."""
    return _get("listQuestions", wire.SavedQuestionsObject, f"{API}/questions", {})


def get_question(id: str, *, k: int | None = None) -> Call[wire.SavedQuestionAnswersObject]:  # noqa: A002 - as the API names it
    """A saved question, and the passages of new papers that answer it."""
    path = path_of(f"{API}/questions/{{id}}", id=id)
    return _get("getQuestion", wire.SavedQuestionAnswersObject, path, {"k": k})


def get_guide() -> Call[str]:
    """What the service offers, in words for assistants."""
    return Call(operation="getGuide", method="GET", path="/llms.txt", read=read_text)
