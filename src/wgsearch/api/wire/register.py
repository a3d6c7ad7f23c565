"""The register of recommendations as JSON, and how one came down the years."""

from pydantic import Field

from wgsearch.api.wire.model import Wire


class RecommendedObject(Wire):
    """A recommendation as it stands in its paper."""

    id: str = Field(description="Where it stands, in one word; the same after each build.")
    citation: str
    text: str = Field(description="The whole paragraph, verbatim.")
    addressee: str = Field(description="Who is asked, as printed.")
    addressed: list[str] = Field(description="Classes of addressee that these words name.")
    verb: str = Field(description="As printed.")
    strength: str = Field(
        description="`may_wish`, `encouraged`, `should_consider`, `should`, `shall`."
    )
    agreed: bool = Field(description="False where the paper says that there was no agreement.")
    topic: str | None = Field(description="Heading it stands under; null where there is none.")
    symbol: str
    kind: str
    title: str | None
    body: str | None
    session: str | None
    date: str | None
    language: str
    paragraph: str | None
    part: str
    page_first: int
    url: str = Field(description="Where it is read.")
    lineage_url: str = Field(description="The same one over the years.")


class CountObject(Wire):
    """How many of the recommendations have a value."""

    value: str
    count: int


class RecommendationCountsObject(Wire):
    """How many of all that were found are of each class; one may be of several addressees."""

    addressee: list[CountObject]
    strength: list[CountObject]
    agreed: list[CountObject]
    kind: list[CountObject]


class RecommendationsObject(Wire):
    """Recommendations that were asked for."""

    generation: str
    count: int = Field(description="How many were found; `recommendations` are `limit` of them.")
    is_cut: bool = Field(description="For a text: more resemble it less than those counted.")
    offset: int
    next: str | None = Field(description="Address of those that follow; null at the end.")
    counts: RecommendationCountsObject
    recommendations: list[RecommendedObject]


class DifferenceObject(Wire):
    """Offsets (start, end) of words; they count Unicode code points."""

    removed: list[tuple[int, int]] = Field(description="In the text of the one it follows.")
    added: list[tuple[int, int]] = Field(description="In its own text.")


class StepObject(Wire):
    """A recommendation on its way down the years."""

    mark: str = Field(description="`new`, `repeated`, `strengthened` or `weakened`.")
    reasons: list[str]
    follows: str | None = Field(description="Id of the one that it is compared with.")
    basis: str | None = Field(description="Found by `wording`, or by `meaning` as well.")
    likeness: float | None = Field(description="Share of telling words in both, up to 1.")
    difference: DifferenceObject | None
    recommendation: RecommendedObject


class LineageObject(Wire):
    """A recommendation over the years, oldest first."""

    generation: str
    id: str
    steps: list[StepObject]
