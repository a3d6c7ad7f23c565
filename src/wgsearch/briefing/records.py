"""
Pack: what a person needs before a meeting, item by item.

Why records of their own: the agenda page, the pack as DOCX, Markdown, print and JSON, and the
API all show the same things, and none of them asks for itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wgsearch.agenda import Agenda, AgendaItem, ListedDocument, Slot
    from wgsearch.answers import Hit, PaperEntry
    from wgsearch.history.records import History
    from wgsearch.register.records import Recommended


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """
    An entry of an item's documentation.

    Attributes:
        document: As the agenda lists it.
        entry: The paper that it is; None where it is not held.
    """

    document: ListedDocument
    entry: PaperEntry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """
    A paper or resolution that an item's annotation mentions.

    Attributes:
        symbol: As mentioned, in canonical form.
        entry: The paper that it is; None where it is not held.
    """

    symbol: str
    entry: PaperEntry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPassages:
    """
    A paper and its passages that matter for an item.

    Attributes:
        entry: The paper.
        hits: Its passages, best first; ranks are those of the item's answer.
    """

    entry: PaperEntry
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemBrief:
    """
    What the papers hold for one agenda item.

    Attributes:
        item: The item.
        slots: Meetings at which it is taken up, by the organization of work.
        documents: Its documentation, in order.
        mentions: Papers that its annotation mentions and its documentation does not list.
        listed: Passages of the papers that it lists, paper by paper, in the order listed.
        earlier: Passages of other papers, all issued before the agenda's session, newest paper
            first; never of the agenda itself.
        history: Whether it was addressed before; None for an item of procedure.
        recommended: What was recommended on it before, newest first.
        is_procedural: Opening, adoption of the agenda, other matters, adoption of the report:
            nothing is looked for.
        parts: Its sub-items, each with the papers listed for it; they have none themselves.
    """

    item: AgendaItem
    slots: tuple[Slot, ...]
    documents: tuple[Listed, ...]
    mentions: tuple[Mention, ...]
    listed: tuple[PaperPassages, ...]
    earlier: tuple[PaperPassages, ...]
    history: History | None
    recommended: tuple[Recommended, ...]
    is_procedural: bool
    parts: tuple[ItemBrief, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """
    A briefing pack.

    Attributes:
        agenda: The agenda.
        entry: The paper that holds it; None for an agenda that is not in the corpus.
        items: Its items, in order; one where one was asked for.
        missing: Documents that its items list and that are not held, in order, once each.
        prepared: ISO date on which it was made.
        generation: Name of the index generation.
        corpus_digest: SHA-256 over the papers of the corpus.
        papers: Number of papers in the index.
        passages: Number of passages in the index.
        built_at: ISO time of the index's build, UTC.
        notes: What the reader should know.
        language: Language of the agenda (ISO 639-1).
    """

    agenda: Agenda
    entry: PaperEntry | None
    items: tuple[ItemBrief, ...]
    missing: tuple[ListedDocument, ...]
    prepared: str
    generation: str
    corpus_digest: str
    papers: int
    passages: int
    built_at: str
    notes: tuple[str, ...] = ()
    language: str = "en"
