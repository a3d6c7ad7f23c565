"""Answers -> JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wgsearch.api import wire
from wgsearch.api.addresses import anchor, paper_url
from wgsearch.passages import citation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.answers import Answer, Hit

    Json = dict[str, Any]  # a JSON object on its way out


def search_object(answer: Answer, base: str = "") -> wire.SearchObject:
    """
    An answer as the API sends it.

    Args:
        answer: What was found.
        base: What to put before addresses, for instance `http://127.0.0.1:8000`.
    """
    return wire.SearchObject(
        query=answer.query.text,
        verdict=answer.verdict,
        generation=answer.generation,
        took_ms=round(answer.took_ms, 2),
        hits=hit_objects(answer.hits, base),
        mode=answer.query.mode,
        notes=list(answer.notes),
    )


def search_json(answer: Answer, base: str = "") -> Json:
    """The object of `search --json` and of the API's search."""
    return search_object(answer, base).model_dump(mode="json")


def hit_objects(hits: Sequence[Hit], base: str = "") -> list[wire.HitObject]:
    """Hits in order."""
    return [_hit_object(hit, base) for hit in hits]


def _hit_object(hit: Hit, base: str) -> wire.HitObject:
    passage = hit.passage
    place = anchor(passage.paragraph, passage.part, passage.index)
    return wire.HitObject(
        rank=hit.rank,
        score=hit.score,
        symbol=passage.symbol,
        paragraph=passage.paragraph,
        citation=citation(passage),
        title=passage.title,
        kind=str(passage.kind),
        date=passage.date,
        page_first=passage.page_first,
        page_last=passage.page_last,
        heading_path=list(passage.heading_path),
        text=passage.text,
        matched=wire.Matched(
            lexical_rank=hit.match.lexical_rank,
            dense_rank=hit.match.dense_rank,
            spans=list(hit.match.spans),
        ),
        language=passage.language,
        body=passage.body,
        session=passage.session,
        part=passage.part,
        paragraph_kind=str(passage.paragraph_kind),
        url=f"{base}{paper_url(passage.symbol, passage.language)}#{place}",
        superseded_by=hit.superseded_by,
        lang=passage.lang,
        corrigenda=list(hit.corrigenda),
        warning_codes=list(hit.warning_codes),
    )
