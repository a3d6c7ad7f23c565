"""
text -> document symbols: parse, compare, find, resolve pieces of them.

Why by grammar: a symbol is a path of segments (`BODY/SEGMENT/...`), so whatever
body issues a paper, its symbol is found without a list of bodies. Citations
(a symbol with a paragraph) are read in citations.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

# Principal organs have one letter; every other body at least two, some with the number of a
# session: `GB.350` (International Labour Organization), `GC(65)` (Atomic Energy Agency).
_BODY = r"(?:[ASET]|[A-Z]{2,10}(?:\.\d{1,3}|\((?:\d{1,3}|[A-Z]{2,6})\))?)"
# After a slash some extractions leave a space, always before a named segment.
_NAMED_AHEAD = r"(?:\s(?=(?:CRP|L|WP|Add|Corr|Rev|INF|NGO|PV|SR|WG)\b))?"
# A year may come out in two pieces (`20 25`); conventions number their conferences in brackets.
_SEGMENT = (
    r"(?:(?:19|20)\s\d\d(?=/)|\d{1,5}(?:\([IVXLC]+\))?"
    r"|[A-Z][A-Za-z]*(?:\(\d{1,3}\)|(?:[.\-][A-Za-z0-9]+)*)|_(?!\w))"
)
_PARENTHESIS = (
    r"(?:[ ]?\((?:(?:18|19|20)\d\d|Part[ ][IVX\d]+(?:/(?:Add|Corr|Rev)\.\d+)?"
    r"|Sect\.[ ]?\d+[A-Z]?|Resumption[ ]\d+)\))"
)
# Text may follow a part in parentheses: A/81/6 (Sect. 16)/Part A.
_TAIL = r"(?:/(?:Part[ ][A-Z]\b|(?:Add|Corr|Rev|Amend)\.\d+))*"
_SLASHED = rf"{_BODY}(?:/{_NAMED_AHEAD}{_SEGMENT})+{_PARENTHESIS}?{_TAIL}"
# The World Health Assembly and its Executive Board number resolutions without slashes, and
# put the session's number into the first segment of their papers (`A76/7`, `EB152/12 Add.1`).
_HEALTH = (
    r"(?:WHA\d{1,3}\.\d{1,3}|EB\d{2,3}\.R\d{1,3}"
    r"|(?:A\d{2}|EB\d{2,3})/(?:(?:INF\.(?:DOC\.)?|CONF\.)/?)?\d{1,3}"
    r"(?:[ ](?:Add|Corr|Rev)\.\d{1,2})?)"
)
_SYMBOL = re.compile(rf"(?<![\w/.\-])(?:{_SLASHED}|{_HEALTH})(?![A-Za-z0-9_/])")
_AFTER_DASH = re.compile(rf"(?<=[\d*_)][\-\u2010-\u2015\u2212])(?:{_SLASHED})(?![A-Za-z0-9_/])")
_STARS = re.compile(r"(?:\s?\*){1,4}")
_BROKEN_YEAR = re.compile(r"(?<=/)(19|20)\s(?=\d\d/)")
# What readers of scans take for one another, and a dot or space lost or gained beside it.
_ALIKE = str.maketrans(
    {letter: digit for digit, letters in
     {"0": "OoQD", "1": "IlLirtj|!", "2": "Zz", "4": "kA", "5": "Ss", "6": "Gb", "8": "B&",
      "11": "U", "": " .*~"}.items() for letter in letters}
)  # fmt: skip
# Mastheads set the first letters in a larger font, so that they end a line of their own.
_SPLIT = re.compile(r"\b([A-Z]{1,5})\s*\n\s*(?=/[A-Z0-9])")
_SUFFIX = re.compile(r"(Add|Corr|Rev|Amend)\.(\d+)$")
_PART_ENDING = re.compile(
    r"\(((?:Part|Sect\.)\s?[IVX\d]+)/((?:Add|Corr|Rev|Amend)\.\d+)\)$", re.IGNORECASE
)
_YEAR = re.compile(r"(?:^|/)((?:18|19|20)\d\d)(?=/|$)|\(((?:18|19|20)\d\d)\)$")
_KINDS = (
    (re.compile(r"/CRP\.\d+"), "conference room paper"),
    (re.compile(r"/WP\.\d+"), "working paper"),
    (re.compile(r"/(?:C\.\d+/\d+/)?L\.\d+"), "limited"),
    (re.compile(r"/RES/|^WHA\d"), "resolution"),
    (re.compile(r"/DEC/"), "decision"),
    (re.compile(r"/INF[./]\d+"), "information"),
    (re.compile(r"/NGO/\d+"), "statement"),
    (re.compile(r"/[PS][VR]\.\d+"), "record"),
)


class Suffix(NamedTuple):
    """A modifying suffix: `Add`, `Corr`, `Rev` or `Amend`, and its number."""

    name: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """
    A document symbol.

    Attributes:
        text: As printed, stars off and spaces after slashes closed.
        kind: What the segments say: `document`, `limited`, `conference room paper`, ...
        suffixes: Modifying suffixes, in order.
        base: The symbol without them: the family that additions and corrections belong to.
        year: Year segment of the series, or the year in parentheses; None without one.
        key: What two spellings of one symbol have in common.
    """

    text: str
    kind: str
    suffixes: tuple[Suffix, ...]
    base: str
    year: int | None
    key: str


class Found(NamedTuple):
    """A symbol found in text: its canonical text, its stars, and where it stands."""

    text: str
    stars: str
    start: int
    end: int


# As many as a large index has: a question with a piece of a symbol is compared with them all.
@lru_cache(maxsize=100_000)
def key(symbol: str) -> str:
    """
    What two spellings of one symbol have in common: case, stars and spaces do not count, nor
    whether the ending of a part stands within its parentheses or behind them.
    """
    plain = symbol.replace("%2F", "/").replace("%2f", "/").replace("*", "")
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", plain)
    return _outside(re.sub(r"\s+", "", plain).strip("/").casefold())


def _outside(symbol: str) -> str:
    """`(Part I/Add.1)` as `(Part I)/Add.1`, whichever of the two is printed."""
    return _PART_ENDING.sub(r"(\1)/\2", symbol) if symbol.endswith(")") else symbol


def worn_key(text: str) -> str:
    """What a symbol and a misreading of it have in common: characters taken for one another."""
    return text.translate(_ALIKE).casefold()


def of_file_name(name: str) -> str | None:
    """
    The symbol that a file name spells with `_` for `/`, None where it spells none.

    A date before it and a language behind it (`.en`, `-EN`, `_e`) are no part of it.
    """
    stem = re.sub(r"\.\w{2,5}$", "", name.rpartition("/")[2])
    stem = re.sub(r"(?:[._-](?:[a-z]{2}|[A-Z]{2}|[acefrs]|[ACEFRS]))$", "", stem)
    stem = re.sub(r"^\d{4}-\d\d-\d\d[_ ]", "", stem)
    spelled = stem.replace("_", "/").replace("(SECT", "(Sect").replace("(PART", "(Part")
    found = locate(spelled)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(spelled))
    return found[0].text if whole else None


@lru_cache(maxsize=4096)
def parse(symbol: str) -> Symbol:
    """
    A symbol taken apart.

    Args:
        symbol: One symbol; it need not follow the grammar, file names pass through.
    """
    text = re.sub(r"/\s+", "/", symbol.replace("*", "")).strip()
    suffixes: list[Suffix] = []
    base = _outside(text)
    while (cut := base.rfind("/")) > 0 and (match := _SUFFIX.fullmatch(base[cut + 1 :])):
        suffixes.insert(0, Suffix(match[1], int(match[2])))
        base = base[:cut]
    year = next((int(a or b) for a, b in _YEAR.findall(text)), None)
    kind = next((name for pattern, name in _KINDS if pattern.search(text)), "document")
    return Symbol(
        text=text, kind=kind, suffixes=tuple(suffixes), base=base, year=year, key=key(text)
    )


def locate(text: str) -> list[Found]:
    """
    All symbols in a text with their stars and places.

    A symbol has a digit or a placeholder (`E/2025/_`); dates, fractions and words with a
    slash do not follow the grammar. Nothing is corrected: a corrupted symbol stays unknown.
    """
    found: list[Found] = []
    matches = [*_SYMBOL.finditer(text), *_AFTER_DASH.finditer(text)]
    for match in sorted(matches, key=lambda each: (each.start(), -each.end())):
        raw = match[0]
        if not re.search(r"[\d_]", raw) or (found and match.start() < found[-1].end):
            continue
        stars = _STARS.match(text, match.end())
        mark = stars[0].replace(" ", "") if stars else ""
        end = stars.end() if stars else match.end()
        text_found = _BROKEN_YEAR.sub(r"\1", re.sub(r"/\s+", "/", raw))
        found.append(Found(text_found, mark, match.start(), end))
    return found


def find(text: str) -> tuple[str, ...]:
    """All symbols in a text, in order, repeated ones once."""
    return tuple(dict.fromkeys(each.text for each in locate(join_split(text))))


def join_split(text: str) -> str:
    """The text with symbols mended whose first letters stand on the line above."""
    return _SPLIT.sub(r"\1", text)


@lru_cache(maxsize=100_000)
def _segments(text: str) -> tuple[str, ...]:
    """Segments of a symbol or a piece of one, without dots, for comparing by hand-typed pieces."""
    spaced = re.sub(r"[/\s_]+", " ", key_spaced(text))
    return tuple(segment.replace(".", "") for segment in spaced.split())


def key_spaced(text: str) -> str:
    """The text in small letters, stars off; spaces kept, since people type them for slashes."""
    return text.replace("*", "").replace("%2F", "/").replace("%2f", "/").casefold().strip()


def resolve(fragment: str, known: Sequence[str]) -> tuple[str, ...]:
    """
    Symbols of a list that a symbol typed in whole or in part means.

    `WG.4/2011/2`, `2021/3` and `wg4 2021 5` are pieces as people type them.

    Args:
        fragment: What was typed.
        known: Symbols to choose from.

    Returns:
        Exact matches; failing these, symbols that end in the piece; failing these,
        symbols that hold it. Empty when nothing matches or the piece has one segment only.
    """
    wanted = key(fragment)
    exact = tuple(symbol for symbol in known if key(symbol) == wanted)
    if exact:
        return exact
    piece = _segments(fragment)
    if len(piece) < 2 or not any(char.isdigit() for char in fragment):  # one segment names nothing
        return ()
    ending: list[str] = []
    holding: list[str] = []
    for symbol in known:
        whole = _segments(symbol)
        if piece[-1] not in whole:
            continue
        starts = [at for at in range(len(whole)) if whole[at : at + len(piece)] == piece]
        if not starts:
            continue
        (ending if starts[-1] + len(piece) == len(whole) else holding).append(symbol)
    return tuple(ending or holding)
