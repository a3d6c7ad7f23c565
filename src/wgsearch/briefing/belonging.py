"""
question x agenda, or agendas -> the items under which it would belong, nearest first.

Why by papers as well as by words: the title of an item is a few words, while the papers that are
listed for it say what is meant by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.agenda.procedure import is_procedural
from wgsearch.answers import Filters, Query
from wgsearch.errors import EmptyQuestionError, QuestionTooLongError
from wgsearch.papers import symbols
from wgsearch.question import has_words
from wgsearch.search import MAX_CHARACTERS
from wgsearch.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from wgsearch.agenda import Agenda, AgendaItem
    from wgsearch.answers import Engine, Hit, Likeness
    from wgsearch.holdings import Holdings

# Passages of the listed papers that are asked which item's they are.
_PASSAGES = 20
# Items of several agendas whose annotations are read: the nearest by titles and papers. Sentences
# of all annotations would be encoded anew for each question.
_READ = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """
    An item under which a question may belong.

    Attributes:
        agenda: The agenda.
        item: The item.
        sub_item: Number of the sub-item that is nearest; None where the item itself is.
        score: Higher is better; comparable within one answer only.
        words: The words of the agenda that are nearest: its title, or a sentence of its
            annotation.
        hit: The best passage of a paper listed for it; None where none is found.
    """

    agenda: Agenda
    item: AgendaItem
    sub_item: str | None
    score: float
    words: str
    hit: Hit | None


class _Place(NamedTuple):
    """An item of an agenda."""

    agenda: Agenda
    item: AgendaItem


def belonging(
    engine: Engine, agenda: Agenda, question: str, holdings: Holdings
) -> tuple[Belonging, ...]:
    """
    Items of an agenda by how well a question belongs there, best first.

    Items of procedure are not among them.

    Args:
        engine: Whose papers.
        agenda: The agenda.
        question: The question, or a proposal.
        holdings: The papers of the index.

    Raises:
        EmptyQuestionError: The question holds no letter and no digit.
        QuestionTooLongError: It has more characters than a question may have.
    """
    _refuse(question)
    places = _places([agenda])
    best = _best_by_paper(engine, question, places, holdings)
    return _ranked(engine, question, places, best, [_texts(each.item) for each in places])


def belonging_anywhere(
    engine: Engine, agendas: Iterable[Agenda], question: str, holdings: Holdings
) -> tuple[Belonging, ...]:
    """
    Items of several agendas by how well a question belongs there, best first.

    Only those are among them that are near by their titles or by their papers.

    Args:
        engine: Whose papers.
        agendas: The agendas.
        question: The question, or a proposal.
        holdings: The papers of the index.

    Raises:
        EmptyQuestionError: The question holds no letter and no digit.
        QuestionTooLongError: It has more characters than a question may have.
    """
    _refuse(question)
    places = _places(agendas)
    best = _best_by_paper(engine, question, places, holdings)
    titles = [_titles(each.item) for each in places]
    nearest = _ranked(engine, question, places, best, titles)[:_READ]
    read = [_Place(each.agenda, each.item) for each in nearest]
    hits = {at: each.hit for at, each in enumerate(nearest) if each.hit}
    return _ranked(engine, question, read, hits, [_texts(each.item) for each in read])


def _refuse(question: str) -> None:
    """Refuse what cannot be asked."""
    if not has_words(question):
        raise EmptyQuestionError("the question holds no letter and no digit; ask in words")
    if len(question) > MAX_CHARACTERS:
        raise QuestionTooLongError(
            f"the question has {len(question)} characters, at most {MAX_CHARACTERS} are read;"
            " shorten it to its substance"
        )


def _places(agendas: Iterable[Agenda]) -> list[_Place]:
    """The items of agendas without those of procedure."""
    return [
        _Place(agenda, item)
        for agenda in agendas
        for item in agenda.items
        if not is_procedural(item.title)
    ]


def _ranked(
    engine: Engine,
    question: str,
    places: Sequence[_Place],
    best: Mapping[int, Hit],
    texts: Sequence[Sequence[tuple[str, str | None]]],
) -> tuple[Belonging, ...]:
    """
    Items by the nearest of their texts, and by the place of their papers.

    Args:
        engine: Whose papers.
        question: The question.
        places: The items.
        best: The best passage of the papers listed for an item, by its position.
        texts: What is compared of each item, with the sub-item that it is said of.
    """
    of_agendas = [words for own in texts for words, _ in own]
    of_papers = [_sentence(each) for each in best.values()]
    nearness = map(_score, engine.likenesses(question, [*of_agendas, *of_papers]))
    near = [list(islice(nearness, len(own))) for own in texts]
    near_papers = dict(zip(best, nearness, strict=True))
    found: list[Belonging] = []
    for at, (place, own) in enumerate(zip(places, texts, strict=True)):
        score, (words, sub_item) = max(zip(near[at], own, strict=True), key=lambda each: each[0])
        hit = best.get(at)
        # The first of papers that say nothing on it is first all the same: decision 0023.
        of_paper = near_papers[at] / hit.rank if hit else 0.0
        found.append(
            Belonging(
                agenda=place.agenda,
                item=place.item,
                sub_item=sub_item,
                score=score + of_paper,
                words=words,
                hit=hit,
            )
        )
    return tuple(sorted(found, key=lambda each: -each.score))


def _titles(item: AgendaItem) -> list[tuple[str, str | None]]:
    """What an item and its parts are called, each with the sub-item that it is said of."""
    return [(item.title, None), *((each.title, each.number) for each in item.sub_items)]


def _texts(item: AgendaItem) -> list[tuple[str, str | None]]:
    """What an agenda says of an item, each with the sub-item that it is said of."""
    annotation = item.annotation or ""
    said = [annotation[span.start : span.end] for span in sentences(annotation, "en")]
    return [
        *_titles(item),
        *((each.title, each.sub_item) for each in item.documents if each.title),
        *((each, None) for each in said),
    ]


def _score(near: Likeness) -> float:
    """How near words of an agenda are: as a whole, and word by word."""
    return near.cosine if near.covered is None else (near.cosine + near.covered) / 2


def _sentence(hit: Hit) -> str:
    """The sentence of a passage that answers best; the passage where none is told."""
    start, end = hit.best_sentence or (0, None)
    return hit.passage.text[start:end]


def _best_by_paper(
    engine: Engine, question: str, places: Sequence[_Place], holdings: Holdings
) -> dict[int, Hit]:
    """
    The best passage of the papers listed for each item, ranked among those of all items.

    Returns:
        By the position of the item; a paper that one agenda lists twice counts for the first.
    """
    of: dict[str, dict[int, int]] = {}
    for at, place in enumerate(places):
        for each in place.item.documents:
            entry = holdings.of(each.symbol) if each.symbol else None
            if entry:
                of.setdefault(symbols.key(entry.symbol), {}).setdefault(id(place.agenda), at)
    if not of:
        return {}
    listed = tuple(each.symbol for each in holdings.entries if symbols.key(each.symbol) in of)
    answer = engine.search(
        Query(text=question, k=_PASSAGES, filters=Filters(symbols=tuple(dict.fromkeys(listed))))
    )
    best: dict[int, Hit] = {}
    for hit in answer.hits:
        for at in of.get(symbols.key(hit.passage.symbol), {}).values():
            best.setdefault(at, hit)
    return best
