"""
two wordings -> the words that one has and the other lacks, as offsets.

Why offsets: each place that shows a difference marks it in its own way, and no markup can
come in by the words of a paper.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from wgsearch.register.records import Difference

if TYPE_CHECKING:
    from collections.abc import Sequence

# A word with what holds it together, one ideograph, or one sign.
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+(?:[-’'][^\W\u3400-\u9fff]+)*|[^\w\s]")


def difference(earlier: str, later: str) -> Difference:
    """
    Words removed and added from one text to the next.

    Words are compared without case. Words that stand side by side and changed together are one
    span, with the space between them; taking all spans out of both texts leaves the same words.
    """
    one, two = list(_WORD.finditer(earlier)), list(_WORD.finditer(later))
    matcher = SequenceMatcher(
        None, [each[0].casefold() for each in one], [each[0].casefold() for each in two], False
    )
    removed, added = [], []
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        removed += _span(one[first:last])
        added += _span(two[begin:end])
    return Difference(removed=tuple(removed), added=tuple(added))


def words_of(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The words of a text that spans cover, in small letters; signs left out."""
    return tuple(
        word[0].casefold()
        for start, end in spans
        for word in _WORD.finditer(text, start, end)
        if word[0][0].isalnum()
    )


def _span(words: Sequence[re.Match[str]]) -> list[tuple[int, int]]:
    """From the first word's beginning to the last one's end; none for no words."""
    return [(words[0].start(), words[-1].end())] if words else []
