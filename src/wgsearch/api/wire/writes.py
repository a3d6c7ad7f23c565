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


class UploadedObject(Wire):
    """A paper that was brought, as it was read."""

    file: str = Field(description="Its name in the corpus folder, by its content.")
    symbol: str | None
    title: str | None
    language: str
    paragraphs: int
    warnings: list[str]
    is_new: bool = Field(description="False: the same bytes had been brought before.")


class DeletedObject(Wire):
    """A paper whose files were moved to the bin."""

    symbol: str
    files: list[str] = Field(description="Files that were moved; those gone before are left out.")
