"""
A saved question and a generation -> passages of new papers that answer it.

Why paper by paper: the best of all papers are mostly old ones. Each new paper is searched by
itself, and the verdict of that search says whether it answers.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from wgsearch.answers import Filters, Query
from wgsearch.errors import UnjudgedQuestionError
from wgsearch.papers import symbols
from wgsearch.passages import citation
from wgsearch.saved.records import Entry, Kept, Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from wgsearch.answers import Engine, Hit, PaperEntry
    from wgsearch.saved.records import SavedQuestion

# Passages of one paper, as for an item of an agenda: a feed tells that there is something.
PER_PAPER = 3
_ENOUGH = {"touched": ("covered", "touched"), "covered": ("covered",)}
# Made once, at random; identities of entries and messages are derived from it.
_SPACE = uuid.UUID("0d3b8c4e-6f0a-4a47-9a57-54b1ac3a0d11")


def papers_of(engine: Engine) -> tuple[tuple[str, str], ...]:
    """The papers of a generation, as symbol and language, in order."""
    return tuple(sorted({_key(each) for each in engine.papers(Filters())}))


def begun(engine: Engine, question: SavedQuestion) -> Kept:
    """
    A question that begins with a generation: what is there is not new.

    Raises:
        UnjudgedQuestionError: No verdict can be given on it, so that nothing would ever answer.
    """
    answer = engine.search(
        Query(text=question.text, k=1, filters=question.filters(), explain=False)
    )
    if answer.verdict is None:
        raise UnjudgedQuestionError(
            f"{question.text!r} cannot be watched: whether papers answer it cannot be judged; ask"
            " in a sentence, in a language that the encoder reads, with filters that a paper passes"
        )
    return Kept(generation=answer.generation, known=papers_of(engine))


def brought_up(
    engine: Engine, question: SavedQuestion, kept: Kept, *, now: str, path_of: Callable[[Hit], str]
) -> Kept:
    """
    What became of a question, with what is new in a generation.

    Args:
        engine: The generation.
        question: The question.
        kept: What became of it before.
        now: ISO time, UTC.
        path_of: Where a hit is read.
    """
    papers = engine.papers(Filters())
    known = set(kept.known)
    there = tuple(sorted({_key(each) for each in papers}))
    if kept.generation is None:
        return kept.model_copy(update={"generation": engine.state().generation, "known": there})
    told = {each.id for each in kept.entries}
    passing = {each.file for each in engine.papers(question.filters())}
    new = [each for each in papers if _key(each) not in known and each.file in passing]
    found = [
        entry
        for paper in new
        for entry in _entries(engine, question, paper, now=now, path_of=path_of)
        if entry.id not in told
    ]
    # A paper that goes and comes again is none that is new.
    update: dict[str, object] = {
        "generation": engine.state().generation,
        "known": tuple(sorted({*known, *there})),
        "entries": (*kept.entries, *found),
    }
    if found and question.webhook:
        update["messages"] = (*kept.messages, _message(found))
    return kept.model_copy(update=update)


def _entries(
    engine: Engine,
    question: SavedQuestion,
    paper: PaperEntry,
    *,
    now: str,
    path_of: Callable[[Hit], str],
) -> list[Entry]:
    """The passages of one paper that answer; none where its verdict is not enough."""
    own = symbols.key(paper.symbol)
    under = [
        each.symbol
        for each in engine.papers(Filters(symbols=(paper.symbol,)))
        if symbols.key(each.symbol) != own
    ]
    filters = replace(
        question.filters(),
        symbols=(paper.symbol,),
        not_symbols=tuple(dict.fromkeys(under)),
        languages=tuple(paper.language.split("+")),
    )
    query = Query(
        text=question.text, k=PER_PAPER, filters=filters, facets=("language",), explain=False
    )
    answer = engine.search(query)
    verdict = answer.verdict
    if verdict is None or verdict not in _ENOUGH[question.least]:
        return []
    return [
        _entry(question, hit, verdict=verdict, generation=answer.generation, now=now, path=path_of)
        for hit in answer.hits
        if hit.passage.file == paper.file
    ]


def _entry(
    question: SavedQuestion,
    hit: Hit,
    *,
    verdict: str,
    generation: str,
    now: str,
    path: Callable[[Hit], str],
) -> Entry:
    passage = hit.passage
    place = (passage.symbol, passage.language, passage.part, passage.index, passage.piece)
    name = "\n".join(map(str, (question.id, question.created_at, *place)))
    return Entry(
        id=f"urn:uuid:{uuid.uuid5(_SPACE, name)}",
        symbol=passage.symbol,
        language=passage.language,
        title=passage.title,
        paragraph=passage.paragraph,
        citation=citation(passage),
        text=passage.text,
        path=path(hit),
        verdict=verdict,
        generation=generation,
        found_at=now,
    )


def _message(found: list[Entry]) -> Message:
    """What is posted of new entries; its id follows from theirs."""
    ids = tuple(each.id for each in found)
    return Message(id=str(uuid.uuid5(_SPACE, "\n".join(ids))), entries=ids)


def identity_of(question: SavedQuestion) -> str:
    """The identity of a question's feed, the same for as long as the question is there."""
    return f"urn:uuid:{uuid.uuid5(_SPACE, f'{question.id} {question.created_at}')}"


def _key(entry: PaperEntry) -> tuple[str, str]:
    return symbols.key(entry.symbol), entry.language
