"""What could be meant by the beginning of a word, as JSON."""

from pydantic import Field

from wgsearch.api.wire.model import Wire


class SuggestionObject(Wire):
    """Something that could be meant."""

    kind: str = Field(description="`symbol`, `title`, `term` or `topic`.")
    text: str
    span: tuple[int, int] = Field(
        description="What was typed, as offsets (start, end) into `text`, in code points."
    )
    url: str = Field(description="The paper or topic; the search for what is neither.")
    language: str | None = Field(description="Of `text`; null: of any.")
    symbol: str | None = Field(description="Of the one paper that it is of; null: none or several.")
    means: str | None = Field(description="For a term: its usual English form; else null.")


class SuggestionsObject(Wire):
    """What could be meant, best first."""

    generation: str
    query: str
    suggestions: list[SuggestionObject]
