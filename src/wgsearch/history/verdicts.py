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
    from wgsearch.history.signs import ItemSign, PassageSign

# Chosen on the development set of judged topics and checked on the held-out one: decision 0023.
# A title is on a topic from here: mean of what each has of the other.
DEDICATED = 0.60
# A heading or a passage treats a topic from here on.
HEADING = 0.55
PASSAGE = 0.60
# So many passages of one paper that treat a topic are more than a mention.
SEVERAL = 3
# A sentence mentions a topic from here on.
MENTION = 0.50


class Judged(NamedTuple):
    """A verdict, how far it is from the next one, and what it rests on."""

    verdict: Addressed
    confidence: Confidence


def is_dedicated(sign: ItemSign) -> bool:
    """Whether a title is on the topic."""
    return nearness(sign.near) >= DEDICATED


def treats(sign: PassageSign) -> bool:
    """Whether a passage is on the topic, by its heading or its own words."""
    return found_in(sign.of_heading) >= HEADING or found_in(sign.of_text) >= PASSAGE


def mentions(sign: PassageSign) -> bool:
    """Whether a passage has a sentence that names the topic."""
    return found_in(sign.of_sentence) >= MENTION
