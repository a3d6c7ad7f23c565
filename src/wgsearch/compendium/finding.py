"""
Engine, Compendium and what somebody looks up -> topics, with the paragraphs that are the reason.

Why passages are asked too: who looks for "debts" means the topic of recruitment fees, whose name
has no such word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from wgsearch.answers import Query
from wgsearch.compendium.looking import entries, holding, named
from wgsearch.errors import UnknownParagraphError
from wgsearch.papers.symbols import key

if TYPE_CHECKING:
    from wgsearch.answers import Engine
    from wgsearch.compendium.looking import Entry
    from wgsearch.compendium.records import Compendium, Place

# As many passages as a page of results and the next: what lies further down rarely answers.
_PASSAGES = 20
# Topics that only passages speak for: fewer than a reader would scroll through.
_TOPICS = 10
By = Literal["name", "passages", "paper"]


# The verdict of a search that finds only what is least far.
_NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTopic:
    """
    A topic that was looked up.

    Attributes:
        entry: The topic in its place.
        by: What speaks for it.
        places: The paragraphs that do; none where its name alone does.
    """

    entry: Entry
    by: tuple[By, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """
    Topics that were looked up.

    Attributes:
        symbol: Symbol of the paper that was asked about; None for words.
        paragraph: Number of its paragraph, None for the whole paper.
        text: Words that were asked about; None for a paper.
        topics: Best first; for a paper in reading order.
        unplaced: Paragraphs of the paper that belong to no topic.
        note: Why there are none.
    """

    symbol: str | None = None
    paragraph: str | None = None
    text: str | None = None
    topics: tuple[FoundTopic, ...]
    unplaced: tuple[Place, ...] = ()
    note: str | None = None


def found_by_symbol(
    engine: Engine,
    compendium: Compendium,
    symbol: str,
    paragraph: str | None = None,
    part: str = "body",
) -> Found:
    """
    The topics of a paper, or of one of its paragraphs.

    Raises:
        UnknownSymbolError: No such paper is in the index.
        UnknownParagraphError: The paper has no such paragraph.
    """
    paper = engine.paper(symbol)
    if paragraph is not None and not any(
        each.number == paragraph and each.part.casefold() == part.casefold()
        for each in paper.paragraphs
    ):
        raise UnknownParagraphError(
            f"{paper.key} has no paragraph {paragraph} in its {part}; leave the paragraph out for"
            " all topics of the paper"
        )
    held = holding(compendium, paper.key, paragraph, part)
    note = None
    if not held.entries:
        what = f"{paper.key}, para. {paragraph}," if paragraph else paper.key
        note = f"{what} is in no topic of this edition."
        if not held.unplaced:
            note += (
                " Papers that came after it, other language versions and matters of procedure take"
                " no part."
            )
    return Found(
        symbol=paper.key,
        paragraph=paragraph,
        topics=tuple(
            FoundTopic(entry=entry, by=("paper",), places=places) for entry, places in held.entries
        ),
        unplaced=held.unplaced,
        note=note,
    )


def found_by_words(engine: Engine, compendium: Compendium, text: str) -> Found:
    """
    The topics on something: by their names, then by the passages that answer.

    Raises:
        RequestError: Nothing can be asked by these words.
    """
    answer = engine.search(Query(text=text, k=_PASSAGES))
    under: dict[tuple[str, str, str | None, int], tuple[Entry, Place]] = {}
    for each in entries(compendium):
        for place in each.topic.places:
            under[key(place.symbol), place.part, place.paragraph, place.index] = (each, place)
    by_passages: dict[str, list[tuple[Entry, Place]]] = {}
    for hit in answer.hits:
        passage = hit.passage
        mark = (key(passage.symbol), passage.part, passage.paragraph, passage.index)
        if mark in under:
            entry, place = under[mark]
            so_far = by_passages.setdefault(entry.topic.id, [])
            if (entry, place) not in so_far:
                so_far.append((entry, place))
    found = []
    for entry in named(compendium, text):
        pairs = by_passages.pop(entry.topic.id, [])
        by: tuple[By, ...] = ("name", "passages") if pairs else ("name",)
        found.append(FoundTopic(entry=entry, by=by, places=tuple(place for _, place in pairs)))
    for pairs in [*by_passages.values()][:_TOPICS]:
        places = tuple(place for _, place in pairs)
        found.append(FoundTopic(entry=pairs[0][0], by=("passages",), places=places))
    note = None
    if not found:
        note = "No topic has these words, and no passage of a topic answers them."
    elif answer.verdict == _NOT_COVERED and not any("name" in each.by for each in found):
        note = (
            "Probably no paper covers this. These topics come nearest, and may be on other things."
        )
    return Found(text=text, topics=tuple(found), note=note)
