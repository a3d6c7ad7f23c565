"""The register of recommendations -> JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from wgsearch.api import wire
from wgsearch.api.addresses import anchor, lineage_url, paper_url
from wgsearch.register.records import Addressee, Strength

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wgsearch.register.records import Lineage, Recommended, Register, Step

    Json = dict[str, Any]  # a JSON object on its way out


def strength_name(strength: Strength) -> str:
    """A strength as programs name it."""
    return strength.name.lower()


def register_object(
    found: Register, *, offset: int, limit: int, next_url: str | None, base: str = ""
) -> wire.RecommendationsObject:
    """
    Some of the recommendations that were found, and how many there are of each class.

    Args:
        found: The recommendations.
        offset: How many are left out before the first.
        limit: How many at most.
        next_url: Address of those that follow.
        base: What to put before addresses.
    """
    shown = found.found[offset : offset + limit]
    more = offset + len(shown) < len(found.found)
    return wire.RecommendationsObject(
        generation=found.generation,
        count=len(found.found),
        is_cut=found.is_cut,
        offset=offset,
        next=next_url if more else None,
        counts=counts_object(found.found),
        recommendations=[recommended_object(each, base) for each in shown],
    )


def counts_object(found: Sequence[Recommended]) -> wire.RecommendationCountsObject:
    """How many recommendations are of each class, in the order of the classes."""
    return wire.RecommendationCountsObject(
        addressee=_counted((str(kind) for each in found for kind in each.addressed), Addressee),
        strength=_counted(
            (strength_name(each.strength) for each in found), map(strength_name, Strength)
        ),
        agreed=_counted((str(each.agreed).lower() for each in found), ("true", "false")),
        kind=_counted(
            (str(each.passage.kind) for each in found),
            sorted({str(each.passage.kind) for each in found}),
        ),
    )


def recommended_object(each: Recommended, base: str = "") -> wire.RecommendedObject:
    """A recommendation."""
    passage = each.passage
    place = anchor(passage.paragraph, passage.part, passage.index)
    return wire.RecommendedObject(
        id=each.id,
        citation=each.citation,
        text=each.text,
        addressee=each.addressee,
        addressed=[str(kind) for kind in each.addressed],
        verb=each.verb,
        strength=strength_name(each.strength),
        agreed=each.agreed,
        topic=each.topic,
        symbol=passage.symbol,
        kind=str(passage.kind),
        title=passage.title,
        body=passage.body,
        session=passage.session,
        date=passage.date,
        language=passage.language,
        paragraph=passage.paragraph,
        part=passage.part,
        page_first=passage.page_first,
        url=f"{base}{paper_url(passage.symbol, passage.language)}#{place}",
        lineage_url=base + lineage_url(each.id),
    )


def lineage_object(found: Lineage, base: str = "") -> wire.LineageObject:
    """A recommendation over the years."""
    return wire.LineageObject(
        generation=found.generation,
        id=found.id,
        steps=[_step(each, base) for each in found.steps],
    )


def register_json(found: Register) -> Json:
    """The object of `recommendations --json`."""
    shown = register_object(found, offset=0, limit=len(found.found), next_url=None)
    return shown.model_dump(mode="json")


def lineage_json(found: Lineage) -> Json:
    """The object of `recommendations --lineage --json`."""
    return lineage_object(found).model_dump(mode="json")


def _step(step: Step, base: str) -> wire.StepObject:
    changed = step.difference
    return wire.StepObject(
        mark=step.mark,
        reasons=list(step.reasons),
        follows=step.follows,
        basis=step.basis,
        likeness=None if step.likeness is None else round(step.likeness, 3),
        difference=None
        if changed is None
        else wire.DifferenceObject(removed=list(changed.removed), added=list(changed.added)),
        recommendation=recommended_object(step.recommended, base),
    )


def _counted(values: Iterable[str], order: Iterable[str]) -> list[wire.CountObject]:
    found = Counter(values)
    return [wire.CountObject(value=str(each), count=found[str(each)]) for each in order]
