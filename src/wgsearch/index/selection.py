"""
papers -> which are indexed, and which a revision replaces.

Why before indexing: one paper often lies in a corpus twice (PDF and DOCX), and both
versions of a revised one; a hit must be counted once, and the newest words come first.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wgsearch.papers.paper import Paper

# Of two files of one paper the first of these is kept: only a PDF has the printed pages.
_PREFERRED = (".pdf", ".docx", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """
    Papers to index, and files that repeat one of them.

    Attributes:
        papers: By file name.
        duplicates: One error a file left out, with code `duplicate`, by file name.
    """

    papers: tuple[Paper, ...]
    duplicates: tuple[PaperUnreadableError, ...]


def select(papers: Iterable[Paper]) -> Selection:
    """
    One file for each symbol and language: PDF before DOCX before text, then by file name.

    Papers without a symbol are all kept.
    """
    kept: dict[tuple[str, str], Paper] = {}
    duplicates: list[PaperUnreadableError] = []
    for paper in sorted(papers, key=_preference):
        own = symbols.key(paper.symbol) if paper.symbol else f"\0{paper.file}"
        first = kept.setdefault((own, paper.language), paper)
        if first is not paper:
            reason = (
                f"{paper.symbol} in language {paper.language!r} is read from {first.file!r}; "
                "remove one of the two files"
            )
            duplicates.append(PaperUnreadableError(paper.file, "duplicate", reason))
    return Selection(
        papers=tuple(sorted(kept.values(), key=lambda paper: paper.file)),
        duplicates=tuple(sorted(duplicates, key=lambda each: each.file)),
    )


def superseding(known: Iterable[str]) -> dict[str, str]:
    """
    Which symbols of a list are replaced, and by which.

    `X/Rev.2` replaces `X` and `X/Rev.1`, but no addition or correction of X.

    Args:
        known: Symbols.

    Returns:
        Newest revision by the key of the replaced symbol.
    """
    parsed = [symbols.parse(symbol) for symbol in sorted(set(known))]
    newest: dict[str, symbols.Symbol] = {}
    for each in parsed:
        first = newest.setdefault(symbols.key(each.revised), each)
        if first.revision < each.revision:
            newest[symbols.key(each.revised)] = each
    return {
        each.key: last.text
        for each in parsed
        if (last := newest[symbols.key(each.revised)]).revision > each.revision
    }


def _preference(paper: Paper) -> tuple[int, str]:
    """Order in which files of one paper are preferred."""
    ending = PurePosixPath(paper.file).suffix.lower()
    return (_PREFERRED.index(ending) if ending in _PREFERRED else len(_PREFERRED), paper.file)
