"""
question x agenda -> the items under which it would belong, nearest first.

Why by papers as well as by words: the title of an item is a few words, while the papers that are
listed for it say what is meant by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.agenda.procedure import is_procedural
from wgsearch.answers import Filters, Query
from wgsearch.errors import EmptyQuestionError
from wgsearch.papers import symbols
from wgsearch.question import has_words
from wgsearch.sentences import sentences

if TYPE_CHECKING:
    from wgsearch.agenda import Agenda, AgendaItem
    from wgsearch.answers import Engine, Hit, Likeness
    from wgsearch.holdings import Holdings

# Passages of the listed papers that are asked which item's they are.
_PASSAGES = 20
# What a place among them counts beside the likeness of words: decision 0023.
_PAPER_WEIGHT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """
    An item under which a question may belong.

    Attributes:
        item: The item.
        sub_item: Number of the sub-item that is nearest; None where the item itself is.
        score: Higher is better; comparable within one answer only.
        words: The words of the agenda that are nearest: its title, or a sentence of its
            annotation.
        hit: The best passage of a paper listed for it; None where none is found.
    """

    item: AgendaItem
    sub_item: str | None
    score: float
    words: str
    hit: Hit | None


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
    """
    if not has_words(question):
        raise EmptyQuestionError("the question holds no letter and no digit; ask in words")
    items = [each for each in agenda.items if not is_procedural(each.title)]
    texts = [_texts(item) for item in items]
    near = engine.likenesses(question, [words for own in texts for words, _ in own])
    best = _best_by_paper(engine, question, items, holdings)
    found: list[Belonging] = []
    at = 0
    for item, own in zip(items, texts, strict=True):
        likeness = near[at : at + len(own)]
        at += len(own)
        score, (words, sub_item) = max(
            ((_score(each), text) for each, text in zip(likeness, own, strict=True)),
            key=lambda each: each[0],
        )
        hit = best.get(item.number)
        of_paper = 1 / hit.rank if hit else 0.0
        found.append(
            Belonging(
                item=item,
                sub_item=sub_item,
                score=score + _PAPER_WEIGHT * of_paper,
                words=words,
                hit=hit,
            )
        )
    return tuple(sorted(found, key=lambda each: -each.score))


def _texts(item: AgendaItem) -> list[tuple[str, str | None]]:
    """What an agenda says of an item, each with the sub-item that it is said of."""
    annotation = item.annotation or ""
    said = [annotation[span.start : span.end] for span in sentences(annotation, "en")]
    return [
        (item.title, None),
        *((each.title, each.number) for each in item.sub_items),
        *((each.title, each.sub_item) for each in item.documents if each.title),
        *((each, None) for each in said),
    ]


def _score(near: Likeness) -> float:
    """How near words of an agenda are: as a whole, and word by word."""
    return near.cosine if near.covered is None else (near.cosine + near.covered) / 2


def _best_by_paper(
    engine: Engine, question: str, items: list[AgendaItem], holdings: Holdings
) -> dict[str, Hit]:
    """The best passage of the papers listed for each item, ranked among those of all items."""
    of: dict[str, str] = {}
    for item in items:
        for each in item.documents:
            entry = holdings.of(each.symbol) if each.symbol else None
            if entry:
                of.setdefault(symbols.key(entry.symbol), item.number)
    if not of:
        return {}
    listed = tuple(each.symbol for each in holdings.entries if symbols.key(each.symbol) in of)
    answer = engine.search(
        Query(text=question, k=_PASSAGES, filters=Filters(symbols=tuple(dict.fromkeys(listed))))
    )
    best: dict[str, Hit] = {}
    for hit in answer.hits:
        number = of.get(symbols.key(hit.passage.symbol))
        if number:
            best.setdefault(number, hit)
    return best
