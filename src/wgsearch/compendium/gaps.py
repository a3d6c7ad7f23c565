"""
topics, agendas and papers -> what is missing.

Why each with its figures: "not addressed" is a claim, and who reads it asks at once since when,
and out of how many papers.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from wgsearch.agenda.procedure import is_procedural
from wgsearch.compendium.records import Gap
from wgsearch.errors import NotAnAgendaError
from wgsearch.holdings import spoken
from wgsearch.papers import symbols
from wgsearch.papers.paper import PaperKind
from wgsearch.register import ADOPTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wgsearch.agenda import Agenda, AgendaItem
    from wgsearch.answers import Engine, PaperEntry
    from wgsearch.compendium.records import Topic
    from wgsearch.holdings import Holdings

# Years with papers that say nothing on a topic: a working group takes most of its subjects up
# again within two sessions.
LONG_YEARS = 3
# A paper is on the topics that hold at least this share of its paragraphs: with a larger one, what
# was recommended on its lesser subjects would be overlooked.
_ON = 0.1
# Adopted papers record, procedure announces: neither waits for a recommendation.
_WAITS = (PaperKind.BACKGROUND_PAPER, PaperKind.CONFERENCE_ROOM_PAPER, PaperKind.NOTE)
_NAMED = 3
_YEARS_NAMED = 4


def gaps(
    engine: Engine, holdings: Holdings, topics: Sequence[Topic], uncovered: Sequence[str] = ()
) -> tuple[Gap, ...]:
    """
    What is missing: by kind, and within a kind in the order of topics, agendas and papers.

    Args:
        engine: Whose papers.
        holdings: The papers held.
        topics: Topics, described, in reading order.
        uncovered: Names of topics that the taxonomy does not cover.
    """
    # On procedure nothing is missing.
    topics = [each for each in topics if not is_procedural(each.name)]
    adopted = any(each.kind in ADOPTED for each in holdings.entries)
    return (
        *_long_not_addressed(holdings, topics),
        # Without a report or resolution nothing can have been recommended.
        *(_without_recommendation(topics) if adopted else ()),
        *_items_without_papers(engine, holdings),
        *_papers_without_recommendation(holdings, topics),
        *(
            Gap(
                kind="not covered by the taxonomy",
                subject=name,
                words=f"The taxonomy has no topic for “{name}”.",
            )
            for name in uncovered
        ),
    )


def _long_not_addressed(holdings: Holdings, topics: Sequence[Topic]) -> Iterator[Gap]:
    """Topics that papers of several years say nothing on."""
    years = sorted({int(each.date[:4]) for each in holdings.entries if each.date})
    for topic in topics:
        since = [year for year in years if topic.years and year > max(topic.years)]
        if len(since) >= LONG_YEARS:
            later = _listed(since)
            if len(since) > _YEARS_NAMED:
                later = f"{len(since)} later years ({since[0]} to {since[-1]})"
            yield Gap(
                kind="long not addressed",
                subject=topic.id,
                words=f"Last addressed in {max(topic.years)}; no paragraph of the papers of {later}"
                " is mainly on it.",
            )


def _without_recommendation(topics: Sequence[Topic]) -> Iterator[Gap]:
    """Topics that no recommendation is on."""
    for topic in topics:
        if not topic.advice:
            paragraphs, papers = len(topic.places), len({each.symbol for each in topic.places})
            yield Gap(
                kind="no recommendation",
                subject=topic.id,
                words=f"{_counted(paragraphs, 'paragraph')} of {_counted(papers, 'paper')}, and no"
                " recommendation.",
            )


def _items_without_papers(engine: Engine, holdings: Holdings) -> Iterator[Gap]:
    """Items of agendas, but for procedure, for which no paper is held."""
    for entry in _once(each for each in holdings.entries if each.has_agenda):
        try:
            agenda = engine.agenda(entry.symbol)
        except NotAnAgendaError:
            continue
        for item in agenda.items:
            if not is_procedural(item.title) and not _has_papers(engine, holdings, agenda, item):
                listed = [each.symbol for each in item.documents if each.symbol]
                why = f"; {_listed(listed)} not held" if listed else ""
                yield Gap(
                    kind="agenda topic without papers",
                    subject=item.title,
                    words=f"Item {item.number} of {entry.symbol}, “{item.title}”, has no paper"
                    f"{why}.",
                )


def _has_papers(engine: Engine, holdings: Holdings, agenda: Agenda, item: AgendaItem) -> bool:
    """Whether a paper listed for an item is held, or one issued under it in the same year."""
    listed = (each.symbol for each in item.documents if each.symbol)
    if any(_is_paper(holdings.of(each)) for each in listed):
        return True
    own = holdings.of(agenda.symbol) if agenda.symbol else None
    if own is None:
        return False
    session = {symbols.key(each) for each in holdings.of_session(own)}
    return any(
        symbols.key(each.symbol) in session and _is_under(engine, each, item.number)
        for each in holdings.entries
        if _is_paper(each)
    )


def _is_paper(entry: PaperEntry | None) -> bool:
    """Whether it is held and says something on its subject."""
    return entry is not None and entry.kind not in (PaperKind.AGENDA, PaperKind.CORRIGENDUM)


def _is_under(engine: Engine, entry: PaperEntry, number: str) -> bool:
    """Whether the masthead of a paper names an item."""
    named = engine.paper(entry.symbol, spoken(entry.language)).agenda_item
    return named is not None and named.number.split(" ")[0] == number


def _papers_without_recommendation(holdings: Holdings, topics: Sequence[Topic]) -> Iterator[Gap]:
    """Papers after which something was adopted, but nothing on what they are about."""
    dates = sorted(each.date for each in holdings.entries if each.kind in ADOPTED and each.date)
    held = _held_by(topics)
    for entry in _once(each for each in holdings.entries if each.kind in _WAITS):
        if entry.superseded_by or not entry.date or not dates or dates[-1] < entry.date:
            continue
        own = [topics[at] for at in _most_of(held.get(entry.symbol, {}))]
        later = any(
            advice.place.date and advice.place.date >= entry.date
            for topic in own
            for advice in topic.advice
        )
        if own and not later:
            count = sum(date >= entry.date for date in dates)
            yield Gap(
                kind="paper without recommendation",
                subject=entry.symbol,
                words=f"{_counted(count, 'report, resolution or decision')} came after it; none"
                f" recommends anything on {_listed([each.name for each in own])}.",
            )


def _held_by(topics: Sequence[Topic]) -> Mapping[str, Mapping[int, int]]:
    """How many paragraphs of each paper each topic holds."""
    found: dict[str, Counter[int]] = {}
    for at, topic in enumerate(topics):
        for where in topic.places:
            found.setdefault(where.symbol, Counter())[at] += 1
    return found


def _most_of(held: Mapping[int, int]) -> list[int]:
    """Topics that hold much of a paper, those that hold most first."""
    whole = sum(held.values())
    order = sorted(held, key=lambda at: (-held[at], at))
    return [at for at in order if held[at] >= _ON * whole][:_NAMED]


def _once(entries: Iterable[PaperEntry]) -> Iterator[PaperEntry]:
    """One language version of each paper, by date and symbol."""
    found: dict[str, PaperEntry] = {}
    for each in sorted(entries, key=lambda e: (e.language != "en", e.language, e.file)):
        found.setdefault(symbols.key(each.symbol), each)
    yield from sorted(found.values(), key=lambda e: (e.date or "9999", e.symbol))


def _counted(count: int, noun: str) -> str:
    """A number with its noun: `1 paper`, `3 papers`."""
    if count == 1:
        return f"1 {noun}"
    head, _, rest = noun.partition(",")
    plural = f"{head}s{', resolutions or decisions' if rest else ''}"
    return f"{count:,} {plural}"


def _listed(names: Sequence[object]) -> str:
    """Names as a sentence lists them."""
    *head, last = map(str, names)
    return f"{', '.join(head)} and {last}" if head else last
