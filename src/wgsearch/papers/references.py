"""
text and notes of a paper -> references: which papers it cites, where, and which paragraphs.

Why at reading time: what a paper cites never changes, while which of the cited papers are
held changes with every build.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.papers import symbols
from wgsearch.papers.citations import LISTED_BEFORE, parse_after, parse_citation
from wgsearch.papers.paper import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wgsearch.papers.paper import Footnote, Paragraph

# A symbol has a slash, but for resolutions of the World Health Assembly and its Executive
# Board: a paragraph without any of these is not searched.
_MAY_CITE = ("/", "WHA", "EB")
# `paragraph 4 of document A/55/383`: the paragraph before the symbol. Only this far back.
_BACK = 70
_BEFORE = re.compile(
    rf"(?P<listed>{LISTED_BEFORE})\s(?:of|du|de|del)\s"
    r"(?:(?:the|le|la|el)\s)?(?:\w+\s)?\(?$",
    re.IGNORECASE,
)
# `A/76/100 and Add.1 and 2`: endings said after the symbol that they belong to.
_AND = r"(?:,\s?(?:(?:and|et|y|и|和|و)\s?)?|\s?(?:and|et|y|и|和|و)\s?)"
_MORE = re.compile(
    _AND + r"(?P<name>Add|Corr|Rev|Amend)\.(?P<first>\d{1,2})"
    r"(?:\s?[-–]\s?(?P<last>\d{1,2})(?!\d))?"
)
_AGAIN = re.compile(_AND + r"(?P<first>\d{1,2})(?![\d/])(?!\s?[^\W\d])")
# More endings than this in one go are a misread number.
_MOST = 30


class CitedPlace(NamedTuple):
    """
    A symbol in a text with the paragraphs that are cited of its paper.

    Attributes:
        symbol: The symbol.
        runs: First and last number of each run of paragraphs; empty for the whole paper.
        part: `body`, or the annex.
        start: Where the citation begins in the text.
        end: Where it ends.
    """

    symbol: str
    runs: tuple[tuple[str, str], ...]
    part: str
    start: int
    end: int


class _Cited(NamedTuple):
    """A symbol with a run of paragraphs; None for the whole paper."""

    symbol: str
    first: str | None
    last: str | None


def references(
    own: Iterable[str], paragraphs: Sequence[Paragraph], notes: Iterable[Footnote]
) -> tuple[Reference, ...]:
    """
    Papers cited in text and notes, in order: one record for each citing place.

    A place that cites the same paragraphs twice counts once, and so does one that names a
    paper whose paragraphs it also cites. The paper's own symbols are no references.

    Args:
        own: Symbols of the paper.
        paragraphs: Its paragraphs.
        notes: Its footnotes; each stands with the paragraph that calls it.
    """
    mine = {symbols.key(each) for each in own}
    called: dict[int | None, list[Footnote]] = {}
    for note in notes:
        called.setdefault(note.paragraph, []).append(note)
    found: list[Reference] = []
    for index, paragraph in enumerate(paragraphs):
        found += _at(paragraph.text, index, None, mine)
        for note in called.get(index, ()):
            found += _at(note.text, index, note.mark, mine)
    known = range(len(paragraphs))
    for caller, loose in called.items():
        if caller not in known:
            for note in loose:
                found += _at(note.text, None, note.mark, mine)
    return tuple(dict.fromkeys(found))


def _at(text: str, paragraph: int | None, note: str | None, mine: set[str]) -> Iterator[Reference]:
    """References of one place."""
    if not any(sign in text for sign in _MAY_CITE):
        return
    cited = [
        each
        for each in _cited(text)
        # A placeholder (`A/80/_`) stands for a paper that has no symbol yet.
        if symbols.key(each.symbol) not in mine and "_" not in each.symbol
    ]
    precise = {symbols.key(each.symbol) for each in cited if each.first}
    for symbol, first, last in dict.fromkeys(cited):
        if first or symbols.key(symbol) not in precise:
            yield Reference(symbol=symbol, paragraph=paragraph, note=note, first=first, last=last)


def cited_places(text: str) -> Iterator[CitedPlace]:
    """All symbols of a text with their paragraphs, in order, and where they stand."""
    for found in symbols.locate(text):
        endings, end = _endings(found.text, text, found.end)
        runs, start = parse_after(text, end), found.start
        part = parse_citation(text[start : end + _BACK])[0].part if runs and not endings else "body"
        if not runs and (before := _BEFORE.search(text, max(0, start - _BACK), start)):
            runs, start = parse_after(before["listed"], 0), before.start()
        else:
            for number in (each for run in runs for each in dict.fromkeys(run)):
                end = text.index(number, end) + len(number)
        *others, last_named = (found.text, *endings)
        for symbol in others:
            yield CitedPlace(symbol, (), "body", found.start, found.end)
        yield CitedPlace(last_named, runs, part, start, end)  # said of the paper named last


def _cited(text: str) -> Iterator[_Cited]:
    """All symbols of a text with their paragraphs, in order."""
    for place in cited_places(text):
        if not place.runs:
            yield _Cited(place.symbol, None, None)
        for first, last in place.runs:
            yield _Cited(place.symbol, first, last)


def _endings(symbol: str, text: str, end: int) -> tuple[tuple[str, ...], int]:
    """`A/76/100` with what follows it (`and Add.1 and 2`), and where that ends."""
    found: list[str] = []
    base = symbol
    name = ""
    while match := _MORE.match(text, end) or (_AGAIN.match(text, end) if name else None):
        groups = match.groupdict()
        if groups.get("name"):
            # The first ending may stand in the symbol itself: A/76/100/Add.1 and Add.2.
            base = re.sub(rf"/{groups['name']}\.\d+$", "", symbol)
            name = groups["name"]
        first = int(match["first"])
        last = int(groups.get("last") or first)
        if not first <= last <= first + _MOST:
            break
        found += [f"{base}/{name}.{number}" for number in range(first, last + 1)]
        end = match.end()
    return tuple(found), end
