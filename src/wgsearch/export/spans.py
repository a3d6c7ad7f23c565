"""
years -> spans of equal length: so that a table or a plot has few enough columns to be read.

Why one home: table, plot and page show the same figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# As many columns of figures as a page of a document holds beside names.
COLUMNS = 8
_LENGTHS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """
    Years in a row.

    Attributes:
        first: The first.
        last: The last.
    """

    first: int
    last: int

    @property
    def label(self) -> str:
        """`2010`, or `2010–14`; the century is named where it changes."""
        if self.first == self.last:
            return str(self.first)
        same = self.first // 100 == self.last // 100
        return f"{self.first}–{self.last % 100:02d}" if same else f"{self.first}–{self.last}"

    def count(self, years: Mapping[int, int]) -> int:
        """How many of a count by year are of these years."""
        return sum(number for year, number in years.items() if self.first <= year <= self.last)


def spans_over(counts: Iterable[Mapping[int, int]], columns: int = COLUMNS) -> tuple[Span, ...]:
    """
    The shortest spans of which at most so many cover all years that anything is counted of.

    Args:
        counts: Counts by year.
        columns: How many spans at most.
    """
    years = {year for each in counts for year, number in each.items() if number}
    if not years:
        return ()
    first, last = min(years), max(years)
    for length in _LENGTHS:
        begin = first - first % length
        spans = (last - begin) // length + 1
        if spans <= columns:
            break
    else:
        length, begin, spans = last - first + 1, first, 1
    return tuple(
        Span(first=at, last=at + length - 1) for at in range(begin, begin + spans * length, length)
    )
