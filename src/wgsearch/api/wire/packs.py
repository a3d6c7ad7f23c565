"""Briefing packs as JSON: what a person needs before the meeting, item by item."""

from pydantic import Field

from wgsearch.api.wire.agendas import AgendaReferenceObject, SlotObject, SubItemObject
from wgsearch.api.wire.model import Wire
from wgsearch.api.wire.papers import EntryObject
from wgsearch.api.wire.register import RecommendedObject
from wgsearch.api.wire.searches import HitObject


class PackDocumentObject(Wire):
    """A document that an item lists, or a paper that its annotation mentions."""

    symbol: str | None
    title: str | None
    sub_item: str | None = Field(description="Sub-item it is listed for, as `1 (a)`.")
    paper: EntryObject | None = Field(description="The paper that it is; null: not held.")


class PaperPassagesObject(Wire):
    """A paper and its passages that matter for an item."""

    paper: EntryObject
    passages: list[HitObject]


class OccasionObject(Wire):
    """A place where a topic came up."""

    kind: str = Field(
        description="`agenda_item`, `paper`, `report`, `recommendation` or `passage`."
    )
    session: str | None
    date: str | None
    item: str | None = Field(description="Number of the agenda item it belongs to.")
    item_title: str | None
    symbol: str
    title: str | None = Field(description="Title of the paper.")
    paragraph: str | None = Field(description="Its number; null: a title, or no number.")
    part: str | None = Field(description="`body`, or the annex as cited; null for a title.")
    words: str = Field(description="Words that show it, verbatim.")
    language: str = Field(description="Language of these words.")
    citation: str
    is_about: bool = Field(description="It is on the topic as a whole, rather than touching it.")
    url: str = Field(description="Where it is read.")


class HistoryObject(Wire):
    """Whether a topic was addressed before."""

    topic: str
    verdict: str = Field(
        description="`dedicated_item`, `within_another_item`, `in_passing` or `not_found`."
    )
    confidence: str = Field(description="`high`, `moderate` or `low`.")
    timeline: list[OccasionObject] = Field(description="Oldest first.")
    notes: list[str]


class PastObject(HistoryObject):
    """Whether a topic was addressed before, and what was recommended on it."""

    generation: str
    agenda: AgendaReferenceObject | None = Field(
        description="The agenda whose item was asked about; null: a topic was."
    )
    item: str | None = Field(description="Its number, as asked.")
    before: str | None = Field(description="Date or agenda before which it was asked, as asked.")
    recommended: list[RecommendedObject] = Field(description="Newest first.")


class ItemBriefObject(Wire):
    """What the papers hold for one agenda item."""

    number: str
    title: str
    sub_items: list[SubItemObject]
    annotation: str | None = Field(description="Verbatim; paragraphs parted by blank lines.")
    note: str | None = Field(description="What is said instead of naming documents.")
    slots: list[SlotObject] = Field(description="Meetings at which it is taken up.")
    is_procedural: bool = Field(description="Nothing is looked for.")
    documents: list[PackDocumentObject]
    mentions: list[PackDocumentObject]
    history: HistoryObject | None
    recommended: list[RecommendedObject] = Field(description="Newest first.")
    listed: list[PaperPassagesObject] = Field(description="Passages of the papers listed.")
    earlier: list[PaperPassagesObject] = Field(
        description="Passages of other papers issued before the session, newest paper first."
    )
    parts: list["ItemBriefObject"] = Field(description="Its sub-items.")


class PackObject(Wire):
    """A briefing pack."""

    generation: str
    prepared: str = Field(description="ISO date on which it was made.")
    corpus_digest: str = Field(description="SHA-256 over the papers of the corpus.")
    papers: int
    passages: int
    built_at: str = Field(description="ISO time of the index's build, UTC.")
    agenda: AgendaReferenceObject
    language: str = Field(description="Language of the agenda.")
    paper: EntryObject | None = Field(description="The paper that holds it; null: not held.")
    missing: list[PackDocumentObject] = Field(description="Listed and not held, once each.")
    notes: list[str]
    items: list[ItemBriefObject]


class BriefProgressObject(Wire):
    """A line of progress: an item is done."""

    item: str = Field(description="Its number.")
    done: int
    total: int


class BriefFileObject(Wire):
    """The last line: the pack."""

    name: str = Field(description="File name.")
    media_type: str
    encoding: str = Field(description="Of `content`: `utf-8` or `base64`.")
    content: str
