"""The service as JSON: what is searched, whether it lives, what is wrong with a request."""

from __future__ import annotations

from pydantic import Field

from wgsearch.api.wire.model import Wire


class FailedObject(Wire):
    """A file that is not indexed."""

    file: str
    code: str
    reason: str
    state: str = Field(
        default="quarantined",
        description="`quarantined`: not read again until it changes; `left_out`: another file of"
        " the same paper is indexed.",
    )
    since: str | None = Field(
        default=None, description="ISO time of the build that first found it so; null: unknown."
    )


class JudgingObject(Wire):
    """How verdicts are made: nearness, in deviations from questions that no paper answers."""

    method: str
    probes: int = Field(description="Number of questions asked that no paper answers.")
    not_covered_below: float = Field(description="Nearness below which it is `not_covered`.")
    covered_from: float = Field(description="Nearness from which it is `covered`.")


class IndexObject(Wire):
    """What is being searched."""

    generation: str
    built_at: str
    corpus_digest: str
    content_digest: str
    encoder: str
    dimension: int
    papers: int
    passages: int
    failed: list[FailedObject]
    warnings: dict[str, int] = Field(description="Number of papers by code of warning.")
    judging: JudgingObject | None = Field(
        description="How verdicts are made; null where nothing can be judged."
    )
    refused: str | None = Field(
        default=None,
        description="Why a newer generation is not searched: it is damaged, and this one goes on.",
    )
    engine: str = Field(
        default="embedded",
        description="What ranks by meaning: `embedded`, or the kind of server that holds vectors.",
    )


class HealthObject(Wire):
    """Whether the service lives, or is ready."""

    status: str = Field(
        description="`live`; `ready`; `degraded`: answering from an earlier generation."
    )
    generation: str | None = None
    reason: str | None = Field(
        default=None, description="Why a newer generation is not searched; else null."
    )


class ProblemItemObject(Wire):
    """One thing that is wrong with a request."""

    pointer: str = Field(description="JSON pointer to the value, in the body or among parameters.")
    name: str
    detail: str
    near: str | None = Field(description="The nearest that would have been right.")


class ProblemObject(Wire):
    """An error, after RFC 9457."""

    type: str = Field(description="A page that explains this kind of error.")
    title: str
    status: int
    detail: str
    instance: str = Field(description="Identifier of the request, also in `X-Request-ID`.")
    errors: list[ProblemItemObject]
    near: list[str] = Field(description="Symbols that resemble the one asked for.")
    remedy: str = Field(description="What to do about this kind of error.")
