"""Comparisons and checked citations -> JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wgsearch.api import wire
from wgsearch.api.addresses import anchor, paper_url
from wgsearch.api.schemas.searches import hit_objects

if TYPE_CHECKING:
    from wgsearch.checking.records import Checked, CheckedCitation, Quoted, Standing
    from wgsearch.compare.records import ComparedParagraph, Comparison, Source


def comparison_object(comparison: Comparison, base: str = "") -> wire.ComparisonObject:
    """
    A comparison as the API sends it and `compare --json` prints it.

    Args:
        comparison: What was found.
        base: What to put before addresses.
    """
    return wire.ComparisonObject(
        name=comparison.draft.name,
        symbol=comparison.draft.symbol,
        generation=comparison.generation,
        took_ms=round(comparison.took_ms, 2),
        share_new=round(comparison.share_new, 4),
        shares=wire.SharesObject(
            **{label: round(share, 4) for label, share in comparison.shares.items()}
        ),
        paragraphs=[_paragraph(each, base) for each in comparison.paragraphs],
        left_out=[
            wire.LeftOutObject(
                number=each.paragraph.number, text=each.paragraph.text, reason=each.reason
            )
            for each in comparison.left_out
        ],
        excluded=list(comparison.excluded),
        notes=list(comparison.notes),
    )


def _paragraph(compared: ComparedParagraph, base: str) -> wire.ComparedParagraphObject:
    return wire.ComparedParagraphObject(
        number=compared.paragraph.number,
        text=compared.paragraph.text,
        label=compared.label,
        sources=[_source(each, base) for each in compared.sources],
        note=compared.note,
        words=compared.words,
        words_said=compared.said,
    )


def _source(source: Source, base: str) -> wire.SourceObject:
    (hit,) = hit_objects([source.hit], base)
    return wire.SourceObject(
        **dict(hit),
        label=source.label,
        likeness=round(source.likeness, 3),
        shared=[
            wire.SharedObject(
                draft=each.draft, source=each.source, words=each.words, whole=each.whole
            )
            for each in source.shared
        ],
        note=source.note,
    )


def checked_object(checked: Checked, base: str = "") -> wire.CheckedObject:
    """
    Checked citations as the API sends them and `check --json` prints them.

    Args:
        checked: What was found.
        base: What to put before addresses.
    """
    return wire.CheckedObject(
        name=checked.draft.name,
        generation=checked.generation,
        took_ms=round(checked.took_ms, 2),
        counts={str(status): count for status, count in checked.counts.items()},
        citations=[_citation(each, base) for each in checked.citations],
        notes=list(checked.notes),
    )


def _citation(each: CheckedCitation, base: str) -> wire.CheckedCitationObject:
    return wire.CheckedCitationObject(
        text=each.text,
        paragraph=each.paragraph,
        note=each.note,
        start=each.start,
        end=each.end,
        symbol=each.symbol,
        runs=list(each.runs),
        part=each.part,
        status=each.status,
        message=each.message,
        cited=[_standing(one, base) for one in each.cited],
        quotations=[_quoted(one, base) for one in each.quotations],
        meant=list(each.meant),
        superseded_by=each.superseded_by,
        corrected_by=list(each.corrected_by),
    )


def _quoted(quoted: Quoted, base: str) -> wire.QuotedObject:
    return wire.QuotedObject(
        text=quoted.text,
        start=quoted.start,
        end=quoted.end,
        stands=_standing(quoted.stands, base) if quoted.stands else None,
        difference=[
            wire.QuotedDifferenceObject(change=each.change, text=each.text)
            for each in quoted.difference
        ],
    )


def standing_url(standing: Standing) -> str:
    """Address of a paragraph where words stand."""
    place = anchor(standing.paragraph, standing.part, standing.index)
    return f"{paper_url(standing.symbol, standing.language)}#{place}"


def _standing(standing: Standing, base: str) -> wire.StandingObject:
    return wire.StandingObject(
        symbol=standing.symbol,
        language=standing.language,
        paragraph=standing.paragraph,
        part=standing.part,
        citation=standing.citation,
        text=standing.text,
        span=standing.span,
        url=f"{base}{standing_url(standing)}",
    )
