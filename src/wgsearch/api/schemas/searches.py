"""Answers -> JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wgsearch.api import verdicts, wire
from wgsearch.api.addresses import anchor, paper_url
from wgsearch.passages import citation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wgsearch.answers import AlsoIn, Answer, Counted, Hit, PaperScore

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
        verdict_note=verdicts.note(answer.verdict),
        suggestion=answer.suggestion,
        papers=paper_objects(answer.papers, base),
        count=len(answer.hits),
        total=answer.counted.total if answer.counted else None,
        facets=_facet_objects(answer.counted) if answer.counted else [],
        partial=answer.partial,
    )


def _facet_objects(counted: Counted) -> list[wire.FacetObject]:
    """Counts by facet, in the order asked for."""
    return [
        wire.FacetObject(
            facet=facet,
            values=[wire.FacetValueObject(value=each.value, count=each.count) for each in values],
        )
        for facet, values in counted.facets.items()
    ]


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
            late_rank=hit.match.late_rank,
            answering=[
                wire.AnsweringObject(
                    asked=each.asked,
                    start=each.start,
                    end=each.end,
                    likeness=round(each.likeness, 3),
                )
                for each in hit.match.answering
            ],
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
        also_in=[
            wire.AlsoInObject(
                symbol=each.symbol,
                paragraph=each.paragraph,
                part=each.part,
                language=each.language,
                citation=each.citation,
                url=base + also_url(each),
                likeness=None if each.likeness is None else round(each.likeness, 3),
            )
            for each in hit.also_in
        ],
        best_sentence=hit.best_sentence,
    )


def also_url(also: AlsoIn) -> str:
    """Address of a passage that is folded into a hit."""
    place = anchor(also.paragraph, also.part, also.index)
    return f"{paper_url(also.symbol, also.language)}#{place}"


def paper_objects(papers: Sequence[PaperScore], base: str = "") -> list[wire.PaperScoreObject]:
    """Papers of an answer, in order."""
    return [
        wire.PaperScoreObject(
            symbol=each.symbol,
            language=each.language,
            title=each.title,
            score=each.score,
            best_rank=each.best_rank,
            ranks=list(each.ranks),
            url=base + paper_url(each.symbol, each.language),
        )
        for each in papers
    ]
