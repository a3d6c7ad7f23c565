"""
sources of a paragraph -> "already said in", ready to paste.

Why in this form: it is how the Editorial Manual cites documents, and a drafter pastes it into a
footnote as it is.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from wgsearch.passages import citation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wgsearch.compare.records import Label
    from wgsearch.passages import Passage

_OPENINGS: dict[Label, str] = {"verbatim": "See", "paraphrase": "See", "related": "See also"}


def note_of(label: Label, passages: Sequence[Passage], quoted: str | None = None) -> str:
    """
    A note that names where the same was said: `See A, paras. 2, 3 and 5–7; and B, para. 1.`

    Args:
        label: What the paragraph is to the passages.
        passages: Where it was said, best first; at least one.
        quoted: Words of the first passage to quote, verbatim; None for none.
    """
    cited = _joined(_cited(passages), "; ", "; and ")
    return f"{_OPENINGS[label]} {cited}" + (f": “{quoted.strip()}”" if quoted else ".")


def _cited(passages: Iterable[Passage]) -> list[str]:
    """Citations, paragraphs of one paper together."""
    numbers: dict[tuple[str, str], list[str]] = {}
    found: dict[tuple[str, ...], None] = {}
    for each in passages:
        if each.paragraph is None:
            found[citation(each),] = None
        else:
            numbers.setdefault((each.symbol, each.part), []).append(each.paragraph)
            found[each.symbol, each.part] = None
    return [
        key[0] if len(key) == 1 else _paragraphs(key[0], key[1], numbers[key[0], key[1]])
        for key in found
    ]


def _paragraphs(symbol: str, part: str, numbers: Sequence[str]) -> str:
    """`SYMBOL, annex II, paras. 2, 3 and 5–7`."""
    where = symbol if part == "body" else f"{symbol}, {part}"
    own = sorted(dict.fromkeys(numbers), key=_value)
    if len(own) == 1:
        return f"{where}, para. {own[0]}"
    return f"{where}, paras. {_joined(_runs(own), ', ', ' and ')}"


def _runs(numbers: Sequence[str]) -> list[str]:
    """Numbers that count on as `5–7`; two side by side stay two."""
    groups: list[list[str]] = [[numbers[0]]]
    for before, number in pairwise(numbers):
        if _value(number)[1] == _value(before)[1] + 1 and number.isdigit():
            groups[-1].append(number)
        else:
            groups.append([number])
    found: list[str] = []
    for group in groups:
        most = 2
        found += [f"{group[0]}–{group[-1]}"] if len(group) > most else group
    return found


def _value(number: str) -> tuple[int, float, str]:
    """Sorts numbers by value, others behind them."""
    try:
        return 0, float(number), number
    except ValueError:
        return 1, 0.0, number


def _joined(parts: Sequence[str], between: str, last: str) -> str:
    """Parts as a list in words."""
    return between.join(parts[:-1]) + last + parts[-1] if len(parts) > 1 else parts[0]
