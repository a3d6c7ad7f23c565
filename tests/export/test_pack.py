"""A pack holds what a delegate needs, in order, and quotes word for word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wgsearch.export import Lengths, pack_document
from wgsearch.export.document import (
    Bullets,
    Call,
    Facts,
    Heading,
    Paragraph,
    Quotation,
    Table,
    Text,
    text_of,
)
from wgsearch.passages import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wgsearch.briefing.records import ItemBrief, Pack
    from wgsearch.export.document import Document, Inlines

BASE = "https://papers.example.org"


def _titles(document: Document) -> list[tuple[int, str]]:
    return [(e.level, text_of(e.content)) for e in document.blocks if isinstance(e, Heading)]


def _inlines(document: Document) -> Iterator[Inlines]:
    for block in document.blocks:
        match block:
            case Paragraph():
                yield block.content
            case Quotation():
                yield from (line.content for line in block.lines)
            case Bullets():
                yield from block.items
            case Facts():
                yield from (content for _, content in block.pairs)
            case Table():
                yield from (cell for row in block.rows for cell in row)
            case _:
                pass


def _sources(briefs: tuple[ItemBrief, ...]) -> Iterator[str]:
    """All words that a pack may quote."""
    for brief in briefs:
        yield brief.item.annotation or ""
        for papers in (brief.listed, brief.earlier):
            yield from (hit.passage.text for each in papers for hit in each.hits)
        yield from (each.text for each in brief.recommended)
        if brief.history:
            yield from (each.words for each in brief.history.timeline)
        yield from _sources(brief.parts)


def _said(document: Document) -> str:
    return "\n".join(text_of(content) for content in _inlines(document))


def test_items_come_in_order_with_their_sections(document: Document) -> None:
    """Annotation, documents, addressed before, recommended, listed papers, earlier papers."""
    assert _titles(document) == [
        (1, "What is missing"),
        (1, "How to read this pack"),
        (1, "1. Organizational matters"),
        (2, "Annotation"),
        (1, "2. Recruitment fees <and> debt"),
        (2, "Annotation"),
        (2, "Documentation"),
        (2, "Addressed before?"),
        (2, "Recommended before"),
        (2, "From the papers listed"),
        (3, "Recruitment fees & debt bondage"),
        (2, "From earlier papers"),
        (3, "2023"),
        (4, "رسوم الاستقدام"),
        (3, "2022"),
        (4, "Recruitment fees & debt bondage"),
        (3, "Undated"),
        (4, "Recruitment fees & debt bondage"),
        (2, "2 (a). Licensing"),
        (3, "From earlier papers"),
        (4, "2022"),
        (5, "Recruitment fees & debt bondage"),
        (1, "3. Other questions"),
        (2, "Addressed before?"),
        (2, "From earlier papers"),
        (1, "Papers cited"),
    ]


def test_every_quoted_run_is_verbatim(pack: Pack, document: Document) -> None:
    """Each run that is marked as a paper's words is a substring of them."""
    sources = list(_sources(pack.items))
    runs = [
        each.text
        for content in _inlines(document)
        for each in content
        if isinstance(each, Text) and each.is_verbatim
    ]
    assert len(runs) > 20
    assert [run for run in runs if not any(run in source for source in sources)] == []


def test_every_quotation_is_cited_and_leads_to_its_paragraph(document: Document) -> None:
    """A quotation ends with the call of a note, whose words begin with a link."""
    quotations = [each for each in document.blocks if isinstance(each, Quotation)]
    rows = [row for each in document.blocks if isinstance(each, Table) for row in each.rows]
    cited = [each.lines[-1].content[-1] for each in quotations]
    cited += [row[-1][-1] for row in rows if len(row) == 3]
    assert len(cited) == 15
    for call in cited:
        assert isinstance(call, Call)
        assert (call.note[0].href or "").startswith(f"{BASE}/documents/")
    notes = ["".join(run.text for run in call.note) for call in cited if isinstance(call, Call)]
    assert "DEMO/COP/WG.4/2023/5, para. 2, p. 3 (Arabic)." in notes
    assert any(
        note.endswith(
            "replaced by DEMO/COP/WG.4/2022/2/Rev.1; the same in"
            " DEMO/COP/WG.4/2024/5, para. 14, DEMO/COP/WG.4/2024/5, para. 15,"
            " DEMO/COP/WG.4/2024/5, para. 16 and 2 more."
        )
        for note in notes
    )


def test_the_cover_says_what_it_is_made_from_and_what_is_missing(document: Document) -> None:
    """Body, session, dates, edition of the corpus, documents not held, and that it is no record."""
    said = _said(document)
    for words in (
        "Demonstration Working Group on Trafficking in Persons",
        "Fifth session",
        "29–30 June 2026",
        "14 April 2026",
        "g000007-1f3a5b7c: 24 papers, 838 passages, indexed 13 April 2026",
        "SHA-256 5feceb66ffc86f38",
        "1 document of 3 listed is not held.",
        "DEMO/COP/WG.4/2026/9: Note on licences",
        "Not an official record.",
    ):
        assert words in said


def test_documents_are_held_or_missing_in_words(document: Document) -> None:
    """What is listed is said to be held, not held, or listed without a symbol."""
    said = _said(document)
    assert "DEMO/COP/WG.4/2026/2, 20 April 2026, 40 paragraphs; corrected by" in said
    assert "DEMO/COP/WG.4/2026/9: not held." in said
    assert "Oral report. Listed without a symbol." in said
    assert "A/RES/55/25: not held." in said


def test_the_verdict_comes_in_words_with_its_timeline(document: Document) -> None:
    """Yes or no first, then the places that show it, oldest first; a recommendation says agreed."""
    said = _said(document)
    assert "Yes, as an agenda item of its own. Confidence: high." in said
    assert "Not found in earlier sessions. Confidence: low." in said
    table = next(each for each in document.blocks if isinstance(each, Table))
    assert [text_of(row[0])[:5] for row in table.rows] == ["First", "Third", "Third"]
    assert "Not agreed · DEMO/COP/WG.4/2024/5" in said


def test_a_long_timeline_keeps_what_tells_most(pack: Pack) -> None:
    """Places on the topic as a whole stay; how many were left out is said."""
    short = pack_document(pack, lengths=Lengths(timeline=2))
    table = next(each for each in short.blocks if isinstance(each, Table))
    assert [text_of(row[1]).partition(":")[0] for row in table.rows] == [
        "Agenda item 4",
        "Recommendation",
    ]
    assert "1 more place is left out: it only touches on the topic." in _said(short)


def test_long_passages_are_cut_around_the_best_sentence(pack: Pack) -> None:
    """An ellipsis stands outside the quoted words, and the best sentence is set off."""
    quotation = next(
        each
        for each in pack_document(pack, lengths=Lengths(words=30)).blocks
        if isinstance(each, Quotation) and each.label == "para. 9"
    )
    first, *_, cut, call = quotation.lines[0].content
    assert (first, cut) == (Text(text="… ", is_quiet=True), Text(text=" …", is_quiet=True))
    assert isinstance(call, Call)
    words = [each for each in quotation.lines[0].content if isinstance(each, Text)]
    strong = [each.text for each in words if each.is_strong]
    assert strong == ["Inspectors saw in case 20 what police officers did not see."]
    assert count_words("".join(each.text for each in words if each.is_verbatim)) <= 30


def test_pieces_rows_and_lines_are_shown_as_they_are(document: Document) -> None:
    """A piece has dots on both sides; cells of a row are set apart; sub-paragraphs are set in."""
    quoted = {each.label or "none": each for each in document.blocks if isinstance(each, Quotation)}
    assert text_of(quoted["para. 4"].lines[0].content) == "… The debt grows. …"
    assert [line.depth for line in quoted["para. 8"].lines] == [0, 1, 1]
    assert "Receipt | Work rosters | The employer" in _said(document)


def test_quoted_languages_are_named(document: Document) -> None:
    """Words of a paper carry its language."""
    arabic = next(
        each for each in document.blocks if isinstance(each, Quotation) and each.lang == "ar"
    )
    runs = [each for each in arabic.lines[0].content if isinstance(each, Text)]
    assert {each.lang for each in runs if each.is_verbatim} == {"ar"}


def test_all_cited_papers_are_listed_once(document: Document) -> None:
    """The list at the end has every paper that is quoted or held, by symbol."""
    table = [each for each in document.blocks if isinstance(each, Table)][-1]
    symbols = [text_of(row[0]) for row in table.rows]
    assert symbols == sorted(set(symbols))
    assert set(symbols) == {
        *(f"DEMO/COP/WG.4/{each}" for each in ("2022/2", "2023/5", "2024/1", "2024/5", "2026/1")),
        *("DEMO/COP/WG.4/2026/2", "notes.txt"),
    }


def test_without_addresses_nothing_leads_anywhere(pack: Pack) -> None:
    """A pack for a place without a server has no links."""
    plain = pack_document(pack)
    assert [
        each
        for content in _inlines(plain)
        for each in content
        if isinstance(each, Text) and each.href
    ] == []


def test_an_agenda_from_outside_is_cited_by_its_item(pack: Pack) -> None:
    """An agenda that is not in the corpus is quoted with its symbol, or as the agenda."""
    said = pack_document(replace(pack, entry=None, agenda=replace(pack.agenda, symbol=None)))
    quotation = next(each for each in said.blocks if isinstance(each, Quotation))
    call = quotation.lines[-1].content[-1]
    assert isinstance(call, Call)
    assert call.note == (Text(text="Agenda, item 1."),)


def test_names_of_headings_are_unique(document: Document) -> None:
    """A link to a heading leads to one place."""
    names = [each.ident for each in document.blocks if isinstance(each, Heading)]
    assert len(names) == len(set(names))


def test_an_agenda_without_documents_says_so(pack: Pack) -> None:
    """Nothing listed is not the same as nothing missing."""
    bare = replace(pack, items=pack.items[:1], missing=())
    assert "The agenda lists no documents for these items." in _said(pack_document(bare))


def test_a_table_has_a_cell_a_column() -> None:
    """A row that is too short is a mistake of whoever makes the table."""
    with pytest.raises(ValueError, match="1 cells in a table of 2 columns"):
        Table(caption="", head=("a", "b"), rows=(((),),), shares=(50, 50))
