"""
Query parameters -> Query and Filters: what may be asked over HTTP, in one model.

Why models of their own: the API declares them in its OpenAPI, and the search page
reads the same names from its address, so that a page and its JSON twin agree.
"""

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from wgsearch.answers import Facet, Filters, Mode, Query
from wgsearch.api import wire
from wgsearch.papers.paper import PaperKind
from wgsearch.register.records import Addressee, Strength, Wanted

MAX_K = 100
_FIRST_YEAR, _LAST_YEAR = 1900, 2199

Word = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(\+[a-z]{2})*$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
SuggestionKind = Literal["symbol", "title", "term", "topic"]
Typed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
StrengthName = Literal["may_wish", "encouraged", "should_consider", "should", "shall"]
Limit = Annotated[int, Field(ge=1, le=MAX_K)]
Cursor = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Year = Annotated[int, Field(ge=_FIRST_YEAR, le=_LAST_YEAR)]


class _KeyOf:
    """A key of the objects of a model; the nearest one is named for what is none."""

    def __init__(self, model: type[wire.Wire]) -> None:
        self._keys = [*model.model_fields]

    def __get_pydantic_core_schema__(self, *_: object) -> CoreSchema:
        """One of the keys."""
        return core_schema.literal_schema(self._keys)


def _apart(given: object) -> object:
    """Keys one by one, where some came together with commas between."""
    if not isinstance(given, list):
        return given
    return [
        each
        for value in given
        for each in (value.split(",") if isinstance(value, str) else [value])
    ]


HitKeys = Annotated[list[Annotated[str, _KeyOf(wire.HitObject)]], BeforeValidator(_apart)]
EntryKeys = Annotated[list[Annotated[str, _KeyOf(wire.EntryObject)]], BeforeValidator(_apart)]
Facets = Annotated[list[Facet], BeforeValidator(_apart)]
_CURSOR = "Where the page begins, as `next` of the page before has it."
_APART = ", repeated or with commas between; all without it."


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


class ListedDocumentParameters(DocumentParameters):
    """Which papers of a list, and what is wanted of each."""

    fields: EntryKeys = Field(default=[], description=f"Only these keys of each paper{_APART}")
    limit: Limit | None = Field(
        default=None, description="How many papers a page; without it, all at once."
    )
    cursor: Cursor | None = Field(default=None, description=_CURSOR)


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

    recommendations: bool = Field(
        default=False, description="Only paragraphs that recommend something to somebody."
    )

    def filters(self) -> Filters:
        """As the engine takes them."""
        return replace(super().filters(), recommendations=self.recommendations)

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


class PickedSearchParameters(SearchParameters):
    """A question, and what is wanted of each hit."""

    fields: HitKeys = Field(default=[], description=f"Only these keys of each hit{_APART}")
    facets: Facets = Field(
        default=[],
        description="Count the passages that match, by these, repeated or with commas between; the"
        " hits then end where what matches ends. Not counted in mode `late`.",
    )

    def query(self) -> Query:
        """As the engine takes it."""
        return replace(super().query(), facets=tuple(dict.fromkeys(self.facets)))


class PagedSearchParameters(PickedSearchParameters):
    """A question whose hits may come page by page."""

    k: int = Field(
        default=10,
        ge=1,
        le=MAX_K,
        description=f"How many passages at most; {MAX_K} where `limit` is given and this is not.",
    )
    limit: Limit | None = Field(
        default=None, description="How many passages a page; without it, all `k` at once."
    )
    cursor: Cursor | None = Field(default=None, description=_CURSOR)

    def query(self) -> Query:
        """As the engine takes it: pages are cut out of one ranking, so that none overlaps."""
        asked = super().query()
        is_paged = self.limit is not None or self.cursor is not None
        return replace(asked, k=MAX_K) if is_paged and "k" not in self.model_fields_set else asked


class SearchBody(PickedSearchParameters):
    """The same as a JSON body, for long questions."""

    model_config = ConfigDict(extra="forbid")


class RegisterParameters(FilterParameters):
    """Which recommendations, whatever they are about."""

    addressee: list[Addressee] = Field(default=[], description="Class of addressee.")
    strength: StrengthName | None = Field(
        default=None, description="Worded at least so strongly; `may_wish` is the weakest."
    )
    agreed: bool | None = Field(default=None, description="Agreed or not; both without it.")
    topic: list[Word] = Field(default=[], description="Words of the heading they stand under.")

    def wanted(self) -> Wanted:
        """As the register takes them."""
        return Wanted(
            papers=self.filters(),
            addressees=tuple(self.addressee),
            least=Strength[self.strength.upper()] if self.strength else None,
            agreed=self.agreed,
            topics=tuple(self.topic),
        )


class RecommendationParameters(RegisterParameters):
    """Which recommendations."""

    q: Text | None = Field(default=None, description="What they should be about; best first.")

    def wanted(self) -> Wanted:
        """As the register takes them."""
        return replace(super().wanted(), text=self.q)


class ListedRecommendationParameters(RecommendationParameters):
    """Which recommendations, and how many of them."""

    limit: int = Field(default=20, ge=1, le=MAX_K, description="How many at most.")
    offset: int = Field(default=0, ge=0, le=1_000_000, description="How many to leave out first.")
    cursor: Cursor | None = Field(default=None, description=f"{_CURSOR} Instead of `offset`.")

    @model_validator(mode="after")
    def _one_place(self) -> "ListedRecommendationParameters":
        """A list begins at one place."""
        if self.cursor is not None and "offset" in self.model_fields_set:
            raise PydanticCustomError("one_of", "give either `offset` or `cursor`")
        return self


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


class CiteParameters(BaseModel):
    """What is referred to, and how."""

    symbol: Word = Field(description="Symbol of a paper.")
    paragraph: Word | None = Field(
        default=None, description="Number as printed; without it, the paper as a whole."
    )
    part: Word | None = Field(
        default=None, description="`body`, or the annex as cited, where the number stands in one."
    )
    language: Language | None = Field(
        default=None, description="Language version; English goes first."
    )
    format: Literal["json", "footnote", "plain", "bibtex", "ris", "csl-json"] = Field(
        default="json", description="`json` has every style; any other is written as such."
    )

    @model_validator(mode="after")
    def _placed(self) -> "CiteParameters":
        """A part alone is cited by nobody."""
        if self.part is not None and self.paragraph is None:
            raise PydanticCustomError("one_of", "`part` goes with `paragraph`")
        return self


class SuggestParameters(BaseModel):
    """What was typed so far, and what it may be the beginning of."""

    q: Typed = Field(description="One or more words, the last perhaps not whole.")
    kind: list[SuggestionKind] = Field(default=[], description="Only of this kind; all without it.")
    k: int = Field(default=10, ge=1, le=MAX_K, description="How many at most.")


class HistoryParameters(BaseModel):
    """A topic, or an item of an agenda: what is asked whether it was addressed before."""

    topic: Text | None = Field(default=None, description="A topic, or a question about the past.")
    agenda: Word | None = Field(
        default=None, description="Instead of a topic: symbol of an agenda; `item` names its item."
    )
    item: Word | None = Field(
        default=None, description="Number of an item or sub-item of the agenda, as `2 (a)`."
    )
    before: Word | None = Field(
        default=None,
        description="For a topic: an ISO date, or the symbol of an agenda. Only papers that are"
        " older than it, and not of its session, count.",
    )

    @model_validator(mode="after")
    def _one(self) -> "HistoryParameters":
        """A topic, or an item with its agenda."""
        if self.topic is None and self.agenda is None and self.item is None:
            raise PydanticCustomError("one_of", "give `topic`, or `agenda` and `item`")
        if self.topic is not None and (self.agenda is not None or self.item is not None):
            raise PydanticCustomError("one_of", "give either `topic`, or `agenda` and `item`")
        if (self.agenda is None) != (self.item is None):
            raise PydanticCustomError("one_of", "`agenda` and `item` go together")
        if self.agenda is not None and self.before is not None:
            raise PydanticCustomError(
                "one_of", "`before` goes with `topic`: an item is asked before its own session"
            )
        return self


class PageParameters(SearchParameters):
    """What the search page keeps in its address."""

    q: str = ""
    page: int = Field(default=1, ge=1, le=10)
