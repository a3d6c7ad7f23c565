"""
Papers, paragraphs, recommendations -> one JSON object a line, sent while they are read.

Why lines: whoever takes over everything reads an object at a time, and neither side holds the
whole. Sent paper by paper, so that memory does not grow with the corpus.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import StreamingResponse

from wgsearch.answers import Engine, PaperEntry
from wgsearch.api import addresses, schemas, wire
from wgsearch.api.asking import Asked, Base, refuse_unknown
from wgsearch.api.packs import LINES
from wgsearch.api.parameters import DocumentParameters, RegisterParameters
from wgsearch.register import register

router = APIRouter(prefix=addresses.API, dependencies=[Depends(refuse_unknown)])

# Lines sent at a time: each piece is made in a thread, which costs more than a line.
_A_PIECE = 100


class Lines(StreamingResponse):
    """One JSON object a line."""

    media_type = LINES


def _described(name: str) -> dict[int | str, dict[str, Any]]:
    """How a stream is described: what stands on each line, and the headers before it."""
    return {
        200: {
            "description": "One JSON object a line. A stream that breaks off has fewer lines than"
            " `X-Total-Count` says.",
            "content": {LINES: {"schema": {"$ref": f"#/components/schemas/{name}"}}},
            "headers": {
                "X-Index-Generation": {
                    "description": "The generation that all lines come from.",
                    "schema": {"type": "string"},
                },
                "X-Total-Count": {
                    "description": "How many lines there are.",
                    "schema": {"type": "integer"},
                },
            },
        }
    }


@router.get(
    "/exports/documents",
    operation_id="exportDocuments",
    tags=["documents"],
    response_class=Response,  # described below
    responses=_described("EntryObject"),
)
def export_documents(
    engine: Asked, base: Base, asked: Annotated[DocumentParameters, Query()]
) -> Lines:
    """Papers of the index, one a line."""
    entries = engine.papers(asked.filters())
    lines = (schemas.entry_object(each, base) for each in entries)
    return _lines(engine, _joined(lines), len(entries))


@router.get(
    "/exports/paragraphs",
    operation_id="exportParagraphs",
    tags=["documents"],
    response_class=Response,  # described below
    responses=_described("ExportedParagraphObject"),
)
def export_paragraphs(
    engine: Asked, base: Base, asked: Annotated[DocumentParameters, Query()]
) -> Lines:
    """All paragraphs of the papers, one a line, each with its citation."""
    entries = engine.papers(asked.filters())
    pieces = (_paragraphs(engine, each, base) for each in entries)
    return _lines(engine, pieces, sum(each.paragraphs for each in entries))


@router.get(
    "/exports/recommendations",
    operation_id="exportRecommendations",
    tags=["recommendations"],
    response_class=Response,  # described below
    responses=_described("RecommendedObject"),
)
def export_recommendations(
    engine: Asked, base: Base, asked: Annotated[RegisterParameters, Query()]
) -> Lines:
    """All recommendations, one a line, newest paper first."""
    found = register(engine, asked.wanted()).found
    lines = (schemas.recommended_object(each, base) for each in found)
    return _lines(engine, _joined(lines), len(found))


def _paragraphs(engine: Engine, entry: PaperEntry, base: str) -> str:
    """The lines of one paper."""
    language = addresses.one_language(entry.language)
    paper = engine.paper(entry.symbol, language)
    sisters = engine.relations(entry.symbol, language).sisters
    return "".join(
        _line(wire.ExportedParagraphObject(symbol=paper.key, language=paper.language, **dict(each)))
        for each in schemas.paragraph_objects(paper, base, sisters)
    )


def _line(model: wire.Wire) -> str:
    return json.dumps(model.model_dump(mode="json"), ensure_ascii=False) + "\n"


def _lines(engine: Engine, pieces: Iterable[str], count: int) -> Lines:
    """The stream of pieces of whole lines; what is still to be read of it holds the engine."""
    headers = {
        "X-Index-Generation": engine.state().generation,
        "X-Total-Count": str(count),
    }
    return Lines(pieces, headers=headers)


def _joined(lines: Iterable[wire.Wire]) -> Iterator[str]:
    """Lines, so many a piece."""
    every = iter(lines)
    while piece := "".join(map(_line, islice(every, _A_PIECE))):
        yield piece
