"""
Engine -> Register: all recommendations of a corpus that are wanted, one record a work.

Why one a work: language versions and replaced editions repeat what a paper recommends, and a
register that counts them counts wrong.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from wgsearch.answers import Filters, Query
from wgsearch.papers import symbols
from wgsearch.papers.paper import PaperKind
from wgsearch.passages import citation
from wgsearch.register.addressees import addressed, enumerated
from wgsearch.register.records import Recommended, Register
from wgsearch.register.topics import topic_of
from wgsearch.register.verbs import strength_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wgsearch.answers import Engine
    from wgsearch.passages import Passage
    from wgsearch.register.records import Wanted

# What bodies adopt. Other papers recommend to the body, and are listed when their kind is named.
ADOPTED = (PaperKind.REPORT, PaperKind.RESOLUTION, PaperKind.DECISION)
# Of a text, so many are shown at most: those further down hardly resemble it.
MOST_FOUND = 100
# Ranked at first; more only where filters leave fewer than are shown.
_RANKED = 200


def register(engine: Engine, wanted: Wanted) -> Register:
    """
    Recommendations of reports, resolutions and decisions, or of the kinds of paper asked for.

    Args:
        engine: What knows the papers.
        wanted: Which ones.

    Raises:
        InvalidFilterError: A filter cannot be true.
        EmptyQuestionError: The text holds no letter and no digit.
        QuestionTooLongError: It is longer than is read.
    """
    kept = [each for each in recommended(engine, wanted.papers) if _passes(each, wanted)]
    found, is_cut = tuple(kept), False
    if wanted.text is not None:
        best = _ranked(engine, wanted.text, wanted.papers, kept)
        found, is_cut = best[:MOST_FOUND], len(best) > MOST_FOUND
    return Register(wanted=wanted, found=found, is_cut=is_cut, generation=engine.state().generation)


def recommended(engine: Engine, papers: Filters) -> tuple[Recommended, ...]:
    """All recommendations of some papers, newest paper first, each paper in its order."""
    every = engine.recommendations(_adopted(papers))
    replaced = _replaced(engine, papers)
    by_paper = {
        file: list(some)
        for file, some in groupby(every, lambda each: each.file)
        if file not in replaced
    }
    chosen = _one_a_work([some[0] for some in by_paper.values()], papers)
    return tuple(each for first in chosen for each in records_of(by_paper[first.file]))


def records_of(passages: Sequence[Passage]) -> Iterator[Recommended]:
    """The recommendations of one paper, from its recommending passages in order."""
    taken: dict[str, int] = {}
    for _, pieces in groupby(passages, lambda each: each.index):
        record = _record(list(pieces))
        taken[record.id] = taken.get(record.id, 0) + 1
        again = taken[record.id]
        yield replace(record, id=f"{record.id}~{again}") if again > 1 else record


def _adopted(papers: Filters) -> Filters:
    """The filters, for what bodies adopt where they name no kind."""
    return papers if papers.kinds else replace(papers, kinds=tuple(map(str, ADOPTED)))


def _replaced(engine: Engine, papers: Filters) -> set[str]:
    """
    Files of papers that a revision replaces, in whatever language that is held.

    The engine keeps an edition in one language when the revision was issued in another one:
    it can be read, but its recommendations are not other ones.
    """
    entries = engine.papers(_adopted(papers))
    held = {symbols.key(each) for entry in entries for each in (entry.symbol, *entry.symbols)}
    named = {symbols.key(each) for each in papers.symbols}
    return {
        entry.file
        for entry in entries
        if entry.superseded_by
        and symbols.key(entry.superseded_by) in held
        and symbols.key(entry.symbol) not in named
    }


def _one_a_work(firsts: Iterable[Passage], papers: Filters) -> list[Passage]:
    """Of each work one language version, by a passage of it: newest first."""
    works: dict[str, list[Passage]] = {}
    for each in firsts:
        works.setdefault(symbols.key(each.symbol), []).append(each)
    chosen = [min(versions, key=lambda p: _preferred(p, papers)) for versions in works.values()]
    chosen.sort(key=lambda each: symbols.key(each.symbol))
    return sorted(chosen, key=lambda each: each.date or "", reverse=True)


def _preferred(passage: Passage, papers: Filters) -> tuple[int, bool, str, str]:
    """Languages in the order asked for, then English, then by name."""
    spoken = passage.language.split("+")
    asked = [at for at, each in enumerate(papers.languages) if each in spoken]
    rank = asked[0] if asked else len(papers.languages)
    return rank, "en" not in spoken, passage.language, passage.file


def _record(pieces: Sequence[Passage]) -> Recommended:
    """The recommendation of a paragraph."""
    first = pieces[0]
    asked = first.recommendation
    if asked is None:
        raise ValueError(f"{citation(first)} recommends nothing")
    text = "".join(each.joint + each.text for each in pieces).strip()
    named = max(0, text.find(asked.addressee))
    end = named + len(asked.addressee)
    beside = enumerated(text, end)
    # The verb of a resolution stands before whom it asks, that of a report behind.
    verb = text.find(asked.verb)
    verb = verb if verb < named else max(0, text.find(asked.verb, end))
    after = text[max(end + len(beside), verb + len(asked.verb)) :]
    return Recommended(
        id=_id(first),
        passage=first,
        text=text,
        citation=citation(first),
        addressee=asked.addressee,
        addressed=addressed(asked.addressee + beside),
        verb=asked.verb,
        strength=strength_of(asked.verb, after),
        agreed=asked.agreed,
        topic=topic_of(first.heading_path),
    )


def _id(passage: Passage) -> str:
    """
    Where a paragraph stands, in one word: `DEMO/COP/WG.4/2022/5:10`, `A/9/1:annex_II:3`.

    A paragraph without a number is called by its place in its paper.
    """
    part = () if passage.part == "body" else (passage.part,)
    number = passage.paragraph or f"p{passage.index + 1}"
    return "_".join(":".join((passage.symbol, *part, number)).split())


def _passes(record: Recommended, wanted: Wanted) -> bool:
    """Whether a recommendation is one of those wanted."""
    topic = (record.topic or "").casefold()
    return (
        (not wanted.addressees or any(each in wanted.addressees for each in record.addressed))
        and (wanted.least is None or record.strength >= wanted.least)
        and (wanted.agreed is None or record.agreed is wanted.agreed)
        and (not wanted.topics or any(each.casefold() in topic for each in wanted.topics))
    )


def _ranked(
    engine: Engine, text: str, papers: Filters, kept: Sequence[Recommended]
) -> tuple[Recommended, ...]:
    """Recommendations that resemble a text, best first; more than are shown where there are."""
    by_place = {(each.passage.file, each.passage.index): each for each in kept}
    filters = replace(_adopted(papers), recommendations=True)
    found: tuple[Recommended, ...] = ()
    # Filters on the words of recommendations hold after ranking: what they leave out must not
    # use up the places.
    for k in (_RANKED, len(engine.recommendations(filters))):
        query = Query(text=text, k=max(1, k), filters=filters, fold=False, explain=False)
        hits = engine.search(query).hits
        places = dict.fromkeys((hit.passage.file, hit.passage.index) for hit in hits)
        found = tuple(by_place[each] for each in places if each in by_place)
        if len(found) > MOST_FOUND or len(found) == len(kept) or len(hits) < k:
            break
    return found
