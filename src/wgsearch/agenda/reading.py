"""
Paper -> Agenda: which of its lists are the items, then what stands under each.

Why not by paragraphs: in an agenda numbers count items, in any other paper paragraphs; lists
and annotations are read from the lines by counters of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from wgsearch.agenda import wording
from wgsearch.agenda.annotations import annotate
from wgsearch.agenda.listing import Chain, Draft, read_chain, read_chains
from wgsearch.agenda.records import Agenda, AgendaItem, SubItem
from wgsearch.agenda.timetable import find_timetable, read_timetable
from wgsearch.agenda.titles import words
from wgsearch.agenda.units import Unit, is_wrapped, units_of
from wgsearch.papers import symbols
from wgsearch.papers.paper import PaperKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.paper import Paper

# Between the words that announce a list and its first item stand at most this many pieces.
NEAR = 6
# The agenda of a coming session has an opening and a report at least, and business between.
MIN_COMING = 3
# How alike the title of an item is in the contents and above its annotation.
SAME_ITEM = 80


def read_agenda(paper: Paper) -> Agenda | None:
    """
    The agenda that a paper holds.

    The list gives numbers and titles, the annotations repeat them as headings. A symbol is
    documentation when it stands in a block of documentation, in an entry that ends or begins
    with it, alone in a footnote in the agenda's own series, or in a sentence that puts the paper
    before the body; any other symbol is a mention.

    Returns:
        None when no item could be read, or the paper is no agenda and holds none of a coming
        session.
    """
    if paper.kind is not PaperKind.AGENDA and not _may_hold(paper):
        return None
    units = units_of(paper.lines, wrapped=is_wrapped(paper.lines))
    own = paper.kind is PaperKind.AGENDA
    if own:
        chain, title = _chosen(units, read_chains(units)), paper.title
    else:
        chain, title = _coming(units)
    if chain is None:
        return None
    series = None
    if paper.symbol:
        series = symbols.parse(paper.symbol).base.rpartition("/")[0].casefold() + "/"
    place = find_timetable(paper.lines) if own else None
    annotate(
        units,
        chain,
        paper.footnotes,
        series,
        annotated=own,
        timetable=place,
    )
    items = tuple(_item(draft) for draft in chain.drafts.values())
    return Agenda(
        symbol=paper.symbol or _inferred(paper, items),
        title=title,
        items=items,
        timetable=tuple(read_timetable(paper, items, place)),
    )


def _item(draft: Draft) -> AgendaItem:
    """The record of a draft."""
    return AgendaItem(
        number=draft.number,
        title=draft.title,
        sub_items=tuple(SubItem(number=each.number, title=each.title) for each in draft.sub_items),
        annotation="\n\n".join(draft.annotation) or None,
        documents=tuple(draft.documents),
        note=draft.note,
    )


def _chosen(units: Sequence[Unit], found: Sequence[Chain]) -> Chain | None:
    """
    The chain that is the agenda.

    A list under its heading comes first, then the first list, then the headings of the
    annotations; a list with less than half the items of those headings is some other list.
    """
    contents = [chain for chain in found if units[chain.start].leaders]
    chains = _longest_by_start([chain for chain in found if chain not in contents])
    lists = [chain for chain in chains if chain.is_list]
    loose = max(
        (chain for chain in chains if not chain.is_list),
        key=lambda each: len(each.drafts),
        default=None,
    )
    named = [chain for chain in lists if _is_named(chain, units)]
    for chain in [*named, *lists]:
        listed = len(chain.drafts)
        if listed > 1 and (loose is None or 2 * listed >= len(loose.drafts)):
            return chain
    if loose:
        _complete(loose, contents)
    return loose or (named[0] if named else None)


def _longest_by_start(chains: Sequence[Chain]) -> list[Chain]:
    """Of chains with one beginning the longest; a list where they are equally long."""
    best: dict[int, Chain] = {}
    for chain in chains:
        known = best.get(chain.start)
        if known is None or (len(chain.drafts), chain.is_list) > (len(known.drafts), known.is_list):
            best[chain.start] = chain
    return list(best.values())


def _is_named(chain: Chain, units: Sequence[Unit]) -> bool:
    """The heading of a list stands close above a chain."""
    above = units[max(0, chain.start - NEAR) : chain.start]
    return any(
        wording.LIST.fullmatch(unit.text) and not wording.ANNOTATIONS.fullmatch(unit.text)
        for unit in above
    )


def _complete(chain: Chain, contents: Sequence[Chain]) -> None:
    """
    Take titles from the contents where only these list the items of an annotated agenda.

    The heading above an annotation is often shorter than the title of the item.
    """
    for listed in (draft for each in contents for draft in each.drafts.values()):
        draft = chain.drafts.get(listed.number)
        if draft and fuzz.token_set_ratio(words(draft.title), words(listed.title)) >= SAME_ITEM:
            draft.title = listed.title


def _may_hold(paper: Paper) -> bool:
    """Whether a paper speaks of the provisional agenda of a session, in any language."""
    return _names_agenda(" ".join(line.text for line in paper.lines))


def _names_agenda(text: str) -> bool:
    """The words are in the text, whatever it says of them; quicker than a search for a form."""
    folded = text.casefold()
    return any(each in folded for each in _ANNOUNCED)


_ANNOUNCED = (
    *("provisional agenda", "ordre du jour provisoire", "programa provisional"),
    *("предварительная повестка", "предварительную повестку", "предварительной повестк"),
    *("临时议程", "جدول الأعمال المؤقت"),
)


def _coming(units: Sequence[Unit]) -> tuple[Chain | None, str | None]:
    """
    The provisional agenda of a coming session within a report, and the words that announce it.

    Announced by a heading, or by a sentence that leads up to the list; what follows must be a
    list of titles, with nothing but documentation between. A table of contents, and a chapter
    of numbered paragraphs about the agenda, are no list.
    """
    for at, unit in enumerate(units):
        match = wording.COMING.search(unit.text) if _names_agenda(unit.text) else None
        if match is None or unit.leaders or not _announces(unit, match):
            continue
        for start in range(at + 1, min(at + 1 + NEAR, len(units))):
            chain = read_chain(units, start)
            if chain and len(chain.drafts) >= MIN_COMING and _is_plain_list(chain):
                title = match["title"]
                return chain, title[:1].upper() + title[1:]
    return None, None


def _announces(unit: Unit, match: re.Match[str]) -> bool:
    """A heading, or a sentence that leads up to what stands below."""
    text = unit.text
    if text.endswith((":", "：")) or wording.BELOW.search(text, match.end()):
        return True
    return (
        wording.is_title(text)
        and not re.search(r"[.;,]$", text)
        and not re.match(r"\d{1,3}\.\s", text)
    )


def _is_plain_list(chain: Chain) -> bool:
    """Titles, not paragraphs: none holds the verb of a sentence."""
    spoken = sum(wording.is_spoken(draft.title) for draft in chain.drafts.values())
    return chain.is_list and spoken * 4 < len(chain.drafts)


def _inferred(paper: Paper, items: Sequence[AgendaItem]) -> str | None:
    """The symbol that an agenda does not print: file name and documentation agree on its series."""
    named = symbols.find(
        re.sub(r"\.[a-z]{2}\.\w+$|\.\w+$", "", paper.file.rpartition("/")[2]).replace("_", "/")
    )
    if len(named) != 1:
        return None
    series = named[0].rpartition("/")[0]
    listed = [each.symbol for item in items for each in item.documents if each.symbol]
    return named[0] if any(each.rpartition("/")[0] == series for each in listed) else None
