"""
text -> label: which item or sub-item a line opens, if it opens one.

Why apart from counting: a label only says what a line may open. Whether it does is for the
counters to say: the next number opens an item, the next letter a sub-item.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

# How items are numbered; one list or one set of annotations keeps to one way.
Style = Literal["dot", "dotted", "word", "bare", "bracket"]

_WORD = re.compile(
    r"(?:agenda items?|items?|points?(?: de l.ordre du jour)?|temas?(?: del programa)?"
    r"|punto(?: del orden del día)?|пункты?(?: повестки дня)?|(?:议程)?项目|البنود|البند)\s*"
    r"(?P<first>\d{1,3})(?P<more>(?:(?:,| and| et| y| и|、|–|-|\s?و)\s*\d{1,3})*)"
    r"(?:\s*(?P<letters>\(?[a-z]{1,2}\)(?:(?:,| and| et| y|-|–)\s*\(?[a-z]\))*))?"
    r"(?:\s*(?:of|in) the (?:provisional |preliminary )?(?:agenda|list)"
    r"|\s*(?:de l.ordre du jour|del programa)(?: provisoire| provisional)?|\s*повестки дня)?"
    r"(?:\s*[.:：]\s*|\s+[–—-]\s*|\s+|$)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_DOT = re.compile(
    r"(?P<first>\d{1,3})(?:\s?[.．、]|\)| ?[-–](?=\s?[^\W\d_a-zA-Z]))\s*(?P<rest>\S.*)", re.DOTALL
)
_DOTTED = re.compile(r"(?P<first>\d{1,2}\.\d{1,2})\.?\s+(?P<rest>\S.*)", re.DOTALL)
_BARE = re.compile(r"(?P<first>\d{1,3})\s+(?P<rest>[^\W\d_].*)", re.DOTALL)
_HEADED = re.compile(r"(?:[A-Z]|[IVX]{1,5})\.\s+(?P<rest>\S.*)", re.DOTALL)
# The number of an item that another list gives it stands in brackets after the title.
_BRACKET = re.compile(
    r"\s*[(\[](?:agenda |provisional agenda )?(?:items?|points?|temas?|пункты?|项目|البند)\s*"
    r"(?P<first>\d{1,3})(?P<more>(?:(?:,| and| et| y| и)\s*\d{1,3})*)"
    r"(?P<letters>(?:\s?\(?[a-z]{1,2}\))?)[^()\[\]]{0,60}[)\]]\s*[.;:]?$",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"(?:(?P<item>\d{1,3})\.?\s*)?\(?(?P<letter>[a-zавсеоихр]{1,2}|[ivx]{2,5}|[أابجدهوزحطيكلمنس])\)\s*"
    r"(?P<rest>\S.*)",
    re.DOTALL,
)
_ROMAN = re.compile(r"\(?[ivx]{1,5}\)\s", re.DOTALL)
# Cyrillic letters that look as Latin ones do.
_LOOK_ALIKES = str.maketrans("авсеоихр", "abceouxp")
_ARABIC = "أبجدهوزحطيكلمنس"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """
    What a line may open.

    Attributes:
        numbers: Items that it names; several for a heading over items taken up together.
        letter: The sub-item, None for the item itself.
        rest: The words after the label (and before a bracket with the item's number).
        style: How it is numbered.
        place: The number at the head of the line, where a bracket gives the item's own.
    """

    numbers: tuple[str, ...]
    letter: str | None
    rest: str
    style: Style
    place: str


def find_label(text: str) -> Label | None:
    """The item that a line may open, None when it bears no number."""
    bracket = _BRACKET.search(text) if any(sign in ")]" for sign in text[-3:]) else None
    shown = text[: bracket.start()] if bracket else text
    match = _WORD.fullmatch(shown)
    if match and _begins(match["rest"]):
        numbers = _numbers(match["first"], match["more"] or "")
        return Label(
            numbers=numbers,
            letter=_bare_letter(match["letters"]),
            rest=match["rest"].strip(),
            style="word",
            place=numbers[0],
        )
    for pattern, style in _STYLES:
        if match := pattern.fullmatch(shown):
            place = _ascii(match["first"])
            rest, letter = match["rest"], None
            sub = _LETTER.fullmatch(rest) if style != "dotted" and not bracket else None
            if sub and not sub["item"] and sub["letter"] in ("a", "а"):
                rest, letter = sub["rest"], "a"
            numbers = (place,)
            if bracket:
                numbers = _numbers(bracket["first"], bracket["more"] or "")
                letter = _bare_letter(bracket["letters"])
            return Label(numbers=numbers, letter=letter, rest=rest, style=style, place=place)
    if bracket:
        headed = _HEADED.fullmatch(shown)
        numbers = _numbers(bracket["first"], bracket["more"] or "")
        return Label(
            numbers=numbers,
            letter=_bare_letter(bracket["letters"]),
            rest=headed["rest"] if headed else shown,
            style="bracket",
            place=numbers[0],
        )
    return None


_STYLES: tuple[tuple[re.Pattern[str], Style], ...] = (
    (_DOTTED, "dotted"),
    (_DOT, "dot"),
    (_BARE, "bare"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """
    A sub-item that a line may open.

    Attributes:
        item: Number of the item, where the line gives it (`2 (b) ...`).
        letter: As printed, without brackets.
        rest: The words after it.
    """

    item: str | None
    letter: str
    rest: str


def find_letter(text: str) -> Letter | None:
    """The sub-item that a line may open, None when it bears no letter."""
    match = _LETTER.fullmatch(text)
    if match is None:
        return None
    letter = match["letter"].translate(_LOOK_ALIKES).replace("ا", "أ")
    item = _ascii(match["item"]) if match["item"] else None
    return Letter(item=item, letter=letter, rest=match["rest"])


def is_roman(text: str) -> bool:
    """Whether a line begins with a small roman numeral, the third level of a list."""
    return bool(_ROMAN.match(text))


def follows(letter: str, before: str | None) -> bool:
    """Whether a letter is the next one: `a` first, `aa` and then `bb` or `ab` after `z`."""
    if before is None:
        return letter in ("a", _ARABIC[0])
    if before in _ARABIC:
        return letter == _ARABIC[(_ARABIC.index(before) + 1) % len(_ARABIC)]
    if before == "z":
        return letter == "aa"
    if len(before) == 1:
        return letter == chr(ord(before) + 1)
    following = chr(ord(before[1]) + 1)
    return letter in (before[0] + following, following * 2)


def _numbers(first: str, more: str) -> tuple[str, ...]:
    """Numbers of `3`, `3 and 4` or `3–5`."""
    numbers = [int(first)]
    for sign, digits in re.findall(r"(–|-|,|(?<![^\d\s,–-])[^\d\s,–-]+)\s*(\d{1,3})", more):
        last = int(digits)
        numbers.extend(range(numbers[-1] + 1, last + 1) if sign in "–-" else (last,))
    return tuple(str(each) for each in numbers)


def _ascii(number: str) -> str:
    """Digits of any script in European ones."""
    return ".".join(str(int(part)) for part in number.split("."))


def _bare_letter(letters: str | None) -> str | None:
    """A letter without its brackets; several letters stand for their item."""
    bare = (letters or "").strip(" ()")
    return bare if bare.isalpha() else None


def _begins(rest: str) -> bool:
    """Words after `Item 3` are a title, not the rest of a sentence."""
    return not rest or not rest[0].islower()
