"""
blocks -> parts: where the numbers of paragraphs begin again.

Why before counting: annexes, enclosures of letters, rules and articles count for themselves,
and a number is judged by what came before it in its own part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wgsearch.papers.blocks import ANNEX, ANNEX_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.papers.blocks import Block

# Headings of parts are short.
MAX_WORDS = 45

# `Annex to the letter dated ...`, `Annexe I à la lettre`, `Annex II: Participants`.
_TITLED = re.compile(rf"{ANNEX_NAME}\.?\s*(?:[*\[:–—-]|(?:to|of|à|de|du|al|del|a|к|من)\s).*")
_MORE = re.compile(
    r"(?<!\s)\s*\((?:continued|suite|continuación|продолжение|cont’d|cont\.)\)\s*$", re.IGNORECASE
)
_ARTICLE = re.compile(
    r"(?P<name>rule|article|regulation|principle|guideline|règle|artículo|regla|статья|правило)"
    r"\s(?P<number>\d{1,3}(?:\s?(?:bis|ter|[a-z]))?)\.?(?:\s*[*\d]{0,3}|[\s.:–—-]+\S.*)",
    re.IGNORECASE,
)
_TEXT = re.compile(
    r"(?P<name>(?:draft |recommended )?(?:resolution|decision)|projet de (?:résolution|décision)"
    r"|proyecto de (?:resolución|decisión)|проект (?:резолюции|решения))"
    r"\s(?P<number>[IVXL]{1,6}|\d{1,4}(?:/\w[\w.]{0,12})?)\b.*",
    re.IGNORECASE,
)
_CHAPTER = re.compile(
    r"(?:(?P<name>chapter|chapitre|capítulo|глава)\s)?(?P<number>[IVXL]{1,6})(?:\.\s*\S.*|\.?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """
    A heading under which numbers may begin again.

    Attributes:
        name: The part it opens: `annex II`, `rule 5`, `draft resolution I`, `chapter II`.
        always: Numbers always begin again (annexes); else only where they are seen to.
        short: Such parts often have one or two numbered paragraphs only.
    """

    name: str
    always: bool
    short: bool


def openings(blocks: Sequence[Block], *, body_size: float) -> dict[int, Opening]:
    """
    Blocks that may open a part, by their place.

    Args:
        blocks: The paper's blocks.
        body_size: Size of body text in points, 0 where unknown.
    """
    found: dict[int, Opening] = {}
    used: set[str] = set()
    annex: str | None = None
    for at, block in enumerate(blocks):
        opening = _opening(block, body_size)
        if opening is None:
            continue
        if opening.always:
            if opening.name == annex and _MORE.search(block.text):
                continue  # old papers repeat the head of an annex on each of its pages
            if opening.name in used and annex and annex != opening.name:
                # Each annex may have an appendix of its own.
                opening = Opening(name=f"{annex}, {opening.name}", always=True, short=False)
            else:
                annex = opening.name
            used.add(opening.name)
        found[at] = opening
    return found


def _opening(block: Block, body_size: float) -> Opening | None:
    """What part a block opens, None for any other block."""
    text = block.text
    if block.cells is not None or len(text) > 400 or len(text.split()) > MAX_WORDS:
        return None
    display = block.bold or block.size > 1.1 * body_size > 0
    bare = _MORE.sub("", text)
    match = ANNEX.fullmatch(bare)
    if match is None and display and not text.endswith("."):
        match = _TITLED.fullmatch(bare)
    if match:
        return Opening(name=_named(match), always=True, short=False)
    if text.endswith((";", ",")) or not text[:1].isupper():
        return None
    if match := _ARTICLE.fullmatch(text):
        alone = len(text.split()) == 2
        if display or alone or (block.italic and not text.endswith(".")):
            return Opening(name=_named(match), always=False, short=True)
        return None
    if not display or text.endswith("."):
        return None
    if match := _TEXT.fullmatch(text):
        return Opening(name=_named(match), always=False, short=True)
    if match := _CHAPTER.fullmatch(text):
        name = f"{(match['name'] or 'chapter').casefold()} {match['number']}"
        return Opening(name=name, always=False, short=False)
    return None


def _named(match: re.Match[str]) -> str:
    """Name and number of a part; capital letters are kept in numbers only."""
    return f"{match['name'].casefold()} {(match['number'] or '').strip()}".strip()
