"""
Engine and arguments -> shapes: the six tools that an assistant has.

Why functions over records, free of the protocol: they are tested without a connection, and the
protocol's library may change beneath them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wgsearch.answers import Filters
from wgsearch.api import schemas
from wgsearch.briefing import item_brief, setting_of
from wgsearch.compendium.finding import found_by_words
from wgsearch.compendium.looking import chosen, entries
from wgsearch.compendium.remaining import is_current
from wgsearch.errors import (
    EditionMissingError,
    InvalidFilterError,
    NotAnAgendaError,
    UnknownItemError,
    UnknownSymbolError,
)
from wgsearch.history import before as unseen_before
from wgsearch.history import history
from wgsearch.holdings import Holdings
from wgsearch.mcp import arguments as given
from wgsearch.mcp import shapes
from wgsearch.mcp.citing import Meant, meant

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wgsearch.agenda import Agenda, AgendaItem
    from wgsearch.answers import Engine
    from wgsearch.api import wire
    from wgsearch.api.wire.model import Wire
    from wgsearch.compendium.records import Compendium
    from wgsearch.mcp.shaping import Shaper

# What one answer holds at most: an assistant asks again for more, and is told so.
_PARAGRAPHS = 20
_CITATIONS = 10
_AGENDAS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """
    What one call of a tool may ask, the same from its beginning to its end.

    Attributes:
        engine: The engine.
        compendium: The edition in use; None where none was made.
        shaper: Makes shapes.
    """

    engine: Engine
    compendium: Compendium | None
    shaper: Shaper


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """
    A tool.

    Attributes:
        name: As it is called.
        title: For people.
        description: For assistants: when to use it.
        arguments: What it takes.
        result: What it gives.
        call: What it does. It never changes anything.
    """

    name: str
    title: str
    description: str
    arguments: type[given.Arguments]
    result: type[Wire]
    call: Callable[[Asking, Any], Wire]


def search_passages(asking: Asking, asked: given.SearchArguments) -> shapes.FoundShape:
    """Passages that answer a question."""
    return asking.shaper.found(asking.engine.search(asked.query()))


def get_paragraph(asking: Asking, asked: given.ParagraphArguments) -> shapes.ParagraphShape:
    """A paragraph with its neighbours and notes."""
    engine, shaper = asking.engine, asking.shaper
    symbol = Holdings(engine).meant(asked.symbol)
    near = schemas.neighbourhood(
        engine,
        symbol,
        asked.paragraph,
        part=asked.part,
        context=asked.context,
        language=asked.language,
    )
    paper, entry = engine.paper(symbol, asked.language), engine.entry(symbol, asked.language)
    return shapes.ParagraphShape(
        passage=shaper.passage(paper, entry, near.paragraph),
        footnotes=[
            shapes.NoteShape(mark=each.mark, text=each.text) for each in near.paragraph.footnotes
        ],
        before=[shaper.passage(paper, entry, each) for each in near.before],
        after=[shaper.passage(paper, entry, each) for each in near.after],
    )


def lookup_citation(asking: Asking, asked: given.CitationArguments) -> shapes.CitationsShape:
    """
    The paragraphs that a citation names.

    Raises:
        UnknownSymbolError: Nothing is cited, or one paper that is not held.
    """
    engine = asking.engine
    known = tuple(dict.fromkeys(each.symbol for each in engine.papers(Filters())))
    cited = meant(asked.citation, known)
    if not cited:
        engine.entry(asked.citation)  # raises, and names symbols that resemble it
        cited = (Meant(symbol=asked.citation, runs=()),)
    if len(cited) > _CITATIONS:
        raise InvalidFilterError(
            f"citation: {len(cited)} are meant, and {_CITATIONS} are looked up at a time"
        )
    if len(cited) == 1:
        return shapes.CitationsShape(citations=[_cited(asking, cited[0], asked.language)])
    return shapes.CitationsShape(
        citations=[_cited_or_missing(asking, each, asked.language) for each in cited]
    )


def _cited_or_missing(asking: Asking, cited: Meant, language: str | None) -> shapes.CitedShape:
    """One of several citations: a paper that is not held is noted, and the others are given."""
    try:
        return _cited(asking, cited, language)
    except UnknownSymbolError as error:
        return shapes.CitedShape(
            cited=cited.words,
            symbol=cited.symbol,
            title=None,
            date=None,
            url=None,
            passages=[],
            notes=[f"Not held: {error}."],
        )


def _cited(asking: Asking, cited: Meant, language: str | None) -> shapes.CitedShape:
    engine, shaper = asking.engine, asking.shaper
    paper, entry = engine.paper(cited.symbol, language), engine.entry(cited.symbol, language)
    every = schemas.paragraph_objects(paper)
    notes = [f"{paper.key} is replaced by {entry.superseded_by}."] if entry.superseded_by else []
    notes += [f"{paper.key} is corrected by {each}." for each in entry.corrigenda]
    chosen_ones: dict[int, wire.CitedParagraphObject] = {}
    for first, last in cited.runs:
        run = _run(every, first, last, cited.part)
        chosen_ones |= {each.index: each for each in run}
        if not run:
            notes.append(f"{paper.key} has no paragraph {first} in {cited.part!r}. {_span(every)}")
    if not cited.runs:
        notes.append(f"The whole paper is cited. {_span(every)} get_paragraph reads one of them.")
    found = [chosen_ones[index] for index in sorted(chosen_ones)]
    if len(found) > _PARAGRAPHS:
        notes.append(f"The first {_PARAGRAPHS} of {len(found)}; get_paragraph reads on.")
    return shapes.CitedShape(
        cited=cited.words,
        symbol=paper.key,
        title=paper.title,
        date=paper.date,
        url=shaper.paper_url(entry),
        passages=[shaper.passage(paper, entry, each) for each in found[:_PARAGRAPHS]],
        notes=notes,
    )


def _run(
    every: Sequence[wire.CitedParagraphObject], first: str, last: str, part: str
) -> Sequence[wire.CitedParagraphObject]:
    """Paragraphs from one number to another; the first alone where there is no such last."""
    numbered = [each for each in every if each.number and schemas.same_part(each.part, part)]
    starts = [each.index for each in numbered if each.number == first]
    if not starts:
        return ()
    ends = [each.index for each in numbered if each.number == last and each.index >= starts[0]]
    return every[starts[0] : (ends[0] if ends else starts[0]) + 1]


def _span(every: Sequence[wire.CitedParagraphObject]) -> str:
    """Which numbers a paper has."""
    numbers = [each.number for each in every if each.number and each.part == "body"]
    if not numbers:
        return "Its paragraphs have no numbers."
    return f"Its numbers run from {numbers[0]} to {numbers[-1]}."


def agenda_item(asking: Asking, asked: given.AgendaItemArguments) -> shapes.AgendaShape:
    """
    An item of an agenda, with its documents, passages and past.

    Raises:
        NotAnAgendaError: The paper is none, or is not held; agendas that are held are named.
        UnknownItemError: There is no such item.
    """
    engine, shaper = asking.engine, asking.shaper
    agenda = _agenda(engine, asked.agenda)
    if asked.item is None:
        return shaper.agenda(agenda)
    item = _item(agenda, asked.item)
    answer = engine.item(agenda, item, k=asked.k, filters=Filters())
    brief = item_brief(engine, setting_of(engine, agenda), item)
    return shaper.agenda(agenda, shaper.item(answer, brief))


def _agenda(engine: Engine, name: str) -> Agenda:
    try:
        return engine.agenda(Holdings(engine).meant(name))
    except (NotAnAgendaError, UnknownSymbolError) as error:
        held = [each for each in engine.papers(Filters()) if each.has_agenda]
        newest = sorted(held, key=lambda each: (each.date or "", each.symbol), reverse=True)
        names = ", ".join(dict.fromkeys(each.symbol for each in newest[:_AGENDAS]))
        known = f"agendas held, newest first: {names}" if names else "no agenda is held"
        raise NotAnAgendaError(f"{name!r} is no agenda of the index; {known}") from error


def _item(agenda: Agenda, number: str) -> AgendaItem:
    """The item of a number; of a sub-item's the item that it belongs to."""
    wanted = "".join(number.casefold().split())
    for item in agenda.items:
        own = [item.number, *(each.number for each in item.sub_items)]
        if wanted in {"".join(each.casefold().split()) for each in own}:
            return item
    numbers = ", ".join(each.number for each in agenda.items)
    raise UnknownItemError(f"{agenda.symbol} has no item {number!r}; its items are {numbers}")


def history_of_topic(asking: Asking, asked: given.HistoryArguments) -> shapes.HistoryShape:
    """Whether a topic was addressed before."""
    engine = asking.engine
    unseen = unseen_before(Holdings(engine), asked.before) if asked.before else ()
    return asking.shaper.history(history(engine, asked.topic, unseen=unseen))


def list_topics(asking: Asking, asked: given.TopicsArguments) -> shapes.TopicsShape:
    """
    Topics of the compendium.

    Raises:
        EditionMissingError: None was made.
        UnknownTopicError: There is no such topic.
        InvalidFilterError: Words and a topic are given.
    """
    compendium, shaper = asking.compendium, asking.shaper
    if compendium is None:
        raise EditionMissingError(
            "no compendium of these papers was made; `wgsearch compendium` makes one. Meanwhile"
            " search_passages and history_of_topic answer without it"
        )
    current = is_current(compendium, asking.engine)
    if asked.topic is not None and asked.about is not None:
        raise InvalidFilterError("give either `about` or `topic`")
    if asked.topic is not None:
        found = chosen(compendium, asked.topic)
        summary = found[0].topic.summary if len(found) == 1 else ()
        return shaper.topics(compendium, found, is_current=current, summary=summary)
    if asked.about is None:
        return shaper.topics(compendium, tuple(entries(compendium)), is_current=current)
    looked_up = found_by_words(asking.engine, compendium, asked.about)
    topics = [each.entry for each in looked_up.topics]
    return shaper.topics(compendium, topics, is_current=current, note=looked_up.note)


TOOLS: tuple[Tool, ...] = (
    Tool(
        name="search_passages",
        title="Search the papers",
        description="Find paragraphs of the papers that answer a question, by words and meaning;"
        " verbatim, each with its citation. Begin here unless you have a citation.",
        arguments=given.SearchArguments,
        result=shapes.FoundShape,
        call=search_passages,
    ),
    Tool(
        name="get_paragraph",
        title="Read a paragraph",
        description="Read one paragraph of a paper, verbatim, with its footnotes and as many"
        " neighbours as you ask for: to see what stands around a passage before you rely on it.",
        arguments=given.ParagraphArguments,
        result=shapes.ParagraphShape,
        call=get_paragraph,
    ),
    Tool(
        name="lookup_citation",
        title="Look up a citation",
        description="Give the paragraphs that a citation names, or all citations of a sentence:"
        " `2022/3, paras. 4-6`. Says what the paper does not have, and what replaces it.",
        arguments=given.CitationArguments,
        result=shapes.CitationsShape,
        call=lookup_citation,
    ),
    Tool(
        name="agenda_item",
        title="Prepare an agenda item",
        description="For an item of an agenda: its annotation, the documents it lists, passages of"
        " all papers that bear on it, whether it was addressed before, what was recommended."
        " Without `item`: the items of the agenda.",
        arguments=given.AgendaItemArguments,
        result=shapes.AgendaShape,
        call=agenda_item,
    ),
    Tool(
        name="history_of_topic",
        title="Was it addressed before?",
        description="Say whether a topic was addressed before: a verdict with its confidence, a"
        " timeline in words of the papers, and what was recommended on it.",
        arguments=given.HistoryArguments,
        result=shapes.HistoryShape,
        call=history_of_topic,
    ),
    Tool(
        name="list_topics",
        title="Topics of the compendium",
        description="List what the papers are about, by theme and topic; topics on something"
        " (`about`); or one topic with its summary in sentences of the papers (`topic`).",
        arguments=given.TopicsArguments,
        result=shapes.TopicsShape,
        call=list_topics,
    ),
)
