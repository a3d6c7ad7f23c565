"""Agendas answered item by item -> JSON: what `agenda --json` prints and the API sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wgsearch.api import verdicts, wire
from wgsearch.api.schemas.agendas import agenda_reference, listed_objects
from wgsearch.api.schemas.packs import history_object, item_brief_object
from wgsearch.api.schemas.searches import hit_objects, paper_objects

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wgsearch.agenda import Agenda
    from wgsearch.answers import ItemAnswer
    from wgsearch.briefing.records import ItemBrief
    from wgsearch.history.records import History

    Json = dict[str, Any]  # a JSON object on its way out


def agenda_json(
    agenda: Agenda,
    answers: Iterable[ItemAnswer],
    briefs: Sequence[ItemBrief] | None = None,
    base: str = "",
) -> Json:
    """
    The object of `agenda --json`: an agenda, answered item by item.

    Args:
        agenda: The agenda.
        answers: Its items with their passages.
        briefs: What papers hold for each of these; None where passages only were asked for.
        base: What to put before addresses.
    """
    answers = tuple(answers)
    found: Sequence[ItemBrief | None] = (None,) * len(answers) if briefs is None else briefs
    items = [item_answer(*each, base) for each in zip(answers, found, strict=True)]
    answer = wire.AgendaAnswerObject(agenda=agenda_reference(agenda), items=items)
    return answer.model_dump(mode="json")


def item_answer(
    answer: ItemAnswer, brief: ItemBrief | None = None, base: str = ""
) -> wire.ItemAnswerObject:
    """
    One item with its documents and passages, and what earlier sessions said on it.

    Args:
        answer: The item with its passages.
        brief: What papers hold for it; None where passages only were asked for.
        base: What to put before addresses.
    """
    whole = item_brief_object(brief, base) if brief else None
    return wire.ItemAnswerObject(
        number=answer.item.number,
        title=answer.item.title,
        documents=listed_objects(answer.item, answer.listed),
        passages=hit_objects(answer.answer.hits, base),
        addressed_before=_addressed(brief.history if brief else None, base),
        verdict=answer.answer.verdict,
        verdict_note=verdicts.note(answer.answer.verdict),
        papers=paper_objects(answer.answer.papers, base),
        slots=whole.slots if whole else None,
        mentions=whole.mentions if whole else None,
        listed=whole.listed if whole else None,
        earlier=whole.earlier if whole else None,
        recommended=whole.recommended if whole else None,
        parts=whole.parts if whole else None,
    )


def _addressed(history: History | None, base: str) -> wire.AddressedObject:
    """The verdict of a history, and where it came up."""
    if history is None:
        return wire.AddressedObject(verdict=None, confidence=None, evidence=[], notes=[])
    found = history_object(history, base)
    return wire.AddressedObject(
        verdict=found.verdict,
        confidence=found.confidence,
        evidence=found.timeline,
        notes=found.notes,
    )
