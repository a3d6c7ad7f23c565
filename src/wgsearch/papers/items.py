"""
text -> agenda items: the numbers, letters and list that a masthead line refers to.

Why a grammar of its own: the same reference is printed in six languages, with letters in
one bracket or two, lists and ranges, and with the stars of a note at its end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Longer lines are no references.
_MAX_LETTERS = 160
_LETTER = r"\(?(?:[a-z]|[ivx]{1,4}|[\u0621-\u064a])\)"
_JOINT = r"(?:,|;|and|et|y|e|и|و|和|及|to|à|al?|-|–|—|&)"
_NUMBERS = (
    r"\d{1,3}(?:\.\d{1,2})?(?!\d)"
    rf"(?:\s*(?:{_JOINT}\s*)*(?:{_JOINT}\s*\d{{1,3}}(?:\.\d{{1,2}})?(?!\d)|{_LETTER}))*"
)
# Scans read the capital I of the word as l, 1 or f.
_WORD = (
    r"(?:(?:provisional\s+|supplementary\s+)?agenda\s+items?|[il1f]tems?|sub-?items?|points?"
    r"|temas?|пункты?|البند(?:ان|ين)?|البنود)"
)
_REFERENCE = re.compile(
    rf"(?P<word>{_WORD})\s*(?P<numbers>{_NUMBERS})\s*(?P<stars1>[*\s]*)"
    r"(?P<rest>(?:\s*(?:of|on|in|de|du|del|d[’']|من|предварительной|повестки|первоначального"
    r"|предварительного|пересмотренной|аннотированной|перечня)(?![^\W\d_]).*?)?)"
    r"(?P<stars2>[*\s]*)",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?P<rest>.{0,12}?(?:议程|项目表))(?P<stars1>[*\s]*)项目\s?"
    rf"(?P<numbers>{_NUMBERS})(?P<stars2>[*\s]*)"
)
_LISTS = (
    (re.compile(r"preliminary list|liste préliminaire|lista preliminar|первоначальн|暂定项目表"),
     "preliminary list"),
    (re.compile(r"provisional agenda|provisoire|provisional|предварительной|临时议程|المؤقت"),
     "provisional agenda"),
)  # fmt: skip
_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{1,2})?)|\(?(?P<letter>[a-z\u0621-\u064a]{1,4})\)"
    r"|(?P<to>\bto\b|\bà\b|\bal?\b|[-–—])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """
    One agenda item referred to.

    Attributes:
        number: Its number as printed (`2`, `16.2`).
        letters: Letters of its sub-items, in order.
    """

    number: str
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLine:
    """
    A line that refers to agenda items.

    Attributes:
        numbers: Numbers and letters as printed (`2 (c) and (f)`).
        items: The same, one by one.
        list: The list meant, in English: `agenda`, `provisional agenda`, `preliminary list`.
        marks: Number of the note's stars.
    """

    numbers: str
    items: tuple[Item, ...]
    list: str
    marks: int


def parse_item_line(text: str) -> ItemLine | None:
    """The reference that a whole line is (`Item 2 (b) of the provisional agenda*`), or None."""
    if len(text) > _MAX_LETTERS:
        return None
    match = _REFERENCE.fullmatch(text.strip()) or _CHINESE.fullmatch(text.strip())
    if not match:
        return None
    said = f"{match.groupdict().get('word') or ''} {match['rest']}".casefold()
    return ItemLine(
        numbers=re.sub(r"\s+", " ", match["numbers"]).strip(" ,"),
        items=_items(match["numbers"]),
        list=next((name for pattern, name in _LISTS if pattern.search(said)), "agenda"),
        marks=(match["stars1"] + match["stars2"]).count("*"),
    )


def _items(numbers: str) -> tuple[Item, ...]:
    """Items one by one; a range of numbers or letters is written out."""
    found: list[tuple[str, list[str]]] = []
    ranging = False
    for token in _TOKEN.finditer(numbers):
        if token["to"]:
            ranging = True
            continue
        if number := token["number"]:
            if ranging and found and number.isdigit() and found[-1][0].isdigit():
                between = range(int(found[-1][0]) + 1, int(number))
                found.extend((str(each), []) for each in between)
            found.append((number, []))
        elif found:
            letter = token["letter"]
            letters = found[-1][1]
            if ranging and letters and len(letter) == len(letters[-1]) == 1:
                letters.extend(chr(code) for code in range(ord(letters[-1]) + 1, ord(letter)))
            letters.append(letter)
        ranging = False
    return tuple(Item(number=number, letters=tuple(letters)) for number, letters in found)
