"""
text -> title: where it ends, what it holds besides, and whether two name one item.

Why apart: lists, annotations, contents and timetables all print an item's title, each in its
own way, and are tied together by these comparisons.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from wgsearch.agenda import documents, wording
from wgsearch.agenda.labels import follows
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.agenda.records import ListedDocument

# Titles that differ in more than spelling and a few words are titles of two items.
SAME_TITLE = 80

_MARKS = re.compile(r"[\s.:;,*。；：]+$")
# The General Assembly prints which number an item bore in the provisional agenda.
_FORMER = re.compile(r"\s*[(\[][PDS]\.\s?\d{1,3}(?:\s?\([a-z]{1,2}\))?[)\]]$")
_CUT = re.compile(
    r"(?<=[.;:])\s+(?:(?:and|et|y|и)\s+)?"
    r"(?=(?:(?P<number>\d{1,3})[.)]\s+[^\W\d_a-zà-ÿа-я])|\(?(?P<letter>[a-z]{1,2})\)\s)"
)


def plain(title: str) -> str:
    """A title without its final mark."""
    return re.sub(r"\s+", " ", _MARKS.sub("", _FORMER.sub("", _MARKS.sub("", title)))).strip()


def split_papers(text: str) -> tuple[str, list[ListedDocument]]:
    """A title and the papers that a bracket at its end names for it."""
    title = plain(text)
    bracket = re.search(r"\s*[(\[]([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]]$", title)
    if bracket is None or not bracket.start():
        return title, []
    inside = documents.mended(bracket[1])
    located = documents.locate(inside)
    rest = inside
    for each in located:
        rest = rest.replace(inside[each.start : each.end], " ")
    if not located or re.search(r"[^\W\d_]{4,}|\d{3}", re.sub(r"(?:Add|Corr|Rev)\.\d+", "", rest)):
        return title, []
    if any(symbols.parse(each.symbol).kind in ("resolution", "decision") for each in located):
        return title, []
    return plain(title[: bracket.start()]), documents.read_entries(bracket[0].strip())


def alike(one: str, other: str) -> bool:
    """Whether two titles name one item: alike in words, or one is the other cut short."""
    first, second = words(one), words(other)
    if not first or not second:
        return False
    if (
        fuzz.ratio(first, second) >= SAME_TITLE
        or fuzz.token_sort_ratio(first, second) >= SAME_TITLE
    ):
        return True
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) > 4 and (
        longer.startswith(f"{shorter} ")
        or (len(shorter.split()) > 2 and fuzz.token_set_ratio(first, second) >= 95)
    )


def words(title: str) -> str:
    """Words of a title for comparing."""
    return " ".join(re.findall(r"\w+", title.casefold()))


def pieces_of(text: str, number: int, *, letter: str | None = None) -> list[str]:
    """A flowed list cut before the expected number, or the expected letter."""
    pieces: list[str] = []
    at = 0
    for match in _CUT.finditer(text):
        if match["number"] and int(match["number"]) == number + 1:
            number, letter = number + 1, None
        elif match["letter"] and follows(match["letter"], letter):
            letter = match["letter"]
        else:
            continue
        pieces.append(text[at : match.start()])
        at = match.end()
    return [*pieces, text[at:]]


def begins_title(text: str, number: int) -> bool:
    """A title, or a flowed list that begins with one."""
    return wording.is_title(text) or wording.is_title(pieces_of(text, number)[0])


def of_sub_item(papers: Sequence[ListedDocument], number: str) -> list[ListedDocument]:
    """The same papers, listed for a sub-item."""
    return [replace(each, sub_item=number) for each in papers]
