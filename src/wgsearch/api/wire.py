"""
The JSON that other programs read, one model a thing.

Why apart from the conversions: a program that reads these answers can rely on the
names here; keys may be added, never renamed. Records become these in schemas.py.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Wire(BaseModel):
    """A JSON object of the API."""

    model_config = ConfigDict(frozen=True)


class Matched(Wire):
    """Why a passage is a hit."""

    lexical_rank: int | None = Field(description="Rank by words, from 1; null: not by words.")
    dense_rank: int | None = Field(description="Rank by meaning, from 1; null: not by meaning.")
    spans: list[tuple[int, int]] = Field(
        description="Matched words as offsets (start, end) into `text`, in Unicode code points."
    )


class HitObject(Wire):
    """A passage that answers, with its citation."""

    rank: int
    score: float = Field(description="Higher is better; comparable within one answer only.")
    symbol: str = Field(description="Document symbol; the file name where none is printed.")
    paragraph: str | None = Field(description="Paragraph number as printed.")
    citation: str = Field(description="The way a delegate cites: symbol and paragraph.")
    title: str | None
    kind: str
    date: str | None = Field(description="ISO date of issue, or its year alone.")
    page_first: int
    page_last: int
    heading_path: list[str]
    text: str = Field(description="Verbatim words of the paper.")
    matched: Matched
    language: str
    body: str | None
    session: str | None
    part: str = Field(description="`body`, or the annex: paragraph numbers restart there.")
    paragraph_kind: str
    url: str = Field(description="The paragraph in the paper reader.")
    superseded_by: str | None = Field(description="Symbol of the revision that replaces it.")
    lang: str | None = Field(description="Language of the paragraph where that is not the paper's.")
    corrigenda: list[str] = Field(description="Corrigenda of its paper that are held.")
    warning_codes: list[str] = Field(description="Codes of the warnings of its paper.")


class SearchObject(Wire):
    """What a search found."""

    query: str
    verdict: str | None = Field(description="`covered`, `touched`, `not_covered`; null: unjudged.")
    generation: str
    took_ms: float
    hits: list[HitObject]
    mode: str
    notes: list[str] = Field(description="How the question was understood, where not plain.")


class ItemReferenceObject(Wire):
    """The agenda item a paper was issued under."""

    number: str
    title: str | None


class PaperObject(Wire):
    """Masthead of a paper."""

    symbol: str | None
    symbols: list[str]
    title: str | None
    kind: str
    body: str | None
    session: str | None
    date: str | None
    language: str
    languages: list[str]
    distribution: str | None
    agenda_item: ItemReferenceObject | None
    pages: int | None
    edition: list[str] = Field(description="Languages that the masthead names for this edition.")
    job: str | None = Field(description="Job number as printed.")
    stars: int = Field(description="Stars after the symbol: reissues for technical reasons.")
    reader: str = Field(description="How it was read: `pdfium`, `pypdf`, `ocr`, `docx`, `text`.")


class HeadingObject(Wire):
    """A heading of a paper."""

    level: int
    label: str | None
    text: str
    page: int


class RecommendationObject(Wire):
    """Who should do what."""

    addressee: str = Field(description="Who is asked, as printed.")
    verb: str = Field(description="How strongly, as printed.")
    agreed: bool = Field(description="False where the report says that it was not agreed on.")


class ParagraphObject(Wire):
    """A paragraph of a paper."""

    number: str | None
    part: str
    kind: str
    heading_path: list[str]
    page_first: int
    page_last: int
    text: str
    lang: str | None = Field(description="Its language where that is not the paper's.")
    recommendation: RecommendationObject | None


class FootnoteObject(Wire):
    """A note at the foot of a page."""

    mark: str
    text: str
    page: int
    paragraph: int | None = Field(description="Position of the paragraph that calls it, from 0.")


class ReferenceObject(Wire):
    """A place where the paper cites another one."""

    symbol: str = Field(description="Symbol of the cited paper.")
    paragraph: int | None = Field(description="Position of the citing paragraph, from 0.")
    note: str | None = Field(description="Mark of the citing footnote; null: the text itself.")
    first: str | None = Field(description="First paragraph cited; null: the paper as a whole.")
    last: str | None = Field(description="Last paragraph cited.")


class SubItemObject(Wire):
    """A sub-item of an agenda."""

    number: str
    title: str


class DocumentReferenceObject(Wire):
    """A document that an agenda lists."""

    symbol: str | None
    title: str | None
    sub_item: str | None = Field(description="Sub-item it is listed under, as `1 (a)`.")


class AgendaItemObject(Wire):
    """An item of an agenda as printed."""

    number: str
    title: str
    sub_items: list[SubItemObject]
    annotation: str | None
    documents: list[DocumentReferenceObject]
    note: str | None = Field(description="What is said instead of naming documents.")


class SlotObject(Wire):
    """A meeting in the organization of work."""

    date: str | None
    start: str | None
    end: str | None
    items: list[str]


class AgendaObject(Wire):
    """The agenda a paper holds."""

    items: list[AgendaItemObject]
    timetable: list[SlotObject]


class WarningObject(Wire):
    """Something that was not read well."""

    code: str
    message: str
    action: str | None = Field(description="What can be done about it.")


class InspectObject(Wire):
    """How one file was read."""

    file: str
    paper: PaperObject
    headings: list[HeadingObject]
    paragraphs: list[ParagraphObject]
    footnotes: list[FootnoteObject]
    agenda: AgendaObject | None
    warnings: list[WarningObject]
    references: list[ReferenceObject] = Field(description="Papers cited in text and notes.")


class RelatedObject(Wire):
    """A paper of the same family."""

    symbol: str
    title: str | None
    language: str | None = Field(description="Language in which it is linked; null: not held.")
    in_corpus: bool
    url: str | None


class FamilyObject(Wire):
    """What adds to a paper, corrects it, replaces it, and what it belongs to."""

    relation: str | None = Field(
        description="`addendum`, `corrigendum`, `amendment` or `part` of `target`; null: neither."
    )
    target: RelatedObject | None
    superseded_by: RelatedObject | None
    supersedes: list[RelatedObject]
    addenda: list[RelatedObject]
    corrigenda: list[RelatedObject]
    amendments: list[RelatedObject]
    parts: list[RelatedObject]
    missing: list[str] = Field(description="Symbols that the numbers show, and that are not held.")


class CitingPlaceObject(Wire):
    """Where a paper cites another one, and what of it."""

    paragraph: str | None = Field(description="Number of the citing paragraph, as printed.")
    part: str
    note: str | None = Field(description="Mark of the citing footnote; null: the text itself.")
    first: str | None = Field(description="First paragraph cited; null: the paper as a whole.")
    last: str | None
    url: str | None = Field(description="The citing paragraph in the paper reader.")


class LinkedObject(Wire):
    """A paper that another one cites, or that cites it."""

    symbol: str
    title: str | None
    date: str | None
    language: str | None
    in_corpus: bool
    url: str | None
    places: list[CitingPlaceObject]


class EditionObject(Wire):
    """One text of a paper: its language, its file, where to read it."""

    language: str
    title: str | None
    file: str
    url: str


class DocumentObject(InspectObject):
    """A paper of the index, whole."""

    generation: str
    symbol: str
    digest: str = Field(description="SHA-256 of the file.")
    superseded_by: str | None
    editions: list[EditionObject]
    url: str
    file_url: str
    family: FamilyObject
    cites: list[LinkedObject] = Field(description="In the order of its text.")
    cited_by: list[LinkedObject] = Field(description="Newest first.")


class EntryObject(Wire):
    """A paper in a list."""

    symbol: str
    symbols: list[str]
    title: str | None
    kind: str
    body: str | None
    session: str | None
    date: str | None
    language: str
    file: str
    pages: int | None
    paragraphs: int
    passages: int
    has_agenda: bool
    superseded_by: str | None
    warnings: int
    url: str
    warning_codes: list[str] = Field(description="Codes of its warnings, once each.")
    reader: str
    corrigenda: list[str] = Field(description="Symbols of its corrigenda that are held.")


class DocumentsObject(Wire):
    """Papers of the index."""

    generation: str
    count: int
    documents: list[EntryObject]


class ParagraphEditionObject(Wire):
    """The same paragraph in another language."""

    language: str
    url: str


class CitedParagraphObject(ParagraphObject):
    """A paragraph with what is needed to cite it."""

    index: int = Field(description="Position in the paper, from 0.")
    citation: str
    url: str
    footnotes: list[FootnoteObject]
    editions: list[ParagraphEditionObject] = Field(
        description="The same paragraph in other languages: numbers are equal in all of them."
    )


class ParagraphsObject(Wire):
    """Paragraphs of a paper, in order."""

    generation: str
    symbol: str
    language: str
    paragraphs: list[CitedParagraphObject]


class NeighbourhoodObject(Wire):
    """A paragraph and its neighbours."""

    generation: str
    symbol: str
    title: str | None
    language: str
    superseded_by: str | None
    before: list[CitedParagraphObject]
    paragraph: CitedParagraphObject
    after: list[CitedParagraphObject]


class AgendaReferenceObject(Wire):
    """Which agenda."""

    symbol: str | None
    title: str | None


class ListedObject(Wire):
    """A document that an item lists, and whether it is held."""

    symbol: str | None
    title: str | None
    in_corpus: bool


class AddressedObject(Wire):
    """Whether earlier papers address an item; `verdict` null: not judged."""

    verdict: str | None
    evidence: list[HitObject]


class ItemAnswerObject(Wire):
    """An item with its documents and passages."""

    number: str
    title: str
    documents: list[ListedObject]
    passages: list[HitObject]
    addressed_before: AddressedObject


class AgendaAnswerObject(Wire):
    """An agenda, answered item by item."""

    agenda: AgendaReferenceObject
    items: list[ItemAnswerObject]


class ItemObject(Wire):
    """An item of an agenda of the index."""

    number: str
    title: str
    sub_items: list[SubItemObject]
    annotation: str | None
    documents: list[ListedObject]
    passages_url: str


class AgendaItemsObject(Wire):
    """The items of an agenda of the index."""

    generation: str
    agenda: AgendaReferenceObject
    items: list[ItemObject]


class AgendaDocumentObject(AgendaItemsObject):
    """An agenda of the index, whole."""

    timetable: list[SlotObject]
    url: str


class AgendasObject(Wire):
    """Papers that hold an agenda."""

    generation: str
    count: int
    agendas: list[EntryObject]


class ItemPassagesObject(Wire):
    """Passages for one item."""

    generation: str
    agenda: AgendaReferenceObject
    item: ItemAnswerObject


class FailedObject(Wire):
    """A file that could not be read."""

    file: str
    code: str
    reason: str


class IndexObject(Wire):
    """What is being searched."""

    generation: str
    built_at: str
    corpus_digest: str
    content_digest: str
    encoder: str
    dimension: int
    papers: int
    passages: int
    failed: list[FailedObject]
    warnings: dict[str, int] = Field(description="Number of papers by code of warning.")


class HealthObject(Wire):
    """Whether the service lives, or is ready."""

    status: str
    generation: str | None = None


class ProblemItemObject(Wire):
    """One thing that is wrong with a request."""

    pointer: str = Field(description="JSON pointer to the value, in the body or among parameters.")
    name: str
    detail: str
    near: str | None = Field(description="The nearest that would have been right.")


class ProblemObject(Wire):
    """An error, after RFC 9457."""

    type: str = Field(description="A page that explains this kind of error.")
    title: str
    status: int
    detail: str
    instance: str = Field(description="Identifier of the request, also in `X-Request-ID`.")
    errors: list[ProblemItemObject]
    near: list[str] = Field(description="Symbols that resemble the one asked for.")
