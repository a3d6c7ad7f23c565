"""
Signs -> verdict and confidence: a dedicated item, within another one, in passing, or not at all.

Why by thresholds on few signs: each can be shown to the reader beside the verdict, and a verdict
that cannot be explained is not believed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wgsearch.history.signs import found_in, nearness

if TYPE_CHECKING:
    from wgsearch.history.records import Addressed, Confidence
    from wgsearch.history.signs import ItemSign, PassageSign, Signs

# All chosen on the development set of judged topics; docs/decisions/0023-history.md has the sweep
# and what they come to on the held-out one.
#
# A title is on a topic from here on, and plainly so from there.
_TITLE, _PLAIN_TITLE = 0.56, 0.60
# A whole paper is on a topic that nine of the ten nearest passages are of, none of them far before
# the others, and that its title is not far from.
_WHOLE_PAPER, _LEVEL, _PAPER_WORDS, _PAPER_TITLE = 0.9, 0.63, 0.42, 0.38
# A passage names a topic from here on; up to there only if it stands out among those near in
# meaning, by so many deviations.
_NAMED, _PLAINLY_NAMED, _STANDS_OUT = 0.50, 0.60, 3.1
# A topic is treated where three passages have it so far, or where a heading has.
_TREATED, _TREATED_LEVEL, _HEADING = 0.58, 0.53, 0.58
_LEVELS = 0.5
# From here on a verdict was right in eight cases of ten, of both sets.
_FAR_BELOW, _SELDOM, _OFTEN = 0.42, 0.50, 0.65
_UNRELATED_TITLE = 0.45


class Judged(NamedTuple):
    """A verdict, and how sure it is."""

    verdict: Addressed
    confidence: Confidence


def judged(signs: Signs) -> Judged:
    """The strongest way in which a topic was addressed, by its signs."""
    title = max((nearness(each.near) for each in signs.items), default=0.0)
    if title >= _TITLE:
        return Judged("dedicated_item", "high" if title >= _PLAIN_TITLE else "moderate")
    cosine = max((each.near.cosine for each in signs.items), default=0.0)
    texts = sorted((found_in(each.of_text) for each in signs.passages), reverse=True)
    best = max((*texts[:1], *(found_in(each.of_sentence) for each in signs.passages)), default=0.0)
    if (
        signs.breadth >= _WHOLE_PAPER
        and signs.fall >= _LEVEL
        and texts[0] >= _PAPER_WORDS
        and cosine >= _PAPER_TITLE
    ):
        return Judged("dedicated_item", "low")
    if best < _NAMED or (best < _PLAINLY_NAMED and signs.apart < _STANDS_OUT):
        return Judged("not_found", _sure_of_nothing(best, cosine))
    third = texts[2] if len(texts) > 2 else 0.0  # noqa: PLR2004 - the third
    if (
        third >= _TREATED
        or (third >= _TREATED_LEVEL and signs.fall >= _LEVELS)
        or any(found_in(each.of_heading) >= _HEADING for each in signs.passages)
    ):
        return Judged("within_another_item", "moderate" if third >= _OFTEN else "low")
    plain = best >= _PLAINLY_NAMED and third < _SELDOM
    return Judged("in_passing", "moderate" if plain else "low")


def is_about(sign: ItemSign) -> bool:
    """Whether a title is on the topic."""
    return nearness(sign.near) >= _TITLE


def treats(sign: PassageSign) -> bool:
    """Whether a passage is on the topic, by its own words or its heading's."""
    return found_in(sign.of_text) >= _TREATED or found_in(sign.of_heading) >= _HEADING


def names(sign: PassageSign) -> bool:
    """Whether a passage, or a sentence of it, names the topic."""
    return max(found_in(sign.of_sentence), found_in(sign.of_text)) >= _NAMED


def _sure_of_nothing(best: float, cosine: float) -> Confidence:
    """How sure it is that no paper says anything on a topic."""
    if best < _FAR_BELOW:
        return "high"
    return "moderate" if best < _NAMED and cosine < _UNRELATED_TITLE else "low"
