"""
language versions of one paper -> what they have in common, paragraph by paragraph.

Why by number: editions of one symbol are one work, and the Editorial Manual has their
paragraph numbers equal, so that a citation leads to the same words in every language.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.papers import symbols
from wgsearch.papers.paper import ReadingWarning

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from wgsearch.papers.paper import Paper

# More numbers than this in one message help nobody.
_NAMED = 10
_NUMERAL = re.compile(r"[IVXLC]+|\d+|[A-Z]", re.IGNORECASE)


class Place(NamedTuple):
    """
    A numbered paragraph, the same in all languages.

    Attributes:
        part: `body`, or the annex in a form that no language tells apart.
        number: As printed.
    """

    part: str
    number: str


def place(part: str, number: str) -> Place:
    """The place of a paragraph, whatever its language calls an annex (`annexe II`, `anexo II`)."""
    words = part.split()
    if part == "body" or not words:
        return Place("body", number)
    numeral = words[-1].upper() if len(words) > 1 and _NUMERAL.fullmatch(words[-1]) else ""
    return Place(f"annex {numeral}".strip(), number)


def places(paper: Paper) -> tuple[Place, ...]:
    """Places of the numbered paragraphs of a paper, in order."""
    return tuple(place(each.part, each.number) for each in paper.paragraphs if each.number)


def alignment(papers: Iterable[Paper]) -> dict[str, tuple[ReadingWarning, ...]]:
    """
    Warnings of editions whose numbered paragraphs are not those of the others.

    Args:
        papers: All papers; those without a symbol have no editions.

    Returns:
        Warnings by file name, for every edition of a paper whose editions differ.
    """
    works: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        if paper.symbol:
            works[symbols.key(paper.symbol)].append(paper)
    found: dict[str, tuple[ReadingWarning, ...]] = {}
    for editions in works.values():
        if len(editions) > 1:
            found |= _differing({each.file: each for each in editions})
    return found


def _differing(editions: Mapping[str, Paper]) -> dict[str, tuple[ReadingWarning, ...]]:
    """Warnings of the editions of one paper."""
    counted = {file: Counter(places(paper)) for file, paper in editions.items()}
    # What most editions have is what the paper has: a repeated number counts as often.
    every: Counter[Place] = Counter()
    for each in counted.values():
        every |= each
    if all(each == every for each in counted.values()):
        return {}
    counts = ", ".join(
        f"{paper.language} {counted[file].total()}"
        for file, paper in sorted(editions.items(), key=lambda pair: pair[1].language)
    )
    return {
        file: (
            ReadingWarning(
                code="editions_differ",
                message=f"language versions differ in their numbered paragraphs ({counts})"
                + _lacking(every - counted[file]),
            ),
        )
        for file in editions
    }


def _lacking(lacking: Counter[Place]) -> str:
    """Which numbers another edition has and this one has not."""
    if not lacking:
        return ""
    named = sorted(lacking, key=_in_order)
    words = [n.number if n.part == "body" else f"{n.part}, {n.number}" for n in named]
    more = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return f"; not here: {'; '.join(words[:_NAMED])}{more}"


def _in_order(where: Place) -> tuple[bool, str, int, str]:
    """The body before annexes, `10` after `9`."""
    digits = re.match(r"\d+", where.number)
    return (where.part != "body", where.part, int(digits[0]) if digits else 0, where.number)
