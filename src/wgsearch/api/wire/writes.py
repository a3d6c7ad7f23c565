"""What was changed as JSON: jobs, and the generation in use."""

from pydantic import Field

from wgsearch.api.wire.model import Wire


class JobObject(Wire):
    """Long work that somebody asked for."""

    id: str
    kind: str = Field(description="`build`.")
    state: str = Field(description="`running`, `done`, `failed` or `interrupted`.")
    key: str = Field(description="The key that asked for it, as `wgsearch keys list` names it.")
    started_at: str
    ended_at: str | None
    stage: str | None = Field(description="`read`, `embed`, `index`; null before the first.")
    done: int = Field(description="How much of the stage is done.")
    total: int
    generation: str | None = Field(description="In use after it; null before.")
    failure: str | None = Field(description="Why it failed; null where it did not.")
    url: str
    events: str = Field(description="Where it is followed, as server-sent events.")


class JobsObject(Wire):
    """Jobs, the newest first."""

    count: int
    jobs: list[JobObject]


class RollbackObject(Wire):
    """Which generation was in use, and which one is."""

    before: str
    generation: str
