"""Papers as JSON: as read, in lists, with their families and citations."""

from pydantic import ConfigDict, Field

from wgsearch.api.wire.agendas import AgendaObject
from wgsearch.api.wire.model import Wire, all_optional


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
    count: int = Field(description="How many there are, on all pages.")
    documents: list[EntryObject]
    next: str | None = Field(
        default=None, description="Address of the page that follows; null at the end."
    )


class PartialEntryObject(EntryObject):
    """A paper of which `fields` names the keys that are wanted: the others are not there."""

    model_config = ConfigDict(json_schema_extra=all_optional)


class PartialDocumentsObject(DocumentsObject):
    """Papers of the index, with the keys that `fields` names."""

    documents: list[PartialEntryObject]  # type: ignore[assignment] # described so, never made


class AgendasObject(Wire):
    """Papers that hold an agenda."""

    generation: str
    count: int
    agendas: list[EntryObject]


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


class ExportedParagraphObject(CitedParagraphObject):
    """A paragraph that stands alone: with the paper that it is of."""

    symbol: str
    language: str


class ParagraphsObject(Wire):
    """Paragraphs of a paper, in order."""

    generation: str
    symbol: str
    language: str
    paragraphs: list[CitedParagraphObject]


class BoxObject(Wire):
    """The rectangle of a line, in points from the top left of its page."""

    x0: float
    y0: float
    x1: float
    y1: float


class PageParagraphObject(Wire):
    """A paragraph that touches a page."""

    index: int = Field(description="Position in the paper, from 0.")
    number: str | None
    part: str
    citation: str
    page_first: int
    page_last: int
    text: str = Field(description="All of it, also what stands on other pages.")
    boxes: list[BoxObject] = Field(description="Its lines on this page; empty: not known.")
    url: str


class PageObject(Wire):
    """A page of a paper: words, boxes, pictures."""

    generation: str
    symbol: str
    language: str
    page: int = Field(description="Counted from 1 as a PDF viewer counts.")
    pages: int
    width: float | None = Field(description="In points; null: the file cannot be asked now.")
    height: float | None
    paragraphs: list[PageParagraphObject]
    images: list[str] = Field(description="Addresses of its picture, narrowest first.")
    file_url: str = Field(description="The original file, at this page.")


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
