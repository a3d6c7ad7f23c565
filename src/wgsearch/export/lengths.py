"""
how much -> Lengths: what a pack may show of each thing.

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
    """

    words: int = 80
    whole: int = 100
    timeline: int = 12
    names: int = 3
    listed_items: int = 8
