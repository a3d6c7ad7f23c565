"""The thematic compendium as JSON."""

from pydantic import Field

from wgsearch.api.wire.model import Wire


class PlaceObject(Wire):
    """A paragraph of a paper."""

    symbol: str
    language: str
    part: str
    paragraph: str | None = Field(description="Number as printed; null without one.")
    citation: str
    date: str | None = Field(description="ISO date of its paper, or its year.")
    url: str = Field(description="Where it is read.")


class SentenceObject(Wire):
    """A sentence of a paper."""

    text: str = Field(description="Verbatim: a substring of the text of its paragraph.")
    place: PlaceObject
    also_in: list[PlaceObject] = Field(description="Other paragraphs that say the same.")


class RelatedTopicObject(Wire):
    """A topic that belongs near another."""

    topic: str = Field(description="Its id.")
    name: str
    why: str = Field(description="`near in meaning`, `same papers` or `cite one another`.")
    score: float = Field(description="How near, up to 1; for the order.")
    url: str


class KnowledgeObject(Wire):
    """What paragraphs of a topic point to."""

    symbol: str
    title: str | None
    held: bool = Field(description="It is in the corpus.")
    count: int = Field(description="How many paragraphs of the topic point to it.")
    places: list[PlaceObject]


class AdviceObject(Wire):
    """A recommendation on a topic."""

    id: str = Field(description="Its id in the register of recommendations.")
    text: str = Field(description="Verbatim.")
    place: PlaceObject
    lineage_url: str = Field(description="The same one over the years.")


class YearObject(Wire):
    """How many paragraphs are of papers of a year."""

    year: int
    count: int


class SymbolsObject(Wire):
    """Papers of a language."""

    language: str
    symbols: list[str]


class TopicReferenceObject(Wire):
    """A topic in a list."""

    id: str = Field(description="The same over editions while most of it stays.")
    number: str = Field(description="Number of theme and topic in this edition: `2.3`.")
    name: str
    theme: str = Field(description="Id of its theme.")
    theme_name: str
    terms: list[str] = Field(description="Key phrases, the most telling first.")
    paragraphs: int
    papers: int
    first: int | None = Field(description="Year in which it was first addressed.")
    last: int | None = Field(description="Year in which it was last addressed.")
    url: str = Field(description="Its page.")
    api_url: str


class TopicObject(TopicReferenceObject):
    """What the papers say on one thing."""

    named_by: str = Field(description="`editor`, `taxonomy`, `heading` or `phrases`.")
    summary: list[SentenceObject]
    questions: list[SentenceObject]
    related: list[RelatedTopicObject]
    knowledge: list[KnowledgeObject]
    advice: list[AdviceObject]
    years: list[YearObject]
    languages: list[SymbolsObject] = Field(description="Papers in other languages than English.")
    places: list[PlaceObject] = Field(description="Its paragraphs, nearest to its middle first.")
    closeness: list[float] = Field(description="Of each of `places`: cosine to the middle.")


class ThemeObject(Wire):
    """Topics that belong together."""

    id: str
    name: str
    topics: list[TopicObject]


class RepeatedObject(Wire):
    """Paragraphs of several papers that say the same."""

    kind: str = Field(description="`verbatim`, `near` or `restated`.")
    places: list[PlaceObject] = Field(description="Earliest paper first.")


class GapObject(Wire):
    """Something that is missing."""

    kind: str
    subject: str = Field(description="Id of a topic, symbol of a paper, or words of an agenda.")
    words: str = Field(description="The same in a sentence.")


class ChangeObject(Wire):
    """What became of a topic since the edition before."""

    kind: str
    topic: str = Field(description="Its id.")
    name: str | None = Field(description="Its name; null where this edition has it no more.")
    others: list[str] = Field(description="Topics that it was split into or merged from.")
    joined: list[str] = Field(description="Citations of paragraphs that joined.")
    left: list[str] = Field(description="Citations of paragraphs that left.")
    words: str = Field(description="The same in a sentence.")


class OfEditionObject(Wire):
    """From which edition an answer comes."""

    edition: int = Field(description="Number of the edition, from 1.")
    generation: str = Field(description="Generation of the index that it was made from.")
    is_current: bool = Field(description="The index still holds what it was made from.")
    latest: str | None = Field(description="ISO date of the newest paper.")


class CompendiumObject(OfEditionObject):
    """An edition, whole."""

    content_digest: str
    papers: int
    themes: list[ThemeObject]
    unplaced: list[PlaceObject] = Field(description="Paragraphs that belong to no topic.")
    repeats: list[RepeatedObject]
    gaps: list[GapObject]
    changes: list[ChangeObject]
    notes: list[str]


class TopicsObject(OfEditionObject):
    """All topics of the edition, in reading order."""

    count: int
    topics: list[TopicReferenceObject]


class OneTopicObject(OfEditionObject):
    """One topic, whole."""

    topic: TopicObject


class FoundTopicObject(TopicReferenceObject):
    """A topic that was looked up."""

    by: list[str] = Field(
        description="`name`: all words are in its name, theme or key phrases; `passages`: it holds"
        " passages that answer the words; `paper`: it holds paragraphs of the paper."
    )
    places: list[PlaceObject] = Field(description="Those paragraphs.")


class LookupObject(OfEditionObject):
    """Topics that were looked up."""

    symbol: str | None
    paragraph: str | None
    q: str | None
    topics: list[FoundTopicObject]
    unplaced: list[PlaceObject] = Field(description="Of the paper: paragraphs of no topic.")
    note: str | None = Field(description="Why there are none; null where there are some.")


class ChangesObject(Wire):
    """What changed from one edition to another."""

    edition: int = Field(description="Number of the later edition.")
    since: int | None = Field(
        description="Number of the earlier one; null where the later is the first."
    )
    changes: list[ChangeObject]


class GapsObject(OfEditionObject):
    """What is missing, and what is said more than once."""

    gaps: list[GapObject]
    repeats: list[RepeatedObject]
    unplaced: list[PlaceObject] = Field(description="Paragraphs that belong to no topic.")


class CompendiumEditionObject(Wire):
    """An edition in a list."""

    edition: int = Field(description="Its number, from 1.")
    generation: str = Field(description="Generation of the index that it was made from.")
    papers: int
    latest: str | None = Field(description="ISO date of the newest paper.")
    themes: int
    topics: int
    in_use: bool = Field(description="It is the newest: the one that all other addresses tell of.")


class CompendiumEditionsObject(Wire):
    """Editions that were made, newest first."""

    editions: list[CompendiumEditionObject]
