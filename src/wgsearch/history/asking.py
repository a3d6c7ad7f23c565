"""
topic, or agenda item -> History: verdict, timeline, and what was recommended.

Why the same signs for all three: a verdict that says more than its timeline shows, or less, could
not be checked.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from wgsearch.answers import Filters
from wgsearch.errors import EmptyQuestionError, InvalidFilterError
from wgsearch.history.records import History, Occasion
from wgsearch.history.signs import found_in, signs
from wgsearch.history.topics import topic_of
from wgsearch.history.verdicts import is_about, judged, names, treats
from wgsearch.papers import symbols
from wgsearch.papers.paper import PaperKind
from wgsearch.passages import citation
from wgsearch.phrases import said
from wgsearch.question import has_words
from wgsearch.register import ADOPTED
from wgsearch.register.gather import records_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wgsearch.agenda import AgendaItem
    from wgsearch.answers import Engine, PaperEntry
    from wgsearch.history.records import Evidence
    from wgsearch.history.signs import ItemSign, PassageSign, Signs
    from wgsearch.holdings import Holdings
    from wgsearch.register.records import Recommended

# Places of one paper in a timeline: the third says nothing new about when it was.
_PER_PAPER = 2
# Places in a timeline; the nearest are kept.
_MOST = 16
# Beside a passage that has all words of a topic, one that has but some of them is on another.
_BESIDE_BEST = 0.65
_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
_YEAR_LENGTH = 4


def history(
    engine: Engine, topic: str, *, filters: Filters | None = None, unseen: Sequence[str] = ()
) -> History:
    """
    Whether a topic was addressed before.

    Args:
        engine: Whose papers.
        topic: A topic, or a question that asks whether it was addressed.
        filters: Which papers count; all by default.
        unseen: Symbols of papers that do not count, such as those of the session asked for.

    Raises:
        EmptyQuestionError: The topic holds no letter and no digit.
        InvalidFilterError: A filter cannot be true.
    """
    if not has_words(topic):
        raise EmptyQuestionError("the topic holds no letter and no digit; name it in words")
    asked = topic_of(topic)
    chosen = filters or Filters()
    chosen = replace(chosen, not_symbols=(*chosen.not_symbols, *unseen))
    found = signs(engine, asked, chosen)
    verdict, confidence = judged(found)
    shown = () if verdict == "not_found" else _timeline(found, verdict == "dedicated_item")
    return History(
        topic=topic,
        verdict=verdict,
        confidence=confidence,
        timeline=shown,
        recommended=_recommended(found) if shown else (),
        generation=engine.state().generation,
        notes=_notes(found, shown),
    )


def before(holdings: Holdings, when: str) -> tuple[str, ...]:
    """
    Symbols of papers that do not count before a date, or before the session of an agenda.

    Args:
        holdings: The papers of the index.
        when: An ISO date, or its year or month alone; or the symbol of an agenda, in whole or
            in part.

    Raises:
        InvalidFilterError: It is neither a date nor the symbol of a paper of the index.
    """
    if _is_date(when):
        return holdings.from_day(when)
    entry = holdings.of(when) or holdings.of(holdings.meant(when))
    if entry is None:
        raise InvalidFilterError(
            f"before {when!r}: neither a date such as 2024-06-30, nor the symbol of a paper of the"
            " index"
        )
    return tuple(
        dict.fromkeys((*holdings.of_session(entry), *holdings.from_day(entry.date or "9999")))
    )


def _is_date(text: str) -> bool:
    """An ISO date, or its beginning: a year, a month."""
    if not _DATE.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat(text + "-01-01"[len(text) - _YEAR_LENGTH :])
    except ValueError:
        return False
    return True


def item_history(
    engine: Engine, item: AgendaItem, *, filters: Filters | None = None, unseen: Sequence[str] = ()
) -> History:
    """Whether what an agenda item is about was addressed before; its own papers do not count."""
    listed = [each.symbol for each in item.documents if each.symbol]
    return history(engine, item.title, filters=filters, unseen=(*unseen, *listed))


def _timeline(found: Signs, is_dedicated: bool) -> tuple[Occasion, ...]:  # noqa: FBT001 - private
    """Where the topic came up, oldest first; the nearest places of each paper."""
    about = [_of_item(each) for each in found.items if is_about(each)] if is_dedicated else []
    seen = {(symbols.key(each.paper.symbol), each.words) for each in about}
    best = max((_near(each) for each in found.passages), default=0.0)
    own = [
        each
        for each in found.passages
        if (treats(each) or names(each)) and _near(each) >= _BESIDE_BEST * best
    ]
    if is_dedicated and not about:
        own = list(found.passages[:_MOST])  # a whole paper is on it, in other words
    taken: dict[str, int] = {}
    said: list[Occasion] = []
    for sign in own or found.passages[:1]:
        key = symbols.key(sign.entry.symbol)
        taken[key] = taken.get(key, 0) + 1
        if taken[key] <= _PER_PAPER and (key, sign.words) not in seen:
            said.append(_of_passage(sign, found))
    chosen = [*_once(about), *said][:_MOST]
    return tuple(sorted(chosen, key=lambda each: (each.date or "", each.paper.symbol)))


def _near(sign: PassageSign) -> float:
    """How far a topic is found in a passage, or in a sentence of it."""
    return max(found_in(sign.of_text), found_in(sign.of_sentence))


def _once(found: Sequence[Occasion]) -> Iterator[Occasion]:
    """Occasions of different papers and titles; the masthead repeats what the agenda lists."""
    seen: set[tuple[str, str]] = set()
    for each in found:
        key = (symbols.key(each.paper.symbol), each.words.casefold())
        if key not in seen:
            seen.add(key)
            yield each


def _of_item(sign: ItemSign) -> Occasion:
    """A title that is on the topic."""
    is_listed = sign.is_item and sign.entry.has_agenda
    symbol = sign.entry.symbol
    return Occasion(
        kind="agenda_item" if sign.is_item else "paper",
        session=sign.entry.session,
        date=sign.entry.date,
        item=sign.number,
        item_title=sign.item_title,
        paper=sign.entry,
        words=sign.words,
        citation=f"{symbol}, item {sign.number}" if is_listed and sign.number else symbol,
        hit=None,
        is_about=True,
    )


def _of_passage(sign: PassageSign, found: Signs) -> Occasion:
    """A passage that treats or names the topic, under the item of its paper."""
    own = next(
        (each for each in found.items if each.entry.file == sign.entry.file and each.item_title),
        None,
    )
    return Occasion(
        kind=_kind(sign),
        session=sign.entry.session,
        date=sign.entry.date,
        item=own.number if own else None,
        item_title=own.item_title if own else None,
        paper=sign.entry,
        words=sign.words,
        citation=citation(sign.hit.passage),
        hit=sign.hit,
        is_about=treats(sign),
    )


def _kind(sign: PassageSign) -> Evidence:
    """What a passage is as evidence."""
    if sign.hit.passage.recommendation is not None:
        return "recommendation"
    if sign.entry.kind in {PaperKind.REPORT, PaperKind.DRAFT_REPORT}:
        return "report"
    return "passage"


def _recommended(found: Signs) -> tuple[Recommended, ...]:
    """What bodies recommended on the topic, newest first."""
    best = max((_near(each) for each in found.passages), default=0.0)
    passages = [
        sign.hit.passage
        for sign in found.passages
        if sign.hit.passage.recommendation is not None
        and sign.entry.kind in ADOPTED
        and (treats(sign) or names(sign))
        and _near(sign) >= _BESIDE_BEST * best
    ]
    records = [record for each in passages for record in records_of([each])]
    return tuple(sorted(records, key=lambda each: each.passage.date or "", reverse=True))


def _notes(found: Signs, shown: Sequence[Occasion]) -> tuple[str, ...]:
    """What the reader should know about the answer."""
    notes: list[str] = []
    if not found.passages:
        notes.append(said("no paper counts: none is older, or the filters leave none"))
    replaced: list[PaperEntry] = [each.paper for each in shown if each.paper.superseded_by]
    notes += [
        said("{symbol} was replaced by {newer}", symbol=each.symbol, newer=each.superseded_by)
        for each in replaced
    ]
    return tuple(dict.fromkeys(notes))
