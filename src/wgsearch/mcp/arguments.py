"""
What an assistant sends -> checked arguments: one model a tool, and the schema that it is shown.

Why strict: an assistant that mistypes a filter would get an unfiltered answer that looks right.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from wgsearch.answers import Filters, Mode, Query
from wgsearch.api.parameters import Language, Text, Word, Year
from wgsearch.papers.paper import PaperKind

# A page of results; an assistant reads all that it is given, and may ask again.
MAX_K = 20
MAX_CONTEXT = 10

Number = Annotated[str, StringConstraints(min_length=1, max_length=20)]
Count = Annotated[int, Field(ge=1, le=MAX_K, description="How many passages at most.")]
OneLanguage = Annotated[
    Language | None, Field(description="Language version, ISO 639-1; without it, English first.")
]


class Arguments(BaseModel):
    """What a tool takes, and nothing else."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SearchArguments(Arguments):
    """A question, and which papers to look in."""

    question: Text = Field(
        description='Words or a sentence. `"Quoted words"` must appear; a symbol, with or without'
        " a paragraph number, goes straight to it."
    )
    k: Count = 5
    kind: list[PaperKind] = Field(default=[], description="Only papers of these kinds.")
    year_from: Year | None = Field(default=None, description="First year of issue.")
    year_to: Year | None = Field(default=None, description="Last year of issue.")
    body: list[Word] = Field(default=[], description="Words of the name of the issuing body.")
    symbol: list[Word] = Field(
        default=[], description="Only these symbols, in whole or their beginning up to a slash."
    )
    language: list[Language] = Field(default=[], description="Only these languages, ISO 639-1.")
    recommendations: bool = Field(
        default=False, description="Only paragraphs that recommend something to somebody."
    )
    mode: Mode = Field(default="hybrid", description="Leave it; `lexical` searches by words alone.")

    def query(self) -> Query:
        """As the engine takes it."""
        filters = Filters(
            kinds=tuple(str(each) for each in self.kind),
            bodies=tuple(self.body),
            symbols=tuple(self.symbol),
            languages=tuple(self.language),
            year_from=self.year_from,
            year_to=self.year_to,
            recommendations=self.recommendations,
        )
        return Query(text=self.question, k=self.k, filters=filters, mode=self.mode)


class ParagraphArguments(Arguments):
    """A paragraph of a paper."""

    symbol: Word = Field(description="Symbol of the paper, in whole or a piece such as `2022/3`.")
    paragraph: Number = Field(description="Number of the paragraph, as printed.")
    part: Word = Field(
        default="body", description="`body`, or the annex that the number stands in: `annex II`."
    )
    context: int = Field(default=0, ge=0, le=MAX_CONTEXT, description="How many neighbours a side.")
    language: OneLanguage = None


class CitationArguments(Arguments):
    """A citation, or a text with some."""

    citation: Text = Field(
        description="As a paper or a person writes it: `2022/3, paras. 4-6`; or a sentence that"
        " holds citations with whole symbols."
    )
    language: OneLanguage = None


class AgendaItemArguments(Arguments):
    """An agenda, and an item of it."""

    agenda: Word = Field(description="Symbol of the agenda, in whole or a piece such as `2026/1`.")
    item: Number | None = Field(
        default=None, description="Number of the item; without it, the items are listed."
    )
    k: Count = 5


class HistoryArguments(Arguments):
    """A topic, asked about before some time."""

    topic: Text = Field(description="A topic, or a question about the past.")
    before: Word | None = Field(
        default=None,
        description="An ISO date, or the symbol of an agenda: only papers that are older, and not"
        " of its session, count.",
    )


class TopicsArguments(Arguments):
    """Which topics of the compendium."""

    about: Text | None = Field(
        default=None, description="Words that the topics should be on; without them, all topics."
    )
    topic: Word | None = Field(
        default=None,
        description="Id or number of one topic, as listed: its summary in sentences of the papers.",
    )
