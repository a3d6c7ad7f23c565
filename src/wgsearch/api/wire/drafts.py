"""What of a draft was said before, and its citations checked, as JSON."""

from __future__ import annotations

from pydantic import Field

from wgsearch.api.wire.model import Wire
from wgsearch.api.wire.searches import HitObject


class SharedObject(Wire):
    """Words that a draft and a source have alike, in one run."""

    draft: tuple[int, int] = Field(
        description="Offsets (start, end) into the paragraph's `text`, in Unicode code points."
    )
    source: tuple[int, int] = Field(description="Likewise, into the source's `text`.")
    words: int
    whole: bool = Field(description="They are a sentence, or more than one.")


class SourceObject(HitObject):
    """A passage that a paragraph of a draft may rest on."""

    label: str = Field(description="What the paragraph is to this passage alone.")
    likeness: float = Field(
        description="How probable it is that the passage says the same, from 0 to 1."
    )
    shared: list[SharedObject] = Field(description="Runs of words alike, in the draft's order.")
    note: str = Field(description="The citation ready to paste.")


class ComparedParagraphObject(Wire):
    """A paragraph of a draft with what was found for it."""

    number: str | None = Field(description="As printed.")
    text: str
    label: str = Field(
        description="`verbatim`: a sentence of it stands in a paper word for word; `paraphrase`:"
        " the same in other words; `related`: the same subject, another statement; `new`."
    )
    sources: list[SourceObject] = Field(description="Best first; none for a new one.")
    note: str | None = Field(description="Where it was already said, ready to paste.")
    words: int
    words_said: int = Field(description="Words that stand in runs of words of its sources.")


class LeftOutObject(Wire):
    """A paragraph of a draft that is not compared."""

    number: str | None
    text: str
    reason: str = Field(description="`short`: too few words to say something.")


class SharesObject(Wire):
    """Shares of the words under each label; together 1."""

    verbatim: float
    paraphrase: float
    related: float
    new: float


class ComparisonObject(Wire):
    """A draft, paragraph by paragraph."""

    name: str = Field(description="File name, or `pasted text`.")
    symbol: str | None = Field(description="Symbol that the draft prints.")
    generation: str
    took_ms: float
    share_new: float = Field(description="Share of words in new paragraphs, from 0 to 1.")
    shares: SharesObject
    paragraphs: list[ComparedParagraphObject]
    left_out: list[LeftOutObject]
    excluded: list[str] = Field(description="Papers that are not taken for sources.")
    notes: list[str]


class QuotedDifferenceObject(Wire):
    """A piece of a quotation beside the paper's words."""

    change: str = Field(description="`same` in both, `added` by the quotation, `left_out` by it.")
    text: str


class StandingObject(Wire):
    """A paragraph where words stand, or that is cited."""

    symbol: str
    language: str
    paragraph: str | None
    part: str
    citation: str
    text: str = Field(description="Verbatim words of the paper.")
    span: tuple[int, int] | None = Field(
        description="Offsets (start, end) into `text` of the words that correspond."
    )
    url: str


class QuotedObject(Wire):
    """A quotation beside a citation."""

    text: str
    start: int
    end: int
    stands: StandingObject | None = Field(description="Where its words stand, or nearly.")
    difference: list[QuotedDifferenceObject] = Field(description="Empty where the words match.")


class CheckedCitationObject(Wire):
    """A citation, checked."""

    text: str
    paragraph: int | None = Field(description="Index of the paragraph that holds it, from 0.")
    note: str | None = Field(description="Mark of the footnote that holds it.")
    start: int
    end: int
    symbol: str
    runs: list[tuple[str, str]] = Field(description="First and last number of each run.")
    part: str
    status: str = Field(
        description="`no_paper`, `no_paragraph`, `elsewhere`, `misquoted`, `not_found`,"
        " `superseded` or `right`: the gravest of what was found."
    )
    message: str
    cited: list[StandingObject]
    quotations: list[QuotedObject]
    meant: list[str] = Field(description="What was perhaps meant, best first.")
    superseded_by: str | None
    corrected_by: list[str]


class CheckedObject(Wire):
    """The citations of a text."""

    name: str
    generation: str
    took_ms: float
    counts: dict[str, int] = Field(description="Number of citations by status.")
    citations: list[CheckedCitationObject]
    notes: list[str]
