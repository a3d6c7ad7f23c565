"""Many questions answered at once, as JSON."""

from pydantic import Field

from wgsearch.api.wire.model import Wire
from wgsearch.api.wire.searches import PartialSearchObject, SearchObject
from wgsearch.api.wire.service import ProblemObject


class BatchAnswerObject(Wire):
    """What one question of a batch got: one of the two."""

    answer: SearchObject | PartialSearchObject | None = Field(
        description="As of `POST /search`; null: it failed."
    )
    problem: ProblemObject | None = Field(
        description="Why it failed, as `POST /search` would say; null: it did not. Its pointers"
        " lead into the body of the batch."
    )


class BatchObject(Wire):
    """Answers to many questions, in their order."""

    generation: str = Field(description="Which all of them were asked.")
    answers: list[BatchAnswerObject]
