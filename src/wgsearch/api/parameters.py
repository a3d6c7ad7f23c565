"""
Query parameters -> Query and Filters: what may be asked over HTTP, in one model.

Why models of their own: the API declares them in its OpenAPI, and the search page
reads the same names from its address, so that a page and its JSON twin agree.
"""

from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from wgsearch.answers import Filters, Mode, Query
from wgsearch.papers.paper import PaperKind

MAX_K = 100
_FIRST_YEAR, _LAST_YEAR = 1900, 2199

Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(\+[a-z]{2})*$")]
Year = Annotated[int, Field(ge=_FIRST_YEAR, le=_LAST_YEAR)]


class FilterParameters(BaseModel):
    """Which papers; a repeated parameter means either value."""

    model_config = ConfigDict(populate_by_name=True)

    kind: list[PaperKind] = Field(default=[], description="Kind of paper.")
    year_from: Year | None = Field(default=None, alias="from", description="First year of issue.")
    year_to: Year | None = Field(default=None, alias="to", description="Last year of issue.")
    body: list[Word] = Field(default=[], description="Words of the name of the issuing body.")
    symbol: list[Word] = Field(
        default=[], description="A symbol, or the beginning of one up to a slash."
    )
    language: list[Language] = Field(default=[], description="Language, ISO 639-1.")

    def filters(self) -> Filters:
        """As the engine takes them."""
        return Filters(
            kinds=tuple(str(each) for each in self.kind),
            bodies=tuple(self.body),
            symbols=tuple(self.symbol),
            languages=tuple(self.language),
            year_from=self.year_from,
            year_to=self.year_to,
        )


class DocumentParameters(FilterParameters):
    """Which papers of a list."""

    warning: list[Word] = Field(default=[], description="Code of a warning, as papers list them.")

    def filters(self) -> Filters:
        """As the engine takes them."""
        return replace(super().filters(), warnings=tuple(self.warning))


class QuestionParameters(BaseModel):
    """What is asked, how much is wanted, and how it is searched."""

    q: str = Field(
        description='The question. `"Quoted words"` must appear; a symbol, with or without'
        " a paragraph number, goes straight to it."
    )
    k: int = Field(default=10, ge=1, le=MAX_K, description="How many passages at most.")
    mode: Mode = Field(
        default="hybrid",
        description="By words and meaning, by meaning alone, by words alone, or the candidates of"
        " both word by word alone.",
    )
    per_paper: int | None = Field(
        default=None,
        ge=1,
        le=MAX_K,
        description="At most so many passages of one paper; without it, any number.",
    )
    fold: bool = Field(
        default=True, description="Give once what several passages say, with `also_in`."
    )


class SearchParameters(FilterParameters, QuestionParameters):
    """A question and which papers to look in."""

    def query(self) -> Query:
        """As the engine takes it."""
        return Query(
            text=self.q,
            k=self.k,
            filters=self.filters(),
            mode=self.mode,
            per_paper=self.per_paper,
            fold=self.fold,
        )


class SearchBody(SearchParameters):
    """The same as a JSON body, for long questions."""

    model_config = ConfigDict(extra="forbid")


class BriefBody(BaseModel):
    """An agenda: the symbol of one of the corpus, or its text. One of the two."""

    model_config = ConfigDict(extra="forbid")

    symbol: Word | None = Field(default=None, description="Symbol of an agenda of the corpus.")
    text: str | None = Field(
        default=None, min_length=1, description="Words of an agenda, as in a text file."
    )

    @model_validator(mode="after")
    def _one(self) -> "BriefBody":
        """Exactly one of the two."""
        if (self.symbol is None) == (self.text is None):
            raise PydanticCustomError("one_of", "give either `symbol` or `text`")
        return self


class PageParameters(SearchParameters):
    """What the search page keeps in its address."""

    q: str = ""
    page: int = Field(default=1, ge=1, le=10)
