"""Saved questions as JSON: what was asked, which new papers answered."""

from pydantic import Field

from wgsearch.api.wire.model import Wire


class SavedQuestionObject(Wire):
    """A question that is asked again whenever papers are indexed."""

    id: str
    text: str
    kind: list[str] = Field(description="Kinds of paper; empty: all.")
    language: list[str] = Field(description="Languages; empty: all.")
    body: list[str] = Field(description="Words of the body's name; empty: all.")
    least: str = Field(description="The verdict from which on a paper answers it.")
    created_at: str
    generation: str | None = Field(description="Generation that was asked last; null: none yet.")
    answers: int = Field(description="How many passages of new papers answered so far.")
    updated_at: str = Field(description="When the newest was found; without any, `created_at`.")
    posted: bool = Field(description="New answers are posted somewhere, too.")
    url: str = Field(description="This question with its answers.")
    feed: str = Field(description="The same as an Atom feed.")


class SavedQuestionsObject(Wire):
    """The saved questions, the oldest first."""

    count: int
    questions: list[SavedQuestionObject]


class NewAnswerObject(Wire):
    """A passage of a paper that was new, and answers."""

    id: str = Field(description="`urn:uuid:…`, as in the feed and in messages.")
    symbol: str
    language: str
    title: str | None
    paragraph: str | None = Field(description="Paragraph number as printed.")
    citation: str
    text: str = Field(description="Verbatim words of the paper, as they were when it was found.")
    verdict: str = Field(description="How its paper answers: `covered`, `touched`.")
    generation: str = Field(description="Generation that it was found in.")
    found_at: str
    url: str = Field(description="The paragraph in the paper reader.")


class SavedQuestionAnswersObject(Wire):
    """A saved question and what new papers answered, the newest first."""

    question: SavedQuestionObject
    entries: list[NewAnswerObject]
