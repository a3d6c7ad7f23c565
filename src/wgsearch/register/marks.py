"""
two recommendations that are the same one -> what the later one does to the earlier one, and why.

Why reasons in words: `strengthened` is a claim that a delegate will be asked to defend, and the
words that carry it are few.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from wgsearch.register.difference import difference
from wgsearch.register.likeness import terms_of
from wgsearch.register.records import STRENGTHS

if TYPE_CHECKING:
    from wgsearch.register.records import Difference, Mark, Recommended, Strength

# Words that bound a duty: to add them weakens, to take them out strengthens.
_BOUNDS = re.compile(
    r"where (?:appropriate|possible|feasible|necessary|applicable|relevant|available)"
    r"|(?:as|if|when) (?:appropriate|necessary|possible|applicable|needed)|subject to|on request"
    r"|upon request|on a voluntary basis|voluntar|to the extent|as far as|within (?:their|its|the)?"
    r" ?(?:\w+ )?(?:means|resources|mandates?|capacit)|in accordance with|consistent with|unless"
    r"|except|available resources|domestic law|national law|le cas échéant|dans la mesure"
    r"|sous réserve|conformément|según proceda|cuando proceda|en la medida|con sujeción",
    re.IGNORECASE,
)


class Marked(NamedTuple):
    """
    What a later recommendation does to an earlier one.

    Attributes:
        mark: Repeats, strengthens or weakens it.
        reasons: Why, in words.
        difference: What changed in the words.
    """

    mark: Mark
    reasons: tuple[str, ...]
    difference: Difference


def marked(earlier: Recommended, later: Recommended) -> Marked:
    """
    What a later recommendation does to an earlier one.

    Agreement counts before the verb, the verb before duties added or taken out.
    """
    found = difference(earlier.text, later.text)
    told = (_agreement(earlier, later), _verb(earlier, later), _duty(earlier, later, found))
    reasons = [each for each in told if each is not None]
    if not reasons:
        is_same = not (found.added or found.removed)
        reasons = [_Reason("repeated", "the same words" if is_same else "nearly the same words")]
    return Marked(reasons[0].mark, tuple(each.words for each in reasons), found)


class _Reason(NamedTuple):
    """A mark, and why."""

    mark: Mark
    words: str


def _agreement(earlier: Recommended, later: Recommended) -> _Reason | None:
    """Whether agreement was reached or lost."""
    if earlier.agreed == later.agreed:
        return None
    if later.agreed:
        return _Reason("strengthened", "agreed, which it was not before")
    return _Reason("weakened", "not agreed, which it was before")


def _verb(earlier: Recommended, later: Recommended) -> _Reason | None:
    """Whether the verb is another one in strength."""
    if earlier.strength == later.strength:
        return None
    mark: Mark = "strengthened" if later.strength > earlier.strength else "weakened"
    return _Reason(mark, f"{named(later.strength)}, after {named(earlier.strength)}")


def _duty(earlier: Recommended, later: Recommended, found: Difference) -> _Reason | None:
    """Whether words were added that ask more or bound a duty, or such were taken out."""
    old = Counter(terms_of(earlier))
    new = Counter(terms_of(later))
    added, removed = new - old, old - new
    if not added and not removed:
        return None
    if added and removed:
        return _Reason("repeated", "some words added, others taken out")
    texts = [later.text[start:end] for start, end in found.added] if added else []
    texts += [earlier.text[start:end] for start, end in found.removed] if removed else []
    bounds = any(_BOUNDS.search(text) for text in texts)
    if added:
        words = "bounded by added words" if bounds else "asks for more"
    else:
        words = "freed from bounds" if bounds else "asks for less"
    mark: Mark = "strengthened" if bool(added) != bounds else "weakened"
    return _Reason(mark, words)


def named(strength: Strength) -> str:
    """A strength in words."""
    return f"‘{STRENGTHS[strength]}’"
