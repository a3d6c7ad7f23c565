"""
papers -> which are indexed: of several files of one paper, one.

Why before indexing: one paper often lies in a corpus twice (PDF and DOCX, or as it was
issued and reissued), and a hit must be counted once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from wgsearch.errors import PaperUnreadableError
from wgsearch.papers import symbols

if TYPE_CHECKING:
    from collections.abc import Iterable

# Of two files of one paper the first of these is kept: only a PDF has the printed pages.
_PREFERRED = (".pdf", ".docx", ".txt")


class Issue(Protocol):
    """What decides which file of a paper is indexed: a paper, or its card."""

    @property
    def file(self) -> str:
        """Name of the file."""

    @property
    def symbol(self) -> str | None:
        """Symbol, None where none is printed."""

    @property
    def stars(self) -> int:
        """Stars after the symbol."""

    @property
    def language(self) -> str:
        """Language of the text."""

    @property
    def date(self) -> str | None:
        """ISO date of issue."""


AnIssue = TypeVar("AnIssue", bound=Issue)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection(Generic[AnIssue]):
    """
    Papers to index, and files that repeat one of them.

    Attributes:
        papers: By file name.
        left_out: One error a file left out, with code `duplicate`, or `reissued` where the
            one kept bears more stars; by file name.
    """

    papers: tuple[AnIssue, ...]
    left_out: tuple[PaperUnreadableError, ...]


def select(papers: Iterable[AnIssue]) -> Selection[AnIssue]:
    """
    One file for each symbol and language.

    A star after its symbol marks a paper that was reissued for technical reasons, so the one
    with most stars is kept; then PDF before DOCX before text; then the later date of issue;
    then the first by name. Papers without a symbol are all kept.
    """
    kept: dict[tuple[str, str], AnIssue] = {}
    left_out: list[PaperUnreadableError] = []
    for paper in sorted(papers, key=preference):
        first = kept.setdefault(edition(paper), paper)
        if first is not paper:
            left_out.append(_left_out(paper, first))
    return Selection(
        papers=tuple(sorted(kept.values(), key=lambda paper: paper.file)),
        left_out=tuple(sorted(left_out, key=lambda each: each.file)),
    )


def _left_out(paper: Issue, first: Issue) -> PaperUnreadableError:
    """Why a file is not indexed whose paper is read from another one."""
    what = f"{paper.symbol} in language {paper.language!r}"
    if first.stars > paper.stars:
        reason = f"{what} was reissued ({'*' * first.stars}) and is read from {first.file!r}"
        return PaperUnreadableError(paper.file, "reissued", f"{reason}; this issue is not needed")
    reason = f"{what} is read from {first.file!r}; remove one of the two files"
    return PaperUnreadableError(paper.file, "duplicate", reason)


def edition(paper: Issue) -> tuple[str, str]:
    """What one file is indexed for: a symbol, or a file without one, in a language."""
    return (symbols.key(paper.symbol) if paper.symbol else f"\0{paper.file}", paper.language)


def form(file: str) -> int:
    """How far a kind of file is from the one that is preferred."""
    ending = PurePosixPath(file).suffix.lower()
    return _PREFERRED.index(ending) if ending in _PREFERRED else len(_PREFERRED)


def preference(paper: Issue) -> tuple[int, int, int, str]:
    """Order in which files of one paper are preferred."""
    issued = int((paper.date or "").replace("-", "").ljust(8, "0") or 0)
    return (-paper.stars, form(paper.file), -issued, paper.file)
