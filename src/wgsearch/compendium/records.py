"""
Compendium: what all papers say, by theme and topic, every word of it cited.

Why records of their own: the document, the pages, the API and the comparison with the edition
before all show the same things, and none of them asks for itself.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - serial.py reads the types of fields
from dataclasses import dataclass
from typing import Literal

# Why two topics belong together.
Why = Literal["near in meaning", "same papers", "cite one another"]
# How two paragraphs repeat one another.
Repeat = Literal["verbatim", "near", "restated"]
# What is missing on a topic, or of a paper.
GapKind = Literal[
    "long not addressed", "no recommendation", "agenda topic without papers",
    "paper without recommendation", "not covered by the taxonomy",
]  # fmt: skip
# What became of a topic since the edition before.
ChangeKind = Literal["born", "ended", "split", "merged", "grew", "shrank", "renamed", "moved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    A paragraph of a paper: what a compendium is made of.

    Attributes:
        symbol: Symbol of its paper.
        language: Language of the text.
        part: `body`, or the annex.
        paragraph: Number as printed, None without one.
        index: Index of the paragraph in `Paper.paragraphs`.
        citation: Symbol and paragraph, as a delegate cites.
        date: ISO date of its paper, or its year; None where none is printed.
    """

    symbol: str
    language: str
    part: str
    paragraph: str | None
    index: int
    citation: str
    date: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """
    A sentence of a summary.

    Attributes:
        text: Verbatim: a substring of the text of its paragraph.
        place: Where it stands.
        also_in: Other paragraphs that say the same.
    """

    text: str
    place: Place
    also_in: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """
    A topic that belongs near another.

    Attributes:
        topic: Its id.
        why: The strongest reason.
        score: How near, up to 1; for the order.
    """

    topic: str
    why: Why
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """
    A paper, resolution or tool that paragraphs of a topic point to.

    Attributes:
        symbol: As cited.
        title: Its title where it is held, else None.
        held: It is in the corpus.
        count: How many paragraphs of the topic point to it.
        places: Those paragraphs.
    """

    symbol: str
    title: str | None
    held: bool
    count: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """
    A recommendation on a topic.

    Attributes:
        id: Its id in the register of recommendations.
        text: Verbatim.
        place: Where it stands.
    """

    id: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """
    What the papers say on one thing.

    Attributes:
        id: Stays the same over editions while most of it stays; a word fit for an address.
        name: What a person would call it.
        named_by: `editor`, `taxonomy`, `heading` or `phrases`.
        terms: Key phrases, the most telling first.
        places: Its paragraphs, nearest to its middle first.
        closeness: For each of `places`, the cosine to the topic's centre.
        summary: A brief summary in reading order.
        questions: Sub-questions it treats: headings and questions, verbatim, with a place each.
        related: Other topics near to it, nearest first.
        knowledge: What its paragraphs point to, most often pointed to first.
        advice: Recommendations on it, newest first.
        years: Number of its paragraphs by year of their paper.
        languages: Languages of papers beside English that have paragraphs on it, with the symbols.
        digest: SHA-256 over its paragraphs, so that what is said of it is kept as long as they are.
    """

    id: str
    name: str
    named_by: str
    terms: tuple[str, ...]
    places: tuple[Place, ...]
    closeness: tuple[float, ...]
    summary: tuple[Sentence, ...] = ()
    questions: tuple[Sentence, ...] = ()
    related: tuple[Related, ...] = ()
    knowledge: tuple[Knowledge, ...] = ()
    advice: tuple[Advice, ...] = ()
    years: Mapping[int, int]
    languages: Mapping[str, tuple[str, ...]]
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """
    Topics that belong together.

    Attributes:
        id: Stays the same over editions while most of it stays.
        name: What a person would call it.
        topics: Its topics, largest first; as a taxonomy orders them where there is one.
    """

    id: str
    name: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """
    Paragraphs of several papers that say the same.

    Attributes:
        kind: The weakest likeness among them.
        places: Earliest paper first.
    """

    kind: Repeat
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """
    Something that is missing.

    Attributes:
        kind: What kind of gap.
        subject: Id of a topic, symbol of a paper, or words of an agenda item.
        words: The same in a sentence, with figures.
    """

    kind: GapKind
    subject: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """
    What became of a topic since the edition before.

    Attributes:
        kind: What happened.
        topic: Its id.
        others: Ids of the topics that it was split into or merged from.
        joined: Citations of paragraphs that joined.
        left: Citations of paragraphs that left.
        words: The same in a sentence ("3 paragraphs joined ...").
    """

    kind: ChangeKind
    topic: str
    others: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """
    A topic as it was found, where an editor merged, hid, pinned or named something.

    Attributes:
        id: Its id, kept for it while an editor has it merged into another or hidden.
        name: Its name without the editor's.
        named_by: What named it so.
        places: Its paragraphs without the editor's pins and merges.
    """

    id: str
    name: str
    named_by: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compendium:
    """
    One edition.

    Attributes:
        edition: Number of the edition, from 1.
        generation: Generation of the index that it was made from.
        content_digest: SHA-256 over what that generation indexes.
        papers: Number of papers that take part.
        latest: ISO date of the newest paper; None where none is dated.
        themes: Themes in reading order.
        unplaced: Paragraphs that belong to no topic.
        repeats: Paragraphs that repeat one another across papers.
        gaps: What is missing.
        changes: What changed since the edition before; none in the first.
        notes: What the reader should know.
        found: Topics as they were found, where an editor changed them.
        retired: Ids of topics of earlier editions that ended; nothing else is called so.
        retired_themes: Ids of themes, likewise.
    """

    edition: int
    generation: str
    content_digest: str
    papers: int
    latest: str | None
    themes: tuple[Theme, ...]
    unplaced: tuple[Place, ...] = ()
    repeats: tuple[Repeated, ...] = ()
    gaps: tuple[Gap, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    found: tuple[Found, ...] = ()
    retired: tuple[str, ...] = ()
    retired_themes: tuple[str, ...] = ()
