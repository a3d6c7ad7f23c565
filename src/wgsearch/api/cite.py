"""
Symbol and paragraph -> the reference to it, as JSON or in the one style asked for.

Why the place is looked up: a reference to a paragraph that the paper does not have is refused, not
written.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from wgsearch.answers import Engine
from wgsearch.api import addresses, schemas, wire
from wgsearch.api.asking import Asked, Base, refuse_unknown
from wgsearch.api.parameters import CiteParameters
from wgsearch.export.references import STYLES, Cited, style_of

router = APIRouter(prefix=addresses.API, dependencies=[Depends(refuse_unknown)])


@router.get(
    "/cite",
    operation_id="cite",
    tags=["documents"],
    response_model=wire.CiteObject,
    responses={
        200: {
            "content": {
                each.media_type.partition(";")[0]: {
                    "schema": {"type": "array", "items": {"type": "object"}}
                    if "json" in each.media_type
                    else {"type": "string"}
                }
                for each in STYLES
            }
        }
    },
)
def cite(
    engine: Asked, base: Base, asked: Annotated[CiteParameters, Query()]
) -> wire.CiteObject | Response:
    """The reference to a paper or a paragraph: footnote, plain, BibTeX, RIS, CSL-JSON."""
    cited, part = _cited(engine, asked, base)
    if asked.format != "json":
        style = style_of(asked.format)
        return Response(style.written(cited), media_type=style.media_type)
    return schemas.cite_object(
        cited,
        engine.entry(asked.symbol, asked.language),
        generation=engine.state().generation,
        paragraph=asked.paragraph,
        part=part,
    )


def _cited(engine: Engine, asked: CiteParameters, base: str) -> tuple[Cited, str | None]:
    """What is referred to, and the part that its paragraph stands in."""
    entry = engine.entry(asked.symbol, asked.language)
    citation, part = entry.symbol, None
    url = base + addresses.paper_url(entry.symbol, entry.language)
    if asked.paragraph is not None:
        found = schemas.neighbourhood(
            engine,
            asked.symbol,
            asked.paragraph,
            part=asked.part or "body",
            language=asked.language,
            base=base,
        ).paragraph
        citation, url, part = found.citation, found.url, found.part
    cited = Cited(
        symbol=entry.symbol,
        citation=citation,
        title=entry.title,
        body=entry.body,
        session=entry.session,
        date=entry.date,
        kind=entry.kind,
        language=entry.language,
        url=url,
    )
    return cited, part
