"""What is searched -> JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wgsearch.api import wire

if TYPE_CHECKING:
    from wgsearch.answers import IndexState

    Json = dict[str, Any]  # a JSON object on its way out


def index_object(state: IndexState) -> wire.IndexObject:
    """What is being searched."""
    return wire.IndexObject(
        generation=state.generation,
        built_at=state.built_at,
        corpus_digest=state.corpus_digest,
        content_digest=state.content_digest,
        encoder=state.encoder,
        dimension=state.dimension,
        papers=state.papers,
        passages=state.passages,
        failed=[
            wire.FailedObject(
                file=each.file,
                code=each.code,
                reason=each.reason,
                state=each.state,
                since=each.since,
            )
            for each in state.failed
        ],
        warnings=dict(state.warnings),
        judging=wire.JudgingObject(
            method=state.judging.method,
            probes=state.judging.probes,
            not_covered_below=state.judging.not_covered_below,
            covered_from=state.judging.covered_from,
        )
        if state.judging
        else None,
        refused=state.refused,
        engine=state.engine,
    )


def index_json(state: IndexState) -> Json:
    """The object of `GET /index`."""
    return index_object(state).model_dump(mode="json")
