"""Agenda x Engine -> Pack: all items, what is missing, and which papers it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from wgsearch.briefing.items import Limits, Setting, item_brief
from wgsearch.briefing.records import Pack
from wgsearch.errors import UnknownItemError
from wgsearch.holdings import Holdings, spoken
from wgsearch.papers import symbols
from wgsearch.papers.dates import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wgsearch.agenda import Agenda, AgendaItem, ListedDocument
    from wgsearch.answers import Engine, PaperEntry
    from wgsearch.briefing.records import ItemBrief


class Progress(Protocol):
    """What is told how far a pack is."""

    def __call__(self, number: str, done: int, total: int, /) -> None:
        """The item of this number is done; so many are, of so many."""


def brief(
    engine: Engine,
    agenda: Agenda,
    *,
    prepared: str,
    language: str = "en",
    items: Sequence[str] = (),
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Pack:
    """
    The briefing pack for an agenda.

    Args:
        engine: Whose papers.
        agenda: The agenda, of the corpus or not.
        prepared: ISO date that the pack bears.
        language: Language of an agenda that is not in the corpus (ISO 639-1).
        items: Numbers of the items wanted; none for all.
        limits: How much is shown of each.
        progress: Told after each item.

    Raises:
        UnknownItemError: The agenda has no item of such a number.
    """
    chosen = chosen_items(agenda, items)
    setting = setting_of(engine, agenda, language=language, limits=limits)
    briefs: list[ItemBrief] = []
    for done, item in enumerate(chosen, start=1):
        briefs.append(item_brief(engine, setting, item))
        if progress:
            progress(item.number, done, len(chosen))
    state = engine.state()
    return Pack(
        agenda=agenda,
        entry=setting.entry,
        items=tuple(briefs),
        missing=tuple(_missing(briefs)),
        prepared=prepared,
        generation=state.generation,
        corpus_digest=state.corpus_digest,
        papers=state.papers,
        passages=state.passages,
        built_at=state.built_at,
        language=setting.language,
    )


def chosen_items(agenda: Agenda, numbers: Sequence[str]) -> tuple[AgendaItem, ...]:
    """The items of these numbers, in the order of the agenda; all for none."""
    known = [each.number for each in agenda.items]
    for number in numbers:
        if number not in known:
            raise UnknownItemError(
                f"the agenda has no item {number!r}; its items are {', '.join(known)}"
            )
    return tuple(each for each in agenda.items if not numbers or each.number in numbers)


def setting_of(
    engine: Engine, agenda: Agenda, *, language: str = "en", limits: Limits | None = None
) -> Setting:
    """What the items of an agenda are looked at against."""
    holdings = Holdings(engine)
    entry = _own(holdings, agenda)
    own = spoken(entry.language) if entry else language
    return Setting(
        agenda=agenda,
        entry=entry,
        holdings=Holdings(engine, own) if own != "en" else holdings,
        language=own,
        until=_until(engine, agenda, entry),
        limits=limits or Limits(),
    )


def _own(holdings: Holdings, agenda: Agenda) -> PaperEntry | None:
    """The paper of the index that holds the agenda."""
    if agenda.symbol is None:
        return None
    key = symbols.key(agenda.symbol)
    return next((each for each in holdings.entries if symbols.key(each.symbol) == key), None)


def _until(engine: Engine, agenda: Agenda, entry: PaperEntry | None) -> str | None:
    """Last day of the session: by the organization of work, else as the masthead prints it."""
    days = [slot.date for slot in agenda.timetable if slot.date]
    if days:
        return max(days)
    if entry is None:
        return None
    meeting = engine.paper(entry.symbol, spoken(entry.language)).meeting
    printed = find_dates(meeting) if meeting else None
    return printed[1] if printed else entry.date


def _missing(briefs: Sequence[ItemBrief]) -> Iterator[ListedDocument]:
    """Documents listed by symbol and not held, once each."""
    seen: set[str] = set()
    for each in briefs:
        for listed in each.documents:
            symbol = listed.document.symbol
            if symbol and listed.entry is None and symbols.key(symbol) not in seen:
                seen.add(symbols.key(symbol))
                yield listed.document
