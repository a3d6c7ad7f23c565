"""
notes and paragraphs -> notes that know which paragraph calls them; what does not match.

Why checked: a note without its mark, or a mark without its note, is the surest sign that a
page was read badly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wgsearch.papers.paper import ParagraphKind, ReadingWarning

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from wgsearch.papers.paper import Footnote, Paper, Paragraph

# A note stands on the page of its mark, or on the next one where there was no room.
NEXT_PAGE = 1
# Marks named in one warning.
SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """
    Notes tied to their paragraphs.

    Attributes:
        footnotes: In order, with the paragraphs that call them.
        warnings: Marks without notes and notes without marks, in one warning.
    """

    footnotes: tuple[Footnote, ...]
    warnings: tuple[ReadingWarning, ...]


def link_notes(
    footnotes: Sequence[Footnote],
    paragraphs: Sequence[Paragraph],
    *,
    called: Collection[str] = (),
    has_pages: bool = True,
) -> Linked:
    """
    Each note with the paragraph that calls it.

    Args:
        footnotes: Notes in order.
        paragraphs: Paragraphs in order, with the marks that they call.
        called: Marks that headings call.
        has_pages: Pages are known: a note is called on its own page or the one before.
    """
    callers: dict[str, list[int]] = {}
    for at, paragraph in enumerate(paragraphs):
        for mark in paragraph.footnotes:
            callers.setdefault(mark, []).append(at)
    linked: list[Footnote] = []
    taken: set[tuple[str, int]] = set()
    for note in footnotes:
        caller = _caller(note, callers.get(note.mark, ()), paragraphs, taken, has_pages=has_pages)
        if caller is not None:
            taken.add((note.mark, caller))
        linked.append(replace(note, paragraph=caller))
    return Linked(
        footnotes=tuple(linked), warnings=_unmatched(linked, paragraphs, frozenset(called))
    )


def notes_of(paper: Paper, index: int) -> tuple[Footnote, ...]:
    """
    Footnotes that a paragraph calls.

    Notes that reading tied to a paragraph are its own; for the others marks decide. Marks may
    begin anew on each page, so the note on the paragraph's own pages goes first.

    Args:
        paper: The paper.
        index: Position of the paragraph.
    """
    paragraph = paper.paragraphs[index]
    found: list[Footnote] = []
    for mark in paragraph.footnotes:
        same = [
            note
            for note in paper.footnotes
            if note.mark == mark and note.paragraph in {index, None}
        ]
        same.sort(
            key=lambda note: (
                note.paragraph is None,
                not paragraph.page_first <= note.page <= paragraph.page_last,
            )
        )
        found += same[:1]
    return tuple(found)


def _caller(
    note: Footnote,
    candidates: Sequence[int],
    paragraphs: Sequence[Paragraph],
    taken: Collection[tuple[str, int]],
    *,
    has_pages: bool,
) -> int | None:
    """The paragraph that calls a note: by its mark, the first on the page that is free."""
    free = [at for at in candidates if (note.mark, at) not in taken]
    if not has_pages:
        return free[0] if free else None
    for at in free:
        paragraph = paragraphs[at]
        if paragraph.page_first <= note.page <= paragraph.page_last + NEXT_PAGE:
            return at
    # Notes at the end of a paper or chapter stand pages after their marks.
    return free[0] if len(free) == 1 and note.mark.isdigit() else None


def _unmatched(
    footnotes: Sequence[Footnote], paragraphs: Sequence[Paragraph], called: frozenset[str]
) -> tuple[ReadingWarning, ...]:
    """
    Numbered notes without marks and marks without notes.

    Letters belong to tables, stars to the masthead; a note on the first page may belong to
    the title. Raised numbers in tables are figures as often as marks.
    """
    printed = {note.mark for note in footnotes if note.mark.isdigit()}
    marks = {
        mark
        for paragraph in paragraphs
        if paragraph.kind is not ParagraphKind.TABLE_ROW
        for mark in paragraph.footnotes
        if mark.isdigit()
    }
    lacking = sorted(
        {
            int(note.mark)
            for note in footnotes
            if note.mark.isdigit()
            and note.paragraph is None
            and note.mark not in called | marks
            and note.page > 1
        }
    )
    if not printed and not {"1", "2", "3"} <= marks:
        return ()  # single raised numbers are exponents; three in a row have lost their notes
    lost = sorted(int(mark) for mark in marks - printed)
    parts = []
    if lacking:
        parts.append(f"no mark was found for note {_listed(lacking)}")
    if lost:
        parts.append(f"no note was found for mark {_listed(lost)}")
    if not parts:
        return ()
    return (ReadingWarning(code="note_unmatched", message="; ".join(parts)),)


def _listed(numbers: Sequence[int]) -> str:
    """Numbers in words, the first few."""
    shown = ", ".join(str(number) for number in numbers[:SHOWN])
    more = len(numbers) - SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
