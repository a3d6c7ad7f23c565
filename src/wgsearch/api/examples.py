"""
One small invented paper -> an example for each operation of the API.

Why made by the conversions: an example that is typed by hand stops being true the day
a key is added.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wgsearch.agenda import Agenda, AgendaItem, ListedDocument, Slot, SubItem
from wgsearch.answers import (
    AlsoIn,
    Answer,
    CitingPlace,
    Hit,
    IndexState,
    ItemAnswer,
    Judging,
    Linked,
    Match,
    PaperEntry,
    PaperScore,
    Query,
    Relations,
)
from wgsearch.api import addresses, problems, schemas, wire
from wgsearch.api.addresses import file_url, image_url
from wgsearch.api.example_edition import TOPIC, example_edition
from wgsearch.api.suggest import Offered, beginning, ranked, suggestions_object
from wgsearch.briefing import Belonging
from wgsearch.briefing.records import ItemBrief, Listed, Pack, PaperPassages
from wgsearch.checking.records import Checked, CheckedCitation, Standing
from wgsearch.compare.records import ComparedParagraph, Comparison, Shared, Source
from wgsearch.compendium.finding import Found, FoundTopic
from wgsearch.compendium.looking import entry
from wgsearch.compendium.redline import listed_as, stated
from wgsearch.drafts import draft_of_text
from wgsearch.errors import EmptyQuestionError
from wgsearch.export.references import Cited
from wgsearch.history.records import History, Occasion
from wgsearch.papers.paper import (
    Footnote,
    Heading,
    ItemReference,
    Paper,
    PaperKind,
    Paragraph,
    ParagraphKind,
    ReadingWarning,
    Recommendation,
    Reference,
)
from wgsearch.papers.series import Family
from wgsearch.passages import passages_of
from wgsearch.register import Lineage, Recommended, Register, Step, Wanted
from wgsearch.register.gather import records_of
from wgsearch.register.marks import marked
from wgsearch.register.records import Addressee, Strength

_SYMBOL = "DEMO/COP/WG.4/2022/2"
_AGENDA_SYMBOL = "DEMO/COP/WG.4/2022/1"
_BODY = "Demonstration Working Group on Trafficking in Persons"
_GENERATION = "g000001-1f3a5c7e"
_HEADINGS = ("II. The three elements", "B. The means")

PAPER = Paper(
    file="DEMO_COP_WG.4_2022_2.en.pdf",
    digest="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    symbol=_SYMBOL,
    symbols=(_SYMBOL,),
    title="Act, means and purpose: proving the elements of trafficking in persons",
    kind=PaperKind.BACKGROUND_PAPER,
    body=_BODY,
    session="First session",
    meeting="Vienna, 27 and 28 June 2022",
    date="2022-04-25",
    language="en",
    languages=("en",),
    original=("en",),
    distribution="General",
    agenda_item=ItemReference(number="2", title="Elements of the crime"),
    pages=9,
    headings=(
        Heading(level=1, label="II", text="The three elements", page=2, before=0),
        Heading(level=2, label="B", text="The means", page=3, before=0),
    ),
    paragraphs=(
        Paragraph(
            number="8",
            part="body",
            kind=ParagraphKind.PARAGRAPH,
            heading_path=_HEADINGS,
            page_first=3,
            page_last=3,
            text="Control is exercised through debts that are never paid off.",
            footnotes=("2",),
        ),
        Paragraph(
            number="9",
            part="body",
            kind=ParagraphKind.PARAGRAPH,
            heading_path=_HEADINGS,
            page_first=3,
            page_last=4,
            text="Deception may concern the existence of a job, its nature or its conditions.",
        ),
    ),
    footnotes=(Footnote(mark="2", text="A/55/383/Add.1, para. 63.", page=3, paragraph=0),),
    warnings=(ReadingWarning(code="number_gap", message="paragraph 5 is followed by 8 (body)"),),
    job="V.22-01234 (E)",
    references=(Reference(symbol="A/55/383/Add.1", paragraph=0, note="2", first="63", last="63"),),
)
_PLACE = CitingPlace(index=0, part="body", number="8", note="2", first="63", last="63")
_ENTRY = PaperEntry(
    symbol=_SYMBOL,
    symbols=(_SYMBOL,),
    title=PAPER.title,
    kind=str(PAPER.kind),
    body=_BODY,
    session=PAPER.session,
    date=PAPER.date,
    language="en",
    file=PAPER.file,
    pages=9,
    paragraphs=2,
    passages=2,
    has_agenda=False,
    superseded_by=None,
    warnings=1,
    warning_codes=("number_gap",),
)
_CORRIGENDUM = replace(
    _ENTRY,
    symbol=f"{_SYMBOL}/Corr.1",
    symbols=(f"{_SYMBOL}/Corr.1",),
    title="Corrigendum",
    kind="corrigendum",
    date="2022-05-30",
    file="DEMO_COP_WG.4_2022_2_Corr.1.en.pdf",
)
_RELATIONS = Relations(
    family=Family(corrigenda=(_CORRIGENDUM.symbol,), missing=(f"{_SYMBOL}/Add.1",)),
    held={_CORRIGENDUM.symbol: _CORRIGENDUM},
    cites=(Linked(symbol="A/55/383/Add.1", entry=None, places=(_PLACE,)),),
    cited_by=(),
    sisters=(),
)
_AGENDA_ENTRY = PaperEntry(
    symbol=_AGENDA_SYMBOL,
    symbols=(_AGENDA_SYMBOL,),
    title="Annotated provisional agenda",
    kind="agenda",
    body=_BODY,
    session="First session",
    date="2022-04-11",
    language="en",
    file="DEMO_COP_WG.4_2022_1.en.pdf",
    pages=4,
    paragraphs=12,
    passages=12,
    has_agenda=True,
    superseded_by=None,
    warnings=0,
)
_ANSWER = Answer(
    query=Query(text="debts as a means of control", k=1),
    verdict=None,
    generation=_GENERATION,
    took_ms=21.4,
    hits=(
        Hit(
            rank=1,
            score=0.0325,
            passage=passages_of(PAPER)[0],
            match=Match(lexical_rank=1, dense_rank=2, spans=((0, 7), (29, 34))),
            also_in=(
                AlsoIn(
                    symbol="DEMO/COP/WG.4/2024/5",
                    paragraph="14",
                    part="body",
                    language="en",
                    citation="DEMO/COP/WG.4/2024/5, para. 14",
                    file="DEMO_COP_WG.4_2024_5.en.pdf",
                    index=13,
                    likeness=1.0,
                ),
            ),
            best_sentence=(0, len(PAPER.paragraphs[0].text)),
        ),
    ),
    papers=(
        PaperScore(
            symbol=_SYMBOL,
            language="en",
            title=PAPER.title,
            score=0.0325,
            best_rank=1,
            ranks=(1,),
        ),
    ),
)
_ITEM = AgendaItem(
    number="2",
    title="Elements of the crime of trafficking in persons",
    sub_items=(SubItem(number="2 (a)", title="Act and means"),),
    annotation="Under item 2, the Working Group may wish to discuss the three elements.",
    documents=(ListedDocument(symbol=_SYMBOL, title="Background paper"),),
)
_AGENDA = Agenda(
    symbol=_AGENDA_SYMBOL,
    title="Annotated provisional agenda",
    items=(_ITEM,),
    timetable=(Slot(date="2022-06-27", start="10:00", end="13:00", items=("1", "2")),),
)
_ITEM_ANSWER = ItemAnswer(item=_ITEM, listed=(True,), answer=_ANSWER)
_STATE = IndexState(
    generation=_GENERATION,
    built_at="2026-04-13T09:30:00+00:00",
    corpus_digest="5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
    content_digest="6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b",
    encoder="all-MiniLM-L6-v2@53aa51172d14",
    dimension=384,
    papers=2,
    passages=14,
    failed=(),
    warnings={"number_gap": 1},
    judging=Judging(method="nearness-1", probes=64, not_covered_below=1.5, covered_from=5.0),
)
_DRAFT_TEXT = (
    "1. Debts are seldom mentioned. Control is exercised through debts that are never paid off"
    " (DEMO/COP/WG.4/2022/2, para. 9)."
)
_DRAFT = draft_of_text(_DRAFT_TEXT)
_COPIED = PAPER.paragraphs[0].text
_NOTE = f"See {_SYMBOL}, para. 8"
_COMPARISON = Comparison(
    draft=_DRAFT,
    generation=_GENERATION,
    took_ms=38.2,
    paragraphs=(
        ComparedParagraph(
            paragraph=_DRAFT.paragraphs[0],
            label="verbatim",
            sources=(
                Source(
                    hit=replace(
                        _ANSWER.hits[0],
                        match=Match(lexical_rank=1, dense_rank=1, spans=((0, 58),)),
                        also_in=(),
                        best_sentence=None,
                    ),
                    label="verbatim",
                    shared=(Shared(draft=(28, 86), source=(0, 58), words=10, whole=True),),
                    likeness=1.0,
                    note=f"{_NOTE}: “{_COPIED}”",
                ),
            ),
            note=f"{_NOTE}.",
            words=22,
            said=10,
        ),
    ),
    left_out=(),
    excluded=(),
    shares={"verbatim": 1.0, "paraphrase": 0.0, "related": 0.0, "new": 0.0},
    notes=(),
)
_CHECKED = Checked(
    draft=_DRAFT,
    generation=_GENERATION,
    took_ms=4.1,
    citations=(
        CheckedCitation(
            text="DEMO/COP/WG.4/2022/2, para. 9",
            paragraph=0,
            note=None,
            start=88,
            end=117,
            symbol=_SYMBOL,
            runs=(("9", "9"),),
            part="body",
            status="right",
            message="It exists.",
            cited=(
                Standing(
                    symbol=_SYMBOL,
                    language="en",
                    paragraph="9",
                    part="body",
                    index=1,
                    citation=f"{_SYMBOL}, para. 9",
                    text=PAPER.paragraphs[1].text,
                    span=None,
                ),
            ),
            quotations=(),
            meant=(),
            superseded_by=None,
            corrected_by=(),
        ),
    ),
    notes=(),
)
_PASSAGES = (PaperPassages(entry=_ENTRY, hits=_ANSWER.hits),)
_RECOMMENDED = Recommended(
    id="DEMO/COP/WG.4/2022/2:8",
    passage=_ANSWER.hits[0].passage,
    text=_ANSWER.hits[0].passage.text,
    citation=f"{_SYMBOL}, para. 8",
    addressee="States parties",
    addressed=(Addressee.STATES,),
    verb="should",
    strength=Strength.SHOULD,
    agreed=True,
    topic=None,
)
_OCCASION = Occasion(
    kind="paper",
    session="First session",
    date="2022-04-25",
    item="2",
    item_title="Elements of the crime",
    paper=_ENTRY,
    words=_ANSWER.hits[0].passage.text,
    citation=f"{_SYMBOL}, para. 8",
    hit=_ANSWER.hits[0],
    is_about=True,
)
_PAST = History(
    topic="Debts as a means of control",
    verdict="dedicated_item",
    confidence="high",
    timeline=(_OCCASION,),
    recommended=(_RECOMMENDED,),
    generation=_GENERATION,
)
_PACK = Pack(
    agenda=_AGENDA,
    entry=_AGENDA_ENTRY,
    items=(
        ItemBrief(
            item=_ITEM,
            slots=_AGENDA.timetable,
            documents=(Listed(document=_ITEM.documents[0], entry=_ENTRY),),
            mentions=(),
            listed=_PASSAGES,
            earlier=(),
            history=replace(_PAST, topic=_ITEM.title),
            recommended=(_RECOMMENDED,),
            is_procedural=False,
        ),
    ),
    missing=(),
    prepared="2026-04-14",
    generation=_GENERATION,
    corpus_digest=_STATE.corpus_digest,
    papers=_STATE.papers,
    passages=_STATE.passages,
    built_at=_STATE.built_at,
)
_BELONGINGS = schemas.belongings_object(
    "How do debts keep a worker from leaving?",
    (
        Belonging(
            agenda=_AGENDA,
            item=_ITEM,
            sub_item="2 (a)",
            score=1.37,
            words=_ITEM.sub_items[0].title,
            hit=_ANSWER.hits[0],
        ),
    ),
    generation=_GENERATION,
)
_CITED = schemas.paragraph_objects(PAPER)
_ITEM_OBJECT = schemas.item_object(_AGENDA_SYMBOL, _ITEM, (True,))
_REFERENCE = schemas.agenda_reference(_AGENDA)


def _reported(year: int, verb: str, duty: str) -> tuple[Recommended, ...]:
    """What the report of a session recommends."""
    paragraph = Paragraph(
        number="10",
        part="body",
        kind=ParagraphKind.RECOMMENDATION,
        heading_path=("II. Recommendations", "B. Non-punishment of victims"),
        page_first=3,
        page_last=3,
        text=f"States parties {verb} {duty}.",
        recommendation=Recommendation(addressee="States parties", verb=verb, agreed=True),
    )
    symbol = f"DEMO/COP/WG.4/{year}/5"
    report = replace(
        PAPER,
        symbol=symbol,
        symbols=(symbol,),
        file=f"DEMO_COP_WG.4_{year}_5.en.pdf",
        title="Report on the session",
        kind=PaperKind.REPORT,
        date=f"{year}-07-14",
        paragraphs=(paragraph,),
        footnotes=(),
    )
    return tuple(records_of(passages_of(report)))


_EARLIER = _reported(2022, "may wish to", "consider issuing guidance to prosecutors")
_LATER = _reported(2023, "should", "consider issuing guidance to prosecutors")
_MARKED = marked(_EARLIER[0], _LATER[0])
_REGISTER = Register(
    wanted=Wanted(), found=(*_LATER, *_EARLIER), is_cut=False, generation=_GENERATION
)
_LINEAGE = Lineage(
    id=_LATER[0].id,
    steps=(
        Step(
            recommended=_EARLIER[0],
            mark="new",
            follows=None,
            basis=None,
            likeness=None,
            reasons=("in no earlier paper",),
            difference=None,
        ),
        Step(
            recommended=_LATER[0],
            mark=_MARKED.mark,
            follows=_EARLIER[0].id,
            basis="wording",
            likeness=0.95,
            reasons=_MARKED.reasons,
            difference=_MARKED.difference,
        ),
    ),
    generation=_GENERATION,
)

_ASKED_AT = "2026-04-20T08:00:00+00:00"
_JOB = wire.JobObject(
    id="20260302T090000123456-1f3a5c7e",
    kind="build",
    state="running",
    key="0f1e2d3c4b5a",
    started_at="2026-03-02T09:00:00Z",
    ended_at=None,
    stage="embed",
    done=64,
    total=838,
    generation=None,
    failure=None,
    url=f"{addresses.API}/jobs/20260302T090000123456-1f3a5c7e",
    events=f"{addresses.API}/jobs/20260302T090000123456-1f3a5c7e/events",
)
_SAVED = wire.SavedQuestionObject(
    id="debts-as-a-means",
    text="debts as a means of control",
    kind=[],
    language=["en"],
    body=[],
    least="touched",
    created_at=_ASKED_AT,
    generation=_GENERATION,
    answers=1,
    updated_at="2026-05-02T06:30:00+00:00",
    posted=False,
    url="/api/v1/questions/debts-as-a-means",
    feed="/questions/debts-as-a-means.atom",
)
_NEW_ANSWER = wire.NewAnswerObject(
    id="urn:uuid:6ba7b814-9dad-51d1-80b4-00c04fd430c8",
    symbol=_SYMBOL,
    language="en",
    title=PAPER.title,
    paragraph=_CITED[0].number,
    citation=_CITED[0].citation,
    text=_CITED[0].text,
    verdict="covered",
    generation=_GENERATION,
    found_at="2026-05-02T06:30:00+00:00",
    url=_CITED[0].url,
)


_REFERRED = Cited(
    symbol=_SYMBOL,
    citation=_CITED[0].citation,
    title=PAPER.title,
    body=PAPER.body,
    session=PAPER.session,
    date=PAPER.date,
    kind=str(PAPER.kind),
    language=PAPER.language,
    url=_CITED[0].url,
)
_OFFERED = Offered("title", PAPER.title or "", addresses.paper_url(_SYMBOL), "en", _SYMBOL)
_FAILED = problems.of_error(
    EmptyQuestionError("the question holds no letter and no digit; ask in words")
)
_EDITION = example_edition(PAPER, _GENERATION, _STATE.content_digest)
_TOPIC_ENTRY = entry(_EDITION, TOPIC)
_MODELS: dict[str, wire.Wire] = {
    "getCompendium": schemas.compendium_object(_EDITION),
    "listTopics": schemas.topics_object(_EDITION),
    "getTopic": schemas.one_topic_object(_EDITION, _TOPIC_ENTRY),
    "lookUpTopics": schemas.lookup_object(
        _EDITION,
        Found(
            text="debt bondage",
            topics=(
                FoundTopic(
                    entry=_TOPIC_ENTRY, by=("name", "passages"), places=_TOPIC_ENTRY.topic.places
                ),
            ),
        ),
    ),
    "listGaps": schemas.gaps_object(_EDITION),
    "listEditions": schemas.editions_object((listed_as(_EDITION, in_use=True),)),
    "listChanges": schemas.redline_object(stated(_EDITION)),
    "listRecommendations": schemas.register_object(_REGISTER, offset=0, limit=20, next_url=None),
    "getLineage": schemas.lineage_object(_LINEAGE),
    "getHistory": schemas.past_object(_PAST),
    "findItems": _BELONGINGS,
    "findItemsAnywhere": _BELONGINGS,
    "search": schemas.search_object(_ANSWER),
    "searchByBody": schemas.search_object(_ANSWER),
    "searchBatch": wire.BatchObject(
        generation=_GENERATION,
        answers=[
            wire.BatchAnswerObject(answer=schemas.search_object(_ANSWER), problem=None),
            wire.BatchAnswerObject(answer=None, problem=_FAILED.object("", "5f1c")),
        ],
    ),
    "listDocuments": wire.DocumentsObject(
        generation=_GENERATION, count=1, documents=[schemas.entry_object(_ENTRY)]
    ),
    "getDocument": schemas.document_object(
        PAPER, None, generation=_GENERATION, entry=_ENTRY, editions=[_ENTRY], related=_RELATIONS
    ),
    "listParagraphs": wire.ParagraphsObject(
        generation=_GENERATION, symbol=_SYMBOL, language="en", paragraphs=_CITED
    ),
    "getPage": wire.PageObject(
        generation=_GENERATION,
        symbol=_SYMBOL,
        language="en",
        page=3,
        pages=9,
        width=595.3,
        height=841.9,
        paragraphs=[
            wire.PageParagraphObject(
                **_CITED[0].model_dump(include=set(wire.PageParagraphObject.model_fields)),
                boxes=[wire.BoxObject(x0=124.7, y0=96.2, x1=301.5, y1=108.4)],
            )
        ],
        images=[image_url(_SYMBOL, "en", 3, 800, PAPER.digest)],
        file_url=f"{file_url(_SYMBOL, 'en')}#page=3",
    ),
    "getParagraph": wire.NeighbourhoodObject(
        generation=_GENERATION,
        symbol=_SYMBOL,
        title=PAPER.title,
        language="en",
        superseded_by=None,
        before=[],
        paragraph=_CITED[0],
        after=_CITED[1:],
    ),
    "cite": schemas.cite_object(
        _REFERRED, _ENTRY, generation=_GENERATION, paragraph="8", part="body"
    ),
    "suggest": suggestions_object(
        "act", ranked(beginning("act"), (_OFFERED,)), generation=_GENERATION, base=""
    ),
    "listQuestions": wire.SavedQuestionsObject(count=1, questions=[_SAVED]),
    "getQuestion": wire.SavedQuestionAnswersObject(question=_SAVED, entries=[_NEW_ANSWER]),
    "listAgendas": wire.AgendasObject(
        generation=_GENERATION, count=1, agendas=[schemas.entry_object(_AGENDA_ENTRY)]
    ),
    "getAgenda": wire.AgendaDocumentObject(
        generation=_GENERATION,
        agenda=_REFERENCE,
        items=[_ITEM_OBJECT],
        timetable=schemas.timetable(_AGENDA),
        url=addresses.agenda_url(_AGENDA_SYMBOL),
    ),
    "listItems": wire.AgendaItemsObject(
        generation=_GENERATION, agenda=_REFERENCE, items=[_ITEM_OBJECT]
    ),
    "listItemPassages": wire.ItemPassagesObject(
        generation=_GENERATION,
        agenda=_REFERENCE,
        item=schemas.item_answer(_ITEM_ANSWER, _PACK.items[0]),
    ),
    "compareDraft": schemas.comparison_object(_COMPARISON),
    "checkCitations": schemas.checked_object(_CHECKED),
    "briefAgenda": schemas.pack_object(_PACK),
    "uploadPaper": wire.UploadedObject(
        file=f"uploaded/{'1f' * 32}.pdf",
        symbol="DEMO/COP/WG.4/2022/2",
        title="Debt bondage",
        language="en",
        paragraphs=34,
        warnings=[],
        is_new=True,
    ),
    "deleteDocument": wire.DeletedObject(
        symbol="DEMO/COP/WG.4/2022/2", files=["DEMO_COP_WG.4_2022_2.pdf"]
    ),
    "startBuild": _JOB,
    "getJob": _JOB,
    "listJobs": wire.JobsObject(count=1, jobs=[_JOB]),
    "rollBack": wire.RollbackObject(before=_GENERATION, generation="g000002-2a4b6c8d"),
    "getIndex": schemas.index_object(_STATE),
    "getLiveness": wire.HealthObject(status="live"),
    "getReadiness": wire.HealthObject(status="ready", generation=_GENERATION),
}
BY_OPERATION: dict[str, dict[str, Any]] = {
    name: model.model_dump(mode="json") for name, model in _MODELS.items()
}
# What is sent to operations that read a body.
BODIES: dict[str, dict[str, Any]] = {
    "searchByBody": {
        "q": "debts as a means of control",
        "k": 1,
        "kind": ["background paper"],
        "per_paper": 2,
    },
    "searchBatch": {"queries": [{"q": "debts as a means of control", "k": 1}, {"q": "?"}]},
    "briefAgenda": {"symbol": _AGENDA_SYMBOL},
    "compareDraft": {"text": _DRAFT_TEXT},
    "checkCitations": {"text": _DRAFT_TEXT},
}
