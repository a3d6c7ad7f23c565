"""
block -> heading: its level, its label and its words.

Conventions of the Editorial Manual: `I.` for chapters, `A.` for sections, then `1.`, `(a)`,
`(i)`; a heading ends no sentence and is set in display type (bold, larger, italic, capitals).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.papers.blocks import CAPTION
from wgsearch.papers.counting import MAX_HEADING_WORDS, starts_numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.blocks import Block
    from wgsearch.papers.paper import Heading

MAX_LABELLED_HEADING_WORDS = 50

ROMAN = re.compile(r"(?P<label>[IVXL]{1,6})\.\s*(?P<text>\S.*)", re.DOTALL)
_LETTER = re.compile(r"(?P<label>[A-Z])\.\s*(?P<text>\S.*)", re.DOTALL)
# Fewer Latin letters are a label of a chart, or a word that was torn.
SHORTEST = 3
_SUB_LABEL = re.compile(r"\(?(?P<label>[a-z]{1,2}|[ivx]{1,5})\)\s*(?P<text>\S.*)", re.DOTALL)
SUB = re.compile(
    r"(?:\((?:[a-z]{1,2}|[ivx]{1,5}|\d{1,2})\)|[a-z]\)|[ivx]{1,4}\)|[•\-–—●▪▫◦‣■□➢\uf02d\uf0a7\uf0b7\uf0d8o]\s)\s*\S.*",
    re.DOTALL,
)
_CHAPTER_WORD = re.compile(
    r"(?:chapter|chapitre|capítulo|part|section|глава)\s+[IVXLC\d]+\.?.*", re.IGNORECASE
)
_SIGNED = re.compile(r"\(Signed\)|\(Signé\)|\(Firmado\)|\(Подпись\)")
_AGENDA_PART = re.compile(
    r"(?:(?:proposed )?(?:provisional |preliminary )?agenda|annotations|annotations to .*)",
    re.IGNORECASE,
)
DOCUMENTATION = re.compile(r"documentation|documents|documentación", re.IGNORECASE)
BOX_TITLE = re.compile(r"(?:box|encadré|recuadro)\s+\d{1,2}\b.*", re.IGNORECASE)


class Label(NamedTuple):
    """Level, label and words of a heading."""

    level: int
    label: str | None
    text: str


class Place(NamedTuple):
    """What stands above a block, and what kind of paper it is in."""

    above: Sequence[Heading]
    body_size: float
    is_agenda: bool
    listing: bool


def heading_label(block: Block, place: Place) -> Label | None:
    """Level, label and words of a heading; None for any other block."""
    text = block.text
    words = len(text.split())
    if place.listing and (starts_numbered(text) or SUB.fullmatch(text)):
        return None
    if words > MAX_LABELLED_HEADING_WORDS or text.endswith((";", ",")):
        return None
    display = block.bold or block.size > 1.1 * place.body_size or text.isupper()
    plain = place.body_size == 0
    if (display or plain) and not text.endswith("."):
        if (match := ROMAN.fullmatch(text)) and not _is_letter(match["label"], place.above):
            return Label(1, match["label"], match["text"])
        if display and _CHAPTER_WORD.fullmatch(text) and words < MAX_HEADING_WORDS:
            return Label(1, None, text)
        if match := _LETTER.fullmatch(text):
            return Label(2, match["label"], match["text"])
    set_apart = display or block.italic
    if text[:1].isdigit() and (set_apart or plain) and (match := starts_numbered(text)):
        return _numbered_label(match, place)
    if (set_apart or (plain and words < 14)) and (label := _lettered_label(text)):
        return label
    if _is_bare(block, words, place, display=display, plain=plain):
        return Label(_bare_level(block, place), None, text)
    return None


def _numbered_label(match: re.Match[str], place: Place) -> Label | None:
    """A numbered heading; a sentence with a number is none, but for the items of an agenda."""
    title = match["text"]
    if not title or (not place.is_agenda and title.endswith((".", ";", ":"))):
        return None
    return Label(3, match["number"], title.rstrip(".") if place.is_agenda else title)


def _lettered_label(text: str) -> Label | None:
    """A heading with a small letter or numeral in brackets."""
    match = None if text.endswith((".", ";", ":")) else _SUB_LABEL.fullmatch(text)
    return None if match is None else Label(4, match["label"], match["text"])


def names_list(text: str) -> bool:
    """The heading above the list of an agenda, not the one above its annotations."""
    return bool(_AGENDA_PART.fullmatch(text)) and "annotation" not in text.casefold()


def printed(heading: Heading) -> str:
    """A heading as printed, label first."""
    if heading.label is None:
        return heading.text
    mark = f"({heading.label})" if heading.label.islower() else f"{heading.label}."
    return f"{mark} {heading.text}"


def goes_on(text: str) -> bool:
    """The text can only be the rest of a sentence."""
    return bool(re.match(r"[a-zà-ÿа-я(,;]", text)) and not SUB.match(text)


def _is_letter(label: str, above: Sequence[Heading]) -> bool:
    """A numeral that is the next letter of the open section: `I.` after `H.`"""
    before = chr(ord(label) - 1) if len(label) == 1 else None
    return any(each.level == 2 and each.label == before for each in above)


def _is_bare(block: Block, words: int, place: Place, *, display: bool, plain: bool) -> bool:
    """A heading without a label: display type, or a short line that ends no sentence."""
    text = block.text
    if (
        words > MAX_HEADING_WORDS
        or not (display or plain or block.italic)
        or not re.match(r"[\[“\"«]?[^\W\d_]", text)
        or (len(text) < SHORTEST and text.isascii())
        or _SIGNED.search(text)
    ):
        return False
    if BOX_TITLE.fullmatch(text) or CAPTION.match(text) or (plain and _documents(place)):
        return False
    if text.endswith((".", ";", ":", ",")) and not (block.size > 1.25 * place.body_size > 0):
        return False
    if plain:
        return block.alone and words <= 16 and text[0].isupper() and not goes_on(text)  # words
    return display or (block.italic and block.alone and words <= 20)  # words


def _documents(place: Place) -> bool:
    """Under the word Documentation of an agenda stand entries, which have no full stop."""
    above = place.above[-1].text if place.above else ""
    return place.is_agenda and bool(DOCUMENTATION.fullmatch(above))


def _bare_level(block: Block, place: Place) -> int:
    """Level of a heading without a label: by its type size against the body's."""
    if not place.body_size:
        above = place.above[-1] if place.above else None
        return (
            1
            if above is None or _AGENDA_PART.fullmatch(block.text)
            else above.level + (above.label is not None)
        )
    if block.size >= 1.3 * place.body_size:
        return 1
    if block.size > 1.1 * place.body_size:
        return 2
    return 4 if block.bold else 5
