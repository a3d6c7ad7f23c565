"""
how much -> Lengths: what a pack or a compendium may show of each thing.

Why parameters: a delegate in the room wants two pages an item, a drafter all there is.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """
    How much of each thing is shown; how many passages there are is decided where they are found.

    Attributes:
        words: Words of a quotation that is cut, at most; about 80 are read at a glance.
        whole: A passage of up to so many words is not cut.
        timeline: Rows of a timeline, at most: the most telling ones.
        names: Places named in a note where the same is said, at most.
        listed_items: With more items than these, the contents list no sections.
        listed_topics: With more topics than these, the contents list themes alone: two pages.
        questions: Sub-questions of a topic, at most.
        advice: Recommendations on a topic, at most: the newest.
        knowledge: Papers that a topic points to, at most.
        related: Related topics, at most.
        changes: Changes since the edition before, at most.
        repeats: Groups of paragraphs that repeat one another, of each kind, at most.
        unplaced: Papers named for their paragraphs in no topic, at most.
    """

    words: int = 80
    whole: int = 100
    timeline: int = 12
    names: int = 3
    listed_items: int = 8
    listed_topics: int = 80
    questions: int = 6
    advice: int = 4
    knowledge: int = 6
    related: int = 4
    changes: int = 60
    repeats: int = 30
    unplaced: int = 30
