"""
title blocks -> title proper with its subtitle, and the lines that only say how it came about.

The convention (decision 5): lines set as the title are the title; the first line below it
in display type is its subtitle, unless it only names kind and author (`Note by the
Secretariat`, `Report of the Secretary-General`); `Addendum` and `Corrigendum` close it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.papers.fields import is_kind_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.pieces import Block

_I = re.IGNORECASE
_STARS = re.compile(r"(?<![\s*])\s*\*[\s*]*$")
_CLOSING = re.compile(
    r"(?P<word>addendum|corrigendum|additif|rectificatif|adición|corrección|добавление|исправление"
    r"|增编|更正|إضافة|تصويب)",
    _I,
)
_CORRIGENDUM = re.compile(r"corrigendum|rectificatif|corrección|исправление|更正|تصويب", _I)
_SPONSORS = re.compile(
    r".*: (?:revised )?(?:draft (?:resolution|decision)s?|amendments?(?: to .*)?)$", _I
)
_SUBMITTED = re.compile(
    r"draft (?:resolution|decision) (?:submitted|proposed|recommended) by .*", _I
)
# A number before the title of a resolution is its number, no word of the title.
_NUMBERED = re.compile(
    r"(?:(?:resolution|decision) )?(?:(?:\d{1,4}|(?:ES|S)-\d{1,3})/(?:\d{1,4}|[A-Z]{2,5}\.\d{1,3})"
    r"|\d{1,5} ?\([IVXLC\-A-Z]{1,9}\))\. (?P<title>\S.*)",
    _I,
)
_HEALTH = re.compile(r"(?P<symbol>(?:WHA|EB)[\dR.]+\d)\s+(?P<title>\S.*)")
# Labels that stand above the title of a decision of the parties to a convention.
_LABEL = re.compile(
    r"(?:draft |projet de |proyecto de )?(?:decisions?|resolutions?|décision|résolution|decisión"
    r"|resolución|recommendation)"
    r"(?: [-\d\u2010-\u2015]+/[A-Z]+\.?\d+)?\*?",
    _I,
)
_ADOPTED = re.compile(r"(?:resolution|decision)s? adopted\b.*|\[.*\]|\(.*\)", _I)
_RESOLUTION_NUMBER = re.compile(
    r"(?:resolution|résolution|resolución|резолюция) \d{1,4} ?\(\d{4}\)", _I
)
_DIVISION = re.compile(r"(?:part|section|chapter|volume|title) (?:[IVXLC]+|\d{1,3}[A-Z]?)", _I)
# A line that ends so goes on: a broken word, an article, a preposition, a pronoun.
_WITHIN = re.compile(
    r"\w-$|\b(?:of|the|and|for|on|in|to|by|with|from|at|its|their|a|an|de|la|le|les|des|du|et|sur"
    r"|del|el|los|las|y|en|su)$",
    _I,
)
_DATES = re.compile(r"\(.*\d{4}.*\)")
_DRAFT_REPORT = re.compile(r"(?:draft report|projet de rapport|proyecto de informe)(?: .*)?", _I)
_CHAPTER = re.compile(r"(?P<number>[IVXL]{1,6})\. \S.*")
_OFFICIAL_RECORDS = re.compile(
    r"(?:official records|documents officiels|documentos oficiales|официальные отчеты|supplement no"
    r"|supplément n|suplemento n|дополнение №).*",
    _I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """
    A title found in its blocks.

    Attributes:
        text: Title proper joined with its subtitle, None without any block.
        kinds: Lines around it that name kind and author.
        symbol: The symbol of a resolution that prints it only before its title.
        organs: Names of organs that stand above the title of a cover.
    """

    text: str | None
    kinds: tuple[str, ...] = ()
    symbol: str | None = None
    organs: tuple[str, ...] = ()


def plain(text: str) -> str:
    """A masthead's words without the stars of its notes."""
    return re.sub(r"\s+", " ", _STARS.sub("", text)).strip()


def is_corrigendum(text: str) -> bool:
    """The word under which a corrigendum begins."""
    return bool(_CORRIGENDUM.fullmatch(plain(text)))


def is_numbered(text: str) -> bool:
    """A title with the number of its resolution before it."""
    return bool(_NUMBERED.fullmatch(text) or _HEALTH.fullmatch(text))


def read_title(blocks: Sequence[Block], *, organ: str, size: float, opening: str | None) -> Title:
    """
    Title proper and kind lines.

    Args:
        blocks: What is left of a masthead below its item, in order.
        organ: The organ's name from the letterhead.
        size: Size of body text in points, 0 where unknown.
        opening: First heading of the text: a part of a draft report is named by it.
    """
    blocks = _without_records(blocks)
    given = list(blocks)
    blocks, headed = _without_organ(blocks, organ)
    organs = tuple(plain(block.text) for block in given[: len(given) - len(blocks)])
    texts = [plain(block.text) for block in blocks]
    for at, text in enumerate(texts):
        if match := _NUMBERED.fullmatch(text) or _HEALTH.fullmatch(text):
            symbol = match["symbol"] if "symbol" in match.groupdict() else None
            # A number on a line of its own is a line of the title.
            alone = re.fullmatch(r"[\w()\- /]+\.", blocks[at].first.text)
            others = tuple(texts[:at] + texts[at + 1 :])
            return Title(text=text if alone else match["title"], kinds=others, symbol=symbol)
    labels = [text for text in texts[:-1] if _ADOPTED.fullmatch(text) or _LABEL.fullmatch(text)]
    while len(blocks) > 1 and plain(blocks[0].text) in labels:
        blocks = blocks[1:]
    if not blocks:
        return Title(text=None)
    main = plain(blocks[0].text)
    if len(blocks) > 1 and _names_sponsors(main, blocks[1]) and blocks[1].size >= blocks[0].size:
        labels.append(main)
        blocks = blocks[1:]
    if _RESOLUTION_NUMBER.fullmatch(plain(blocks[0].text)):
        return Title(text=plain(blocks[0].text), kinds=tuple(plain(b.text) for b in blocks[1:]))
    text, kinds = _joined(blocks, size=size, headed=headed)
    if _DRAFT_REPORT.fullmatch(text) and (chapter := _CHAPTER.fullmatch(opening or "")):
        # Draft reports are issued in parts, one chapter each; the first may be the whole.
        text = text if chapter["number"] == "I" else f"{text}: {chapter[0]}"
    return Title(text=text, kinds=(*labels, *kinds), organs=organs)


def _names_sponsors(text: str, below: Block) -> bool:
    """Sponsors stand above the title of a draft resolution, or below it in older ones."""
    named = _SPONSORS.fullmatch(text) or _SUBMITTED.fullmatch(text)
    return bool(named) and not is_kind_line(plain(below.text))


def _joined(blocks: Sequence[Block], *, size: float, headed: bool) -> tuple[str, list[str]]:
    """The title with dates, subtitle and closing word, and the lines that only name the kind."""
    main = blocks[0]
    parts, kinds, closing = _divided(main), list[str](), list[str]()
    divisions: list[str] = []
    subtitled = False
    for block in blocks[1:]:
        text = plain(block.text)
        if not text:
            continue
        if _CLOSING.fullmatch(text):
            closing.append(text)
        elif not kinds and not closing and _DATES.fullmatch(text):
            parts[-1] = f"{parts[-1]} {text}"
        elif text[:1] in "[(" or (is_kind_line(text) and not (headed and not subtitled)):
            kinds.append(text)
        elif _same_type(block, main) and not kinds and not _typescript(main, size):
            _add(parts, _divided(block))
            subtitled = True
        elif _classifies(block, blocks):
            divisions.append(text)
        elif not subtitled and not kinds and _is_display(block, main, size):
            _add(parts, _divided(block))
            subtitled = True
        else:
            kinds += [] if _same_words(text, parts) else [text]
    return ": ".join([*parts, *closing]), [*divisions, *kinds, *closing]


def _add(parts: list[str], more: list[str]) -> None:
    """Another line of the title; the name of a division (`Section 16`) takes it after a comma."""
    if _unfinished(parts[-1], more[0]):
        joint = "" if parts[-1].endswith("-") else " "
        parts[-1] = f"{parts[-1]}{joint}{more[0]}"
        more = more[1:]
    elif _DIVISION.fullmatch(parts[-1]):
        parts[-1] = f"{parts[-1]}, {more[0]}"
        more = more[1:]
    parts.extend(more)


def _unfinished(above: str, below: str) -> bool:
    """A title set in two pieces breaks within a phrase."""
    return below[:1].islower() or bool(_WITHIN.search(above))


def _divided(block: Block) -> list[str]:
    """A block's text; the name of a division on a line of its own is set off by a comma."""
    text = plain(block.text)
    label = plain(block.first.text)
    if len(block.pieces) > 1 and _DIVISION.fullmatch(label):
        return [f"{label}, {text[len(label) :].strip()}"]
    return [text]


def _same_words(text: str, parts: Sequence[str]) -> bool:
    """A line repeats a part of the title."""
    return any(text.casefold() == part.casefold() for part in parts)


def _same_type(block: Block, main: Block) -> bool:
    """A block is set as the title is."""
    return (
        block.bold == main.bold and abs(block.size - main.size) < 0.8 and block.size > 0
    )  # points


def _typescript(main: Block, size: float) -> bool:
    """The title is set in the size of the text, at most in capitals or bold."""
    return main.size <= 1.1 * size


def _is_display(block: Block, main: Block, size: float) -> bool:
    """A block is set off from the text at least as typescripts do, whose titles are plain."""
    return block.size > 1.1 * size or block.bold or _typescript(main, size) or main.size == 0


def _classifies(block: Block, blocks: Sequence[Block]) -> bool:
    """
    Smaller than a title that goes on further down in its own type.

    Budget sections print title, part, section: the part is set smaller and only classifies.
    """
    main = blocks[0]
    later = blocks[[each is block for each in blocks].index(True) + 1 :]
    return block.size < main.size - 0.8 and any(_same_type(each, main) for each in later)  # points


def _without_records(blocks: Sequence[Block]) -> list[Block]:
    """Blocks of a cover without the series of Official Records and what stands in it."""
    series = [at for at, block in enumerate(blocks) if _OFFICIAL_RECORDS.fullmatch(block.text)]
    if not series:
        return list(blocks)
    # On the cover the organ that the records are of stands above the series, smaller or lower.
    return list(blocks[: max(series[0] - 1, 1)])


def _without_organ(blocks: Sequence[Block], organ: str) -> tuple[list[Block], bool]:
    """
    Title blocks without the organization's name above the title, and whether there was one.

    A body that serves several organizations names all in its letterhead, and the one that
    a paper is of above the title.
    """
    found = list(blocks)
    headed = False
    named = _words(organ)
    while len(found) > 1 and named and _words(found[0].text) in named and len(found[0].text) > 4:
        headed = True
        found = found[1:]
    while len(found) > 1 and _names_organ(found[0], found[1]):
        found = found[1:]
    return found, headed


_ORGAN = re.compile(
    r"(?:committee|commission|council|general assembly|executive board|trade and development board"
    r"|conference)\b.*"
    r"|.* (?:committee|commission|council|board)",
    _I,
)


def _names_organ(block: Block, below: Block) -> bool:
    """An organ's name in capitals or in larger type above a title in mixed case."""
    if not _ORGAN.fullmatch(block.text) or len(block.text.split()) > 9:
        return False
    if is_kind_line(below.text) or _CLOSING.fullmatch(plain(below.text)):
        return False
    capitals = block.text.isupper() and not below.text.isupper()
    return capitals or block.size > below.size + 1


def _words(text: str) -> str:
    """Words for comparing names, with one space around each."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return f" {' '.join(words)} "
