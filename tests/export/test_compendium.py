"""A compendium as a document: complete, verbatim, cited, the same in all formats."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from hand_made import compendium_of

from wgsearch.api.addresses import Addresses
from wgsearch.compendium.looking import entries
from wgsearch.compendium.records import Advice, Gap, Repeated
from wgsearch.export import Lengths, compendium_document, format_of, topic_document, written
from wgsearch.export.compendium import told
from wgsearch.export.document import Bullets, Call, Heading, Quotation, Table, Text, text_of
from wgsearch.export.topic import facts_of, years_of

if TYPE_CHECKING:
    from wgsearch.compendium.records import Compendium
    from wgsearch.export.document import Document
    from wgsearch.papers.paper import Paper

BASE = "https://papers.example.org"


@pytest.fixture(scope="module")
def edition(tiny_papers: tuple[Paper, ...]) -> Compendium:
    """A compendium that has everything that one can have."""
    return compendium_of(tiny_papers[1:5], "g000001-aaaaaaaa", "0" * 64)


@pytest.fixture(scope="module")
def document(edition: Compendium) -> Document:
    """The document that it is read as."""
    return compendium_document(edition, links=Addresses(BASE))


def _words(document: Document) -> list[str]:
    return [text_of(each.content) for each in document.blocks if isinstance(each, Heading)]


def test_it_has_the_parts_of_a_printed_compendium(document: Document) -> None:
    """Cover, changes, themes, topics, years, repetitions, gaps, what is left over, an index."""
    assert document.subtitle == Text(text="Edition 3, papers up to 26 May 2023")
    words = _words(document)
    parts = [
        *("What changed", "1 Recruitment", "1.1 Recruitment fees", "Questions within it"),
        *("Recommendations", "What the papers point to", "Related topics", "2 Other matters"),
        *("Topics over the years", "What is said more than once", "What is missing"),
        *("In no topic", "Index of papers"),
    ]
    first = {each: words.index(each) for each in parts}
    assert [*first.values()] == sorted(first.values())


def test_every_quoted_sentence_is_a_paper_s_and_is_cited(
    document: Document, tiny_papers: tuple[Paper, ...]
) -> None:
    """Each line that is set in holds words of a paper, and ends with the note of that paper."""
    texts = {
        paper.symbol: " ".join(each.text for each in paper.paragraphs) for paper in tiny_papers
    }
    lines = [
        line for block in document.blocks if isinstance(block, Quotation) for line in block.lines
    ]
    assert len(lines) >= 6
    for line in lines:
        *said, call = line.content
        assert isinstance(call, Call)
        symbol = call.note[0].text.partition(", para. ")[0]
        assert all(isinstance(each, Text) and each.text in texts[symbol] for each in said)
        assert call.note[0].href
        assert call.note[0].href.startswith(f"{BASE}/documents/{symbol}#p")


def test_notes_name_where_the_same_is_said(document: Document) -> None:
    """A sentence that other papers have too is told once, with their places in its note."""
    notes = [
        text_of(line.content[-1].note)
        for block in document.blocks
        if isinstance(block, Quotation)
        for line in block.lines
        if isinstance(line.content[-1], Call)
    ]
    assert "also in DEMO/COP/WG.4/2022/3, para. 1." in notes[0]


def test_all_links_within_lead_somewhere(document: Document) -> None:
    """Each name of a topic in an index or a list leads to a heading that there is, once each."""
    idents = [each.ident for each in document.blocks if isinstance(each, Heading)]
    assert len(idents) == len(set(idents))
    page = written(document, format_of("html")).decode()
    within = {piece.partition('"')[0] for piece in page.split('href="#')[1:]}
    for each in within:
        assert f'id="{each}"' in page


def test_figures_agree(document: Document, edition: Compendium) -> None:
    """A row of the table of years adds up to what the topic has, where all papers are dated."""
    table = next(each for each in document.blocks if isinstance(each, Table))
    for row, each in zip(table.rows, entries(edition), strict=True):
        told = [text_of(cell) for cell in row[1:]]
        assert sum(int(each) for each in told if each != "–") == sum(each.topic.years.values())


def test_the_same_edition_gives_the_same_bytes(edition: Compendium) -> None:
    """Two exports of one edition are equal, byte for byte, in each format."""
    for name in ("docx", "md", "html"):
        form = format_of(name)
        assert written(compendium_document(edition), form) == written(
            compendium_document(edition), form
        )


def test_word_opens_it_with_headings_and_notes(document: Document) -> None:
    """The DOCX has a heading a topic, in the style that Word makes contents of."""
    opened = docx.Document(BytesIO(written(document, format_of("docx"))))
    topics = [each.text for each in opened.paragraphs if each.style.name == "Heading 2"]
    assert "1.1 Recruitment fees" in topics
    assert "2.1 Whatever else <b>was said</b>" in topics


def test_what_is_left_out_is_counted(edition: Compendium) -> None:
    """Lengths bound what is told, and the number that is left out is said."""
    few = compendium_document(edition, lengths=Lengths(knowledge=1, changes=1))
    text = written(few, format_of("md")).decode()
    assert "And 1 other, each pointed to less often." in text
    assert "And 1 change more." in text


def test_a_first_and_empty_edition_is_a_document(edition: Compendium) -> None:
    """Nothing is said of changes before there is a second edition; no papers, no failure."""
    bare = replace(
        edition, edition=1, themes=(), unplaced=(), repeats=(), gaps=(), changes=(), notes=(),
        papers=0, latest=None,
    )  # fmt: skip
    document = compendium_document(bare)
    assert "What changed" not in _words(document)
    assert b"none is dated" in written(document, format_of("html"))
    assert written(document, format_of("docx"))


def test_what_is_recommended_again_is_listed_once(edition: Compendium) -> None:
    """Of recommendations in nearly the same words the newest is shown, the others in its note."""
    theme = edition.themes[0]
    repeated = edition.repeats[0].places
    advice = tuple(
        Advice(id=f"{place.symbol}:1", text=f"Recommended {at}.", place=place)
        for at, place in enumerate((*repeated, theme.topics[0].places[1]))
    )
    topic = replace(theme.topics[0], advice=advice)
    listed = replace(edition, themes=(replace(theme, topics=(topic, *theme.topics[1:])),))
    restated = replace(listed, repeats=(Repeated(kind="restated", places=repeated),))

    def shown(some: Compendium) -> list[str]:
        text = written(compendium_document(some), format_of("md")).decode()
        return [
            each for each in ("Recommended 0", "Recommended 1", "Recommended 2") if each in text
        ]

    assert shown(listed) == ["Recommended 0", "Recommended 2"]
    assert shown(restated) == ["Recommended 0", "Recommended 1", "Recommended 2"]
    notes = written(compendium_document(listed), format_of("md")).decode()
    assert f"{repeated[0].citation}; also in {repeated[1].citation}." in notes


def test_a_year_is_date_enough(edition: Compendium) -> None:
    """A newest paper of which only the year is printed dates the document."""
    assert compendium_document(replace(edition, latest="2019")).date == "2019-01-01"


def test_many_years_are_told_by_the_fullest() -> None:
    """A topic of ten years names those with the most paragraphs, in order."""
    years = {2000 + at: at + 1 for at in range(10)}
    told = years_of(years)
    assert told.startswith("in 10 years, most in 2002: 3, ")
    assert told.endswith("2009: 10")
    assert years_of({2011: 2, 2010: 1}) == "2010: 1, 2011: 2"


def test_a_topic_is_a_document_of_its_own(edition: Compendium) -> None:
    """Its title is the topic's; all its paragraphs are cited, no link leads out of the document."""
    entry = next(entries(edition))
    document = topic_document(edition, entry, links=Addresses(BASE))
    assert document.title == entry.topic.name
    assert _words(document)[-1] == "Its paragraphs"
    text = written(document, format_of("md")).decode()
    for place in entry.topic.places:
        assert f"[{place.citation}]({BASE}/documents/" in text
    assert "](#topic-" not in text


def test_a_gap_names_its_subject_once() -> None:
    """Words that name an agenda topic already are not put after its name once more."""
    named = Gap(
        kind="agenda topic without papers", subject="Licences", words="Item 3, “Licences”, is bare."
    )
    assert told(named) == "Item 3, “Licences”, is bare."
    assert told(replace(named, words="No paper on it.")) == "Licences: No paper on it."


def test_a_topic_of_one_year_says_so_once(edition: Compendium) -> None:
    """`addressed in 2022 alone`, and no first and last."""
    topic = next(entries(edition)).topic
    assert "; addressed in 2021 alone." in facts_of(replace(topic, years={2021: 3}))
    assert "first addressed in 2020, last in 2022 (2020: 1, 2022: 2)" in facts_of(
        replace(topic, years={2020: 1, 2022: 2})
    )


def test_repeated_paragraphs_are_told_with_their_topic(
    document: Document, edition: Compendium
) -> None:
    """A reader sees on what it is that papers repeat one another, and goes there."""
    at = [each.ident for each in document.blocks if isinstance(each, Heading)].index("repeats-near")
    headings = [each for each in document.blocks if isinstance(each, Heading)]
    block = document.blocks[document.blocks.index(headings[at]) + 1]
    assert isinstance(block, Bullets)
    assert text_of(block.items[0]).startswith("1.1 Recruitment fees: DEMO/COP/WG.4/")
    assert len(block.items) == len(edition.repeats)
