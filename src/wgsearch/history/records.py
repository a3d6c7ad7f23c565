"""
History: whether a topic was addressed before, when and where.

Why a timeline beside the verdict: a delegate does not take a word for it, and the next
question is always in which paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from wgsearch.answers import Hit, PaperEntry
    from wgsearch.register.records import Recommended

Addressed = Literal["dedicated_item", "within_another_item", "in_passing", "not_found"]
VERDICTS: dict[Addressed, str] = {
    "dedicated_item": "Yes, under an item of its own",
    "within_another_item": "Yes, within another item",
    "in_passing": "In passing only",
    "not_found": "No paper says anything on it",
}
Confidence = Literal["high", "moderate", "low"]
# What of a session shows that it addressed a topic.
Evidence = Literal["agenda_item", "paper", "report", "recommendation", "passage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """
    A place where a topic came up.

    Attributes:
        kind: What it is: an item of an agenda, a paper on it, the report, a recommendation,
            or a passage of something else.
        session: As printed on the paper.
        date: ISO date of issue of the paper.
        item: Number of the agenda item it belongs to; None where none is known.
        item_title: Title of that item.
        paper: The paper.
        words: Words that show it, verbatim: the item's title, or the sentence that answers best.
        citation: How these words are cited.
        hit: The passage that they stand in; None for the item of an agenda.
        is_about: It is on the topic as a whole, rather than touching it.
    """

    kind: Evidence
    session: str | None
    date: str | None
    item: str | None
    item_title: str | None
    paper: PaperEntry
    words: str
    citation: str
    hit: Hit | None
    is_about: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """
    Whether a topic was addressed before.

    Attributes:
        topic: As asked.
        verdict: The strongest way in which it was.
        confidence: How often verdicts that were as clear were right, in words.
        timeline: Where it came up, oldest first.
        recommended: What was recommended on it, newest first.
        generation: Name of the index generation that answered.
        notes: What the reader should know about the answer.
    """

    topic: str
    verdict: Addressed
    confidence: Confidence
    timeline: tuple[Occasion, ...]
    recommended: tuple[Recommended, ...]
    generation: str
    notes: tuple[str, ...] = ()
