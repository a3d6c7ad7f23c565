"""
Recommended: one recommendation of one report, as the register keeps it, and its lineage.

Why records of their own: packs, pages and programs list recommendations long after the
paragraphs were read, and compare them over the years.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wgsearch.passages import Passage


class Addressee(StrEnum):
    """Who is asked, in the classes that a working group distinguishes."""

    STATES = "states"
    SECRETARIAT = "secretariat"
    UNODC = "unodc"
    CONFERENCE = "conference"
    WORKING_GROUP = "working group"
    OTHERS = "others"


class Strength(IntEnum):
    """How strongly a recommendation is worded; a higher one binds more."""

    MAY_WISH = 1
    ENCOURAGED = 2
    SHOULD_CONSIDER = 3
    SHOULD = 4
    SHALL = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended:
    """
    A recommendation as it stands in its paper.

    Attributes:
        id: Where it stands, in one word that stays the same over builds.
        passage: Its paragraph as it is cited; `text` is the recommendation's words.
        text: Its words, verbatim: the paragraph, or the sub-paragraph that is one by itself.
        citation: Symbol and paragraph.
        addressee: Who is asked, as printed.
        addressed: The classes of addressee that these words name, at least one.
        verb: As printed (`should`, `may wish to`).
        strength: How strongly.
        agreed: False where the report says that no agreement was reached on it.
        topic: The heading that it stands under, without its label; None where there is none
            but that of the list.
    """

    id: str
    passage: Passage
    text: str
    citation: str
    addressee: str
    addressed: tuple[Addressee, ...]
    verb: str
    strength: Strength
    agreed: bool
    topic: str | None
