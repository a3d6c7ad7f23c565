"""
Recommended: one recommendation of one paper, as the register keeps it, and its lineage.

Why records of their own: packs, pages and programs list recommendations long after the
paragraphs were read, and compare them over the years.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Literal

from wgsearch.answers import Filters

if TYPE_CHECKING:
    from wgsearch.passages import Passage

# What a step of a lineage does to the one before it.
Mark = Literal["new", "repeated", "strengthened", "weakened"]
# How two recommendations were found to be the same one.
Basis = Literal["wording", "meaning"]


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


# The same in words, for lists and for reasons.
STRENGTHS = {
    Strength.MAY_WISH: "may wish to",
    Strength.ENCOURAGED: "encouraged, invited",
    Strength.SHOULD_CONSIDER: "should consider",
    Strength.SHOULD: "should",
    Strength.SHALL: "shall, requested, urged",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended:
    """
    A recommendation as it stands in its paper.

    Attributes:
        id: Where it stands, in one word that stays the same over builds.
        passage: The first passage of its paragraph, which says where it stands.
        text: Its words, verbatim: the whole paragraph with its sub-paragraphs.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """
    Which recommendations are wanted. Values within a field are alternatives; fields add up.

    Attributes:
        text: What they should be about, by words and meaning; None for all.
        papers: What their papers must be.
        addressees: Who is asked, one of these.
        least: Worded at least so strongly.
        agreed: Agreed, or not agreed; None for both.
        topics: Words of the topic, compared without case, anywhere in it.
    """

    text: str | None = None
    papers: Filters = field(default_factory=Filters)
    addressees: tuple[Addressee, ...] = ()
    least: Strength | None = None
    agreed: bool | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """
    Recommendations that were wanted.

    Attributes:
        wanted: What was asked for.
        found: Newest paper first, each paper in its order; for a text, best first.
        is_cut: A text was asked for, and more resemble it less than the last one found.
        generation: Name of the index generation.
    """

    wanted: Wanted
    found: tuple[Recommended, ...]
    is_cut: bool
    generation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """
    What changed from one wording to the next, in whole words.

    Attributes:
        removed: Offsets (start, end) into the earlier text of words that the later one lacks.
        added: Offsets into the later text of words that the earlier one lacks.
    """

    removed: tuple[tuple[int, int], ...]
    added: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """
    A recommendation on its way down the years.

    Attributes:
        recommended: The recommendation.
        mark: What it does to the one that it follows.
        follows: Id of that one; None for the first.
        basis: How they were found to be the same one; None for the first.
        likeness: Share of telling words that both have, up to 1; None for the first.
        reasons: Why it is so marked, in words.
        difference: What changed in the words; None for the first.
    """

    recommended: Recommended
    mark: Mark
    follows: str | None
    basis: Basis | None
    likeness: float | None
    reasons: tuple[str, ...]
    difference: Difference | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """
    A recommendation over the years.

    Attributes:
        id: The recommendation that was asked about.
        steps: It and those that it follows from or that follow it, oldest first.
        generation: Name of the index generation.
    """

    id: str
    steps: tuple[Step, ...]
    generation: str
