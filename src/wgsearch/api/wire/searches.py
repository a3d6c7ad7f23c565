"""What a search found, as JSON: hits with citations, papers, the verdict."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from wgsearch.api.wire.model import Wire, all_optional


class Matched(Wire):
    """Why a passage is a hit."""

    lexical_rank: int | None = Field(description="Rank by words, from 1; null: not by words.")
    dense_rank: int | None = Field(description="Rank by meaning, from 1; null: not by meaning.")
    spans: list[tuple[int, int]] = Field(
        description="Matched words as offsets (start, end) into `text`, in Unicode code points."
    )
    late_rank: int | None = Field(
        description="Rank by late interaction, from 1; null: not by it, or it takes no part."
    )
    answering: list[AnsweringObject] = Field(
        description="Words near to the question's in meaning, in their order in `text`."
    )


class AnsweringObject(Wire):
    """A word of the passage that answers a word of the question."""

    asked: str = Field(description="The word of the question.")
    start: int = Field(description="Offset of the passage's word in `text`, in code points.")
    end: int
    likeness: float = Field(description="How near they are here, up to about 0.8.")


class AlsoInObject(Wire):
    """Another passage that says what a hit says; it is no hit of its own."""

    symbol: str
    paragraph: str | None = Field(description="Paragraph number as printed.")
    part: str
    language: str
    citation: str
    url: str = Field(description="The paragraph in the paper reader.")
    likeness: float | None = Field(
        description="Share of runs of three words that both have, up to 1; null: the same"
        " paragraph in another language."
    )


class HitObject(Wire):
    """A passage that answers, with its citation."""

    rank: int
    score: float = Field(description="Higher is better; comparable within one answer only.")
    symbol: str = Field(description="Document symbol; the file name where none is printed.")
    paragraph: str | None = Field(description="Paragraph number as printed.")
    citation: str = Field(description="The way a delegate cites: symbol and paragraph.")
    title: str | None
    kind: str
    date: str | None = Field(description="ISO date of issue, or its year alone.")
    page_first: int
    page_last: int
    heading_path: list[str]
    text: str = Field(description="Verbatim words of the paper.")
    matched: Matched
    language: str
    body: str | None
    session: str | None
    part: str = Field(description="`body`, or the annex: paragraph numbers restart there.")
    paragraph_kind: str
    url: str = Field(description="The paragraph in the paper reader.")
    superseded_by: str | None = Field(description="Symbol of the revision that replaces it.")
    lang: str | None = Field(description="Language of the paragraph where that is not the paper's.")
    corrigenda: list[str] = Field(description="Corrigenda of its paper that are held.")
    warning_codes: list[str] = Field(description="Codes of the warnings of its paper.")
    also_in: list[AlsoInObject] = Field(description="Where else the same is said, best first.")
    best_sentence: tuple[int, int] | None = Field(
        description="Offsets (start, end) into `text` of the sentence that answers best."
    )


class PartialHitObject(HitObject):
    """A hit of which `fields` names the keys that are wanted: the others are not there."""

    model_config = ConfigDict(json_schema_extra=all_optional)


class PaperScoreObject(Wire):
    """A paper of an answer, and which hits are its passages."""

    symbol: str
    language: str
    title: str | None
    score: float = Field(description="Higher is better; comparable within one answer only.")
    best_rank: int = Field(description="Rank of the first of its passages.")
    ranks: list[int] = Field(description="Ranks of its passages among the hits.")
    url: str = Field(description="The paper in the paper reader.")


class FacetValueObject(Wire):
    """A value that a filter takes, and what it would leave."""

    value: str = Field(description="As the filter takes it; of `year`, both `from` and `to`.")
    count: int = Field(
        description="Passages that match and pass all filters, this value alone in the place of"
        " what is asked of its own facet."
    )


class FacetObject(Wire):
    """Every value that a paper of the index has, in order; those that would leave nothing too."""

    facet: str = Field(description="`kind`, `year`, `language`, `body`, `recommendations`.")
    values: list[FacetValueObject]


class SearchObject(Wire):
    """What a search found."""

    query: str
    verdict: str | None = Field(description="`covered`, `touched`, `not_covered`; null: unjudged.")
    generation: str
    took_ms: float
    hits: list[HitObject]
    mode: str
    notes: list[str] = Field(description="How the question was understood, where not plain.")
    verdict_note: str | None = Field(description="The verdict in a sentence.")
    suggestion: str | None = Field(
        description="The question as it was perhaps meant; null: nothing seems misspelt."
    )
    papers: list[PaperScoreObject] = Field(
        description="Papers of the hits of all pages, best first."
    )
    count: int | None = Field(default=None, description="How many hits there are, on all pages.")
    next: str | None = Field(
        default=None, description="Address of the page that follows; null at the end."
    )
    total: int | None = Field(
        default=None,
        description="With `facets`: how many passages match, those folded into others and those"
        " beyond the last page counted, too; null without it, for a citation, in mode `late`, and"
        " by meaning where vectors lie on a server.",
    )
    facets: list[FacetObject] = Field(
        default=[], description="The facets asked for, in the order asked; empty likewise."
    )
    partial: bool = Field(
        default=False,
        description="A part of the index did not answer: words alone found these, ask again.",
    )


class PartialSearchObject(SearchObject):
    """What a search found, with the keys of its hits that `fields` names."""

    hits: list[PartialHitObject]  # type: ignore[assignment] # described so, never made
