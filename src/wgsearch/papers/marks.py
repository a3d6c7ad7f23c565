"""
line -> its words without the marks of notes, and the marks.

Only raised signs are marks; where a reader could not tell what is raised, only the next
number that a note on the same page bears.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wgsearch.papers.paper import Footnote, Line

_RAISED = re.compile(r"\d{1,3}|[a-z]|\*{1,3}|[\d,\s–-]{1,12}|[a-z](?:,\s?[a-z]){0,3}")
_SIGNS = re.compile(r"\d{1,3}|[a-z]|\*+")
# After a number with a stop stands the rest of it (`16.1`), unless the number is a year.
_FUSED = re.compile(
    r"(?<=[a-zà-ÿ.,;:”’)»])(?<!\b\d[.,:])(?<!\b\d\d[.,:])(?<!\b\d\d\d[.,:])"
    r"(?P<mark>\d{1,3})(?=\s|$)"
    r"|(?<=[a-zà-ÿ”’)»])(?P<before>\d{1,3})(?=[.,;:](?:\s|$))"
    r"|\s?\[(?P<framed>\d{1,3})\](?=[\s.,;:)]|$)"
)
# A raised 2 or 3 after a unit is a power.
_UNIT = re.compile(r"(?:^|[\s\d(/])(?:[kcm]?m|ft|in|km)$")
_SUPERSCRIPTS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# What follows a mark keeps one space, unless it closes something.
_CLOSING = ",.;:)]”’»"


class Unraised:
    """Numbers of notes by page, smallest first, whose marks were not found yet."""

    def __init__(self, notes: Iterable[Footnote]) -> None:
        self._pages: dict[int, list[int]] = {}
        for note in notes:
            if note.mark.isdigit():
                self._pages.setdefault(note.page, []).append(int(note.mark))

    def take(self, mark: str, page: int) -> None:
        """A mark was found."""
        due = self._pages.get(page)
        if due and mark.isdigit() and int(mark) in due:
            due.remove(int(mark))

    def is_due(self, page: int) -> bool:
        """Notes of a page still lack their marks."""
        return bool(self._pages.get(page))

    def is_next(self, mark: str, page: int) -> bool:
        """A number is the next that a note of the page bears."""
        return self._pages[page][0] == int(mark)


def unmarked(line: Line, unraised: Unraised) -> tuple[str, list[str]]:
    """A line's text without footnote marks, and the marks in order."""
    text, marks = without_raised(line.text, line.marks) if line.marks else (line.text, [])
    if not text.isascii():
        for match in reversed(list(_SUPERSCRIPTS.finditer(text))):
            if match[0] in "²³" and _UNIT.search(text[: match.start()]):
                continue
            marks[:0] = [match[0].translate(_PLAIN)]
            text = text[: match.start()] + text[match.end() :]
    for mark in marks:
        unraised.take(mark, line.page)
    # The reader of Word papers raises all marks.
    if not marks and line.style is None and unraised.is_due(line.page):
        text, marks = _unfused(text, line.page, unraised)
    return text, marks


def without_raised(text: str, raised: Iterable[tuple[int, int]]) -> tuple[str, list[str]]:
    """A text without raised signs at places that are marks, and the marks."""
    marks: list[str] = []
    for start, end in reversed(list(raised)):
        sign = text[start:end]
        if (
            start == 0
            or not _RAISED.fullmatch(sign)
            or (sign.isalpha() and text[end : end + 1].isalpha())
            or (sign in ("2", "3") and _UNIT.search(text[:start]))
        ):
            continue
        marks[:0] = _SIGNS.findall(sign)
        before, after = text[:start].rstrip(), text[end:].lstrip(" ")
        text = before + ("" if not after or after[0] in _CLOSING else " ") + after
    return text, marks


def _unfused(text: str, page: int, unraised: Unraised) -> tuple[str, list[str]]:
    """A line without the marks that are printed at the size of the text: the next expected only."""
    marks: list[str] = []
    kept: list[str] = []
    at = 0
    for match in _FUSED.finditer(text):
        mark = match["mark"] or match["before"] or match["framed"]
        if unraised.is_due(page) and unraised.is_next(mark, page):
            unraised.take(mark, page)
            marks.append(mark)
            kept.append(text[at : match.start()])
            at = match.end()
    return ("".join(kept) + text[at:], marks) if marks else (text, marks)
