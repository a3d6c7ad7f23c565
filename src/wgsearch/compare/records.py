"""
Comparison: what of a draft was said before, where, and in which words.

Why records of their own: the command line, the API and the page show the same comparison.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wgsearch.answers import Hit
    from wgsearch.drafts import Draft, DraftParagraph

# A sentence of it stands word for word in a paper; the same is said in other words; the same
# subject, another statement; no paper speaks of it. From most to least of what was said before.
Label = Literal["verbatim", "paraphrase", "related", "new"]
LABELS: tuple[Label, ...] = ("verbatim", "paraphrase", "related", "new")
# Why a paragraph of a draft is not compared.
Reason = Literal["short", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """
    Words that a draft and a source have alike, in one run.

    Attributes:
        draft: Offsets (start, end) into the text of the draft's paragraph.
        source: Offsets (start, end) into the text of the source's passage.
        words: How many words.
        whole: They are a sentence of the draft, or more than one.
    """

    draft: tuple[int, int]
    source: tuple[int, int]
    words: int
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """
    A passage that a paragraph of a draft may rest on.

    Attributes:
        hit: The passage; spans of its match are the words that both have in runs.
        label: What the paragraph is to this passage alone; never `new`.
        shared: Runs of words alike, in the order of the draft.
        likeness: How probable it is that the passage says the same, from 0 to 1.
        note: The citation ready to paste.
    """

    hit: Hit
    label: Label
    shared: tuple[Shared, ...]
    likeness: float
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedParagraph:
    """
    A paragraph of a draft with what was found for it.

    Attributes:
        paragraph: The paragraph.
        label: The strongest of what it is to any passage.
        sources: Best first; empty for a new one.
        note: "Already said in", ready to paste; None where nothing was said before.
        words: How many words it has.
        said: How many of them stand in runs of words of its sources.
    """

    paragraph: DraftParagraph
    label: Label
    sources: tuple[Source, ...]
    note: str | None
    words: int
    said: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """
    A paragraph of a draft that is not compared.

    Attributes:
        paragraph: The paragraph.
        reason: `short`: fewer words than say something; `table`: a row of figures or labels.
    """

    paragraph: DraftParagraph
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """
    A draft, paragraph by paragraph.

    Attributes:
        draft: What was compared.
        generation: Name of the index generation that it was compared with.
        took_ms: Time from draft to comparison, in milliseconds, reading the file left out.
        paragraphs: In the order of the draft.
        left_out: What was not compared, in order.
        excluded: Symbols of papers that are not taken for sources: the draft itself.
        shares: Share of the words of each label, from 0 to 1; they add up to 1.
        notes: What a reader should know.
    """

    draft: Draft
    generation: str
    took_ms: float
    paragraphs: tuple[ComparedParagraph, ...]
    left_out: tuple[LeftOut, ...]
    excluded: tuple[str, ...]
    shares: Mapping[Label, float]
    notes: tuple[str, ...]

    @property
    def share_new(self) -> float:
        """Share of words in paragraphs that no paper speaks of."""
        return self.shares["new"]
