"""
an agenda item -> what the papers hold for it: its own papers apart from all earlier ones.

Why apart: the papers listed for an item were written to be read before the meeting, while what
was said in earlier years is what nobody remembers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wgsearch.agenda.procedure import is_procedural
from wgsearch.announcements import is_announcement
from wgsearch.answers import Filters
from wgsearch.briefing.records import ItemBrief, Listed, Mention, PaperPassages
from wgsearch.history import before, item_history
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wgsearch.agenda import Agenda, AgendaItem, Slot
    from wgsearch.answers import Engine, Hit, PaperEntry
    from wgsearch.history import History
    from wgsearch.holdings import Holdings


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    How long a brief may be.

    Attributes:
        listed: Passages of each listed paper, at most.
        earlier: Passages of earlier papers, at most.
        per_paper: Passages of one earlier paper, at most.
        recommended: Recommendations, at most.
        share: A passage is left out whose score is below this share of the best one's: further
            down, scores fall to those of passages on other things.
    """

    listed: int = 4
    earlier: int = 8
    per_paper: int = 3
    recommended: int = 8
    share: float = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """
    What an item is looked at against.

    Attributes:
        agenda: The agenda.
        entry: The paper that holds it; None where it is not in the corpus.
        holdings: The papers of the index.
        language: Language of the agenda.
        until: ISO date of its session's end; papers issued later are no earlier ones.
        limits: How much is shown.
    """

    agenda: Agenda
    entry: PaperEntry | None
    holdings: Holdings
    language: str
    until: str | None
    limits: Limits


def item_brief(engine: Engine, setting: Setting, item: AgendaItem) -> ItemBrief:
    """
    What the papers hold for an item, and for each of its sub-items.

    Args:
        engine: Whose papers.
        setting: The agenda and its surroundings.
        item: The item.
    """
    procedural = _is_procedural(item)
    whole = _brief(engine, setting, item, asked=item, is_procedural=procedural)
    if procedural:
        return whole
    parts = tuple(
        _brief(engine, setting, part, asked=within(item, part), is_procedural=False)
        for part in parts_of(item)
        if not is_procedural(part.title)
    )
    return replace(whole, parts=parts)


def _brief(
    engine: Engine, setting: Setting, item: AgendaItem, *, asked: AgendaItem, is_procedural: bool
) -> ItemBrief:
    """One item or sub-item, asked in its words."""
    documents = tuple(
        Listed(
            document=each,
            entry=setting.holdings.of(each.symbol) if each.symbol else None,
        )
        for each in item.documents
    )
    listed: tuple[PaperPassages, ...] = ()
    earlier: tuple[PaperPassages, ...] = ()
    if not is_procedural:
        listed = _listed(engine, setting, asked, documents)
        earlier = _earlier(engine, setting, asked, documents)
    past = None if is_procedural else past_of(engine, setting, asked)
    return ItemBrief(
        item=item,
        slots=slots_of(setting.agenda.timetable, item.number),
        documents=documents,
        mentions=_mentions(setting, item),
        listed=listed,
        earlier=earlier,
        history=past,
        recommended=past.recommended[: setting.limits.recommended] if past else (),
        is_procedural=is_procedural,
    )


def past_of(engine: Engine, setting: Setting, item: AgendaItem) -> History:
    """Whether an item was addressed at an earlier session; other papers of its own do not count."""
    entry = setting.entry
    unseen = before(setting.holdings, entry.symbol) if entry else ()
    return item_history(engine, item, unseen=unseen)


def slots_of(timetable: Sequence[Slot], number: str) -> tuple[Slot, ...]:
    """Meetings at which an item, or a sub-item of it, is taken up."""
    return tuple(
        slot
        for slot in timetable
        if any(each == number or each.startswith(f"{number} (") for each in slot.items)
    )


def _is_procedural(item: AgendaItem) -> bool:
    """Whether an item and all its sub-items are of procedure."""
    return is_procedural(item.title) and all(is_procedural(e.title) for e in item.sub_items)


def parts_of(item: AgendaItem) -> tuple[AgendaItem, ...]:
    """The sub-items of an item, as items with the papers that are listed for them."""
    return tuple(
        replace(
            item,
            number=part.number,
            title=part.title,
            sub_items=(),
            annotation=None,
            documents=tuple(each for each in item.documents if each.sub_item == part.number),
            note=None,
        )
        for part in item.sub_items
    )


def within(item: AgendaItem, part: AgendaItem) -> AgendaItem:
    """A sub-item as it is asked: its title says little without that of its item."""
    return replace(part, title=f"{item.title}: {part.title}")


def _listed(
    engine: Engine, setting: Setting, item: AgendaItem, documents: Sequence[Listed]
) -> tuple[PaperPassages, ...]:
    """The best passages of each listed paper, in the order listed."""
    entries = {each.entry.symbol: each.entry for each in documents if each.entry}
    found: list[PaperPassages] = []
    for entry in entries.values():
        filters = Filters(
            symbols=(entry.symbol,),
            kinds=(entry.kind,),
            languages=tuple(entry.language.split("+")),
            not_symbols=_others(setting.holdings.entries, entry),
        )
        most = setting.limits.listed
        hits = _telling(engine, setting, item, filters, most)[:most]
        found.append(PaperPassages(entry=entry, hits=tuple(hits)))
    return tuple(found)


def _others(entries: Iterable[PaperEntry], entry: PaperEntry) -> tuple[str, ...]:
    """Symbols that a paper's own begins: its addenda and corrigenda are papers of their own."""
    own = symbols.key(entry.symbol)
    return tuple(
        dict.fromkeys(
            each.symbol for each in entries if symbols.key(each.symbol).startswith(f"{own}/")
        )
    )


def _earlier(
    engine: Engine, setting: Setting, item: AgendaItem, documents: Sequence[Listed]
) -> tuple[PaperPassages, ...]:
    """
    Passages of all other papers up to the session, newest paper first.

    They are looked for in the agenda's language, and beside it in papers that are held in other
    languages only: a second version of the same words is nothing more to read.
    """
    holdings = setting.holdings
    left_out = (
        *(each.entry.symbol for each in documents if each.entry),
        *(each.document.symbol for each in documents if each.document.symbol),
        *holdings.after(setting.until),
    )
    own = Filters(languages=(setting.language,), not_symbols=left_out)
    hits = _best(engine, setting, item, own)
    if others := holdings.languages_beside(setting.language):
        foreign = Filters(
            languages=others,
            not_symbols=(*left_out, *holdings.with_version_in(setting.language)),
        )
        room = max(1, setting.limits.earlier - len(hits))
        hits += _best(engine, setting, item, foreign)[:room]
    by_paper: dict[str, list[Hit]] = {}
    for hit in hits:
        by_paper.setdefault(hit.passage.file, []).append(hit)
    entries = {each.file: each for each in holdings.entries}
    papers = [PaperPassages(entry=entries[file], hits=tuple(own)) for file, own in by_paper.items()]
    return tuple(sorted(papers, key=lambda each: each.entry.date or "", reverse=True))


def _best(engine: Engine, setting: Setting, item: AgendaItem, filters: Filters) -> list[Hit]:
    """The best passages, so many of a paper, down to where scores fall off."""
    hits = _telling(engine, setting, item, filters, setting.limits.earlier)
    least = max(0.0, setting.limits.share * hits[0].score) if hits else 0.0
    taken: Counter[str] = Counter()
    kept: list[Hit] = []
    for hit in hits:
        taken[hit.passage.file] += 1
        if hit.score >= least and taken[hit.passage.file] <= setting.limits.per_paper:
            kept.append(hit)
    return kept[: setting.limits.earlier]


def _telling(
    engine: Engine, setting: Setting, item: AgendaItem, filters: Filters, most: int
) -> list[Hit]:
    """Passages for an item, without those that only announce what their paper is."""
    # Twice as many as are shown: so many are left when announcements and repetitions are out.
    answer = engine.item(setting.agenda, item, k=2 * most, filters=filters).answer
    return [hit for hit in answer.hits if not is_announcement(hit.passage.text)]


def _mentions(setting: Setting, item: AgendaItem) -> tuple[Mention, ...]:
    """Papers that the annotation names and the documentation does not."""
    listed = {symbols.key(each.symbol) for each in item.documents if each.symbol}
    own = symbols.key(setting.agenda.symbol) if setting.agenda.symbol else None
    found: dict[str, Mention] = {}
    for symbol in symbols.find(item.annotation or ""):
        key = symbols.key(symbol)
        if key not in listed and key != own:
            found.setdefault(key, Mention(symbol=symbol, entry=setting.holdings.of(symbol)))
    return tuple(found.values())
