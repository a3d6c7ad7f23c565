"""
ItemBrief -> what the page of an agenda shows of it: words, places, years, links to its pack.

Why apart from the routes: that each quotation leads to its paragraph, and that nothing is left
out without a word, is tested here without a browser.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.api.addresses import anchor, link, paper_url
from wgsearch.api.phrases import Day, listed
from wgsearch.api.register_page import entry as shown_recommendation
from wgsearch.api.results import shown_hit
from wgsearch.export.lengths import Lengths
from wgsearch.export.past import KINDS, VERDICTS, telling
from wgsearch.phrases import Said, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.agenda import Slot
    from wgsearch.answers import Answer, Hit, PaperEntry
    from wgsearch.api.register_page import Entry
    from wgsearch.api.results import ShownHit
    from wgsearch.briefing.records import ItemBrief, PaperPassages
    from wgsearch.history.records import History, Occasion

# Asked for beside the brief: enough to judge an item by.
ITEM_PASSAGES = 5
# What the pack of an agenda or of one item may be, by the suffix of its address.
PACKS = {
    "docx": said("Word (DOCX)"),
    "md": said("Markdown"),
    "html": said("For print"),
    "json": said("JSON"),
}


class ShownPaper(NamedTuple):
    """A paper and its passages."""

    entry: PaperEntry
    url: str
    hits: tuple[ShownHit, ...]


class ShownYear(NamedTuple):
    """Papers of a year; `Undated` for those without a date."""

    year: str
    papers: tuple[ShownPaper, ...]


class ShownOccasion(NamedTuple):
    """A place where the topic of an item came up: in words, where it is read, its language."""

    occasion: Occasion
    kind: str
    url: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHistory:
    """
    Whether an item was addressed before.

    Attributes:
        history: The whole.
        verdict: The verdict in a sentence.
        timeline: The most telling places, oldest first.
        left: How many more there are, which only touch on the topic.
    """

    history: History
    verdict: str
    timeline: tuple[ShownOccasion, ...]
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownItem:
    """
    An item or sub-item as its page shows it.

    Attributes:
        brief: What the papers hold for it.
        ident: Anchor.
        answer: Whether papers cover it; None for a sub-item.
        taken: Meetings at which it is taken up, in words; empty without any.
        listed: Papers listed for it that have passages on it.
        earlier: Passages of other papers, by year, newest first.
        past: Whether it was addressed before; None for an item of procedure.
        recommended: What was recommended before, newest first.
        packs: Words and addresses of its pack; empty where there is no address.
        parts: Its sub-items.
    """

    brief: ItemBrief
    ident: str
    answer: Answer | None
    taken: str
    listed: tuple[ShownPaper, ...]
    earlier: tuple[ShownYear, ...]
    past: ShownHistory | None
    recommended: tuple[Entry, ...]
    packs: tuple[tuple[str, str], ...]
    parts: tuple[ShownItem, ...]


def shown_item(brief: ItemBrief, ident: str, answer: Answer | None, url: str | None) -> ShownItem:
    """
    An item as the page shows it.

    Args:
        brief: What the papers hold for it.
        ident: Its anchor.
        answer: Whether papers cover it; None for a sub-item.
        url: Address of its agenda; None where that is not in the corpus.
    """
    years = groupby(brief.earlier, lambda each: (each.entry.date or "Undated ")[:4])
    number = brief.item.number
    return ShownItem(
        brief=brief,
        ident=ident,
        answer=answer,
        taken=_taken(brief.slots),
        listed=_papers([each for each in brief.listed if each.hits]),
        earlier=tuple(
            ShownYear(year if year.isdigit() else said("Undated"), _papers(list(papers)))
            for year, papers in years
        ),
        past=_past(brief.history) if brief.history else None,
        recommended=tuple(shown_recommendation(each) for each in brief.recommended),
        packs=packs(url, number) if url and answer is not None else (),
        parts=tuple(
            shown_item(part, f"{ident}-{at}", None, url)
            for at, part in enumerate(brief.parts, start=1)
        ),
    )


def _taken(slots: Sequence[Slot]) -> str:
    """Meetings in words: `on 29 June 2026, 10:00–13:00 and 15:00–18:00; on 30 June 2026`."""
    found: list[str] = []
    for date, meetings in groupby(slots, lambda each: each.date):
        times = [
            f"{each.start}–{each.end}" if each.end else each.start
            for each in meetings
            if each.start
        ]
        if date and times:
            found.append(said("on {date}, {times}", date=Day(date), times=listed(times)))
        elif date:
            found.append(said("on {date}", date=Day(date)))
        elif times:
            found.append(listed(times))
    if not found:
        return ""
    before = found[0]
    for each in found[1:]:
        before = said("{before}; {each}", before=before, each=each)
    return before


def packs(url: str, number: str | None = None) -> tuple[tuple[str, str], ...]:
    """Words and addresses of the pack of an agenda, or of one of its items."""
    asked = [("item", number)] if number else []
    return tuple((words, link(f"{url}/pack.{suffix}", asked)) for suffix, words in PACKS.items())


def _past(history: History) -> ShownHistory:
    timeline = telling(history.timeline, Lengths().timeline)
    return ShownHistory(
        history=history,
        verdict=Said(VERDICTS[history.verdict], {}),
        timeline=tuple(_occasion(each) for each in timeline),
        left=len(history.timeline) - len(timeline),
    )


def _occasion(occasion: Occasion) -> ShownOccasion:
    paper = occasion.paper
    url, language = paper_url(paper.symbol, paper.language), paper.language
    if occasion.hit is not None:
        passage = occasion.hit.passage
        place = anchor(passage.paragraph, passage.part, passage.index)
        url = f"{paper_url(passage.symbol, passage.language)}#{place}"
        language = passage.lang or passage.language
    kind = Said(KINDS[occasion.kind], {})
    return ShownOccasion(
        occasion=occasion,
        kind=kind if occasion.is_about else said("{kind}, in passing", kind=kind),
        url=url,
        language=language,
    )


def _papers(papers: Sequence[PaperPassages]) -> tuple[ShownPaper, ...]:
    return tuple(
        ShownPaper(
            entry=each.entry,
            url=paper_url(each.entry.symbol, each.entry.language),
            hits=tuple(_quoted(hit) for hit in each.hits),
        )
        for each in papers
    )


def _quoted(hit: Hit) -> ShownHit:
    """
    A passage with its best sentence set off.

    Why without marked words: an annotation is so long that every other word is one of it.
    """
    return shown_hit(replace(hit, match=replace(hit.match, spans=())), None)
