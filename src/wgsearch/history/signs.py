"""
a topic -> signs that it was addressed: titles, headings and sentences, each with how near it is.

Why word by word: all papers of a working group are about its field, so that whole texts are near
to every topic; the words that are rare among the papers tell one topic from another.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.agenda.procedure import is_procedural
from wgsearch.answers import Filters, Query
from wgsearch.holdings import spoken
from wgsearch.papers import symbols
from wgsearch.papers.paper import PaperKind
from wgsearch.papers.series import tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wgsearch.answers import Engine, Hit, Likeness, PaperEntry

# Passages looked at; what stands further down is on other things.
_PASSAGES = 24
# So many of them are compared as a whole: verdicts were equal from 8 to 30.
_WHOLE = 8
# Agendas whose items are read, best first.
_AGENDAS = 8
# So many show whether one paper stands out, how fast scores fall, and what is near by chance.
_BEST, _FOURTH, _NEAREST = 10, 4, 100
# What a session took up stands in its agenda; what was said, in everything else.
_AGENDA_KINDS = (PaperKind.AGENDA,)
_OTHER_KINDS = tuple(
    each for each in PaperKind if each not in {PaperKind.AGENDA, PaperKind.CORRIGENDUM}
)
# Their titles say on which session they report, not on what.
_UNTITLED = frozenset({PaperKind.AGENDA, PaperKind.REPORT, PaperKind.DRAFT_REPORT})


class ItemSign(NamedTuple):
    """
    Something that was taken up by name: an item of an agenda, or a paper.

    Attributes:
        entry: The paper: the agenda that lists the item, or the paper itself.
        number: Number of the item; None where the paper names none.
        item_title: Title of the item; None where none is known.
        words: The title that is near to the topic: the item's, or the paper's.
        is_item: It is the item's title.
        near: How near it is.
    """

    entry: PaperEntry
    number: str | None
    item_title: str | None
    words: str
    is_item: bool
    near: Likeness


class PassageSign(NamedTuple):
    """
    A passage, and how near its heading, its best sentence and its words are to the topic.

    Attributes:
        hit: The passage.
        entry: Its paper.
        words: Its best sentence.
        heading: The innermost heading above it; empty without one.
        of_heading: How near that is.
        of_sentence: How near the sentence is.
        of_text: How near the passage is; of those further down, its best sentence.
    """

    hit: Hit
    entry: PaperEntry
    words: str
    heading: str
    of_heading: Likeness
    of_sentence: Likeness
    of_text: Likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """
    What speaks for a topic having been addressed.

    Attributes:
        items: By name, nearest first.
        passages: In passages, in the order of the search.
        breadth: Share of the best ten passages that are of one paper.
        fall: Score of the fourth best passage, as a share of the best one's.
        apart: How far the passage nearest in meaning stands above the hundred nearest, in
            deviations.
    """

    items: tuple[ItemSign, ...]
    passages: tuple[PassageSign, ...]
    breadth: float
    fall: float
    apart: float


class _Named(NamedTuple):
    """A title to be compared, and where it stands."""

    entry: PaperEntry
    number: str | None
    item_title: str | None
    words: str
    is_item: bool


def signs(engine: Engine, topic: str, filters: Filters) -> Signs:
    """
    Look for a topic in what was said, and in what was taken up.

    Args:
        engine: Whose papers.
        topic: The topic, in words.
        filters: Which papers may show it.
    """
    hits = engine.search(
        Query(text=topic, k=_PASSAGES, filters=replace(filters, kinds=_OTHER_KINDS))
    ).hits
    agendas = engine.search(
        Query(
            text=topic,
            k=_PASSAGES,
            filters=replace(filters, kinds=_AGENDA_KINDS),
            fold=False,
            explain=False,
        )
    ).hits
    entries = {
        hit.passage.file: engine.entry(hit.passage.symbol, spoken(hit.passage.language))
        for hit in (*hits, *agendas)
    }
    named = [
        *_of_agendas(engine, _papers(agendas, entries)[:_AGENDAS]),
        *_of_papers(engine, _papers(hits, entries)),
    ]
    sentences = [_sentence(hit) for hit in hits]
    headings = [hit.passage.heading_path[-1] if hit.passage.heading_path else "" for hit in hits]
    texts = [hit.passage.text for hit in hits[:_WHOLE]]
    titles = [each.words for each in named]
    near = engine.likenesses(topic, [*titles, *sentences, *headings, *texts])
    of_titles, rest = near[: len(titles)], near[len(titles) :]
    size = len(hits)
    return Signs(
        items=tuple(
            sorted(
                (ItemSign(*each, near=own) for each, own in zip(named, of_titles, strict=True)),
                key=lambda each: -nearness(each.near),
            )
        ),
        passages=tuple(
            PassageSign(
                hit=hit,
                entry=entries[hit.passage.file],
                words=sentences[at],
                heading=headings[at],
                of_heading=rest[size + at],
                of_sentence=rest[at],
                of_text=rest[2 * size + at] if at < _WHOLE else rest[at],
            )
            for at, hit in enumerate(hits)
        ),
        breadth=_breadth(hits),
        fall=_fall(hits),
        apart=_apart(engine, topic, filters),
    )


def _breadth(hits: Sequence[Hit]) -> float:
    """Share of the best ten passages that are of one paper, whichever its version."""
    papers = Counter(tie(hit.passage.symbol).thing for hit in hits[:_BEST])
    return max(papers.values(), default=0) / _BEST


def _fall(hits: Sequence[Hit]) -> float:
    """How high the fourth best passage still stands."""
    if len(hits) < _FOURTH or hits[0].score <= 0:
        return 0.0
    return max(0.0, hits[_FOURTH - 1].score) / hits[0].score


def _apart(engine: Engine, topic: str, filters: Filters) -> float:
    """How far the nearest passage stands above the hundred nearest; 0 where all are as near."""
    near = engine.search(
        Query(
            text=topic,
            k=_NEAREST,
            mode="dense",
            filters=replace(filters, kinds=_OTHER_KINDS),
            fold=False,
            explain=False,
        )
    )
    scores = [hit.score for hit in near.hits]
    if len(scores) < _BEST:
        return 0.0
    spread = pstdev(scores)
    return (scores[0] - fmean(scores)) / spread if spread else 0.0


def nearness(near: Likeness) -> float:
    """How far a title is on a topic: as far as each is found in the other."""
    if near.covered is None or near.covers is None:
        return near.cosine
    return (near.covered + near.covers) / 2


def found_in(near: Likeness) -> float:
    """How far a topic is found in a text, whatever else the text says."""
    return near.cosine if near.covered is None else near.covered


def _papers(hits: Sequence[Hit], entries: dict[str, PaperEntry]) -> list[PaperEntry]:
    """Papers of hits, best first."""
    return [entries[file] for file in dict.fromkeys(hit.passage.file for hit in hits)]


def _of_agendas(engine: Engine, agendas: Sequence[PaperEntry]) -> Iterator[_Named]:
    """Titles of the items and sub-items of agendas, but for those of procedure."""
    for entry in agendas:
        if not entry.has_agenda:
            continue
        for item in engine.agenda(entry.symbol).items:
            numbered = [(item.number, item.title)]
            numbered += [(each.number, each.title) for each in item.sub_items]
            for number, title in numbered:
                if not is_procedural(title):
                    yield _Named(entry, number, title, title, is_item=True)


def _of_papers(engine: Engine, papers: Sequence[PaperEntry]) -> Iterator[_Named]:
    """The items that papers were issued under, by their mastheads, and their own titles."""
    seen: set[str] = set()
    for entry in papers:
        key = symbols.key(entry.symbol)
        if key in seen or entry.kind in _UNTITLED:
            continue
        seen.add(key)
        paper = engine.paper(entry.symbol, spoken(entry.language))
        number = paper.agenda_item.number if paper.agenda_item else None
        title = paper.agenda_item.title if paper.agenda_item else None
        if title and not is_procedural(title):
            yield _Named(entry, number, title, title, is_item=True)
        if paper.title:
            yield _Named(entry, number, title, paper.title, is_item=False)


def _sentence(hit: Hit) -> str:
    """The sentence of a hit that answers best; its beginning where none does."""
    text = hit.passage.text
    if hit.best_sentence is None:
        return text.partition("\n")[0]
    start, end = hit.best_sentence
    return text[start:end]
