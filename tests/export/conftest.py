"""A briefing pack that has everything a pack can have, and the document it is read as."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.agenda import Agenda, AgendaItem, ListedDocument, Slot, SubItem
from wgsearch.answers import AlsoIn, Hit, Match, PaperEntry
from wgsearch.api.addresses import Addresses
from wgsearch.briefing.records import ItemBrief, Listed, Mention, Pack, PaperPassages
from wgsearch.export import pack_document
from wgsearch.history.records import History, Occasion
from wgsearch.papers.paper import PaperKind, ParagraphKind
from wgsearch.passages import Passage
from wgsearch.register.records import Addressee, Recommended, Strength

if TYPE_CHECKING:
    from wgsearch.export.document import Document

SERIES = "DEMO/COP/WG.4"
BASE = "https://papers.example.org"
# What a paper may hold that no format may take for markup.
ODD = "Fees <b>&amp;</b> *debt* _bondage_ [1] `x` | \\ # ]]> {{ 7 }} ~all~ \x0b end."
ARABIC = "تتحول رسوم الاستقدام إلى ديون على العمال. لا يجوز فرض رسوم عليهم."
LONG = " ".join(
    f"Inspectors saw in case {number} what police officers did not see." for number in range(30)
)
_ABOUT = {
    "title": "Recruitment fees & debt bondage",
    "kind": PaperKind.BACKGROUND_PAPER,
    "body": "Demonstration Working Group on Trafficking in Persons",
    "session": "First session",
    "date": "2022-04-25",
    "language": "en",
}


def _passage(symbol: str, paragraph: str | None, text: str, **fields: object) -> Passage:
    values: dict[str, object] = {
        **_ABOUT,
        "symbol": symbol,
        "file": f"{symbol.replace('/', '_')}.pdf",
        "paragraph": paragraph,
        "part": "body",
        "index": 4,
        "piece": 0,
        "pieces": 1,
        "paragraph_kind": ParagraphKind.PARAGRAPH,
        "heading_path": ("I. Findings",),
        "page_first": 3,
        "page_last": 3,
        "text": text,
        "boxes": (),
        "footnotes": (),
    }
    return Passage(**(values | fields))  # type: ignore[arg-type] # fields by name


def _hit(passage: Passage, rank: int = 1, **fields: object) -> Hit:
    match = Match(lexical_rank=rank, dense_rank=None, spans=())
    return Hit(rank=rank, score=1.0, passage=passage, match=match, **fields)  # type: ignore[arg-type] # likewise


def _entry(passage: Passage, **fields: object) -> PaperEntry:
    values: dict[str, object] = {
        "symbol": passage.symbol,
        "symbols": (passage.symbol,),
        "title": passage.title,
        "kind": str(passage.kind),
        "body": passage.body,
        "session": passage.session,
        "date": passage.date,
        "language": passage.language,
        "file": passage.file,
        "pages": 6,
        "paragraphs": 40,
        "passages": 40,
        "has_agenda": False,
        "superseded_by": None,
        "warnings": 0,
    }
    return PaperEntry(**(values | fields))  # type: ignore[arg-type] # likewise


@pytest.fixture(scope="session")
def pack() -> Pack:
    """
    A pack with an item of procedure, one with everything, and one with nothing.

    Its passages: one with characters of all markups, one of several lines, a long one, a row of
    a table, a piece of a paragraph, one without a number, one in Arabic, one in an annex.
    """
    listed = _passage(f"{SERIES}/2026/2", "7", ODD, date="2026-04-20", session="Fifth session")
    lines = replace(
        listed, paragraph="8", text="Agencies:\n(a) Should be licensed;\n(b) Should charge no fees."
    )
    long = replace(listed, paragraph="9", text=LONG)
    at = LONG.index("Inspectors saw in case 20 ")
    row = replace(listed, paragraph=None, text="Receipt\tWork rosters\tThe employer")
    old = _passage(
        f"{SERIES}/2022/2", "3", "Debt keeps workers from leaving. It grows.", part="annex II"
    )
    piece = replace(old, paragraph="4", part="body", piece=1, pieces=3, text="The debt grows.")
    arabic = _passage(
        f"{SERIES}/2023/5", "2", ARABIC, language="ar", title="رسوم الاستقدام", date="2023-05-02"
    )
    undated = _passage("notes.txt", None, "Fees were paid twice.", date=None, session=None)
    report = _passage(
        f"{SERIES}/2024/5",
        "32",
        "States parties should prohibit recruitment fees charged to workers.",
        kind=PaperKind.REPORT,
        title="Report of the third session",
        date="2024-07-12",
        session="Third session",
    )
    recommended = Recommended(
        id="2024-5-p32",
        passage=report,
        text=report.text,
        citation=f"{SERIES}/2024/5, para. 32",
        addressee="States parties",
        addressed=(Addressee.STATES,),
        verb="should",
        strength=Strength.SHOULD,
        agreed=True,
        topic="Recruitment",
    )
    open_one = replace(
        recommended,
        id="2024-5-p33",
        passage=replace(report, paragraph="33", text="A fund should be set up in each State."),
        text="A fund should be set up in each State.",
        citation=f"{SERIES}/2024/5, para. 33",
        agreed=False,
    )
    agenda_entry = _entry(
        replace(old, symbol=f"{SERIES}/2024/1", kind=PaperKind.AGENDA, date="2024-05-02"),
        title="Annotated provisional agenda",
        session="Third session",
    )
    timeline = (
        Occasion(
            kind="passage",
            session="First session",
            date="2022-04-25",
            item="2",
            item_title="Elements",
            paper=_entry(old),
            words="Debt keeps workers from leaving.",
            citation=f"{SERIES}/2022/2, annex II, para. 3",
            hit=_hit(old),
            is_about=False,
        ),
        Occasion(
            kind="agenda_item",
            session="Third session",
            date="2024-05-02",
            item="4",
            item_title="Demand and recruitment",
            paper=agenda_entry,
            words="Demand and recruitment",
            citation=f"{SERIES}/2024/1, item 4",
            hit=None,
            is_about=True,
        ),
        Occasion(
            kind="recommendation",
            session="Third session",
            date="2024-07-12",
            item="4",
            item_title="Demand and recruitment",
            paper=_entry(report),
            words=report.text,
            citation=f"{SERIES}/2024/5, para. 32",
            hit=_hit(report),
            is_about=True,
        ),
    )
    history = History(
        topic="Recruitment fees",
        verdict="dedicated_item",
        confidence="high",
        timeline=timeline,
        recommended=(recommended,),
        generation="g000007-1f3a5b7c",
        notes=("Papers of 2023 are not held.",),
    )
    listed_entry = _entry(listed, corrigenda=(f"{SERIES}/2026/2/Corr.1",))
    items = (
        AgendaItem(
            number="1",
            title="Organizational matters",
            sub_items=(SubItem(number="1 (a)", title="Opening of the session"),),
            annotation="The session will be opened at 10 a.m.",
            documents=(),
        ),
        AgendaItem(
            number="2",
            title="Recruitment fees <and> debt",
            sub_items=(SubItem(number="2 (a)", title="Licensing"),),
            annotation="The Working Group will consider fees.\n\nIt may wish to hear experts.",
            documents=(
                ListedDocument(symbol=listed.symbol, title="Background paper on fees"),
                ListedDocument(symbol=f"{SERIES}/2026/9", title="Note on licences"),
                ListedDocument(symbol=None, title="Oral report"),
            ),
        ),
        AgendaItem(
            number="3", title="Other questions", sub_items=(), annotation=None, documents=()
        ),
    )
    agenda = Agenda(
        symbol=f"{SERIES}/2026/1",
        title="Annotated provisional agenda",
        items=items,
        timetable=(
            Slot(date="2026-06-29", start="10:00", end="13:00", items=("1 (a)", "2")),
            Slot(date="2026-06-30", start=None, end=None, items=("3",)),
        ),
    )
    part = ItemBrief(
        item=AgendaItem(
            number="2 (a)", title="Licensing", sub_items=(), annotation=None, documents=()
        ),
        slots=(),
        documents=(),
        mentions=(),
        listed=(),
        earlier=(PaperPassages(entry=_entry(old), hits=(_hit(piece),)),),
        history=None,
        recommended=(),
        is_procedural=False,
    )
    briefs = (
        ItemBrief(
            item=items[0],
            slots=(agenda.timetable[0],),
            documents=(),
            mentions=(),
            listed=(),
            earlier=(),
            history=None,
            recommended=(),
            is_procedural=True,
        ),
        ItemBrief(
            item=items[1],
            slots=(agenda.timetable[0],),
            documents=(
                Listed(document=items[1].documents[0], entry=listed_entry),
                Listed(document=items[1].documents[1], entry=None),
                Listed(document=items[1].documents[2], entry=None),
            ),
            mentions=(
                Mention(symbol="A/RES/55/25", entry=None),
                Mention(symbol=report.symbol, entry=_entry(report)),
            ),
            listed=(
                PaperPassages(
                    entry=listed_entry,
                    hits=(
                        _hit(listed, warning_codes=("number_gap",)),
                        _hit(lines, 2, corrigenda=(f"{SERIES}/2026/2/Corr.1",)),
                        _hit(long, 3, best_sentence=(at, LONG.index(". ", at) + 1)),
                        _hit(row, 4),
                    ),
                ),
            ),
            earlier=(
                PaperPassages(
                    entry=_entry(arabic),
                    hits=(_hit(arabic, 5, best_sentence=(0, ARABIC.index(".") + 1)),),
                ),
                PaperPassages(
                    entry=_entry(old, superseded_by=f"{SERIES}/2022/2/Rev.1"),
                    hits=(
                        _hit(
                            old,
                            6,
                            superseded_by=f"{SERIES}/2022/2/Rev.1",
                            best_sentence=(0, 32),
                            also_in=tuple(
                                AlsoIn(
                                    symbol=report.symbol,
                                    paragraph=str(number),
                                    part="body",
                                    language="en",
                                    citation=f"{report.symbol}, para. {number}",
                                    file=report.file,
                                    index=number,
                                    likeness=1.0,
                                )
                                for number in range(14, 19)
                            ),
                        ),
                    ),
                ),
                PaperPassages(entry=_entry(undated), hits=(_hit(undated, 7),)),
            ),
            history=history,
            recommended=(recommended, open_one),
            is_procedural=False,
            parts=(part,),
        ),
        ItemBrief(
            item=items[2],
            slots=(agenda.timetable[1],),
            documents=(),
            mentions=(),
            listed=(),
            earlier=(),
            history=replace(
                history, topic="Other", verdict="not_found", confidence="low", timeline=(), notes=()
            ),
            recommended=(),
            is_procedural=False,
        ),
    )
    return Pack(
        agenda=agenda,
        entry=_entry(
            replace(old, symbol=f"{SERIES}/2026/1", kind=PaperKind.AGENDA, date="2026-04-13"),
            title="Annotated provisional agenda",
            session="Fifth session",
        ),
        items=briefs,
        missing=(items[1].documents[1],),
        prepared="2026-04-14",
        generation="g000007-1f3a5b7c",
        corpus_digest="5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9",
        papers=24,
        passages=838,
        built_at="2026-04-13T09:30:00+00:00",
    )


@pytest.fixture(scope="session")
def document(pack: Pack) -> Document:
    """The pack as a document whose notes lead to papers."""
    return pack_document(pack, links=Addresses(BASE))
